"""Tells Celery's result backend and Flower what the disk says about a job.

The job id is the task id. A doorbell task itself leaves no result; these announcements are the
only ones, so `celery result`, Flower and the status route speak of the same thing.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from celery import Celery, states
from celery.exceptions import TaskRevokedError

from config_schema.errors import ExportError
from config_schema.status import JobRecord, JobStatus, Progress, Stage

TASK = "export"
HELP_TASK = "export.pieces"
PROGRESS = "PROGRESS"
_BATCH = 500

_STATES = {
    JobStatus.PENDING: states.PENDING,
    JobStatus.PROCESSING: PROGRESS,
    JobStatus.COMPLETED: states.SUCCESS,
    JobStatus.FAILED: states.FAILURE,
    JobStatus.CANCELLED: states.REVOKED,
}
_EVENTS = {
    JobStatus.PENDING: "task-retried",
    JobStatus.PROCESSING: "task-progress",
    JobStatus.COMPLETED: "task-succeeded",
    JobStatus.FAILED: "task-failed",
    JobStatus.CANCELLED: "task-revoked",
}


class Announcement(NamedTuple):
    """One thing to tell: the state and result to store, and what Flower shows of it.

    Without a state there is nothing to store.
    """

    state: str | None
    result: Any
    event: str
    fields: dict[str, Any]


def run_name(record: JobRecord) -> str:
    """What tells this run from every other one under the same id."""
    return f"{record.created_at.isoformat()}/{record.attempt}"


def announcement_of(record: JobRecord, progress: Progress | None = None) -> Announcement:
    """What Celery is to say about the job."""
    fraction = 1.0 if record.status is JobStatus.COMPLETED else progress.fraction if progress else 0
    stage = record.stage if record.stage.is_resting or not progress else progress.stage
    percent = round(fraction * 100, 1)
    name = record.project_name[:80]
    result: Any = {
        "jobId": record.job_id,
        "run": run_name(record),
        "name": name,
        "stage": stage.value,
        "percent": percent,
        "progress": progress.model_dump(mode="json") if progress else None,
    }
    fields: dict[str, Any] = {
        **_shown(TASK, record, stage, percent),
        # Else Flower keeps what a killed try of the same job left there.
        "exception": None,
        "traceback": None,
    }
    if record.status is JobStatus.COMPLETED:
        started = record.started_at or record.created_at
        fields["runtime"] = ((record.finished_at or started) - started).total_seconds()
        fields["result"] = f"{name}: completed"
    elif record.status is JobStatus.FAILED:
        sentence = f"{record.error} ({record.error_code})"
        result = _error_class(record.error_code)(sentence)
        fields |= {"exception": sentence, "traceback": sentence, "result": f"{name}: {sentence}"}
    elif record.status is JobStatus.CANCELLED:
        result = TaskRevokedError("cancelled")
        fields["result"] = f"{name}: cancelled"
    return Announcement(_STATES[record.status], result, _EVENTS[record.status], fields)


def visit_of(record: JobRecord, progress: Progress) -> Announcement:
    """What Flower is to say about a guest's visit at the job: how far all its pieces are."""
    percent = round(progress.fraction * 100, 1)
    shown = _shown(HELP_TASK, record, progress.stage, percent)
    return Announcement(None, None, "task-progress", shown)


def _shown(task: str, record: JobRecord, stage: Stage, percent: float) -> dict[str, Any]:
    name = record.project_name[:80]
    return {
        "name": task,
        # Flower may have been started after the task was.
        "args": repr((record.job_id,)),
        "kwargs": repr({"project": name, "stage": stage.value, "percent": percent}),
        "result": f"{name}: {stage.value}, {percent:g} %",
    }


def stored(app: Celery, job_id: str) -> tuple[str, Any]:
    """The state and the raw result that the backend has for the job now."""
    meta = app.backend.get_task_meta(job_id, cache=False)
    return meta["status"], meta.get("result")


def states_of(app: Celery, job_ids: list[str]) -> dict[str, str]:
    """The state that the backend has for each job, in few round trips; PENDING for unknown ones."""
    found: dict[str, str] = {}
    backend = app.backend
    for start in range(0, len(job_ids), _BATCH):
        batch = job_ids[start : start + _BATCH]
        for job_id, raw in zip(
            batch, backend.mget([backend.get_key_for_task(job) for job in batch]), strict=True
        ):
            # Not by Celery's own decoder, which makes exceptions of results: a sweep asks for
            # thousands.
            found[job_id] = json.loads(raw)["status"] if raw else states.PENDING
    return found


def store(app: Celery, job_id: str, announcement: Announcement) -> None:
    """Write the state into the result backend."""
    if announcement.state is None:
        return
    backend = app.backend
    # Celery never overwrites a SUCCESS, but the same id may be deleted or posted anew.
    if announcement.state != states.SUCCESS and stored(app, job_id)[0] == states.SUCCESS:
        backend.delete(backend.get_key_for_task(job_id))
    backend.store_result(job_id, announcement.result, announcement.state)


def forget(app: Celery, job_id: str) -> None:
    """Remove what the result backend has for the job."""
    app.backend.delete(app.backend.get_key_for_task(job_id))


def tell_flower(
    app: Celery, job_id: str, announcement: Announcement, hostname: str, *, anew: bool
) -> None:
    """Send the event that Flower and `celery events` live on; `anew` as a try begins."""
    with app.events.default_dispatcher(hostname=hostname) as dispatcher:
        if anew or announcement.event in ("task-revoked", "task-failed"):
            # Flower ranks states and keeps the highest: it would show a killed try's FAILURE over
            # the next one's PROGRESS, and PROGRESS over REVOKED. Only "retried" resets the rank.
            dispatcher.send("task-retried", uuid=job_id, name=TASK)
        dispatcher.send(announcement.event, uuid=job_id, **announcement.fields)


def _error_class(code: str | None) -> type[ExportError]:
    for known in _subclasses(ExportError):
        if known.code == code and known.__init__ is ExportError.__init__:
            return known
    return ExportError


def _subclasses(root: type[ExportError]) -> list[type[ExportError]]:
    return [root] + [deep for child in root.__subclasses__() for deep in _subclasses(child)]
