"""Has what is due sent, some of it at a time, by a thread in every worker.

Apart from rendering, which happens in other processes, and from the sweep. A receiver that answers
nothing takes as long as the deadline: so few go to one host at a time, and not all to one tenant's.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from config_schema.callback import callback_address
from config_schema.tenants import tenant_of
from worker.jobs.delivery import Delivery
from worker.webhooks.courier import Courier

EVERY_SECONDS = 1.0
_MOST_AT_ONCE = 8
_MOST_PER_TENANT = 6
_MOST_PER_HOST = 2
_LAST_SECONDS = 1.0
#: What could not be written down on a full volume must not be sent every second.
_TROUBLED = timedelta(seconds=60)
_log = logging.getLogger(__name__)


class _Known(NamedTuple):
    """What has to be known of a message to begin with it."""

    tenant: str = ""
    host: str = ""
    due: datetime | None = None

    @classmethod
    def of(cls, delivery: Delivery | None) -> _Known:
        if delivery is None:
            # What is left of one that was sent; the courier takes it away.
            return cls()
        host = ""
        with suppress(ValueError):
            host = callback_address(delivery.url).host
        return cls(tenant_of(delivery.job_id), host, delivery.not_before)


class Rounds:
    """What one worker remembers between its rounds; `once` is for one thread."""

    def __init__(
        self, courier: Courier, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._courier = courier
        self._clock = clock
        self._under_way: dict[str, _Known] = {}
        # Of thousands that wait none is read again until it is due, and then once: when to try
        # next only ever moves further away.
        self._known: dict[str, _Known] = {}
        self._changed = threading.Condition()

    def once(self) -> int:
        """Begin to send what is due and may be sent now; how many."""
        names = self._courier.outbox.names()
        # Else every worker would knock at the same ones.
        random.shuffle(names)
        with self._changed:
            self._known = {name: self._known[name] for name in names if name in self._known}
        return sum(self._begin(name) for name in names)

    def _begin(self, name: str) -> bool:
        with self._changed:
            if len(self._under_way) >= _MOST_AT_ONCE or name in self._under_way:
                return False
            known = self._known.get(name)
        if known is None:
            known = _Known.of(self._courier.outbox.peek(name))
        with self._changed:
            self._known[name] = known
            if not self._may_go(known):
                return False
            self._under_way[name] = known
        threading.Thread(target=self._send, args=(name,), name="courier", daemon=True).start()
        return True

    def _may_go(self, known: _Known) -> bool:
        if known.due is not None and known.due > self._clock():
            return False
        others = self._under_way.values()
        return (
            sum(other.host == known.host for other in others) < _MOST_PER_HOST
            and sum(other.tenant == known.tenant for other in others) < _MOST_PER_TENANT
        )

    def _send(self, name: str) -> None:
        troubled = None
        try:
            self._courier.send(name)
        except Exception as error:  # noqa: BLE001 - it lies there still
            # Not its words: they may quote the address.
            _log.warning("webhooks: a message could not be sent: %s", type(error).__name__)
            troubled = self._clock() + _TROUBLED
        with self._changed:
            known = self._under_way.pop(name)
            self._known.pop(name, None)
            if troubled is not None:
                self._known[name] = known._replace(due=troubled)
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is under way, for so long; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, seconds)


class CourierThread(threading.Thread):
    """Goes round about once a second until it is stopped."""

    def __init__(self, rounds: Rounds) -> None:
        super().__init__(name="couriers", daemon=True)
        self._rounds = rounds
        self._stopped = threading.Event()
        self._is_troubled = False

    def run(self) -> None:
        """Go round until it is stopped, and rest at least half of the time."""
        while not self._stopped.is_set():
            begun = time.monotonic()
            try:
                self._rounds.once()
                self._is_troubled = False
            except Exception as error:  # noqa: BLE001 - the thread outlives everything
                if not self._is_troubled:
                    _log.warning("webhooks: cannot look for now: %s", type(error).__name__)
                self._is_troubled = True
            self._stopped.wait(max(EVERY_SECONDS, time.monotonic() - begun))

    def stop(self) -> None:
        """End; what is under way may be finished within a moment, else it is sent again later."""
        self._stopped.set()
        self._rounds.wait(_LAST_SECONDS)
