"""Following a count through a stream that is cut anywhere."""

from __future__ import annotations

import random

from worker.ffmpeg.progress import ProgressReader

SAID = b"".join(
    b"frame=%d\nfps=25.00\nout_time_us=%d\nout_time=00:00:01.0\nprogress=continue\n"
    % (n, n * 40_000)
    for n in range(0, 300, 7)
)


def test_wherever_the_stream_is_cut_the_count_is_the_same() -> None:
    rng = random.Random(3)
    for _ in range(50):
        reader = ProgressReader("frame", 0.0)
        rest = SAID
        while rest:
            size = rng.randint(1, 40)
            reader.feed(rest[:size], 1.0)
            rest = rest[size:]
        assert reader.count == 294


def test_each_key_counts_for_itself() -> None:
    reader = ProgressReader("out_time_us", 0.0)
    reader.feed(SAID, 1.0)
    assert reader.count == 294 * 40_000


def test_what_is_no_number_is_passed_over() -> None:
    reader = ProgressReader("out_time_us", 0.0)
    reader.feed(b"out_time_us=N/A\nout_time_us=\nout_time_us=12\nout_time_us=x\n", 1.0)
    assert reader.count == 12


def test_only_growth_is_a_sign_of_life() -> None:
    reader = ProgressReader("frame", 10.0)
    assert reader.seconds_still(15.0) == 5
    reader.feed(b"frame=0\n", 20.0)
    assert reader.seconds_still(20.0) == 10
    reader.feed(b"frame=5\n", 21.0)
    assert reader.seconds_still(22.0) == 1
    reader.feed(b"frame=5\nframe=4\nfps=3\n", 30.0)
    assert reader.seconds_still(30.0) == 9
    assert reader.count == 5


def test_a_line_without_end_does_not_count_yet() -> None:
    reader = ProgressReader("frame", 0.0)
    reader.feed(b"frame=12", 1.0)
    assert reader.count == 0
    reader.feed(b"3\n", 1.0)
    assert reader.count == 123


def test_who_had_to_wait_is_still_only_from_then_on() -> None:
    reader = ProgressReader("done", 0.0)
    reader.feed(b"done=3\n", 1.0)
    assert reader.seconds_still(100.0) == 99
    reader.forgive(100.0)
    assert (reader.seconds_still(101.0), reader.count) == (1, 3)
