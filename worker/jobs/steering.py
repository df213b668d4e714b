"""A few bytes that a worker shares with its pool: whether running jobs are to hand themselves back.

Celery's warm shutdown waits for running tasks, which here may take hours, until the orchestrator
kills everything. A job that hands itself back instead loses nothing: its finished pieces are kept
and the next worker goes on from there. The same way a long export lets others have their turn.
"""

from __future__ import annotations

import mmap
import struct
import time

from config_schema.status import RANKS

#: When to have stopped, by the clock that all processes of a machine share; 0: not at all.
_STOP = struct.Struct("d")
#: Of the jobs that wait for a worker the lowest rank, plus one; 0: none waits.
_RANK = struct.Struct("B")

# Anonymous and shared: made before the pool forks, hence seen by every child.
_memory = mmap.mmap(-1, _STOP.size + _RANK.size)


class Steering:
    """What a run asks about its worker; this one never wishes anything."""

    def is_stopping(self) -> bool:
        """Whether the worker shuts down: nothing new is begun."""
        return False

    def is_time_up(self) -> bool:
        """Whether what is still being made has to be given up."""
        return False

    def others_wait(self, priority: str) -> bool:  # noqa: ARG002 - nobody waits
        """Whether jobs of this or a higher priority wait for a worker."""
        return False


class PoolSteering(Steering):
    """What the worker of this very process wishes."""

    def is_stopping(self) -> bool:
        """See Steering."""
        return bool(_stop_at())

    def is_time_up(self) -> bool:
        """See Steering."""
        return 0 < _stop_at() <= time.monotonic()

    def others_wait(self, priority: str) -> bool:
        """See Steering."""
        (lowest,) = _RANK.unpack_from(_memory, _STOP.size)
        return bool(lowest) and lowest - 1 <= RANKS[priority]


def ask_to_stop(grace_seconds: float) -> None:
    """Ask every running job of this worker to hand itself back: what is being made now may be
    finished within `grace_seconds`.
    """
    _STOP.pack_into(_memory, 0, time.monotonic() + grace_seconds)


def say_who_waits(priority: str | None) -> None:
    """Tell the pool the highest priority of the jobs that wait for a worker, or that none does."""
    _RANK.pack_into(_memory, _STOP.size, 0 if priority is None else RANKS[priority] + 1)


def _stop_at() -> float:
    found: float = _STOP.unpack_from(_memory)[0]
    return found
