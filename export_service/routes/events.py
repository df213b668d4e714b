"""Watching an export without asking again and again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from export_service.auth import caller
from export_service.context import context, door
from export_service.events import MEDIA_TYPE, OPENING, Watch
from export_service.hand_over import ASKED
from export_service.quick_json import STATUS
from export_service.routes.exports import UNKNOWN, checked_id
from worker.client import StatusView

blueprint = APIBlueprint("events", __name__, url_prefix="/api/export", tag="Exports")

#: nginx holds back what it is sent until there is a block of it, unless it is told not to.
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@blueprint.get("/<job_id>/events")
@blueprint.doc(operation_id="watchExport", responses={404: UNKNOWN})
def events(job_id: str) -> Response:
    """Tell where an export stands whenever that changes, until it is over."""
    mine, export_id = door(), checked_id(job_id)
    guard, asker = context().guard, caller()

    def said(view: StatusView) -> dict[str, Any]:
        return STATUS.said(vars(guard.shown(view, asker)))

    watch = Watch((asker.tenant, export_id), lambda: mine.status(export_id), said)
    view = watch.look()
    event = watch.event(view)
    has_seen = request.headers.get("Last-Event-ID") == event.id
    if has_seen and view.status.is_final:
        # What tells an EventSource not to come back.
        return Response(status=HTTPStatus.NO_CONTENT, headers=HEADERS)
    body = OPENING if has_seen else OPENING + event.data
    if request.method == "GET" and not view.status.is_final:
        request.environ[ASKED] = (watch, event.id)
    return Response(body, mimetype=MEDIA_TYPE, headers=HEADERS)
