"""The nursery: its children are like any other child, only sooner there."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config_schema.errors import ChildCrashed, ChildKilled, ExportError
from worker.ffmpeg.nursery import Nursery, NurseryLost
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.start import Command, make_nursery, start_child

#: The shell and what is asked of these children need more than camera files do.
FREE = Keeping(nice=0, confined=False)
MODULE = "tests.worker.ffmpeg.nursling"
ENGINE = EngineSettings("ffmpeg", keeping=FREE)
PATIENCE_SECONDS = 30


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = make_nursery(MODULE, nice=0)
    yield nursery
    nursery.close()


def command(*arguments: object, fds: tuple[int, ...] = ()) -> Command:
    return Command((sys.executable, "-I", "-m", MODULE, *map(str, arguments)), fds)


def told(nursery: Nursery, *arguments: object, fds: tuple[int, ...] = ()) -> str:
    child = start_child(command(*arguments, fds=fds), FREE, (), nursery)
    assert child.stdout is not None
    words = child.stdout.read().decode()
    assert child.wait() == 0
    close(child)
    return words


def facts(nursery: Nursery) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(nursery, "tell"))
    return found


def test_children_come_from_one_process_that_loaded_their_code_once(nursery: Nursery) -> None:
    first, second = facts(nursery), facts(nursery)
    assert first["loaded in"] == second["loaded in"] == [first["parent"]]
    assert first["pid"] != second["pid"]
    assert first["parent"] == second["parent"] != os.getpid()


def test_a_child_leads_its_own_group_and_knows_no_secret(
    nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:secret@host")
    found = facts(nursery)
    assert found["group"] == found["pid"]
    assert "REDIS_URL" not in found["environment"]


def test_a_child_gets_its_descriptors_by_their_numbers_and_no_others(
    nursery: Nursery, tmp_path: Path
) -> None:
    texts = {}
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
        texts[os.open(tmp_path / name, os.O_RDONLY)] = name
    try:
        for fd, text in texts.items():
            assert told(nursery, "read", fd, fds=tuple(texts)).strip() == text
        child = start_child(command("tell", fds=tuple(texts)), FREE, (), nursery)
        assert child.stdout is not None
        # One more is that of the listing itself.
        assert len(json.loads(child.stdout.read())["fds"]) == 3 + len(texts) + 1
        child.wait()
        close(child)
    finally:
        for fd in texts:
            os.close(fd)


@pytest.mark.parametrize(("verb", "code"), [("exit", 3), ("die", -signal.SIGSEGV)])
def test_how_a_child_ended_is_known(nursery: Nursery, verb: str, code: int) -> None:
    child = start_child(command(verb, 3), FREE, (), nursery)
    assert child.wait() == code
    assert child.poll() == code
    close(child)


def test_what_a_child_cannot_answer_for_is_told_on_its_standard_error(nursery: Nursery) -> None:
    child = start_child(command("raise", "so it goes"), FREE, (), nursery)
    assert child.stderr is not None
    assert b"so it goes" in child.stderr.read()
    assert child.wait() != 0
    close(child)


def test_an_ended_child_keeps_its_number_until_it_is_waited_for(nursery: Nursery) -> None:
    child = start_child(command("exit", 0), FREE, (), nursery)
    while child.poll() is None:
        pass
    assert Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    child.wait()
    assert facts(nursery)["pid"] != child.pid
    assert not Path(f"/proc/{child.pid}").exists()
    close(child)


def test_a_nursery_that_is_killed_takes_its_children_along_and_is_replaced(
    nursery: Nursery,
) -> None:
    mother = facts(nursery)["parent"]
    child = start_child(command("sleep"), FREE, (), nursery)
    assert child.stdout is not None
    assert child.stdout.read(7) == b"asleep\n"
    os.kill(mother, signal.SIGKILL)
    assert ends(child.stdout.fileno())
    assert child.wait() == -signal.SIGKILL
    assert facts(nursery)["parent"] != mother
    close(child)


def test_a_child_of_a_lost_nursery_has_ended_though_there_is_another(nursery: Nursery) -> None:
    mother = facts(nursery)["parent"]
    child = start_child(command("sleep"), FREE, (), nursery)
    assert child.stdout is not None
    os.kill(mother, signal.SIGKILL)
    assert facts(nursery)["parent"] != mother
    assert child.poll() == -signal.SIGKILL
    assert child.wait() == -signal.SIGKILL
    close(child)


def test_a_nursery_dies_with_its_worker(tmp_path: Path) -> None:
    script = f"""
import os, sys
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.start import Command, make_nursery, start_child
nursery = make_nursery({MODULE!r}, 0)
leash = int(sys.argv[1])
command = Command((sys.executable, "-I", "-m", {MODULE!r}, "sleep"), (leash,))
child = start_child(command, Keeping(0, confined=False), (), nursery)
assert child.stdout.read(7) == b"asleep\\n"
print("ready", flush=True)
os.read(0, 1)
"""
    reading, leash = os.pipe()
    with subprocess.Popen(
        (sys.executable, "-c", script, str(leash)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=(leash,),
    ) as worker:
        os.close(leash)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        worker.kill()
        assert ends(reading)
    os.close(reading)


def test_a_crew_runs_its_own_children_from_the_nursery(nursery: Nursery) -> None:
    mother = facts(nursery)["parent"]
    with crew(nursery) as running:
        feeder = command("tell")
        keep = Command(("/bin/sh", "-c", "cat >&2; exit 1"))
        with pytest.raises(ExportError) as failed:
            running.run(Work("it", keep, "frame", feeder))
    assert f'"parent": {mother}' in (failed.value.detail or "")


def test_a_crew_ends_what_the_nursery_forked(nursery: Nursery) -> None:
    reading, leash = os.pipe()
    with crew(nursery) as running:
        running.start(Work("it", command("sleep", fds=(leash,)), "frame"))
        os.close(leash)
    assert ends(reading)
    os.close(reading)


def test_a_child_lost_with_its_nursery_has_crashed_and_may_be_tried_again(
    nursery: Nursery,
) -> None:
    mother = facts(nursery)["parent"]
    with crew(nursery) as running:
        running.start(Work("it", command("sleep"), "frame"))
        os.kill(mother, signal.SIGKILL)
        with pytest.raises(ChildCrashed) as crashed:
            all(running.wait() is None for _ in range(1000))
    assert crashed.value.retryable


def test_a_child_whose_nursery_is_lost_at_its_birth_may_be_tried_again(
    nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object, **__: object) -> None:
        raise NurseryLost

    monkeypatch.setattr(nursery, "start", lost)
    with crew(nursery) as running, pytest.raises(ChildKilled):
        running.start(Work("it", command("sleep"), "frame"))


def crew(nursery: Nursery) -> Crew:
    return Crew(ENGINE, is_cancelled=lambda: False, log=lambda _: None, nursery=nursery)


def ends(reading: int) -> bool:
    """Whether nobody holds the writing end any more, or soon does not."""
    ready, _, _ = select.select([reading], [], [], PATIENCE_SECONDS)
    return bool(ready) and os.read(reading, 1) == b""


def close(child: Any) -> None:
    child.stdout.close()
    child.stderr.close()
