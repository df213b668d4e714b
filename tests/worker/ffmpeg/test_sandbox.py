"""Children within walls can do their work and nothing else; without walls they could."""

from __future__ import annotations

import json
import os
import platform
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config_schema.errors import LimitExceeded, SettingsInvalid
from tests.media.decode import FFMPEG
from tests.worker.ffmpeg import prisoner
from worker.ffmpeg.diagnosis import diagnose
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.ffmpeg.sandbox import kernel, refused, standing, walls
from worker.ffmpeg.sandbox.programs import folders_of_programs, listed_folders
from worker.ffmpeg.sandbox.walls import NOT_WALLED, Cell, Keeping, Walls
from worker.ffmpeg.start import Child, Command, make_nursery, start_child

MODULE = "tests.worker.ffmpeg.nursling"
MACHINE = platform.machine()
WALLED = Keeping(nice=0)
FREE = Keeping(nice=0, confined=False)
#: What a child needs; the rest of what a prisoner tries is what it must not do.
NEEDED = {
    *("read what it was handed", "write in its folder", "read in its folder"),
    *("remove from its folder", "read what is shared", "start a thread", "read its own limits"),
}
REFUSALS = {"EPERM", "EACCES", "EXDEV"}


def numbers() -> dict[str, int]:
    column = refused.MACHINES[MACHINE].column
    known = {name: row[column] for name, row in refused.REFUSED.items()}
    return {name: number for name, number in known.items() if number is not None}


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = make_nursery(MODULE, nice=0)
    yield nursery
    nursery.close()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    own, shared, alien = (tmp_path / name for name in ("own", "shared", "alien"))
    for folder in (own, shared, alien):
        folder.mkdir()
        (folder / "file").write_bytes(b"content")
    for name in ("other", "handed"):
        (alien / name).write_bytes(b"content")
    (own / "symlink").symlink_to(alien / "file")
    return own, shared, alien


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def outcome(child: Child) -> tuple[int, str, str]:
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdout, child.stderr:
        return child.wait(), child.stdout.read().decode(), child.stderr.read().decode()


def tried(
    keeping: Keeping,
    nursery: Nursery | None,
    folders: tuple[Path, Path, Path],
    port: int,
    calls: dict[str, int],
) -> dict[str, Any]:
    """What a prisoner says, forked by the nursery or, without one, started as FFmpeg is."""
    own, shared, alien = folders
    fd = os.open(alien / "handed", os.O_RDONLY)
    arguments = (*map(str, (own, shared, alien, fd, port)), json.dumps(calls))
    start = ("-m", MODULE, "try") if nursery else ("-c", Path(prisoner.__file__).read_text())
    command = Command((sys.executable, "-I", *start, *arguments), (fd,), Cell((shared,), (own,)))
    try:
        code, said, complaint = outcome(start_child(command, keeping, (), nursery))
    finally:
        os.close(fd)
    assert code == 0, complaint
    found: dict[str, Any] = json.loads(said)
    return found


@pytest.fixture(params=["forked", "started"])
def maybe_nursery(request: pytest.FixtureRequest, nursery: Nursery) -> Nursery | None:
    return nursery if request.param == "forked" else None


def test_a_child_can_do_its_work_and_nothing_else(
    maybe_nursery: Nursery | None, folders: tuple[Path, Path, Path], listening: socket.socket
) -> None:
    said = tried(WALLED, maybe_nursery, folders, listening.getsockname()[1], numbers())
    found = said["found"]
    assert {name for name, how in found.items() if how == "done"} == NEEDED
    assert {how for name, how in found.items() if name not in NEEDED} <= REFUSALS
    assert set(said["calls"].values()) == {"EPERM"}
    assert set(said["calls"]) >= {"ptrace", "mount", "io_uring_setup", "bpf", "keyctl", "socket"}
    assert said["no_new_privs"] == 1
    assert said["limits"]["CORE"] == [0, 0]
    with pytest.raises(BlockingIOError):
        listening.accept()
    assert (folders[2] / "file").read_bytes() == b"content"


def test_without_walls_it_could(
    maybe_nursery: Nursery | None, folders: tuple[Path, Path, Path], listening: socket.socket
) -> None:
    """The control: each of the attempts works, so what stops them are the walls."""
    harmless = ("ptrace", "unshare", "bpf", "keyctl", "io_uring_setup")
    calls = {name: number for name, number in numbers().items() if name in harmless}
    said = tried(FREE, maybe_nursery, folders, listening.getsockname()[1], calls)
    assert set(said["found"].values()) == {"done"}
    assert "EPERM" not in set(said["calls"].values()) - ({"EPERM"} if os.getuid() else set())
    listening.accept()[0].close()


