"""Sending camera files into the sources folder, by tus 1.0.0: what breaks off is gone on with."""

from __future__ import annotations

from contextlib import closing, suppress
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for
from werkzeug.exceptions import MethodNotAllowed

from config_schema.errors import ExportError, TusVersionWrong
from export_service import tus
from export_service.auth import caller
from export_service.context import context
from export_service.incoming import announced_bytes, body_blocks
from worker.uploads.store import Part, Upload, Uploads

blueprint = APIBlueprint("uploads", __name__, url_prefix="/api/uploads", tag="Uploads")

#: Flask would answer OPTIONS by itself otherwise, and knows nothing of tus.
OURS: dict[str, Any] = {"provide_automatic_options": False}


@blueprint.before_request
def _require_version() -> None:
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != tus.VERSION:
        raise TusVersionWrong


@blueprint.after_request
def _tell_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = tus.VERSION
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.headers["Tus-Version"] = tus.VERSION
    return response


@blueprint.route("", methods=["OPTIONS"], **OURS)
@blueprint.route("/<upload_id>", methods=["OPTIONS"], endpoint="discover_at", **OURS)
def discover(upload_id: str = "") -> Response:  # noqa: ARG001 - the answer is the same for all
    """Tell which version and extensions of tus are spoken, and how large a file may be."""
    return _empty(HTTPStatus.NO_CONTENT, tus.announcement(_uploads().most_bytes))


@blueprint.post("", **OURS)
@blueprint.doc(operation_id="createUpload")
def create() -> Response:
    """Begin an upload.

    Reserves the file's name and room for it. A body is taken as the file's first bytes.
    """
    asked = _asked()
    has_body = announced_bytes(request.environ) != 0
    if has_body:
        tus.require_octets(asked)
        tus.checksum(asked)
    upload = _uploads().create(
        caller().tenant,
        tus.file_name(asked),
        tus.creation_length(asked),
        asked.get("Upload-Metadata", ""),
    )
    if has_body:
        try:
            upload = _append(upload.upload_id, 0)
        except Exception:
            # Its address was never told, so nobody could go on with it.
            with suppress(ExportError):
                _uploads().terminate(caller().tenant, upload.upload_id)
            raise
    location = url_for("uploads.look", upload_id=upload.upload_id)
    return _empty(HTTPStatus.CREATED, {"Location": location} | tus.progress(upload))


@blueprint.route("/<upload_id>", methods=["HEAD"], **OURS)
def look(upload_id: str) -> Response:
    """Tell how far an upload is."""
    return _empty(HTTPStatus.OK, tus.facts(_uploads().look(caller().tenant, upload_id)))


@blueprint.patch("/<upload_id>", **OURS)
@blueprint.doc(operation_id="continueUpload")
def append(upload_id: str) -> Response:
    """Go on with an upload.

    The body's bytes go behind `Upload-Offset`, which must be where the upload stands. The last
    byte makes the file a source.
    """
    tus.require_octets(_asked())
    upload = _append(upload_id, tus.offset(_asked()))
    return _empty(HTTPStatus.NO_CONTENT, tus.progress(upload))


@blueprint.delete("/<upload_id>", **OURS)
@blueprint.doc(operation_id="terminateUpload")
def terminate(upload_id: str) -> Response:
    """End an upload and remove what has arrived."""
    _uploads().terminate(caller().tenant, upload_id)
    return _empty(HTTPStatus.NO_CONTENT, {})


@blueprint.post("/<upload_id>", **OURS)
@blueprint.doc(operation_id="overrideUploadMethod")
def override(upload_id: str) -> Response:
    """Do what `X-HTTP-Method-Override` says, for clients that can send GET and POST alone."""
    methods = {"PATCH": append, "DELETE": terminate, "HEAD": look}
    meant = methods.get(request.headers.get("X-HTTP-Method-Override", "").upper())
    if meant is None:
        raise MethodNotAllowed(valid_methods=tus.METHODS)
    return meant(upload_id)


def _append(upload_id: str, offset: int) -> Upload:
    asked = _asked()
    with closing(body_blocks(request.environ)) as blocks:
        part = Part(
            offset=offset,
            blocks=blocks,
            announced=announced_bytes(request.environ),
            length=tus.declared_length(asked),
            checksum=tus.checksum(asked),
        )
        return _uploads().append(caller().tenant, upload_id, part)


def _asked() -> dict[str, str]:
    return dict(request.headers)


def _uploads() -> Uploads:
    return context().settings.uploads


def _empty(status: HTTPStatus, headers: dict[str, str]) -> Response:
    return Response(status=status, headers=headers)
