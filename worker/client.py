"""The door export_service uses: submit, status, cancel, retry, list; no renderer behind it.

The disk is the truth, so every answer comes from the volume. The broker is rung when it can be
reached and never waited for longer than a client may notice: the sweep rings what was not heard.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from config_schema.config import ExportConfig, ParsedConfig, same_job
from config_schema.errors import (
    Cancelled,
    ConfigInvalid,
    Fault,
    JobConflict,
    JobNotFound,
    NotCompleted,
    NotOver,
    NotRetryable,
    SourceFault,
    VolumeUnavailable,
)
from config_schema.status import JobRecord, JobStatus, Priority, Progress, Stage
from worker.app import make_app
from worker.jobs import disk, line
from worker.jobs.announce import announcement_of, forget, store
from worker.jobs.cursor import age_key, decoded, encoded
from worker.jobs.doorbell import Doorbell
from worker.jobs.download_name import download_name
from worker.jobs.errands import Errands
from worker.jobs.folder import REPORT, JobFolder
from worker.jobs.glance import Glance
from worker.jobs.heartbeats import workers_alive
from worker.jobs.pause import (
    as_paused,
    is_desk_paused,
    pause_desk,
    pause_job,
    resume_desk,
    resume_job,
)
from worker.jobs.progress import farther, read_progress
from worker.jobs.retention import older_than, purge
from worker.jobs.run import TRIES
from worker.jobs.store import JobStore, JobTaken
from worker.jobs.stored_config import dump_config, load_config
from worker.jobs.view import Page, StatusView, view_of
from worker.media.resolve import check_source
from worker.settings import WorkerSettings

#: The whole door: who asks from outside needs no other module of this package.
__all__ = ["ExportClient", "OutputFile", "Page", "StatusView", "Submitted"]

_RING_SECONDS = 2.0
_TELL_SECONDS = 0.3
_CHECK_SECONDS = 2.0
_LINE_SECONDS = 2.0
_RACES = 5
_MOST_LISTED = 200
_MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class Submitted(NamedTuple):
    """What came of a POST: today's state, and whether this POST made the job."""

    status: StatusView
    created: bool


class OutputFile(NamedTuple):
    """A finished export: where it lies, what it is to be called, what it is."""

    path: Path
    download_name: str
    media_type: str


