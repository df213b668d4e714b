"""The lane to the children that look into sources: short, bounded, and nobody's for ever."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config_schema.errors import LookTooSlow, SourceUnreadable, TooManyRequests
from tests.engine.harness import FAST
from tests.worker.clips import clip
from tests.worker.house import until
from worker.survey import lane as lanes
from worker.survey.lane import Lane, Looker
from worker.survey.spec import FactsSpec


@pytest.fixture
def lane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lane]:
    monkeypatch.setattr(lanes, "IDLE_SECONDS", 0.1)
    made = Lane(lambda: FAST, tmp_path / "looks")
    yield made
    until(lambda: not made._is_served)


def ask(looker: Looker, path: Path, seconds: float = 20) -> bytes:
    fd = os.open(path, os.O_RDONLY)
    try:
        return looker.ask("facts", FactsSpec(fd=fd, name="It"), (fd,), seconds)
    finally:
        os.close(fd)


def test_a_child_answers_and_leaves_nothing(lane: Lane, tmp_path: Path) -> None:
    answer = lane.run(lambda looker: ask(looker, clip("closed.mp4")), 20)
    assert b'"codec":"h264"' in answer
    assert list((tmp_path / "looks").iterdir()) == []


def test_what_is_wrong_with_a_source_is_raised_to_who_asks(lane: Lane) -> None:
    with pytest.raises(SourceUnreadable, match="It is not a video file"):
        lane.run(lambda looker: ask(looker, Path(__file__)), 20)
    # And the next one is answered.
    assert lane.run(lambda _: 1, 20) == 1


def test_a_look_that_takes_too_long_is_ended(lane: Lane, tmp_path: Path) -> None:
    with pytest.raises(LookTooSlow):
        lane.run(lambda looker: ask(looker, clip("closed.mp4"), 1e-9), 20)
    assert list((tmp_path / "looks").iterdir()) == []


def test_more_than_a_few_are_sent_away_and_who_waited_is_served(lane: Lane) -> None:
    begun, go_on = threading.Event(), threading.Event()
    done: list[int] = []

    def hold(_: Looker) -> None:
        begun.set()
        go_on.wait(30)

    def wait(number: int) -> None:
        lane.run(lambda _: done.append(number), 30)

    holder = threading.Thread(target=lane.run, args=(hold, 30))
    holder.start()
    assert begun.wait(30)
    waiting = [threading.Thread(target=wait, args=(n,)) for n in range(lanes.MOST_WAITING)]
    for thread in waiting:
        thread.start()
    until(lambda: len(lane._urgent) == lanes.MOST_WAITING)
    with pytest.raises(TooManyRequests) as refused:
        lane.run(lambda _: None, 30)
    assert refused.value.retry_after_seconds > 0
    go_on.set()
    for thread in (holder, *waiting):
        thread.join(30)
    assert sorted(done) == list(range(lanes.MOST_WAITING))


def test_who_waits_comes_before_the_background(lane: Lane) -> None:
    begun, go_on, order = threading.Event(), threading.Event(), list[str]()

    def hold(_: Looker) -> None:
        begun.set()
        go_on.wait(30)

    assert lane.run_later(hold)
    assert begun.wait(30)
    assert lane.run_later(lambda _: order.append("background"))
    urgent = threading.Thread(target=lane.run, args=(lambda _: order.append("urgent"), 30))
    urgent.start()
    until(lambda: len(lane._urgent) == 1)
    go_on.set()
    urgent.join(30)
    until(lambda: len(order) == 2)
    assert order == ["urgent", "background"]


def test_a_turn_that_does_not_come_is_not_waited_for(lane: Lane) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), list[int]()

    def hold(_: Looker) -> None:
        begun.set()
        go_on.wait(30)

    assert lane.run_later(hold)
    assert begun.wait(30)
    with pytest.raises(LookTooSlow):
        lane.run(lambda _: done.append(1), 0.01)
    go_on.set()
    assert lane.run(lambda _: list(done), 30) == []


def test_with_nothing_to_do_the_thread_ends_and_comes_again(lane: Lane) -> None:
    first = lane.run(lambda _: threading.current_thread(), 30)
    until(lambda: not first.is_alive())
    assert lane.run(lambda _: threading.current_thread(), 30) is not first
