"""Every run is counted exactly once, whoever ends it and whatever dies in between."""

from __future__ import annotations

import json
import logging
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config_schema.errors import ExportError, JobNotFound, VolumeUnavailable
from config_schema.status import JobStatus
from tests.worker.fakes import PlainBoard, fake_render
from tests.worker.house import House, config_of
from tests.worker.jobs.crash import survives
from tests.worker.jobs.samples import complete, make, save
from worker.jobs import disk
from worker.jobs.booking import count_end, tell
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.retention import older_than, purge
from worker.jobs.run import run_job
from worker.jobs.store import JobStore
from worker.jobs.tally import Sums, Tally

Work = Callable[[JobStore], object]


def counted(store: JobStore) -> dict[str, int]:
    return {str(status): count for status, count in Tally(store.exports).sums().ended.items()}


def sweep(store: JobStore) -> None:
    """What the sweep does about ends: it buries, and counts."""
    keeper = Housekeeper(store)
    keeper.begin_round()
    jobs, stones = list(store.records()), list(store.buried_records())
    jobs, _ = keeper.bury(jobs, stones)
    keeper.count(jobs)


def run(store: JobStore, job_id: str = "a") -> None:
    run_job(job_id, store, fake_render, PlainBoard())


def fail(store: JobStore, job_id: str = "a") -> None:
    now = datetime.now(UTC)
    save(store, job_id, status=JobStatus.FAILED, error_code="stalled", finished_at=now)


def each_kill(folder: Path, setting: Work, work: Work) -> Iterator[JobStore]:
    """The volume after the work was killed at its first step, its second, and so on, to its end."""
    step, is_over = 0, False
    while not is_over:
        store = JobStore(folder / str(step) / "exports")
        store.exports.mkdir(parents=True)
        setting(store)
        is_over = survives(lambda store=store: work(store), step)  # type: ignore[misc]
        yield store
        shutil.rmtree(folder / str(step))
        step += 1
    assert step > 3


# --- who ends it


def test_a_completed_run_is_counted_and_marked(store: JobStore) -> None:
    make(store)
    run(store)
    assert counted(store) == {"completed": 1}
    assert store.record("a").counted == 1
    assert Tally(store.exports).sums().wait_seconds.sum >= 0
    run(store)
    sweep(store)
    assert counted(store) == {"completed": 1}


def test_a_failed_run_is_counted_by_its_code(store: JobStore) -> None:
    make(store, project_id="fail=encoder_failed")
    run(store)
    sums = Tally(store.exports).sums()
    assert (sums.ended, sums.failed) == ({JobStatus.FAILED: 1}, {"encoder_failed": 1})


def test_a_cancel_counts_a_run_that_was_under_way_and_no_other(store: JobStore) -> None:
    for job_id, is_over in (("waits", False), ("over", True)):
        make(store, job_id)
        if is_over:
            run(store, job_id)
        store.cancel(job_id)
        store.cancel(job_id)
    assert counted(store) == {"completed": 1, "cancelled": 1}
    assert [store.tombstone(job).record.counted for job in ("waits", "over")] == [1, 1]


def test_every_run_of_a_job_counts(house: House) -> None:
    house.client.submit(config_of("a", "fail=encoder_failed"))
    run(house.store)
    house.client.retry("a")
    run(house.store)
    house.client.cancel("a")
    house.client.retry("a")
    house.client.cancel("a")
    house.client.submit(config_of("a"))
    run(house.store)
    assert counted(house.store) == {"failed": 2, "cancelled": 1, "completed": 1}


def test_a_retry_counts_the_run_that_nobody_counted(house: House) -> None:
    house.client.submit(config_of("a"))
    fail(house.store)
    assert counted(house.store) == {}
    house.client.retry("a")
    assert counted(house.store) == {"failed": 1}
    sweep(house.store)
    assert counted(house.store) == {"failed": 1}


def test_counts_outlive_what_is_purged(store: JobStore) -> None:
    make(store)
    run(store)
    make(store, "uncounted")
    complete(store, "uncounted")
    for job_id in ("a", "uncounted"):
        assert purge(store, job_id, older_than(0))
        with pytest.raises(JobNotFound):
            store.record(job_id)
    assert counted(store) == {"completed": 2}


