"""Finished pieces of finished jobs, for the next export of nearly the same edit.

A piece's name is the hash of all that decides its content, so a piece found here is the piece.
Files are linked in and out, never copied; the oldest use goes first. Beside them lies what was seen
to hold in the last programme of some sources.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from worker.jobs import disk

FOLDER = ".pieces"
_MOST_AGE_SECONDS = 7 * 86_400


class _Kept(NamedTuple):
    used_at: float
    bytes: int
    path: Path


class PieceCache:
    """The pieces kept beneath one `exports/` folder, at most about `most_bytes` of them."""

    def __init__(self, exports: Path, most_bytes: int) -> None:
        self._folder = exports / FOLDER
        self._most_bytes = most_bytes

    def fetch(self, piece: Path) -> bool:
        """Whether the piece, with what its feeder found, lies in its place now."""
        if not self._most_bytes:
            return False
        kept = self._folder / piece.name
        try:
            for found in (kept.with_suffix(".json"), kept):
                os.utime(found)
                with suppress(FileExistsError):
                    (piece.parent / found.name).hardlink_to(found)
        except OSError:
            return False
        return True

    def keep(self, pieces: Iterable[Path]) -> None:
        """Keep finished pieces; one that cannot be kept is made again when it is wanted."""
        if not self._most_bytes:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            for piece in pieces:
                for made in (piece.with_suffix(".json"), piece):
                    with suppress(FileExistsError):
                        (self._folder / made.name).hardlink_to(made)

    def recall(self, name: str) -> bytes:
        """What was remembered last under `name`; nothing if that is not there (any more)."""
        try:
            os.utime(self._folder / name)
            return (self._folder / name).read_bytes()
        except OSError:
            return b""

    def remember(self, name: str, made: Path) -> None:
        """Keep what lies in the file `made`, instead of what was remembered under `name` before."""
        if not self._most_bytes:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            made.replace(self._folder / name)

    def evict(self, needed_bytes: int = 0) -> int:
        """Remove what is too old, then what was used longest ago; how many bytes that freed.

        Down to the size allowed, and until `needed_bytes` are freed.
        """
        kept = sorted(self._files())
        left = sum(file.bytes for file in kept)
        freed = 0
        for file in kept:
            is_old = time.time() - file.used_at > _MOST_AGE_SECONDS
            if not is_old and left <= self._most_bytes and freed >= needed_bytes:
                break
            disk.remove_path(file.path)
            left -= file.bytes
            freed += file.bytes
        return freed

    def size_bytes(self) -> int:
        """How much is kept."""
        return sum(file.bytes for file in self._files())

    def _files(self) -> list[_Kept]:
        found: list[_Kept] = []
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):
                    facts = entry.stat(follow_symlinks=False)
                    found.append(_Kept(facts.st_mtime, facts.st_size, Path(entry.path)))
        return found
