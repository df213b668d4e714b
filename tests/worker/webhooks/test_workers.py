"""Real workers tell real receivers, whatever is killed, and say to nobody else what they know."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from config_schema.config import parse_config
from config_schema.status import JobStatus
from tests.worker.house import Broker, House, config_of, until
from tests.worker.jobs.samples import complete, make, save
from tests.worker.webhooks.receiver import Receiver, receiving

SECRET = "whsec_Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5"
PATH = "/path-canary?query=canary"


@pytest.fixture
def house(
    tmp_path: Path, broker: Broker, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> Iterator[House]:
    """A house that tells the receiver."""
    monkeypatch.setenv("EXPORT_WEBHOOK_SECRETS", SECRET)
    monkeypatch.setenv("EXPORT_WEBHOOK_ALLOW", f"http://127.0.0.1:{receiver.port}")
    made = House(tmp_path, broker)
    yield made
    made.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def canaries(house: House) -> list[str]:
    """Where something shows that only the volume and the receiver may know."""
    words = ("canary", SECRET.removeprefix("whsec_"))
    seen = {"the log": house.log()}
    for worker in house.workers:
        group = [
            path
            for path in Path("/proc").iterdir()
            if path.name.isdigit() and _is_of(path, worker.pid)
        ]
        seen |= {str(path): (path / "cmdline").read_text(errors="replace") for path in group}
    with house.redis() as redis:
        for key in redis.scan_iter():
            seen[key] = str(redis.dump(key) if redis.type(key) != "string" else redis.get(key))
    jobs = house.store.exports.glob("*/job.log")
    seen |= {str(path): path.read_text() for path in jobs}
    assert len(seen) > 3
    return [place for place, text in seen.items() if any(word in text for word in words)]


def _is_of(process: Path, group: int) -> bool:
    try:
        return os.getpgid(int(process.name)) == group
    except ProcessLookupError:
        return False


def test_a_run_is_told_by_a_worker_and_the_address_shows_nowhere(
    house: House, receiver: Receiver
) -> None:
    limits = house.settings.limits
    body = config_of("a").config.model_dump(mode="json", by_alias=True)
    asked = json.dumps(body | {"callbackUrl": receiver.url(PATH)}).encode()
    house.client.submit(parse_config(asked, limits))
    house.start_worker()
    until(lambda: receiver.came)
    (came,) = receiver.came
    assert came.target == PATH
    message = came.verified(SECRET)
    assert message["type"] == "export.completed"
    status = house.client.status("a").model_dump(mode="json", by_alias=True)
    for moment in ("createdAt", "startedAt", "finishedAt"):
        told = datetime.fromisoformat(message["data"].pop(moment))
        assert told == datetime.fromisoformat(status.pop(moment))
    assert message["data"] == status
    until(lambda: "delivered at try 1" in house.job_log("a"))
    until(lambda: "delivered at try 1" in house.log())
    assert canaries(house) == []
    with house.redis() as redis:
        redis.set("leak", "https://example.org/canary")
    assert canaries(house) == ["leak"]


def test_what_a_killed_worker_did_not_tell_the_next_one_does(
    house: House, receiver: Receiver
) -> None:
    # As if the worker had been killed as soon as the last state was on disk.
    make(house.store, "a", callback_url=receiver.url(PATH))
    complete(house.store, "a")

    def kill(_: BaseHTTPRequestHandler) -> None:
        # It has sent the message, and does not live to hear the answer.
        os.killpg(first.pid, signal.SIGKILL)

    receiver.answers = (kill, 500, 204)
    first = house.start_worker()
    until(lambda: first.poll() is not None)
    house.workers.clear()
    house.start_worker()
    until(lambda: len(receiver.came) == 3, 60)
    assert len({came.headers["webhook-id"] for came in receiver.came}) == 1
    assert [came.verified(SECRET)["type"] for came in receiver.came] == ["export.completed"] * 3
    until(lambda: "delivered at try 2" in house.log())


def test_two_workers_tell_each_end_once(house: House, receiver: Receiver) -> None:
    house.start_worker()
    house.start_worker()
    ended = datetime.now(UTC)
    for number in range(12):
        make(house.store, f"job{number}", callback_url=receiver.url(PATH))
        if number % 2:
            house.client.cancel(f"job{number}")
        else:
            save(
                house.store, f"job{number}", status=JobStatus.FAILED, error="No.", finished_at=ended
            )
    until(lambda: len(receiver.came) >= 12)
    until(lambda: house.client.census().untold == 0)
    ids = Counter(came.headers["webhook-id"] for came in receiver.came)
    assert set(ids.values()) == {1}
    types = Counter(came.verified(SECRET)["type"] for came in receiver.came)
    assert types == {"export.cancelled": 6, "export.failed": 6}
