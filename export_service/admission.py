"""What happens to a request before its route: who sends it is found out, and it is counted."""

from __future__ import annotations

from apiflask import APIFlask
from flask import g, request
from flask_cors import CORS

from config_schema.errors import NotAllowed, NotKnown
from export_service import tus
from export_service.auth import ANYONE, Caller
from export_service.context import Context, context
from export_service.guard import KEY_HEADER, Knock, credential_in
from export_service.links import PARAMETER
from export_service.requests import ID_HEADER
from worker.logs import think_of_more

#: What pages of other addresses may send and read, beside what every browser lets them.
REQUEST_HEADERS = ["Authorization", "Content-Type", "If-Match", "If-None-Match", "If-Range"]
REQUEST_HEADERS += [KEY_HEADER, ID_HEADER, "Last-Event-ID", "Range", *tus.ASKED_HEADERS]
ANSWER_HEADERS = ["Accept-Ranges", "Content-Disposition", "Content-Length", "Content-Range", "ETag"]
ANSWER_HEADERS += ["Location", "Retry-After", ID_HEADER, *tus.TOLD_HEADERS]
PREFLIGHT_SECONDS = 600


def register(app: APIFlask) -> None:
    """Have every request of this app knock first."""

    @app.before_request
    def _knock() -> None:
        # What has no route is told so; a question about options tells nothing about anybody.
        if request.endpoint is None or request.method == "OPTIONS":
            return
        here = context()
        # Nothing is looked up that nobody asks for: most of what is asked here are polls.
        g.caller = who = ANYONE if here.guard.is_open else _admitted(here)
        think_of_more(caller=who.name)
        here.rates.count(who.tenant)


def _admitted(here: Context) -> Caller:
    knock = Knock(
        request.endpoint or "",
        credential_in(request.headers),
        request.args.get(PARAMETER),
        _linked(request.view_args or {}),
    )
    try:
        return here.guard.admit(knock)
    except (NotKnown, NotAllowed):
        here.rates.count_failure(request.remote_addr or "")
        raise


def _linked(named: dict[str, str]) -> str:
    """What a link that came along has to be to."""
    miniature_id = named.get("miniature_id")
    return named.get("job_id", "") if miniature_id is None else miniature_link(miniature_id)


def miniature_link(miniature_id: str) -> str:
    """What a link to a miniature is to: no export is called so."""
    return f"miniature/{miniature_id}"


def let_pages_ask(app: APIFlask, origins: list[str]) -> None:
    """Let pages of these addresses use the API; without any, no page but our own may."""
    if origins:
        CORS(
            app,
            resources={r"/api/*": {}, r"/openapi.json": {}},
            origins=origins,
            allow_headers=REQUEST_HEADERS,
            expose_headers=ANSWER_HEADERS,
            max_age=PREFLIGHT_SECONDS,
        )
