"""A line to the broker that can be cut: nothing is refused, nothing arrives any more."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress


class Link:
    """Passes on what comes to `port`, on loopback, to another port, while it is whole.

    While it is cut, what was sent lies in the kernel as on a cable that was pulled: no end of file,
    no reset. Whole again it arrives.
    """

    def __init__(self, to: int) -> None:
        self._to = to
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._whole = threading.Event()
        self._whole.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Let nothing through from now on."""
        self._whole.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self._whole.set()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._server.accept()
                threading.Thread(target=self._pass_on, args=(here,), daemon=True).start()

    def _pass_on(self, here: socket.socket) -> None:
        with here, suppress(OSError):
            self._whole.wait()
            with (
                socket.create_connection(("127.0.0.1", self._to)) as there,
                selectors.DefaultSelector() as selector,
            ):
                selector.register(here, selectors.EVENT_READ, there)
                selector.register(there, selectors.EVENT_READ, here)
                while True:
                    for key, _ in selector.select():
                        self._whole.wait()
                        data = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                        if not data:
                            return
                        key.data.sendall(data)
