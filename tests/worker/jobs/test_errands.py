"""A request never waits long for Redis, whatever Redis does."""

from __future__ import annotations

import os
import threading
import time

import pytest

from tests.worker.house import until
from worker.jobs import errands
from worker.jobs.errands import Errands


def test_an_errand_brings_its_answer() -> None:
    runner = Errands()
    assert runner.run(lambda: 7, 1) == 7
    assert runner.run(lambda: 8, 1) == 8


def test_a_failing_errand_brings_nothing_and_harms_no_later_one() -> None:
    runner = Errands()

    def fail() -> int:
        raise ConnectionError

    assert runner.run(fail, 1) is None
    assert runner.run(lambda: 7, 1) == 7


def test_while_one_is_stuck_only_the_first_waits() -> None:
    runner = Errands()
    free = threading.Event()
    done: list[int] = []
    begun = time.monotonic()
    assert runner.run(free.wait, 0.6) is None
    assert 0.5 < time.monotonic() - begun < 2
    begun = time.monotonic()
    for number in range(20):
        assert runner.run(lambda number=number: done.append(number), 2.0) is None  # type: ignore[misc]
    assert time.monotonic() - begun < 1
    free.set()
    until(lambda: len(done) == 20)
    assert done == list(range(20))


def test_an_errand_that_waited_too_long_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "_STALE_SECONDS", 0.05)
    runner = Errands()
    free = threading.Event()
    done: list[str] = []
    runner.run(free.wait, 0.0)
    runner.run(lambda: done.append("late"), 0.2)
    free.set()
    monkeypatch.setattr(errands, "_STALE_SECONDS", 10.0)
    # The first one after it to be done shows that it was passed over.
    until(lambda: runner.run(lambda: "answer", 1.0))
    assert done in ([], ["late"])


def test_a_forked_process_gets_a_thread_of_its_own() -> None:
    runner = Errands()
    assert runner.run(lambda: 1, 1) == 1
    child = os.fork()
    if child == 0:
        os._exit(0 if runner.run(lambda: 2, 5) == 2 else 1)
    assert os.waitpid(child, 0)[1] == 0
