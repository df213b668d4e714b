"""Counts how runs end, each exactly once, and has it said: in one line of a worker's log, and to
the client, where its config names a callback address.

Whoever ends a run counts it: a worker, or the web process or command whose DELETE came first. Who
is killed before, leaves it to the sweep, and to whoever takes the job away or starts its next run.
The order is what makes it once: the final state, then the message to the client into the outbox,
then the tally with the run's name, then the mark in the job's own state (or the folder's leaving);
all behind the job's gate. Who dies in between leaves a message that is put again under its own id.

A worker (`tells`) says at once what it has counted. What others have counted is told by a sweep: a
command has no log at all, and an operator is to find all ends in one place.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from config_schema.status import JobRecord, JobStatus
from worker.jobs import disk
from worker.jobs.announce import run_name
from worker.jobs.delivery import delivery_of
from worker.jobs.ends import End, end_of
from worker.jobs.folder import REPORT, STATE, JobFolder, as_cancelled
from worker.jobs.outbox import Outbox
from worker.jobs.progress import read_progress
from worker.jobs.tally import Tally

_log = logging.getLogger(__name__)


def is_to_count(record: JobRecord) -> bool:
    """Whether the job's run is over and nobody has said yet that it was counted."""
    return record.status.is_final and record.counted != record.attempt


def count_end(folder: JobFolder, *, tells: bool = False) -> bool:
    """Count how the job's run ended, unless that was done; whether it was done now.

    OSError or VolumeUnavailable when it cannot be done now: then somebody else will.
    """
    with folder.gate():
        # Whoever took the folder from its place has counted it.
        record = folder.stored_record() if folder.is_current() else None
        if record is None or not is_to_count(record):
            return False
        end = _counted(folder, record, tells)
        folder.mark_counted(record.attempt)
    if tells:
        say(end)
    return end is not None


def count_last(folder: JobFolder, *, tells: bool, cancelled: JobRecord | None = None) -> End | None:
    """Count the run of a job whose folder is about to leave its place; a run that was under way
    ends by that, as `cancelled` says. What is to be said once the gate is left, which the caller
    holds.
    """
    record = folder.stored_record()
    if not record.status.is_final:
        record = cancelled or as_cancelled(record)
    end = _counted(folder, record, tells) if is_to_count(record) else None
    return end if tells else None


def tell(exports: Path) -> None:
    """Say what others have counted; a worker's sweep does."""
    for end in Tally(exports).take_untold():
        say(end)


def say(end: End | None) -> None:
    """Put the one line about a run into the log: in text, and field by field for JSON."""
    if end is not None:
        _log.info("%s", end.line(), extra={"job": end.job, "end": end.fields()})


def _counted(folder: JobFolder, record: JobRecord, tells: bool) -> End | None:
    _put(folder, record)
    report = None
    if record.status is JobStatus.COMPLETED and disk.exists(folder.descriptor, REPORT):
        report = disk.read(folder.descriptor, REPORT)
    end = end_of(record, report)
    exports = folder.path.parent
    is_new = Tally(exports).count(
        _run_of(record), end, partial(_is_marked, exports), tell_later=not tells
    )
    return end if is_new else None


def _put(folder: JobFolder, record: JobRecord) -> None:
    """Have the client told, if it wants to be."""
    if record.callback_url is None:
        return
    # What the status route says of it, to the letter.
    progress = read_progress(folder, record) if record.status is JobStatus.FAILED else None
    delivery = delivery_of(record, progress)
    if delivery is not None:
        Outbox(folder.path.parent).put(delivery)


def _run_of(record: JobRecord) -> str:
    return f"{record.job_id}/{run_name(record)}"


def _is_marked(exports: Path, job_id: str, run: str) -> bool:
    try:
        record = JobRecord.model_validate_json((exports / job_id / STATE).read_bytes())
    except FileNotFoundError:
        return True
    except (OSError, ValidationError):
        return False
    return _run_of(record) != run or record.counted == record.attempt
