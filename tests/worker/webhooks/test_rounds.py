"""Nobody who answers slowly, and no tenant with many such, keeps the messages of others."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from config_schema.callback import CallbackAddress
from tests.worker.house import config_of, until
from tests.worker.jobs.samples import record_of
from worker.jobs.outbox import Outbox
from worker.jobs.store import JobStore
from worker.jobs.stored_config import dump_config
from worker.webhooks.courier import Courier
from worker.webhooks.post import Answer
from worker.webhooks.reach import Allowed
from worker.webhooks.rounds import CourierThread, Rounds
from worker.webhooks.rules import WebhookRules
from worker.webhooks.signing import secrets_of

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
RULES = WebhookRules(Allowed(), secrets_of(f"{SECRET} acme:{SECRET} studio:{SECRET}"))


class Slow:
    """Answers when it is let, and knows who was there; hosts that are `quick` wait for nothing."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.hosts: Counter[str] = Counter()
        self.status = 200

    def post(self, address: CallbackAddress, *_: object) -> Answer:
        self.hosts[address.host] += 1
        if "quick" not in address.host:
            assert self.let.wait(20)
        return Answer(self.status)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.let.set()


def ended(store: JobStore, job_id: str, host: str) -> None:
    """A run that is over and of which somebody is to be told."""
    record = record_of(job_id, callback_url=f"https://{host}/done")
    store.create(record, dump_config(config_of("a").config))
    store.cancel(job_id)


def rounds_of(store: JobStore, slow: Slow) -> Rounds:
    return Rounds(Courier(store.exports, RULES, slow))


def test_of_messages_to_one_host_two_are_under_way(store: JobStore, slow: Slow) -> None:
    for number in range(5):
        ended(store, f"job{number}", "slow.org")
    ended(store, "quick", "quick.org")
    rounds = rounds_of(store, slow)
    assert rounds.once() == 3
    assert rounds.once() == 0
    until(lambda: slow.hosts["quick.org"])
    slow.let.set()
    assert rounds.wait(20)
    assert rounds.once() == 2


def test_a_tenant_with_many_slow_hosts_leaves_room_for_others(store: JobStore, slow: Slow) -> None:
    for number in range(9):
        ended(store, f"job{number}@acme", f"slow{number}.org")
    rounds = rounds_of(store, slow)
    assert rounds.once() == 6
    for number in range(3):
        ended(store, f"job{number}@studio", f"slow-too{number}.org")
    assert rounds.once() == 2
    assert rounds.once() == 0
    slow.let.set()
    assert rounds.wait(20)
    assert rounds.once() == 4


def test_what_rests_is_not_read_again_before_its_time(
    store: JobStore, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.status = 500
    ended(store, "a", "quick.org")
    now = datetime.now(UTC)
    courier = Courier(store.exports, RULES, slow, lambda: now)
    rounds = Rounds(courier, lambda: now)
    assert rounds.once() == 1
    assert rounds.wait(20)
    assert rounds.once() == 0
    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "peek", lambda *_: pytest.fail("it was read"))
        assert rounds.once() == 0
        now += timedelta(seconds=30)
        assert rounds.once() == 1
    assert rounds.wait(20)
    assert slow.hosts["quick.org"] == 2


def test_a_volume_that_takes_no_word_about_a_try_has_it_rest(
    store: JobStore, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.status = 500
    ended(store, "a", "quick.org")
    now = datetime.now(UTC)
    rounds = Rounds(Courier(store.exports, RULES, slow, lambda: now), lambda: now)
    with monkeypatch.context() as patch:
        patch.setattr("worker.jobs.outbox.Parcel.keep", _full)
        assert rounds.once() == 1
        assert rounds.wait(20)
    assert rounds.once() == 0
    now += timedelta(seconds=61)
    assert rounds.once() == 1
    assert rounds.wait(20)


def _full(*_: object) -> None:
    raise OSError(28, "full")


def test_a_message_of_another_version_stays_and_keeps_nobody(
    store: JobStore, slow: Slow, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        ended(store, f"strange{number}", "quick.org")
    for path in store.exports.glob(".state/.outbox/strange*/delivery.json"):
        path.write_text('{"canary": 1}')
    ended(store, "a", "quick.org")
    rounds = rounds_of(store, slow)
    while not slow.hosts["quick.org"]:
        rounds.once()
        assert rounds.wait(20)
    assert slow.hosts["quick.org"] == 1
    assert len(Outbox(store.exports).names()) == 3
    assert "canary" not in caplog.text


def test_an_address_that_is_none_any_more_is_a_try_in_vain(store: JobStore, slow: Slow) -> None:
    ended(store, "a", "127.1")
    rounds = rounds_of(store, slow)
    assert rounds.once() == 1
    assert rounds.wait(20)
    (delivery,) = Outbox(store.exports).of_job("a")
    assert delivery.last_failure == "its address is none by today's rules"
    assert not slow.hosts


def test_a_thread_goes_round_until_it_is_stopped(store: JobStore, slow: Slow) -> None:
    ended(store, "a", "quick.org")
    thread = CourierThread(rounds_of(store, slow))
    thread.start()
    until(lambda: not Outbox(store.exports).names())
    thread.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert slow.hosts == {"quick.org": 1}


def test_a_thread_outlives_a_volume_that_cannot_be_read(
    store: JobStore, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.webhooks.rounds.EVERY_SECONDS", 0.01)
    troubles = iter([OSError(5, "sick"), OSError(5, "sick")])

    def names(outbox: Outbox) -> list[str]:
        for trouble in troubles:
            raise trouble
        return real(outbox)

    real = Outbox.names
    monkeypatch.setattr(Outbox, "names", names)
    ended(store, "a", "quick.org")
    thread = CourierThread(rounds_of(store, slow))
    thread.start()
    until(lambda: slow.hosts["quick.org"])
    thread.stop()
    thread.join(20)
