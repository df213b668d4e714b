"""Tombstones are read again when something changed among them, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
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
        self.is_readable = True
        #: What happens once, after the folder was read and before the reader says so.
        self.meanwhile: list[Callable[[], object]] = []
        self._yard = Graveyard(str(folder), lambda: self.seconds)

    def change(self, how: Callable[[], object]) -> None:
        """Change something in the folder, a second after the last change by the folder's time."""
        before = self.folder.stat().st_mtime_ns
        how()
        os.utime(self.folder, ns=(before, before + 10**9))

    def ids(self, after_seconds: float = 1.0) -> list[str]:
        """Who lies there, so long after the last look."""
        self.seconds += after_seconds
        return [record.job_id for record in self._yard.records(self._read)]

    def _read(self, folder: str) -> tuple[list[JobRecord], bool]:
        self.reads += 1
        found = [record_of(path.name) for path in sorted(Path(folder).iterdir())]
        while self.meanwhile:
            self.meanwhile.pop()()
        return found, self.is_readable


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
    a, b = yard.folder / "a", yard.folder / "b"
    for change, ids in ((a.touch, ["a"]), (lambda: a.rename(b), ["b"]), (b.unlink, [])):
        for _ in range(5):
            yard.ids()
        yard.change(change)
        assert yard.ids() == ids


def test_a_change_that_the_folders_time_does_not_tell_yet_is_seen_soon(yard: Yard) -> None:
    (yard.folder / "a").touch()
    told = yard.folder.stat()
    yard.ids()
    (yard.folder / "b").touch()
    # In the same tick of the file system's clock.
    os.utime(yard.folder, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert yard.ids(2.0) == ["a", "b"]


def test_what_could_not_be_read_is_read_again(yard: Yard) -> None:
    (yard.folder / "a").touch()
    yard.is_readable = False
    for _ in range(10):
        yard.ids()
    assert yard.reads == 10
    yard.is_readable = True
    for _ in range(10):
        yard.ids()
    assert yard.reads == 11


def test_a_thread_that_read_earlier_and_ends_later_leaves_nothing_old(yard: Yard) -> None:
    yard.ids()
    yard.seconds += 10

    def another_comes() -> None:
        yard.change((yard.folder / "a").touch)
        assert yard.ids() == ["a"]

    yard.meanwhile.append(another_comes)
    assert yard.ids() == []
    assert yard.ids() == ["a"]


def test_a_folder_that_is_not_there_yet_is_empty(yard: Yard) -> None:
    yard.folder.rmdir()
    assert yard.ids() == []
    yard.folder.mkdir()
    (yard.folder / "a").touch()
    assert yard.ids() == ["a"]
