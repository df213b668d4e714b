"""Who holds a job is told from who merely looks, and only orphans are ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from config_schema.status import JobStatus
from tests.worker.house import until
from tests.worker.jobs.samples import make, save
from worker.jobs import claim
from worker.jobs.claim import Claim, Holder, lock_name, look, this_host
from worker.jobs.folder import RUN, JobFolder
from worker.jobs.holders import Process, is_gone, lock_holders, this_process
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.store import JobStore

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="told from /proc")


@contextmanager
def child_with(lock: int) -> Iterator[subprocess.Popen[bytes]]:
    """A child that inherited the lock, as FFmpeg does."""
    child = subprocess.Popen(["sleep", "600"], pass_fds=(lock,))
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def dead_process() -> Process:
    """A worker that ran here and has ended."""
    me = this_process()
    assert me is not None
    worker = subprocess.Popen(["true"])
    worker.wait()
    return me.model_copy(update={"pid": worker.pid})


def say_holder(folder: JobFolder, process: Process | None, host: str | None = None) -> None:
    """Leave the lease of a run that was not given back."""
    holder = Holder(host=host or this_host(), process=process)
    (folder.path / f"{RUN}.lease").write_bytes(
        claim._counted(0) + holder.model_dump_json().encode()
    )


def holders(folder: JobFolder) -> list[Process]:
    return lock_holders(folder.descriptor, lock_name(RUN))


def round_of(keeper: Housekeeper) -> int:
    keeper.begin_round()
    keeper.is_held(next(iter(keeper._store.records())))
    return keeper.done["ended"]


def test_the_holder_is_noted_and_known_to_live(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        assert look(folder.descriptor, RUN) is None
        mine = Claim.take(folder.descriptor, RUN)
        assert mine is not None
        lease = look(folder.descriptor, RUN)
        mine.release()
    assert lease is not None
    holder = lease.holder.process
    assert holder == this_process()
    assert holder is not None
    assert not is_gone(holder)
    assert is_gone(dead_process())


def test_a_process_of_another_boot_or_container_is_not_judged() -> None:
    gone = dead_process()
    assert not is_gone(gone.model_copy(update={"boot": "another"}))
    assert not is_gone(gone.model_copy(update={"pid_namespace": "pid:[1]"}))


def test_only_who_has_the_lock_itself_counts_as_its_holder(store: JobStore) -> None:
    make(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        with child_with(held) as holder:
            looker = os.open(folder.path / lock_name(RUN), os.O_RDWR)
            with child_with(looker):
                found = until(lambda: holders(folder))
            assert [process.pid for process in found] == [holder.pid]
            os.close(looker)
        os.close(held)


def test_a_hung_orphan_is_ended_in_the_second_round(store: JobStore) -> None:
    make(store)
    save(store, "a", status=JobStatus.PROCESSING)
    keeper = Housekeeper(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        say_holder(folder, dead_process())
        with child_with(held) as orphan:
            os.close(held)
            until(lambda: holders(folder))
            assert round_of(keeper) == 0
            assert round_of(keeper) == 1
            assert orphan.wait(5) == -9
        assert not folder.is_held()


def test_the_child_of_a_living_worker_is_left_alone(store: JobStore) -> None:
    make(store)
    save(store, "a", status=JobStatus.PROCESSING)
    keeper = Housekeeper(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        say_holder(folder, this_process())
        with child_with(held) as child:
            assert [round_of(keeper) for _ in range(4)] == [0, 0, 0, 0]
            assert child.poll() is None
        os.close(held)


def test_a_cancelled_job_that_is_held_too_long_is_freed_by_force(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.jobs.housekeeping._STUCK_GONE_SECONDS", -1.0)
    make(store)
    keeper = Housekeeper(store)
    with store.open("a") as folder:
        held = folder.hold()
        assert held is not None
        say_holder(folder, this_process())
        with child_with(held) as stuck:
            os.close(held)
            store.cancel("a")
            assert [name for name in store.names() if name.startswith(".gone-")]
            until(lambda: holders(folder))
            for _ in range(2):
                keeper.begin_round()
                keeper.tidy()
            assert stuck.wait(5) == -9
    keeper.tidy()
    assert store.names() == [".state"]
