"""Who watches a render."""

from __future__ import annotations

from typing import Protocol

from config_schema.status import Progress


class Observer(Protocol):
    """Told and asked a few times a second, from the render's own thread."""

    def progress(self, progress: Progress) -> None:
        """How far it is."""

    def is_cancelled(self) -> bool:
        """Whether it is to stop at once."""

    def is_turn_over(self) -> bool:
        """Whether it is to begin no other piece, and to stop when those at work are finished."""

    def log(self, line: str) -> None:
        """What an operator may want to read later."""
