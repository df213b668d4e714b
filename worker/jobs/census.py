"""How everything stands at this moment, in numbers: the jobs, the line, the workers, the volume.

Looked up from the disk at most every few seconds by one process, however often it is asked for:
records are parsed again only after a change, progress only of what is being made. What a worker's
memory knows is not asked for, so the numbers are the same for every process, also after a restart.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from config_schema.errors import ExportError
from config_schema.status import JobRecord, JobStatus, Priority, Stage
from worker.jobs import disk
from worker.jobs.glance import Waiting
from worker.jobs.heartbeats import workers_alive
from worker.jobs.line import in_line
from worker.jobs.outbox import Outbox
from worker.jobs.piece_cache import PieceCache
from worker.jobs.progress import read_progress
from worker.jobs.space import free_bytes
from worker.jobs.store import JobStore
from worker.jobs.view import stage_of

_LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Standing:
    """How the jobs stand: by status and priority, and by stage those that are not over."""

    jobs: Mapping[tuple[JobStatus, Priority], int]
    stages: Mapping[Stage, int]
    line: Mapping[Priority, int]
    longest_wait_seconds: float

    @property
    def running(self) -> int:
        """How many are being made: neither waiting in line nor resting."""
        resting = sum(count for stage, count in self.stages.items() if stage.is_resting)
        return sum(self.stages.values()) - resting - self.stages.get(Stage.QUEUED, 0)


@dataclass(frozen=True)
class Census:
    """Everything that stands somewhere; `untold` counts messages to clients, `messages` is None
    while the broker does not answer, and `free_bytes` until somebody has made the folder of the
    exports.
    """

    standing: Standing
    workers: int
    free_bytes: int | None
    piece_cache_bytes: int
    messages: Mapping[Waiting, int] | None
    untold: int = 0


def standing_of(jobs: Iterable[tuple[JobRecord, Stage]], now: datetime) -> Standing:
    """How these jobs stand, each with the stage that it is at.

    >>> from datetime import timedelta
    >>> now = datetime(2026, 11, 26, tzinfo=UTC)
    >>> job = JobRecord(job_id="a", created_at=now - timedelta(seconds=9))
    >>> standing = standing_of([(job, Stage.QUEUED)], now)
    >>> standing.line, standing.longest_wait_seconds, standing.running
    ({'normal': 1}, 9.0, 0)
    """
    known = list(jobs)
    line = in_line(job for job, _ in known)
    waits = [(now - (job.asked_at or job.created_at)).total_seconds() for job in line]
    return Standing(
        jobs=dict(Counter((job.status, job.priority) for job, _ in known)),
        stages=dict(Counter(stage for job, stage in known if not job.status.is_final)),
        line=dict(Counter(job.priority for job in line)),
        longest_wait_seconds=max(waits, default=0.0),
    )


class Counting:
    """Takes the census for all who ask, one thread at a time."""

    def __init__(
        self,
        store: JobStore,
        cache: PieceCache,
        messages: Callable[[], Mapping[Waiting, int] | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._cache = cache
        self._messages = messages
        self._clock = clock
        self._last: tuple[float, Census] | None = None
        self._looking = threading.Lock()

    def census(self) -> Census:
        """How everything stands, or stood a few seconds ago."""
        last = self._last
        # Who asks while another one looks is told what was true a moment ago, if anything was.
        if self._is_fresh(last) or not self._looking.acquire(blocking=last is None):
            assert last is not None
            return last[1]
        try:
            # Who waited finds what another one saw.
            if self._last is last:
                self._last = (self._clock(), self._look())
            assert self._last is not None
            return self._last[1]
        finally:
            self._looking.release()

    def _is_fresh(self, last: tuple[float, Census] | None) -> bool:
        return last is not None and self._clock() - last[0] < _LOOK_SECONDS

    def _look(self) -> Census:
        free = None
        with suppress(FileNotFoundError), disk.opened(self._store.exports) as exports:
            free = free_bytes(exports)
        staged = [(record, self._stage(record)) for record in self._store.everything()]
        return Census(
            standing=standing_of(staged, datetime.now(UTC)),
            workers=workers_alive(self._store.exports),
            free_bytes=free,
            piece_cache_bytes=self._cache.size_bytes(),
            messages=self._messages(),
            untold=len(Outbox(self._store.exports).names()),
        )

    def _stage(self, record: JobRecord) -> Stage:
        progress = None
        if record.status is JobStatus.PROCESSING and not record.stage.is_resting:
            with suppress(ExportError, OSError), self._store.open(record.job_id) as folder:
                progress = read_progress(folder, record)
        return stage_of(record, progress)
