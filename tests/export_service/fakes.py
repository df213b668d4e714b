"""A door without a worker behind it: jobs in memory, moved by hand, for tests of HTTP alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from config_schema.config import ExportConfig, ParsedConfig, same_job
from config_schema.errors import (
    ExportError,
    JobConflict,
    JobNotFound,
    MiniatureNotFound,
    NotCompleted,
    NotRetryable,
)
from config_schema.preview import OutputPreview, PlanPreview, Preview, TotalsPreview
from config_schema.report import OutputReport, Report, TotalsReport
from config_schema.source_facts import SourcePage
from config_schema.status import JobRecord, JobStatus
from worker.client import Census, Kind, MiniatureFile, MiniatureView, OutputFile, Submitted, Sums
from worker.jobs.census import standing_of
from worker.jobs.view import Page, StatusView, view_of

PREVIEW = Preview(
    plan=PlanPreview(
        output=OutputPreview(
            container="mp4",
            picture_codec="h264",
            sound_codec="",
            sound="none",
            sound_reason="",
            width=2,
            height=2,
            rate="25/1",
            frames=1,
            seconds=0.04,
        ),
        segments=(),
        totals=TotalsPreview(frames=1, copied_frames=0, converted_frames=1, black_frames=0),
        estimated_seconds=2.5,
        estimated_bytes=1,
    ),
    warnings=(),
)
REPORT = Report(
    job_id="export-1",
    output=OutputReport(
        container="mp4",
        picture_codec="h264",
        sound_codec="",
        sound="none",
        sound_reason="",
        width=2,
        height=2,
        rate="25/1",
        frames=1,
        samples=0,
        seconds=0.04,
        bytes=1,
        sha256="",
    ),
    segments=(),
    totals=TotalsReport(
        frames=1,
        copied_frames=0,
        converted_frames=1,
        black_frames=0,
        stand_in_frames=0,
        undecodable_frames=0,
        pieces=1,
        pieces_reused=0,
        render_seconds=1,
    ),
    warnings=(),
)
EPOCH = datetime(2026, 11, 22, 12, tzinfo=UTC)


def config(**changes: Any) -> dict[str, Any]:
    """A valid config as the editor sends it, with some fields changed; None leaves a field out."""
    whole = {
        "version": 1,
        "id": "export-1",
        "projectId": "project-1",
        "projectName": "My Podcast Episode 12",
        "createdAt": "2026-11-22T19:41:41.256Z",
        "sources": [{"id": "media-0", "name": "cam0.mp4", "filePath": "cam0.mp4"}],
        "segments": [{"sourceIndex": 0, "startTime": 0, "endTime": 12.5}],
        "output": {"filePath": "/tmp/out.mp4", "format": "mp4"},
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


def body(**changes: Any) -> bytes:
    """The same as a request's body."""
    return json.dumps(config(**changes)).encode()


@dataclass
class FakeJob:
    """One job and what came of it."""

    config: ExportConfig
    record: JobRecord
    file: Path | None = None