def test_a_job_whose_folder_was_taken_away_is_not_counted_behind_its_back(store: JobStore) -> None:
    make(store)
    fail(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        store.cancel("a")
        assert not count_end(folder)
        disk.unlock(held)
    assert counted(store) == {"failed": 1}


# --- what dies


def _ready(store: JobStore) -> None:
    make(store)


def _rendered(store: JobStore) -> None:
    """What a try leaves that is killed before its last word."""
    make(store)
    save(store, "a", status=JobStatus.PROCESSING)
    for name in ("output.mp4", "report.json"):
        (store.exports / "a" / name).write_bytes(b"{}")


def _failed(store: JobStore) -> None:
    make(store)
    fail(store)


def _cancelled(store: JobStore) -> None:
    make(store)
    store.cancel("a")


def _tell(store: JobStore) -> None:
    tell(store.exports)


def _cancel(store: JobStore) -> None:
    store.cancel("a")


def _purge(store: JobStore) -> None:
    purge(store, "a", older_than(0))


def _count(store: JobStore) -> None:
    sweep(store)


@pytest.mark.parametrize(
    ("setting", "work", "ends"),
    [
        (_rendered, run, {"completed": 1}),
        (_ready, _cancel, {"cancelled": 1}),
        (_failed, _count, {"failed": 1}),
        (_failed, _cancel, {"failed": 1}),
        (_failed, _purge, {"failed": 1}),
        (_cancelled, _tell, {"cancelled": 1}),
    ],
)
def test_a_kill_at_any_step_neither_loses_nor_doubles_a_count(
    tmp_path: Path, setting: Work, work: Work, ends: dict[str, int]
) -> None:
    for store in each_kill(tmp_path, setting, work):
        before = counted(store)
        assert before in ({}, ends)
        # Another run ends meanwhile: what was just counted is not forgotten for that.
        make(store, "other")
        run(store, "other")
        sweep(store)
        # Whoever was killed did not say so, hence it is done again, and swept twice.
        with suppress(ExportError):
            work(store)
        sweep(store)
        sweep(store)
        assert counted(store) == _with_other(ends)


def _with_other(ends: dict[str, int]) -> dict[str, int]:
    return {**ends, "completed": ends.get("completed", 0) + 1}


def test_a_count_that_was_killed_twice_is_one(tmp_path: Path) -> None:
    for store in each_kill(tmp_path, _failed, _count):
        for step in range(12):
            survives(lambda store=store: sweep(store), step)  # type: ignore[misc]
        sweep(store)
        assert counted(store) == {"failed": 1}


def test_the_names_of_counted_runs_do_not_pile_up(store: JobStore) -> None:
    for number in range(5):
        make(store, f"job{number}")
        run(store, f"job{number}")
    page = json.loads((store.exports / ".state" / ".tally.json").read_text())
    assert list(page["unmarked"].values()) == ["job4"]


# --- many at once


def test_threads_that_count_the_same_jobs_count_each_once(store: JobStore) -> None:
    jobs = [f"job{number}" for number in range(20)]
    for job_id in jobs:
        make(store, job_id)
        fail(store, job_id)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: sweep(JobStore(store.exports)), range(4)))
    sweep(store)
    assert counted(store) == {"failed": len(jobs)}


def _count_for_ever(exports: str) -> None:
    while True:
        sweep(JobStore(Path(exports)))


def test_processes_killed_at_random_moments_count_each_job_once(store: JobStore) -> None:
    jobs = [f"job{number}" for number in range(18)]
    for job_id in jobs:
        make(store, job_id)
        fail(store, job_id)
    context = multiprocessing.get_context("spawn")
    while sum(counted(store).values()) < len(jobs):
        seen = sum(counted(store).values())
        pair = [context.Process(target=_count_for_ever, args=(str(store.exports),)) for _ in "ab"]
        for process in pair:
            process.start()
        try:
            while sum(counted(store).values()) < min(seen + 6, len(jobs)):
                assert all(process.is_alive() for process in pair)
        finally:
            for process in pair:
                process.kill()
                process.join()
                process.close()
    sweep(store)
    assert counted(store) == {"failed": len(jobs)}


