"""Has what is due sent, some of it at a time, by a thread in every worker.

Apart from rendering, which happens in other processes, and from the sweep: a receiver that answers
nothing takes as long as the deadline, and keeps nobody but those who wait for the same host.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from config_schema.callback import callback_address
from worker.webhooks.courier import Courier

EVERY_SECONDS = 1.0
_MOST_AT_ONCE = 8
_MOST_PER_HOST = 2
_LAST_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Rounds:
    """What one worker remembers between its rounds; used from one thread, and those it starts."""

    def __init__(
        self, courier: Courier, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._courier = courier
        self._clock = clock
        self._under_way: dict[str, str] = {}
        # Until when a message needs no look: its next try only ever moves further away.
        self._resting: dict[str, datetime] = {}
        self._changed = threading.Condition()

    def once(self) -> int:
        """Begin to send what is due and may be sent now; how many."""
        names = self._courier.outbox.names()
        # Else every worker would knock at the same ones.
        random.shuffle(names)
        now = self._clock()
        self._resting = {
            name: until
            for name in names
            if (until := self._resting.get(name)) is not None and until > now
        }
        return sum(self._begin(name, now) for name in names if name not in self._resting)

    def _begin(self, name: str, now: datetime) -> bool:
        with self._changed:
            if name in self._under_way or len(self._under_way) >= _MOST_AT_ONCE:
                return False
        delivery = self._courier.outbox.peek(name)
        host = ""
        if delivery is not None:
            if delivery.not_before is not None and not delivery.is_due(now):
                self._resting[name] = delivery.not_before
                return False
            host = callback_address(delivery.url).host
        with self._changed:
            if list(self._under_way.values()).count(host) >= _MOST_PER_HOST:
                return False
            self._under_way[name] = host
        threading.Thread(target=self._send, args=(name,), name="courier", daemon=True).start()
        return True

    def _send(self, name: str) -> None:
        try:
            self._courier.send(name)
        except Exception as error:  # noqa: BLE001 - the next round tries again
            # Not its words: they may quote the address.
            _log.warning("webhooks: a message could not be sent: %s", type(error).__name__)
        finally:
            with self._changed:
                del self._under_way[name]
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
