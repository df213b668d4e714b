"""Finds out when the stack is ready, without making its supervisor wait."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading

from export_service.stack_parts import HOST


class ReadyWatch:
    """Asks /readyz again and again, beside the supervisor, until it answers 200."""

    def __init__(self, port: int) -> None:
        self.missing = "the web process does not answer"
        self._ready = threading.Event()
        self._stopped = threading.Event()
        self._port = port
        threading.Thread(target=self._watch, name="ready-watch", daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether the stack was ready once."""
        return self._ready.is_set()

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(0.1):
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, body = self._ask()
                if status == 200:
                    self._ready.set()
                    return
                self.missing = body

    def _ask(self) -> tuple[int, str]:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            body = answer.read(4096).decode(errors="replace")
        finally:
            connection.close()
        with contextlib.suppress(ValueError, AttributeError):
            body = json.loads(body).get("error", body)
        return answer.status, f"{answer.status} {body}"
