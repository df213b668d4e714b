"""Whether a child still lives and works, seen without touching it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol


class _Child(Protocol):
    pid: int
    returncode: int | Any

    def poll(self) -> int | None: ...


def exit_code(process: _Child) -> int | None:
    """The exit code, negative for a signal, or None while it runs.

    The process is not reaped: until then nobody else can get its number, nor its group's.
    """
    if process.returncode is not None:
        return int(process.returncode)
    try:
        ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return process.poll()  # someone else reaps our children
    if ended is None:
        return None
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def cpu_seconds(pid: int) -> float:
    """How long the process has computed so far; 0 where the system does not say."""
    try:
        # The name before it, in brackets, may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
