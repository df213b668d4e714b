"""Progress never goes back, reaches the disk first and is told at most twice a second."""

from __future__ import annotations

import pytest

from config_schema.status import Progress, Stage
from tests.worker.fakes import PlainBoard
from tests.worker.jobs.samples import make
from worker.jobs import progress
from worker.jobs.progress import Reporter, farther, read_progress
from worker.jobs.steering import Steering
from worker.jobs.store import JobStore
from worker.jobs.view import NEARLY, view_of


def at(fraction: float, stage: Stage = Stage.RENDERING) -> Progress:
    return Progress(stage=stage, fraction=fraction)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)


@pytest.mark.usefixtures("no_pause")
def test_progress_never_goes_back_not_even_after_a_crash(store: JobStore) -> None:
    record = make(store)
    seen = []
    for reports in ([0.1, 0.5, 0.3], [0.0, 0.2, 0.6, 1.0]):
        # Each round is a process of its own: only the disk knows what the last one reached.
        with store.open("a") as folder:
            reporter = Reporter(folder, record, PlainBoard(), Steering())
            for fraction in reports:
                reporter.progress(at(fraction))
                known = read_progress(folder, record)
                assert known is not None
                seen.append(known.fraction)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_progress_of_an_earlier_run_is_forgotten(store: JobStore) -> None:
    record = make(store)
    with store.open("a") as folder:
        Reporter(folder, record, PlainBoard(), Steering()).progress(at(0.9))
        later = record.model_copy(update={"attempt": 2})
        assert Reporter(folder, later, PlainBoard(), Steering()).latest is None


def test_the_board_hears_of_it_at_most_twice_a_second(store: JobStore) -> None:
    record = make(store)
    board = PlainBoard()
    with store.open("a") as folder:
        reporter = Reporter(folder, record, board, Steering())
        for step in range(1000):
            reporter.progress(at(step / 1000))
    assert len(board.pinned) <= 2


@pytest.mark.usefixtures("no_pause")
def test_the_newest_report_is_told_by_the_next_look_at_the_flag(store: JobStore) -> None:
    record = make(store)
    board = PlainBoard()
    with store.open("a") as folder:
        reporter = Reporter(folder, record, board, Steering())
        reporter.progress(at(0.25))
        assert not reporter.is_cancelled()
    assert board.pinned[-1][1].result["percent"] == 25.0


def test_what_is_not_on_disk_is_not_told(store: JobStore) -> None:
    record = make(store)
    board = PlainBoard()
    with store.open("a") as folder:
        reporter = Reporter(folder, record, board, Steering())
        told = len(board.pinned)
        (folder.path / f".{progress.PROGRESS}.tmp").mkdir()
        reporter._next_at = 0.0
        reporter.progress(at(0.5))
        assert len(board.pinned) == told


def test_only_a_completed_job_says_one(store: JobStore) -> None:
    record = make(store)
    assert view_of(record, at(1.0)).progress == NEARLY < 1


def test_of_disk_and_backend_the_farther_counts() -> None:
    assert farther(None, None) is None
    assert farther(at(0.5), None) == at(0.5)
    assert farther(None, at(0.4)) == at(0.4)
    assert farther(at(0.5), at(0.4)) == at(0.5)
    assert farther(at(0.5), at(0.6)) == at(0.6)
