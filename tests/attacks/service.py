"""The service from its door to its engine, without a broker: POST, one try of a worker, status."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from export_service import create_app
from export_service.settings import WebSettings
from tests.attacks.hostile import SECRET_WORDS, Counter, Place, film_shows_secret
from tests.export_service.checked_client import CheckedClient
from tests.worker.fakes import PlainBoard
from worker.jobs.run import run_job
from worker.jobs.store import JobStore
from worker.settings import WorkerSettings
from worker.tasks import Renderer

CAMERA = "Camera of the attacker"


@dataclass
class Service:
    """Exports over the media folder of a place."""

    place: Place
    renderer: Renderer
    numbers: int = 0
    said: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            broker = f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"
        app = create_app(WebSettings(media_base_path=self.place.base, redis_url=broker))
        app.test_client_class = CheckedClient
        self.web = app.test_client()
        self.store = JobStore(self.place.base / "exports")

    def config(self, file_path: str, **changes: Any) -> dict[str, Any]:
        """A second of one source, with some fields changed."""
        self.numbers += 1
        return {
            "version": 1,
            "id": f"attack-{self.numbers}",
            "projectId": "p",
            "projectName": "An attack",
            "createdAt": "2026-11-22T19:41:41.256Z",
            "sources": [{"id": "a", "name": CAMERA, "filePath": file_path}],
            "segments": [{"sourceIndex": 0, "startTime": 0, "endTime": 1}],
            "output": {"filePath": "out.mp4", "codec": "h264"},
        } | changes

    def post(self, config: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The answer to a POST: its status and what it says."""
        answer = self.web.post("/api/export", json=config)
        self.said.append(answer.data)
        found: dict[str, Any] = answer.get_json()
        return answer.status_code, found

    def make(self, config: dict[str, Any]) -> dict[str, Any]:
        """The status of an export that was taken, after one try at it."""
        code, answer = self.post(config)
        assert code == 202, answer
        return self.resume(config)

    def resume(self, config: dict[str, Any]) -> dict[str, Any]:
        """The status after a try at an export that is there."""
        run_job(config["id"], self.store, self.renderer, PlainBoard())
        status = self.web.get(f"/api/export/{config['id']}/status")
        self.said.append(status.data)
        log = self.store.exports / config["id"] / "job.log"
        self.said.append(log.read_bytes())
        found: dict[str, Any] = status.get_json()
        return found

    def film(self, config: dict[str, Any]) -> Path:
        """Where the programme lies that was made."""
        path: Path = self.store.exports / config["id"] / "output.mp4"
        return path

    def assert_nothing_leaked(self, config: dict[str, Any]) -> None:
        """Neither the secret's words nor its colour are anywhere, and nobody was called."""
        assert SECRET_WORDS.encode() not in b"".join(self.said)
        assert not Counter.calls
        folder = self.store.exports / config["id"]
        for path in folder.rglob("*") if folder.exists() else ():
            if path.is_file():
                assert SECRET_WORDS.encode() not in path.read_bytes()
        if self.film(config).exists():
            assert not film_shows_secret(self.film(config))

    def assert_fails_by_name(self, config: dict[str, Any], code: str = "source_unreadable") -> None:
        """The export fails at once, with a sentence that names the source, and nothing leaks."""
        found = self.make(config)
        assert (found["status"], found["errorCode"]) == ("failed", code), found
        assert CAMERA in found["error"]
        assert found["attempt"] == 1
        assert not self.film(config).exists()
        self.assert_nothing_leaked(config)


def renderer_for(base: Path, **settings: Any) -> Renderer:
    """The worker's own, quick about pictures that nobody looks at for their beauty."""
    quick = {"preset": "ultrafast", "nice": 0, "stall_seconds": 20}
    return Renderer(WorkerSettings(media_base_path=base, **quick, **settings))
