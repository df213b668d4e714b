"""Asking before anything is made: what an export would be, and what there is to make it of."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from config_schema.config import parse_config
from export_service import envelopes
from export_service.context import context, door
from export_service.requests import read_body

blueprint = APIBlueprint("surveys", __name__, url_prefix="/api", tag="Sources")

NO_STORE = {"Cache-Control": "no-store"}


@blueprint.post("/export/validate")
@blueprint.doc(
    operation_id="validateExport",
    tags=["Exports"],
    responses={
        400: "As for the export itself, or a source cannot be read; `errors` lists all faults.",
        413: "The body is too large.",
        429: "Too many are being validated.",
    },
)
def validate() -> Response:
    """Plan an export without making it.

    The body is an export config. Says per segment what would be copied and what converted, and
    why, how long the programme is, and about what it takes.
    """
    limits = context().settings.limits
    parsed = parse_config(read_body(limits.body_bytes), limits)
    return _json(door().preview(parsed))


@blueprint.get("/sources")
@blueprint.input(envelopes.SourcesQuery, location="query", arg_name="query")
@blueprint.doc(operation_id="listSources", responses={400: "The query is not one this can answer."})
def list_sources(query: dict[str, Any]) -> Response:
    """List what lies in the sources folder, with what a look into each file found."""
    page = door().sources(limit=query["limit"], cursor=query.get("cursor"))
    return _json(page.model_dump_json(by_alias=True).encode())


def _json(body: bytes) -> Response:
    return Response(body, mimetype="application/json", headers=NO_STORE)
