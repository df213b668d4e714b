"""A server that is told things: it remembers what came and answers what it was asked to."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook

#: What a handler does instead of answering a status.
Act = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Came:
    """One request."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    def verified(self, secret: str) -> dict[str, Any]:
        """The message, as the public library reads it; its own error where it does not hold."""
        message = Webhook(secret).verify(self.body, self.headers)
        assert isinstance(message, dict)
        return message


@dataclass
class Receiver:
    """What came, in order; `answers` are given one after the other, the last one from then on."""

    port: int = 0
    answers: Sequence[int | tuple[int, dict[str, str]] | Act] = (204,)
    came: list[Came] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/done", scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in request.headers.items()}
        with self.lock:
            number = len(self.came)
            self.came.append(Came(request.command, request.path, headers, body))
            answer = self.answers[min(number, len(self.answers) - 1)]
        if callable(answer):
            answer(request)
            return
        status, extra = answer if isinstance(answer, tuple) else (answer, {})
        request.send_response(status)
        for name, value in extra.items():
            request.send_header(name, value)
        request.send_header("Content-Length", "0")
        request.end_headers()


@contextmanager
def receiving(
    *answers: int | tuple[int, dict[str, str]] | Act, tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """A receiver on a port of loopback."""
    receiver = Receiver(answers=answers or (204,))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def do_GET(self) -> None:
            receiver.take(self)

        def log_message(self, *_: Any) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
