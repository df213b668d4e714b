"""What a page shows of sources so that a person can cut: proxies, pictures, sound, and sync."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for

from config_schema.errors import MiniatureNotFound
from export_service import miniature_view
from export_service.admission import miniature_link
from export_service.auth import caller
from export_service.context import context, door
from export_service.download import send_download
from export_service.requests import read_body
from worker.client import Kind, MiniatureView

blueprint = APIBlueprint("miniatures", __name__, url_prefix="/api", tag="Miniatures")

NO_STORE = {"Cache-Control": "no-store"}
Answer = tuple[Any, int, dict[str, str]]

REFUSALS = {
    400: "The query is not one this can answer, or the source may not be opened.",
    404: "There is no such source.",
}
MADE = "Where it stands. Asking is what has it made: ask again, every few seconds, until it is."


@blueprint.get("/preview/proxy")
@blueprint.input(miniature_view.SourceQuery, location="query", arg_name="query")
@blueprint.output(miniature_view.Proxy, description=MADE)
@blueprint.doc(operation_id="getProxy", responses=REFUSALS)
def proxy(query: dict[str, Any]) -> Answer:
    """Have a small film of a source made, to play and to seek in."""
    return _asked(Kind.PROXY, query)


@blueprint.get("/preview/thumbnail")
@blueprint.input(miniature_view.ThumbnailQuery, location="query", arg_name="query")
@blueprint.output(miniature_view.Thumbnail, description=MADE)
@blueprint.doc(operation_id="getThumbnail", responses=REFUSALS)
def thumbnail(query: dict[str, Any]) -> Answer:
    """Have a picture of a source made."""
    how = {"time_ms": round(query["time"] * 1000), "width": query["width"]}
    return _asked(Kind.THUMBNAIL, query, **how)


@blueprint.get("/preview/strip")
@blueprint.input(miniature_view.SourceQuery, location="query", arg_name="query")
@blueprint.output(miniature_view.Strip, description=MADE)
@blueprint.doc(operation_id="getStrip", responses=REFUSALS)
def strip(query: dict[str, Any]) -> Answer:
    """Have small pictures from all over a source made, in one file."""
    return _asked(Kind.STRIP, query)


@blueprint.get("/preview/waveform")
@blueprint.input(miniature_view.SourceQuery, location="query", arg_name="query")
@blueprint.output(miniature_view.Waveform, description=MADE)
@blueprint.doc(operation_id="getWaveform", responses=REFUSALS)
def waveform(query: dict[str, Any]) -> Answer:
    """Have the peaks of a source's sound made."""
    return _asked(Kind.WAVEFORM, query)


@blueprint.get("/preview/files/<miniature_id>")
@blueprint.doc(operation_id="getMiniatureFile", responses={404: "There is no such file (yet)."})
def miniature_file(miniature_id: str) -> Response:
    """Fetch what was made, whole or in parts."""
    made = door().miniature_file(miniature_id)
    try:
        answer = send_download(made.path, miniature_id, made.media_type, request.environ, None)
    except FileNotFoundError as gone:
        raise MiniatureNotFound from gone  # made room for others in this very moment
    # To be shown, not kept.
    answer.headers["Content-Disposition"] = "inline"
    return answer


@blueprint.post("/sync")
@blueprint.output(miniature_view.Sync, status_code=202, description="It is being compared.")
@blueprint.doc(
    operation_id="compareSounds",
    responses={
        400: "The body names no sources that can be compared.",
        404: "One of the sources is not there.",
        413: "The body is too large.",
    },
)
def sync() -> Answer:
    """Find out by their sound how far apart recordings of one scene begin.

    The first is what the others are compared with.
    """
    names = miniature_view.sources_of(read_body(miniature_view.BODY_BYTES))
    most = context().settings.sync_offset_seconds
    view = door().miniature(Kind.SYNC, names, most_offset_seconds=most)
    url = url_for("miniatures.sync_status", sync_id=view.miniature_id)
    body = miniature_view.sync_dump(view, url)
    return body, HTTPStatus.ACCEPTED, NO_STORE | {"Location": url}


@blueprint.get("/sync/<sync_id>")
@blueprint.output(miniature_view.Sync, description=MADE)
@blueprint.doc(operation_id="getSync", responses={404: "Nothing was asked to be compared so."})
def sync_status(sync_id: str) -> Answer:
    """Tell where a comparison stands, and what it has found."""
    view = door().miniature_again(sync_id)
    if view.kind is not Kind.SYNC:
        raise MiniatureNotFound
    url = url_for("miniatures.sync_status", sync_id=sync_id)
    return miniature_view.sync_dump(view, url), HTTPStatus.OK, NO_STORE


def _asked(kind: Kind, query: dict[str, Any], **how: float) -> Answer:
    view = door().miniature(kind, (query["source"],), **how)
    return miniature_view.miniature_dump(view, _url(view)), HTTPStatus.OK, NO_STORE


def _url(view: MiniatureView) -> str | None:
    if view.status != "ready":
        return None
    url = url_for("miniatures.miniature_file", miniature_id=view.miniature_id)
    return context().guard.linked(url, miniature_link(view.miniature_id), caller())