# --- what goes wrong


def test_a_tally_that_cannot_be_written_costs_no_run_and_is_made_up_for(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(store)
    with monkeypatch.context() as patch:
        patch.setattr(Tally, "count", _full)
        run(store)
        assert store.record("a").status is JobStatus.COMPLETED
        sweep(store)
    assert counted(store) == {}
    sweep(store)
    assert counted(store) == {"completed": 1}


def _full(*_: object, **__: object) -> bool:
    raise OSError(28, "full")


def test_a_tally_that_somebody_else_holds_is_waited_for_a_moment_only(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.jobs.tally._LOCK_SECONDS", 0.0)
    make(store)
    fail(store)
    with (
        disk.opened(store.exports / ".state") as folder,
        disk.locked(folder, ".tally.lock", 0),
        store.open("a") as job,
        pytest.raises(VolumeUnavailable),
    ):
        count_end(job)
    sweep(store)
    assert counted(store) == {"failed": 1}


def test_a_damaged_tally_begins_anew(store: JobStore) -> None:
    make(store)
    run(store)
    (store.exports / ".state" / ".tally.json").write_text("{")
    assert Tally(store.exports).sums() == Sums()
    make(store, "b")
    run(store, "b")
    sweep(store)
    assert counted(store) == {"completed": 1}


def test_sums_that_know_more_bounds_than_we_go_on_with_theirs(store: JobStore) -> None:
    make(store)
    run(store)
    path = store.exports / ".state" / ".tally.json"
    sums = Tally(store.exports).sums()
    other = sums.wait_seconds.model_copy(update={"bounds": (7.0,), "counts": (1, 0)})
    stored = path.read_text().replace(sums.wait_seconds.model_dump_json(), other.model_dump_json())
    path.write_text(stored)
    make(store, "b")
    run(store, "b")
    found = Tally(store.exports).sums().wait_seconds
    assert (found.bounds, found.counts) == ((7.0,), (2, 0))


# --- what is said


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was said about ends since the last look."""
    said = [record.getMessage() for record in caplog.records if "booking" in record.name]
    caplog.clear()
    return said


def test_a_worker_says_each_end_in_one_line(
    store: JobStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "worker.jobs.booking")
    worker = JobStore(store.exports, tells=True)
    make(worker, project_name="My talk")
    run(worker)
    make(worker, "b")
    worker.cancel("b")
    sweep(worker)
    worker.cancel("a")
    first, second = caplog.records
    assert first.getMessage().startswith('export a completed: project="My talk" attempt=1 ')
    assert first.__dict__["job"] == "a"
    assert first.__dict__["end"]["outcome"] == "completed"
    assert second.getMessage() == 'export b cancelled: project="" attempt=1'
    caplog.clear()
    tell(store.exports)
    assert lines(caplog) == []


def test_what_others_have_counted_is_told_once_by_a_worker(
    store: JobStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "worker.jobs.booking")
    for job_id in "ab":
        make(store, job_id)
        store.cancel(job_id)
    make(store, "c")
    complete(store, "c")
    purge(store, "c", older_than(0))
    assert lines(caplog) == []
    tell(store.exports)
    assert [line.partition(":")[0] for line in lines(caplog)] == [
        "export a cancelled",
        "export b cancelled",
        "export c completed",
    ]
    tell(store.exports)
    assert lines(caplog) == []
    assert counted(store) == {"cancelled": 2, "completed": 1}


def test_of_what_nobody_tells_the_latest_is_kept(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.jobs.tally._MOST_UNTOLD", 2)
    for job_id in "abc":
        make(store, job_id)
        store.cancel(job_id)
    assert [end.job for end in Tally(store.exports).take_untold()] == ["b", "c"]
    assert counted(store) == {"cancelled": 3}


def test_nothing_is_to_be_told_on_an_empty_volume(tmp_path: Path) -> None:
    assert Tally(tmp_path).take_untold() == ()
