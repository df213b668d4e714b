"""Starts a program that the kernel kills when its parent dies, whatever kills the parent.

Run as `python -I -S die_with_parent.py PARENT_PID PROGRAM ARGS...`. A program of its own and not
a `preexec_fn`, because that one runs Python between fork and exec, which is unsafe in a process
with threads. The death signal survives the exec; it is Linux only, elsewhere the program just
starts.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def bind_to(parent: int) -> None:
    """Have the kernel kill this process when its parent, or the thread that forked it, dies."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
            sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    # The parent may have died before the signal was set; then nobody would ever send it.
    if os.getppid() != parent:
        sys.exit("the parent died while its child started")


def main() -> None:
    """Become the program, bound to the parent's life."""
    parent, *argv = sys.argv[1:]
    bind_to(int(parent))
    os.execv(argv[0], argv)  # noqa: S606 - no shell, and the arguments are the caller's own


if __name__ == "__main__":
    main()
