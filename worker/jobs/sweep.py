"""Walks over all jobs about once a second and puts right whatever a crash or a lost message left.

Every worker runs one; any number of copies do no harm, for each step is one that the job's own
locks allow. It is why Redis may be wiped and nothing is lost:

    rings       for what is on disk, not finished, not held, and not in the queue
    invites     an idle worker to help with the pieces of a job that another one holds
    buries      what was cancelled while nobody looked
    counts      runs that ended, where the one who ended them died before it could
    tells       in the log what was counted by processes that have none
    ends        children that hold a job although their worker is gone
    repairs     what the result backend says, from what the disk says
    evicts      old pieces of finished jobs
    purges      what is over for longer than it is kept
    and chores of others (`also`)
    removes     folders of jobs never born or already buried, and half-made pieces
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from celery import Celery

from config_schema.errors import ExportError, ServiceFault
from config_schema.status import RANKS, JobRecord, JobStatus, Stage
from worker.jobs.announce import announcement_of, forget, states_of, store, tell_flower
from worker.jobs.booking import tell
from worker.jobs.doorbell import Doorbell, queue_key
from worker.jobs.heartbeats import beat, stop_beating
from worker.jobs.help import has_free_pieces
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.line import in_line
from worker.jobs.piece_cache import PieceCache
from worker.jobs.progress import read_progress
from worker.jobs.quotas import Quotas, running
from worker.jobs.retention import Retention
from worker.jobs.run import read_tries
from worker.jobs.steering import say_who_waits
from worker.jobs.store import JobStore

EVERY_SECONDS = 1.0
_PATIENCE_SWEEPS = 2
_MOST_RUNG = 500
_FULL_REPAIR_SECONDS = 30.0
_EVICT_SECONDS = 60.0
_RECENT = timedelta(seconds=60)
_log = logging.getLogger(__name__)


class Sweep:
    """One sweeper's memory between its rounds; only ever used from one thread."""

    def __init__(
        self,
        store: JobStore,
        app: Celery,
        hostname: str,
        idle_slots: Callable[[], int] = lambda: 0,
        cache: PieceCache | None = None,
        keep_days: float = 0,
        quotas: Quotas = Quotas(),  # noqa: B008 - frozen
    ) -> None:
        self._store = store
        self._app = app
        self._doorbell = Doorbell(app)
        self._hostname = hostname
        self._idle_slots = idle_slots
        self._cache = cache
        self._quotas = quotas
        self._next_eviction = 0.0
        self._waited: set[str] = set()
        self._unheard: Counter[str] = Counter()
        self._house = Housekeeper(store)
        self._retention = Retention(store, keep_days)
        self._chores: dict[str, Callable[[], None]] = {}
        self._shown: set[tuple[str, datetime | None]] = set()
        self._next_full_repair = 0.0
        self._told_new: set[tuple[str, datetime]] = set()
        self._troubled: set[str] = set()

    def also(self, name: str, every_seconds: float, chore: Callable[[], int]) -> None:
        """Have this done as well, every so often; what it says that it did is counted by name."""
        due_at = 0.0

        def when_due() -> None:
            nonlocal due_at
            if time.monotonic() >= due_at:
                due_at = time.monotonic() + every_seconds
                self._house.done[name] += chore()

        self._chores[name] = when_due

    def once(self) -> Counter[str]:
        """Go round once; what was done, by kind. A step that fails does not stop the others."""
        self._step("beat", lambda: beat(self._store.exports, self._hostname))
        self._step("tell", lambda: tell(self._store.exports))
        return self._go_round(_PATIENCE_SWEEPS)

    def visit(self) -> Counter[str]:
        """Go round as a guest: not counted as a worker, and without patience.

        ServiceFault when a step could not be done.
        """
        done = self._go_round(1)
        if self._troubled:
            names = ", ".join(sorted(self._troubled))
            raise ServiceFault(f"The sweep could not do everything ({names}); see the log.")
        return done

    def _go_round(self, patience: int) -> Counter[str]:
        """Go round; ring for a job that was found unheard so many rounds in a row."""
        self._house.begin_round()
        jobs: list[JobRecord] = []
        stones: list[JobRecord] = []

        def look() -> None:
            jobs.extend(self._store.records())
            stones.extend(self._store.buried_records())

        def bury() -> None:
            jobs[:], stones[:] = self._house.bury(jobs, stones)

        self._step("tidy", self._house.tidy)
        self._step("look", look)
        self._step("bury", bury)
        self._step("count", lambda: self._house.count(jobs))
        self._step("clear", lambda: self._house.clear(jobs))
        self._step("evict", self._evict)
        self._step("purge", lambda: self._purge([*jobs, *stones]))
        for name, chore in self._chores.items():
            self._step(name, chore)
        # Against a frozen Redis each step costs two seconds; one is enough to know.
        if self._step("ring", lambda: self._ring(jobs, patience)):
            self._step("invite", lambda: self._invite(jobs))
            self._step("repair", lambda: self._repair([*jobs, *stones]))
            self._step("forget", self._forget)
        return self._house.done

    def goodbye(self) -> None:
        """Stop being counted as a living worker."""
        with suppress(OSError):
            stop_beating(self._store.exports, self._hostname)

    def _step(self, name: str, step: Callable[[], None]) -> bool:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the sweep outlives everything
            if name not in self._troubled:
                _log.warning("sweep: cannot %s for now: %s: %s", name, type(error).__name__, error)
            self._troubled.add(name)
            return False
        if name in self._troubled:
            _log.info("sweep: can %s again", name)
        self._troubled.discard(name)
        return True

    # --- jobs that are to be done

    def _ring(self, jobs: list[JobRecord], patience: int) -> None:
        under_way = [job for job in jobs if job.status is JobStatus.PROCESSING]
        # Whatever Redis says, hung orphans of running jobs are to be ended.
        free = [job for job in under_way if self._is_free(job)]
        waiting = self._admitted(jobs)
        # While Redis is away nobody could be rung for, so nobody is to give a worker away.
        say_who_waits(None)
        unanswered = self._doorbell.unanswered() if free or waiting else {}
        # What lies in the queue needs no look at its folder, of which there may be thousands.
        free += [job for job in waiting if job.job_id in unanswered or self._is_free(job)]
        self._say_who_waits(free)
        unheard: Counter[str] = Counter()
        for job in free:
            if job.job_id in unanswered:
                if unanswered[job.job_id] not in ("", queue_key(job.priority)):
                    self._doorbell.ring_anew(job)
                continue
            rounds = self._unheard[job.job_id] + 1
            # After a wiped Redis thousands may be due: the workers still want their heartbeats.
            if rounds < patience or self._house.done["rung"] >= _MOST_RUNG:
                unheard[job.job_id] = rounds
                continue
            self._doorbell.ring(job)
            self._house.done["rung"] += 1
        self._unheard = unheard

    def _admitted(self, jobs: list[JobRecord]) -> list[JobRecord]:
        """The jobs in line whose tenants may have one more made; the others need no worker yet."""
        if not self._quotas.running:
            return in_line(jobs)
        room = {
            tenant: self._quotas.running - count
            for tenant, count in Counter(job.tenant for job in running(jobs)).items()
        }
        admitted = []
        for job in in_line(jobs):
            left = room.setdefault(job.tenant, self._quotas.running)
            if left > 0:
                room[job.tenant] = left - 1
                admitted.append(job)
        return admitted

    def _is_free(self, job: JobRecord) -> bool:
        if self._house.is_held(job):
            return False
        return job.stage is not Stage.PAUSED and self._is_due(job)

    def _evict(self) -> None:
        if self._cache is not None and time.monotonic() >= self._next_eviction:
            self._next_eviction = time.monotonic() + _EVICT_SECONDS
            self._house.done["freed"] += self._cache.evict()

    def _say_who_waits(self, due: list[JobRecord]) -> None:
        """Tell this worker's pool; who waits since the last round finds no worker that is free."""
        waiting = [job.priority for job in due if job.job_id in self._waited]
        say_who_waits(min(waiting, key=RANKS.__getitem__, default=None))
        self._waited = {job.job_id for job in due}

    def _invite(self, jobs: list[JobRecord]) -> None:
        """Ask for help with what others offer, once for every idle place of this worker."""
        idle = self._idle_slots()
        if idle <= 0 or self._waited:
            return
        offered = [job for job in jobs if self._has_offer(job)]
        if not offered:
            return
        called = {task.partition("~")[0] for task in self._doorbell.unanswered() if "~" in task}
        by_rank = sorted(offered, key=lambda job: RANKS[job.priority])
        for job in [job for job in by_rank if job.job_id not in called][:idle]:
            self._doorbell.ring_for_help(job)
            self._house.done["invited"] += 1

    def _has_offer(self, record: JobRecord) -> bool:
        if record.status is not JobStatus.PROCESSING or record.stage.is_resting:
            return False
        try:
            with self._store.open(record.job_id) as folder:
                return has_free_pieces(folder.work_path(record))
        except (ExportError, OSError):
            return False

    def _is_due(self, record: JobRecord) -> bool:
        try:
            with self._store.open(record.job_id) as folder:
                return read_tries(folder, record).is_due(datetime.now(UTC))
        except ExportError:
            return False

    # --- jobs that nobody wants any more

    def _purge(self, records: list[JobRecord]) -> None:
        self._house.done["purged"] += self._retention.once(records)

    def _forget(self) -> None:
        for job_id in tuple(self._retention.to_forget):
            forget(self._app, job_id)
            self._retention.to_forget.discard(job_id)

    # --- what Celery says

    def _repair(self, records: list[JobRecord]) -> None:
        now = datetime.now(UTC)
        is_full = time.monotonic() >= self._next_full_repair
        checked = [job for job in records if is_full or self._may_be_told_wrong(job, now)]
        known = states_of(self._app, [job.job_id for job in checked])
        if is_full:
            self._told_new.clear()
            self._next_full_repair = time.monotonic() + _FULL_REPAIR_SECONDS
        for job in checked:
            if known[job.job_id] == announcement_of(job).state:
                if _is_new(job):
                    self._told_new.add((job.job_id, job.created_at))
            elif self._is_still(job):
                progress = None
                with suppress(ExportError), self._store.open(job.job_id) as folder:
                    progress = read_progress(folder, job)
                store(self._app, job.job_id, announcement_of(job, progress))
                self._house.done["repaired"] += 1
        # No running task may be left that could show a cancellation in Flower.
        cancelled = {
            (job.job_id, job.finished_at): job
            for job in checked
            if job.status is JobStatus.CANCELLED and _is_lively(job, now)
        }
        for key in cancelled.keys() - self._shown:
            job = cancelled[key]
            tell_flower(self._app, job.job_id, announcement_of(job), self._hostname, anew=False)
        self._shown = set(cancelled)

    def _may_be_told_wrong(self, record: JobRecord, now: datetime) -> bool:
        # Of one that no try has begun nobody else says anything.
        is_told = _is_new(record) and (record.job_id, record.created_at) in self._told_new
        return not is_told and _is_lively(record, now)

    def _is_still(self, record: JobRecord) -> bool:
        """Whether the disk still says so after the backend was asked: else it moved meanwhile."""
        try:
            fresh = self._store.record(record.job_id)
        except ExportError:
            return False
        return (fresh.status, fresh.attempt) == (record.status, record.attempt)


