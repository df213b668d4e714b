"""The next run of an export that has failed or was cancelled."""

from __future__ import annotations

from datetime import UTC, datetime

from config_schema.errors import JobNotFound
from config_schema.status import JobRecord, JobStatus, Stage
from worker.jobs import disk
from worker.jobs.booking import count_end
from worker.jobs.pause import resume_job
from worker.jobs.run import TRIES
from worker.jobs.store import JobStore


def run_again(jobs: JobStore, record: JobRecord) -> JobRecord:
    """Queue a failed job's next run, which goes on from the pieces of this one."""
    with jobs.open(record.job_id) as folder:
        # What comes now is another run.
        count_end(folder)
        disk.remove(folder.descriptor, TRIES)
        # It came as the run before ended, and was about that one.
        resume_job(folder.descriptor)
        return folder.save(_queued(record, asked_at=datetime.now(UTC)))


def restart(jobs: JobStore, record: JobRecord) -> JobRecord:
    """Queue a cancelled job anew, from what its tombstone remembers; it begins with nothing.

    JobTaken where another POST was faster.
    """
    try:
        with jobs.open(record.job_id) as folder:
            jobs.bury(folder)
    except JobNotFound:
        pass  # all of it is gone already
    stone = jobs.tombstone(record.job_id)
    again = _queued(stone.record, asked_at=None)
    # The time of birth also names the work folder, and this one starts from nothing.
    again = again.model_copy(update={"created_at": datetime.now(UTC)})
    jobs.create(again, stone.config.encode())
    return again


def _queued(record: JobRecord, asked_at: datetime | None) -> JobRecord:
    return record.model_copy(
        update={
            "status": JobStatus.PENDING,
            "stage": Stage.QUEUED,
            "attempt": record.attempt + 1,
            "asked_at": asked_at,
            "started_at": None,
            "finished_at": None,
            "error": None,
            "error_code": None,
        }
    )
