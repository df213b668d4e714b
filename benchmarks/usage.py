"""What a tree of processes uses: processor seconds, and the most memory any one of them held."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Self

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def descendants(root: int) -> list[int]:
    """Every process below `root`, which is not among them."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := stat_fields(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found: list[int] = []
    waiting = list(children.get(root, []))
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """Processor time of everything below `root`, what has ended and was waited for included."""
    total = 0
    for pid in descendants(root):
        if fields := stat_fields(pid):
            # utime, stime, and those of the children that were waited for.
            total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


def own_cpu_seconds(pid: int) -> float:
    """Processor time of one process, without any child."""
    fields = stat_fields(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name: state, parent, …; none if it is gone."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


class PeakMemory:
    """Watches the processes below `root` for as long as the block lasts."""

    def __init__(self, root: int, every_seconds: float = 0.1) -> None:
        self._root = root
        self._every = every_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        #: The most memory of each program, in bytes, by what it was called with.
        self.peaks: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching."""
        self._over.set()
        self._thread.join()

    @property
    def highest(self) -> tuple[str, int]:
        """The program that held most, and how much, in bytes."""
        return max(self.peaks.items(), key=lambda item: item[1], default=("", 0))

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            for pid in descendants(self._root):
                self._look(pid)

    def _look(self, pid: int) -> None:
        try:
            status = (_PROC / str(pid) / "status").read_text()
            words = (_PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return
        for line in status.splitlines():
            # The kernel's own high-water mark: nothing between two looks is missed.
            if line.startswith("VmHWM:"):
                name = " ".join(Path(word).name for word in words[:4] if word)
                self.peaks[name] = max(self.peaks.get(name, 0), int(line.split()[1]) * 1024)
