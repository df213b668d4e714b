"""What every request and every answer has: an id for the log, a bounded body, safe headers."""

from __future__ import annotations

import os
import re
import time
from typing import IO
from urllib.parse import quote

from apiflask import APIFlask
from flask import Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from config_schema.config import is_job_id
from config_schema.errors import BodyTooLarge
from worker.logs import think_of

ID_HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

#: A client that is still sending does not read the refusal, so a little more of its body is
#: taken and thrown away before it is told.
DISCARD_BYTES = 32 * 1024 * 1024
DISCARD_SECONDS = 5.0
BLOCK_BYTES = 64 * 1024

#: Where the access log finds the path: quoted, so that a line break in it begins no new line.
LOGGED_PATH = "export_service.path"

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # An answer of the API is never a page; the pages there are say more for themselves.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def request_id() -> str:
    """The id of this request: the client's, where it sent a plain one, else a new one."""
    if "request_id" not in g:
        sent = request.headers.get(ID_HEADER, "")
        g.request_id = sent if _ID.fullmatch(sent) else os.urandom(16).hex()
    known: str = g.request_id
    return known


def read_body(limit_bytes: int) -> bytes:
    """The request's body, whatever its content type; raises `BodyTooLarge` before it is read on.

    A chunked body has no length to look at, so the limit holds while reading.
    """
    # One more byte tells a body that ends at the limit from one that was cut there.
    request.max_content_length = limit_bytes + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        body = None
    if body is not None and len(body) <= limit_bytes:
        return body
    _discard(request.environ["wsgi.input"], limit_bytes + DISCARD_BYTES)
    raise BodyTooLarge(
        f"The request's body is larger than {limit_bytes / 2**20:g} MiB, the most that is taken."
    )


def register(app: APIFlask) -> None:
    """Add what every request and every answer of this app carries."""

    @app.before_request
    def _begin() -> None:
        request.environ[LOGGED_PATH] = quote(request.path)
        job_id = (request.view_args or {}).get("job_id", "")
        # Until this thread's next request, for the line in the access log comes after the answer.
        think_of(**{"job": job_id} if is_job_id(job_id) else {}, request=request_id())

    @app.after_request
    def _finish(response: Response) -> Response:
        said = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - pairs otherwise
        for name, value in SAFE_HEADERS.items():
            if name.lower() not in said:
                response.headers.add(name, value)
        response.headers.add(ID_HEADER, request_id())
        return response


def _discard(stream: IO[bytes], limit_bytes: int) -> None:
    ends_by_itself = "wsgi.input_terminated" in request.environ
    if not ends_by_itself or (request.content_length or 0) > limit_bytes:
        return
    deadline = time.monotonic() + DISCARD_SECONDS
    left = limit_bytes
    while left > 0 and time.monotonic() < deadline:
        block = stream.read(min(BLOCK_BYTES, left))
        if not block:
            return
        left -= len(block)
