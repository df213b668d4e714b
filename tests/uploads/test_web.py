"""Uploads at a real gunicorn: what only sockets, several processes and kills show."""

from __future__ import annotations

import hashlib
import http.client
import random
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

import pytest

from tests.uploads.sender import OCTETS, TUS, named
from tests.uploads.web import Web, serving

FILM = random.Random(5).randbytes(3_000_000)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving(tmp_path_factory.mktemp("uploads") / "media") as web:
        yield web


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Web]:
    """A service that a test may kill."""
    with serving(tmp_path / "media") as web:
        yield web


def ask(
    web: Web, method: str, address: str, headers: dict[str, str], body: bytes = b""
) -> http.client.HTTPResponse:
    connection = web.connect()
    connection.request(method, address, body or None, TUS | headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def begin(web: Web, name: str, length: int) -> str:
    asked = named(name) | {"Upload-Length": str(length)}
    return str(ask(web, "POST", "/api/uploads", asked).headers["Location"])


def offset_of(web: Web, address: str) -> int:
    return int(ask(web, "HEAD", address, {}).headers["Upload-Offset"])


def patch(web: Web, address: str, offset: int, body: bytes) -> int:
    return ask(web, "PATCH", address, OCTETS | {"Upload-Offset": str(offset)}, body).status


class Slow:
    """A client that sends its PATCH bit by bit, and can vanish without a word."""

    def __init__(self, web: Web, address: str, offset: int, announced: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", web.port))
        headers = TUS | OCTETS | {"Upload-Offset": str(offset), "Content-Length": str(announced)}
        lines = [f"PATCH {address} HTTP/1.1", "Host: here"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, body: bytes) -> None:
        self.socket.sendall(body)

    def status(self) -> int:
        self.socket.settimeout(60)
        return int(self.socket.recv(4096).split()[1])

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def until(web: Web, address: str, offset: int) -> None:
    """Wait until so many bytes are on the disk."""
    deadline = time.monotonic() + 30
    while offset_of(web, address) < offset:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("is_reset", [True, False])
def test_every_byte_that_arrived_before_a_break_counts(shared: Web, is_reset: bool) -> None:
    address = begin(shared, f"broken-{is_reset}.mp4", len(FILM))
    with Slow(shared, address, 0, len(FILM)) as client:
        client.send(FILM[:1_234_567])
        if is_reset:
            # A reset overtakes what the kernel still holds; the end of a stream does not.
            until(shared, address, 1_000_000)
            client.reset()
        else:
            client.socket.shutdown(socket.SHUT_WR)
            until(shared, address, 1_234_567)
        assert client.socket.fileno() == -1 or client.status() == 400
        stands = offset_of(shared, address)
        assert stands <= 1_234_567
        # The one that broke off lets go, and nothing comes twice.
        while (status := patch(shared, address, stands, FILM[stands:])) == 409:
            stands = offset_of(shared, address)
        assert status == 204
        assert (shared.sources / f"broken-{is_reset}.mp4").read_bytes() == FILM


def test_a_client_that_went_silent_gives_way(shared: Web) -> None:
    address = begin(shared, "silent.mp4", len(FILM))
    with Slow(shared, address, 0, len(FILM)) as silent:
        silent.send(FILM[:700_001])
        # Also the end of it, which fills no block, is on the disk when a second has passed.
        until(shared, address, 700_001 - 1024)
        stands = offset_of(shared, address)
        begun = time.monotonic()
        assert patch(shared, address, stands, FILM[stands:]) in {204, 409}
        assert time.monotonic() - begun < 20
        assert silent.status() == 423
        stands = offset_of(shared, address)
        assert patch(shared, address, stands, FILM[stands:]) == 204
        assert (shared.sources / "silent.mp4").read_bytes() == FILM


def test_an_upload_can_be_ended_while_a_silent_client_holds_it(shared: Web) -> None:
    address = begin(shared, "ended.mp4", len(FILM))
    with Slow(shared, address, 0, len(FILM)) as silent:
        silent.send(FILM[:300_000])
        until(shared, address, 1)
        assert ask(shared, "DELETE", address, {}).status == 204
        assert ask(shared, "HEAD", address, {}).status == 404
        assert silent.status() == 423


def test_twenty_files_at_once_come_byte_for_byte_in_little_memory(shared: Web) -> None:
    dice = random.Random(20)
    films = {f"cam-{number}.mp4": dice.randbytes(8_000_000) for number in range(20)}

    def send(name: str) -> int:
        film, address = films[name], begin(shared, name, len(films[name]))
        for start in range(0, len(film), 3_000_000):
            patch(shared, address, start, film[start : start + 3_000_000])
        return offset_of(shared, address)

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(send, films)) == {8_000_000}
    for name, film in films.items():
        assert (shared.sources / name).read_bytes() == film
    assert shared.peak_bytes() < 300 * 2**20


def test_two_uploads_of_one_name_are_never_begun(shared: Web) -> None:
    asked = named("one.mp4") | {"Upload-Length": "10"}
    with ThreadPoolExecutor(20) as pool:
        statuses = list(
            pool.map(lambda _: ask(shared, "POST", "/api/uploads", asked).status, range(20))
        )
    assert sorted(statuses) == [201] + [409] * 19


def test_whatever_is_killed_while_it_comes_it_ends_byte_for_byte(mortal: Web) -> None:
    address = begin(mortal, "killed.mp4", len(FILM))
    for stop in (900_000, 2_500_000):
        stands = offset_of(mortal, address)
        with Slow(mortal, address, stands, len(FILM) - stands) as client:
            client.send(FILM[stands:stop])
            until(mortal, address, stop - 300_000)
            mortal.kill()
            mortal.start()
            known = offset_of(mortal, address)
            assert stands <= known <= stop
            assert list(mortal.sources.iterdir()) == []
    assert patch(mortal, address, known, FILM[known:]) == 204
    assert (mortal.sources / "killed.mp4").read_bytes() == FILM


def test_a_large_body_that_is_refused_still_hears_why(shared: Web) -> None:
    address = begin(shared, "refused.mp4", 200_000_000)
    connection = shared.connect()
    connection.putrequest("PATCH", address)
    for name, value in (
        TUS | OCTETS | {"Upload-Offset": "7", "Content-Length": "200000000"}
    ).items():
        connection.putheader(name, value)
    connection.endheaders(FILM[:1000])
    answer = connection.getresponse()
    assert answer.status == 409
    assert b"wrong_offset" in answer.read()
    connection.close()


def test_a_chunked_body_is_taken_too(shared: Web) -> None:
    address = begin(shared, "chunked.mp4", len(FILM))
    parts = [FILM[:5], FILM[5:1_000_000], FILM[1_000_000:]]
    connection = shared.connect()
    connection.request(
        "PATCH", address, iter(parts), TUS | OCTETS | {"Upload-Offset": "0"}, encode_chunked=True
    )
    assert connection.getresponse().status == 204
    connection.close()
    came = (shared.sources / "chunked.mp4").read_bytes()
    assert hashlib.sha256(came).digest() == hashlib.sha256(FILM).digest()


@pytest.mark.parametrize("chunk", [b"zz\r\n", b"5\r\nab", b"0\r\nbad header\r\n\r\n"])
def test_a_chunked_body_that_is_damaged_is_the_clients_fault(shared: Web, chunk: bytes) -> None:
    address = begin(shared, f"damaged-{chunk[:1].hex()}.mp4", 100)
    with socket.create_connection(("127.0.0.1", shared.port)) as raw:
        headers = TUS | OCTETS | {"Upload-Offset": "0", "Transfer-Encoding": "chunked"}
        lines = [f"PATCH {address} HTTP/1.1", "Host: here"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        raw.sendall("\r\n".join([*lines, "", ""]).encode() + b"3\r\nabc\r\n" + chunk)
        raw.shutdown(socket.SHUT_WR)
        raw.settimeout(60)
        assert raw.recv(4096).split()[1] == b"400"
    assert offset_of(shared, address) == (5 if chunk.startswith(b"5") else 3)
