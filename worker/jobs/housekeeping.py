"""Keeps the folders of the jobs in order without asking anybody: the sweep's part on disk.

Buries what was cancelled and counts what ended while nobody looked, removes folders of jobs never
born or already buried and half-made pieces, and ends children that hold a job although their
worker is gone.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

from config_schema.errors import ExportError
from config_schema.status import JobRecord, JobStatus
from worker.jobs import disk
from worker.jobs.booking import count_end, is_to_count
from worker.jobs.claim import LEASE, STALE_SECONDS, lock_name, look, this_host
from worker.jobs.folder import PIECES, RUN, WORK, JobFolder
from worker.jobs.heartbeats import forget_the_dead
from worker.jobs.holders import Process, end, is_gone, is_stopped, lock_holders
from worker.jobs.progress import PROGRESS
from worker.jobs.run import TRIES, drop_parts
from worker.jobs.store import GONE, NEW, JobStore

_STALE_NEW_SECONDS = 5.0
_STUCK_GONE_SECONDS = 10.0
#: In one round: where the volume is slow the workers still want their heartbeats.
_MOST_COUNTED = 50


class Housekeeper:
    """What one sweeper remembers of the folders between its rounds; used from one thread only."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        self._tidied: set[tuple[str, datetime]] = set()
        self._suspects: set[tuple[int, Process]] = set()
        self._suspects_now: set[tuple[int, Process]] = set()
        self.done: Counter[str] = Counter()

    def begin_round(self) -> None:
        """Forget what was done and whom the round before the last one suspected."""
        self.done = Counter()
        self._suspects, self._suspects_now = self._suspects_now, set()

    def tidy(self) -> None:
        """Remove folders of jobs never born or already buried."""
        forget_the_dead(self._store.exports)
        for name in self._store.names():
            with suppress(OSError, ExportError):
                if name.startswith(NEW):
                    self.done["removed"] += self._remove_unborn(name)
                elif name.startswith(GONE):
                    self.done["removed"] += self._remove_gone(name)

    def _remove_unborn(self, name: str) -> bool:
        path = self._store.exports / name
        with JobFolder.open(path) as folder:
            if self._age(path) < _STALE_NEW_SECONDS:
                return False
            held = disk.try_lock(folder.descriptor, lock_name(RUN))
            if held is None:
                return False
            try:
                disk.remove_path(path)
            finally:
                disk.unlock(held)
        return True

    def _remove_gone(self, name: str) -> bool:
        path = self._store.exports / name
        job_id = name.removeprefix(GONE).split("-", 1)[1]
        with JobFolder.open(path) as folder:
            if self._store.erase(job_id, folder):
                return True
            # It is cancelled: after so long even a living holder is stuck, and nothing is lost.
            self._end_orphans(folder, even_living=self._age(path) > _STUCK_GONE_SECONDS)
        return False

    def _age(self, path: Path) -> float:
        # By the volume's clock; the change time also moves when a folder is renamed.
        with disk.opened(self._store.exports) as exports:
            now = disk.clock(exports, f".clock@{this_host()}")
        return now - path.stat().st_ctime

    def bury(
        self, jobs: list[JobRecord], stones: list[JobRecord]
    ) -> tuple[list[JobRecord], list[JobRecord]]:
        """The living and the buried jobs, after burying what is cancelled."""
        alive: list[JobRecord] = []
        buried = {stone.job_id: stone for stone in stones}
        for job in jobs:
            if job.status is not JobStatus.CANCELLED and job.job_id not in buried:
                # All but a few; opening thousands of folders would be most of a round.
                alive.append(job)
                continue
            with suppress(ExportError, OSError), self._store.open(job.job_id) as folder:
                if job.status is JobStatus.CANCELLED:
                    buried[job.job_id] = self._store.bury(folder)
                    self.done["buried"] += 1
                    continue
                alive.append(job)
                if buried.pop(job.job_id, None):
                    self._store.drop_tombstone(folder)
        return alive, list(buried.values())

    def count(self, jobs: list[JobRecord]) -> None:
        """Count the ends of runs whose process died before it could; a few at a time."""
        due = (job for job in jobs if is_to_count(job))
        for record in islice(due, _MOST_COUNTED):
            with suppress(ExportError, OSError), self._store.open(record.job_id) as folder:
                self.done["counted"] += count_end(folder, tells=self._store.tells)

    def clear(self, jobs: list[JobRecord]) -> None:
        """Remove what a try that was killed after its last word could not remove itself."""
        for record in jobs:
            if record.status not in (JobStatus.COMPLETED, JobStatus.FAILED):
                continue
            mark = (record.job_id, record.finished_at or record.created_at)
            if mark in self._tidied:
                continue
            with suppress(ExportError, OSError), self._store.open(record.job_id) as folder:
                held = folder.hold()
                if held is None:
                    continue
                try:
                    if not folder.stored_record().status.is_final:
                        # Retried since the look.
                        continue
                    if record.status is JobStatus.COMPLETED:
                        for name in (WORK, TRIES, PROGRESS):
                            disk.remove(folder.descriptor, name)
                    else:
                        drop_parts(folder.work_path(record))
                    disk.remove(folder.descriptor, RUN + LEASE)
                finally:
                    disk.unlock(held)
                self._tidied.add(mark)

    def is_held(self, record: JobRecord) -> bool:
        """Whether somebody works on the job; an orphan that does is ended in the next round."""
        try:
            with self._store.open(record.job_id) as folder:
                if folder.is_held():
                    self._end_orphans(folder)
                    return True
        except (ExportError, OSError):
            # It moved away meanwhile; the next round sees it as it is then.
            return True
        return False

    def _end_orphans(self, folder: JobFolder, *, even_living: bool = False) -> None:
        """End who holds the job, or a piece of it, for a worker that is gone or stopped."""
        self._end_holders(folder, folder.descriptor, RUN, even_living=even_living)
        with suppress(OSError, ExportError):
            pieces = folder.work_path(folder.stored_record()) / PIECES
            with disk.opened(pieces) as descriptor:
                for lease in pieces.glob(f"*{LEASE}"):
                    self._end_holders(folder, descriptor, lease.stem, even_living=even_living)

    def _end_holders(
        self, folder: JobFolder, descriptor: int, name: str, *, even_living: bool
    ) -> None:
        lease = look(descriptor, name)
        if lease is None or lease.is_foreign or lease.holder.process is None:
            return
        worker = lease.holder.process
        is_frozen = lease.age_seconds > STALE_SECONDS and is_stopped(worker)
        if not (even_living or is_frozen or is_gone(worker)):
            return
        for process in lock_holders(descriptor, lock_name(name)):
            if (folder.key, process) not in self._suspects:
                self._suspects_now.add((folder.key, process))
            elif end(process, descriptor, lock_name(name)):
                folder.log(f"ended process {process.pid}, which its worker had left behind")
                self.done["ended"] += 1
