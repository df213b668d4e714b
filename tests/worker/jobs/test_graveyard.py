"""Tombstones are read again when something changed among them, and only then."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from config_schema.status import JobRecord
from tests.worker.jobs.samples import record_of
from worker.jobs.graveyard import Graveyard


class Yard:
    """A folder whose files' names are the ids, a clock, and a count of how often it was read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seconds = 0.0
        self.reads = 0
        self._yard = Graveyard(str(folder), lambda: self.seconds)

    def ids(self, after_seconds: float = 1.0) -> list[str]:
        """Who lies there, so long after the last look."""
        self.seconds += after_seconds
        return [record.job_id for record in self._yard.records(self._read)]

    def _read(self, folder: str) -> Iterator[JobRecord]:
        self.reads += 1
        for path in sorted(Path(folder).iterdir()):
            yield record_of(path.name)


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    (tmp_path / "stones").mkdir()
    return Yard(tmp_path / "stones")


def test_what_stands_still_is_read_no_more(yard: Yard) -> None:
    (yard.folder / "a").touch()
    looks = [yard.ids() for _ in range(50)]
    assert looks == [["a"]] * 50
    assert yard.reads == 3


def test_what_comes_goes_or_is_replaced_is_seen_at_the_next_look(yard: Yard) -> None:
    for _ in range(5):
        yard.ids()
    (yard.folder / "a").touch()
    assert yard.ids() == ["a"]
    (yard.folder / "a").rename(yard.folder / "b")
    assert yard.ids() == ["b"]
    (yard.folder / "b").unlink()
    assert yard.ids() == []


def test_a_change_that_the_folders_time_does_not_tell_yet_is_seen_soon(yard: Yard) -> None:
    (yard.folder / "a").touch()
    told = yard.folder.stat()
    yard.ids()
    (yard.folder / "b").touch()
    # In the same tick of the file system's clock.
    os.utime(yard.folder, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert yard.ids(2.0) == ["a", "b"]


def test_a_read_that_fails_is_made_again(yard: Yard) -> None:
    def fails(folder: str) -> Iterator[JobRecord]:
        raise OSError(folder)

    yard.ids()
    yard.seconds += 10
    with pytest.raises(OSError, match="stones"):
        yard._yard.records(fails)
    (yard.folder / "a").touch()
    assert yard.ids() == ["a"]
    assert yard.reads == 2


def test_a_folder_that_is_not_there_yet_is_empty(yard: Yard) -> None:
    yard.folder.rmdir()
    assert yard.ids() == []
    yard.folder.mkdir()
    (yard.folder / "a").touch()
    assert yard.ids() == ["a"]
