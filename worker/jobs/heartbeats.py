"""Which workers live, told by files they touch: known also while Redis is away."""

from __future__ import annotations

import os
import time
from pathlib import Path

from worker.jobs import disk
from worker.jobs.claim import this_host

_FOLDER = ".workers"
# A sweep beats about once a second, and every few seconds while Redis is frozen.
_ALIVE_SECONDS = 8.0
_FORGET_SECONDS = 3600.0


def beat(exports: Path, hostname: str) -> None:
    """Say that this worker lives."""
    folder = exports / _FOLDER
    folder.mkdir(exist_ok=True)
    (folder / _file_name(hostname)).touch()


def stop_beating(exports: Path, hostname: str) -> None:
    """Say goodbye, so that nobody counts on this worker for the next seconds."""
    (exports / _FOLDER / _file_name(hostname)).unlink(missing_ok=True)


def workers_alive(exports: Path) -> int:
    """How many workers beat within the last seconds."""
    return sum(age < _ALIVE_SECONDS for _, age in _ages(exports))


def forget_the_dead(exports: Path) -> None:
    """Remove the files of workers that went away without a word."""
    for path, age in _ages(exports):
        if age > _FORGET_SECONDS:
            path.unlink(missing_ok=True)


def _clock(folder: Path) -> float:
    try:
        with disk.opened(folder) as opened:
            return disk.clock(opened, f"clock.lock@{this_host()}")
    except PermissionError:
        # The web process may be allowed to read the volume only.
        return time.time()


def _is_lock(path: Path) -> bool:
    # Beside the beats lie the slots of the hosts.
    return ".lock@" in path.name


def _file_name(hostname: str) -> str:
    safe = "".join(char if char.isalnum() or char in "@._-" else "_" for char in hostname)
    return f"{safe[:150]}-{os.getpid()}"


def _ages(exports: Path) -> list[tuple[Path, float]]:
    try:
        paths = [path for path in (exports / _FOLDER).iterdir() if not _is_lock(path)]
        now = _clock(exports / _FOLDER)
    except FileNotFoundError:
        return []
    found = []
    for path in paths:
        try:
            found.append((path, now - path.stat().st_mtime))
        except FileNotFoundError:
            continue
    return found
