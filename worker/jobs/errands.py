"""Runs short calls to Redis beside a request, so that a request never waits long for them."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TypeVar

T = TypeVar("T")

_MOST_WAITING = 200
_STALE_SECONDS = 10.0
_OVERDUE_SECONDS = 0.5
_log = logging.getLogger(__name__)


class Errands:
    """One daemon thread that runs errands in order; made anew in a forked process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pid = 0
        self._waiting: queue.Queue[tuple[float, Callable[[], None]]] = queue.Queue()
        self._busy_since: float | None = None

    def run(self, errand: Callable[[], T], wait_seconds: float) -> T | None:
        """What the errand returns, or None when it failed or takes longer; then it goes on alone.

        While an earlier errand is stuck nobody waits at all. An errand that could not begin
        within ten seconds is dropped: the sweep does what it would have done.
        """
        self._start()
        done: Future[T] = Future()

        def go() -> None:
            try:
                done.set_result(errand())
            except Exception as error:  # noqa: BLE001 - the thread outlives every errand
                done.set_exception(error)

        stuck = self._busy_since is not None and (
            time.monotonic() - self._busy_since > _OVERDUE_SECONDS
        )
        if self._waiting.qsize() < _MOST_WAITING:
            self._waiting.put((time.monotonic(), go))
        try:
            return done.result(0 if stuck else wait_seconds)
        except FutureTimeoutError:
            _log.warning("Redis does not answer; the sweep will ring")
        except Exception as error:  # noqa: BLE001 - whatever Redis and its client invent
            _log.warning("Redis failed; the sweep will ring: %s", error)
        return None

    def _start(self) -> None:
        with self._lock:
            if self._pid == os.getpid():
                return
            # A fork has no threads, and its copy of the queue may be locked for ever.
            self._pid, self._waiting, self._busy_since = os.getpid(), queue.Queue(), None
            threading.Thread(target=self._work, name="errands", daemon=True).start()

    def _work(self) -> None:
        while True:
            asked_at, go = self._waiting.get()
            if time.monotonic() - asked_at > _STALE_SECONDS:
                continue
            self._busy_since = time.monotonic()
            go()
            self._busy_since = None
