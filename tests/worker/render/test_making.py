"""What is at work at a time: pictures as many as may be, one piece of sound beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self, cast

import pytest

import worker.render.making
from worker.ffmpeg.run import Crew, Done, Work
from worker.ffmpeg.start import Command
from worker.render.claims import Full, Held, PieceClaims
from worker.render.making import PieceMaker
from worker.render.work import Piece


class Claimed:
    """A claim on a piece."""

    count = 0.0


class Ours:
    """A piece that is ours."""

    claim = Claimed()
    fds = ()

    def forgive(self) -> None: ...

    def release(self) -> None: ...


class Claims:
    """Claims on all pieces but those of others; at most `most` at a time."""

    def __init__(self, crew: Hands, others: frozenset[str], most: int) -> None:
        self._crew = crew
        self._others = others
        self._most = most
        self.asked: list[str] = []

    def take(self, piece: Piece) -> Held | None:
        self.asked.append(piece.name)
        if len(self._crew.works) >= self._most:
            raise Full
        return None if piece.name in self._others else cast("Held", Ours())

    def count_of(self, _: Piece) -> float:
        return 0.5


class Hands:
    """A crew whose works end in the order in which they were begun, unless told otherwise."""

    def __init__(self) -> None:
        self.works: list[Work] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def start(self, work: Work, _: tuple[int, ...]) -> None:
        self.works.append(work)

    def counts(self) -> dict[str, float]:
        return {work.name: 0.0 for work in self.works}

    def wait(self) -> Done | None:
        return Done(self.works.pop(0), 1.0) if self.works else None


class Made(Piece):
    """A piece that is finished by saying so."""

    def finish(self, _: Done) -> None:
        self.path.touch()

    def found(self) -> Any:
        return type("Found", (), {"off_grid": None})


def piece(folder: Path, kind: str, number: int) -> Piece:
    name = f"{kind} {number}"
    work = Work(name, Command(("true",)), "frame")
    frames = int(kind == "picture")
    return Made(name, folder / name, folder / f"{name}.part", work, 1.0, 1.0, frames=frames)


def at_work(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    sounds: int,
    pictures: int,
    at_once: int,
    others: frozenset[str] = frozenset(),
    most: int = 99,
) -> list[tuple[int, int]]:
    """How many pieces of sound and of picture are at work from step to step."""
    monkeypatch.setattr(worker.render.making, "LOOK_SECONDS", 0)
    wanted = [piece(folder, "sound", n) for n in range(sounds)]
    wanted += [piece(folder, "picture", n) for n in range(pictures)]
    crew = Hands()
    claims = Claims(crew, others, most)
    seen = []

    def note(_: Piece) -> None:
        kinds = [work.name.partition(" ")[0] for work in crew.works]
        seen.append((kinds.count("sound"), kinds.count("picture")))

    maker = PieceMaker(cast("Crew", crew), cast("PieceClaims", claims), wanted, at_once, note)
    with maker:
        for _ in range(10 * len(wanted)):
            maker.step(may_start=True)
    assert {other.name for other in maker.waiting} == others
    return seen


def test_one_piece_of_sound_is_made_beside_the_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = at_work(tmp_path, monkeypatch, sounds=3, pictures=9, at_once=2)
    beside = [sounds for sounds, pictures in seen if pictures == 2]
    assert max(beside) == 1
    assert max(pictures for _, pictures in seen) == 2


def test_where_no_picture_is_left_sound_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = at_work(tmp_path, monkeypatch, sounds=200, pictures=1, at_once=2)
    assert max(seen) == (3, 0)
    assert len(seen) == 201


def test_pictures_that_others_make_leave_their_places_to_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = frozenset({"picture 0", "picture 1", "sound 1"})
    seen = at_work(tmp_path, monkeypatch, sounds=4, pictures=2, at_once=2, others=others)
    assert max(seen) == (3, 0)


def test_no_more_is_at_work_than_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = at_work(tmp_path, monkeypatch, sounds=5, pictures=5, at_once=4, most=2)
    assert max(map(sum, seen)) == 2


@pytest.mark.parametrize(
    ("others", "seen"),
    [(frozenset(), [False, False, True]), (frozenset({"picture 2"}), [False, False])],
)
def test_it_is_known_when_nothing_is_left_to_begin(
    tmp_path: Path, others: frozenset[str], seen: list[bool]
) -> None:
    wanted = [piece(tmp_path, "picture", n) for n in range(3)]
    crew = Hands()
    claims = cast("PieceClaims", Claims(crew, others, 99))
    told: list[bool] = []
    maker = PieceMaker(
        cast("Crew", crew), claims, wanted, 1, lambda _: told.append(maker.has_begun_all)
    )
    with maker:
        for _ in range(5):
            maker.step(may_start=True)
    assert told == seen
