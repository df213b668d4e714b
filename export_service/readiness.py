"""Whether everything an export needs is there, asked without waiting for what hangs.

A frozen broker or a hung network volume never answers. So each probe runs in a thread of its
own, at most one at a time, and one that has not answered within the deadline counts as missing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass

DEADLINE_SECONDS = 2.2
KEEP_SECONDS = 1.0

Probe = Callable[[], bool]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Findings:
    """What was found of each thing, and when by the monotonic clock."""

    checks: Mapping[str, str]
    at: float

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not there."""
        return tuple(name for name, found in self.checks.items() if found != "ok")


class Readiness:
    """Asks every probe, and remembers the answer for a second so that many may ask."""

    def __init__(self, probes: Mapping[str, Probe], clock: Callable[[], float] = time.monotonic):
        self._probes = probes
        self._clock = clock
        self._turn = threading.Lock()
        self._running: dict[str, Future[bool]] = {}
        self._last: Findings | None = None

    def look(self) -> Findings:
        """What is there and what is missing, at most a second old."""
        with self._turn:
            if self._last is None or self._clock() - self._last.at >= KEEP_SECONDS:
                self._last = self._ask()
            return self._last

    def _ask(self) -> Findings:
        for name, probe in self._probes.items():
            if name not in self._running or self._running[name].done():
                self._running[name] = _started(name, probe)
        wait(self._running.values(), timeout=DEADLINE_SECONDS)
        checks = {name: _found(answer) for name, answer in self._running.items()}
        return Findings(checks, self._clock())


def _found(answer: Future[bool]) -> str:
    if not answer.done():
        return "no answer"
    return "ok" if answer.result() else "missing"


def _started(name: str, probe: Probe) -> Future[bool]:
    answer: Future[bool] = Future()

    def ask() -> None:
        try:
            answer.set_result(probe())
        except Exception:  # noqa: BLE001  (whatever is wrong with it, the thing is not there)
            _log.exception("the probe of %s failed", name)
            answer.set_result(False)

    threading.Thread(target=ask, name=f"probe-{name}", daemon=True).start()
    return answer
