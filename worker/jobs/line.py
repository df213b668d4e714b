"""The order in which waiting jobs are served, as the disk knows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from config_schema.status import RANKS, JobRecord, JobStatus, Stage

_LINE_SECONDS = 2.0


def in_line(records: Iterable[JobRecord]) -> list[JobRecord]:
    """The jobs that wait for a worker, the next one first; a paused one waits for an operator."""
    waiting = [
        record
        for record in records
        if record.status is JobStatus.PENDING and record.stage is not Stage.PAUSED
    ]
    # As numbers: thousands of times are slow to compare, and polls and sweeps do it all day.
    return sorted(
        waiting, key=lambda job: (RANKS[job.priority], job.created_at.timestamp(), job.job_id)
    )


class Line:
    """Who stands where, looked up every few seconds: everybody who polls wants to know."""

    def __init__(self, records: Callable[[], Iterable[JobRecord]]) -> None:
        self._records = records
        self._places: dict[str, int] = {}
        self._made_at = 0.0
        self._looking = threading.Lock()

    def forget(self) -> None:
        """Have the next question look anew."""
        self._places = {}

    def position(self, job_id: str) -> int | None:
        """The place of the job, the next one to be served has 1; None if it does not wait."""
        place = self._places.get(job_id)
        if place is not None and time.monotonic() - self._made_at <= _LINE_SECONDS:
            return place
        # One poll looks, the others meanwhile say what was true a moment ago: with a thousand
        # jobs in line all of them looking at once would keep each other waiting.
        if self._looking.acquire(blocking=place is None):
            try:
                # Who waited for the lock finds what another one saw.
                if place is not None or job_id not in self._places:
                    ordered = enumerate(in_line(self._records()), start=1)
                    self._places = {job.job_id: number for number, job in ordered}
                    self._made_at = time.monotonic()
            finally:
                self._looking.release()
        return self._places.get(job_id)