class ExportClient:
    """The verbs on exports; every method raises errors of `config_schema.errors` only."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._store = JobStore(settings.volume.exports)
        self._app = make_app(settings)
        self._doorbell = Doorbell(self._app)
        self._errands = Errands()
        self._checks = Errands()
        self._glance = Glance(settings.redis_url)
        self._line: tuple[float, dict[str, int]] = (0.0, {})
        self._looking = threading.Lock()

    # --- what a client asks for

    def submit(self, parsed: ParsedConfig) -> Submitted:
        """Make the job durable and ring for it; the same config again finds today's state."""
        config = parsed.config
        with _volume():
            # Another POST, a DELETE or both may be as fast: look again, a few times.
            for _ in range(_RACES):
                standing = self._standing(config)
                if standing is not None:
                    return Submitted(standing, created=False)
                self._check_sources(config)
                record = JobRecord(
                    job_id=config.id,
                    project_id=config.project_id,
                    project_name=config.project_name,
                    priority=config.priority or self._settings.default_priority,
                    created_at=datetime.now(UTC),
                    segments_total=len(config.segments),
                    warnings=parsed.warnings,
                )
                try:
                    self._store.create(record, dump_config(config))
                except JobTaken:
                    continue
                self._ring(record)
                return Submitted(self._view(record), created=True)
        raise VolumeUnavailable("Too many requests for this export at once; try again.")

    def status(self, job_id: str) -> StatusView:
        """Where the job stands."""
        with _volume():
            return self._view(self._store.record(job_id))

    def cancel(self, job_id: str) -> StatusView:
        """Cancel the job: durable, out of its place, and seen by its run within 250 ms."""
        with _volume():
            record = self._store.cancel(job_id)
            self._tell(record)
            return view_of(record)

    def retry(self, job_id: str) -> StatusView:
        """Start the next run of a failed job with its pieces, of a cancelled one from the start."""
        with _volume():
            for _ in range(_RACES):
                record = self._store.record(job_id)
                try:
                    if record.status is JobStatus.CANCELLED:
                        again = self._restart(record)
                    elif record.status is JobStatus.FAILED:
                        again = self._run_again(record)
                    else:
                        raise NotRetryable(
                            "Only a failed or a cancelled export can be tried again; this one is "
                            f"{record.status}."
                        )
                except (JobTaken, JobNotFound, FileNotFoundError, Cancelled):
                    # Deleted or purged at this very moment.
                    continue
                self._ring(again)
                return self._view(again)
        raise VolumeUnavailable("Too many requests for this export at once; try again.")

    def list(
        self,
        status: str | None = None,
        project_id: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """Some of the jobs, newest first; `cursor` is the `next_cursor` of the page before."""
        before = decoded(cursor) if cursor else None
        with _volume():
            records = self._everything()
            chosen = sorted(
                (
                    record
                    for record in records
                    if (status is None or record.status == status)
                    and (project_id is None or record.project_id == project_id)
                    and (before is None or age_key(record) < before)
                ),
                key=age_key,
                reverse=True,
            )
            count = max(1, min(limit, _MOST_LISTED))
            page = chosen[:count]
            rest = encoded(page[-1]) if len(chosen) > count else None
            return Page(tuple(self._view(record) for record in page), rest)

    def output(self, job_id: str) -> OutputFile:
        """The finished file; NotCompleted while there is none."""
        with _volume():
            record = self._store.record(job_id)
            if record.status is JobStatus.COMPLETED:
                with self._store.open(job_id) as folder:
                    name = folder.output()
                    if name is not None:
                        suffix = name.rpartition(".")[2]
                        return OutputFile(
                            path=folder.path / name,
                            download_name=download_name(record.project_name, suffix),
                            media_type=_MEDIA_TYPES[suffix],
                        )
        raise NotCompleted(f"This export is {record.status}, so there is no file to download.")

    def report(self, job_id: str) -> bytes:
        """The proof of a completed export, as JSON."""
        with _volume():
            record = self._store.record(job_id)
            if record.status is not JobStatus.COMPLETED:
                raise NotCompleted(f"This export is {record.status}, so there is no report.")
            with self._store.open(job_id) as folder:
                return disk.read(folder.descriptor, REPORT)

    # --- what an operator asks for

    def pause(self, job_id: str) -> StatusView:
        """Let the job rest until it is resumed; its run ends within a moment, its pieces stay."""
        with _volume():
            record = self._store.steer(job_id, lambda folder: pause_job(folder.descriptor))
            # A run tells Celery itself, once it has ended.
            if record.status is JobStatus.PENDING:
                self._tell(record)
            return self._view(record)

    def resume(self, job_id: str) -> StatusView:
        """Take back the pause of this job; it goes on from where it was."""
        with _volume():
            record = self._store.steer(job_id, lambda folder: resume_job(folder.descriptor))
            if record.stage is not Stage.PAUSED:
                self._errands.run(lambda: self._doorbell.ring(record), _RING_SECONDS)
            return self._view(record)

    def pause_all(self) -> None:
        """Let every job rest, also those to come."""
        with _volume():
            pause_desk(self._store.exports)

    def resume_all(self) -> None:
        """Let the jobs go on that were not paused by themselves; the sweep rings for them."""
        with _volume():
            resume_desk(self._store.exports)

    def prioritize(self, job_id: str, priority: Priority) -> StatusView:
        """Have the job served earlier or later; the sweep does it while Redis is away."""
        with _volume():
            record = self._store.steer(job_id, lambda folder: folder.prioritize(priority))
            self._line = (0.0, {})
            self._errands.run(lambda: self._doorbell.ring_anew(record), _RING_SECONDS)
            return self._view(record)

    def over_for(self, days: float) -> tuple[StatusView, ...]:
        """The exports that are over for so many days, the oldest first."""
        is_old = older_than(days)
        with _volume():
            old = sorted((job for job in self._everything() if is_old(job)), key=age_key)
            return tuple(view_of(record) for record in old)

    def purge(self, job_id: str, days: float = 0) -> StatusView:
        """Remove all that there is of an export that is over (for so many days); what it was."""
        with _volume():
            record = self._store.record(job_id)
            if not purge(self._store, job_id, older_than(days)):
                raise NotOver(
                    f"Only an export that is over can be purged; this one is {record.status}."
                )
            self._errands.run(lambda: forget(self._app, job_id), _TELL_SECONDS)
            return view_of(record)

    # --- whether the house stands

    def broker_alive(self) -> bool:
        """Whether Redis answers."""
        return bool(self._checks.run(self._glance.alive, _CHECK_SECONDS))

    def workers_alive(self) -> int:
        """How many workers there are, also while Redis is away."""
        return (
            self._checks.run(lambda: workers_alive(self._settings.volume.exports), _CHECK_SECONDS)
            or 0
        )

    def volume_writable(self) -> bool:
        """Whether the media volume takes a job."""
        return bool(self._checks.run(self._settings.volume.is_writable, _CHECK_SECONDS))

    def ffmpeg_present(self) -> bool:
        """Whether there is an FFmpeg to render with."""
        try:
            return os.access(self._settings.ffmpeg_path(), os.X_OK)
        except (OSError, RuntimeError):
            return False

    # --- how

    def _standing(self, config: ExportConfig) -> StatusView | None:
        """Today's state of the same job, or None when there is none alive; else JobConflict."""
        try:
            with self._store.open(config.id) as folder:
                record = folder.record()
                if record.status is JobStatus.CANCELLED:
                    # Its DELETE died half way; the rest of it has to be done before a new start.
                    self._store.bury(folder)
                    return None
                known = load_config(folder.config_json())
        except (JobNotFound, FileNotFoundError):
            return None
        if not same_job(known, config):
            raise JobConflict(
                "There is an export with this id already, made from another config; cancel it "
                "first or use a new id."
            )
        return self._view(record)

    def _check_sources(self, config: ExportConfig) -> None:
        faults = []
        for index, source in enumerate(config.sources):
            try:
                check_source(source.file_path, self._settings.roots)
            except SourceFault as fault:
                faults.append(Fault(f"sources[{index}].filePath", fault.code, str(fault)))
        if faults:
            raise ConfigInvalid(tuple(faults))

    def _run_again(self, record: JobRecord) -> JobRecord:
        with self._store.open(record.job_id) as folder:
            disk.remove(folder.descriptor, TRIES)
            # It came as the run before ended, and was about that one.
            resume_job(folder.descriptor)
            return folder.save(
                record.model_copy(
                    update={
                        "status": JobStatus.PENDING,
                        "stage": Stage.QUEUED,
                        "attempt": record.attempt + 1,
                        "started_at": None,
                        "finished_at": None,
                        "error": None,
                        "error_code": None,
                    }
                )
            )

    def _restart(self, record: JobRecord) -> JobRecord:
        with _if_there(self._store, record.job_id) as folder:
            if folder is not None:
                self._store.bury(folder)
        stone = self._store.tombstone(record.job_id)
        again = stone.record.model_copy(
            update={
                "status": JobStatus.PENDING,
                "stage": Stage.QUEUED,
                "attempt": stone.record.attempt + 1,
                # The time of birth also names the work folder, and this one starts from nothing.
                "created_at": datetime.now(UTC),
                "started_at": None,
                "finished_at": None,
            }
        )
        self._store.create(again, stone.config.encode())
        return again

    def _ring(self, record: JobRecord) -> None:
        self._errands.run(lambda: self._doorbell.announce_and_ring(record), _RING_SECONDS)

    def _tell(self, record: JobRecord) -> None:
        self._errands.run(
            lambda: store(self._app, record.job_id, announcement_of(record)), _TELL_SECONDS
        )

    def _view(self, record: JobRecord) -> StatusView:
        if is_desk_paused(self._store.exports):
            # One that was only just made does not know it.
            record = as_paused(record)
        progress = None if record.status.is_final else self._progress(record)
        if record.status is JobStatus.FAILED:
            progress = self._progress_on_disk(record)
        position = self._position(record.job_id) if record.status is JobStatus.PENDING else None
        return view_of(record, progress, position)

    def _progress(self, record: JobRecord) -> Progress | None:
        known = self._progress_on_disk(record)
        if record.status is JobStatus.PROCESSING:
            known = farther(known, self._glance.progress(record))
        return known

    def _progress_on_disk(self, record: JobRecord) -> Progress | None:
        try:
            with self._store.open(record.job_id) as folder:
                return read_progress(folder, record)
        except JobNotFound:
            return None

    def _position(self, job_id: str) -> int | None:
        made_at, places = self._line
        is_known = job_id in places
        if is_known and time.monotonic() - made_at <= _LINE_SECONDS:
            return places[job_id]
        # One poll looks, the others meanwhile say what was true a moment ago: with a thousand
        # jobs in line all of them looking at once would keep each other waiting.
        if self._looking.acquire(blocking=not is_known):
            try:
                if self._line[0] == made_at or job_id not in self._line[1]:
                    waiting = enumerate(line.in_line(self._store.records()), start=1)
                    self._line = (time.monotonic(), {job.job_id: n for n, job in waiting})
            finally:
                self._looking.release()
        return self._line[1].get(job_id)

    def _everything(self) -> Iterator[JobRecord]:
        alive = {record.job_id: record for record in self._store.records()}
        yield from alive.values()
        for record in self._store.buried_records():
            if record.job_id not in alive:
                yield record


@contextmanager
def _volume() -> Iterator[None]:
    """Say what a failing volume means in one of our own errors."""
    try:
        yield
    except OSError as error:
        raise VolumeUnavailable(detail=str(error)) from error


@contextmanager
def _if_there(jobs: JobStore, job_id: str) -> Iterator[JobFolder | None]:
    try:
        folder = jobs.open(job_id)
    except JobNotFound:
        yield None
        return
    with folder:
        yield folder
