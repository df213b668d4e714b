"""Whether the service lives and whether it can do exports, for supervisors and load balancers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from export_service import envelopes
from export_service.context import context
from export_service.problems import problem

blueprint = APIBlueprint("health", __name__, tag="Health")

WORDS = {
    "broker": "the broker",
    "volume": "the media volume",
    "worker": "a worker",
    "ffmpeg": "FFmpeg",
}
NO_STORE = {"Cache-Control": "no-store"}


@blueprint.get("/healthz")
@blueprint.output(envelopes.Alive, description="The web process answers.")
@blueprint.doc(operation_id="getHealth")
def healthz() -> tuple[dict[str, str], int, dict[str, str]]:
    """Tell that the web process is alive."""
    return {"status": "ok"}, HTTPStatus.OK, NO_STORE


@blueprint.get("/readyz")
@blueprint.output(envelopes.Ready, description="Everything an export needs is there.")
@blueprint.doc(
    operation_id="getReadiness",
    responses={503: "Something is missing; `missing` names it, `checks` says what was found."},
)
def readyz() -> Response | tuple[dict[str, Any], int, dict[str, str]]:
    """Tell whether broker, volume, a worker and FFmpeg are there."""
    findings = context().readiness.look()
    if not findings.missing:
        return {"status": "ready", "checks": findings.checks}, HTTPStatus.OK, NO_STORE
    names = ", ".join(WORDS.get(name, name) for name in findings.missing)
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "not_ready",
        f"The export service is not ready; missing: {names}.",
        extra={"missing": list(findings.missing), "checks": dict(findings.checks)},
    )
