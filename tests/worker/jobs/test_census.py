"""The numbers that stand: true by the disk, and cheap to ask for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config_schema.status import JobRecord, JobStatus, Stage
from tests.worker.house import Broker, House, config_of
from tests.worker.jobs.samples import complete, make, record_of, save
from worker.jobs.census import Census, Counting, standing_of
from worker.jobs.glance import Glance, Waiting
from worker.jobs.heartbeats import beat
from worker.jobs.pause import pause_job
from worker.jobs.piece_cache import FOLDER, PieceCache
from worker.jobs.store import JobStore


class Clock:
    """A time that a test moves by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def counting(store: JobStore, clock: Callable[[], float]) -> Counting:
    return Counting(store, PieceCache(store.exports, 10**9), lambda: None, clock)


def look(store: JobStore) -> Census:
    return counting(store, Clock()).census()


def test_jobs_are_counted_by_status_priority_and_stage(store: JobStore) -> None:
    make(store, "waits", priority="high")
    make(store, "rests")
    with store.open("rests") as folder:
        pause_job(folder.descriptor)
    make(store, "runs")
    save(store, "runs", status=JobStatus.PROCESSING, stage=Stage.PLANNING)
    progress = '{"attempt": 1, "progress": {"stage": "rendering", "fraction": 0.5}}'
    (store.exports / "runs" / "progress.json").write_text(progress)
    make(store, "full")
    save(store, "full", status=JobStatus.PROCESSING, stage=Stage.WAITING)
    make(store, "done", priority="low")
    complete(store, "done")
    make(store, "gone")
    store.cancel("gone")
    standing = look(store).standing
    assert standing.jobs == {
        (JobStatus.PENDING, "high"): 1,
        (JobStatus.PENDING, "normal"): 1,
        (JobStatus.PROCESSING, "normal"): 2,
        (JobStatus.COMPLETED, "low"): 1,
        (JobStatus.CANCELLED, "normal"): 1,
    }
    expected = {Stage.QUEUED: 1, Stage.PAUSED: 1, Stage.RENDERING: 1, Stage.WAITING: 1}
    assert standing.stages == expected
    assert standing.line == {"high": 1}
    assert standing.running == 1


def test_the_longest_wait_is_that_of_the_oldest_in_line() -> None:
    now = datetime(2026, 11, 26, tzinfo=UTC)
    old, young = (record_of(created_at=now - timedelta(seconds=age)) for age in (90, 5))
    retried = record_of(created_at=now - timedelta(days=3), asked_at=now, attempt=2)
    jobs = [(job, Stage.QUEUED) for job in (young, old, retried)]
    assert standing_of(jobs, now).longest_wait_seconds == 90
    assert standing_of([], now).longest_wait_seconds == 0


def test_workers_volume_and_pieces_are_measured(store: JobStore) -> None:
    beat(store.exports, "w1@host")
    (store.exports / FOLDER).mkdir()
    (store.exports / FOLDER / "piece.mkv").write_bytes(bytes(1234))
    census = look(store)
    assert (census.workers, census.piece_cache_bytes) == (1, 1234)
    assert census.free_bytes
    assert census.messages is None


def test_a_volume_without_its_folder_is_empty_and_no_fault(tmp_path: Path) -> None:
    census = look(JobStore(tmp_path / "nothing"))
    assert (census.standing.jobs, census.workers, census.free_bytes) == ({}, 0, None)


def test_a_census_is_kept_for_some_seconds(store: JobStore) -> None:
    clock = Clock()
    taker = counting(store, clock)
    assert taker.census().standing.jobs == {}
    make(store)
    clock.seconds += 4.9
    assert taker.census().standing.jobs == {}
    clock.seconds += 0.2
    assert taker.census().standing.jobs == {(JobStatus.PENDING, "normal"): 1}


def test_a_record_is_parsed_again_only_after_a_change(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        make(store, f"job{number}")
    clock = Clock()
    taker = counting(store, clock)
    taker.census()
    parsed = []
    parse = JobRecord.model_validate_json

    def counted(data: bytes) -> JobRecord:
        parsed.append(data)
        return parse(data)

    monkeypatch.setattr(JobRecord, "model_validate_json", counted)
    complete(store, "job7")
    parsed.clear()
    clock.seconds += 60
    assert taker.census().standing.jobs[JobStatus.COMPLETED, "normal"] == 1
    assert len(parsed) == 1


def test_who_asks_while_another_looks_is_told_what_was_true_a_moment_ago(store: JobStore) -> None:
    clock = Clock()
    begun, may_go = threading.Event(), threading.Event()
    looks = []

    def slowly() -> None:
        looks.append(1)
        if len(looks) > 1:
            begun.set()
            assert may_go.wait(30)

    taker = Counting(store, PieceCache(store.exports, 0), slowly, clock)
    first = taker.census()
    clock.seconds += 60
    other = threading.Thread(target=taker.census)
    other.start()
    assert begun.wait(30)
    assert taker.census() is first
    may_go.set()
    other.join(30)
    assert taker.census() is not first
    assert len(looks) == 2


def test_the_broker_tells_how_many_messages_wait(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.submit(config_of("b", priority="high"))
    with house.redis() as client:
        client.lpush("exports:4", "help")
    messages = Glance(house.redis_url).messages()
    assert messages is not None
    assert messages[Waiting("job", "normal")] == messages[Waiting("job", "high")] == 1
    assert messages[Waiting("help", "normal")] == 1
    assert sum(messages.values()) == 3


def test_a_broker_that_is_away_says_nothing(lonely_house: House) -> None:
    assert Glance(lonely_house.redis_url).messages() is None
    assert lonely_house.client.census().messages is None


def test_an_empty_queue_is_not_an_absent_one(house: House, broker: Broker) -> None:
    messages = Glance(house.redis_url).messages()
    assert messages is not None
    assert set(messages.values()) == {0}
