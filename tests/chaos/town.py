"""The whole service on this machine, whose parts are started again whenever one of them dies."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config_schema.status import JobStatus
from tests.media.oracle import Expected
from tests.media.verify import assert_exact
from tests.worker.house import Broker, House, free_port, until, worker_command

#: So long a client goes on asking a service that is not there.
_PATIENCE_SECONDS = 60.0


@dataclass
class Part:
    """One process that is to be there always, and how often it was started."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    births: int = 0


class Town(House):
    """Broker, web and workers; `keep` has to be called again and again."""

    def __init__(
        self,
        folder: Path,
        workers: int,
        app: str = "worker",
        web: str = "export_service",
        **settings: str,
    ) -> None:
        self.tmp = folder / "tmp"
        self.tmp.mkdir(parents=True)
        self.port = free_port()
        self._settings = {"TMPDIR": str(self.tmp), **settings}
        super().__init__(folder, Broker(folder / "broker"))
        self.parts = [
            Part("web", lambda: self.spawn(*web_command(self.port, web))),
        ]
        for number in range(workers):
            self.add_worker(f"w{number}", app)

    def add_worker(self, name: str, app: str, **environment: str) -> None:
        """One more worker, which `keep` starts; its variables come before the town's."""
        argv = worker_command(app, name)
        self.parts.append(Part(name, lambda: self.spawn(*argv, **environment)))

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | self._settings

    def open(self) -> None:
        """Start everything, and wait until it answers."""
        self.broker.start()
        self.keep()
        until(self._answers, 30)
        until(lambda: all(self.is_up(part.process) for part in self._workers() if part.process))

    def keep(self) -> None:
        """Start again what has died."""
        if self.broker.process is None or self.broker.process.poll() is not None:
            # It may have died again before it answered.
            with suppress(AssertionError):
                self.broker.start()
        for part in self.parts:
            if part.process is None or part.process.poll() is not None:
                part.process = part.start()
                part.births += 1

    def kill_all(self) -> None:
        """Everything at once, as when the power goes; the disk stays."""
        for part in self.parts:
            if part.process is not None:
                with suppress(ProcessLookupError):
                    os.killpg(part.process.pid, signal.SIGKILL)
                part.process.wait()
        self.broker.stop()

    def end(self, seconds: float = 15.0) -> list[str]:
        """Ask all parts to end; what did not."""
        for part in self.parts:
            if part.process is not None:
                part.process.terminate()
        late = []
        deadline = time.monotonic() + seconds
        for part in self.parts:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                late.append(f"{part.name} does not end")
            self.workers.append(part.process)
        self.parts.clear()
        return late

    def close(self) -> None:
        self.end(0)
        super().close()
        self.broker.stop()

    def process_of(self, name: str) -> subprocess.Popen[bytes]:
        """The process of the part called so."""
        process = next(part.process for part in self.parts if part.name == name)
        assert process is not None
        return process

    def _workers(self) -> list[Part]:
        return [part for part in self.parts if part.name != "web"]

    # --- what a client sees

    def _answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.ask("GET", "/healthz")[0] == 200
        return False

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """One request: its status and its JSON; OSError or HTTPException while nobody answers."""
        with self._connected() as link:
            data = None if body is None else json.dumps(body).encode()
            link.request(method, path, data, {"Content-Type": "application/json"})
            answer = link.getresponse()
            return answer.status, json.loads(answer.read() or b"null")

    @contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            yield link
        finally:
            link.close()

    def insist(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """The same request until somebody answers, as a good client does."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return self.ask(method, path, body)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
            self.keep()
            time.sleep(0.1)

    def fault_of(self, job_id: str, expected: Expected) -> str:
        """What is wrong with a job that ought to be complete and exact; nothing is good."""
        view = self.client.status(job_id)
        if view.status != "completed":
            log = "\n".join(line[:160] for line in self.job_log(job_id).splitlines()[-6:])
            return f"{job_id} is {view.status}: {view.error or view.stage}\n{log}"
        try:
            assert_exact(self.client.output(job_id).path, expected)
        except AssertionError as wrong:
            return f"{job_id}: {wrong}"
        return ""

    def is_over(self, job_id: str) -> bool:
        """Whether the job has ended, whatever came of it."""
        return JobStatus(self.status(job_id)).is_final


def web_command(port: int, module: str) -> tuple[str, ...]:
    """How the web process is started."""
    argv = (sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn")
    return (*argv, "--workers", "1", "--bind", f"127.0.0.1:{port}", f"{module}:create_app()")
