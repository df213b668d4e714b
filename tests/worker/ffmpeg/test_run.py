"""Processes: whatever happens, none outlives its crew, and what went wrong is known.

Every process of a crew holds the writing end of a pipe. When nobody holds it any more, the pipe
is at its end: that is how the tests see that all are gone, grandchildren too.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config_schema.errors import Cancelled, ChildCrashed, EncoderFailed, ExportError, Stalled
from worker.ffmpeg.run import STDERR_TAIL_BYTES, Crew, EngineSettings, Work
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.start import Command

ENGINE = EngineSettings("ffmpeg", stall_seconds=60, keeping=Keeping(nice=0, confined=False))
LONG_SECONDS = 30
#: Leaves a grandchild behind, then does what follows.
BREED = "sleep 300 & "
FOREVER = "exec sleep 300"


def shell(script: str) -> Command:
    return Command(("/bin/sh", "-c", script))


def work(script: str, feeder: str | None = None, *, name: str = "it") -> Work:
    return Work(name, shell(script), "frame", None if feeder is None else shell(feeder))


class Leash:
    """A pipe that every process of a crew holds at its writing end."""

    def __init__(self) -> None:
        self._reading, self.fd = os.pipe()

    def let_go(self) -> None:
        """Hold it no longer ourselves."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def assert_all_gone(self) -> None:
        self.let_go()
        ready, _, _ = select.select([self._reading], [], [], LONG_SECONDS)
        assert ready, "a process is still there"
        assert os.read(self._reading, 1) == b""

    def close(self) -> None:
        self.let_go()
        os.close(self._reading)


@pytest.fixture
def leash() -> Iterator[Leash]:
    made = Leash()
    yield made
    made.close()


class Watch:
    """Whether a crew is cancelled, and what it logs."""

    def __init__(self) -> None:
        self.cancelled = False
        self.lines: list[str] = []

    def is_cancelled(self) -> bool:
        return self.cancelled


def crew_of(
    leash: Leash | None = None, watch: Watch | None = None, engine: EngineSettings = ENGINE
) -> Crew:
    watch = watch or Watch()
    return Crew(
        engine,
        is_cancelled=watch.is_cancelled,
        log=watch.lines.append,
        keep_fds=(leash.fd,) if leash else (),
    )


def until(crew: Crew, condition: Callable[[], bool]) -> None:
    """Let the crew work until something is true."""
    while not condition():
        assert crew.wait() is None


def reported(crew: Crew, count: float) -> Callable[[], bool]:
    return lambda: crew.counts()["it"] >= count


# The ways out


SAYS_ONE = "echo frame=1; "
PAIRS = {
    "alone": (BREED + SAYS_ONE + FOREVER, None),
    "fed": (BREED + SAYS_ONE + FOREVER, BREED + FOREVER),
    "deaf": ("trap '' TERM; " + BREED + SAYS_ONE + FOREVER, "trap '' TERM; " + FOREVER),
    "stopped": (SAYS_ONE + "kill -STOP $$; " + FOREVER, FOREVER),
}


@pytest.mark.parametrize("name", PAIRS)
def test_an_exception_in_the_block_ends_all(name: str, leash: Leash) -> None:
    encoder, feeder = PAIRS[name]
    with pytest.raises(ZeroDivisionError), crew_of(leash) as crew:  # noqa: PT012
        crew.start(work(encoder, feeder))
        until(crew, reported(crew, 1))
        raise ZeroDivisionError
    leash.assert_all_gone()


@pytest.mark.parametrize("name", PAIRS)
def test_a_cancel_ends_all(name: str, leash: Leash) -> None:
    encoder, feeder = PAIRS[name]
    watch = Watch()
    with pytest.raises(Cancelled), crew_of(leash, watch) as crew:  # noqa: PT012
        crew.start(work(encoder, feeder))
        until(crew, reported(crew, 1))
        watch.cancelled = True
        crew.wait()
    leash.assert_all_gone()


def test_leaving_the_block_ends_what_still_runs(leash: Leash) -> None:
    with crew_of(leash) as crew:
        crew.start(work(BREED + FOREVER, FOREVER))
    leash.assert_all_gone()


