"""The thread that serves those who take their time, over sockets without a server."""

from __future__ import annotations

import queue
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from export_service.slow_clients import SlowClients

CONTENT = bytes(range(256)) * 40_000  # more than the kernel holds of a pair of sockets


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    theirs.settimeout(30)
    with ours, theirs:
        yield ours, theirs


def standing_at(path: Path, place: int) -> BinaryIO:
    file = path.open("rb", buffering=0)
    file.seek(place)
    return file


def read(client: socket.socket, count: int) -> bytes:
    got = bytearray()
    while len(got) < count and (block := client.recv(min(70_000, count - len(got)))):
        got += block
    return bytes(got)


def test_a_part_of_a_file_arrives_and_the_socket_comes_back(
    path: Path, pair: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = pair
    over: queue.Queue[bool] = queue.Queue()
    file = standing_at(path, 1000)
    SlowClients().send(ours, file, len(CONTENT) - 3000, over.put)
    assert read(theirs, len(CONTENT) - 3000) == CONTENT[1000:-2000]
    assert over.get(timeout=30) is True
    assert file.closed
    ours.send(b"next")
    assert theirs.recv(100) == b"next"


def test_one_that_reads_nothing_keeps_nobody_from_reading(path: Path) -> None:
    slow_clients = SlowClients()
    over: queue.Queue[bool] = queue.Queue()
    lazy = [socket.socketpair() for _ in range(50)]
    for ours, _ in lazy:
        slow_clients.send(ours, standing_at(path, 0), len(CONTENT), over.put)
    ours, theirs = socket.socketpair()
    theirs.settimeout(30)
    done: queue.Queue[bool] = queue.Queue()
    slow_clients.send(ours, standing_at(path, 0), len(CONTENT), done.put)
    assert read(theirs, len(CONTENT)) == CONTENT
    assert done.get(timeout=30) is True
    assert over.empty()
    for pair in [*lazy, (ours, theirs)]:
        for end in pair:
            end.close()


def test_one_that_hangs_up_is_let_go_and_its_file_closed(
    path: Path, pair: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = pair
    over: queue.Queue[bool] = queue.Queue()
    file = standing_at(path, 0)
    SlowClients().send(ours, file, len(CONTENT), over.put)
    theirs.recv(1000)
    theirs.close()
    assert over.get(timeout=30) is False
    assert file.closed


def test_one_that_stops_reading_is_let_go_after_a_while(
    path: Path, pair: tuple[socket.socket, socket.socket]
) -> None:
    ours, _ = pair
    over: queue.Queue[bool] = queue.Queue()
    SlowClients(stall_seconds=0.01).send(ours, standing_at(path, 0), len(CONTENT), over.put)
    assert over.get(timeout=30) is False


def test_a_file_that_became_shorter_ends_the_download(
    path: Path, pair: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = pair
    over: queue.Queue[bool] = queue.Queue()
    SlowClients().send(ours, standing_at(path, 0), len(CONTENT) + 5, over.put)
    assert read(theirs, len(CONTENT)) == CONTENT
    assert over.get(timeout=30) is False


def test_a_connection_is_closed_once_the_client_has_hung_up() -> None:
    ours, theirs = socket.socketpair()
    theirs.settimeout(30)
    theirs.send(b"still sending")
    ours.send(b"the answer")
    SlowClients().see_off(ours)
    assert theirs.recv(100) == b"the answer"
    assert theirs.recv(100) == b""
    theirs.close()
