"""What a job costs: by the clock, of the processors, and in memory, process by process.

Processor time comes from the kernel's own account of each ended process and all it has waited
for. Memory and the shares of single programs are looked at while they run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from resource import struct_rusage
from typing import Self

from benchmarks.usage import descendants, stat_fields

EVERY_SECONDS = 0.1
#: Adding up shared memory makes the kernel walk every page: not at every look.
LOOKS_PER_SUM = 5
#: What the engine's children run, and what each of them calls itself.
CHILD = "worker.render.child"
VERBS = frozenset({"probe", "index", "pictures", "sound", "assemble", "verify", "prove"})
_PR_SET_CHILD_SUBREAPER = 36
_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """What a job took. `cpu_of` and `memory_of` are by kind of process, as last seen of each."""

    seconds: float
    cpu_seconds: float
    #: The most that any one process held, and which.
    peak_bytes: int = 0
    peak_of: str = ""
    #: The most that all of them held together, shared pages counted once.
    sum_bytes: int = 0
    cpu_of: Mapping[str, float] = field(default_factory=dict)
    memory_of: Mapping[str, int] = field(default_factory=dict)


def measure(job: Callable[[Meter], None]) -> Cost:
    """Run a job that starts all its processes by the meter it is given."""
    # What an earlier job has left to be written is not this one's business.
    os.sync()
    with Meter() as meter:
        began = time.monotonic()
        job(meter)
        seconds = time.monotonic() - began
    return meter.cost(seconds)


class Meter:
    """Starts processes, waits for them, and watches them and theirs."""

    def __init__(self) -> None:
        self._cpu_seconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        #: What ran before, which is somebody else's to wait for.
        self._before: frozenset[int] = frozenset()
        self._kinds: dict[int, str] = {}
        self._cpu: dict[int, float] = {}
        self._peaks: dict[int, int] = {}
        self._sum = 0

    def __enter__(self) -> Self:
        # A child whose parent is gone first is ours to wait for, and counts.
        _adopt_orphans(1)
        self._before = frozenset(descendants(os.getpid()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for pid in self._kinds:
            with contextlib.suppress(ChildProcessError):
                self._count(os.wait4(pid, 0)[2])
        _adopt_orphans(0)

    def run(self, argv: Sequence[str | Path], **settings: str) -> None:
        """Run one process to its end; `settings` are added to its environment."""
        self.run_all([argv], **settings)

    def run_all(self, commands: Sequence[Sequence[str | Path]], **settings: str) -> None:
        """Run processes side by side; RuntimeError where one fails."""
        environment = {**os.environ, **settings}
        with tempfile.TemporaryFile() as log:
            processes = [
                subprocess.Popen(
                    [str(word) for word in argv],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=environment,
                )
                for argv in commands
            ]
            for process in processes:
                _, status, used = os.wait4(process.pid, 0)
                # The process is waited for already; Popen must not try again.
                process.returncode = os.waitstatus_to_exitcode(status)
                self._count(used)
            for process, argv in zip(processes, commands, strict=True):
                if process.returncode:
                    log.seek(0)
                    said = log.read().decode(errors="replace").strip()[-2000:]
                    raise RuntimeError(f"{Path(argv[0]).name} gave {process.returncode}: {said}")

    def _count(self, used: struct_rusage) -> None:
        self._cpu_seconds += used.ru_utime + used.ru_stime

    def cost(self, seconds: float) -> Cost:
        """What was seen; `seconds` is what the clock says."""
        cpu: defaultdict[str, float] = defaultdict(float)
        memory: defaultdict[str, int] = defaultdict(int)
        for pid, kind in self._kinds.items():
            cpu[kind] += self._cpu.get(pid, 0.0)
            memory[kind] = max(memory[kind], self._peaks.get(pid, 0))
        peak_of, peak = max(memory.items(), key=lambda item: item[1], default=("", 0))
        return Cost(seconds, self._cpu_seconds, peak, peak_of, self._sum, dict(cpu), dict(memory))

    def _watch(self) -> None:
        looks = 0
        while not self._over.wait(EVERY_SECONDS):
            pids = [pid for pid in descendants(os.getpid()) if pid not in self._before]
            for pid in pids:
                self._look(pid)
            if looks % LOOKS_PER_SUM == 0:
                self._sum = max(self._sum, sum(map(_shared_out_bytes, pids)))
            looks += 1

    def _look(self, pid: int) -> None:
        try:
            status = (_PROC / str(pid) / "status").read_text()
            words = (_PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return
        if fields := stat_fields(pid):
            self._cpu[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
        name = status.splitlines()[0].partition(":")[2].strip()
        for line in status.splitlines():
            # The kernel's own high-water mark: nothing between two looks is missed.
            if line.startswith("VmHWM:"):
                self._peaks[pid] = int(line.split()[1]) * 1024
                self._kinds[pid] = kind_of(words, name)


def _adopt_orphans(flag: int) -> None:
    """Have the kernel give us the processes below whose parents are gone, or not any more."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, flag, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "PR_SET_CHILD_SUBREAPER")


def kind_of(words: Sequence[str], name: str = "") -> str:
    """What a process of the engine is busy with, or which program it is.

    The engine's children are forked: what they are is the name that they give themselves.

    >>> kind_of(["/x/python", "-I", "-m", "worker.render.child", "--serve", "7"], "verify")
    'verify'
    >>> kind_of(["/x/python", "-I", "-m", "worker.render.child", "--serve", "7"], "python")
    'nursery'
    >>> kind_of(["ffmpeg", "-i", "pipe:0", "-c:a", "aac"]), kind_of(["/usr/bin/cp", "a"])
    ('sound encoder', 'cp')
    """
    if CHILD in words:
        return name if name in VERBS else "nursery"
    if "-c:v" in words:
        return "picture encoder"
    if "-c:a" in words:
        return "sound encoder"
    names = [Path(word).name for word in words if word and not word.startswith("-")]
    return " ".join(names[:2]) if names and names[0].startswith("python") else "".join(names[:1])


def _shared_out_bytes(pid: int) -> int:
    """A process's memory, each shared page divided by how many share it."""
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
