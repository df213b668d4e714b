"""The benchmarks measure what they say."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cases import longest_standstill, worst_eta
from benchmarks.crowd import Crowd, come
from benchmarks.page import Row, table
from benchmarks.place import Cameras, Run, middle, programme
from benchmarks.usage import PeakMemory, cpu_seconds, descendants
from export_service.coded_media import CameraSpec


def run_of(*states: tuple[float, float, float | None]) -> Run:
    told: list[tuple[float, dict[str, Any]]] = [
        (at, {"progress": progress, "etaSeconds": eta}) for at, progress, eta in states
    ]
    return Run(states[-1][0], tuple(told))


def test_processor_time_of_children_that_have_ended_is_counted() -> None:
    # A shell that waits for its own child, and stays until it is told.
    burn = "for n in range(4_000_000): pass"
    script = f'"{sys.executable}" -c "{burn}"; echo burnt; read _'
    with subprocess.Popen(
        ["/bin/sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as shell:
        assert shell.stdin is not None
        assert shell.stdout is not None
        assert shell.stdout.readline() == b"burnt\n"
        assert shell.pid in descendants(os.getpid())
        assert cpu_seconds(os.getpid()) >= 0.05
        shell.stdin.write(b"\n")


def test_the_most_memory_of_a_process_is_found_after_it_was_given_back() -> None:
    hold = "b = bytearray(200_000_000); del b; print('held', flush=True); input()"
    with (
        PeakMemory(os.getpid(), every_seconds=0.01) as memory,
        subprocess.Popen(
            [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        deadline = time.monotonic() + 20
        while memory.highest[1] < 200_000_000:
            assert time.monotonic() < deadline
        child.stdin.write(b"\n")
    assert memory.highest[1] < 400_000_000


def test_standstill_and_eta_are_measured_against_the_clock() -> None:
    run = run_of((0, 0, None), (1, 0, 9), (4, 0.5, 4), (5, 0.5, 4), (6, 0.6, 6), (10, 1, None))
    assert longest_standstill(run) == 1
    assert worst_eta(run) == 2
    assert worst_eta(run_of((1, 0.1, None), (10, 1, None))) == 10


def test_the_cuts_go_from_camera_to_camera_and_cover_the_length() -> None:
    media = Cameras(Path(), ("a", "b", "c"), CameraSpec(1, 30))
    segments = programme(media, Fraction(290), 1000)["segments"]
    assert len(segments) == 1001
    assert {segment["sourceIndex"] for segment in segments} == {0, 1, 2}
    assert (segments[0]["startTime"], segments[-1]["endTime"]) == (0, 290)
    starts = [segment["startTime"] for segment in segments[1:]]
    assert starts == [segment["endTime"] for segment in segments[:-1]]


@pytest.mark.parametrize(("numbers", "is_middle"), [([3, 1, 2], 2), ([4, 1, 2, 3], 2.5)])
def test_the_middle_is_the_median(numbers: list[float], is_middle: float) -> None:
    assert middle(numbers) == is_middle


def test_a_row_without_a_target_has_no_verdict() -> None:
    text = table([Row("a", "1", "", True), Row("b", "2", "at most 1", False)])
    assert text.splitlines()[2:] == ["| a | 1 |  |  |", "| b | 2 | at most 1 | no |"]


def test_the_crowd_counts_what_it_was_answered() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    answer = b"HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\n{}"

    def serve() -> None:
        client, _ = listener.accept()
        with client:
            while client.recv(65536):
                client.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    crowd = Crowd(
        listener.getsockname()[1], ["a"], seconds=0.3, pollers=1, every_seconds=0.05, path="/x"
    )
    found = asyncio.run(come(crowd))
    listener.close()
    assert set(found.statuses) == {"poll 503"}
    assert found.statuses["poll 503"] >= len(found.polls_seconds) > 0
