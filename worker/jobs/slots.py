"""How many pieces are made at a time on one host, whoever makes them."""

from __future__ import annotations

from pathlib import Path

from worker.jobs import disk
from worker.jobs.claim import lock_name

_FOLDER = ".workers"


class Slots:
    """So many locks, one for each piece at work; children inherit theirs, as they do a claim's."""

    def __init__(self, exports: Path, count: int) -> None:
        self._folder = exports / _FOLDER
        self._count = count

    def take(self) -> int | None:
        """A descriptor that holds a slot until it is closed everywhere, or None: all are taken."""
        self._folder.mkdir(exist_ok=True)
        with disk.opened(self._folder) as folder:
            for number in range(self._count):
                lock = disk.try_lock(folder, lock_name(f"slot-{number}"))
                if lock is not None:
                    return lock
        return None
