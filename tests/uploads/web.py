"""The real service behind a real gunicorn, for files that are sent over sockets."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


@dataclass
class Web:
    """A web service on a media folder of its own; it can be killed and started again."""

    media: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def sources(self) -> Path:
        return self.media / "sources"

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/uploads"

    def start(self) -> None:
        """Start it and wait until it answers."""
        # A port that nobody listens on: uploads need no broker.
        told = {"MEDIA_BASE_PATH": str(self.media), "REDIS_URL": "redis://127.0.0.1:1/0"}
        with (self.media / "web.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn"),
                    *("--config", "python:export_service.gunicorn"),
                    *("--bind", f"127.0.0.1:{self.port}"),
                ],
                cwd=ROOT,
                env=os.environ | told | self.settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, (self.media / "web.log").read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """End all of it at once, as a power cut would."""
        processes = self.processes()
        for pid in processes:
            os.kill(pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()
        self._process = None
        while any(Path(f"/proc/{pid}").exists() for pid in processes):
            time.sleep(0.01)

    def processes(self) -> list[int]:
        """The master and its web processes."""
        assert self._process is not None
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def peak_bytes(self) -> int:
        """The most memory that any of its processes has had."""
        return max(_peak_bytes(pid) for pid in self.processes())

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def _answers(self) -> bool:
        connection = self.connect()
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def serving(media: Path, **settings: str) -> Iterator[Web]:
    """A service for the length of the block."""
    media.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    web = Web(media, port, settings)
    web.start()
    try:
        yield web
    finally:
        web.kill()


def _peak_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024
