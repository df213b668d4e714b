"""The order in which waiting jobs are served, as the disk knows it."""

from __future__ import annotations

from collections.abc import Iterable

from config_schema.status import RANKS, JobRecord, JobStatus


def in_line(records: Iterable[JobRecord]) -> list[JobRecord]:
    """The jobs that wait for a worker, the next one first."""
    waiting = [record for record in records if record.status is JobStatus.PENDING]
    return sorted(waiting, key=lambda job: (RANKS[job.priority], job.created_at, job.job_id))
