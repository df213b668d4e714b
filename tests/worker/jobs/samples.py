"""Records and jobs to try things on."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import Any

from config_schema.status import JobRecord, JobStatus
from tests.worker.house import config_of
from worker.jobs.store import JobStore
from worker.jobs.stored_config import dump_config


def record_of(job_id: str = "a", **changes: Any) -> JobRecord:
    """The record of a job as POST makes it."""
    return JobRecord(job_id=job_id, created_at=datetime.now(UTC), segments_total=2).model_copy(
        update=changes
    )


def make(store: JobStore, job_id: str = "a", project_id: str = "", **changes: Any) -> JobRecord:
    """Make a job as POST does; `project_id` tells the fake render what to do."""
    record = record_of(job_id, **changes)
    store.create(record, dump_config(config_of(job_id, project_id).config))
    return record


def save(store: JobStore, job_id: str, **changes: Any) -> JobRecord:
    """Change the stored record of a job."""
    with store.open(job_id) as folder:
        return folder.save(folder.stored_record().model_copy(update=changes))


def complete(store: JobStore, job_id: str) -> None:
    """Bring a pending job to its good end by hand."""
    save(store, job_id, status=JobStatus.PROCESSING)
    (store.exports / job_id / "output.mp4").write_bytes(b"programme")
    (store.exports / job_id / "report.json").write_bytes(b"{}")
    save(store, job_id, status=JobStatus.COMPLETED, finished_at=datetime.now(UTC))


def files(store: JobStore) -> set[str]:
    """Everything that lies in `exports/`, by its path; the tally, and the file that tells the time,
    aside.
    """
    found = (p for p in store.exports.rglob("*") if p.is_file() and ".clock@" not in p.name)
    names = {str(path.relative_to(store.exports)) for path in found}
    return {name for name in names if ".tally" not in name}


def spend_time(seconds: float) -> None:
    """Wait where only the clock decides (a file has to grow old)."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        os.sched_yield()
