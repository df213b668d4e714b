"""The door operators use: all that a client can ask for, and steering and clearing exports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from config_schema.errors import JobNotFound, NotOver
from config_schema.status import JobRecord, JobStatus, Priority, Stage
from worker.client import RING_SECONDS, TELL_SECONDS, ExportClient
from worker.jobs.announce import forget
from worker.jobs.cursor import age_key
from worker.jobs.delivery import Delivery
from worker.jobs.folder import JobFolder
from worker.jobs.job_log import LogReader
from worker.jobs.outbox import Outbox
from worker.jobs.pause import pause_desk, pause_job, resume_desk, resume_job
from worker.jobs.retention import older_than, purge
from worker.jobs.store import volume_faults
from worker.jobs.view import StatusView, view_of


class JobLog:
    """The log of one job, which may still be written."""

    def __init__(self, folder: JobFolder) -> None:
        self._folder = folder
        self._reader = LogReader(folder.descriptor)

    def news(self) -> tuple[bytes, bool]:
        """What was written since the last call, and whether nothing more is to come."""
        with volume_faults():
            # In this order: what is written before the end is read after it is seen.
            is_over = self._is_over()
            return self._reader.read(), is_over

    def _is_over(self) -> bool:
        try:
            return self._folder.record().status.is_final
        except JobNotFound:
            return True


class Desk(ExportClient):
    """The verbs of operators, which no client of the web has, on the exports of every tenant."""

    def _is_mine(self, record: JobRecord) -> bool:  # noqa: ARG002 - every one is
        return True

    def pause(self, job_id: str) -> StatusView:
        """Let the job rest until it is resumed; its run ends within a moment, its pieces stay."""
        with volume_faults():
            record = self._store.steer(job_id, lambda folder: pause_job(folder.descriptor))
            # A run tells Celery itself, once it has ended.
            if record.status is JobStatus.PENDING:
                self._tell(record)
            return self._view(record)

    def resume(self, job_id: str) -> StatusView:
        """Take back the pause of this job; it goes on from where it was."""
        with volume_faults():
            record = self._store.steer(job_id, lambda folder: resume_job(folder.descriptor))
            if record.stage is not Stage.PAUSED:
                self._errands.run(lambda: self._doorbell.ring(record), RING_SECONDS)
            return self._view(record)

    def pause_all(self) -> None:
        """Let every job rest, also those to come."""
        with volume_faults():
            pause_desk(self._store.exports)

    def resume_all(self) -> None:
        """Let the jobs go on that were not paused by themselves; the sweep rings for them."""
        with volume_faults():
            resume_desk(self._store.exports)

    def prioritize(self, job_id: str, priority: Priority) -> StatusView:
        """Have the job served earlier or later; the sweep does it while Redis is away."""
        with volume_faults():
            record = self._store.steer(job_id, lambda folder: folder.prioritize(priority))
            self._line.forget()
            self._errands.run(lambda: self._doorbell.ring_anew(record), RING_SECONDS)
            return self._view(record)

    def untold(self, job_id: str) -> tuple[Delivery, ...]:
        """What the job's client is still to be told."""
        with volume_faults():
            return tuple(Outbox(self._store.exports).of_job(job_id))

    @contextmanager
    def log(self, job_id: str) -> Iterator[JobLog]:
        """The job's log, open for as long as the block lasts; of a cancelled one it is gone."""
        with volume_faults():
            if self._store.record(job_id).status is JobStatus.CANCELLED:
                raise JobNotFound("The log of a cancelled export is gone with its files.")
            folder = self._store.open(job_id)
        with folder:
            yield JobLog(folder)

    def over_for(self, days: float) -> tuple[StatusView, ...]:
        """The exports that are over for so many days, the oldest first."""
        is_old = older_than(days)
        with volume_faults():
            old = sorted((job for job in self._store.everything() if is_old(job)), key=age_key)
            return tuple(view_of(record) for record in old)

    def purge(self, job_id: str, days: float = 0) -> StatusView:
        """Remove all that there is of an export that is over (for so many days); what it was."""
        with volume_faults():
            record = self._store.record(job_id)
            if not purge(self._store, job_id, older_than(days)):
                raise NotOver(
                    f"Only an export that is over can be purged; this one is {record.status}."
                )
            self._errands.run(lambda: forget(self._app, job_id), TELL_SECONDS)
            return view_of(record)
