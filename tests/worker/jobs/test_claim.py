"""A claim excludes its own host by a lock and other hosts by a lease, whatever their clocks say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config_schema.errors import ClaimLost
from config_schema.status import JobStatus
from tests.worker.fakes import FakeRendered, PlainBoard, fake_render
from tests.worker.house import until
from tests.worker.jobs.samples import make
from worker.jobs import claim
from worker.jobs.claim import STALE_SECONDS, Claim, is_claimed, look
from worker.jobs.folder import RUN
from worker.jobs.progress import Reporter
from worker.jobs.run import Outcome, Workload, run_job
from worker.jobs.slots import Slots
from worker.jobs.store import JobStore

On = Callable[[str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[int]:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Go on as a process of the host of this name."""

    def go_on(host: str) -> None:
        monkeypatch.setattr(claim, "this_host", lambda: host)

    return go_on


def grow_old(folder: int, name: str, seconds: float = STALE_SECONDS + 1) -> None:
    """As if the lease had not been written to for so long."""
    path = Path(f"/proc/self/fd/{folder}") / f"{name}.lease"
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def taken(folder: int, name: str = "it") -> Claim:
    mine = Claim.take(folder, name)
    assert mine is not None
    return mine


def test_only_one_process_of_a_host_has_it(folder: int) -> None:
    mine = taken(folder)
    assert mine.is_mine()
    assert Claim.take(folder, "it") is None
    assert is_claimed(folder, "it")
    other = taken(folder, "another")
    other.release()
    mine.release()
    assert not is_claimed(folder, "it")
    taken(folder).release()


def test_another_host_waits_until_the_lease_is_old(folder: int, on: On) -> None:
    on("one")
    mine = taken(folder)
    on("two")
    assert Claim.take(folder, "it") is None
    assert is_claimed(folder, "it")
    grow_old(folder, "it")
    assert not is_claimed(folder, "it")
    theirs = taken(folder)
    assert theirs.is_mine()
    assert not mine.is_mine()
    mine.beat()
    assert mine.is_lost
    on("one")
    mine.release()
    assert theirs.is_mine()
    on("two")
    theirs.release()


def test_a_late_beat_keeps_no_lease_of_a_successor_alive(folder: int, on: On) -> None:
    on("one")
    late = taken(folder)
    grow_old(folder, "it")
    on("two")
    theirs = taken(folder)
    grow_old(folder, "it")
    late.beat()
    on("three")
    lease = look(folder, "it")
    assert lease is not None
    assert lease.holder.host == "two"
    assert not lease.is_fresh
    theirs.beat()
    lease = look(folder, "it")
    assert lease is not None
    assert lease.is_fresh
    on("one")
    late.release()
    on("two")
    theirs.release()


def test_a_lease_of_the_own_host_falls_with_its_lock(folder: int) -> None:
    dead = taken(folder)
    # As a killed process leaves it: the lock is gone with it, the lease is there and young.
    claim._beater.remove(dead)
    os.close(dead.lock)
    assert not is_claimed(folder, "it")
    again = taken(folder)
    assert not dead.is_mine()
    again.release()


def test_a_torn_lease_is_respected_while_it_is_young_only(folder: int, tmp_path: Path) -> None:
    (tmp_path / "it.lease").write_bytes(b"\0" * 60)
    assert Claim.take(folder, "it") is None
    grow_old(folder, "it")
    taken(folder).release()


def test_others_see_how_far_it_is(folder: int) -> None:
    mine = taken(folder)
    mine.count = 123.5
    mine.beat()
    lease = look(folder, "it")
    assert lease is not None
    assert lease.count == 123.5
    mine.release()
    assert look(folder, "it") is None


def test_a_claim_beats_by_itself(folder: int) -> None:
    mine = taken(folder)
    grow_old(folder, "it")

    def is_fresh() -> bool:
        lease = look(folder, "it")
        return lease is not None and lease.is_fresh

    until(is_fresh)
    mine.release()


def test_a_run_that_lost_its_job_writes_nothing_more(store: JobStore, on: On) -> None:
    make(store)

    def overtaken(workload: Workload, reporter: Reporter) -> FakeRendered:
        done = fake_render(workload, reporter)
        with store.open("a") as folder:
            grow_old(folder.descriptor, RUN)
            on("two")
            run_job("a", store, fake_render, PlainBoard())
            on("one")
        return done

    on("one")
    assert run_job("a", store, overtaken, PlainBoard()) is Outcome.LOST
    record = store.record("a")
    assert record.status is JobStatus.COMPLETED
    assert (store.exports / "a" / "output.mp4").read_bytes() == b"wholewhole"


def test_saving_without_the_claim_is_refused(store: JobStore, on: On) -> None:
    make(store)
    with store.open("a") as folder:
        on("one")
        folder.claim = taken(folder.descriptor, RUN)
        grow_old(folder.descriptor, RUN)
        on("two")
        theirs = taken(folder.descriptor, RUN)
        with pytest.raises(ClaimLost):
            folder.save(folder.record())
        folder.claim.release()
        theirs.release()


def test_a_host_has_so_many_slots(tmp_path: Path, on: On) -> None:
    slots = Slots(tmp_path, 2)
    held = [slots.take(), slots.take()]
    assert None not in held
    assert slots.take() is None
    on("two")
    other = slots.take()
    assert other is not None
    os.close(other)
    assert held[0] is not None
    os.close(held[0])
