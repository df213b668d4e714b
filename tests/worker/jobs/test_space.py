"""A job waits before the volume is full, with its pieces, and goes on by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from config_schema.errors import Cancelled, NoSpace
from config_schema.status import JobStatus, Stage
from tests.worker.fakes import FakeRendered, PlainBoard, fake_render
from tests.worker.house import config_of
from tests.worker.jobs.samples import make
from tests.worker.jobs.test_run import make_due
from worker.jobs.progress import Reporter
from worker.jobs.run import Outcome, Workload, read_tries, run_job
from worker.jobs.space import Space, copied_bytes, free_bytes, taken_bytes
from worker.jobs.store import JobStore

GB = 10**9


class Volume:
    """A volume of which one says how much is free."""

    def __init__(self, free: int) -> None:
        self.free = free

    @property
    def space(self) -> Space:
        return Space(GB, lambda _: self.free)


def go(store: JobStore, volume: Volume, board: PlainBoard | None = None) -> Outcome:
    return run_job("a", store, fake_render, board or PlainBoard(), space=volume.space)


def log_of(store: JobStore) -> str:
    return (store.exports / "a" / "job.log").read_text()


def test_a_job_waits_for_the_reserve_before_it_begins_and_goes_on_by_itself(
    store: JobStore,
) -> None:
    make(store)
    volume, board = Volume(GB - 1), PlainBoard()
    for _ in range(4):
        assert go(store, volume, board) is Outcome.AGAIN
        record = store.record("a")
        assert (record.status, record.stage) == (JobStatus.PENDING, Stage.WAITING)
        assert board.pinned[-1][1].result["stage"] == "waiting"
        assert go(store, volume) is Outcome.NOT_YET
        make_due(store)
    assert log_of(store).count("no_space") == 1
    assert "1.0 GB are free" in log_of(store)
    assert not (store.exports / "a" / "work").exists()
    volume.free = GB
    assert go(store, volume) is Outcome.COMPLETED
    assert store.record("a").error is None


def test_a_volume_that_fills_up_while_a_job_runs_stops_it_with_its_pieces(
    store: JobStore,
) -> None:
    make(store, project_id="pieces=3")
    volume = Volume(5 * GB)

    def filled(workload: Workload, reporter: Reporter) -> FakeRendered:
        (workload.work / "piece-0").write_bytes(b"whole")
        (workload.work / "piece-1.part").write_bytes(b"half")
        volume.free = GB // 2
        assert reporter.is_cancelled()
        # Whatever the engine has removed while it stopped: it was the volume that stopped it.
        volume.free = 5 * GB
        raise Cancelled

    assert run_job("a", store, filled, PlainBoard(), space=volume.space) is Outcome.AGAIN
    record = store.record("a")
    assert (record.status, record.stage) == (JobStatus.PROCESSING, Stage.WAITING)
    with store.open("a") as folder:
        tries = read_tries(folder, record)
        assert folder.output() is None
        # Half a piece takes room, and is of no use to the next try.
        assert [path.name for path in folder.work_path(record).iterdir()] == ["piece-0"]
    assert (tries.failures, tries.deaths) == (0, 0)
    make_due(store)
    assert go(store, volume) is Outcome.COMPLETED
    assert (store.exports / "a" / "report.json").read_text() == '{"pieces_made":2}'


def test_a_worker_killed_while_it_ran_counts_no_death_for_waiting(store: JobStore) -> None:
    make(store)
    volume = Volume(0)
    for _ in range(3):
        go(store, volume)
        make_due(store)
    with store.open("a") as folder:
        tries = read_tries(folder, store.record("a"))
    assert (tries.is_running, tries.failures, tries.deaths) == (False, 0, 0)


def test_without_a_reserve_nobody_looks(store: JobStore) -> None:
    make(store)

    def look(_: int) -> int:
        raise AssertionError

    outcome = run_job("a", store, fake_render, PlainBoard(), space=Space(0, look))
    assert outcome is Outcome.COMPLETED


def test_what_is_kept_for_later_goes_before_anybody_waits(store: JobStore) -> None:
    make(store)
    volume, asked = Volume(GB - 300), []

    def make_room(needed: int) -> None:
        asked.append(needed)
        volume.free += needed

    space = Space(GB, lambda _: volume.free, make_room)
    outcome = run_job("a", store, fake_render, PlainBoard(), space=space)
    assert (outcome, asked) == (Outcome.COMPLETED, [300])


def test_what_is_needed_has_to_fit_above_the_reserve(tmp_path: Path) -> None:
    space = Volume(3 * GB).space
    assert space.shortage(0, 2 * GB) is None
    shortage = space.shortage(0, 2 * GB + 1)
    assert isinstance(shortage, NoSpace)
    # Figures are for the operator; the client reads one sentence.
    assert str(shortage) == "The media volume is full."
    assert "3.0 GB are free" in shortage.detail


def test_the_real_volume_is_asked(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        facts = os.statvfs(tmp_path)
        total = facts.f_blocks * facts.f_frsize
        assert 0 < free_bytes(folder) <= total
        assert Space(2 * total).shortage(folder) is not None
        assert Space(1).shortage(folder) is None
    finally:
        os.close(folder)


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({}, 350),
        ({"output": {"filePath": "o", "codec": "h264"}}, 0),
        ({"output": {"filePath": "o", "format": "webm"}}, 0),
        ({"sources": [{"id": "m0", "name": "Camera 1", "filePath": "cam1.mp4"}]}, 0),
        ({"sources": [{"id": "m", "name": "m", "filePath": "m.mp4", "duration": 0}]}, 0),
        ({"sources": [{"id": "m", "name": "m", "filePath": "m.mp4", "duration": 0.1}]}, 2000),
    ],
)
def test_only_what_is_sure_to_be_copied_is_reckoned_with(
    changes: dict[str, Any], needed: int
) -> None:
    source = {"id": "m0", "name": "Camera 1", "filePath": "cam1.mp4", "duration": 10}
    told: dict[str, Any] = {"sources": [source]} | changes
    assert copied_bytes(config_of("a", **told).config, {0: 1000}) == needed


def test_what_the_job_has_made_already_is_not_needed_again(tmp_path: Path) -> None:
    (tmp_path / "pieces").mkdir()
    (tmp_path / "pieces" / "one").write_bytes(b"x" * 100)
    (tmp_path / "two.part").write_bytes(b"x" * 11)
    files = 111
    folders = (tmp_path / "pieces").lstat().st_size
    assert taken_bytes(tmp_path) == files + folders
