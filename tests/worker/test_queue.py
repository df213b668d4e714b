"""The whole queue with real worker processes: whatever dies, every job comes to its end."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config_schema.status import JobStatus, Stage
from tests.worker.house import Broker, House, config_of, until


@pytest.fixture(scope="module")
def busy_house(tmp_path_factory: pytest.TempPathFactory, broker: Broker) -> Iterator[House]:
    """A house with one worker that lives through all tests that do it no harm."""
    made = House(tmp_path_factory.mktemp("house"), broker)
    made.start_worker()
    yield made
    made.close()


def is_rendering(house: House, job_id: str) -> bool:
    return house.client.status(job_id).stage is Stage.RENDERING


def test_a_job_is_done_and_everybody_says_so(busy_house: House) -> None:
    house = busy_house
    house.client.submit(config_of("whole", "pieces=8 seconds=0.2"))
    seen = [house.client.status("whole")]
    while not seen[-1].status.is_final:
        seen.append(house.client.status("whole"))
    fractions = [view.progress for view in seen]
    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 2
    assert seen[-1].status is JobStatus.COMPLETED
    assert [view.progress for view in seen if view.progress == 1.0] == [1.0]
    assert house.client.output("whole").path.read_bytes() == b"whole" * 8
    until(lambda: house.backend_state("whole") == "SUCCESS", 3)


def test_a_failed_job_is_a_failure_in_celery_too_and_can_be_retried(busy_house: House) -> None:
    house = busy_house
    house.client.submit(config_of("broken", "fail=encoder_failed"))
    until(lambda: house.status("broken") == "failed")
    until(lambda: house.backend_state("broken") == "FAILURE", 3)
    assert house.client.status("broken").error == "The encoder refused the work."
    assert house.client.retry("broken").attempt == 2
    until(lambda: house.client.status("broken").status is JobStatus.FAILED)
    until(lambda: house.backend_state("broken") == "FAILURE", 5)


def test_a_transient_error_is_tried_again_by_the_sweep(busy_house: House) -> None:
    house = busy_house
    house.client.submit(config_of("shaky", "fail=stalled fail_after=1"))
    until(lambda: house.job_log("shaky").count("stalled") == 2, 15)
    until(lambda: house.status("shaky") == "pending")
    house.client.cancel("shaky")


def test_a_cancelled_render_is_gone_within_two_seconds(busy_house: House) -> None:
    house = busy_house
    house.client.submit(config_of("unwanted", "pieces=2 seconds=60 child"))
    children = until(lambda: len(house.job_children("unwanted")) >= 2)
    assert children
    asked = time.monotonic()
    assert house.client.cancel("unwanted").status is JobStatus.CANCELLED
    assert not (house.store.exports / "unwanted").exists()
    until(lambda: not house.job_children("unwanted") and not house.litter(), 2)
    assert time.monotonic() - asked < 2
    until(lambda: house.backend_state("unwanted") == "REVOKED", 3)
    assert house.status("unwanted") == "cancelled"


def test_a_post_right_after_the_cancel_starts_cleanly(busy_house: House) -> None:
    house = busy_house
    for round_ in range(3):
        house.client.submit(config_of("again", "pieces=1 seconds=60 child"))
        until(lambda: house.job_children("again"))
        house.client.cancel("again")
        name = f"Round {round_}"
        made = house.client.submit(config_of("again", "pieces=2 child", projectName=name))
        assert made.created
        until(lambda: house.status("again") == "completed")
        assert house.client.output("again").download_name == f"{name}.mp4"
        until(lambda: house.backend_state("again") == "SUCCESS", 5)
        house.client.cancel("again")
    # Where a sweep looks at this instant, the next one takes the folder away.
    until(lambda: not house.litter(), 10)


def test_a_wiped_redis_loses_nothing(busy_house: House) -> None:
    house = busy_house
    house.client.submit(config_of("running", "pieces=2 until=go"))
    until(lambda: house.status("running") == "processing")
    for name in ("queued1", "queued2"):
        house.client.submit(config_of(name))
    with house.redis() as client:
        client.flushdb()
    until(lambda: house.backend_state("running") == "PROGRESS", 5)
    (house.media / "sources" / "go").touch()
    for name in ("running", "queued1", "queued2"):
        until(lambda name=name: house.status(name) == "completed", 15)  # type: ignore[misc]
        until(lambda name=name: house.backend_state(name) == "SUCCESS", 5)  # type: ignore[misc]
    (house.media / "sources" / "go").unlink()


def test_a_killed_pool_process_costs_only_its_piece(busy_house: House) -> None:
    house = busy_house
    house.client.submit(config_of("mortal", "pieces=3 die_once=died fail_after=2"))
    until((house.media / "sources" / "died").exists)
    assert house.status("mortal") == "processing"
    until(lambda: house.status("mortal") == "completed", 10)
    assert [house.job_log("mortal").count(f"piece {n}") for n in range(3)] == [1, 1, 1]
    # Celery's own verdict on the lost process was never stored.
    until(lambda: house.backend_state("mortal") == "SUCCESS", 3)


def test_a_killed_worker_is_resumed_by_the_next_from_the_finished_pieces(house: House) -> None:
    house.start_worker()
    house.client.submit(config_of("a", "pieces=3 seconds=0.3 child until=go"))
    (house.media / "sources" / "go").touch()
    until(lambda: "piece 1" in house.job_log("a"))
    (house.media / "sources" / "go").unlink()
    until(lambda: house.job_children("a"))
    before = house.client.status("a")
    house.kill_workers()
    until(lambda: not house.job_children("a"), 3)
    assert house.status("a") == "processing"
    (house.media / "sources" / "go").touch()
    house.start_worker()
    resumed = time.monotonic()
    until(lambda: house.job_log("a").count("piece") > 2, 10)
    assert time.monotonic() - resumed < 10
    assert house.client.status("a").progress >= before.progress
    until(lambda: house.status("a") == "completed")
    assert house.job_log("a").count("piece 0") == 1
    until(lambda: not house.litter(), 10)
    assert house.client.status("a").attempt == 1


def test_an_orphan_that_will_not_die_is_ended_and_the_job_goes_on(house: House) -> None:
    house.start_worker()
    house.client.submit(config_of("a", "pieces=1 seconds=1 deaf"))
    until(lambda: len(house.job_children("a")) >= 2)
    house.kill_workers()
    until(lambda: len(house.job_children("a")) == 1, 3)
    house.start_worker()
    until(lambda: house.status("a") == "completed", 25)
    assert "which its worker had left behind" in house.job_log("a")
    until(lambda: not house.job_children("a"), 2)


def test_a_worker_killed_between_taking_a_message_and_saying_so_costs_seconds(house: House) -> None:
    house.client.submit(config_of("a"))
    house.take_message()
    house.start_worker()
    until(lambda: house.status("a") == "completed", 60)


def test_a_worker_asked_to_end_hands_its_job_on(house: House) -> None:
    worker = house.start_worker()
    house.client.submit(config_of("a", "pieces=2 seconds=60 child"))
    until(lambda: house.job_children("a"))
    worker.send_signal(signal.SIGTERM)
    worker.wait(10)
    assert not house.job_children("a")
    assert house.status("a") == "pending"
    assert house.client.workers_alive() == 0


def test_a_job_posted_while_the_broker_was_down_is_done_when_it_is_back(
    lonely_house: House,
) -> None:
    house = lonely_house
    house.start_worker()
    house.client.submit(config_of("a"))
    assert house.status("a") == "pending"
    house.broker.start()
    until(lambda: house.status("a") == "completed", 25)
    until(lambda: house.backend_state("a") == "SUCCESS", 10)


def test_neither_a_frozen_nor_a_dead_broker_stops_a_render(lonely_house: House) -> None:
    house = lonely_house
    house.broker.start()
    house.start_worker()
    house.client.submit(config_of("a", "pieces=6 seconds=0.3"))
    until(lambda: is_rendering(house, "a"))
    house.broker.send(signal.SIGSTOP)
    until(lambda: house.status("a") == "completed", 6)
    house.broker.send(signal.SIGCONT)
    until(lambda: house.backend_state("a") == "SUCCESS", 20)
    house.client.submit(config_of("b", "pieces=6 seconds=0.3"))
    until(lambda: is_rendering(house, "b"))
    house.broker.stop()
    until(lambda: house.status("b") == "completed", 6)
    house.broker.start()
    until(lambda: house.backend_state("b") == "SUCCESS", 20)
    # The worker still takes jobs.
    house.client.submit(config_of("c"))
    until(lambda: house.status("c") == "completed", 20)


def test_jobs_of_a_dead_worker_can_be_cancelled_and_leave_nothing(house: House) -> None:
    house.start_worker()
    house.client.submit(config_of("a", "pieces=2 seconds=60 child"))
    until(lambda: house.job_children("a"))
    house.kill_workers()
    house.client.cancel("a")
    until(lambda: not house.job_children("a"), 3)
    assert house.status("a") == "cancelled"
    left = [path for path in house.store.exports.iterdir() if not path.name.startswith(".")]
    assert left == []
    assert Path(house.store.exports / ".state" / "a.json").exists()
