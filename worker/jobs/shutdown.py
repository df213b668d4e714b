"""One byte that the worker shares with its pool: whether running jobs are to hand themselves back.

Celery's warm shutdown waits for running tasks, which here may take hours, until the orchestrator
kills everything. A job that hands itself back instead loses nothing but its piece in work, and the
next worker goes on from there.
"""

from __future__ import annotations

import mmap

# Anonymous and shared: made before the pool forks, hence seen by every child.
_flag = mmap.mmap(-1, 1)


def ask_to_stop() -> None:
    """Ask every running job of this worker to hand itself back."""
    _flag[0] = 1


def is_stopping() -> bool:
    """Whether this worker shuts down."""
    return _flag[0] == 1
