"""Asking for an export, watching it, fetching it, ending it."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for

from config_schema.config import is_job_id, parse_config
from config_schema.errors import JobNotFound, NotCompleted
from config_schema.status import JobStatus
from export_service import envelopes
from export_service.auth import caller
from export_service.context import context, door
from export_service.download import front_server, send_download
from export_service.quick_json import KNOWN, STATUS
from export_service.requests import read_body, request_id
from worker.client import StatusView
from worker.logs import think_of

blueprint = APIBlueprint("exports", __name__, url_prefix="/api/export", tag="Exports")

NO_STORE = {"Cache-Control": "no-store"}
Answer = tuple[Any, int, dict[str, str]]

UNKNOWN = "There is no export with this id."


@blueprint.post("")
@blueprint.output(envelopes.Accepted, status_code=202, description="On disk, and will be done.")
@blueprint.doc(
    operation_id="submitExport",
    responses={
        400: "The body is not JSON, or the config has faults; `errors` lists all of them.",
        409: "An export with this id exists and its config is another one.",
        413: "The body is too large.",
        503: "The media volume cannot take the job.",
    },
)
def submit() -> Answer | Response:
    """Ask for an export.

    The body is an export config, whatever the content type says. The job is on disk before the
    answer. The same config again is answered with 200 and today's state, and makes no second job.
    """
    limits = context().settings.limits
    parsed = parse_config(read_body(limits.body_bytes), limits)
    think_of(job=parsed.config.id, request=request_id())
    submitted = door().submit(parsed)
    return _accepted(submitted.status) if submitted.created else _known(submitted.status)


@blueprint.get("")
@blueprint.input(envelopes.ListQuery, location="query", arg_name="query")
@blueprint.output(envelopes.ExportPage, description="Some of the exports.")
@blueprint.doc(operation_id="listExports", responses={400: "The query is not one this can answer."})
def list_exports(query: dict[str, Any]) -> Answer:
    """List the exports, newest first."""
    page = door().list(
        status=query.get("status"),
        project_id=query.get("project_id"),
        limit=query["limit"],
        cursor=query.get("cursor"),
    )
    views = tuple(shown(view) for view in page.exports)
    return page._replace(exports=views), HTTPStatus.OK, NO_STORE


@blueprint.get("/<job_id>/status")
@blueprint.doc(operation_id="getExportStatus", responses={404: UNKNOWN})
def status(job_id: str) -> Response:
    """Tell where an export stands."""
    view = shown(door().status(checked_id(job_id)))
    return _said(STATUS.json(vars(view)), NO_STORE)


@blueprint.get("/<job_id>/report")
@blueprint.doc(
    operation_id="getExportReport",
    responses={404: UNKNOWN, 409: "The export is not completed."},
)
def report(job_id: str) -> Response:
    """Give the proof of a completed export."""
    proof = door().report(checked_id(job_id))
    answer = Response(proof, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(hashlib.sha256(proof).hexdigest())
    answer.make_conditional(request.environ)
    return answer


@blueprint.get("/<job_id>/download")
@blueprint.doc(
    operation_id="downloadExport",
    responses={404: UNKNOWN, 409: "The export is not completed."},
)
def download(job_id: str) -> Response:
    """Fetch the finished programme, whole or in parts."""
    output = door().output(checked_id(job_id))
    try:
        return send_download(
            output.path,
            output.download_name,
            output.media_type,
            request.environ,
            front_server(context().settings),
        )
    except FileNotFoundError as gone:
        raise NotCompleted from gone  # deleted in this very moment


@blueprint.delete("/<job_id>")
@blueprint.output(envelopes.Cancelled, description="Cancelled, now or before.")
@blueprint.doc(operation_id="cancelExport", responses={404: UNKNOWN})
def cancel(job_id: str) -> Answer:
    """End an export and remove its files."""
    return door().cancel(checked_id(job_id)), HTTPStatus.OK, NO_STORE


@blueprint.post("/<job_id>/retry")
@blueprint.output(envelopes.Accepted, status_code=202, description="The next run is on its way.")
@blueprint.doc(
    operation_id="retryExport",
    responses={
        404: UNKNOWN,
        409: "Only a failed or a cancelled export can be tried again.",
        503: "The media volume cannot take the job.",
    },
)
def retry(job_id: str) -> Answer:
    """Try a failed or cancelled export again under the same id."""
    return _accepted(door().retry(checked_id(job_id)))


def checked_id(job_id: str) -> str:
    """The id, if any export could have it: nothing else gets near a path."""
    if not is_job_id(job_id):
        raise JobNotFound
    return job_id


def shown(view: StatusView) -> StatusView:
    """The view with a download link that whoever asks can follow."""
    return context().guard.shown(view, caller())


def _accepted(view: StatusView) -> Answer:
    url = url_for("exports.status", job_id=view.job_id)
    body = {
        "job_id": view.job_id,
        # A quick worker may be further by now; what was accepted is a pending job.
        "status": JobStatus.PENDING,
        "message": view.message,
        "warnings": view.warnings,
        "status_url": url,
    }
    return body, HTTPStatus.ACCEPTED, NO_STORE | {"Location": url}


def _known(view: StatusView) -> Response:
    url = url_for("exports.status", job_id=view.job_id)
    known = vars(shown(view)) | {"status_url": url}
    return _said(KNOWN.json(known), NO_STORE | {"Location": url})


def _said(body: bytes, headers: dict[str, str]) -> Response:
    """An answer beside the one that APIFlask knows of its operation; `openapi` describes it."""
    return Response(body, headers=headers, mimetype="application/json")
