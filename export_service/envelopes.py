"""The shapes around a config: query strings in, answers out. The config itself is pydantic's.

Marshmallow writes every answer from these schemas and APIFlask documents the same ones, so what
is documented is what is sent.
"""

from __future__ import annotations

from apiflask import Schema
from apiflask.fields import DateTime, Dict, Float, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range

from config_schema.status import RANKS, JobStatus, Stage

LIST_LIMIT_DEFAULT = 50
LIST_LIMIT_MAX = 200


def _one_of(values: type[JobStatus | Stage]) -> OneOf:
    choices = [value.value for value in values]
    return OneOf(choices, error=f"Must be one of: {', '.join(choices)}.")


class ListQuery(Schema):
    """Which exports to list, and where to go on."""

    status = String(
        validate=_one_of(JobStatus), metadata={"description": "Only exports in this state."}
    )
    project_id = String(
        data_key="projectId",
        validate=Length(max=1024),
        metadata={"description": "Only exports of this project."},
    )
    limit = Integer(
        load_default=LIST_LIMIT_DEFAULT,
        validate=Range(min=1, max=LIST_LIMIT_MAX),
        metadata={"description": "How many exports at most."},
    )
    cursor = String(
        validate=Length(min=1, max=512),
        metadata={"description": "`nextCursor` of the page before."},
    )


class SourcesQuery(Schema):
    """Where in the list of sources to go on."""

    limit = Integer(
        load_default=LIST_LIMIT_DEFAULT,
        validate=Range(min=1, max=LIST_LIMIT_MAX),
        metadata={"description": "How many sources at most."},
    )
    cursor = String(
        # A path of 4096 bytes, the longest there is.
        validate=Length(min=1, max=5462),
        metadata={"description": "`nextCursor` of the page before."},
    )


class Accepted(Schema):
    """A job that is on disk and will be done."""

    job_id = String(required=True, data_key="jobId")
    status = String(required=True, validate=_one_of(JobStatus))
    message = String(required=True)
    warnings = List(String(), required=True)
    status_url = String(required=True, data_key="statusUrl", metadata={"format": "uri-reference"})


class Status(Schema):
    """Where an export stands."""

    job_id = String(required=True, data_key="jobId")
    status = String(required=True, validate=_one_of(JobStatus))
    progress = Float(
        required=True,
        validate=Range(min=0, max=1),
        metadata={"description": "Never goes back within one run; 1 only when completed."},
    )
    message = String(required=True)
    stage = String(required=True, validate=_one_of(Stage))
    priority = String(
        required=True,
        validate=OneOf([*RANKS]),
        metadata={"description": "Of exports that wait, those of the higher one come first."},
    )
    segments_done = Integer(required=True, data_key="segmentsDone", validate=Range(min=0))
    segments_total = Integer(required=True, data_key="segmentsTotal", validate=Range(min=0))
    eta_seconds = Float(required=True, allow_none=True, data_key="etaSeconds")
    queue_position = Integer(
        required=True,
        allow_none=True,
        data_key="queuePosition",
        metadata={"description": "Its place in the queue while it waits; the next one has 1."},
    )
    speed = Float(
        required=True,
        allow_none=True,
        metadata={"description": "Programme seconds per second of work."},
    )
    warnings = List(String(), required=True)
    error = String(required=True, allow_none=True)
    error_code = String(required=True, allow_none=True, data_key="errorCode")
    download_url = String(
        required=True,
        allow_none=True,
        data_key="downloadUrl",
        metadata={"format": "uri-reference"},
    )
    created_at = DateTime(required=True, data_key="createdAt")
    started_at = DateTime(required=True, allow_none=True, data_key="startedAt")
    finished_at = DateTime(required=True, allow_none=True, data_key="finishedAt")
    attempt = Integer(
        required=True,
        validate=Range(min=1),
        metadata={"description": "Runs so far, this one included."},
    )


class Known(Status):
    """Today's state of a job that was posted before with the same config."""

    status_url = String(required=True, data_key="statusUrl", metadata={"format": "uri-reference"})


class Cancelled(Schema):
    """A job that nobody works on any more, whose files are gone."""

    job_id = String(required=True, data_key="jobId")
    status = String(required=True, validate=OneOf([JobStatus.CANCELLED.value]))
    message = String(required=True)


class ExportPage(Schema):
    """Some of the exports, newest first."""

    exports = List(Nested(Status), required=True)
    next_cursor = String(
        required=True,
        allow_none=True,
        data_key="nextCursor",
        metadata={"description": "Pass it as `cursor` for the next page; null on the last."},
    )


class Alive(Schema):
    """The web process answers."""

    status = String(required=True, validate=OneOf(["ok"]))


class Ready(Schema):
    """Everything an export needs is there."""

    status = String(required=True, validate=OneOf(["ready"]))
    checks = Dict(
        keys=String(),
        values=String(),
        required=True,
        metadata={"description": "Each thing that an export needs, and what was found of it."},
    )
