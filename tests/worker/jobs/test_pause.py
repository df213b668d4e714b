"""A paused job rests with all it has, and goes on from there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config_schema.errors import Cancelled, JobNotFound, NotUnderWay
from config_schema.status import JobRecord, JobStatus, Stage
from tests.worker.fakes import FakeRendered, PlainBoard, fake_render
from tests.worker.jobs.samples import complete, make, save
from worker.jobs.folder import JobFolder
from worker.jobs.line import in_line
from worker.jobs.pause import PAUSE, pause_desk, pause_job, resume_desk, resume_job
from worker.jobs.progress import Reporter
from worker.jobs.run import Outcome, Workload, read_tries, run_job
from worker.jobs.store import JobStore


def pause(store: JobStore, job_id: str = "a") -> JobRecord:
    return store.steer(job_id, lambda folder: pause_job(folder.descriptor))


def resume(store: JobStore, job_id: str = "a") -> JobRecord:
    return store.steer(job_id, lambda folder: resume_job(folder.descriptor))


def go(store: JobStore, board: PlainBoard | None = None, job_id: str = "a") -> Outcome:
    return run_job(job_id, store, fake_render, board or PlainBoard())


def paused_after_the_first_piece(workload: Workload, reporter: Reporter) -> FakeRendered:
    """Stop after one piece, as the engine does when it looks after an operator's pause."""
    one = workload.config.model_copy(update={"project_id": "pieces=1"})
    fake_render(replace(workload, config=one), reporter)
    with JobFolder.open(workload.work.parents[1]) as folder:
        pause_job(folder.descriptor)
    assert reporter.is_cancelled()
    raise Cancelled


def test_a_waiting_job_that_is_paused_says_so_and_is_not_begun(store: JobStore) -> None:
    make(store)
    assert (pause(store).status, pause(store).stage) == (JobStatus.PENDING, Stage.PAUSED)
    assert go(store) is Outcome.PAUSED
    assert store.record("a").stage is Stage.PAUSED
    assert [record.stage for record in store.records()] == [Stage.PAUSED]
    assert resume(store).stage is Stage.QUEUED
    assert go(store) is Outcome.COMPLETED


def test_a_paused_job_stands_in_no_line(store: JobStore) -> None:
    make(store, "a")
    make(store, "b")
    pause(store, "a")
    assert [record.job_id for record in in_line(store.records())] == ["b"]


def test_a_running_job_that_is_paused_keeps_its_pieces_and_nothing_is_held_against_it(
    store: JobStore,
) -> None:
    make(store, project_id="pieces=3")
    board = PlainBoard()
    assert run_job("a", store, paused_after_the_first_piece, board) is Outcome.PAUSED
    record = store.record("a")
    assert (record.status, record.stage) == (JobStatus.PROCESSING, Stage.PAUSED)
    with store.open("a") as folder:
        tries = read_tries(folder, record)
    assert (tries.is_running, tries.deaths, tries.failures, tries.next_at) == (False, 0, 0, None)
    state, told = board.pinned[-1][1].state, board.pinned[-1][1].result
    assert (state, told["stage"]) == ("PROGRESS", "paused")
    assert told["percent"] > 0
    assert go(store) is Outcome.PAUSED
    resume(store)
    assert go(store) is Outcome.COMPLETED
    log = (store.exports / "a" / "job.log").read_text()
    assert [log.count(f"piece {number}") for number in range(3)] == [1, 1, 1]
    assert "paused by the operator" in log


def test_a_pause_taken_back_before_the_run_has_ended_is_no_failure(store: JobStore) -> None:
    make(store)

    def undecided(workload: Workload, reporter: Reporter) -> FakeRendered:
        pause(store)
        assert reporter.is_cancelled()
        resume(store)
        # Who has begun to stop may ask again, and must not hear something else.
        assert reporter.is_cancelled()
        raise Cancelled

    assert run_job("a", store, undecided, PlainBoard()) is Outcome.PAUSED
    assert store.record("a").status is JobStatus.PROCESSING
    assert go(store) is Outcome.COMPLETED


def test_a_cancel_wins_over_a_pause(store: JobStore) -> None:
    make(store)

    def both(workload: Workload, reporter: Reporter) -> FakeRendered:
        pause(store)
        assert reporter.is_cancelled()
        store.cancel("a")
        raise Cancelled

    assert run_job("a", store, both, PlainBoard()) is Outcome.CANCELLED
    assert store.record("a").status is JobStatus.CANCELLED
    assert store.names() == [".state"]


def test_a_paused_job_can_be_cancelled(store: JobStore) -> None:
    make(store)
    pause(store)
    assert store.cancel("a").status is JobStatus.CANCELLED
    make(store)
    assert store.record("a").stage is Stage.QUEUED


def test_what_is_over_cannot_be_paused(store: JobStore) -> None:
    make(store)
    complete(store, "a")
    make(store, "b")
    store.cancel("b")
    for job_id in ("a", "b"):
        with pytest.raises(NotUnderWay):
            pause(store, job_id)
    with pytest.raises(JobNotFound):
        pause(store, "c")
    assert not (store.exports / "a" / PAUSE).exists()


def test_a_flag_that_came_too_late_does_not_change_what_a_finished_job_says(
    store: JobStore,
) -> None:
    make(store)
    pause(store)
    complete(store, "a")
    assert store.record("a").stage is not Stage.PAUSED
    assert [record.stage is Stage.PAUSED for record in store.records()] == [False]


def test_the_whole_desk_can_be_paused(store: JobStore) -> None:
    make(store, "a")
    make(store, "b")
    pause(store, "b")
    pause_desk(store.exports)
    make(store, "c")
    assert {record.stage for record in store.records()} == {Stage.PAUSED}
    assert go(store, job_id="c") is Outcome.PAUSED
    # Of its own flag the desk knows nothing.
    assert resume(store, "b").stage is Stage.PAUSED
    pause(store, "b")
    resume_desk(store.exports)
    stages = {record.job_id: record.stage for record in store.records()}
    assert stages == {"a": Stage.QUEUED, "b": Stage.PAUSED, "c": Stage.QUEUED}
    assert go(store, job_id="c") is Outcome.COMPLETED


def test_a_run_that_saves_does_not_undo_a_new_priority(store: JobStore) -> None:
    make(store)

    def raised(workload: Workload, reporter: Reporter) -> FakeRendered:
        store.steer("a", lambda folder: folder.prioritize("high"))
        return fake_render(workload, reporter)

    assert run_job("a", store, raised, PlainBoard()) is Outcome.COMPLETED
    assert store.record("a").priority == "high"


def test_a_save_never_changes_the_priority(store: JobStore) -> None:
    make(store, priority="low")
    save(store, "a", status=JobStatus.PROCESSING, priority="high")
    assert store.record("a").priority == "low"
