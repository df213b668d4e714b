"""An operator steers real workers: who rests, who comes first, who waits for space."""

from __future__ import annotations

from config_schema.status import JobStatus, Stage
from tests.worker.house import House, config_of, until
from worker.app import make_app
from worker.jobs.doorbell import Doorbell


def allow(house: House) -> None:
    """Let the fake renders with `until=go` go on."""
    (house.media / "sources" / "go").touch()


def with_one_piece(house: House, job_id: str) -> None:
    """Leave the job as an earlier try did that finished its first piece."""
    with house.store.open(job_id) as folder:
        record = folder.stored_record()
        folder.make_work(record)
        (folder.work_path(record) / "piece-0").write_bytes(b"whole")
        mark = '{"attempt": 1, "progress": {"stage": "rendering", "fraction": 0.4}}'
        (folder.path / "progress.json").write_text(mark)


def test_a_paused_render_ends_its_children_and_goes_on_from_its_pieces(house: House) -> None:
    house.client.submit(config_of("a", "pieces=3 seconds=60 child"))
    with_one_piece(house, "a")
    house.start_worker()
    until(lambda: "piece 1" in house.job_log("a"))
    until(lambda: len(house.job_children("a")) >= 2)
    before = house.client.pause("a")
    assert before.progress == 0.4
    assert (before.status, before.stage) == (JobStatus.PROCESSING, Stage.PAUSED)
    until(lambda: not house.job_children("a"), 3)
    until(lambda: "paused by the operator" in house.job_log("a"), 3)
    until(lambda: not house.litter(), 3)

    # Neither a doorbell nor a sweep that finds an empty queue begins it again.
    Doorbell(make_app(house.settings)).ring(house.store.record("a"))
    house.client.submit(config_of("b"))
    until(lambda: house.status("b") == "completed")
    with house.redis() as redis:
        redis.flushdb()
    house.client.submit(config_of("c"))
    until(lambda: house.status("c") == "completed")
    rested = house.client.status("a")
    assert (rested.status, rested.stage) == (JobStatus.PROCESSING, Stage.PAUSED)
    assert rested.progress >= before.progress

    assert house.job_log("a").count("piece 1") == 1
    assert house.client.resume("a").progress >= before.progress
    until(lambda: house.job_log("a").count("piece 1") == 2, 10)
    until(lambda: house.client.status("a").stage is not Stage.PAUSED)
    assert "piece 0" not in house.job_log("a")
    assert house.client.status("a").attempt == 1


def test_a_paused_render_can_be_cancelled(house: House) -> None:
    house.start_worker()
    house.client.submit(config_of("a", "pieces=2 seconds=60 child"))
    until(lambda: house.job_children("a"))
    house.client.pause("a")
    until(lambda: not house.job_children("a"), 3)
    assert house.client.cancel("a").status is JobStatus.CANCELLED
    until(lambda: not house.litter(), 3)
    until(lambda: house.backend_state("a") == "REVOKED", 5)


def test_who_is_hurried_is_served_first(house: House) -> None:
    house.start_worker()
    house.client.submit(config_of("running", "pieces=1 until=go"))
    until(lambda: house.status("running") == "processing")
    for name in ("first", "second", "third"):
        house.client.submit(config_of(name))
    assert house.client.prioritize("third", "high").queue_position == 1
    assert house.client.prioritize("first", "low").queue_position == 3
    allow(house)
    names = ("third", "second", "first")
    until(lambda: all(house.status(name) == "completed" for name in names))
    begun = [house.client.status(name).started_at for name in names]
    assert all(begun)
    assert begun == sorted(begun, key=str)


def test_who_is_paused_in_the_queue_lets_the_others_by(house: House) -> None:
    house.start_worker()
    house.client.submit(config_of("running", "pieces=1 until=go"))
    until(lambda: house.status("running") == "processing")
    house.client.submit(config_of("first"))
    house.client.submit(config_of("second"))
    house.client.pause("first")
    allow(house)
    until(lambda: house.status("second") == "completed")
    assert house.client.status("first").stage is Stage.PAUSED
    house.client.resume("first")
    until(lambda: house.status("first") == "completed")
