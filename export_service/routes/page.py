"""The pages for people: the one to cut in, and a place to try the API, both without any other host.

The page to cut in is written in `web/page`; what it is built to lies in `export_service/page` as
part of the package, so that whoever installs or runs the service needs no Node.js.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from http import HTTPStatus
from pathlib import Path

from apiflask import APIBlueprint
from flask import (
    Response,
    abort,
    make_response,
    render_template,
    request,
    send_file,
    send_from_directory,
)

blueprint = APIBlueprint("page", __name__, enable_openapi=False)

#: Everything comes from this service alone. Pictures and films may be put together by the page
#: itself (blob:), styles and scripts may not.
CUT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: Swagger UI styles its elements as it goes and draws its icons from data: addresses.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

BUILT = Path(__file__).parent.parent / "page"

#: Where each file of Swagger UI lies in the wheel that ships it.
ASSETS = {
    "swagger-ui.css": "css/swagger-ui.css",
    "swagger-ui-bundle.js": "js/swagger-ui-bundle.js",
    "swagger.svg": "images/swagger.svg",
}
ASSET_SECONDS = 24 * 3600
#: The longest that means anything: such a file is named by what is in it.
FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/")
def home() -> Response:
    """Show the page to cut in, or say how to have it."""
    index = BUILT / "index.html"
    if not index.is_file():
        answer = _page(render_template("not_built.html"), CUT_POLICY)
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return answer
    content = index.read_bytes()
    # By what is in it: two versions may be as long, and installers write what times they like.
    tag = hashlib.sha256(content).hexdigest()[:32]
    # Not as a file: a worker of ours hands files to the kernel, and this one is in memory.
    answer = Response(content, mimetype="text/html")
    answer.set_etag(tag)
    answer.make_conditional(request)
    return _page(answer, CUT_POLICY)


@blueprint.get("/assets/<name>")
def built(name: str) -> Response:
    """Give a script, a style or a picture of the page."""
    answer = send_from_directory(BUILT / "assets", name)
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@blueprint.get("/docs")
def docs() -> Response:
    """Show the API to read and to try."""
    return _page(render_template("docs.html"), DOCS_POLICY)


@blueprint.get("/docs/assets/<name>")
def asset(name: str) -> Response:
    """Give a file of Swagger UI."""
    if name not in ASSETS:
        abort(404)
    return send_file(_swagger_folder() / ASSETS[name], max_age=ASSET_SECONDS)


def _page(content: str | Response, policy: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@cache
def _swagger_folder() -> Path:
    """The folder in the wheel; the package itself, a Flask plugin, is not imported."""
    spec = importlib.util.find_spec("flask_openapi_swagger")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("flask_openapi_swagger")
    return Path(spec.submodule_search_locations[0], "templates", "swagger")
