"""`export-service status --watch`: which exports it shows, and how, on terminals and elsewhere."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from rich.console import Console

from config_schema.config import parse_config
from config_schema.errors import ServiceFault, VolumeUnavailable
from config_schema.status import JobStatus, Stage
from export_service import create_app
from export_service.cli import main
from export_service.stack_place import only_one, url_of_stack
from export_service.watch import Look, Watcher
from export_service.watch_view import BESIDE_ROWS, PlainLines, rows_of, table_of, watch
from tests.export_service.fakes import FakeDoor, body
from tests.worker.house import ROOT, free_port, until
from worker.client import StatusView

URL = "http://service"


@pytest.fixture
def door() -> FakeDoor:
    """Five exports, of which the oldest is being made."""
    made = FakeDoor()
    for number in range(5):
        made.submit(parse_config(body(id=f"export-{number}")))
    made.move("export-0", status=JobStatus.PROCESSING, stage=Stage.RENDERING, priority="high")
    made.move("export-3", status=JobStatus.FAILED, error="The disk\nis on fire.")
    return made


@pytest.fixture
def http(door: FakeDoor) -> Iterator[httpx.Client]:
    app = create_app(client=door)
    with httpx.Client(base_url=URL, transport=httpx.WSGITransport(app=app)) as client:
        yield client


def look_of(http: httpx.Client, count: int = 50) -> Look:
    return next(Watcher(http, lambda: count).looks())


def ids(look: Look) -> list[str]:
    return [view.job_id for view in look.exports]


def test_what_is_being_made_comes_first_then_the_newest(http: httpx.Client) -> None:
    look = look_of(http)
    assert ids(look) == ["export-0", "export-4", "export-3", "export-2", "export-1"]
    assert not look.has_more


def test_what_is_being_made_is_shown_however_old_it_is(http: httpx.Client) -> None:
    look = look_of(http, 2)
    assert ids(look) == ["export-0", "export-4"]
    assert look.has_more


def test_a_service_that_goes_away_leaves_the_last_picture(
    http: httpx.Client, door: FakeDoor
) -> None:
    looks = Watcher(http, lambda: 50).looks(rest=lambda _: None)
    before = next(looks)
    door.fails["list"] = VolumeUnavailable("The volume is away.")
    during = next(looks)
    assert (during.exports, during.trouble) == (
        before.exports,
        f"{URL} says: The volume is away.",
    )
    door.fails.clear()
    door.move("export-0", status=JobStatus.COMPLETED)
    after = next(looks)
    assert (after.trouble, ids(after)[0]) == ("", "export-4")


def test_without_a_service_there_is_nothing_to_watch() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    refused = pytest.raises(ServiceFault, match=f"No service answers at {url}")
    with httpx.Client(base_url=url, trust_env=False) as nobody, refused:
        look_of(nobody)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"exports": [{}], "nextCursor": null}'])
def test_what_is_no_export_service_is_told_so(answer: bytes) -> None:
    def other(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=answer)

    refused = pytest.raises(ServiceFault, match="is no export service")
    with httpx.Client(base_url=URL, transport=httpx.MockTransport(other)) as http, refused:
        look_of(http)


def drawn(look: Look, width: int = 120) -> list[str]:
    console = Console(file=io.StringIO(), width=width, height=30)
    console.print(table_of(look))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_each_export_has_one_line_with_all_that_matters(http: httpx.Client) -> None:
    look = look_of(http)
    running = look.exports[0].model_copy(
        update={"progress": 0.42, "speed": 3.25, "eta_seconds": 73.0}
    )
    lines = drawn(look._replace(exports=(running, *look.exports[1:])))
    assert len(lines) == len(look.exports) + 1
    [told] = [line.split() for line in lines if line.startswith("export-0")]
    assert told[1] == "rendering"
    assert {"42%", "high", "3.2×", "1:13"} <= set(told)
    assert any("━" in word for word in told)
    assert "The disk is on fire." in next(line for line in lines if "export-3" in line)


@pytest.mark.parametrize("width", [40, 80, 300])
def test_the_picture_fits_the_terminal_it_was_made_for(http: httpx.Client, width: int) -> None:
    look = look_of(http)
    long = look.exports[0].model_copy(update={"job_id": "x" * 128, "message": "very " * 90})
    lines = drawn(look._replace(exports=(long,), has_more=True), width)
    assert len(lines) == 1 + BESIDE_ROWS - 1  # The last one is for the cursor.
    assert all(len(line) <= width for line in lines)


def test_the_line_below_says_what_is_not_in_the_table(http: httpx.Client) -> None:
    assert "There are more than fit here." in drawn(look_of(http, 2))[-1]
    assert "Gone. Trying again." in drawn(look_of(http)._replace(trouble="Gone."))[-1]
    assert "There are no exports." in drawn(Look((), has_more=False))[-1]


def test_plain_lines_say_only_what_is_new(
    http: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = PlainLines()

    def said(**changes: Any) -> list[str]:
        look = look_of(http)
        first: StatusView = look.exports[0].model_copy(update=changes)
        lines.show(look._replace(exports=(first, *look.exports[1:])))
        return capsys.readouterr().out.splitlines()

    assert len(said(progress=0.11)) == 5
    assert said(progress=0.19) == []
    assert said(progress=0.21) == [
        "export-0  rendering  21%  high  Rendering: 0 of 1 segments done."
    ]
    assert said(progress=0.21, stage=Stage.ASSEMBLING)[0].startswith("export-0  assembling")
    trouble = Look((), has_more=False, trouble="Gone.")
    lines.show(trouble)
    lines.show(trouble)
    assert capsys.readouterr().err == "Gone.\n"


def test_ctrl_c_ends_it_and_leaves_the_last_picture(http: httpx.Client) -> None:
    def interrupted() -> Iterator[Look]:
        yield look_of(http)
        raise KeyboardInterrupt

    terminal = Console(file=io.StringIO(), force_terminal=True, width=120, height=20)
    assert rows_of(terminal) == 20 - BESIDE_ROWS
    watch(interrupted(), terminal)
    assert isinstance(terminal.file, io.StringIO)
    last = terminal.file.getvalue().rpartition("\x1b[2K")[2]
    assert "export-4" in last


def run(*words: str, **environment: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["status", *words], env=environment)
    return done.exit_code, done.output


def test_the_command_line_says_what_it_needs(tmp_path: Path) -> None:
    for words in (
        [],
        ["a"],
        ["a", "--watch"],
        ["--watch", "--json"],
        ["--watch", "--url", "http://a:b"],
    ):
        assert run(*words)[0] == 2, words
    code, said = run("--watch", "--media", str(tmp_path))
    assert (code, "No stack runs on" in said) == (1, True)
    port = str(free_port())
    code, said = run("--watch", EXPORT_HTTP_PORT=port)
    assert (code, f"No service answers at http://127.0.0.1:{port}" in said) == (1, True)


def test_the_stack_of_a_folder_is_found_while_it_runs(tmp_path: Path) -> None:
    assert url_of_stack(tmp_path / "nowhere") is None
    with only_one(tmp_path) as claim:
        assert url_of_stack(tmp_path) is None
        claim("http://127.0.0.1:1234")
        assert url_of_stack(tmp_path) == "http://127.0.0.1:1234"
    assert url_of_stack(tmp_path) is None


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """A real web process with one completed export."""
    port = free_port()
    (tmp_path / "file.mp4").write_bytes(b"film")
    web = subprocess.Popen(
        [*(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
         "tests.export_service.served:app()"],
        cwd=ROOT,
        env=os.environ | {"SERVED_FILE": str(tmp_path / "file.mp4")},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            return httpx.get(f"{url}/healthz", trust_env=False).is_success
        except httpx.TransportError:
            return False

    try:
        until(answers)
        yield url
    finally:
        web.terminate()
        web.wait()


def start(url: str, stdout: int, **environment: str) -> subprocess.Popen[bytes]:
    """The command at work, which hears Ctrl-C: whoever runs tests in the background ignores it."""
    argv = [sys.executable, "-m", "export_service.cli", "status", "--watch", "--url", url]
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return subprocess.Popen(argv, stdout=stdout, env=os.environ | environment)
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_pipe_gets_lines_until_it_is_interrupted(served: str, number: int) -> None:
    told = start(served, subprocess.PIPE)
    assert told.stdout is not None
    try:
        assert told.stdout.readline().startswith(b"done  completed  100%  normal  ")
        told.send_signal(number)
        rest, _ = told.communicate(timeout=20)
    finally:
        told.kill()
        told.communicate()
    assert (told.returncode, rest) == (0, b"")


def test_a_terminal_gets_a_table_and_its_cursor_back(served: str) -> None:
    terminal, inside = pty.openpty()
    termios.tcsetwinsize(inside, (24, 120))
    told = start(served, inside, TERM="xterm-256color")
    os.close(inside)
    said = b""

    def read() -> bool:
        nonlocal said
        if not select.select([terminal], [], [], 20)[0]:
            return False
        try:
            said += os.read(terminal, 65536)
        except OSError:  # The other side is closed.
            return False
        return True

    try:
        while b"completed" not in said:
            assert read()
        told.send_signal(signal.SIGINT)
        # It ends, or the terminal would go on for ever.
        until(lambda: not read() or told.poll() is not None)
        while read():
            pass
        assert told.wait(20) == 0
    finally:
        told.kill()
        told.wait()
        os.close(terminal)
    assert said.index(b"\x1b[?25l") < said.index(b"completed") < said.rindex(b"\x1b[?25h")
