"""Around one child: made by who starts it, entered by the child before it reads anything.

What a child may do is told as a `Cell`. The worker makes `Walls` of it; a child that becomes
FFmpeg enters them between fork and exec, one that a nursery forks before it looks at its work.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from worker.ffmpeg.sandbox import kernel
from worker.ffmpeg.sandbox.programs import (
    FILES_OF_THE_SYSTEM,
    NOTHING,
    folders_of_programs,
    listed_folders,
)

#: Answers and lists that a child writes; films have limits of their own.
ANSWER_BYTES = 1 << 30
#: A programme of a day has thousands of pieces, each of them open while it is put together.
MOST_FILES = 65_536
#: Between being told that one has computed for too long and being killed.
GRACE_SECONDS = 5
#: What a child exits with whose walls do not stand.
NOT_WALLED = 71

_READ = kernel.READ_FILE | kernel.READ_DIR
_RUN = _READ | kernel.EXECUTE
_MAKE = _READ | kernel.WRITE_FILE | kernel.TRUNCATE | kernel.MAKE_REG | kernel.REMOVE_FILE

Limit = tuple[int, int, int]


@dataclass(frozen=True)
class Cell:
    """What one child may touch beside the descriptors it is given, and how large a file it makes.

    `reads` and `writes` are folders, with all below them.
    """

    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    file_bytes: int = ANSWER_BYTES


@dataclass(frozen=True)
class Keeping:
    """How every child is kept on this machine.

    `confined`: within walls. `memory_bytes` and `cpu_seconds` are the most a child may use, over
    all its threads. `folders` are read and run from, beside those that the programs are known to
    need.
    """

    nice: int = 5
    confined: bool = True
    memory_bytes: int = 8 << 30
    cpu_seconds: int = 24 * 3600
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Walls:
    """Ready to be entered: `ruleset` is a descriptor, or None where there is no Landlock.

    `limits` are (resource, soft, hard).
    """

    ruleset: int | None = None
    limits: tuple[Limit, ...] = ()
    may_become_another: bool = True
    filters: bool = field(default_factory=kernel.has_filter)

    def enter(self) -> None:
        """Be confined, for good; ends the process where that cannot be.

        Makes no call that was not looked up before (see `prepare`): safe between fork and exec.
        """
        try:
            for kind, soft, hard in self.limits:
                resource.setrlimit(kind, (soft, hard))
            kernel.renounce_privileges()
            if self.ruleset is not None:
                kernel.keep_to(self.ruleset)
            if self.filters:
                kernel.filter_calls(may_become_another=self.may_become_another)
        except BaseException as error:  # noqa: BLE001 - unconfined it must not go on
            os.write(2, f"cannot be confined: {error}\n".encode())
            os._exit(NOT_WALLED)

    def told(self) -> dict[str, Any]:
        """What a nursery has to know to have its child enter them."""
        return {"ruleset": self.ruleset, "limits": self.limits, "filters": self.filters}

    @classmethod
    def heard(cls, told: dict[str, Any]) -> Self:
        """Walls as `told` describes them, for a child that stays what it is."""
        return cls(told["ruleset"], tuple(map(tuple, told["limits"])), False, told["filters"])


@contextmanager
def built(
    cell: Cell, keeping: Keeping, program: str | None, fds: Sequence[int]
) -> Iterator[Walls | None]:
    """Walls for a child that may read what `fds` stand for; None: unconfined.

    It is to become `program`, or stays the Python that it is (None). The walls are needed until it
    has entered them.
    """
    if not keeping.confined:
        yield None
        return
    limits = tuple(_limits(cell, keeping))
    if not kernel.landlock_version():
        yield Walls(None, limits)
        return
    ruleset = kernel.Ruleset()
    try:
        for name in FILES_OF_THE_SYSTEM:
            ruleset.allow(name, _READ)
        ruleset.allow(NOTHING, kernel.READ_FILE | kernel.WRITE_FILE)
        for path in (*folders_of_programs(program), *keeping.folders):
            ruleset.allow(path, _RUN)
        for path in listed_folders(program):
            ruleset.allow(path, kernel.READ_DIR)
        for path in cell.reads:
            ruleset.allow(path, _READ)
        for path in cell.writes:
            ruleset.allow(path, _MAKE)
        for fd in fds:
            # Opened again by its name in /proc, a file is judged by where it lies.
            ruleset.allow_open(fd, kernel.READ_FILE)
        yield Walls(ruleset.fd, limits)
    finally:
        ruleset.close()


def _limits(cell: Cell, keeping: Keeping) -> Iterator[Limit]:
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: keeping.cpu_seconds + GRACE_SECONDS,
        # What is written to; address space would count what a thread reserves and never touches.
        resource.RLIMIT_DATA: keeping.memory_bytes,
        resource.RLIMIT_FSIZE: cell.file_bytes,
        resource.RLIMIT_NOFILE: MOST_FILES,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Who has computed for too long is told before it is killed, and dies of that by its name.
        spare = GRACE_SECONDS if kind == resource.RLIMIT_CPU else 0
        yield kind, max(0, limit - spare), limit


def prepare() -> None:
    """Look up all that entering walls takes."""
    kernel.landlock_version()
    if kernel.has_filter():
        for may_become_another in (True, False):
            kernel.prepared_filter(may_become_another=may_become_another)
