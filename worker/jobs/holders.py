"""Which processes hold a lock, and how to end those whose worker is gone or frozen.

FFmpeg dies with its worker (PDEATHSIG), yet a process can hang in the kernel or be stopped. As
long as it lives it holds the inherited lock, so nobody else can start: the right order, but
somebody has to end it. Nothing is ended by guess: the worker must provably be gone (process id,
its start time, boot and pid namespace) or stopped, and the process must hold exactly this lock.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_PROC = Path("/proc")


class Process(BaseModel):
    """A process, told from every other one that ever had its number."""

    model_config = ConfigDict(frozen=True)

    pid: int
    started: int
    boot: str
    pid_namespace: str


def this_process() -> Process | None:
    """This very process, or None where there is no /proc."""
    return _process(os.getpid())


def is_gone(holder: Process) -> bool:
    """Whether the process has provably ended; False when it cannot be known from here."""
    here = this_process()
    if here is None or (here.boot, here.pid_namespace) != (holder.boot, holder.pid_namespace):
        return False
    return _process(holder.pid) != holder


def is_stopped(holder: Process) -> bool:
    """Whether the process lives here and is stopped (SIGSTOP), hence may never go on."""
    return _process(holder.pid) == holder and _state(holder.pid) in ("T", "t")


def lock_holders(folder: int, name: str) -> list[Process]:
    """The processes seen from here, this one aside, whose open files hold this lock."""
    try:
        lock = os.stat(name, dir_fd=folder)
    except FileNotFoundError:
        return []
    found = [_process(pid) for pid in _pids() if pid != os.getpid() and _holds(pid, lock)]
    return [process for process in found if process is not None]


def end(process: Process, folder: int, name: str) -> bool:
    """Kill the process if it is still that one and still holds this lock."""
    try:
        handle = os.pidfd_open(process.pid)
    except (OSError, AttributeError):
        return False
    try:
        # Checked behind the handle: from here on the number cannot come to mean another process.
        still = _process(process.pid) == process and process in lock_holders(folder, name)
        if still:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
    except OSError:
        return False
    else:
        return still
    finally:
        os.close(handle)


def _pids() -> Iterator[int]:
    with suppress(OSError):
        yield from (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())


def _holds(pid: int, lock: os.stat_result) -> bool:
    try:
        for entry in (_PROC / str(pid) / "fd").iterdir():
            facts = entry.stat()
            if (facts.st_dev, facts.st_ino) != (lock.st_dev, lock.st_ino):
                continue
            # Only the open file that the flock belongs to says so here: a process that merely
            # tries the lock is not taken for its holder.
            about = (_PROC / str(pid) / "fdinfo" / entry.name).read_text()
            if "FLOCK" in about:
                return True
    except OSError:
        return False
    return False


def _state(pid: int) -> str:
    try:
        return _fields(pid)[0]
    except (OSError, ValueError, IndexError):
        return ""


def _fields(pid: int) -> list[str]:
    text = (_PROC / str(pid) / "stat").read_text()
    # The name in brackets may hold anything; what follows it is regular.
    return text[text.rindex(")") + 2 :].split()


def _process(pid: int) -> Process | None:
    try:
        fields = _fields(pid)
        if fields[0] in ("Z", "X"):
            return None
        boot, namespace = _here()
        return Process(pid=pid, started=int(fields[19]), boot=boot, pid_namespace=namespace)
    except (OSError, ValueError, IndexError):
        return None


@lru_cache(maxsize=1)
def _here() -> tuple[str, str]:
    boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    return boot, str((_PROC / "self/ns/pid").readlink())
