"""A network that breaks: passes everything on until so many bytes have gone by, then cuts.

Each cut is one of three: both ends are told by a reset; both see an orderly end in the middle of
the body; or the client is told and the server is not, as when a telephone changes its network.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

RESET, END, SILENCE = "reset", "end", "silence"
_BLOCK = 64 * 1024


class Cutter:
    """Listens on `port`; `cuts` are the marks, in bytes that went to the server over all."""

    def __init__(self, server_port: int, cuts: Sequence[tuple[int, str]]) -> None:
        self.done: list[str] = []
        self._server_port = server_port
        self._cuts = list(cuts)
        self._passed = 0
        self._lock = threading.Lock()
        self._forgotten: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Stop listening, and let go of what was never told."""
        self._listener.close()
        for end in self._forgotten:
            end.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._server_port))
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
            threading.Thread(target=self._back, args=(server, client), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while block := client.recv(_BLOCK):
                server.sendall(block)
                if (how := self._count(len(block))) is not None:
                    self._cut(client, server, how)
                    return
        _end(server)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while block := server.recv(_BLOCK):
                client.sendall(block)
        _end(client)

    def _count(self, size: int) -> str | None:
        with self._lock:
            self._passed += size
            if self._cuts and self._passed >= self._cuts[0][0]:
                _, how = self._cuts.pop(0)
                self.done.append(how)
                return how
        return None

    def _cut(self, client: socket.socket, server: socket.socket, how: str) -> None:
        if how == SILENCE:
            self._forgotten.append(server)
            _reset(client)
        elif how == RESET:
            _reset(server)
            _reset(client)
        else:
            _end(server)
            _end(client)


def _reset(end: socket.socket) -> None:
    """Close with a reset, also while another thread waits on it."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RD)
    end.close()


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def cutting(server_port: int, cuts: Sequence[tuple[int, str]]) -> Iterator[Cutter]:
    """A broken network in front of a server for the length of the block."""
    cutter = Cutter(server_port, cuts)
    try:
        yield cutter
    finally:
        cutter.close()
