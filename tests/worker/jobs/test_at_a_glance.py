"""What polls are answered from is what `record` says, however the job gets there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from config_schema.errors import JobNotFound, VolumeUnavailable
from config_schema.status import JobRecord, JobStatus
from tests.worker.jobs.samples import complete, make, save
from worker.jobs.folder import STATE
from worker.jobs.pause import pause_desk, pause_job, resume_desk
from worker.jobs.store import JobStore

WHEN = datetime(2026, 11, 26, tzinfo=UTC)


def _pause(store: JobStore) -> None:
    with store.open("a") as folder:
        pause_job(folder.descriptor)


def _flag(store: JobStore) -> None:
    with store.open("a") as folder:
        folder.request_cancel()


def _again(store: JobStore) -> None:
    store.cancel("a")
    make(store, project_name="another")


CHANGES: dict[str, Callable[[JobStore], object]] = {
    "nothing": lambda store: store.record("a"),
    "is being made": lambda store: save(store, "a", status=JobStatus.PROCESSING),
    "completed": lambda store: complete(store, "a"),
    "rests": _pause,
    "all rest": lambda store: pause_desk(store.exports),
    "asked to end": _flag,
    "buried": lambda store: store.cancel("a"),
    "posted again": _again,
}


def _timeless(record: JobRecord) -> JobRecord:
    return record.model_copy(update={"finished_at": WHEN if record.finished_at else None})


@pytest.mark.parametrize("change", CHANGES)
def test_a_glance_tells_what_a_look_tells(store: JobStore, change: str) -> None:
    first = make(store)
    assert store.record_at_a_glance("a") == first
    CHANGES[change](store)
    found = store.record_at_a_glance("a")
    assert _timeless(found) == _timeless(store.record("a"))
    assert (found == first) == (change == "nothing")


def test_what_goes_on_again_is_seen_going_on(store: JobStore) -> None:
    first = make(store)
    pause_desk(store.exports)
    assert store.record_at_a_glance("a") != first
    resume_desk(store.exports)
    assert store.record_at_a_glance("a") == first


@pytest.mark.parametrize("job_id", ["b", "", ".", "..", ".state", "../a", "a/b", "a\0b"])
def test_what_is_not_there_is_not_found(store: JobStore, job_id: str) -> None:
    make(store)
    with pytest.raises(JobNotFound):
        store.record_at_a_glance(job_id)


def test_a_damaged_state_is_said_to_be_damaged(store: JobStore) -> None:
    make(store)
    store.record_at_a_glance("a")
    (store.exports / "a" / STATE).write_text("{")
    with pytest.raises(VolumeUnavailable):
        store.record_at_a_glance("a")
