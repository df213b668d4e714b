"""Turning what the processes count into one truthful fraction and an estimate of the rest."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol

from config_schema.report import StageSeconds
from config_schema.status import Progress, Stage
from worker.plan.plan import Plan
from worker.render.work import Piece

#: Where each stage begins on the way from 0 to 1. Rendering is what takes the time.
BEGINS = {
    Stage.PLANNING: 0.0,
    Stage.RENDERING: 0.02,
    Stage.ASSEMBLING: 0.95,
    Stage.VERIFYING: 0.975,
}
END = 0.995
#: Progress is told at most so often; nobody reads faster.
PERIOD_SECONDS = 0.25
#: A speed is believed once so much time has been measured.
BELIEVED_SECONDS = 1.5


class _Listener(Protocol):
    def progress(self, progress: Progress) -> None: ...


class Pace:
    """Follows one render and tells its observer, never going back."""

    def __init__(
        self,
        observer: _Listener,
        segments: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._observer = observer
        self._clock = clock
        self._segments = segments
        self._stage = Stage.PLANNING
        self._entered_at = clock()
        self._took: defaultdict[str, float] = defaultdict(float)
        self._started_at: dict[str, float] = {}
        self._fraction = 0.0
        self._told_at = float("-inf")
        self._segment_ends: list[int] = []
        self._warnings: tuple[str, ...] = ()
        self._seconds_per_frame = 0.0
        self._pieces: Sequence[Piece] = ()
        self._missing: frozenset[str] = frozenset()
        self._done: set[str] = set()
        self._cost = self._reused_cost = 0.0
        self._render_began = 0.0
        self._render_took = 0.0
        #: When the first of what is made was seen, since the beginning, and how much it was.
        self._first: tuple[float, float] | None = None
        self._segments_done = 0
        self._speed: float | None = None
        self._fps: float | None = None
        self._eta: float | None = None

    def enter(self, stage: Stage) -> None:
        """A stage begins."""
        if self._stage == Stage.RENDERING and stage == Stage.ASSEMBLING:
            self._render_took = self._clock() - self._render_began
            self._segments_done = self._segments
        self._clock_in()
        self._stage = stage
        if stage in (Stage.ASSEMBLING, Stage.VERIFYING):
            self._eta = self._finishing(stage)
        self._move(BEGINS[stage], always=True)

    def plan(self, plan: Plan) -> None:
        """What the plan says that people want to know early."""
        self._warnings = plan.warnings
        self._segment_ends = [segment.frames.end for segment in plan.program.segments]
        self._seconds_per_frame = float(1 / plan.program.rate)

    def within(self, stage: Stage, fraction: float) -> None:
        """How far a stage of one process is."""
        following = {
            Stage.PLANNING: BEGINS[Stage.RENDERING],
            Stage.ASSEMBLING: BEGINS[Stage.VERIFYING],
            Stage.VERIFYING: END,
        }[stage]
        span = following - BEGINS[stage]
        self._move(BEGINS[stage] + span * min(1.0, max(0.0, fraction)))

    def start_rendering(self, pieces: Sequence[Piece], missing: Sequence[Piece]) -> None:
        """Rendering begins with `missing` of all `pieces` left to do."""
        self._pieces = pieces
        self._missing = frozenset(piece.name for piece in missing)
        self._done = {piece.name for piece in pieces} - self._missing
        self._cost = sum(piece.cost for piece in pieces) or 1.0
        self._reused_cost = sum(p.cost for p in pieces if p.name not in self._missing)
        self._render_began = self._clock()
        self._first = None

    def started(self, piece: Piece) -> None:
        """A piece is being made from now on."""
        self._started_at[piece.name] = self._clock()

    def finished(self, piece: Piece) -> None:
        """A piece that was being made is there."""
        self._done.add(piece.name)
        kind = "pictures" if piece.frames else "sound"
        self._took[kind] += self._clock() - self._started_at.pop(piece.name)

    def seconds(self) -> StageSeconds:
        """Where the time went until now, all rounds together."""
        self._clock_in()
        return StageSeconds(**{name: round(took, 3) for name, took in self._took.items()})

    def _clock_in(self) -> None:
        now = self._clock()
        self._took[self._stage.value] += now - self._entered_at
        self._entered_at = now

    def rendered(self, counts: dict[str, float]) -> None:
        """How far the running pieces are; others are finished or have not begun."""
        cost = 0.0
        frames = fresh_frames = 0
        position = 0
        leading = True
        for piece in self._pieces:
            if piece.name in self._done or piece.is_finished:
                self._done.add(piece.name)
                share = 1.0
            else:
                share = piece.share(counts.get(piece.name, 0.0))
            cost += piece.cost * share
            if piece.frames:
                made = round(piece.frames * share)
                frames += made
                if piece.name in self._missing:
                    fresh_frames += made
                if leading:
                    position += made
                leading = leading and share == 1.0
        elapsed = self._clock() - self._render_began
        share = cost / self._cost
        self._segments_done = bisect_right(self._segment_ends, position) if position else 0
        self._estimate(elapsed, cost, fresh_frames)
        span = BEGINS[Stage.ASSEMBLING] - BEGINS[Stage.RENDERING]
        self._move(BEGINS[Stage.RENDERING] + span * share)

    def _estimate(self, elapsed: float, cost: float, fresh_frames: int) -> None:
        done_now = cost - self._reused_cost
        if done_now <= 0:
            return
        if self._first is None:
            self._first = elapsed, done_now
        # Not from the beginning: until an encoder's first picture comes out it has read dozens.
        first_at, first_done = self._first
        if elapsed - first_at < BELIEVED_SECONDS or done_now <= first_done:
            return
        left = (self._cost - cost) * (elapsed - first_at) / (done_now - first_done)
        self._render_took = elapsed + left
        self._eta = left + self._finishing(Stage.ASSEMBLING)
        self._fps = fresh_frames / elapsed
        self._speed = self._fps * self._seconds_per_frame

    def _finishing(self, stage: Stage) -> float:
        """About what is left after rendering: copying and reading back."""
        left = 0.03 * self._render_took + 0.3
        return left if stage == Stage.ASSEMBLING else left / 2

    def _move(self, fraction: float, *, always: bool = False) -> None:
        now = self._clock()
        self._fraction = max(self._fraction, min(fraction, END))
        if not always and now - self._told_at < PERIOD_SECONDS:
            return
        self._told_at = now
        self._observer.progress(
            Progress(
                stage=self._stage,
                fraction=self._fraction,
                segments_done=self._segments_done,
                segments_total=self._segments,
                eta_seconds=None if self._eta is None else round(self._eta, 1),
                speed=None if self._speed is None else round(self._speed, 2),
                fps=None if self._fps is None else round(self._fps, 1),
                warnings=self._warnings,
            )
        )
