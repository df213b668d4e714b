"""What is over for longer than it is kept goes without a trace, and nothing else does."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config_schema.errors import JobNotFound
from config_schema.status import JobRecord, JobStatus
from tests.worker.jobs.crash import Killed, killed_at, steps_of
from tests.worker.jobs.samples import complete, files, make, save
from worker.jobs import retention
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.retention import Retention, older_than, purge
from worker.jobs.store import JobStore

LONG_AGO = datetime.now(UTC) - timedelta(days=40)


def completed(store: JobStore, job_id: str = "a", at: datetime = LONG_AGO) -> None:
    make(store, job_id, created_at=at)
    complete(store, job_id)
    save(store, job_id, finished_at=at)


def failed(store: JobStore, job_id: str = "a", at: datetime = LONG_AGO) -> None:
    make(store, job_id, created_at=at)
    save(store, job_id, status=JobStatus.FAILED, finished_at=at)


def cancelled(store: JobStore, job_id: str = "a", at: datetime = LONG_AGO) -> None:
    make(store, job_id)
    store.cancel(job_id)
    stone = store.tombstone(job_id)
    record = stone.record.model_copy(update={"finished_at": at})
    store._write_tombstone(stone.model_copy(update={"record": record}))


def once(store: JobStore, keep_days: float = 30) -> int:
    records = [*store.records(), *store.buried_records()]
    return Retention(store, keep_days).once(records)


@pytest.mark.parametrize("setting", [completed, failed, cancelled])
def test_what_is_over_goes_after_its_time_and_its_id_is_free(
    store: JobStore, setting: Callable[[JobStore], None]
) -> None:
    setting(store)
    assert once(store, keep_days=41) == 0
    assert once(store, keep_days=0) == 0
    assert files(store)
    assert once(store) == 1
    assert files(store) == set()
    with pytest.raises(JobNotFound):
        store.record("a")
    assert make(store).attempt == 1


def test_what_is_still_to_be_done_is_never_old(store: JobStore) -> None:
    make(store, "a", created_at=LONG_AGO)
    make(store, "b", created_at=LONG_AGO, started_at=LONG_AGO)
    save(store, "b", status=JobStatus.PROCESSING)
    completed(store, "c", at=datetime.now(UTC))
    assert once(store) == 0
    assert len(list(store.records())) == 3


def test_a_download_that_has_begun_reads_on_to_its_end(store: JobStore) -> None:
    completed(store)
    with (store.exports / "a" / "output.mp4").open("rb") as output:
        assert once(store) == 1
        assert output.read() == b"programme"


def test_a_retry_that_came_first_keeps_the_job(store: JobStore) -> None:
    failed(store)
    seen = list(store.records())
    save(store, "a", status=JobStatus.PENDING, attempt=2, finished_at=None)
    assert Retention(store, 30).once(seen) == 0
    assert store.record("a").status is JobStatus.PENDING


def test_a_post_that_came_first_keeps_the_job(store: JobStore) -> None:
    cancelled(store)
    seen = list(store.buried_records())
    make(store)
    assert Retention(store, 30).once(seen) == 0
    assert store.record("a").status is JobStatus.PENDING


def test_a_newer_stone_that_came_meanwhile_is_put_back(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled(store)
    original = Path.rename

    def overtaken(path: Path, target: Path) -> Path:
        monkeypatch.undo()
        cancelled(store, at=datetime.now(UTC))
        return original(path, target)

    monkeypatch.setattr(Path, "rename", overtaken)
    assert not purge(store, "a", older_than(30))
    assert store.record("a").status is JobStatus.CANCELLED
    assert files(store) == {".state/a.json"}


def test_an_old_stone_does_not_speak_for_a_purged_job(store: JobStore) -> None:
    completed(store)
    stone = store.exports / ".state" / "a.json"
    make(store, "b")
    store.cancel("b")
    (store.exports / ".state" / "b.json").rename(stone)
    assert purge(store, "a", older_than(30))
    with pytest.raises(JobNotFound):
        store.record("a")


def test_a_folder_that_is_held_leaves_its_place_at_once_and_goes_when_it_is_free(
    store: JobStore,
) -> None:
    completed(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        assert once(store) == 1
        assert store.job_ids() == []
        os.close(held)
    Housekeeper(store).tidy()
    assert files(store) == set()


def test_only_some_go_in_one_round(store: JobStore) -> None:
    for number in range(retention._MOST_A_ROUND + 2):
        completed(store, f"job{number}")
    keeper = Retention(store, 30)
    assert keeper.once(store.records()) == retention._MOST_A_ROUND
    assert keeper.once(store.records()) == 2
    assert len(keeper.to_forget) == retention._MOST_A_ROUND + 2


@pytest.mark.parametrize("setting", [completed, cancelled])
def test_a_purge_killed_at_any_step_is_ended_by_the_next_round(
    tmp_path: Path, setting: Callable[[JobStore], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_ASIDE_SECONDS", -1.0)

    def fresh(name: str) -> JobStore:
        exports = tmp_path / name
        exports.mkdir()
        made = JobStore(exports)
        setting(made)
        return made

    whole = fresh("whole")
    for step in range(steps_of(lambda: purge(whole, "a", older_than(30)))):
        store = fresh(f"killed-{step}")
        with killed_at(step), suppress(Killed):
            purge(store, "a", older_than(30))
        again = JobStore(store.exports)
        Housekeeper(again).tidy()
        once(again)
        assert files(again) == set(), step


def test_what_was_moved_aside_for_a_moment_only_comes_back(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A purge was killed between moving a newer stone aside and putting it back."""
    cancelled(store, at=datetime.now(UTC))
    stones = store.exports / ".state"
    (stones / "a.json").rename(stones / f"{retention._ASIDE}0badcafe-a")
    assert once(store) == 0
    monkeypatch.setattr(retention, "_ASIDE_SECONDS", -1.0)
    assert once(store) == 0
    assert store.record("a").status is JobStatus.CANCELLED
    assert files(store) == {".state/a.json"}


def test_a_damaged_job_stops_no_other(store: JobStore) -> None:
    completed(store, "a")
    completed(store, "b")
    seen: list[JobRecord] = list(store.records())
    (store.exports / "a" / "state.json").write_text("{")
    assert Retention(store, 30).once(seen) == 1
    assert store.job_ids() == ["a"]
