"""The door export_service uses: submit, status, cancel, retry, list; no renderer behind it.

The disk is the truth, so every answer comes from the volume. The broker is rung when it can be
reached and never waited for longer than a client may notice: the sweep rings what was not heard.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

from config_schema.config import ExportConfig, ParsedConfig, same_job
from config_schema.errors import (
    CallbackRefused,
    Cancelled,
    ConfigInvalid,
    Fault,
    JobConflict,
    JobNotFound,
    NotCompleted,
    NotRetryable,
    SourceFault,
    VolumeUnavailable,
)
from config_schema.source_facts import SourcePage
from config_schema.status import JobRecord, JobStatus, Progress
from config_schema.tenants import export_id_of, job_id_of
from worker.app import make_app
from worker.jobs import disk
from worker.jobs.again import restart, run_again
from worker.jobs.announce import announcement_of, store
from worker.jobs.census import Census, Counting
from worker.jobs.cursor import age_key, decoded, encoded
from worker.jobs.doorbell import Doorbell
from worker.jobs.download_name import download_name
from worker.jobs.errands import Errands
from worker.jobs.folder import REPORT
from worker.jobs.glance import Glance
from worker.jobs.heartbeats import workers_alive
from worker.jobs.line import Line
from worker.jobs.pause import as_paused, is_desk_paused
from worker.jobs.progress import farther, read_progress
from worker.jobs.store import JobStore, JobTaken, volume_faults
from worker.jobs.stored_config import dump_config, load_config
from worker.jobs.tally import Histogram, Sums, Tally
from worker.jobs.view import COLOURS, Page, StatusView, known_as, view_of
from worker.media.resolve import check_source
from worker.miniatures.asking import want_of
from worker.miniatures.wants import Kind, MiniatureView, Want, told
from worker.settings import WorkerSettings
from worker.survey.dry_run import preview
from worker.survey.known import KnownSources
from worker.survey.lane import Lane
from worker.survey.listing import Listing

#: The whole door: who asks from outside needs no other module of this package.
__all__ = [
    "COLOURS",
    "Census",
    "ExportClient",
    "Histogram",
    "Kind",
    "MiniatureFile",
    "MiniatureView",
    "OutputFile",
    "Page",
    "StatusView",
    "Submitted",
    "Sums",
]

RING_SECONDS = 2.0
TELL_SECONDS = 0.3
_CHECK_SECONDS = 2.0
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


class MiniatureFile(NamedTuple):
    """Something that was made of sources: where it lies and what it is."""

    path: Path
    media_type: str


class ExportClient:
    """The verbs on one tenant's exports, by the ids that the tenant gave them; every method raises
    errors of `config_schema.errors` only.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._tenant = ""
        self._store = JobStore(settings.volume.exports)
        self._app = make_app(settings)
        self._doorbell = Doorbell(self._app)
        self._errands = Errands()
        self._checks = Errands()
        self._glance = Glance(settings.redis_url)
        self._line = Line(self._store.records)
        self._lane = Lane(settings.engine, settings.volume.looks / "work")
        self._listing = Listing(KnownSources(settings.volume.looks), self._lane)
        self._counting = Counting(self._store, settings.piece_cache, self._glance.messages)

    def of(self, tenant: str) -> Self:
        """The same door as this tenant finds it: nobody else's exports are there."""
        if tenant == self._tenant:
            return self
        own = copy(self)
        own._tenant = tenant  # noqa: SLF001 - its own class
        return own

    # --- what a client asks for

    def submit(self, parsed: ParsedConfig) -> Submitted:
        """Make the job durable and ring for it; the same config again finds today's state."""
        config = parsed.config
        job_id = self._job_id(config.id)
        with volume_faults():
            # Another POST, a DELETE or both may be as fast: look again, a few times.
            for _ in range(_RACES):
                standing = self._standing(job_id, config)
                if standing is not None:
                    return Submitted(standing, created=False)
                self._check(config)
                self._require_room()
                record = JobRecord(
                    job_id=job_id,
                    project_id=config.project_id,
                    project_name=config.project_name,
                    priority=config.priority or self._settings.default_priority,
                    created_at=datetime.now(UTC),
                    segments_total=len(config.segments),
                    warnings=parsed.warnings,
                    callback_url=config.callback_url,
                )
                try:
                    self._store.create(record, dump_config(config))
                except JobTaken:
                    continue
                self._ring(record)
                return Submitted(self._new_view(record), created=True)
        raise VolumeUnavailable("Too many requests for this export at once; try again.")

    def preview(self, parsed: ParsedConfig) -> bytes:
        """What the export would be, as the JSON of a `Preview`; nothing is made or remembered.

        ConfigInvalid as `submit` raises it, and for sources that cannot be read. Says nothing about
        whether the id is free and the tenant may have one more.
        """
        with volume_faults():
            self._check(parsed.config)
            roots = self._settings.roots_of(self._tenant)
            return preview(parsed, roots, self._lane, self._settings.piece_seconds)

    def sources(self, limit: int = 50, cursor: str | None = None) -> SourcePage:
        """Some of the tenant's sources by their paths; `cursor` is that of the page before."""
        with volume_faults():
            count = max(1, min(limit, _MOST_LISTED))
            return self._listing.page(self._settings.roots_of(self._tenant), count, cursor)

    def status(self, job_id: str) -> StatusView:
        """Where the job stands."""
        with volume_faults():
            return self._view(self._store.record_at_a_glance(self._job_id(job_id)))

    def cancel(self, job_id: str) -> StatusView:
        """Cancel the job: durable, out of its place, and seen by its run within 250 ms."""
        with volume_faults():
            record = self._store.cancel(self._job_id(job_id))
            self._tell(record)
            return self._seen(view_of(record))

    def retry(self, job_id: str) -> StatusView:
        """Start the next run of a failed job with its pieces, of a cancelled one from the start."""
        with volume_faults():
            for _ in range(_RACES):
                record = self._store.record(self._job_id(job_id))
                try:
                    if record.status is JobStatus.CANCELLED:
                        again = restart(self._store, record)
                    elif record.status is JobStatus.FAILED:
                        again = run_again(self._store, record)
                    else:
                        raise NotRetryable(
                            "Only a failed or a cancelled export can be tried again; this one is "
                            f"{record.status}."
                        )
                except (JobTaken, JobNotFound, FileNotFoundError, Cancelled):
                    # Deleted or purged at this very moment.
                    continue
                self._ring(again)
                return self._new_view(again)
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
        with volume_faults():
            records = self._store.everything()
            chosen = sorted(
                (
                    record
                    for record in records
                    if self._is_mine(record)
                    and (status is None or record.status == status)
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
        with volume_faults():
            record = self._store.record(self._job_id(job_id))
            if record.status is JobStatus.COMPLETED:
                with self._store.open(record.job_id) as folder:
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
        with volume_faults():
            record = self._store.record(self._job_id(job_id))
            if record.status is not JobStatus.COMPLETED:
                raise NotCompleted(f"This export is {record.status}, so there is no report.")
            with self._store.open(record.job_id) as folder:
                return disk.read(folder.descriptor, REPORT)

    # --- how much there is

    def census(self) -> Census:
        """How everything stands, at most a few seconds old."""
        with volume_faults():
            return self._counting.census()

    def sums(self) -> Sums:
        """What came of all runs. Never of a moment ago: of two web processes each would know
        another moment, and a sum must not seem to fall.
        """
        with volume_faults():
            return Tally(self._store.exports).sums()

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

    def _job_id(self, export_id: str) -> str:
        return job_id_of(export_id, self._tenant)

    def _is_mine(self, record: JobRecord) -> bool:
        return record.tenant == self._tenant

    def _seen(self, view: StatusView) -> StatusView:
        """The view with the ids that the tenant knows."""
        return known_as(export_id_of(view.job_id), view) if self._tenant else view

    def _standing(self, job_id: str, config: ExportConfig) -> StatusView | None:
        """Today's state of the same job, or None when there is none alive; else JobConflict."""
        try:
            with self._store.open(job_id) as folder:
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

    # --- what a page shows of sources

    def miniature(self, kind: Kind, sources: Sequence[str], **how: float) -> MiniatureView:
        """Where this stands, asked for by that: whoever does not ask again lets it go.

        MiniatureNotFound where a source is not there, SourceRefused where it may not be opened.
        """
        want = want_of(kind, self._tenant, sources, self._settings.roots_of(self._tenant), **how)
        with volume_faults():
            return self._wanted(want)

    def miniature_again(self, miniature_id: str) -> MiniatureView:
        """The same of what was asked for before; MiniatureNotFound where nothing was."""
        with volume_faults():
            return self._wanted(self._settings.shelf.want(self._tenant, miniature_id))

    def miniature_file(self, miniature_id: str) -> MiniatureFile:
        """What was made; MiniatureNotFound until it is there."""
        with volume_faults():
            want, path = self._settings.shelf.file(self._tenant, miniature_id)
            return MiniatureFile(path, want.kind.media_type)

    def _wanted(self, want: Want) -> MiniatureView:
        shelf = self._settings.shelf
        was_wanted = shelf.interest(want)
        view = shelf.ask(want)
        if view.status == "waiting" and not was_wanted:
            # Who asks again needs no other message; should the first be lost, the sweep rings.
            self._errands.run(
                lambda: self._doorbell.ring_for_miniature(want.tenant, want.key, told(want)),
                TELL_SECONDS,
            )
        return view

    def _check(self, config: ExportConfig) -> None:
        faults = (*self._source_faults(config), *self._callback_faults(config))
        if faults:
            raise ConfigInvalid(faults)

    def _source_faults(self, config: ExportConfig) -> Iterator[Fault]:
        roots = self._settings.roots_of(self._tenant)
        for index, source in enumerate(config.sources):
            try:
                check_source(source.file_path, roots)
            except SourceFault as fault:
                yield Fault(f"sources[{index}].filePath", fault.code, str(fault))

    def _callback_faults(self, config: ExportConfig) -> Iterator[Fault]:
        if config.callback_url is not None:
            try:
                self._settings.webhooks.check(config.callback_url, self._tenant)
            except CallbackRefused as fault:
                yield Fault("callbackUrl", fault.code, str(fault))

    def _require_room(self) -> None:
        quotas = self._settings.quotas
        quotas.require_room(self._tenant, self._store.records(), self._store.exports)

    def _ring(self, record: JobRecord) -> None:
        self._errands.run(lambda: self._doorbell.announce_and_ring(record), RING_SECONDS)

    def _tell(self, record: JobRecord) -> None:
        self._errands.run(
            lambda: store(self._app, record.job_id, announcement_of(record)), TELL_SECONDS
        )

    def _new_view(self, record: JobRecord) -> StatusView:
        # One that was only just made does not know whether all rest.
        return self._view(as_paused(record) if is_desk_paused(self._store.exports) else record)

    def _view(self, record: JobRecord) -> StatusView:
        is_waiting = record.status is JobStatus.PENDING
        # Of one that no try has begun there is none; in a full queue nearly all ask for such.
        is_quiet = record.status.is_final or (is_waiting and record.started_at is None)
        progress = None if is_quiet else self._progress(record)
        if record.status is JobStatus.FAILED:
            progress = self._progress_on_disk(record)
        position = self._line.position(record.job_id) if is_waiting else None
        return self._seen(view_of(record, progress, position))

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
