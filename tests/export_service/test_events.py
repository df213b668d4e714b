"""Watching exports: what is sent, when, and that nobody waits for those who watch."""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from config_schema.config import parse_config
from config_schema.errors import JobNotFound, VolumeUnavailable
from config_schema.status import JobStatus, Stage
from export_service import event_hub
from export_service.event_hub import EventHub, Newcomer
from export_service.events import OPENING, Watch
from export_service.settings import WebSettings
from tests.export_service.fakes import FakeDoor, body
from worker.client import ExportClient, StatusView
from worker.jobs.store import JobStore

ROOT = Path(__file__).parents[2]
STREAMS = 100
WORKERS, THREADS = 2, 2


def until(seen: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.02)


#: What a test opens; closed behind it.
_opened: list[Any] = []


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    while _opened:
        _opened.pop().close()


class Stream:
    """A client of `/events`, which reads one event after the other."""

    def __init__(self, port: int, path: str, seen: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
        headers = {"Last-Event-ID": seen} if seen else {}
        self._connection.request("GET", path, headers=headers)
        self.answer = self._connection.getresponse()
        self.seen = seen
        _opened.append(self)

    def block(self) -> list[str]:
        """The lines up to the next empty one; none at the end."""
        lines = []
        while line := self.answer.readline().decode().rstrip("\n"):
            lines.append(line)
        return lines

    def event(self) -> dict[str, Any] | None:
        """The next event's data, or None at the end."""
        while lines := self.block():
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            if "data" in fields:
                self.seen = fields["id"]
                said: dict[str, Any] = json.loads(fields["data"])
                return said
        return None

    def rest(self) -> list[dict[str, Any]]:
        """All events up to the end."""
        found = []
        while (event := self.event()) is not None:
            found.append(event)
        return found

    def close(self) -> None:
        self.answer.close()
        self._connection.close()


@dataclass(frozen=True)
class Web:
    """A gunicorn on a volume, without any broker."""

    port: int
    process: subprocess.Popen[bytes]
    settings: WebSettings
    let_go: Path

    @property
    def store(self) -> JobStore:
        return JobStore(self.settings.volume.exports)

    def submit(self, job_id: str) -> None:
        ExportClient(self.settings).submit(parse_config(body(id=job_id)))

    def save(self, job_id: str, **changes: Any) -> None:
        with self.store.open(job_id) as folder:
            folder.save(folder.record().model_copy(update=changes))

    def complete(self, job_id: str) -> None:
        self.save(job_id, status=JobStatus.PROCESSING, stage=Stage.VERIFYING)
        self.save(job_id, status=JobStatus.COMPLETED, finished_at=datetime.now(UTC))

    def watch(self, job_id: str, seen: str = "") -> Stream:
        return Stream(self.port, f"/api/export/{job_id}/events", seen)

    def ask(self, path: str, method: str = "GET") -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path)
        answer = connection.getresponse()
        said = json.loads(answer.read() or b"{}")
        connection.close()
        return answer.status, said

    def send(self, path: str) -> socket.socket:
        """A connection on which this was asked and nothing read."""
        connection = socket.create_connection(("127.0.0.1", self.port), 30)
        _opened.append(connection)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return connection

    def pids(self) -> set[str]:
        pid = self.process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("watched")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        redis_url = f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"
    settings = WebSettings(media_base_path=folder / "media", redis_url=redis_url)
    settings.volume.prepare()
    (settings.volume.sources / "cam0.mp4").write_bytes(b"not looked into")
    let_go = folder / "let go"
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn"),
        *("--workers", str(WORKERS), "--threads", str(THREADS)),
    ]
    environment = os.environ | {
        "MEDIA_BASE_PATH": str(settings.media_base_path),
        "REDIS_URL": redis_url,
        "LET_GO": str(let_go),
    }
    with (
        (folder / "log").open("wb") as log,
        socket.create_server(("127.0.0.1", 0), backlog=512) as listener,
    ):
        process = subprocess.Popen(
            [*command, "--bind", f"fd://{listener.fileno()}", "tests.export_service.watched:app()"],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        port = listener.getsockname()[1]
    try:
        yield Web(port, process, settings, let_go)
    finally:
        process.terminate()
        process.wait(30)
        said = (folder / "log").read_text()
        print(said)
        assert "Traceback" not in said


def test_a_hundred_who_watch_leave_every_thread_to_those_who_ask(web: Web) -> None:
    assert STREAMS > WORKERS * THREADS
    web.submit("many")
    streams = [web.watch("many") for _ in range(STREAMS)]
    assert all((stream.event() or {})["status"] == "pending" for stream in streams)
    polls = [web.ask("/api/export/many/status") for _ in range(STREAMS)]
    assert [status for status, _ in polls] == [200] * STREAMS
    # And all of them are still open: each is told what happens next, and then let go.
    web.complete("many")
    ends = [stream.rest() for stream in streams]
    assert [events[-1]["status"] for events in ends] == ["completed"] * STREAMS
    _, polled = web.ask("/api/export/many/status")
    assert all(events[-1] == polled for events in ends)


def test_as_many_who_hold_a_thread_leave_none(web: Web) -> None:
    """The control: what the streams above would do if each had a thread of its own."""
    held: list[socket.socket] = []

    def all_threads_are_taken() -> bool:
        # The kernel gives connections to whichever process is quicker, so there are to be many.
        held.append(web.send("/held"))
        return len(select.select(held, [], [], 0.05)[0]) == WORKERS * THREADS

    until(all_threads_are_taken)
    poll = web.send("/healthz")
    assert select.select([poll], [], [], 1.0)[0] == []
    web.let_go.touch()
    assert b"200 OK" in poll.recv(65_536)
    # It stays: a thread that is still held would keep its process from ending later on.


def test_who_comes_back_sees_nothing_twice_and_misses_no_end(web: Web) -> None:
    web.submit("again")
    first = web.watch("again")
    assert first.block() == ["retry: 2000"]
    assert (first.event() or {})["status"] == "pending"
    first.close()
    second = web.watch("again", first.seen)
    web.save("again", status=JobStatus.PROCESSING, stage=Stage.PLANNING)
    # Not once more how it was.
    assert (second.event() or {})["status"] == "processing"
    second.close()
    web.save("again", status=JobStatus.FAILED, error="No.", error_code="stalled")
    third = web.watch("again", second.seen)
    assert [event["error"] for event in third.rest()] == ["No."]
    # What tells an EventSource to stay away.
    assert web.watch("again", third.seen).answer.status == 204
    # Without having seen it, it is told, however late.
    assert [event["status"] for event in web.watch("again").rest()] == ["failed"]


def test_a_cancel_ends_the_stream_with_its_word(web: Web) -> None:
    web.submit("cancelled")
    stream = web.watch("cancelled")
    assert web.ask("/api/export/cancelled", "DELETE")[0] == 200
    assert [event["status"] for event in stream.rest()][-1] == "cancelled"


def test_what_is_not_there_is_a_problem_and_no_stream(web: Web) -> None:
    for name in ("nothing", "..", "a%2Fb"):
        status, _ = web.ask(f"/api/export/{name}/events")
        assert status == 404


def test_the_answer_is_no_file_to_be_kept_or_held_back(web: Web) -> None:
    web.submit("headers")
    answer = web.watch("headers").answer
    assert answer.headers.get_content_type() == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["X-Request-Id"]
    assert answer.headers["Content-Length"] is None


def test_streams_survive_the_processes_that_serve_them(web: Web) -> None:
    web.submit("moved")
    stream = web.watch("moved")
    stream.event()
    before = web.pids()
    web.process.send_signal(signal.SIGHUP)
    assert stream.rest() == []
    until(lambda: len(web.pids()) == WORKERS and not web.pids() & before, 90)
    web.complete("moved")
    assert [event["status"] for event in web.watch("moved", stream.seen).rest()] == ["completed"]


# --- without sockets of a server


def test_any_other_server_tells_how_it_stands_and_when_to_come_back(
    web_client: FlaskClient, door: FakeDoor
) -> None:
    door.submit(parse_config(body(id="one")))
    first = web_client.get("/api/export/one/events")
    assert first.text.startswith(OPENING.decode())
    seen = first.text.split("id: ")[1].split("\n")[0]
    headers = {"Last-Event-ID": seen}
    assert web_client.get("/api/export/one/events", headers=headers).data == OPENING
    door.move("one", status=JobStatus.CANCELLED)
    last = web_client.get("/api/export/one/events", headers=headers)
    assert json.loads(last.text.split("data: ")[1])["status"] == "cancelled"
    assert web_client.get("/api/export/two/events").status_code == 404


@pytest.fixture
def web_client(settings: WebSettings, door: FakeDoor) -> FlaskClient:
    from export_service import create_app
    from tests.export_service.checked_client import CheckedClient

    app = create_app(settings, door)
    app.test_client_class = CheckedClient
    return app.test_client()


class Watched:
    """One export whose looks are counted, and a client of it on a pair of sockets."""

    def __init__(self) -> None:
        self.door = FakeDoor()
        self.door.submit(parse_config(body(id="one")))
        self.looks = 0
        self.fails: Exception | None = None

    def look(self) -> StatusView:
        self.looks += 1
        if self.fails is not None:
            raise self.fails
        return self.door.status("one")

    def watch(self) -> Watch:
        return Watch(("", "one"), self.look, lambda view: view.model_dump(mode="json"))

    def client(self, hub: EventHub) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.settimeout(30)
        _opened.append(ours)
        hub.take(Newcomer(theirs, b"hello\n\n", self.watch(), ""))
        return ours


def read_to(client: socket.socket, word: bytes) -> bytes:
    """What comes up to this word."""
    got = b""
    while word not in got:
        more = client.recv(65_536)
        assert more, got
        got += more
    return got


def rest_of(client: socket.socket) -> bytes:
    """What comes up to the end."""
    return b"".join(iter(lambda: client.recv(65_536), b""))


def test_however_many_watch_it_is_looked_at_once_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_hub, "TICK_SECONDS", 0.01)
    watched, hub = Watched(), EventHub()
    clients = [watched.client(hub) for _ in range(20)]
    for client in clients:
        read_to(client, b"pending")
    looks = watched.looks
    watched.door.move("one", status=JobStatus.FAILED)
    for client in clients:
        read_to(client, b"failed")
        assert b"data" not in rest_of(client)
    until(lambda: not hub._rooms or hub._rooms.size == 0)
    # Were each looked at for its own, this alone would take twenty.
    assert looks < 20


