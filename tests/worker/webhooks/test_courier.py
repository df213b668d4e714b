"""What a run's end has to tell is told at least once, under one id, whatever dies in between."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from config_schema.callback import CallbackAddress
from config_schema.errors import ExportError
from config_schema.status import JobRecord, JobStatus
from tests.worker.fakes import PlainBoard, fake_render
from tests.worker.house import config_of
from tests.worker.jobs.crash import steps_of, survives
from tests.worker.jobs.samples import make, record_of, save
from tests.worker.webhooks.receiver import Receiver, receiving
from worker.jobs import booking
from worker.jobs.folder import JobFolder
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.outbox import Outbox
from worker.jobs.retention import older_than, purge
from worker.jobs.run import run_job
from worker.jobs.store import JobStore
from worker.jobs.stored_config import dump_config
from worker.jobs.tally import Tally
from worker.jobs.view import view_of
from worker.webhooks.courier import Courier
from worker.webhooks.post import Answer, NotSent
from worker.webhooks.reach import Allowed, Reach
from worker.webhooks.rules import WebhookRules
from worker.webhooks.schedule import DELAYS
from worker.webhooks.signing import secrets_of

Work = Callable[[JobStore], object]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
URL = "http://hooks.intranet/path-canary?query=canary"


def rules(allow: str = "http://hooks.intranet", secrets: str = SECRET) -> WebhookRules:
    return WebhookRules(Allowed.of(allow), secrets_of(secrets))


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Post:
    """A poster that remembers what it was given and answers what it was asked to."""

    answers: list[Answer | Exception]
    sent: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def post(
        self, _: CallbackAddress, reach: Reach, headers: dict[str, str], body: bytes
    ) -> Answer:
        assert reach is Reach.ANYWHERE
        answer = self.answers[min(len(self.sent), len(self.answers) - 1)]
        self.sent.append(headers)
        self.bodies.append(body)
        if isinstance(answer, Exception):
            raise answer
        return answer


def answering(*statuses: int) -> Post:
    return Post([Answer(status) for status in statuses])


def run(store: JobStore, job_id: str = "a") -> None:
    run_job(job_id, store, fake_render, PlainBoard())


def sweep(store: JobStore) -> None:
    """What the sweep does about ends: it buries, and counts."""
    keeper = Housekeeper(store)
    keeper.begin_round()
    jobs, stones = list(store.records()), list(store.buried_records())
    jobs, _ = keeper.bury(jobs, stones)
    keeper.count(jobs)


def deliver(store: JobStore, post: Any, clock: Clock | None = None, **changes: str) -> int:
    """Send what is due, as one worker does in a round; how many were tried."""
    courier = Courier(store.exports, rules(**changes), post, clock or Clock(), lambda: 0.5)
    return sum(courier.send(name) for name in Outbox(store.exports).names())


def pending(store: JobStore) -> list[str]:
    outbox = Outbox(store.exports)
    found = [outbox.peek(name) for name in outbox.names()]
    return sorted(delivery.event for delivery in found if delivery is not None)


def outcomes(store: JobStore) -> dict[str, int]:
    return dict(Tally(store.exports).sums().webhooks)


def events(post: Post) -> list[str]:
    return [json.loads(body)["type"] for body in post.bodies]


def as_told(record: JobRecord) -> dict[str, Any]:
    """What the API says of the job."""
    seen: dict[str, Any] = json.loads(view_of(record).model_dump_json(by_alias=True))
    return seen


# --- what is told


def told_over_http(store: JobStore, *secrets: str) -> Receiver:
    with receiving() as receiver:
        for record in store.everything():
            assert record.callback_url is not None
        courier = Courier(
            store.exports, rules(f"http://127.0.0.1:{receiver.port}", " ".join(secrets))
        )
        for name in Outbox(store.exports).names():
            delivery = Outbox(store.exports).peek(name)
            assert delivery is not None
            path = next(Path(store.exports).glob(f".state/.outbox/{name}/delivery.json"))
            moved = delivery.model_copy(update={"url": receiver.url()})
            path.write_text(moved.model_dump_json())
            assert courier.send(name)
    return receiver


def normal(told: dict[str, Any]) -> dict[str, Any]:
    """With moments as moments: the same one has several spellings."""
    return {
        name: datetime.fromisoformat(value) if name.endswith("At") and value else value
        for name, value in told.items()
    }


@pytest.mark.parametrize(
    ("task", "status"), [("", "completed"), ("fail=encoder_failed", "failed"), (None, "cancelled")]
)
def test_the_public_library_takes_every_event_and_finds_the_status_in_it(
    store: JobStore, task: str | None, status: str
) -> None:
    make(store, project_id=task or "", callback_url=URL)
    if task is None:
        store.cancel("a")
    else:
        run(store)
    (came,) = told_over_http(store, SECRET).came
    message = came.verified(SECRET)
    record = store.record("a")
    assert message["type"] == f"export.{status}"
    assert datetime.fromisoformat(message["timestamp"]) == record.finished_at
    assert normal(message["data"]) == normal(as_told(record))
    assert message["data"]["status"] == status
    assert came.headers["content-type"] == "application/json"
    assert came.headers["webhook-id"].startswith("msg_")
    assert "." not in came.headers["webhook-id"]
    assert pending(store) == []


def test_either_of_two_secrets_verifies_while_they_are_changed(store: JobStore) -> None:
    make(store, callback_url=URL)
    run(store)
    (came,) = told_over_http(store, SECRET, OTHER).came
    assert came.verified(SECRET) == came.verified(OTHER)
    assert len(came.headers["webhook-signature"].split()) == 2


def test_another_secret_verifies_nothing(store: JobStore) -> None:
    make(store, callback_url=URL)
    run(store)
    (came,) = told_over_http(store, SECRET).came
    with pytest.raises(WebhookVerificationError):
        came.verified(OTHER)


def test_a_tenant_is_told_with_its_own_secret_and_the_id_that_it_knows(store: JobStore) -> None:
    record = record_of("a@acme", callback_url=URL)
    store.create(record, dump_config(config_of("a").config))
    run(store, "a@acme")
    (came,) = told_over_http(store, SECRET, f"acme:{OTHER}").came
    with pytest.raises(WebhookVerificationError):
        came.verified(SECRET)
    data = came.verified(OTHER)["data"]
    assert (data["jobId"], data["downloadUrl"]) == ("a", "/api/export/a/download")


def test_who_named_no_address_is_told_nothing(store: JobStore) -> None:
    make(store)
    run(store)
    assert Outbox(store.exports).names() == []


def test_every_run_is_told_and_deleting_what_is_over_is_not(store: JobStore) -> None:
    make(store, project_id="fail=encoder_failed", callback_url=URL)
    run(store)
    save(store, "a", status=JobStatus.PENDING, attempt=2)
    run(store)
    store.cancel("a")
    assert pending(store) == ["export.failed", "export.failed"]
    post = answering(200)
    assert deliver(store, post) == 2
    assert len({sent["webhook-id"] for sent in post.sent}) == 2


def test_a_deleted_job_is_told_as_cancelled_although_its_folder_is_gone(store: JobStore) -> None:
    make(store, callback_url=URL)
    store.cancel("a")
    store.cancel("a")
    post = answering(200)
    assert deliver(store, post) == 1
    assert events(post) == ["export.cancelled"]
    assert outcomes(store) == {"delivered": 1}


def test_a_purge_forgets_what_was_not_told_of_this_job_only(store: JobStore) -> None:
    for job_id in ("a", "ab"):
        make(store, job_id, callback_url=URL)
        run(store, job_id)
    make(store, "c", callback_url=URL)
    store.cancel("c")
    assert purge(store, "a", older_than(0))
    assert purge(store, "c", older_than(0))
    post = answering(200)
    assert deliver(store, post) == 1
    assert json.loads(post.bodies[0])["data"]["jobId"] == "ab"


# --- tries


def test_what_fails_is_tried_again_under_the_same_id_until_it_is_taken(store: JobStore) -> None:
    make(store, callback_url=URL)
    run(store)
    clock, post = Clock(), answering(500, 404, 302, 204)
    waited = []
    for delay in DELAYS[:3]:
        assert deliver(store, post, clock) == 1
        clock.now += delay - timedelta(milliseconds=1)
        assert deliver(store, post, clock) == 0
        clock.now += timedelta(milliseconds=1)
        waited.append(delay)
    assert deliver(store, post, clock) == 1
    assert deliver(store, post, clock) == 0
    assert len({sent["webhook-id"] for sent in post.sent}) == 1
    assert len(set(post.bodies)) == 1
    # Every try says its own time, else a receiver takes it for an old one played again.
    assert len({sent["webhook-timestamp"] for sent in post.sent}) == 4
    assert outcomes(store) == {"failed": 3, "delivered": 1}


def test_after_a_day_and_some_hours_it_is_given_up(store: JobStore) -> None:
    make(store, callback_url=URL)
    run(store)
    clock, post = Clock(), Post([NotSent("the connection was refused")])
    begun = clock.now
    for _ in range(len(DELAYS)):
        assert deliver(store, post, clock) == 1
        clock.now += timedelta(hours=14)
    assert deliver(store, post, clock) == 1
    assert pending(store) == []
    assert outcomes(store) == {"failed": len(DELAYS), "given_up": 1}
    assert timedelta(days=1) < sum(DELAYS, timedelta(0)) < timedelta(days=2)
    assert clock.now > begun


def test_gone_is_the_end(store: JobStore) -> None:
    make(store, callback_url=URL)
    run(store)
    post = answering(410, 200)
    assert deliver(store, post) == 1
    assert deliver(store, post, Clock(datetime.now(UTC) + timedelta(days=1))) == 0
    assert outcomes(store) == {"gone": 1}


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (Answer(429, "120"), 120),
        (Answer(503, "120"), 120),
        (Answer(503, "1"), 5),
        (Answer(503, "999999999999"), 14 * 3600),
        (Answer(429, "-1"), 5),
        (Answer(500, "120"), 5),
        (Answer(302, "120"), 5),
    ],
)
def test_a_receiver_may_ask_for_patience_within_bounds(
    store: JobStore, answer: Answer, seconds: int
) -> None:
    make(store, callback_url=URL)
    run(store)
    clock = Clock()
    deliver(store, Post([answer]), clock)
    (name,) = Outbox(store.exports).names()
    delivery = Outbox(store.exports).peek(name)
    assert delivery is not None
    assert delivery.not_before == clock.now + timedelta(seconds=seconds)


def test_an_address_that_may_not_be_called_any_more_is_not_called(store: JobStore) -> None:
    make(store, callback_url=URL)
    run(store)
    post = answering(200)
    deliver(store, post, allow="other.org")
    deliver(store, post, Clock(datetime.now(UTC) + timedelta(hours=1)), secrets="")
    assert post.sent == []
    assert outcomes(store) == {"failed": 2}


def test_operators_see_what_came_of_it_and_nobody_sees_the_address(
    store: JobStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    make(store, callback_url=URL)
    run(store)
    clock, post = Clock(), answering(500, 200)
    deliver(store, post, clock)
    clock.now += timedelta(hours=1)
    deliver(store, post, clock)
    log = (store.exports / "a" / "job.log").read_text()
    assert "try 1: answered 500; again in 5 s" in log
    assert "delivered at try 2" in log
    said = [record for record in caplog.records if "webhook" in record.getMessage()]
    assert [record.__dict__["job"] for record in said] == ["a", "a"]
    for secret in ("canary", SECRET.removeprefix("whsec_")):
        assert secret not in log + caplog.text


def test_a_job_that_came_later_under_the_same_id_hears_nothing_of_it(store: JobStore) -> None:
    make(store, callback_url=URL)
    store.cancel("a")
    make(store)
    deliver(store, answering(200))
    assert not (store.exports / "a" / "job.log").exists()


# --- what dies


def _waiting(store: JobStore) -> None:
    make(store, callback_url=URL)


def _failed(store: JobStore) -> None:
    make(store, callback_url=URL)
    save(store, "a", status=JobStatus.FAILED, error_code="stalled", finished_at=datetime.now(UTC))


def _rendered(store: JobStore) -> None:
    """What a try leaves that is killed before its last word."""
    make(store, callback_url=URL)
    save(store, "a", status=JobStatus.PROCESSING)
    for name in ("output.mp4", "report.json"):
        (store.exports / "a" / name).write_bytes(b"{}")


def _cancel(store: JobStore) -> None:
    store.cancel("a")


def told_after_kills(folder: Path, setting: Work, work: Work) -> Iterator[Post]:
    """What clients were told where the work was killed at its first step, its second, and so on."""

    def prepared(name: str) -> JobStore:
        store = JobStore(folder / name)
        store.exports.mkdir()
        setting(store)
        return store

    whole = prepared("whole")
    steps = steps_of(lambda: work(whole))
    assert steps > 10
    for step in range(steps):
        store = prepared(str(step))
        assert not survives(lambda store=store: work(store), step)  # type: ignore[misc]
        post = answering(200)
        # The courier may be quicker than whoever makes up for the kill.
        deliver(store, post)
        with suppress(ExportError):
            work(store)
        sweep(store)
        deliver(store, post)
        assert Outbox(store.exports).names() == []
        yield post


@pytest.mark.parametrize(
    ("setting", "work", "event"),
    [
        (_rendered, run, "export.completed"),
        (_failed, sweep, "export.failed"),
        (_waiting, _cancel, "export.cancelled"),
        (_failed, _cancel, "export.failed"),
    ],
)
def test_a_kill_at_any_step_from_the_end_of_a_run_on_loses_no_message(
    tmp_path: Path, setting: Work, work: Work, event: str
) -> None:
    for post in told_after_kills(tmp_path, setting, work):
        assert set(events(post)) == {event}
        assert len({sent["webhook-id"] for sent in post.sent}) == 1


def test_a_house_that_counts_before_it_tells_loses_messages_to_the_same_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, mark = booking._put, JobFolder.mark_counted

    def mark_then_put(folder: JobFolder, run: int) -> None:
        mark(folder, run)
        put(folder, folder.stored_record())

    monkeypatch.setattr(booking, "_put", lambda *_: None)
    monkeypatch.setattr(JobFolder, "mark_counted", mark_then_put)
    told = [events(post) for post in told_after_kills(tmp_path, _failed, sweep)]
    assert [] in told
    assert ["export.failed"] in told


def test_a_kill_at_any_step_of_sending_sends_again_under_the_same_id(tmp_path: Path) -> None:
    step, is_over = 0, False
    while not is_over:
        store = JobStore(tmp_path / str(step))
        store.exports.mkdir()
        _failed(store)
        sweep(store)
        post = answering(200)
        is_over = survives(lambda: deliver(store, post), step)  # noqa: B023
        later = Clock(datetime.now(UTC) + timedelta(minutes=1))
        deliver(store, post, later)
        deliver(store, post, later)
        assert 1 <= len(post.sent) <= 2
        assert len({sent["webhook-id"] for sent in post.sent}) == 1
        assert Outbox(store.exports).names() == []
        step += 1
    assert step > 5


# --- many at once


def test_of_many_workers_one_sends(store: JobStore) -> None:
    for number in range(12):
        make(store, f"job{number}", callback_url=URL)
        store.cancel(f"job{number}")
    with receiving() as receiver:

        class Real(Post):
            def post(self, *given: Any) -> Answer:
                receiver.came.append(given[2]["webhook-id"])
                return Answer(204)

        with ThreadPoolExecutor(4) as pool:
            tried = list(pool.map(lambda _: deliver(store, Real([])), range(4)))
    assert sum(tried) == 12
    assert len(receiver.came) == len(set(receiver.came)) == 12
    assert Outbox(store.exports).names() == []


@pytest.fixture
def held(store: JobStore) -> Iterator[None]:
    """A worker that is about to send, and does not come to it."""
    make(store, callback_url=URL)
    store.cancel("a")
    (name,) = Outbox(store.exports).names()
    with Outbox(store.exports).claimed(name) as parcel:
        assert parcel is not None
        yield


def test_what_another_worker_sends_is_left_to_it(store: JobStore, held: None) -> None:
    post = answering(200)
    assert deliver(store, post) == 0
    assert post.sent == []
