"""The service behind a real gunicorn: what only sockets show."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIB = 2**30
FILE_BYTES = 2 * GIB
BLOCK = 2**20
URL = "/api/export/done/download"


@dataclass(frozen=True)
class Server:
    """A gunicorn, and the file that it serves."""

    port: int
    pid: int
    file: Path
    log: Path

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def peak_bytes(self) -> int:
        """The most memory that any of its processes has ever had."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return max(_peak_bytes(pid) for pid in (self.pid, *map(int, children)))


def _peak_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    file = folder / "output.mp4"
    dice = random.Random(7)
    with file.open("wb") as stream:
        stream.truncate(FILE_BYTES)
        for _ in range(400):
            stream.seek(dice.randrange(FILE_BYTES - BLOCK))
            stream.write(dice.randbytes(5000))
    with (
        (folder / "log").open("wb") as log,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        command = [
            *(sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn"),
            *("--bind", f"fd://{listener.fileno()}", "tests.export_service.served:app()"),
        ]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"SERVED_FILE": str(file), "MEDIA_BASE_PATH": str(folder)},
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        port = listener.getsockname()[1]
    try:
        yield Server(port, process.pid, file, folder / "log")
    finally:
        process.terminate()
        process.wait(30)
        file.unlink()


def fetch(server: Server, start: int, stop: int, headers: dict[str, str] | None = None) -> int:
    """How many bytes of a range came, all of them equal to the file's."""
    connection = server.connect()
    asked = {"Range": f"bytes={start}-{stop - 1}", **(headers or {})}
    connection.request("GET", URL, headers=asked)
    answer = connection.getresponse()
    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{FILE_BYTES}"
    got = bytearray(BLOCK)
    place = start
    with server.file.open("rb", buffering=0) as original:
        original.seek(start)
        while count := answer.readinto(got):
            assert got[:count] == original.read(count)
            place += count
    connection.close()
    return place - start


def break_off(server: Server, start: int, stop: int, after: int) -> tuple[int, str]:
    """Take `after` bytes of a range and hang up; how far it came, and the file's ETag."""
    connection = server.connect()
    connection.request("GET", URL, headers={"Range": f"bytes={start}-{stop - 1}"})
    answer = connection.getresponse()
    taken = 0
    while taken < after:
        taken += len(answer.read(BLOCK))
    connection.close()
    return start + taken, answer.headers["ETag"]


def test_the_page_and_its_files_come_whole(server: Server) -> None:
    urls = ["/"]
    with contextlib.closing(server.connect()) as connection:
        for url in urls:
            connection.request("GET", url)
            answer = connection.getresponse()
            content = answer.read()
            assert (answer.status, len(content)) == (200, int(answer.headers["Content-Length"]))
            if url == "/":
                urls += re.findall(r'(?:src|href)="([^"]+)"', content.decode())
    assert len(urls) == 4


def test_a_2_gb_file_in_three_ranges_one_resumed_needs_no_memory(server: Server) -> None:
    before = 0
    for _ in range(8):  # both processes have answered by then
        assert fetch(server, 0, BLOCK) == BLOCK
        before = max(before, server.peak_bytes())
    third = FILE_BYTES // 3
    bounds = [(0, third), (third, 2 * third), (2 * third, FILE_BYTES)]
    got: dict[int, int] = {}

    def take(number: int, start: int, stop: int) -> None:
        came, headers = 0, {}
        if number == 1:
            place, etag = break_off(server, start, stop, 100 * BLOCK)
            came, headers = place - start, {"If-Range": etag}
        got[number] = came + fetch(server, start + came, stop, headers)

    threads = [
        threading.Thread(target=take, args=(number, *bound)) for number, bound in enumerate(bounds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert got == {number: stop - start for number, (start, stop) in enumerate(bounds)}
    assert server.peak_bytes() - before < 50 * BLOCK


def test_a_range_far_inside_comes_at_once(server: Server) -> None:
    """The server must not read its way there: that would be seconds for each of these."""
    for number in range(50):
        start = FILE_BYTES - BLOCK - number
        assert fetch(server, start, start + 10) == 10


def test_a_name_with_a_line_break_adds_no_header(server: Server) -> None:
    connection = server.connect()
    connection.request("HEAD", URL)
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers["X-Evil"] is None
    assert answer.headers["Content-Length"] == str(FILE_BYTES)
    assert "%F0%9F%8E%AC.mp4" in answer.headers["Content-Disposition"]
    connection.close()


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_client_that_sends_too_much_still_gets_to_read_why(
    server: Server, is_chunked: bool
) -> None:
    connection = server.connect()
    blocks = (b" " * BLOCK for _ in range(20))
    length = {} if is_chunked else {"Content-Length": str(20 * BLOCK)}
    connection.request("POST", "/api/export", blocks, length, encode_chunked=is_chunked)
    answer = connection.getresponse()
    assert answer.status == 413
    assert "16 MiB" in json.loads(answer.read())["error"]
    connection.close()


def test_a_chunked_config_is_a_config(server: Server) -> None:
    connection = server.connect()
    connection.request("POST", "/api/export", iter([b'{"version"', b":2}"]), encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 400
    assert json.loads(answer.read())["errors"]
    connection.close()


def test_a_line_break_in_a_path_begins_no_line_in_the_log(server: Server) -> None:
    connection = server.connect()
    connection.request("GET", "/a%0A%1B[31mb?secret=1", headers={"X-Request-Id": "the-odd-one"})
    assert connection.getresponse().status == 404
    connection.close()
    deadline = time.monotonic() + 10
    lines: list[str] = []
    while not lines and time.monotonic() < deadline:
        lines = [line for line in server.log.read_text().splitlines() if "the-odd-one" in line]
    (line,) = lines
    assert line.startswith("127.0.0.1 GET /a%0A%1B%5B31mb 404 ")
    assert "secret" not in line


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"GET /api/export?cursor=" + b"0" * 9000 + b" HTTP/1.1\r\n\r\n", 414, "address_too_long"),
        (b"GET / HTTP/1.1\r\n" + b"X: %b\r\n\r\n" % (b"y" * 9000), 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/9.9\r\n\r\n", 400, "bad_request"),
        (b"\x16\x03\x01 this is not\r\n\r\n", 400, "bad_request"),
    ],
)
def test_what_is_no_request_is_told_so_as_everything_else_is(
    server: Server, sent: bytes, status: int, code: str
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 30) as client:
        client.sendall(sent)
        answer = http.client.HTTPResponse(client)
        answer.begin()
        body = json.loads(answer.read())
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert (body["status"], body["code"]) == (status, code)
    assert body["requestId"] == answer.headers["X-Request-Id"]


def test_a_wrong_setting_stops_the_start_with_one_line() -> None:
    command = (sys.executable, "-m", "gunicorn", "-c", "python:export_service.gunicorn")
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"EXPORT_HTTP_PORT": "eighty"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode != 0
    (line,) = ended.stderr.strip().splitlines()
    assert "EXPORT_HTTP_PORT" in line


def test_the_web_process_loads_neither_renderer_nor_planner_nor_pyav() -> None:
    program = (
        "import sys; from export_service import create_app; create_app();"
        "print(*[name for name in sys.modules if name.split('.')[0] in ('av', 'numpy') or"
        " name.startswith(('worker.render', 'worker.plan', 'worker.tasks'))])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == []


def test_the_package_alone_loads_no_flask() -> None:
    program = "import sys, export_service; print('flask' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
