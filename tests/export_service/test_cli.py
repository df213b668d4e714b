"""`export-service render`, `status`, `report`, as a person at a terminal meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from config_schema.config import parse_config
from export_service.cli import main
from tests.engine.harness import config_of
from tests.media.footage import Source, place, tiny
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.stack.processes import descendants
from tests.worker.house import until
from worker.client import ExportClient
from worker.settings import WorkerSettings

CUTS = [(0, 0, 1.5), (1, 1.5, 2.04), (0, 2.04, 3)]


@pytest.fixture(scope="module")
def cameras() -> list[Source]:
    return [tiny(1, Fraction(60), Fraction(30)), tiny(2, Fraction(60), Fraction(25))]


@pytest.fixture
def media(tmp_path: Path, cameras: list[Source]) -> Path:
    place(tmp_path / "media" / "sources", *cameras)
    return tmp_path / "media"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run_apart(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own, since rendering takes over the signals of its process."""
    return subprocess.run(
        [sys.executable, "-m", "export_service.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def write(path: Path, config: dict[str, Any]) -> Path:
    path.write_text(json.dumps(config))
    return path


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_render_makes_the_programme_and_its_proof_and_leaves_nothing_else(
    media: Path, cameras: list[Source], tmp_path: Path
) -> None:
    config = config_of(cameras, CUTS, codec="h264", fps=30)
    before = left_in(tmp_path)
    done = run_apart(
        *("render", write(tmp_path / "c.json", config), "-o", tmp_path / "out.mp4"),
        *("--media", media, "--report", tmp_path / "report.json"),
    )
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'out.mp4'}\n"), done.stderr
    assert "rendering" in done.stderr
    assert left_in(tmp_path) - before == {"c.json", "out.mp4", "report.json"}
    assert_exact(tmp_path / "out.mp4", expect(config, [camera.known for camera in cameras]))
    assert json.loads((tmp_path / "report.json").read_text())


def test_a_bad_config_exits_with_2_and_lists_every_fault(media: Path, tmp_path: Path) -> None:
    bad = config_of([], [(0, 5, 4)], codec="h266") | {"version": 2}
    done = run_apart(
        *("render", write(tmp_path / "c.json", bad), "-o", tmp_path / "out.mp4", "--media", media)
    )
    assert done.returncode == 2
    assert done.stdout == ""
    places = {line.split(":")[0] for line in done.stderr.splitlines()}
    assert places >= {"version", "sources", "segments[0].endTime", "output.codec"}
    assert left_in(tmp_path) == {"c.json", "media"}


def test_sources_that_are_not_there_are_faults_of_the_config(
    media: Path, cameras: list[Source], tmp_path: Path
) -> None:
    config = config_of(cameras, CUTS)
    config["sources"][0]["filePath"] = "lost.mp4"
    config["sources"][1]["filePath"] = "other.mp4"
    done = run_apart(
        *("render", write(tmp_path / "c.json", config), "-o", tmp_path / "o.mp4", "--media", media)
    )
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first.startswith("sources[0].filePath: ")
    assert second.startswith("sources[1].filePath: ")


def test_a_source_that_is_no_video_exits_with_1_and_names_it(
    media: Path, cameras: list[Source], tmp_path: Path
) -> None:
    config = config_of(cameras, CUTS)
    (media / "sources" / cameras[1].name).write_bytes(bytes(range(256)) * 64)
    done = run_apart(
        *("render", write(tmp_path / "c.json", config), "-o", tmp_path / "o.mp4", "--media", media)
    )
    assert done.returncode == 1
    assert cameras[1].name in done.stderr.splitlines()[-1]
    assert left_in(tmp_path) == {"c.json", "media"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_render_ends_ffmpeg_and_leaves_nothing(
    number: int, media: Path, cameras: list[Source], tmp_path: Path
) -> None:
    long = [(n % 2, n * 2.0, n * 2.0 + 2) for n in range(30)]
    config = config_of(cameras, long, codec="h264", width=1920, height=1080, quality="very_high")
    render = subprocess.Popen(
        [
            *(sys.executable, "-m", "export_service.cli", "render"),
            *(write(tmp_path / "c.json", config), "-o", tmp_path / "o.mp4", "--media", media),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(lambda: descendants(render.pid, of="ffmpeg"), 30)
        again = run_apart(
            *("render", tmp_path / "c.json", "-o", tmp_path / "o.mp4", "--media", media)
        )
        assert again.returncode == 1
        assert "is being rendered already" in again.stderr
        everything = descendants(render.pid)
        render.send_signal(number)
        _, said = render.communicate(timeout=10)
    finally:
        render.kill()
        render.communicate()
    assert render.returncode == 130
    assert said.splitlines()[-1] == "export-service: cancelled, nothing is left behind"
    assert left_in(tmp_path) == {"c.json", "media"}
    assert not [pid for pid in everything if Path(f"/proc/{pid}").exists()]


def test_an_output_folder_that_cannot_be_written_is_told_in_one_line(
    media: Path, cameras: list[Source], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    config = write(tmp_path / "c.json", config_of(cameras, CUTS))
    done = run_apart("render", config, "-o", tmp_path / "file" / "o.mp4", "--media", media)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"export-service: {tmp_path / 'file'} cannot be written: Not a directory"
    ]


def test_a_wrong_setting_is_one_clear_line(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORT_THREADS", "many")
    for command in (("up", "--port", "0"), ("status", "x"), ("report", "x")):
        done = run(*command, "--media", media)
        assert done.exit_code == 1
        [line] = done.stderr.splitlines()
        assert line.startswith("export-service: EXPORT_THREADS: ")


def test_status_and_report_speak_of_jobs_on_the_volume(
    media: Path, cameras: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    client = ExportClient(WorkerSettings(media_base_path=media))
    client.submit(parse_config(json.dumps(config_of(cameras, CUTS)).encode()))
    assert run("status", "a-programme", "--media", media).stdout == "a-programme: pending, 0%\n"
    told = json.loads(run("status", "a-programme", "--media", media, "--json").stdout)
    assert told["jobId"] == "a-programme"
    assert run("report", "a-programme", "--media", media).exit_code == 2
    unknown = run("status", "nobody", "--media", media)
    assert unknown.exit_code == 2
    assert unknown.stderr.startswith("export-service: ")


def test_help_names_every_command() -> None:
    told = run("--help").stdout
    assert {"up", "demo", "render", "status", "report"} <= {
        line.split()[0] for line in told.split("Commands:")[1].splitlines() if line
    }
    assert os.linesep in run("render", "-h").stdout
