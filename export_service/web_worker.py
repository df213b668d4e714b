"""gunicorn's threads, for what is quick; what takes as long as a client likes leaves them.

An answer that is a file is handed to `slow_clients` once its headers are out, and the thread is
free again; so is a connection that is to be closed, on which gunicorn would wait up to two seconds
for the client in the very loop that accepts all others. When the file is sent the connection comes
back and is kept or closed as gunicorn has it. Over TLS and HTTP/2, where the kernel cannot send a
file as it is, the answer stays in its thread.

An app may also keep a connection for good, by raising `HandedOver`: it counts no more, and closing
it here must not end it, while gunicorn would say good-bye to the client.
"""

from __future__ import annotations

import resource
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from socket import socket
from typing import Any, NamedTuple, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gunicorn.workers.gthread import TConn, ThreadWorker

from export_service.hand_over import IS_POSSIBLE, HandedOver
from export_service.slow_clients import OpenFile, SlowClients
from export_service.unreadable import answer_to

#: Two for each download, one for everybody else; many systems begin with 1024.
OPEN_FILES = 65_536


class _Part(NamedTuple):
    file: OpenFile
    length: int


class WebWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A web process whose downloads take no thread while the network takes its time."""

    wsgi: WSGIApplication

    def init_process(self) -> None:
        """Serve until told to stop."""
        self._slow_clients = SlowClients()
        self._handed_over: dict[socket, _Part] = {}
        raise_open_files()
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the app, with its files taken out of its hands."""
        super().load_wsgi()
        self.wsgi = handing_over(self.wsgi, self._handed_over)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Answer a request; False when the connection is not to be used again."""
        try:
            return super().handle_request(req, conn)
        except HandedOver:
            conn.is_handed_over = True
            return False

    def handle_error(self, req: Any, client: socket, addr: Any, exc: Exception) -> None:
        """Answer what could not be read as a request, or what went wrong with one."""
        answer = answer_to(exc)
        if answer is None:
            super().handle_error(req, client, addr, exc)
            return
        # The kind alone: what the client sent is no line for a log.
        self.log.warning("Invalid request from %s: %s", (addr or [""])[0], type(exc).__name__)
        with suppress(OSError):
            client.sendall(answer)

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        """Keep, close or hand over a connection whose request was answered."""
        if getattr(conn, "is_handed_over", False):
            self.nr_conns -= 1
            conn.close()
            return
        part = self._handed_over.pop(conn.sock, None)
        if part is not None and not _failed(done):
            self._slow_clients.send(
                conn.sock,
                part.file,
                part.length,
                lambda is_whole: self.method_queue.defer(self._sent, conn, done, is_whole),
            )
            return
        if part is not None:
            part.file.close()
        if not _failed(done) and not done.result() and not isinstance(conn.sock, ssl.SSLSocket):
            self.nr_conns -= 1
            self._slow_clients.see_off(conn.sock)
            return
        super().finish_request(conn, done)

    def _sent(self, conn: TConn, done: Future[Any], is_whole: bool) -> None:
        if is_whole:
            self.finish_request(conn, done)
        else:
            self.nr_conns -= 1
            conn.close()


def handing_over(app: WSGIApplication, parts: dict[socket, _Part]) -> WSGIApplication:
    """The app; where it answers with a file it sends the headers alone and leaves the file in
    `parts`, by the socket of the client.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started: list[tuple[Callable[[bytes], object], list[tuple[str, str]]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            write = start_response(status, headers, exc_info)
            started[:] = [(write, headers)]
            return write

        client: socket = environ["gunicorn.socket"]
        is_http2 = "gunicorn.http2.send_trailers" in environ
        is_plain = not isinstance(client, ssl.SSLSocket) and not is_http2
        environ[IS_POSSIBLE] = is_plain
        body = app(environ, start)
        of_a_file: type[object] = environ["wsgi.file_wrapper"]
        if not (is_plain and started and isinstance(body, of_a_file)):
            return body
        write, headers = started[0]
        length = next((int(v) for k, v in headers if k.lower() == "content-length"), None)
        if not length:
            return body
        file: OpenFile = cast("Any", body).filelike
        try:
            write(b"")  # the headers
        except BaseException:
            file.close()
            raise
        parts[client] = _Part(file, length)
        return ()

    return answer


def raise_open_files() -> None:
    """Let this process have as many files open as the system lets it, up to OPEN_FILES."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _failed(done: Future[Any]) -> bool:
    return done.cancelled() or done.exception() is not None
