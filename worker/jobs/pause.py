"""An operator's hold on one job or on all of them: a flag file, as durable as the job itself.

    exports/{id}/pause       this job rests
    exports/.state/paused    every job rests, those posted from now on too

Nothing is written into the job's state: who reads the state looks for the flag, so taking the
flag away undoes it without a trace, and no run that is just saving can overwrite it.
"""

from __future__ import annotations

import os
from pathlib import Path

from config_schema.status import JobRecord, Stage
from worker.jobs import disk

PAUSE = "pause"
_DESK = Path(".state")
_ALL = "paused"


def is_job_paused(job: int, exports: Path) -> bool:
    """Whether the job in this folder rests, for itself or because all do."""
    return disk.exists(job, PAUSE) or is_desk_paused(exports)


def is_desk_paused(exports: Path) -> bool:
    """Whether all jobs rest."""
    # A text, not a path: this is asked of every job, for every poll.
    return os.access(f"{exports}/{_DESK}/{_ALL}", os.F_OK)


def pause_job(job: int) -> None:
    """Let the job in this folder rest; durable when it returns."""
    disk.write_new(job, PAUSE, b"")
    os.fsync(job)


def resume_job(job: int) -> None:
    """Take the job's own flag away; all may still rest."""
    disk.remove(job, PAUSE)
    os.fsync(job)


def pause_desk(exports: Path) -> None:
    """Let all jobs rest, also those to come; durable when it returns."""
    (exports / _DESK).mkdir(parents=True, exist_ok=True)
    with disk.opened(exports / _DESK) as desk:
        disk.write_new(desk, _ALL, b"")
        os.fsync(desk)


def resume_desk(exports: Path) -> None:
    """Let all jobs go on but those that rest for themselves."""
    (exports / _DESK).mkdir(parents=True, exist_ok=True)
    with disk.opened(exports / _DESK) as desk:
        disk.remove(desk, _ALL)
        os.fsync(desk)


def as_paused(record: JobRecord) -> JobRecord:
    """The record of the same job while it rests; one that is over cannot rest."""
    return record if record.status.is_final else record.model_copy(update={"stage": Stage.PAUSED})
