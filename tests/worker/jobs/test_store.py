"""Jobs as folders: what is there, what it says, and how it goes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from config_schema.errors import Cancelled, InternalFault, JobNotFound, VolumeUnavailable
from config_schema.status import JobStatus
from tests.worker.jobs.samples import complete, files, make, record_of, save
from worker.jobs import disk
from worker.jobs.claim import LEASE, Claim, lock_name
from worker.jobs.folder import RUN
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.store import JobStore, JobTaken


def test_a_new_job_is_a_folder_with_its_config_and_its_state(store: JobStore) -> None:
    record = make(store)
    assert files(store) == {"a/config.json", "a/state.json", f"a/{lock_name(RUN)}", "a/gate"}
    assert store.record("a") == record


def test_an_id_can_be_taken_once(store: JobStore) -> None:
    first = make(store)
    with pytest.raises(JobTaken):
        make(store)
    assert store.record("a") == first
    assert not [name for name in store.names() if name.startswith(".new-")]


def test_of_many_makers_at_once_exactly_one_makes_the_job(store: JobStore) -> None:
    start = threading.Barrier(8)
    made: list[str] = []

    def maker(name: str) -> None:
        start.wait()
        try:
            make(store, project_name=name)
        except JobTaken:
            return
        made.append(name)

    threads = [threading.Thread(target=maker, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert store.record("a").project_name == made[0]
    assert store.names() == [".state", "a"] or set(store.names()) == {".state", "a"}


@pytest.mark.parametrize("job_id", ["", ".", "..", ".state", "../a", "a/b", "a\0b", "/etc"])
def test_no_other_path_is_reached_by_an_id(store: JobStore, job_id: str) -> None:
    with pytest.raises(JobNotFound):
        store.record(job_id)
    with pytest.raises(JobNotFound):
        store.cancel(job_id)


def test_a_full_or_missing_volume_is_said_to_be_unavailable(tmp_path: Path) -> None:
    blocked = tmp_path / "exports"
    blocked.write_text("not a folder")
    with pytest.raises(VolumeUnavailable):
        make(JobStore(blocked))


def test_a_cancelled_job_leaves_only_its_tombstone(store: JobStore) -> None:
    make(store)
    assert store.cancel("a").status is JobStatus.CANCELLED
    assert files(store) == {".state/a.json"}
    assert store.record("a").status is JobStatus.CANCELLED
    assert b"cam1.mp4" in store.config_json("a")
    assert store.cancel("a").status is JobStatus.CANCELLED


def test_a_completed_job_can_be_cancelled_too(store: JobStore) -> None:
    make(store)
    complete(store, "a")
    store.cancel("a")
    assert files(store) == {".state/a.json"}


def test_a_held_job_leaves_its_place_at_once_and_its_files_when_the_holder_is_done(
    store: JobStore,
) -> None:
    make(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        store.cancel("a")
        assert "a" not in store.names()
        assert folder.is_cancelled()
        assert not folder.is_current()
        # A new job under the same id does not meet the old one.
        again = make(store, project_name="second")
        with pytest.raises(Cancelled):
            folder.save(record_of(status=JobStatus.PROCESSING))
        os.close(held)
        assert store.erase("a", folder)
    assert store.record("a") == again
    assert set(store.names()) == {".state", "a"}


def test_a_new_job_takes_the_tombstone_away(store: JobStore) -> None:
    make(store)
    store.cancel("a")
    make(store)
    assert not [name for name in files(store) if name.startswith(".state/")]


def test_incarnations_of_an_id_work_in_different_folders(store: JobStore) -> None:
    first = make(store)
    with store.open("a") as folder:
        before = folder.work_path(first)
    store.cancel("a")
    second = make(store)
    with store.open("a") as folder:
        assert folder.work_path(second) != before


def test_a_set_flag_counts_before_anybody_wrote_it_down(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        folder.request_cancel()
        assert folder.stored_record().status is JobStatus.PENDING
    assert store.record("a").status is JobStatus.CANCELLED
    assert [record.status for record in store.records()] == [JobStatus.CANCELLED]


def test_only_legal_moves_are_saved(store: JobStore) -> None:
    make(store)
    with pytest.raises(InternalFault):
        save(store, "a", status=JobStatus.COMPLETED)
    complete(store, "a")
    with pytest.raises(InternalFault):
        save(store, "a", status=JobStatus.PENDING)
    assert store.record("a").status is JobStatus.COMPLETED


def test_the_records_follow_every_change(store: JobStore) -> None:
    make(store, "a")
    make(store, "b")
    assert {r.job_id: r.status.value for r in store.records()} == {"a": "pending", "b": "pending"}
    save(store, "a", status=JobStatus.PROCESSING)
    store.cancel("b")
    assert {r.job_id: r.status.value for r in store.records()} == {"a": "processing"}
    assert [r.job_id for r in store.buried_records()] == ["b"]


def test_a_damaged_folder_is_named_and_hides_no_other_job(store: JobStore) -> None:
    make(store, "a")
    make(store, "b")
    (store.exports / "a" / "state.json").write_text("{")
    with pytest.raises(VolumeUnavailable):
        store.record("a")
    assert [record.job_id for record in store.records()] == ["b"]


def test_the_log_of_a_job_stays_small(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        for _ in range(300):
            folder.log("x" * 8000)
        size = sum(p.stat().st_size for p in folder.path.glob("job.log*"))
    assert 500_000 < size < 1_100_000


def test_a_folder_that_is_being_erased_is_cancelled_and_not_damaged(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        held = folder.hold()
        store.cancel("a")
        (gone,) = (store.exports / name for name in store.names() if name.startswith(".gone-"))
        # As far as another process may have come with erasing it.
        for name in ("cancel", "state.json"):
            (gone / name).unlink()
        assert folder.is_cancelled()
        with pytest.raises(JobNotFound):
            folder.record()
        assert store.bury(folder).status is JobStatus.CANCELLED
        assert held is not None
        os.close(held)


def test_many_cancels_and_sweeps_at_once_agree(store: JobStore) -> None:
    for _ in range(20):
        make(store)
        start = threading.Barrier(4)
        seen: list[JobStatus] = []

        def cancel() -> None:
            start.wait()  # noqa: B023 - joined within the round
            seen.append(store.cancel("a").status)  # noqa: B023

        def sweep() -> None:
            keeper = Housekeeper(store)
            start.wait()  # noqa: B023
            keeper.bury(list(store.records()), [])
            keeper.tidy()

        threads = [threading.Thread(target=work) for work in (cancel, cancel, cancel, sweep)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen == [JobStatus.CANCELLED] * 3
        Housekeeper(store).tidy()
        assert files(store) == {".state/a.json"}


def test_a_cancel_makes_room_on_a_full_volume(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(store)
    work = store.exports / "a" / "work"
    work.mkdir()
    really = disk.replace

    def full(folder: int, name: str, data: bytes, *, durable: bool = True) -> None:
        if work.exists():
            raise OSError(28, "No space left on device")
        really(folder, name, data, durable=durable)

    monkeypatch.setattr(disk, "replace", full)
    assert store.cancel("a").status is JobStatus.CANCELLED
    assert files(store) == {".state/a.json"}


def test_a_cancel_that_cannot_be_carried_out_at_once_counts_all_the_same(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(store)
    with store.open("a") as folder, folder.gate():
        monkeypatch.setattr("worker.jobs.folder._GATE_SECONDS", 0.0)
        assert store.cancel("a").status is JobStatus.CANCELLED
        assert store.record("a").status is JobStatus.CANCELLED
    assert store.names() != []
    keeper = Housekeeper(store)
    keeper.bury(list(store.records()), [])
    assert files(store) == {".state/a.json"}


def test_what_a_try_killed_after_its_last_word_leaves_is_cleared(store: JobStore) -> None:
    make(store)
    complete(store, "a")
    folder = store.exports / "a"
    kept = _but_locks(store)
    (folder / "work" / "then" / "pieces").mkdir(parents=True)
    (folder / "work" / "then" / "pieces" / "one.mp4").touch()
    with store.open("a") as opened:
        claim = Claim.take(opened.descriptor, RUN)
        assert claim is not None
        lease = (folder / f"{RUN}{LEASE}").read_bytes()
        claim.release()
    (folder / f"{RUN}{LEASE}").write_bytes(lease)
    for name in ("tries.json", "progress.json"):
        (folder / name).touch()
    Housekeeper(store).clear(list(store.records()))
    assert _but_locks(store) == kept


def _but_locks(store: JobStore) -> set[str]:
    return {name for name in files(store) if ".lock@" not in name}
