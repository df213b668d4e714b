"""The containers for real: `make compose-test`, where there is a Docker engine.

Builds the images, brings up redis, web, two workers, Flower and nginx, sends three cameras in by
tus, and exports a programme of them: whole, while a worker is killed, and while redis is started
anew. Every frame is checked each time, the file comes through nginx by ranges, and containers must
be nobody's root and write nowhere but on their volumes. A COMPOSE_OVERRIDE file is used besides.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from export_service.demo import CAMERAS, RATE, export_config, make_cameras, programme
from export_service.demo_check import check
from tests.worker.house import ROOT, free_port, until

PATIENCE_SECONDS = 600
WORKERS = 2
TUS = {"Tus-Resumable": "1.0.0"}
#: Of what every run needs, the first that is missing is named.
PROGRAMS = (("docker", "version"), ("docker", "compose", "version"))


class Boxes:
    """One compose project on free ports."""

    def __init__(self, folder: Path, console: Console) -> None:
        self._folder = folder
        self._console = console
        self._project = f"export-test-{os.getpid()}"
        self.port = free_port()
        settings = {
            "REDIS_PASSWORD": secrets.token_urlsafe(24),
            "FLOWER_BASIC_AUTH": f"operator:{secrets.token_urlsafe(24)}",
            "EXPORT_SENDFILE": "x-accel",
            "WEB_PORT": str(free_port()),
            "FLOWER_PORT": str(free_port()),
            "NGINX_PORT": str(self.port),
        }
        self._env = folder / "compose.env"
        self._env.write_text("".join(f"{name}={text}\n" for name, text in settings.items()))

    def compose(self, *arguments: str) -> str:
        """What `docker compose` says to this; its own words on stderr."""
        files = ["-f", str(ROOT / "docker-compose.yml")]
        if override := os.environ.get("COMPOSE_OVERRIDE"):
            files += ["-f", override]
        base = ["docker", "compose", "-p", self._project, "--env-file", str(self._env), *files]
        self._console.print(f"$ docker compose {' '.join(arguments)}", markup=False)
        return _said([*base, "--profile", "nginx", *arguments])

    def up(self) -> None:
        """Bring everything up and wait until it is healthy."""
        self.compose("up", "-d", "--build", "--wait", "--scale", f"worker={WORKERS}")

    def containers(self) -> list[dict[str, Any]]:
        """What the engine knows of each container."""
        ids = self.compose("ps", "--all", "--quiet").split()
        known: list[dict[str, Any]] = json.loads(_said(["docker", "inspect", *ids]))
        return known

    def down(self) -> None:
        """Take everything away, volumes too."""
        self.compose("down", "--volumes", "--timeout", "5")


def _said(argv: Sequence[str]) -> str:
    return subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True).stdout


@contextmanager
def boxes(console: Console) -> Iterator[tuple[Boxes, Path]]:
    """The containers, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="compose-test-"))
    made = Boxes(folder, console)
    try:
        made.up()
        yield made, folder
    except BaseException:
        made.compose("logs", "--tail", "40", "web", "worker", "nginx")
        raise
    finally:
        made.down()
        shutil.rmtree(folder, ignore_errors=True)


def send(http: httpx.Client, file: Path) -> None:
    """Send a camera file in by tus."""
    name = base64.b64encode(file.name.encode()).decode()
    size = file.stat().st_size
    begun = http.post(
        "/api/uploads",
        headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {name}"},
    ).raise_for_status()
    place = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    sent = http.patch(begun.headers["Location"], headers=place, content=file.read_bytes())
    assert sent.raise_for_status().headers["Upload-Offset"] == str(size)


def export(
    http: httpx.Client, job_id: str, folder: Path, disturb: Callable[[], object] | None = None
) -> Path:
    """Export the programme, with something happening in its middle, and fetch it by ranges."""
    config = export_config(job_id, programme())
    # Long enough to be disturbed.
    config["output"] |= {"quality": "very_high", "width": 1920, "height": 1080}
    http.post("/api/export", json=config).raise_for_status()

    def state() -> dict[str, Any]:
        for _ in range(60):
            try:
                answer = http.get(f"/api/export/{job_id}/status")
                if answer.status_code == httpx.codes.OK:
                    return dict(answer.json())
            except httpx.TransportError:
                pass
            time.sleep(1)
        raise TimeoutError(job_id)

    if disturb is not None:
        until(lambda: state()["progress"] > 0.1, PATIENCE_SECONDS)
        disturb()
    until(lambda: state()["status"] in {"completed", "failed"}, PATIENCE_SECONDS)
    final = state()
    assert final["status"] == "completed", final
    file = folder / f"{job_id}.mp4"
    file.write_bytes(b"".join(ranges(http, final["downloadUrl"])))
    verdict = check(file, programme(), RATE)
    assert verdict.is_right, str(verdict)
    return file


def ranges(http: httpx.Client, url: str) -> Iterator[bytes]:
    """The file in three parts, as nginx sends them."""
    facts = http.head(url).raise_for_status()
    size = int(facts.headers["Content-Length"])
    assert facts.headers["Server"] == "nginx"
    marks = [0, size // 3, size // 2, size]
    for start, end in pairwise(marks):
        part = http.get(url, headers={"Range": f"bytes={start}-{end - 1}"})
        assert part.status_code == httpx.codes.PARTIAL_CONTENT, part.status_code
        assert len(part.content) == end - start
        yield part.content


def judge(known: list[dict[str, Any]], console: Console) -> None:
    """Hold what the engine says of each container."""
    for container in known:
        name = container["Config"]["Labels"]["com.docker.compose.service"]
        health = container["State"].get("Health", {}).get("Status", "none")
        user, read_only = container["Config"]["User"], container["HostConfig"]["ReadonlyRootfs"]
        console.print(f"{name}: {health}, user {user}, read-only {read_only}")
        assert health == "healthy", name
        assert user.partition(":")[0] not in ("", "0", "root"), name
        assert read_only, name
        assert container["HostConfig"]["CapDrop"] == ["ALL"], name


def main() -> int:
    """Run it all; the exit code."""
    console = Console(highlight=False, soft_wrap=True)
    for program in PROGRAMS:
        if (
            shutil.which(program[0]) is None
            or subprocess.run(program, capture_output=True, check=False).returncode
        ):
            console.print(f"compose-test: `{' '.join(program)}` does not work here")
            return 2
    with boxes(console) as (project, folder):
        judge(project.containers(), console)
        make_cameras(folder / "sources", console)
        url = f"http://127.0.0.1:{project.port}"
        with httpx.Client(base_url=url, timeout=120, trust_env=False) as http:
            for name in CAMERAS:
                send(http, folder / "sources" / name)
            console.print("exporting")
            export(http, "plain", folder)
            console.print("exporting while a worker is killed")

            def kill() -> None:
                project.compose("kill", "-s", "KILL", "worker")
                project.up()

            export(http, "killed", folder, kill)
            console.print("exporting while redis is started anew")
            export(http, "restarted", folder, lambda: project.compose("restart", "redis"))
            judge(project.containers(), console)
        sizes = _said(["docker", "images", "--format", "{{.Repository}}:{{.Tag}} {{.Size}}"])
        console.print("\n".join(line for line in sizes.splitlines() if "multicam" in line))
    console.print("compose-test: as it should be", style="green")
    return 0


if __name__ == "__main__":
    sys.exit(main())
