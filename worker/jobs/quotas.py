"""How much one tenant may have of a house that others use too. 0 is no limit, everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config_schema.errors import QuotaReached
from config_schema.status import JobRecord, JobStatus
from worker.jobs.folder import OUTPUTS

_GB = 1e9


@dataclass(frozen=True)
class Quotas:
    """The most that a tenant may have waiting, being made at a time, and lying there finished."""

    waiting: int = 0
    running: int = 0
    stored_bytes: int = 0

    def require_room(self, tenant: str, records: Iterable[JobRecord], exports: Path) -> None:
        """Return when the tenant may ask for one more export; else raise QuotaReached."""
        if not self.waiting and not self.stored_bytes:
            return
        own = [record for record in records if record.tenant == tenant]
        waiting = sum(record.status is JobStatus.PENDING for record in own)
        if self.waiting and waiting >= self.waiting:
            raise QuotaReached(
                f"{waiting} of your exports are waiting already, which is the most there may be; "
                "try again when one of them has begun."
            )
        stored = sum(_output_bytes(exports / record.job_id) for record in own)
        if self.stored_bytes and stored >= self.stored_bytes:
            raise QuotaReached(
                f"Your finished exports take {stored / _GB:.1f} GB of the "
                f"{self.stored_bytes / _GB:.1f} GB that there are for you; delete one of them."
            )

    def admits(self, job: JobRecord, records: Iterable[JobRecord]) -> bool:
        """Whether the tenant has few enough others being made for this job to be made too.

        Asked before it begins, and again once the disk says that it has: of two that begin in the
        same moment both then see both, and the later one steps back.
        """
        if not self.running:
            return True
        before = [
            other
            for other in running(records)
            if other.tenant == job.tenant and other.job_id != job.job_id and _is_before(other, job)
        ]
        return len(before) < self.running


def running(records: Iterable[JobRecord]) -> Iterator[JobRecord]:
    """Those that are being made."""
    for record in records:
        if record.status is JobStatus.PROCESSING and not record.stage.is_resting:
            yield record


def _is_before(other: JobRecord, job: JobRecord) -> bool:
    if job.status is not JobStatus.PROCESSING:
        return True
    return _beginning(other) < _beginning(job)


def _beginning(job: JobRecord) -> tuple[datetime, str]:
    return job.started_at or job.created_at, job.job_id


def _output_bytes(folder: Path) -> int:
    for name in OUTPUTS:
        with suppress(OSError):
            return (folder / name).stat().st_size
    return 0
