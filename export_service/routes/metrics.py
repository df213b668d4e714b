"""The numbers for Prometheus."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from export_service.context import door
from export_service.exposition import CONTENT_TYPE, exposition

blueprint = APIBlueprint("metrics", __name__, tag="Metrics")


@blueprint.get("/metrics")
@blueprint.doc(operation_id="getMetrics", responses={503: "The media volume cannot be used."})
def metrics() -> Response:
    """Tell how everything stands and what came of all runs, for Prometheus."""
    answer = Response(exposition(door().census(), door().sums()), content_type=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer
