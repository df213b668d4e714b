"""Keeps room on the media volume: a job waits before the volume is full, not after.

A volume filled to the last byte harms everybody who shares it, and leaves the job itself in half
sentences. So a run begins only where what it is thought to need fits above the reserve, and ends
with its pieces kept as soon as the reserve is touched; the sweep rings for it again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from config_schema.config import ExportConfig
from config_schema.errors import NoSpace

_GB = 1e9


def free_bytes(descriptor: int) -> int:
    """What an ordinary process may still write on the volume of this open file or folder."""
    facts = os.fstatvfs(descriptor)
    return facts.f_bavail * facts.f_frsize


@dataclass(frozen=True)
class Space:
    """The reserve that is to stay free, the way to look, and what can make room for so many bytes
    before anybody waits; without a reserve nobody does.
    """

    reserve_bytes: int = 0
    look: Callable[[int], int] = free_bytes
    make_room: Callable[[int], object] = lambda _: None

    def shortage(self, folder: int, needed_bytes: int = 0) -> NoSpace | None:
        """What is to be said when `needed_bytes` do not fit above the reserve."""
        if not self.reserve_bytes:
            return None
        wanted = self.reserve_bytes + needed_bytes
        free = self.look(folder)
        if free < wanted:
            self.make_room(wanted - free)
            free = self.look(folder)
        if free >= wanted:
            return None
        return NoSpace(
            detail=f"{free / _GB:.1f} GB are free; {needed_bytes / _GB:.1f} GB are needed, and "
            f"{self.reserve_bytes / _GB:.1f} GB (EXPORT_MIN_FREE_GB) are to stay free"
        )


def copied_bytes(config: ExportConfig, size_of: Mapping[int, int]) -> int:
    """About how much a programme that is copied takes: of every source the share that it shows.

    Sources of unknown length or size, and what is converted, count as nothing: an estimate that
    is too high would let a job wait for ever.

    >>> from config_schema.config import parse_config
    >>> body = b'''{"version": 1, "id": "a", "projectId": "", "projectName": "",
    ...   "createdAt": "2026-11-22T19:41:41Z", "output": {"filePath": "o"},
    ...   "sources": [{"id": "m", "name": "m", "filePath": "m.mp4", "duration": 100}],
    ...   "segments": [{"sourceIndex": 0, "startTime": 0, "endTime": 25},
    ...                {"sourceIndex": 0, "startTime": 30, "endTime": 40}]}'''
    >>> copied_bytes(parse_config(body).config, {0: 1_000_000})
    350000
    """
    if config.output.codec != "copy" or config.output.format != "mp4":
        return 0
    needed = 0.0
    for segment in config.segments:
        duration = config.sources[segment.source_index].duration or 0
        size = size_of.get(segment.source_index, 0)
        if duration > 0:
            share = min((segment.end_time - segment.start_time) / duration, 1)
            needed += share * size
    return round(needed)


def taken_bytes(work: Path) -> int:
    """What the job's own files take already."""
    taken = 0
    for path in work.rglob("*"):
        try:
            taken += path.lstat().st_size
        except FileNotFoundError:
            continue
    return taken
