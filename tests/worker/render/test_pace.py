"""Progress on simulated clocks: it never goes back, and its estimates come true."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from config_schema.status import Progress, Stage
from tests.worker.plan.build import config_of, constant, footage
from worker.ffmpeg.run import Work
from worker.ffmpeg.start import Command
from worker.plan.plan import Plan, build_plan
from worker.render.pace import BELIEVED_SECONDS, END, PERIOD_SECONDS, Pace
from worker.render.work import Piece

FRAMES = 300  # of each piece
TICK_SECONDS = 0.1


@dataclass
class Listener:
    seen: list[tuple[float, Progress]] = field(default_factory=list)
    now: float = 0.0

    def progress(self, progress: Progress) -> None:
        self.seen.append((self.now, progress))


class Film:
    """A render of some pieces and the sound, at speeds that a test chooses."""

    def __init__(self, folder: Path, pieces: int, *, finished: int = 0) -> None:
        self.listener = Listener()
        self.plan = plan_of(pieces)
        self.pace = Pace(self.listener, pieces, clock=lambda: self.listener.now)
        self.pieces = [piece(folder, n) for n in range(pieces)]
        self.pieces.insert(0, sound(folder, pieces * FRAMES))
        for done in self.pieces[1 : finished + 1]:
            done.path.touch()
        self.missing = [one for one in self.pieces if not one.is_finished]

    def run(
        self,
        *,
        frames_per_second: float,
        sound_seconds: float,
        jitter: float = 0,
        held_seconds: float = 0,
    ) -> None:
        """Render to the end; the finishing takes what it takes. Nothing comes out of an encoder
        for the first `held_seconds`.
        """
        rng = random.Random(1)
        counts = {"sound": 0.0}
        self.pace.enter(Stage.PLANNING)
        self.pace.within(Stage.PLANNING, 0.5)
        self.pace.plan(self.plan)
        self.pace.enter(Stage.RENDERING)
        self.pace.start_rendering(self.pieces, self.missing)
        begun = self.listener.now
        while not all(one.is_finished for one in self.missing):
            self.listener.now += TICK_SECONDS
            if self.listener.now - begun < held_seconds:
                self.pace.rendered(counts)
                continue
            pictures = (one for one in self.missing if one.frames and not one.is_finished)
            current = next(pictures, None)
            if current is not None:
                made = frames_per_second * TICK_SECONDS * rng.uniform(1 - jitter, 1 + jitter)
                self._count(counts, current, made)
            track = self.pieces[0]
            if not track.is_finished:
                self._count(counts, track, track.size * TICK_SECONDS / sound_seconds)
            self.pace.rendered(counts)
        for stage in (Stage.ASSEMBLING, Stage.VERIFYING):
            self.pace.enter(stage)
            for step in range(10):
                self.listener.now += 0.03
                self.pace.within(stage, step / 9)

    @staticmethod
    def _count(counts: dict[str, float], one: Piece, more: float) -> None:
        counts[one.name] = counts.get(one.name, 0.0) + more
        if counts[one.name] >= one.size:
            del counts[one.name]
            one.path.touch()


def plan_of(pieces: int) -> Plan:
    cuts = [(0, 10.0 * n, 10.0 * n + 10) for n in range(max(1, pieces))]
    source = footage(constant(FRAMES * max(1, pieces)))
    return build_plan(config_of(1, cuts, codec="h264"), {0: source}, piece_seconds=10)


def piece(folder: Path, index: int) -> Piece:
    name = f"picture {index}"
    work = Work(name, Command(("true",)), "frame")
    return Piece(name, folder / name, folder / f"{name}.part", work, FRAMES, 20.0, frames=FRAMES)


def sound(folder: Path, frames: int) -> Piece:
    work = Work("sound", Command(("true",)), "out_time_us")
    return Piece(
        "sound", folder / "sound", folder / "sound.part", work, frames / 30 * 1e6, 1.0, samples=1
    )


@pytest.mark.parametrize("speed", [3000, 120, 17])
@pytest.mark.parametrize("finished", [0, 3, 7])
def test_progress_never_goes_back_and_ends_just_below_one(
    speed: float, finished: int, tmp_path: Path
) -> None:
    film = Film(tmp_path, 8, finished=finished)
    film.run(frames_per_second=speed, sound_seconds=5, jitter=0.9)
    fractions = [progress.fraction for _, progress in film.listener.seen]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert 0.975 <= fractions[-1] <= END
    assert [p.segments_done for _, p in film.listener.seen][-1] == 8


def test_the_estimate_comes_true_after_the_first_quarter(tmp_path: Path) -> None:
    film = Film(tmp_path, 10)
    film.run(frames_per_second=100, sound_seconds=20, jitter=0.5)
    whole = film.listener.now
    estimates = [
        (now, progress.eta_seconds)
        for now, progress in film.listener.seen
        if progress.stage == Stage.RENDERING and now > whole / 4
    ]
    assert estimates
    for now, eta in estimates:
        assert eta is not None
        assert abs(now + eta - whole) < whole * 0.25


def test_what_an_encoder_holds_back_at_first_is_not_taken_for_its_speed(tmp_path: Path) -> None:
    film = Film(tmp_path, 4)
    film.run(frames_per_second=100, sound_seconds=8, held_seconds=3)
    whole = film.listener.now
    late = [(t, p.eta_seconds) for t, p in film.listener.seen if t > 3 + 2 * BELIEVED_SECONDS]
    assert late
    for now, eta in late:
        assert eta is not None
        assert abs(now + eta - whole) < whole * 0.1


def test_a_resumed_render_is_estimated_by_what_is_left(tmp_path: Path) -> None:
    film = Film(tmp_path, 10, finished=6)
    film.run(frames_per_second=50, sound_seconds=5)
    whole = film.listener.now
    rendering = [(t, p) for t, p in film.listener.seen if p.stage == Stage.RENDERING]
    _, first = next((t, p) for t, p in rendering if t > 0)
    assert first.fraction > 0.5
    for now, progress in rendering:
        if now > whole / 4:
            assert progress.eta_seconds is not None
            assert abs(now + progress.eta_seconds - whole) < whole * 0.25
            # Six pieces were there already: nobody made them this fast.
            assert progress.fps == pytest.approx(50, abs=8)
            assert progress.speed == pytest.approx(50 / 30, abs=0.3)


def test_nothing_is_estimated_before_anything_was_measured(tmp_path: Path) -> None:
    film = Film(tmp_path, 4)
    film.run(frames_per_second=100, sound_seconds=5)
    early = [p for t, p in film.listener.seen if t < BELIEVED_SECONDS - TICK_SECONDS]
    assert early
    assert {(p.eta_seconds, p.speed, p.fps) for p in early} == {(None, None, None)}


def test_nobody_is_told_more_often_than_it_can_be_read(tmp_path: Path) -> None:
    film = Film(tmp_path, 6)
    film.run(frames_per_second=200, sound_seconds=5)
    times = [t for t, p in film.listener.seen if p.stage == Stage.RENDERING]
    gaps = [b - a for a, b in pairwise(times[1:])]
    assert min(gaps) > PERIOD_SECONDS - 1e-6


def test_planning_anew_does_not_turn_the_progress_back(tmp_path: Path) -> None:
    film = Film(tmp_path, 4)
    film.run(frames_per_second=100, sound_seconds=5)
    again = Film(tmp_path, 4)
    film.pace.enter(Stage.PLANNING)
    film.pace.within(Stage.PLANNING, 0.5)
    film.pace.enter(Stage.RENDERING)
    film.pace.start_rendering(again.pieces, again.missing)
    film.pace.rendered({})
    fractions = [progress.fraction for _, progress in film.listener.seen]
    assert fractions == sorted(fractions)


def test_a_counter_that_runs_over_is_no_more_than_all(tmp_path: Path) -> None:
    film = Film(tmp_path, 2)
    film.pace.enter(Stage.RENDERING)
    film.pace.start_rendering(film.pieces, film.missing)
    film.listener.now = 5
    film.pace.rendered({one.name: 10 * one.size for one in film.pieces})
    assert film.listener.seen[-1][1].fraction <= 0.95


def test_nothing_to_make_is_no_division_by_nothing(tmp_path: Path) -> None:
    film = Film(tmp_path, 0)
    film.pace.enter(Stage.RENDERING)
    film.pace.start_rendering([], [])
    film.pace.rendered({})
    assert film.listener.seen[-1][1].fraction <= 0.95


def test_the_stages_share_the_whole_time_and_pieces_are_timed_each(tmp_path: Path) -> None:
    film = Film(tmp_path, 2)
    pace, listener, (track, first, second) = film.pace, film.listener, film.pieces
    pace.enter(Stage.PLANNING)
    listener.now = 1
    pace.enter(Stage.RENDERING)
    for one in (track, first, second):
        pace.started(one)
    listener.now = 3
    pace.finished(track)
    listener.now = 6
    pace.finished(first)
    pace.finished(second)
    pace.enter(Stage.ASSEMBLING)
    listener.now = 6.5
    # A lesson was learnt: planned again, and this time to the end.
    pace.enter(Stage.PLANNING)
    listener.now = 6.75
    pace.enter(Stage.VERIFYING)
    listener.now = 8.75
    took = pace.seconds()
    assert (took.planning, took.rendering, took.assembling, took.verifying) == (1.25, 5, 0.5, 2)
    assert (took.pictures, took.sound) == (10, 2)
