"""One try at a job, with a render that obeys the engine's protocol."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from config_schema.errors import Cancelled, ChildKilled, NoSpace
from config_schema.status import JobStatus, Progress, Stage
from tests.worker.fakes import FakeRendered, PlainBoard, fake_render
from tests.worker.jobs.crash import Killed, killed_at, steps_of
from tests.worker.jobs.samples import files, make, save
from worker.jobs import run
from worker.jobs.claim import lock_name
from worker.jobs.folder import RUN
from worker.jobs.progress import Reporter
from worker.jobs.run import Outcome, Workload, read_tries, run_job
from worker.jobs.steering import Steering
from worker.jobs.store import JobStore
from worker.jobs.tries import MOST_DEATHS, Tries


def go(store: JobStore, render: run.Render = fake_render, board: PlainBoard | None = None) -> str:
    return run_job("a", store, render, board or PlainBoard()).value


def tries_of(store: JobStore) -> Tries:
    with store.open("a") as folder:
        return read_tries(folder, folder.record())


def make_due(store: JobStore) -> None:
    """Let the time of the backoff pass."""
    with store.open("a") as folder:
        path = folder.path / run.TRIES
        path.write_text(tries_of(store).model_copy(update={"next_at": None}).model_dump_json())


def test_a_job_is_rendered_published_and_tidied(store: JobStore) -> None:
    make(store)
    board = PlainBoard()
    assert go(store, board=board) == Outcome.COMPLETED
    record = store.record("a")
    assert record.status is JobStatus.COMPLETED
    assert record.warnings == ("a fake camera",)
    assert record.started_at is not None
    assert record.finished_at is not None
    job = store.exports / "a"
    assert (job / "output.mp4").read_bytes() == b"wholewhole"
    assert (job / "report.json").read_text() == '{"pieces_made":2}'
    assert {path.name for path in job.iterdir()} == {
        "config.json", "state.json", lock_name(RUN), "gate", "job.log", "output.mp4", "report.json",
    }  # fmt: skip
    assert board.states[0] == "PROGRESS"
    assert board.states[-1] == "SUCCESS"


def test_a_second_doorbell_changes_nothing(store: JobStore) -> None:
    make(store)
    go(store)
    before = store.record("a")
    assert go(store) == Outcome.OVER
    assert store.record("a") == before
    assert run_job("nobody", store, fake_render, PlainBoard()) == Outcome.UNKNOWN


def test_a_held_job_is_left_alone(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        assert go(store) == Outcome.BUSY
        os.close(held)
    assert go(store) == Outcome.COMPLETED


def test_a_child_that_inherited_the_lock_keeps_the_job(store: JobStore) -> None:
    make(store)
    kept: list[int] = []

    def leave_a_child(workload: Workload, reporter: Reporter) -> FakeRendered:
        kept.append(os.dup(workload.fds[0]))
        return fake_render(workload, reporter)

    assert go(store, leave_a_child) == Outcome.COMPLETED
    with store.open("a") as folder:
        assert folder.is_held()
        os.close(kept[0])
        assert not folder.is_held()


@pytest.mark.parametrize("code", ["encoder_failed", "source_unreadable", "verification_failed"])
def test_an_error_that_cannot_pass_fails_the_job_at_once(store: JobStore, code: str) -> None:
    make(store, project_id=f"pieces=2 fail_after=1 fail={code}")
    board = PlainBoard()
    assert go(store, board=board) == Outcome.FAILED
    record = store.record("a")
    assert (record.status, record.error_code) == (JobStatus.FAILED, code)
    assert record.stage is Stage.RENDERING
    assert record.error
    assert board.states[-1] == "FAILURE"
    # A retry goes on from the finished piece.
    assert [path.name for path in (store.exports / "a" / "work").rglob("piece-*")] == ["piece-0"]


@pytest.mark.parametrize("code", ["stalled", "child_crashed", "out_of_memory"])
def test_an_error_that_may_pass_is_tried_three_times_with_pauses(
    store: JobStore, code: str
) -> None:
    make(store, project_id=f"pieces=2 fail_after=1 fail={code}")
    for _ in range(2):
        assert go(store) == Outcome.AGAIN
        assert store.record("a").status is JobStatus.PENDING
        assert store.record("a").error is None
        assert go(store) == Outcome.NOT_YET
        make_due(store)
    assert go(store) == Outcome.FAILED
    assert store.record("a").error_code == code


def test_a_child_that_somebody_kills_is_a_death_and_no_failure(store: JobStore) -> None:
    make(store)

    def killed(_: Workload, __: Reporter) -> FakeRendered:
        raise ChildKilled(detail="by the kernel")

    for _ in range(MOST_DEATHS):
        assert run_job("a", store, killed, PlainBoard()) == Outcome.AGAIN
        assert run_job("a", store, killed, PlainBoard()) == Outcome.NOT_YET
        make_due(store)
    assert run_job("a", store, killed, PlainBoard()) == Outcome.FAILED
    assert store.record("a").error_code == "died_too_often"


def test_finishing_a_piece_forgives_earlier_failures(store: JobStore) -> None:
    make(store)
    fail_after = iter([1, 2, 3, 4, 5, 99])

    def stumbling(workload: Workload, reporter: Reporter) -> FakeRendered:
        told = f"pieces=6 fail_after={next(fail_after)} fail=stalled"
        config = workload.config.model_copy(update={"project_id": told})
        return fake_render(replace(workload, config=config), reporter)

    for _ in range(5):
        assert go(store, stumbling) == Outcome.AGAIN
        make_due(store)
    assert go(store, stumbling) == Outcome.COMPLETED


def test_a_full_volume_is_waited_for_without_end(store: JobStore) -> None:
    make(store, project_id="fail=no_space")
    board = PlainBoard()
    for _ in range(20):
        assert go(store, board=board) == Outcome.AGAIN
        record = store.record("a")
        assert (record.status, record.stage) == (JobStatus.PROCESSING, Stage.WAITING)
        make_due(store)
    assert board.pinned[-1][1].state == "PROGRESS"


def test_a_volume_that_fills_up_under_our_own_files_is_no_failure_either(store: JobStore) -> None:
    make(store)

    def full(workload: Workload, reporter: Reporter) -> FakeRendered:
        raise OSError(28, "No space left on device")

    assert go(store, full) == Outcome.AGAIN
    assert store.record("a").stage is Stage.WAITING
    make_due(store)
    assert go(store) == Outcome.COMPLETED


def test_a_state_that_cannot_be_written_leaves_the_job_to_be_tried_again(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(store)

    def fill_up(workload: Workload, reporter: Reporter) -> FakeRendered:
        def no_room(*_: object, **__: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "write", no_room)
        raise NoSpace

    assert go(store, fill_up) == Outcome.AGAIN
    monkeypatch.undo()
    assert store.record("a").status is JobStatus.PROCESSING
    assert go(store) == Outcome.COMPLETED


def test_an_unexpected_error_is_ours_and_its_traceback_is_in_the_log(store: JobStore) -> None:
    make(store)

    def broken(workload: Workload, reporter: Reporter) -> FakeRendered:
        raise ZeroDivisionError("secret detail")

    assert go(store, broken) == Outcome.FAILED
    record = store.record("a")
    assert record.error_code == "internal"
    assert "secret" not in (record.error or "")
    assert "ZeroDivisionError: secret detail" in (store.exports / "a" / "job.log").read_text()


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(store: JobStore) -> None:
    make(store, project_id="pieces=2 die fail_after=1")
    for kill in range(MOST_DEATHS):
        worker = os.fork()
        if worker == 0:
            go(store)
            os._exit(0)
        assert os.waitpid(worker, 0)[1] == signal.SIGKILL
        assert tries_of(store).deaths == kill
    assert go(store) == Outcome.FAILED
    assert store.record("a").error_code == "died_too_often"


@pytest.mark.parametrize("deaths", range(0, 60, 3))
def test_a_try_killed_at_any_step_is_made_good_by_the_next(store: JobStore, deaths: int) -> None:
    make(store, project_id="pieces=2")
    with killed_at(deaths), suppress(Killed):
        go(store)
    again = JobStore(store.exports)
    assert go(again) in (Outcome.COMPLETED, Outcome.OVER)
    assert again.record("a").status is JobStatus.COMPLETED
    assert (store.exports / "a" / "output.mp4").read_bytes() == b"wholewhole"
    assert again.record("a").warnings == ("a fake camera",)


def test_the_steps_of_a_try_are_covered_by_the_kills(store: JobStore) -> None:
    make(store)
    assert 40 < steps_of(lambda: go(store)) < 90


def test_a_cancelled_render_leaves_nothing(store: JobStore) -> None:
    make(store)
    board = PlainBoard()

    def cancelled_meanwhile(workload: Workload, reporter: Reporter) -> FakeRendered:
        store.cancel("a")
        assert reporter.is_cancelled()
        raise Cancelled

    assert go(store, cancelled_meanwhile, board) == Outcome.CANCELLED
    assert files(store) == {".state/a.json"}
    assert set(store.names()) == {".state"}
    assert board.states[-1] == "REVOKED"


def test_a_render_that_stumbles_over_its_vanished_folder_counts_as_cancelled(
    store: JobStore,
) -> None:
    make(store)

    def robbed(workload: Workload, reporter: Reporter) -> FakeRendered:
        store.cancel("a")
        return fake_render(workload, reporter)

    assert go(store, robbed) == Outcome.CANCELLED
    assert files(store) == {".state/a.json"}


def test_a_cancel_between_render_and_commit_wins(store: JobStore) -> None:
    make(store)

    def late(workload: Workload, reporter: Reporter) -> FakeRendered:
        rendered = fake_render(workload, reporter)
        store.cancel("a")
        return rendered

    assert go(store, late) == Outcome.CANCELLED
    assert store.record("a").status is JobStatus.CANCELLED


@pytest.mark.parametrize("step", ["load_config", "drop_parts", "read_tries"])
def test_a_try_overtaken_by_delete_never_makes_the_folder_anew(
    store: JobStore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    make(store)
    original = getattr(run, step)

    def overtaken(*arguments: object) -> object:
        store.cancel("a")
        return original(*arguments)

    monkeypatch.setattr(run, step, overtaken)
    # As the engine does: it makes folders in the work folder, never the work folder.
    go(store, lambda workload, _: (workload.work / "pieces").mkdir())  # type: ignore[arg-type, return-value]
    monkeypatch.undo()
    assert store.names() == [".state"]
    make(store)
    assert go(store) == Outcome.COMPLETED


def test_an_old_render_cannot_touch_the_job_posted_next_under_its_id(store: JobStore) -> None:
    make(store)
    board = PlainBoard()
    begun: list[Path] = []

    def overtaken(workload: Workload, reporter: Reporter) -> FakeRendered:
        store.cancel("a")
        second = make(store, project_name="second")
        with store.open("a") as folder:
            work = folder.work_path(second)
        work.mkdir(parents=True)
        begun.append(work / "piece-0.part")
        begun[0].write_bytes(b"half of the second job's piece")
        return fake_render(workload, reporter)

    assert go(store, overtaken, board) == Outcome.CANCELLED
    assert [path.name for path in begun[0].parent.iterdir()] == ["piece-0.part"]
    assert begun[0].read_bytes() == b"half of the second job's piece"
    # The id means a job that waits: nothing may say that it was cancelled.
    assert "REVOKED" not in board.states
    assert store.record("a").status is JobStatus.PENDING
    assert store.record("a").project_name == "second"
    assert go(store) == Outcome.COMPLETED


def test_a_try_killed_after_publishing_is_completed_without_rendering_again(
    store: JobStore,
) -> None:
    make(store)
    save(store, "a", status=JobStatus.PROCESSING)
    (store.exports / "a" / "output.mp4").write_bytes(b"programme")
    (store.exports / "a" / "report.json").write_bytes(b"{}")

    def never(workload: Workload, reporter: Reporter) -> FakeRendered:
        raise AssertionError

    assert go(store, never) == Outcome.COMPLETED
    assert (store.exports / "a" / "output.mp4").read_bytes() == b"programme"


def test_a_flag_is_seen_before_the_work_begins(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        folder.request_cancel()
    assert go(store) == Outcome.CANCELLED
    assert files(store) == {".state/a.json"}


def test_a_worker_that_shuts_down_hands_its_job_back(store: JobStore) -> None:
    make(store, project_id="pieces=3 seconds=0.2")
    stopping: list[int] = []

    def stop_after_one(workload: Workload, reporter: Reporter) -> FakeRendered:
        try:
            return fake_render(workload, _Stopper(reporter, stopping))  # type: ignore[arg-type]
        finally:
            assert stopping

    outcome = run_job("a", store, stop_after_one, PlainBoard(), Shutdown(stopping))
    assert outcome is Outcome.HANDED_BACK
    record = store.record("a")
    assert (record.status, record.stage) == (JobStatus.PENDING, Stage.QUEUED)
    assert tries_of(store).deaths == 0
    assert run_job("a", store, fake_render, PlainBoard(), Shutdown([1])) is Outcome.NOT_YET
    assert go(store) == Outcome.COMPLETED
    assert (store.exports / "a" / "report.json").read_text() == '{"pieces_made":2}'


class Shutdown(Steering):
    """A worker that shuts down at once when something is in the list."""

    def __init__(self, stopping: list[int]) -> None:
        self._stopping = stopping

    def is_stopping(self) -> bool:
        return bool(self._stopping)

    def is_time_up(self) -> bool:
        return bool(self._stopping)


class _Stopper:
    """Asks the worker to stop once the first piece is done."""

    def __init__(self, reporter: Reporter, stopping: list[int]) -> None:
        self._reporter = reporter
        self._stopping = stopping

    def progress(self, progress: Progress) -> None:
        self._reporter.progress(progress)
        self._stopping.append(1)

    def is_cancelled(self) -> bool:
        return self._reporter.is_cancelled()

    def log(self, line: str) -> None:
        self._reporter.log(line)


def test_a_cancel_without_a_flag_is_a_defect_and_no_cancellation(store: JobStore) -> None:
    make(store)

    def confused(workload: Workload, reporter: Reporter) -> FakeRendered:
        raise Cancelled

    assert go(store, confused) == Outcome.FAILED
    assert store.record("a").error_code == "internal"


def test_half_made_pieces_of_dead_tries_are_removed_before_the_next(store: JobStore) -> None:
    record = make(store)
    with store.open("a") as folder:
        work = folder.work_path(record)
    work.mkdir(parents=True)
    (work / "piece-9.part").write_bytes(b"half")

    def look(workload: Workload, reporter: Reporter) -> FakeRendered:
        assert not list(workload.work.rglob("*.part"))
        return fake_render(workload, reporter)

    assert go(store, look) == Outcome.COMPLETED


def test_a_retried_run_counts_anew(store: JobStore) -> None:
    make(store, project_id="fail=stalled")
    for _ in range(2):
        go(store)
        make_due(store)
    assert go(store) == Outcome.FAILED
    save(store, "a", status=JobStatus.PENDING, attempt=2)
    assert tries_of(store) == Tries(attempt=2)
    assert go(store) == Outcome.AGAIN
