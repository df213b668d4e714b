"""Takes a connection out of the hands of the thread that answered its request.

WSGI knows no way to do that, so the server has to be one that can (`web_worker.py`) and says so in
the request's environment. With any other the answer is what it is anyway: how the export stands,
and when to come back. A client then polls, and misses nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from socket import socket
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from export_service.event_hub import EventHub, Newcomer
from export_service.events import Watch

#: In the environment: the server can hand over this request's connection.
IS_POSSIBLE = "export_service.can_hand_over"
#: In the environment: what is to be watched, and the id of the event that the answer holds.
ASKED = "export_service.watch"

_Headers = list[tuple[str, str]]
#: What speaks of one answer's length or of one connection's next request.
_DROPPED = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding"})


class HandedOver(Exception):
    """The connection is somebody else's by now: nothing more may be read from it or written."""


class HandOver:
    """The app, but for requests that ask to watch something: their connections go to the hub."""

    def __init__(self, app: WSGIApplication, hub: EventHub) -> None:
        self._app = app
        self._hub = hub

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request; the iteration over what it returns may raise `HandedOver`."""
        if not environ.get(IS_POSSIBLE):
            return self._app(environ, start_response)
        begun: list[tuple[str, _Headers]] = []

        def begin(
            status: str, headers: _Headers, exc_info: Any = None
        ) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return start_response(status, headers, exc_info)

        body = self._app(environ, begin)
        asked = environ.get(ASKED)
        if asked is None or not begun[-1][0].startswith("200") or not self._hub.has_room:
            return body
        status, headers = begun[-1]
        return _Handing(
            self._hub, environ["gunicorn.socket"], head_of(status, headers), body, asked
        )


class _Handing:
    """A body that is not for the server to send: asked for it, the connection is handed over.

    Not before: by then the server has what its log says of the answer.
    """

    def __init__(
        self,
        hub: EventHub,
        connection: socket,
        head: bytes,
        body: Iterable[bytes],
        asked: tuple[Watch, str],
    ) -> None:
        self._hub = hub
        self._connection = connection
        self._head = head
        self._body = body
        self._watch, self._seen = asked

    def __iter__(self) -> Iterator[bytes]:
        opening = self._head + b"".join(self._body)
        self._hub.take(Newcomer(self._connection.dup(), opening, self._watch, self._seen))
        raise HandedOver

    def close(self) -> None:
        """As WSGI has it: called in the end, whatever happened."""
        if hasattr(self._body, "close"):
            self._body.close()


def head_of(status: str, headers: _Headers) -> bytes:
    """The beginning of an answer that ends when the connection does.

    >>> head_of("200 OK", [("Content-Length", "3"), ("X-A", "b")])
    b'HTTP/1.1 200 OK\\r\\nX-A: b\\r\\nConnection: close\\r\\n\\r\\n'
    """
    kept = [f"{name}: {value}" for name, value in headers if name.lower() not in _DROPPED]
    lines = (f"HTTP/1.1 {status}", *kept, "Connection: close", "", "")
    return "\r\n".join(lines).encode("latin-1")
