"""The real stack, from `export-service up` to the last frame: nothing in here is a stand-in."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
import pytest

from export_service.stack import RunningStack
from tests.engine.harness import config_of
from tests.media.footage import Source, place, tiny
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.stack.processes import descendants, is_alive
from tests.worker.house import until

#: Names as people give them.
FOLDER = 'my "media" folder'
CUTS = [(0, 0, 2.5), (1, 2.5, 4.04), (2, 4.04, 7.733333), (0, 7.733333, 9), (2, -0.5, 1)]
#: Many seconds of encoding on any machine, so that there is something to interrupt.
LONG = [(n % 3, n * 2.0, n * 2.0 + 2) for n in range(30)]
HD = {"codec": "h264", "width": 1920, "height": 1080, "quality": "very_high"}


@pytest.fixture(scope="module")
def cameras() -> list[Source]:
    return [tiny(n, Fraction(60), Fraction(rate)) for n, rate in ((1, 30), (2, 25), (3, 30))]


def make_media(folder: Path, cameras: list[Source]) -> Path:
    place(folder / "sources", *cameras)
    return folder


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory, cameras: list[Source]) -> Path:
    return make_media(tmp_path_factory.mktemp("stack") / FOLDER, cameras)


@pytest.fixture(scope="module")
def stack(media: Path) -> Iterator[RunningStack]:
    with RunningStack(media, media.parent / "up.log") as running:
        yield running
    assert not descendants(os.getpid(), of="celery") + descendants(os.getpid(), of="gunicorn")


@pytest.fixture
def http(stack: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.url, timeout=20, trust_env=False) as client:
        yield client


def status_of(http: httpx.Client, job_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = http.get(f"/api/export/{job_id}/status").raise_for_status().json()
    return answer


def is_rendering(http: httpx.Client, job_id: str) -> bool:
    state = status_of(http, job_id)
    assert state["status"] in {"pending", "processing"}, state
    return bool(state["stage"] == "rendering" and state["progress"] > 0.02)


def test_the_buttons_calls_give_the_programme_that_was_asked_for(
    http: httpx.Client, cameras: list[Source], tmp_path: Path
) -> None:
    config = config_of(cameras, CUTS, codec="h264", width=192, height=108, fps=30)
    config |= {"id": "export-1", "projectName": "Folge 12: “Käse”"}
    accepted = http.post("/api/export", json=config)
    assert (accepted.status_code, accepted.json()["jobId"]) == (202, "export-1")
    progress = [0.0]

    def is_over() -> dict[str, Any] | None:
        state = status_of(http, "export-1")
        progress.append(state["progress"])
        return state if state["status"] in {"completed", "failed"} else None

    final = until(is_over, 60)
    assert final is not None
    assert (final["status"], final["progress"], final["error"]) == ("completed", 1, None)
    assert progress == sorted(progress)
    fetched = http.get("/api/export/export-1/download")
    assert fetched.status_code == 200
    assert "filename*=UTF-8''Folge%2012" in fetched.headers["Content-Disposition"]
    file = tmp_path / "fetched.mp4"
    file.write_bytes(fetched.content)
    assert_exact(file, expect(config, [camera.known for camera in cameras]))
    assert http.post("/api/export", json=config).status_code == 200


def test_what_was_made_is_measured_and_told_in_one_line(
    http: httpx.Client, cameras: list[Source], media: Path
) -> None:
    def frames() -> Counter[str]:
        """The frames of all programmes so far, by the way they were made."""
        told = re.findall(r'^export_frames_total\{way="(\w+)"\} (\S+)$', scrape(), re.MULTILINE)
        return Counter({way: int(float(count)) for way, count in told})

    def scrape() -> str:
        return http.get("/metrics").raise_for_status().text

    before = frames()
    config = config_of(cameras, CUTS, codec="copy") | {"id": "measured"}
    assert http.post("/api/export", json=config).status_code == 202
    until(lambda: status_of(http, "measured")["status"] == "completed", 60)
    totals = http.get("/api/export/measured/report").json()["totals"]
    made = Counter(copied=totals["copiedFrames"], converted=totals["convertedFrames"])
    assert made["converted"]
    # The state is written before the count.
    until(lambda: frames() == before + made)
    assert "\nexport_workers 1.0\n" in scrape()
    log = media.parent / "up.log"
    until(lambda: "export measured completed" in log.read_text())
    (line,) = [line for line in log.read_text().splitlines() if "export measured completed" in line]
    assert line.startswith("worker-1")
    assert f"convertedFrames={made['converted']} " in line


def test_cancel_ends_ffmpeg_and_frees_the_id(
    stack: RunningStack, http: httpx.Client, cameras: list[Source], media: Path
) -> None:
    config = config_of(cameras, LONG, **HD) | {"id": "export-2"}
    assert http.post("/api/export", json=config).status_code == 202
    until(lambda: is_rendering(http, "export-2"), 60)
    assert descendants(stack.pid, of="ffmpeg")
    cancelled = http.delete("/api/export/export-2")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    until(lambda: not descendants(stack.pid, of="ffmpeg"), 2)
    until(lambda: not (media / "exports" / "export-2").exists(), 2)
    assert status_of(http, "export-2")["status"] == "cancelled"
    assert http.get("/api/export/export-2/download").status_code == 409
    again = config_of(cameras, CUTS[:2], codec="h264") | {"id": "export-2"}
    assert http.post("/api/export", json=again).status_code == 202
    until(lambda: status_of(http, "export-2")["status"] == "completed", 60)


def test_flower_and_celery_speak_of_the_same_job(stack: RunningStack, media: Path) -> None:
    assert descendants(stack.pid, of="flower")
    environment = media / ".stack" / "environment"
    assert environment.stat().st_mode & 0o777 == 0o600
    commands = f"exec {shlex.quote(sys.executable)} -m celery -A worker exports list --json"
    told = subprocess.run(
        ["sh", "-c", f". {shlex.quote(str(environment))}; {commands}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=media,
    )
    assert '"export-1"' in told.stdout


def test_flower_is_only_for_who_knows_the_password_in_the_stacks_folder(
    stack: RunningStack, media: Path
) -> None:
    log = (media.parent / "up.log").read_text()
    [(url, file)] = re.findall(r"Flower is at (\S+), its name:password in (.*)", log)
    assert Path(file).stat().st_mode & 0o777 == 0o600
    name, password = Path(file).read_text().strip().split(":")
    with httpx.Client(base_url=url, timeout=20, trust_env=False) as flower:
        for page in ("/", "/tasks", "/task/export-1", "/api/tasks"):
            assert flower.get(page).status_code == 401, page
            assert flower.get(page, auth=(name, "guessed")).status_code == 401, page
        columns = flower.get("/tasks", auth=(name, password)).text
        told = flower.get("/api/tasks", auth=(name, password)).json()
    assert 'data-column="result"' in columns
    assert told["export-1"]["state"] == "SUCCESS"
    assert "completed" in told["export-1"]["result"]
    for pid in descendants(stack.pid):
        assert password not in Path(f"/proc/{pid}/cmdline").read_text()


def test_a_second_start_on_the_folder_says_where_the_first_one_is(
    stack: RunningStack, media: Path
) -> None:
    second = subprocess.run(
        [*(sys.executable, "-m", "export_service.cli", "up", "--port", "0"), "--media", media],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert second.returncode == 1
    assert second.stdout == ""
    [line] = second.stderr.splitlines()
    assert f"already runs on {media}" in line
    assert stack.url in line


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_everything_ends_with_the_parent_in_mid_render_and_goes_on_with_the_next(
    number: int, cameras: list[Source], tmp_path: Path
) -> None:
    media = make_media(tmp_path / FOLDER, cameras)
    config = config_of(cameras, LONG, **HD) | {"id": "export-3"}
    with RunningStack(media, tmp_path / "up.log") as stack:
        with httpx.Client(base_url=stack.url, timeout=20, trust_env=False) as http:
            assert http.post("/api/export", json=config).status_code == 202
            until(lambda: is_rendering(http, "export-3"), 60)
        everything = descendants(stack.pid)
        assert len(everything) >= 9, "shimmed parts, pool, web processes and FFmpeg"
        os.kill(stack.pid, number)
        until(lambda: not [pid for pid in everything if is_alive(pid)], 8)
    with RunningStack(media, tmp_path / "up.log") as stack:
        with httpx.Client(base_url=stack.url, timeout=20, trust_env=False) as http:
            until(lambda: is_rendering(http, "export-3"), 60)
            assert http.delete("/api/export/export-3").status_code == 200
        everything = descendants(stack.pid)
    until(lambda: not [pid for pid in everything if is_alive(pid)], 2)
