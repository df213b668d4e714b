"""No process of an export reads or encodes media outside its walls."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.hostile import Place, colour_film
from tests.attacks.service import Service, renderer_for
from worker import tasks
from worker.ffmpeg import start
from worker.ffmpeg.sandbox import kernel
from worker.ffmpeg.sandbox.walls import Cell, Keeping, Walls
from worker.ffmpeg.start import Command, start_child
from worker.settings import WorkerSettings

Started = list[tuple[Sequence[str], Cell, Walls | None]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What was started, with which cell and which walls."""
    seen: Started = []
    walls = start._walls

    @contextmanager
    def noted(command: Command, keeping: Keeping, program: str | None) -> Iterator[Walls | None]:
        with walls(command, keeping, program) as around:
            seen.append((command.argv, command.cell, around))
            yield around

    monkeypatch.setattr(start, "_walls", noted)
    return seen


@pytest.mark.parametrize("codec", ["h264", "copy"])
def test_every_process_of_an_export_is_walled_in(
    codec: str, place: Place, service: Service, started: Started
) -> None:
    colour_film(place.sources / "cam.mp4", (200, 120, 20))
    config = service.config("cam.mp4", output={"filePath": "x", "codec": codec})
    assert service.make(config)["status"] == "completed"
    verbs = {argv[4] if "-m" in argv[:4] else "ffmpeg" for argv, _, _ in started}
    assert verbs >= {"probe", "sound", "assemble", "verify", "prove", "ffmpeg"}
    own = service.store.exports / config["id"] / "work"
    for argv, cell, around in started:
        assert around is not None, argv
        assert around.ruleset is not None
        assert around.filters
        assert all(path.is_relative_to(own) for path in (*cell.reads, *cell.writes))
        assert all(path.name.startswith("run-") for path in cell.writes)


def test_an_encoder_that_was_taken_over_reaches_nothing(place: Place, tmp_path: Path) -> None:
    """As if FFmpeg itself did an attacker's bidding: every way it has to read and to call."""
    own = tmp_path / "own"
    own.mkdir()
    for name in (
        *(str(place.movie), f"concat:{place.film}", f"subfile,,start,0,end,999,,:{place.movie}"),
        *(f"{place.url}/film.mp4", "/etc/passwd", "/proc/self/environ", str(place.words)),
    ):
        assert taken_over(name, own, confined=True) is None
    assert taken_over(str(place.movie), own, confined=False)
    assert taken_over(f"{place.url}/film.mp4", own, confined=False)
    # Nor does it leave anything elsewhere.
    argv = (*ENCODER, "-f", "lavfi", "-i", "color=s=64x64:d=1", "-y", f"file:{tmp_path}/out.mp4")
    ended(argv, own, confined=True)
    assert not (tmp_path / "out.mp4").exists()
    ended(argv, own, confined=False)
    assert (tmp_path / "out.mp4").exists()


ENCODER = (WorkerSettings().ffmpeg_path(), "-nostdin", "-v", "error")


def taken_over(name: str, own: Path, *, confined: bool) -> bytes | None:
    """What FFmpeg copies of `name` into its folder, or None."""
    made = own / "stolen.mp4"
    made.unlink(missing_ok=True)
    ended((*ENCODER, "-i", name, "-c", "copy", "-y", f"file:{made}"), own, confined=confined)
    return (made.read_bytes() or None) if made.exists() else None


def ended(argv: tuple[str, ...], own: Path, *, confined: bool) -> None:
    command = Command(argv, cell=Cell(writes=(own,)))
    child = start_child(command, Keeping(nice=0, confined=confined), (), None)
    assert isinstance(child, subprocess.Popen)
    child.communicate()


def test_a_worker_says_how_it_is_walled_in_and_refuses_when_told_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: dict[str, Callable[..., None]] = {}
    for name in ("celeryd_init", "celeryd_after_setup"):

        class Signal:
            def connect(self, receiver: Callable[..., None], *, name: str = name, **_: Any) -> None:
                told[name] = receiver

        monkeypatch.setattr(tasks, name, Signal())
    tasks._tell_of_walls(WorkerSettings(media_base_path=tmp_path, require_sandbox=True))
    with caplog.at_level("INFO"):
        told["celeryd_init"]()
        told["celeryd_after_setup"]()
    assert "walled in by Landlock" in caplog.text
    monkeypatch.setattr(kernel, "landlock_version", lambda: 0)
    with pytest.raises(SystemExit, match=r"error: EXPORT_REQUIRE_SANDBOX.*Landlock"):
        told["celeryd_init"]()
    tasks._tell_of_walls(WorkerSettings(media_base_path=tmp_path))
    told["celeryd_init"]()
    told["celeryd_after_setup"]()
    assert "NOT WALLED IN" in caplog.text
    assert caplog.records[-1].levelname == "WARNING"


def test_a_render_by_hand_refuses_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from export_service.cli import main

    monkeypatch.setattr(kernel, "landlock_version", lambda: 0)
    monkeypatch.setenv("EXPORT_REQUIRE_SANDBOX", "1")
    (tmp_path / "c.json").write_text("{}")
    argv = ["render", str(tmp_path / "c.json"), "-o", str(tmp_path / "o.mp4"), "--media", "x"]
    with pytest.raises(SystemExit) as ended:
        main(argv, standalone_mode=False)
    assert ended.value.code == 1
    assert "EXPORT_REQUIRE_SANDBOX" in capsys.readouterr().err
    monkeypatch.delenv("EXPORT_REQUIRE_SANDBOX")
    with pytest.raises(SystemExit) as ended:
        main(argv, standalone_mode=False)
    assert ended.value.code == 2
    assert "NOT WALLED IN" in capsys.readouterr().err


def test_only_tests_ask_for_no_walls() -> None:
    root = Path(__file__).parents[2]
    for package in ("worker", "export_service"):
        for path in (root / package).rglob("*.py"):
            assert "confined=False" not in path.read_text(), path
    assert WorkerSettings().engine().keeping.confined
    assert renderer_for(root)._settings.engine().keeping.confined