def test_a_failing_feeder_fails_the_work_and_ends_all(leash: Leash) -> None:
    feeder = BREED + "echo data; echo no such frame >&2; exit 3"
    with pytest.raises(EncoderFailed) as caught, crew_of(leash) as crew:
        crew.run(work(BREED + "cat >/dev/null", feeder))
    assert "no such frame" in caught.value.detail
    assert "(3, 0)" in caught.value.detail
    leash.assert_all_gone()


def test_a_failing_encoder_fails_the_work_and_ends_all(leash: Leash) -> None:
    encoder = BREED + "echo bad option >&2; exit 1"
    with pytest.raises(EncoderFailed) as caught, crew_of(leash) as crew:
        crew.run(work(encoder, BREED + "exec yes"))
    assert "bad option" in caught.value.detail
    leash.assert_all_gone()


def test_a_feeder_that_does_not_notice_is_no_reason_to_wait(leash: Leash) -> None:
    with pytest.raises(EncoderFailed) as caught, crew_of(leash) as crew:
        crew.run(work("echo bad option >&2; exit 1", FOREVER))
    assert "bad option" in caught.value.detail
    assert "(0, 1)" in caught.value.detail
    leash.assert_all_gone()


def test_good_work_leaves_nothing_behind_either(leash: Leash) -> None:
    with crew_of(leash) as crew:
        done = crew.run(work(BREED + "cat >/dev/null; echo frame=7", "echo data"))
        assert done.count == 7
        leash.assert_all_gone()


def test_a_crash_is_told_from_a_failure(leash: Leash) -> None:
    with pytest.raises(ChildCrashed, match="crashed") as caught, crew_of(leash) as crew:
        crew.run(work("kill -SEGV $$"))
    assert "SIGSEGV" in caught.value.detail
    leash.assert_all_gone()


def test_who_stands_still_for_too_long_is_ended(leash: Leash) -> None:
    engine = replace(ENGINE, stall_seconds=0.3)
    encoder = BREED + "echo frame=3; echo waiting for Godot >&2; " + FOREVER
    with pytest.raises(Stalled) as caught, crew_of(leash, engine=engine) as crew:
        crew.run(work(encoder, FOREVER))
    assert "waiting for Godot" in caught.value.detail
    leash.assert_all_gone()


def test_who_computes_for_ever_without_progress_is_ended_as_well(leash: Leash) -> None:
    engine = replace(ENGINE, stall_seconds=0.1)
    with pytest.raises(Stalled), crew_of(leash, engine=engine) as crew:
        crew.run(work("while :; do :; done"))
    leash.assert_all_gone()


def test_a_program_that_is_not_there_is_said_in_words(leash: Leash) -> None:
    missing = Work("it", Command(("/no/such/ffmpeg", "-i", "x")), "frame", shell(FOREVER))
    sentence = "ffmpeg cannot be started: No such file"
    with pytest.raises(EncoderFailed, match=sentence) as caught, crew_of(leash) as crew:
        crew.run(missing)
    assert "/no/such/ffmpeg -i x" in caught.value.detail
    leash.assert_all_gone()


PARENT = """
import sys
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.start import Command

def shell(script):
    return Command(("/bin/sh", "-c", script))

held = int(sys.argv[1])
engine = EngineSettings("ffmpeg", keeping=Keeping(0, confined=False))
works = shell("echo frame=1; exec sleep 300")
with Crew(engine, is_cancelled=lambda: False, log=print, keep_fds=(held,)) as crew:
    crew.start(Work("fed", works, "frame", shell("exec sleep 300")))
    crew.start(Work("alone", works, "frame"))
    while set(crew.counts().values()) != {1.0}:
        crew.wait()
    print("ready", flush=True)
    while True:
        crew.wait()
"""


