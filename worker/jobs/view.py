"""What a client is told about a job: one value, made from the record on disk and its progress."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from config_schema.status import JobRecord, JobStatus, Priority, Progress, Stage

#: How a status looks on a terminal.
COLOURS = {
    JobStatus.PENDING: "yellow",
    JobStatus.PROCESSING: "cyan",
    JobStatus.COMPLETED: "green",
    JobStatus.FAILED: "red",
    JobStatus.CANCELLED: "dim",
}
#: A run that is not completed never says 1, however sure the engine is.
NEARLY = 0.999


class StatusView(BaseModel):
    """The answer of `GET /api/export/{id}/status`, field by field."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)

    job_id: str
    status: JobStatus
    progress: float
    message: str
    stage: Stage
    priority: Priority = "normal"
    segments_done: int = 0
    segments_total: int = 0
    eta_seconds: float | None = None
    queue_position: int | None = None
    speed: float | None = None
    warnings: tuple[str, ...] = ()
    error: str | None = None
    error_code: str | None = None
    download_url: str | None = None
    created_at: AwareDatetime
    started_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None
    attempt: int = 1


class Page(NamedTuple):
    """Some jobs, newest first, and where the next page begins."""

    exports: tuple[StatusView, ...]
    next_cursor: str | None


def view_of(
    record: JobRecord, progress: Progress | None = None, queue_position: int | None = None
) -> StatusView:
    """The job as a client sees it; `progress` is that of its present run, if any is known."""
    status = record.status
    is_running = status is JobStatus.PROCESSING and not record.stage.is_resting
    done = status is JobStatus.COMPLETED
    total = max(record.segments_total, progress.segments_total if progress else 0)
    warnings = dict.fromkeys((*record.warnings, *(progress.warnings if progress else ())))
    fraction = min(progress.fraction, NEARLY) if progress else 0.0
    stage = stage_of(record, progress)
    position = queue_position if status is JobStatus.PENDING else None
    finished = min(progress.segments_done, total) if progress else 0
    return StatusView(
        job_id=record.job_id,
        status=status,
        progress=1.0 if done else round(fraction, 4),
        message=_message(record, stage, finished, total, position),
        stage=stage,
        priority=record.priority,
        segments_done=total if done else finished,
        segments_total=total,
        eta_seconds=progress.eta_seconds if progress and is_running else None,
        queue_position=position,
        speed=progress.speed if progress and is_running else None,
        warnings=tuple(warnings),
        error=record.error,
        error_code=record.error_code,
        download_url=_download_url(record.job_id) if done else None,
        created_at=record.created_at,
        started_at=record.started_at,
        finished_at=record.finished_at,
        attempt=record.attempt,
    )


def known_as(export_id: str, view: StatusView) -> StatusView:
    """The same job under the id that its tenant knows."""
    url = _download_url(export_id) if view.download_url else None
    return view.model_copy(update={"job_id": export_id, "download_url": url})


def _download_url(export_id: str) -> str:
    return f"/api/export/{export_id}/download"


def stage_of(record: JobRecord, progress: Progress | None) -> Stage:
    """What the job is at, as far as its record and the progress of its present run tell."""
    if record.status is not JobStatus.PROCESSING or record.stage.is_resting or progress is None:
        return record.stage
    return progress.stage


def _message(record: JobRecord, stage: Stage, done: int, total: int, position: int | None) -> str:
    if record.status is JobStatus.FAILED and record.error:
        return record.error
    if record.status.is_final:
        return _FINAL[record.status]
    if record.status is JobStatus.PENDING and stage is Stage.QUEUED and position:
        return f"Waiting in the queue, position {position}."
    if stage is Stage.RENDERING and total:
        return f"Rendering: {done} of {total} segments done."
    return _STAGES[stage]


_FINAL = {
    JobStatus.COMPLETED: "The export is ready to download.",
    JobStatus.FAILED: "The export failed.",
    JobStatus.CANCELLED: "The export was cancelled.",
}
_STAGES = {
    Stage.QUEUED: "Waiting in the queue.",
    Stage.PLANNING: "Looking at the cameras.",
    Stage.RENDERING: "Rendering.",
    Stage.ASSEMBLING: "Putting the programme together.",
    Stage.VERIFYING: "Checking the finished programme.",
    Stage.WAITING: "Waiting for free space on the media volume.",
    Stage.PAUSED: "Paused by the operator.",
}