@dataclass
class FakeDoor:
    """`ExportDoor` in memory; `fails` makes a verb raise, `probes` answer for readiness."""

    jobs: dict[str, FakeJob] = field(default_factory=dict)
    fails: dict[str, Exception] = field(default_factory=dict)
    probes: dict[str, Callable[[], bool]] = field(default_factory=dict)
    workers: int = 1
    asked_for: list[str] = field(default_factory=list)
    miniatures: dict[str, MiniatureView] = field(default_factory=dict)

    def of(self, tenant: str) -> Self:
        """The same jobs, for these tests are about one tenant."""
        self.asked_for.append(tenant)
        return self

    def submit(self, parsed: ParsedConfig) -> Submitted:
        self._maybe_fail("submit")
        job_id = parsed.config.id
        known = self.jobs.get(job_id)
        if known and known.record.status is not JobStatus.CANCELLED:
            if not same_job(known.config, parsed.config):
                raise JobConflict
            return Submitted(view_of(known.record), created=False)
        record = JobRecord(
            job_id=job_id, created_at=EPOCH, segments_total=1, warnings=parsed.warnings
        )
        self.jobs[job_id] = FakeJob(parsed.config, record)
        return Submitted(view_of(record), created=True)

    def preview(self, parsed: ParsedConfig) -> bytes:
        self._maybe_fail("preview")
        assert parsed.config.id
        return PREVIEW.model_dump_json(by_alias=True).encode()

    def sources(self, limit: int = 50, cursor: str | None = None) -> SourcePage:
        self._maybe_fail("sources")
        return SourcePage(sources=(), next_cursor=cursor if limit else None)

    def status(self, job_id: str) -> StatusView:
        self._maybe_fail("status")
        return view_of(self._job(job_id).record)

    def cancel(self, job_id: str) -> StatusView:
        self._maybe_fail("cancel")
        job = self._job(job_id)
        job.file = None
        return self.move(job_id, status=JobStatus.CANCELLED)

    def retry(self, job_id: str) -> StatusView:
        self._maybe_fail("retry")
        record = self._job(job_id).record
        if record.status not in (JobStatus.FAILED, JobStatus.CANCELLED):
            raise NotRetryable
        return self.move(job_id, status=JobStatus.PENDING, attempt=record.attempt + 1)

    def list(
        self,
        status: str | None = None,
        project_id: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        self._maybe_fail("list")
        found = [
            job
            for job in reversed(self.jobs.values())
            if status in (None, job.record.status) and project_id in (None, job.config.project_id)
        ]
        start = int(cursor or 0)
        end = start + limit
        views = tuple(view_of(job.record) for job in found[start:end])
        return Page(views, str(end) if end < len(found) else None)

    def output(self, job_id: str) -> OutputFile:
        self._maybe_fail("output")
        job = self._job(job_id)
        if job.file is None:
            raise NotCompleted
        media_type = f"video/{job.file.suffix[1:]}"
        return OutputFile(job.file, f"{job.config.project_name}{job.file.suffix}", media_type)

    def report(self, job_id: str) -> bytes:
        self._maybe_fail("report")
        if self._job(job_id).file is None:
            raise NotCompleted
        return REPORT.model_dump_json(by_alias=True).encode()

    def miniature(self, kind: Kind, sources: Sequence[str], **_how: float) -> MiniatureView:
        self._maybe_fail("miniature")
        view = MiniatureView(
            miniature_id=f"{len(self.miniatures):032x}",
            kind=kind,
            sources=tuple(sources),
            status="waiting",
        )
        self.miniatures[view.miniature_id] = view
        return view

    def miniature_again(self, miniature_id: str) -> MiniatureView:
        if miniature_id not in self.miniatures:
            raise MiniatureNotFound
        return self.miniatures[miniature_id]

    def miniature_file(self, miniature_id: str) -> MiniatureFile:
        raise MiniatureNotFound(miniature_id)

    def census(self) -> Census:
        self._maybe_fail("census")
        records = [job.record for job in self.jobs.values()]
        return Census(
            standing=standing_of([(record, record.stage) for record in records], EPOCH),
            workers=self.workers,
            free_bytes=10**9,
            piece_cache_bytes=0,
            messages=None,
        )

    def sums(self) -> Sums:
        return Sums()

    def broker_alive(self) -> bool:
        return self._probe("broker")

    def workers_alive(self) -> int:
        return self.workers if self._probe("worker") else 0

    def volume_writable(self) -> bool:
        return self._probe("volume")

    def ffmpeg_present(self) -> bool:
        return self._probe("ffmpeg")

    def move(self, job_id: str, **changes: Any) -> StatusView:
        """Bring the job into another state, as a worker would."""
        job = self._job(job_id)
        job.record = job.record.model_copy(update=changes)
        return view_of(job.record)

    def complete(self, job_id: str, file: Path) -> None:
        """Finish the job with this file."""
        self._job(job_id).file = file
        self.move(job_id, status=JobStatus.COMPLETED)

    def _job(self, job_id: str) -> FakeJob:
        if job_id not in self.jobs:
            raise JobNotFound
        return self.jobs[job_id]

    def _probe(self, name: str) -> bool:
        return self.probes.get(name, lambda: True)()

    def _maybe_fail(self, verb: str) -> None:
        if error := self.fails.get(verb):
            raise error


def leaves(family: type[ExportError]) -> list[type[ExportError]]:
    """Every error class below this one that nothing is derived from."""
    below = family.__subclasses__()
    return [leaf for child in below for leaf in leaves(child)] if below else [family]
