"""Making pieces beside whoever else makes pieces of the same job."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from config_schema.errors import Cancelled
from worker.ffmpeg.run import Crew
from worker.render.claims import Full, Held, PieceClaims
from worker.render.work import Piece

#: How often it is looked what others have finished and let go of.
LOOK_SECONDS = 0.5
_log = logging.getLogger(__name__)


class OffGrid(Exception):
    """A source's pictures are not where its index says: the plan has to be made anew."""

    def __init__(self, source: int) -> None:
        super().__init__(f"source {source}")
        self.source = source


def say_made(piece: Piece, job_id: str) -> None:
    """Put a finished piece into the worker's log."""
    about = {"job": job_id, "piece": piece.key}
    _log.info("export %s: made %s", job_id, piece.name, extra=about)


class PieceMaker:
    """Makes those of some pieces that nobody else makes; nothing of it outlives the `with` block.

    `waiting` is what nobody has finished.
    """

    def __init__(
        self,
        crew: Crew,
        claims: PieceClaims,
        pieces: Sequence[Piece],
        at_once: int,
        began: Callable[[Piece], None] = lambda _: None,
    ) -> None:
        self.waiting = list(pieces)
        self._cost = sum(piece.cost for piece in pieces)
        self._crew = crew
        self._claims = claims
        self._at_once = at_once
        self._began = began
        self._running: dict[str, tuple[Piece, Held]] = {}
        self._elsewhere: dict[str, float] = {}
        self._look_at = 0.0

    def __enter__(self) -> Self:
        self._crew.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._crew.__exit__(kind, error, trace)
        # Given back when their processes have ended.
        for _, held in self._running.values():
            if isinstance(error, Cancelled):
                held.forgive()
            held.release()
        self._running.clear()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being made here."""
        return not self._running

    @property
    def has_begun_all(self) -> bool:
        """Whether all that is missing is being made here."""
        return len(self._running) == len(self.waiting)

    def step(self, *, may_start: bool) -> Piece | None:
        """Start what can be started, watch for one tick; the piece that was finished in it.

        Raises what the failed piece's processes mean, and OffGrid.
        """
        if may_start:
            self._start_more()
        done = self._crew.wait()
        for name, count in self._crew.counts().items():
            self._running[name][1].claim.count = count
        if done is None:
            return None
        piece, held = self._running.pop(done.work.name)
        try:
            if piece.frames and (source := piece.found().off_grid) is not None:
                raise OffGrid(source)
            piece.finish(done)
            held.forgive()
        finally:
            held.release()
        self.waiting = [other for other in self.waiting if other.path != piece.path]
        # Its place is to be filled at once.
        self._look_at = 0.0
        return piece

    def counts(self) -> dict[str, float]:
        """How far the pieces at work are, here and elsewhere, by their names."""
        return self._elsewhere | self._crew.counts()

    def share_done(self) -> float:
        """How much of all the pieces is made, by whomever, from 0 to 1."""
        counts = self.counts()
        left = sum(
            piece.cost * (1 - piece.share(counts.get(piece.name, 0.0))) for piece in self.waiting
        )
        return 1 - left / self._cost if self._cost else 1.0

    def _start_more(self) -> None:
        """`at_once` pieces of picture at a time and one of sound beside them; where no picture is
        free to be made, sound takes its place.
        """
        now = time.monotonic()
        if now < self._look_at:
            return
        self._look_at = now + LOOK_SECONDS
        self.waiting = [piece for piece in self.waiting if not piece.is_finished]
        self._elsewhere = {}
        sounds = [piece for piece in self.waiting if not piece.frames]
        pictures = [piece for piece in self.waiting if piece.frames]
        try:
            self._start(sounds, 1)
            at_work = self._start(pictures, self._at_once)
            self._start(sounds, 1 + self._at_once - at_work)
        except Full:
            # The same for all: asking for each of thousands would only cost.
            return

    def _start(self, pieces: Sequence[Piece], most: int) -> int:
        """Start those that are free until `most` of these pieces are at work; how many are."""
        at_work = sum(piece.name in self._running for piece in pieces)
        for piece in pieces:
            if at_work >= most:
                break
            if piece.name in self._running or piece.name in self._elsewhere:
                continue
            held = self._claims.take(piece)
            if held is None:
                self._elsewhere[piece.name] = self._claims.count_of(piece)
                continue
            self._running[piece.name] = (piece, held)
            try:
                self._crew.start(piece.work, held.fds)
            except BaseException:
                self._running.pop(piece.name)
                held.release()
                raise
            self._began(piece)
            at_work += 1
        return at_work