def test_who_hangs_up_is_forgotten_and_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_hub, "TICK_SECONDS", 0.01)
    watched, hub = Watched(), EventHub(most_streams=3)
    clients = [watched.client(hub) for _ in range(3)]
    assert all(client.recv(5) for client in clients)
    assert not hub.has_room
    for client in clients:
        client.close()
    until(lambda: hub.has_room)


def test_a_volume_that_is_away_ends_nothing_and_an_export_that_is_purged_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(event_hub, "TICK_SECONDS", 0.01)
    watched, hub = Watched(), EventHub()
    watched.fails = VolumeUnavailable()
    client = watched.client(hub)
    read_to(client, b"hello\n\n")
    until(lambda: watched.looks > 3)
    watched.fails = None
    read_to(client, b"pending")
    watched.fails = JobNotFound()
    assert b"data" not in rest_of(client)


def a_client(opening: bytes = b"") -> tuple[event_hub._Client, socket.socket, Watched]:
    ours, theirs = socket.socketpair()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    _opened.extend((ours, theirs))
    watched = Watched()
    newcomer = Newcomer(theirs, opening, watched.watch(), "")
    return event_hub._Client(newcomer, event_hub._Room(newcomer.watch), 0.0), ours, watched


def test_who_takes_nothing_has_the_newest_kept_and_is_cut_off() -> None:
    client, ours, watched = a_client(b"x" * 500_000)
    client.write(1.0)
    assert client.wants_to_write
    for number in range(1, 100):
        client.tell(watched.watch().event(watched.door.move("one", attempt=number)))
    assert client.breathe(30.0)
    assert not client.breathe(31.5)
    got = b""
    while b'"attempt":' not in got:
        got += ours.recv(1 << 20)
        client.write(40.0)
    assert got.count(b"data: ") == 1
    assert b'"attempt":99' in got
    assert client.breathe(60.0)


def test_a_silent_stream_says_every_15_seconds_that_it_is_there() -> None:
    client, ours, _ = a_client()
    assert client.breathe(14.0)
    assert not client.wants_to_write
    assert client.breathe(15.5)
    client.write(15.5)
    assert ours.recv(100).startswith(b":")
    assert client.breathe(20.0)
    assert not client.wants_to_write


def test_after_an_hour_who_watches_has_to_come_back() -> None:
    client, _, _ = a_client()
    assert client.breathe(3601.0)
    assert client.is_done


def test_who_talks_where_it_should_listen_is_cut_off() -> None:
    client, ours, _ = a_client()
    for _ in range(16):
        ours.send(b"x" * 4096)
        client.hear()
    ours.send(b"x")
    with pytest.raises(ConnectionResetError):
        client.hear()
