"""Two hundred who download and do not read, and whether anybody else is answered."""

from __future__ import annotations

import http.client
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE_BYTES = 64 * 2**20  # more than the kernel holds for a client that does not read
DOWNLOADS, POLLS = 200, 50
#: As it was before downloads left their threads.
OF_BEFORE = ("--workers", "1", "--worker-class", "gthread", "--threads", "8")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "output.mp4"
    with path.open("wb") as stream:
        stream.truncate(FILE_BYTES)
    return path


@contextmanager
def served(file: Path, *options: str) -> Iterator[tuple[int, int]]:
    """A gunicorn with one completed export; its port and its process."""
    with (
        (file.parent / "log").open("ab") as log,
        socket.create_server(("127.0.0.1", 0), backlog=512) as listener,
    ):
        command = [
            *(sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn"),
            *("--bind", f"fd://{listener.fileno()}", *options),
            "tests.export_service.served:app()",
        ]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"SERVED_FILE": str(file), "MEDIA_BASE_PATH": str(file.parent)},
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        port = listener.getsockname()[1]
    try:
        assert poll(port, 60) == 200
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def poll(port: int, patience_seconds: float) -> int | None:
    """The status of an answer, or None where none comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience_seconds)
    try:
        connection.request("GET", "/api/export/done/status")
        return connection.getresponse().status
    except TimeoutError:
        return None
    finally:
        connection.close()


@contextmanager
def downloads(port: int, begun: int) -> Iterator[list[socket.socket]]:
    """Clients who ask for the file and read nothing of it, once `begun` of them are answered."""
    with ExitStack() as ends:
        clients = []
        for _ in range(DOWNLOADS):
            client = ends.enter_context(socket.create_connection(("127.0.0.1", port), 30))
            client.sendall(b"GET /api/export/done/download HTTP/1.1\r\nHost: x\r\n\r\n")
            clients.append(client)
        deadline = time.monotonic() + 60
        while len(select.select(clients, [], [], 0)[0]) < begun:
            assert time.monotonic() < deadline, "too few downloads begin"
            time.sleep(0.05)
        yield clients


def holders(file: Path, pid: int) -> int:
    """How often the file is open in the processes of a server."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    links = [link for child in children for link in Path(f"/proc/{child}/fd").iterdir()]
    return sum(_leads_to(link, file) for link in links)


def _leads_to(link: Path, file: Path) -> bool:
    try:
        return str(link.readlink()) == str(file)
    except FileNotFoundError:
        # Closed since it was listed.
        return False


def test_200_slow_downloads_keep_no_poll_from_its_answer(file: Path) -> None:
    with served(file) as (port, pid):
        with downloads(port, DOWNLOADS):
            assert holders(file, pid) == DOWNLOADS
            assert [poll(port, 30) for _ in range(POLLS)] == [200] * POLLS
        deadline = time.monotonic() + 30
        while holders(file, pid):
            assert time.monotonic() < deadline, "who hung up is still served"
            time.sleep(0.05)


def test_with_a_thread_for_each_download_nobody_is_answered(file: Path) -> None:
    with served(file, *OF_BEFORE) as (port, _), downloads(port, 8):
        assert [poll(port, 1) for _ in range(3)] == [None] * 3


def test_a_connection_serves_on_after_a_download(file: Path) -> None:
    with served(file) as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for asked in ("bytes=5-1000004", "bytes=0-9"):
            connection.request("GET", "/api/export/done/download", headers={"Range": asked})
            answer = connection.getresponse()
            assert answer.status == 206
            assert len(answer.read()) == int(answer.headers["Content-Length"])
            assert answer.headers["Connection"] == "keep-alive"
        connection.request("GET", "/api/export/done/status")
        assert connection.getresponse().status == 200
        connection.close()


@contextmanager
def lingerers(port: int) -> Iterator[None]:
    """Clients who have had their last answer and do not hang up."""
    with ExitStack() as ends:
        clients = [
            ends.enter_context(socket.create_connection(("127.0.0.1", port), 30)) for _ in range(30)
        ]
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert clients[0].recv(65536)
        yield


def test_who_does_not_hang_up_makes_nobody_wait(file: Path) -> None:
    with served(file, "--workers", "1") as (port, _), lingerers(port):
        assert poll(port, 20) == 200


def test_with_gunicorns_own_farewell_everybody_waits(file: Path) -> None:
    """Two seconds for each, in the loop that accepts all others."""
    with served(file, *OF_BEFORE) as (port, _), lingerers(port):
        assert poll(port, 3) is None
