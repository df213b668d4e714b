"""Watches for pieces that are made twice at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

from tests.chaos.processes import everybody, pieces_held

_EVERY_SECONDS = 0.1


class Doubles:
    """Looks ten times a second, for as long as the block lasts.

    The processes of one making of a piece are a process group; all hold the piece's lock open. Two
    groups that hold the same one make it twice. A stopped process makes nothing, and it takes two
    looks in a row: a group whose worker was killed this instant is still being ended.
    """

    def __init__(self, media: Path) -> None:
        self._media = f"{media}/"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._last: dict[str, frozenset[int]] = {}
        #: The pieces that were seen in the hands of two, and how often anything was seen at all.
        self.found: set[str] = set()
        self.looks = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            makers: dict[str, set[int]] = {}
            for known in everybody().values():
                if known.makes_media and known.state not in "Tt":
                    for lock in pieces_held(known.pid):
                        if lock.startswith(self._media):
                            # Each host has a lock of its own for the same piece.
                            piece = lock.partition(".lock@")[0]
                            makers.setdefault(piece, set()).add(known.group)
            self.looks += bool(makers)
            seen = {piece: frozenset(groups) for piece, groups in makers.items()}
            self.found |= {
                piece
                for piece, groups in seen.items()
                if len(groups & self._last.get(piece, frozenset())) > 1
            }
            self._last = seen
