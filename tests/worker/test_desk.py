"""What an operator asks of the door: pause, resume, priority, purge; without a worker behind it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from celery import Celery

from config_schema.errors import JobNotFound, NotOver, NotUnderWay
from config_schema.status import JobStatus, Stage
from tests.worker.house import House, config_of
from tests.worker.jobs.samples import complete, files, record_of, save
from worker.app import make_app
from worker.client import ExportClient
from worker.jobs import doorbell, sweep
from worker.jobs.announce import announcement_of, states_of, store
from worker.jobs.pause import resume_job
from worker.jobs.steering import PoolSteering, say_who_waits
from worker.jobs.sweep import Sweep


def fail(house: House, job_id: str, at: datetime | None = None) -> None:
    save(house.store, job_id, status=JobStatus.FAILED, error="No.", finished_at=at)


def queue_of(house: House) -> dict[str, list[str]]:
    """The ids in each list of the queue that has any, the next one first."""
    with house.redis() as redis:
        lists = {key: redis.lrange(key, 0, -1) for key in ("exports", "exports:3", "exports:6")}
    return {
        key: [json.loads(message)["headers"]["id"] for message in reversed(messages)]
        for key, messages in lists.items()
        if messages
    }


def sweep_of(house: House, keep_days: float = 0) -> Sweep:
    return Sweep(house.store, make_app(house.settings), hostname="desk", keep_days=keep_days)


# --- pause and resume


def test_a_paused_job_says_so_everywhere_and_has_no_place_in_the_queue(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.submit(config_of("b"))
    assert house.client.pause("a").message == "Paused by the operator."
    view = ExportClient(house.settings).status("a")
    assert (view.status, view.stage, view.queue_position) == ("pending", "paused", None)
    assert ExportClient(house.settings).status("b").queue_position == 1
    stages = {listed.job_id: listed.stage for listed in house.client.list().exports}
    assert stages == {"a": Stage.PAUSED, "b": Stage.QUEUED}
    assert house.backend_state("a") == "PENDING"


def test_a_paused_job_is_not_rung_until_it_is_resumed(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.pause("a")
    with house.redis() as redis:
        redis.flushdb()
    for _ in range(3):
        assert sweep_of(house).visit()["rung"] == 0
    assert queue_of(house) == {}
    view = house.client.resume("a")
    assert (view.status, view.stage) == (JobStatus.PENDING, Stage.QUEUED)
    assert queue_of(house) == {"exports:3": ["a"]}
    # Again is the same.
    assert house.client.resume("a").stage is Stage.QUEUED


def test_a_paused_job_that_was_being_made_is_not_rung_either(house: House) -> None:
    house.client.submit(config_of("a"))
    save(house.store, "a", status=JobStatus.PROCESSING)
    house.client.pause("a")
    with house.redis() as redis:
        redis.flushdb()
    assert sweep_of(house).visit()["rung"] == 0
    house.client.resume_all()
    assert sweep_of(house).visit()["rung"] == 0
    with house.store.open("a") as folder:
        resume_job(folder.descriptor)
    assert sweep_of(house).visit()["rung"] == 1


def test_a_pause_is_known_while_the_broker_is_away(lonely_house: House) -> None:
    lonely_house.client.submit(config_of("a"))
    assert lonely_house.client.pause("a").stage is Stage.PAUSED
    assert lonely_house.client.resume("a").stage is Stage.QUEUED


def test_a_post_of_a_paused_job_gives_its_state_and_makes_no_second(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.pause("a")
    again = house.client.submit(config_of("a"))
    assert (again.created, again.status.stage) == (False, Stage.PAUSED)


def test_a_paused_job_can_be_deleted_and_its_id_starts_unpaused(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.pause("a")
    assert house.client.cancel("a").status is JobStatus.CANCELLED
    assert house.client.retry("a").stage is Stage.QUEUED
    house.client.pause("a")
    house.client.cancel("a")
    assert house.client.submit(config_of("a")).status.stage is Stage.QUEUED


def test_a_retry_takes_back_a_pause_that_came_as_the_run_failed(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.pause("a")
    fail(house, "a")
    assert house.client.status("a").message == "No."
    assert house.client.retry("a").stage is Stage.QUEUED


def test_the_whole_desk_rests_and_goes_on(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.pause_all()
    made = house.client.submit(config_of("b"))
    assert made.status.stage is Stage.PAUSED
    assert house.client.resume("a").stage is Stage.PAUSED
    with house.redis() as redis:
        redis.flushdb()
    assert sweep_of(house).visit()["rung"] == 0
    house.client.resume_all()
    assert {view.stage for view in house.client.list().exports} == {Stage.QUEUED}
    assert sweep_of(house).visit()["rung"] == 2


def test_of_a_job_that_no_try_has_begun_the_backend_is_asked_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def listening(app: Celery, job_ids: list[str]) -> dict[str, str]:
        asked.append(job_ids)
        return states_of(app, job_ids)

    monkeypatch.setattr(sweep, "states_of", listening)
    house.client.submit(config_of("a"))
    # What an earlier job under the same id has left.
    store(make_app(house.settings), "a", announcement_of(record_of(status=JobStatus.FAILED)))
    sweeper = sweep_of(house)
    assert [sweeper.visit()["repaired"] for _ in range(4)] == [1, 0, 0, 0]
    # Everything, then until it is found right, then no more.
    assert asked == [["a"], ["a"], [], []]
    save(house.store, "a", status=JobStatus.PROCESSING, started_at=datetime.now(UTC))
    sweeper.visit()
    save(house.store, "a", status=JobStatus.PENDING)
    sweeper.visit()
    assert asked[4:] == [["a"], ["a"]]


def test_progress_does_not_go_back_over_a_pause(house: House) -> None:
    house.client.submit(config_of("a"))
    save(house.store, "a", status=JobStatus.PROCESSING, stage=Stage.RENDERING)
    mark = '{"attempt":1,"progress":{"stage":"rendering","fraction":0.4,"eta_seconds":9,"speed":2}}'
    (house.store.exports / "a" / "progress.json").write_text(mark)
    assert house.client.status("a").eta_seconds == 9
    paused = house.client.pause("a")
    assert (paused.status, paused.stage, paused.progress) == ("processing", "paused", 0.4)
    # Nothing is being made, so nothing has a speed.
    assert (paused.eta_seconds, paused.speed) == (None, None)
    assert house.client.resume("a").progress == 0.4


@pytest.mark.parametrize("verb", ["pause", "resume"])
def test_what_is_over_is_not_paused(house: House, verb: str) -> None:
    house.client.submit(config_of("a"))
    complete(house.store, "a")
    house.client.submit(config_of("b"))
    house.client.cancel("b")
    for job_id in "ab":
        with pytest.raises(NotUnderWay):
            getattr(house.client, verb)(job_id)
    with pytest.raises(JobNotFound):
        getattr(house.client, verb)("nobody")


# --- priority


def test_a_new_priority_moves_the_job_in_the_queue_and_in_the_line(house: House) -> None:
    for name in "abc":
        house.client.submit(config_of(name))
    assert house.client.prioritize("c", "high").queue_position == 1
    assert queue_of(house) == {"exports": ["c"], "exports:3": ["a", "b"]}
    assert house.client.prioritize("a", "low").queue_position == 3
    assert queue_of(house) == {"exports": ["c"], "exports:3": ["b"], "exports:6": ["a"]}
    assert house.store.record("a").priority == "low"
    # Without the old message a second one would be one too many.
    assert house.client.prioritize("a", "low").queue_position == 3
    assert queue_of(house)["exports:6"] == ["a"]


def test_a_priority_given_while_the_broker_was_away_is_put_right_by_the_sweep(
    house: House,
) -> None:
    house.client.submit(config_of("a"))
    house.store.steer("a", lambda folder: folder.prioritize("high"))
    assert queue_of(house) == {"exports:3": ["a"]}
    sweep_of(house).visit()
    assert queue_of(house) == {"exports": ["a"]}


def test_a_job_whose_message_died_with_its_taker_is_rung_for_once_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(doorbell, "monotonic", lambda: clock[0])
    house.client.submit(config_of("a"))
    house.take_message()
    sweeping = sweep_of(house)
    seen = []
    for clock[0] in (0.0, 1.0, 4.9, 5.0, 6.0, 7.0, 20.0):
        sweeping.once()
        seen.append(queue_of(house))
    # At first it may have only just been taken; and what lies in the queue is not rung for again.
    assert seen == [{}] * 4 + [{"exports:3": ["a"]}] * 3


def test_a_job_whose_message_was_heard_is_not_rung_again(house: House) -> None:
    house.client.submit(config_of("a"))
    with house.redis() as redis:
        redis.flushdb()
    house.client.prioritize("a", "high")
    assert queue_of(house) == {}


def test_what_is_over_has_no_priority_any_more(house: House) -> None:
    house.client.submit(config_of("a"))
    fail(house, "a")
    with pytest.raises(NotUnderWay):
        house.client.prioritize("a", "high")


def test_a_post_again_is_the_same_job_whatever_its_priority_and_the_default_are_by_now(
    house: House,
) -> None:
    low = ExportClient(house.settings.model_copy(update={"default_priority": "low"}))
    low.submit(config_of("a"))
    low.submit(config_of("b", priority="high"))
    assert queue_of(house) == {"exports": ["b"], "exports:6": ["a"]}
    house.client.prioritize("a", "high")
    for client in (low, house.client):
        assert not client.submit(config_of("a")).created
        assert not client.submit(config_of("b", priority="high")).created
    assert house.store.record("a").priority == "high"


# --- what is kept


def test_a_purged_job_is_gone_from_disk_and_from_celery(house: House) -> None:
    for name in "abc":
        house.client.submit(config_of(name))
    complete(house.store, "a")
    fail(house, "b")
    house.client.cancel("c")
    for name in "ab":
        store(make_app(house.settings), name, announcement_of(house.store.record(name)))
    for name, was in (("a", "completed"), ("b", "failed"), ("c", "cancelled")):
        assert house.client.purge(name).status == was
        with pytest.raises(JobNotFound):
            house.client.status(name)
        with house.redis() as redis:
            assert not redis.exists(f"celery-task-meta-{name}")
    assert files(house.store) == set()
    with pytest.raises(JobNotFound):
        house.client.purge("a")
    assert house.client.submit(config_of("a", projectName="Another")).created


def test_what_is_still_to_be_done_is_not_purged(house: House) -> None:
    house.client.submit(config_of("a"))
    for change in (lambda: None, lambda: house.client.pause("a")):
        change()
        with pytest.raises(NotOver):
            house.client.purge("a")
    assert house.store.record("a").status is JobStatus.PENDING


def test_only_what_is_over_for_so_long_is_old(house: House) -> None:
    now = datetime.now(UTC)
    for name, days in (("a", 3), ("b", 5), ("c", 1)):
        house.client.submit(config_of(name))
        fail(house, name, now - timedelta(days=days))
    house.client.submit(config_of("d"))
    assert [view.job_id for view in house.client.over_for(2)] == ["a", "b"]
    assert [view.job_id for view in house.client.over_for(0)] == ["a", "b", "c"]
    with pytest.raises(NotOver):
        house.client.purge("c", days=2)


def test_the_sweep_purges_what_is_old_and_celery_forgets_it(house: House) -> None:
    house.client.submit(config_of("a"))
    fail(house, "a", datetime.now(UTC) - timedelta(days=3))
    store(make_app(house.settings), "a", announcement_of(house.store.record("a")))
    assert sweep_of(house).visit()["purged"] == 0
    assert sweep_of(house, keep_days=4).visit()["purged"] == 0
    assert sweep_of(house, keep_days=2).visit()["purged"] == 1
    assert files(house.store) == set()
    assert house.backend_state("a") == "PENDING"


def test_celery_forgets_a_purged_job_when_the_broker_is_back(lonely_house: House) -> None:
    house = lonely_house
    house.client.submit(config_of("a"))
    fail(house, "a", datetime.now(UTC) - timedelta(days=3))
    sweep = sweep_of(house, keep_days=2)
    sweep.once()
    assert not (house.store.exports / "a").exists()
    house.broker.start()
    with house.redis() as redis:
        redis.set("celery-task-meta-a", '{"status": "FAILURE"}')
    sweep.once()
    assert house.backend_state("a") == "PENDING"


def test_nobody_gives_a_worker_away_while_redis_is_away(lonely_house: House) -> None:
    lonely_house.client.submit(config_of("a"))
    steering = PoolSteering()
    say_who_waits("normal")
    assert steering.others_wait("normal")
    assert steering.others_wait("low")
    assert not steering.others_wait("high")
    sweep_of(lonely_house).once()
    assert not steering.others_wait("low")
