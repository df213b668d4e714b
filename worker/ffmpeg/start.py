"""Starting processes: the only place of the worker that does, with the nursery that it starts.

A child gets a clean environment, no descriptor but the ones named, its own process group, walls
around it, and is bound to its worker by the kernel.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TypeAlias

from config_schema.errors import ChildKilled, EncoderFailed, ExportError, OutOfMemory
from worker.ffmpeg.nursery import PR_SET_PDEATHSIG, Born, Nursery, NurseryLost
from worker.ffmpeg.sandbox import walls
from worker.ffmpeg.sandbox.walls import Cell, Keeping, Walls

#: A pipe for raw pictures: with the usual 64 KiB both sides wake up for every few lines.
PIPE_BYTES = 1 << 20

Child: TypeAlias = "subprocess.Popen[bytes] | Born"

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Command:
    """One process to start: its arguments, the descriptors it inherits and may read beside the
    standard ones, and what else it may touch.
    """

    argv: tuple[str, ...]
    fds: tuple[int, ...] = ()
    cell: Cell = field(default_factory=Cell)

    def __str__(self) -> str:
        return shlex.join(self.argv)


def make_nursery(module: str, nice: int) -> Nursery:
    """A nursery of children that run `module`, started as every child is."""
    return Nursery(module, _environment(), last_wishes(nice))


def start_child(
    command: Command, keeping: Keeping, keep_fds: tuple[int, ...], nursery: Nursery | None
) -> Child:
    """The command at work, in a group of its own, with nothing to read."""
    if nursery is None or not nursery.serves(command.argv):
        return start_encoder(command, keeping, keep_fds, stdin=None, group=0)
    try:
        with _walls(command, keeping, None) as around:
            born = nursery.start(command.argv, _fds(command, keep_fds), 0, around)
    except NurseryLost as error:
        raise ChildKilled(detail=f"{command}: the nursery is lost, twice") from error
    except OSError as error:
        raise _not_started(command, error) from error
    _widen(born.stdout)
    return born


def start_encoder(
    command: Command,
    keeping: Keeping,
    keep_fds: tuple[int, ...],
    stdin: IO[bytes] | None,
    group: int,
) -> subprocess.Popen[bytes]:
    """The command at work in process group `group` (0: its own), reading from `stdin`."""
    wishes = last_wishes(keeping.nice)
    try:
        with _walls(command, keeping, command.argv[0]) as around:
            process = subprocess.Popen(
                command.argv,
                stdin=subprocess.DEVNULL if stdin is None else stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=_fds(command, keep_fds),
                process_group=group,
                env=_environment(),
                preexec_fn=partial(_prepare_to_become, wishes, around),  # noqa: PLW1509 - see there
            )
    except OSError as error:
        raise _not_started(command, error) from error
    if process.stdout is not None:
        _widen(process.stdout)
    return process


@contextmanager
def _walls(command: Command, keeping: Keeping, program: str | None) -> Iterator[Walls | None]:
    walls.prepare()
    with walls.built(command.cell, keeping, program, command.fds) as around:
        yield around


def _prepare_to_become(wishes: Callable[[], None], around: Walls | None) -> None:
    """What a child does between fork and exec: only what is safe beside other threads."""
    wishes()
    if around is not None:
        around.enter()


def _fds(command: Command, keep_fds: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*command.fds, *keep_fds)))


def _not_started(command: Command, error: OSError) -> ExportError:
    if error.errno in (errno.EAGAIN, errno.ENOMEM):
        return OutOfMemory(detail=f"{command}: {error}")
    program = Path(command.argv[0]).name
    return EncoderFailed(
        f"{program} cannot be started: {error.strerror}.", detail=f"{command}: {error}"
    )


def _widen(pipe: IO[bytes]) -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _environment() -> dict[str, str]:
    """A clean environment: no secret of the worker's reaches a process that parses media."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    # One piece of work is one or two processes already; numpy's thread pool only gets in the way.
    return {**kept, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def last_wishes(nice: int) -> Callable[[], None]:
    """What a child first does between fork and exec: be nice, and never outlive the worker.

    Only system calls that were looked up before the fork: safe beside other threads.
    """
    parent = os.getpid()

    def wishes() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # it died before the kernel was told
                os._exit(1)
        if nice:
            os.nice(nice)

    return wishes
