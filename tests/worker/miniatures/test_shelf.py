"""What is wanted, for how long, and what goes when there is no room."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config_schema.errors import (
    Cancelled,
    EncoderFailed,
    MiniatureNotFound,
    SourceRefused,
    TurnOver,
)
from worker.jobs.claim import Claim
from worker.jobs.space import Space
from worker.jobs.steering import Steering
from worker.media.resolve import SourceRoots
from worker.media.volume import Volume
from worker.miniatures.asking import want_of
from worker.miniatures.making import MOST_TRIES, Bench, Made, Visit, Watcher
from worker.miniatures.shelf import (
    ASK,
    FAULT,
    FAULT_SECONDS,
    INTEREST_SECONDS,
    WORK,
    Shelf,
    count_try,
)
from worker.miniatures.tidying import WORK_SECONDS, tidy, wanted
from worker.miniatures.wants import Kind, Want

PLENTY = 10**12


class Room:
    """A volume with sources, and a shelf whose files can be made older."""

    def __init__(self, base: Path) -> None:
        self.volume = Volume(base)
        self.volume.prepare()
        self.shelf = Shelf(self.volume)
        self.steering = Steering()
        self.made: list[Want] = []
        self.goes_wrong: Exception | None = None

    def source(self, name: str, tenant: str = "", data: bytes = b"pictures") -> None:
        folder = self.volume.sources_of(tenant)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    def roots_of(self, tenant: str) -> SourceRoots:
        return SourceRoots(self.volume.sources_of(tenant), hidden="" if tenant else "~")

    def want(self, name: str, kind: Kind = Kind.PROXY, tenant: str = "") -> Want:
        return want_of(kind, tenant, [name], self.roots_of(tenant))

    def age(self, want: Want, name: str, seconds: float) -> None:
        then = time.time() - seconds
        os.utime(self.volume.miniatures_of(want.tenant) / f"{want.key}{name}", (then, then))

    def visit(self, want: Want) -> str:
        def make(asked: Want, bench: Bench, watcher: Watcher) -> Made:
            self.made.append(asked)
            if self.goes_wrong is not None:
                raise self.goes_wrong
            path = bench.work / "film"
            path.write_bytes(b"x" * 1000)
            watcher.share(0.5)
            return Made({"bytes": 1000}, path)

        visit = Visit(self.shelf, make, self.steering, Space(0))
        return visit(want.tenant, want.key)

    def ready(self, name: str) -> Want:
        self.source(name)
        want = self.want(name)
        self.shelf.ask(want)
        assert self.visit(want) == "made"
        return want

    def tidy(self, most_bytes: int = PLENTY) -> int:
        return tidy(self.shelf, self.roots_of, most_bytes)

    def names(self, want: Want) -> set[str]:
        folder = self.volume.miniatures_of(want.tenant)
        return {path.name.removeprefix(want.key) for path in folder.glob(f"{want.key}.*")}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_what_is_asked_for_waits_is_made_once_and_is_there(room: Room) -> None:
    want = room.ready("a.mp4")
    view = room.shelf.ask(want)
    assert (view.status, view.progress, view.facts) == ("ready", 1, {"bytes": 1000})
    assert room.shelf.file("", want.key)[1].read_bytes() == b"x" * 1000
    assert room.visit(want) == "made already"
    assert room.made == [want]
    assert not any(name.endswith((WORK, ".tries", ".lease")) for name in room.names(want))


def test_what_was_never_asked_for_is_not_there(room: Room) -> None:
    for key in ("0" * 32, "../../etc/passwd", "", "~other"):
        with pytest.raises(MiniatureNotFound):
            room.shelf.want("", key)


def test_another_tenants_sources_and_miniatures_are_not_there(room: Room) -> None:
    room.source("a.mp4", "acme")
    want = room.want("a.mp4", tenant="acme")
    room.shelf.ask(want)
    assert room.visit(want) == "made"
    assert room.shelf.file("acme", want.key)
    for other in ("", "rival"):
        with pytest.raises(MiniatureNotFound):
            room.shelf.file(other, want.key)
        with pytest.raises(MiniatureNotFound):
            room.want("a.mp4", tenant=other)
    for path in ("~acme/a.mp4", "../~acme/a.mp4"):
        with pytest.raises((MiniatureNotFound, SourceRefused)):
            room.want(path)


def test_another_content_under_the_same_name_is_another_miniature(room: Room) -> None:
    want = room.ready("a.mp4")
    assert room.want("a.mp4") == want
    room.source("a.mp4", data=b"other pictures")
    other = room.want("a.mp4")
    assert other.key != want.key
    assert room.shelf.ask(other).status == "waiting"


def test_what_nobody_asked_for_lately_is_not_made(room: Room) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    assert wanted(room.shelf) == [want]
    room.age(want, ASK, INTEREST_SECONDS + 1)
    assert wanted(room.shelf) == []
    assert room.visit(want) == "not now"
    room.shelf.ask(want)
    assert wanted(room.shelf) == [want]
    assert room.visit(want) == "made"


def test_an_export_that_waits_goes_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    with monkeypatch.context() as patch:
        patch.setattr(room.steering, "others_wait", lambda _: True)
        assert room.visit(want) == "not now"
    assert room.visit(want) == "made"


def test_the_watcher_tells_of_lost_interest_waiting_exports_and_quick_work(room: Room) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    with room.shelf.place("") as place:
        claim = Claim.take(place.fd, want.key)
        assert claim is not None

        def watch() -> Watcher:
            return Watcher(room.shelf, place, want, claim, room.steering)

        try:
            assert not watch().is_cancelled()
            assert not watch().is_turn_over()
            room.shelf.ask(room.want("a.mp4", Kind.THUMBNAIL))
            assert watch().is_turn_over()
            room.age(want, ASK, INTEREST_SECONDS + 1)
            assert watch().is_cancelled()
        finally:
            claim.release()


def test_one_that_takes_long_is_made_on_a_host_at_a_time(room: Room) -> None:
    room.source("a.mp4")
    proxy, sync, look = (
        room.want("a.mp4", kind) for kind in (Kind.PROXY, Kind.SYNC, Kind.THUMBNAIL)
    )
    for want in (proxy, sync, look):
        room.shelf.ask(want)
    said: list[str] = []

    def make(_asked: Want, bench: Bench, _watcher: Watcher) -> Made:
        said.extend(room.visit(want) for want in (proxy, sync, look))
        (bench.work / "film").write_bytes(b"film")
        return Made({}, bench.work / "film")

    assert Visit(room.shelf, make, room.steering, Space(0))("", proxy.key) == "made"
    busy = "another one is being made on this host"
    assert said == [busy, busy, "made"]


@pytest.mark.parametrize("reason", [TurnOver(), Cancelled()])
def test_who_lets_others_go_first_keeps_what_is_made(room: Room, reason: Exception) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    room.goes_wrong = reason
    for _ in range(MOST_TRIES + 2):
        room.visit(want)
    assert room.shelf.ask(want).status == "waiting"
    assert WORK in room.names(want)
    room.goes_wrong = None
    assert room.visit(want) == "made"


def test_what_failed_says_why_and_is_tried_again_later(room: Room) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    room.goes_wrong = EncoderFailed("FFmpeg said no.", detail="/secret/path")
    assert room.visit(want) == "failed: encoder_failed"
    view = room.shelf.ask(want)
    assert (view.status, view.error, view.error_code) == (
        "failed",
        "FFmpeg said no.",
        "encoder_failed",
    )
    assert wanted(room.shelf) == []
    room.goes_wrong = None
    room.age(want, FAULT, FAULT_SECONDS + 1)
    assert room.shelf.ask(want).status == "waiting"
    assert room.visit(want) == "made"


def test_what_kills_its_makers_is_given_up(room: Room) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    with room.shelf.place("") as place:
        for _ in range(MOST_TRIES):
            count_try(place, want)
    assert room.visit(want) == "given up"
    assert room.shelf.ask(want).error_code == "died_too_often"
    assert not room.made


def test_those_unused_for_longest_go_first(room: Room) -> None:
    wants = [room.ready(f"{name}.mp4") for name in "abc"]
    for want, seconds in zip(wants, (100, 300, 200), strict=True):
        room.age(want, ASK, seconds)
    assert room.tidy() == 0
    # Each takes a little more than its film.
    assert room.tidy(2_900) == 1
    assert [bool(room.names(want) - {f".lock@{_host()}"}) for want in wants] == [True, False, True]


def _host() -> str:
    from worker.jobs.claim import this_host

    return this_host()


@pytest.mark.parametrize(
    "change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"another")]
)
def test_a_miniature_goes_with_its_source(room: Room, change: Callable[[Path], object]) -> None:
    gone, kept = room.ready("a.mp4"), room.ready("b.mp4")
    change(room.volume.sources / "a.mp4")
    for want in (gone, kept):
        room.age(want, ASK, INTEREST_SECONDS + 1)
    assert room.tidy() == 1
    with pytest.raises(MiniatureNotFound):
        room.shelf.want("", gone.key)
    assert room.shelf.file("", kept.key)


def test_pieces_that_nobody_goes_on_with_are_removed(room: Room) -> None:
    room.source("a.mp4")
    want = room.want("a.mp4")
    room.shelf.ask(want)
    room.goes_wrong = Cancelled()
    room.visit(want)
    room.age(want, ASK, WORK_SECONDS - 60)
    room.tidy()
    assert WORK in room.names(want)
    room.age(want, ASK, WORK_SECONDS + 60)
    room.tidy()
    assert not room.names(want)