class SweepThread(threading.Thread):
    """Sweeps until it is stopped."""

    def __init__(self, sweep: Sweep) -> None:
        super().__init__(name="sweep", daemon=True)
        self._sweep = sweep
        self._stopped = threading.Event()

    def run(self) -> None:
        """Go round about once a second, and rest at least half of the time."""
        while not self._stopped.is_set():
            begun = time.monotonic()
            self._sweep.once()
            self._stopped.wait(max(EVERY_SECONDS, time.monotonic() - begun))

    def stop(self) -> None:
        """End after the present round; does not wait long for a frozen Redis."""
        self._stopped.set()
        if self.is_alive():
            self.join(1.0)
        self._sweep.goodbye()


def _is_new(record: JobRecord) -> bool:
    """Whether no try has begun yet."""
    is_waiting = record.status is JobStatus.PENDING
    # One whose worker turned to others waits too, and that worker may speak of it late.
    return is_waiting and record.attempt == 1 and record.started_at is None


def _is_lively(record: JobRecord, now: datetime) -> bool:
    """Whether what Celery says of the job may have to be put right soon: it runs, or moved lately.

    Of those that wait there may be thousands, of which Celery says that they wait.

    >>> now = datetime(2026, 11, 26, tzinfo=UTC)
    >>> old = JobRecord(job_id="a", created_at=now - timedelta(days=1))
    >>> [_is_lively(job, now) for job in (old, old.model_copy(update={"asked_at": now}))]
    [False, True]
    """
    if record.status is JobStatus.PROCESSING:
        return True
    return now - (record.finished_at or record.asked_at or record.created_at) < _RECENT