def test_a_killed_worker_takes_its_children_along(leash: Leash, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = str(Path(__file__).parents[3])
    with subprocess.Popen(
        [sys.executable, str(script), str(leash.fd)],
        stdout=subprocess.PIPE,
        pass_fds=(leash.fd,),
        env={**os.environ, "PYTHONPATH": root},
    ) as parent:
        assert parent.stdout is not None
        assert any(line == b"ready\n" for line in parent.stdout)
        parent.send_signal(signal.SIGKILL)
    leash.assert_all_gone()


# What a child gets and what it says


def test_the_lock_is_inherited_and_held_for_as_long_as_the_child_lives(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    fcntl.flock(lock, fcntl.LOCK_EX)
    other = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    crew = Crew(ENGINE, is_cancelled=lambda: False, log=print, keep_fds=(lock,))
    with crew:
        crew.start(work("echo frame=1; " + FOREVER))
        until(crew, reported(crew, 1))
        os.close(lock)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def test_a_child_gets_its_own_descriptors_and_no_others(tmp_path: Path) -> None:
    listing = tmp_path / "fds"
    mine, other = os.open("/dev/null", os.O_RDONLY), os.open("/dev/zero", os.O_RDONLY)
    os.set_inheritable(other, True)
    with crew_of() as crew:
        crew.run(Work("it", Command(("/bin/sh", "-c", f"ls /proc/$$/fd >{listing}"), (mine,)), "x"))
    os.close(mine)
    os.close(other)
    assert {str(mine), "0", "1", "2"} <= set(listing.read_text().split())
    assert str(other) not in listing.read_text().split()


def test_no_secret_of_the_worker_reaches_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:hunter2@broker")
    said = tmp_path / "environment"
    with crew_of() as crew:
        crew.run(work(f"env >{said}"))
    assert "hunter2" not in said.read_text()
    assert "PATH=" in said.read_text()


def test_the_tail_of_what_is_said_is_kept_and_no_more() -> None:
    noisy = "yes 'a grumble' | head -c 3000000 >&2; echo the reason >&2; exit 1"
    with pytest.raises(ExportError) as caught, crew_of() as crew:
        crew.run(work(noisy, noisy))
    assert caught.value.detail.count("the reason") == 2
    assert len(caught.value.detail) < 2 * STDERR_TAIL_BYTES + 200


def test_progress_is_followed_to_its_last_line() -> None:
    with crew_of() as crew:
        done = crew.run(work("for n in 1 2 3; do echo frame=$n; done; printf 'frame=12\\n'"))
    assert done.count == 12


def test_a_child_may_close_its_output_early() -> None:
    with crew_of() as crew:
        assert crew.run(work("echo frame=2; exec >&- 2>&-; exec /bin/true")).count == 2


def test_works_run_side_by_side(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with crew_of() as crew:
        # Each waits for the other: one after the other they would never end.
        crew.start(work(f"echo frame=1; echo x >{pipe}", name="one"))
        crew.start(work(f"cat {pipe} >/dev/null; echo frame=2", name="two"))
        assert crew.size == 2
        done: dict[str, float] = {}
        while crew.size:
            ended = crew.wait()
            if ended is not None:
                done[ended.work.name] = ended.count
    assert done == {"one": 1, "two": 2}


def test_the_command_is_logged_once_ready_to_paste() -> None:
    watch = Watch()
    with crew_of(watch=watch) as crew:
        crew.run(work("echo 'a b' >/dev/null"))
    assert watch.lines == ["run it: /bin/sh -c 'echo '\"'\"'a b'\"'\"' >/dev/null'"]


# Nothing is used up


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_twenty_works_leave_no_descriptor_and_no_zombie(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    said = f"echo $$ >>{pids}; "
    before = open_descriptors()
    for number in range(20):
        with contextlib.suppress(ExportError), crew_of() as crew:
            if number % 4 == 3:
                crew.start(work(said + FOREVER, FOREVER))
                continue
            crew.run(work(said + f"cat >/dev/null; exit {number % 2}", said + "echo data"))
    assert open_descriptors() == before
    for pid in pids.read_text().split():
        with pytest.raises(ChildProcessError):
            os.waitpid(int(pid), os.WNOHANG)


def test_other_threads_may_start_processes_at_the_same_time(leash: Leash) -> None:
    """A descriptor that slips into another's child would keep a pipe open for ever."""
    failures: list[BaseException] = []

    def run_some() -> None:
        try:
            for _ in range(5):
                with crew_of(leash) as crew:
                    crew.run(work("cat >/dev/null", "echo data"))
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=run_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    leash.assert_all_gone()
