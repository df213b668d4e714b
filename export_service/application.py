"""Puts the rooms of the web process together: routes, problems, headers, the API description."""

from __future__ import annotations

from importlib import metadata

from apiflask import APIFlask

from export_service import admission, openapi, problems, requests
from export_service.routes import (
    events,
    exports,
    health,
    metrics,
    miniatures,
    page,
    surveys,
    uploads,
)

TITLE = "Multicam export service"


def assemble() -> APIFlask:
    """The app with every route and no door behind them yet: enough to describe itself."""
    app = APIFlask(
        __name__,
        title=TITLE,
        version=metadata.version("multicam-export-service"),
        spec_path="/openapi.json",
        docs_path=None,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    # A path with a doubled or a trailing slash is another path, not a reason for a redirect.
    app.url_map.merge_slashes = False
    problems.register(app)
    requests.register(app)
    admission.register(app)
    openapi.register(app)
    for room in (exports, events, surveys, uploads, miniatures, health, metrics, page):
        app.register_blueprint(room.blueprint)
    return app
