"""Takes a message from the outbox to its client, and writes down what came of it.

A message is claimed before it is sent, so of any number of workers one sends it; what came of it is
written down before the claim is given back. Who is killed in between sends it again, under the same
id: that is what the receivers are promised, and why they remember ids.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from config_schema.callback import CallbackAddress, callback_address
from config_schema.errors import CallbackRefused, ExportError
from config_schema.tenants import tenant_of
from worker.jobs.delivery import Delivery
from worker.jobs.outbox import Outbox, Parcel
from worker.jobs.store import JobStore
from worker.jobs.tally import Tally
from worker.webhooks.post import Answer, NotSent, Sender
from worker.webhooks.reach import Reach
from worker.webhooks.rules import WebhookRules
from worker.webhooks.schedule import next_try, wish_of
from worker.webhooks.signing import headers_of

_AGENT = "multicam-export-service"
_GONE = 410
_log = logging.getLogger(__name__)


class Poster(Protocol):
    """How a message gets out."""

    def post(
        self, address: CallbackAddress, reach: Reach, headers: dict[str, str], body: bytes, /
    ) -> Answer:
        """What the receiver answered; NotSent when it did not."""
        ...


class Courier:
    """Sends what is due. `clock` gives the time in UTC, `dice` numbers from 0 to 1."""

    def __init__(
        self,
        exports: Path,
        rules: WebhookRules,
        sender: Poster = Sender(),  # noqa: B008 - frozen
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._exports = exports
        self._outbox = Outbox(exports)
        self._rules = rules
        self._sender = sender
        self._clock = clock
        self._dice = dice

    @property
    def outbox(self) -> Outbox:
        """Where its messages lie."""
        return self._outbox

    def send(self, name: str) -> bool:
        """Send the message if it is due and nobody else does; whether it was tried."""
        with self._outbox.claimed(name) as parcel:
            if parcel is None:
                return False
            delivery = parcel.read()
            if delivery is None:
                parcel.discard()
                return False
            if not delivery.is_due(self._clock()):
                return False
            self._settle(parcel, delivery, *self._tried(delivery))
            return True

    def _tried(self, delivery: Delivery) -> tuple[Answer | None, str]:
        """The answer if there is one, and what came of it in words; none of a good one."""
        try:
            address = callback_address(delivery.url)
        except ValueError:
            # It was one when it was accepted.
            return None, "its address is none by today's rules"
        try:
            reach = self._rules.allowed.reach(address)
            answer = self._sender.post(address, reach, *self._signed(delivery))
        except (NotSent, CallbackRefused) as error:
            return None, str(error)
        return answer, "" if 200 <= answer.status < 300 else f"answered {answer.status}"

    def _signed(self, delivery: Delivery) -> tuple[dict[str, str], bytes]:
        secrets = self._rules.secrets.of(tenant_of(delivery.job_id))
        if not secrets:
            raise NotSent("there is no secret to sign with")
        body = delivery.body.encode()
        signed = headers_of(delivery.message_id, body, secrets, int(self._clock().timestamp()))
        return {"Content-Type": "application/json", "User-Agent": _AGENT, **signed}, body

    def _settle(
        self, parcel: Parcel, delivery: Delivery, answer: Answer | None, failure: str
    ) -> None:
        now, tries = self._clock(), delivery.tries + 1
        if not failure:
            parcel.discard()
            self._tell(delivery, "delivered", f"delivered at try {tries}")
            return
        if answer is not None and answer.status == _GONE:
            parcel.discard()
            self._tell(delivery, "gone", "not wanted any more (410)")
            return
        wish = wish_of(answer.status, answer.retry_after, now) if answer is not None else None
        again = next_try(tries, now, self._dice(), wish)
        if again is None:
            parcel.discard()
            self._tell(delivery, "given_up", f"given up after {tries} tries: {failure}")
            return
        parcel.keep(delivery.failed(failure, again))
        wait = round((again - now).total_seconds())
        self._tell(delivery, "failed", f"try {tries}: {failure}; again in {wait} s")

    def _tell(self, delivery: Delivery, outcome: str, said: str) -> None:
        """Say it to operators: in the worker's log, in the job's own, and in the tally."""
        message = f"webhook {delivery.event} ({delivery.message_id}): {said}"
        _log.info("export %s: %s", delivery.job_id, message, extra={"job": delivery.job_id})
        with suppress(ExportError, OSError), JobStore(self._exports).open(delivery.job_id) as job:
            # Its id may mean another job by now.
            if job.stored_record().created_at == delivery.born:
                job.log(message)
        with suppress(OSError):
            Tally(self._exports).count_webhook(outcome)
