"""The order in which waiting jobs are served, as the disk knows it."""

from __future__ import annotations

from collections.abc import Iterable

from config_schema.status import RANKS, JobRecord, JobStatus, Stage


def in_line(records: Iterable[JobRecord]) -> list[JobRecord]:
    """The jobs that wait for a worker, the next one first; a paused one waits for an operator."""
    waiting = [
        record
        for record in records
        if record.status is JobStatus.PENDING and record.stage is not Stage.PAUSED
    ]
    return sorted(waiting, key=lambda job: (RANKS[job.priority], job.created_at, job.job_id))
