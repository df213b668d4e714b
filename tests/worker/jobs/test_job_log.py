"""A job's log: capped, and each line read once, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from worker.jobs import disk, job_log
from worker.jobs.job_log import LOG, OLDER, LogReader, append


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    # Room for two lines: a stamp takes 29 bytes.
    monkeypatch.setattr(job_log, "_MOST_BYTES", 50)
    with disk.opened(tmp_path) as descriptor:
        yield descriptor


def lines(text: bytes) -> list[str]:
    return [line.partition(" ")[2] for line in text.decode().splitlines()]


def test_both_generations_are_read_the_older_one_first(folder: int, tmp_path: Path) -> None:
    for word in ("one", "two", "three"):
        append(folder, word)
    assert (tmp_path / OLDER).exists()
    append(folder, "four")
    assert lines(LogReader(folder).read()) == ["one", "two", "three", "four"]


def test_each_line_is_read_once_also_over_a_rotation(folder: int) -> None:
    reader = LogReader(folder)
    assert reader.read() == b""
    seen = []
    for word in ("one", "two", "three", "four", "five"):
        append(folder, word)
        seen.append(lines(reader.read()))
        assert reader.read() == b""
    assert seen == [["one"], ["two"], ["three"], ["four"], ["five"]]


def test_a_reader_that_sleeps_through_a_generation_goes_on_with_what_is_there(folder: int) -> None:
    reader = LogReader(folder)
    append(folder, "one")
    reader.read()
    for number in range(8):
        append(folder, f"later {number}")
    assert lines(reader.read())[-1] == "later 7"
    assert reader.read() == b""


def test_a_log_that_is_renamed_while_it_is_opened_is_not_read_twice(
    folder: int, tmp_path: Path
) -> None:
    append(folder, "one")
    (tmp_path / OLDER).hardlink_to(tmp_path / LOG)
    assert lines(LogReader(folder).read()) == ["one"]


def test_a_line_that_is_no_text_and_a_huge_one_are_kept_as_well_as_can_be(
    folder: int, tmp_path: Path
) -> None:
    append(folder, "bad \ud800 " + "x" * 1000)
    assert (tmp_path / LOG).stat().st_size == 50
