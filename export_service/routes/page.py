"""The pages for people: what this is, and a place to try the API, both without any other host."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response, abort, make_response, render_template, send_file

blueprint = APIBlueprint("page", __name__, enable_openapi=False)

#: Scripts and styles come from this service alone; Swagger UI styles its elements as it goes and
#: draws its icons from data: addresses.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

#: Where each file of Swagger UI lies in the wheel that ships it.
ASSETS = {
    "swagger-ui.css": "css/swagger-ui.css",
    "swagger-ui-bundle.js": "js/swagger-ui-bundle.js",
    "swagger.svg": "images/swagger.svg",
}
ASSET_SECONDS = 24 * 3600


@blueprint.get("/")
def home() -> Response:
    """Say what this is."""
    return _page("home.html")


@blueprint.get("/docs")
def docs() -> Response:
    """Show the API to read and to try."""
    return _page("docs.html")


@blueprint.get("/docs/assets/<name>")
def asset(name: str) -> Response:
    """Give a file of Swagger UI."""
    if name not in ASSETS:
        abort(404)
    return send_file(_swagger_folder() / ASSETS[name], max_age=ASSET_SECONDS)


def _page(template: str) -> Response:
    answer = make_response(render_template(template))
    answer.headers["Content-Security-Policy"] = PAGE_POLICY
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@cache
def _swagger_folder() -> Path:
    """The folder in the wheel; the package itself, a Flask plugin, is not imported."""
    spec = importlib.util.find_spec("flask_openapi_swagger")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("flask_openapi_swagger")
    return Path(spec.submodule_search_locations[0], "templates", "swagger")