def test_a_forked_child_becomes_no_other_program(nursery: Nursery) -> None:
    become = Command((sys.executable, "-I", "-m", MODULE, "become"))
    code, _, complaint = outcome(start_child(become, WALLED, (), nursery))
    assert (code != 0, "PermissionError" in complaint) == (True, True)
    assert outcome(start_child(become, FREE, (), nursery))[0] == 0


def test_what_a_child_uses_up_is_bounded(nursery: Nursery, tmp_path: Path) -> None:
    def ended(keeping: Keeping, *arguments: object, file_bytes: int = 1 << 30) -> tuple[int, str]:
        argv = (sys.executable, "-I", "-m", MODULE, *map(str, arguments))
        cell = Cell(writes=(tmp_path,), file_bytes=file_bytes)
        code, _, complaint = outcome(start_child(Command(argv, (), cell), keeping, (), nursery))
        return code, complaint

    small = replace(WALLED, memory_bytes=300 << 20, cpu_seconds=1)
    assert ended(WALLED, "hoard", 600)[0] == 0
    assert "MemoryError" in ended(small, "hoard", 600)[1]
    assert ended(small, "compute")[0] == -signal.SIGXCPU
    film = tmp_path / "film"
    assert ended(WALLED, "fill", film, 3)[0] == 0
    assert "File too large" in ended(WALLED, "fill", film, 3, file_bytes=2 << 20)[1]
    assert film.stat().st_size == 2 << 20


@pytest.mark.parametrize(
    ("codes", "words", "sentence"),
    [
        ((-signal.SIGXCPU, 0), "", "computed for longer"),
        ((0, -signal.SIGXFSZ), "", "wrote a larger file"),
        ((0, 1), "Error writing trailer: File too large", "used up more"),
    ],
)
def test_who_uses_up_more_than_it_may_is_not_tried_again(
    codes: tuple[int, ...], words: str, sentence: str
) -> None:
    error = diagnose("it", codes, words)
    assert isinstance(error, LimitExceeded)
    assert sentence in str(error)
    assert not error.retryable


def test_an_encoder_whose_time_is_up_is_not_taken_for_one_that_somebody_stopped() -> None:
    endless = ("-f", "lavfi", "-i", "testsrc2=s=640x480", "-f", "null", "-")
    argv = (FFMPEG, "-nostdin", "-v", "error", "-progress", "pipe:1", *endless)
    engine = EngineSettings(FFMPEG, keeping=replace(WALLED, cpu_seconds=1))
    crew = Crew(engine, is_cancelled=lambda: False, log=print)
    with crew, pytest.raises(LimitExceeded, match="computed for longer"):
        crew.run(Work("endless", Command(argv), "frame"))


def test_a_limit_of_the_operators_own_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (10, 10))
    with walls.built(Cell(), WALLED, sys.executable, ()) as around:
        assert around is not None
        assert all(hard <= 10 for _, _, hard in around.limits)


def test_a_child_whose_walls_do_not_stand_ends_before_it_begins(tmp_path: Path) -> None:
    nothing = os.open(tmp_path, os.O_RDONLY)
    pid = os.fork()
    if pid == 0:
        Walls(ruleset=nothing, filters=False).enter()
        os._exit(0)
    os.close(nothing)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == NOT_WALLED


def test_no_folder_that_programs_load_from_holds_this_project_or_a_home() -> None:
    root = Path(__file__).parents[3]
    for folder in folders_of_programs(sys.executable):
        assert not root.is_relative_to(folder)
        assert not Path.home().is_relative_to(folder)
    assert not listed_folders(None)
    assert not listed_folders("/usr/bin/ffmpeg")


def test_where_the_kernel_has_no_walls_it_is_said_and_refused_when_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert standing.standing(required=True).is_whole
    monkeypatch.setattr(kernel, "landlock_version", lambda: 0)
    found = standing.standing(required=False)
    assert not found.is_whole
    assert "NOT WALLED IN" in found.said
    assert "Landlock" in found.said
    with pytest.raises(SettingsInvalid, match=r"EXPORT_REQUIRE_SANDBOX.*Landlock"):
        standing.standing(required=True)


def test_without_landlock_the_filter_and_the_limits_remain(
    monkeypatch: pytest.MonkeyPatch, nursery: Nursery, folders: tuple[Path, Path, Path]
) -> None:
    monkeypatch.setattr(kernel, "landlock_version", lambda: 0)
    said = tried(WALLED, nursery, folders, 9, numbers())
    assert said["found"]["read elsewhere"] == "done"
    assert said["found"]["call by tcp"] == said["found"]["fork"] == "EPERM"
    assert set(said["calls"].values()) == {"EPERM"}
    assert said["limits"]["CORE"] == [0, 0]
