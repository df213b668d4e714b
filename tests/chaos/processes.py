"""The processes of a service as the kernel shows them: what each one does, and what it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.usage import stat_fields

_PROC = Path("/proc")
_LOCK = ".lock@"


@dataclass(frozen=True)
class Known:
    """A process, told from every other one that ever had its number."""

    pid: int
    started: str
    parent: int
    group: int
    state: str
    name: str
    command: str

    @property
    def key(self) -> tuple[int, str]:
        """What stays the same for as long as it lives."""
        return self.pid, self.started

    @property
    def makes_media(self) -> bool:
        """Whether it is FFmpeg, or a child of ours that reads or writes media."""
        return "ffmpeg" in Path(self.command.partition("\0")[0]).name or self.is_forked

    @property
    def is_forked(self) -> bool:
        """Whether a nursery forked it, which calls it by its verb."""
        return self.is_nursery and self.name in VERBS

    @property
    def is_nursery(self) -> bool:
        """Whether it is a nursery, or was forked by one."""
        return "worker.render.child" in self.command


VERBS = ("probe", "index", "pictures", "sound", "assemble", "verify", "prove")


def everybody() -> dict[int, Known]:
    """Every living process by its number."""
    found = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (known := look(int(entry.name))):
            found[known.pid] = known
    return found


def look(pid: int) -> Known | None:
    """The process, or None when it has ended."""
    fields = stat_fields(pid)
    if not fields or fields[0] in ("Z", "X"):
        return None
    try:
        command = (_PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace")
        name = (_PROC / str(pid) / "comm").read_text().strip()
    except OSError:
        return None
    return Known(pid, fields[19], int(fields[1]), int(fields[2]), fields[0], name, command)


def below(root: int, all_: dict[int, Known]) -> Iterator[Known]:
    """Every process that descends from `root`."""
    for known in all_.values():
        if known.parent == root:
            yield known
            yield from below(known.pid, all_)


def lives(known: Known) -> bool:
    """Whether it is still there."""
    now = look(known.pid)
    return now is not None and now.key == known.key


def open_files(pid: int) -> list[str]:
    """What it has open."""
    found = []
    with suppress(OSError):
        for entry in (_PROC / str(pid) / "fd").iterdir():
            with suppress(OSError):
                found.append(str(entry.readlink()))
    return found


def pieces_held(pid: int) -> list[str]:
    """The pieces whose locks it has open, each by the path of its lock."""
    return [name for name in open_files(pid) if "/pieces/" in name and _LOCK in name]


def beneath(folder: Path, all_: dict[int, Known]) -> list[Known]:
    """The processes that have a file of this folder open, this one aside."""
    prefix = f"{folder}/"
    return [
        known
        for known in all_.values()
        if known.pid != os.getpid()
        and any(name.startswith(prefix) for name in open_files(known.pid))
    ]
