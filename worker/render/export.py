"""One render from a config to a verified file: plan, pieces, assemble, verify, report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config_schema.errors import SourceChanged, TurnOver, VerificationFailed
from config_schema.report import Report
from config_schema.status import Stage
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.run import Crew, EngineSettings
from worker.ffmpeg.start import make_nursery
from worker.plan.plan import Plan, describe
from worker.render.claims import PieceClaims
from worker.render.finish import Finish, programme_path
from worker.render.guest import lay_down
from worker.render.job import RenderJob
from worker.render.making import OffGrid, PieceMaker, say_made
from worker.render.observer import Observer
from worker.render.pace import Pace
from worker.render.planner import Lessons, Planner
from worker.render.reporting import Effort, build_report, damage_warnings
from worker.render.spec import OutputFacts
from worker.render.work import CHILD, Piece, WorkFolder, pieces_at_once

#: A lesson costs the pieces it concerns, so a source has to lie in many ways to use these up.
MOST_ROUNDS = 6


@dataclass(frozen=True)
class Rendered:
    """A complete, verified file inside the work folder, and its proof."""

    path: Path
    report: Report
    warnings: tuple[str, ...]


def render_export(
    job: RenderJob, engine: EngineSettings, observer: Observer, nursery: Nursery | None = None
) -> Rendered:
    """Render the job's programme; raises ExportError, Cancelled or TurnOver where the observer
    said so.

    May be stopped anywhere and called again with the same pieces. The job's folders are there
    already: who takes a job away takes them too, and a render must not make them again behind it.
    Must run in a thread that lives until it returns: children die with the thread that started
    them. Without a `nursery` to fork its children from it makes one for itself.
    """
    if nursery is not None:
        return _Render(job, engine, observer, nursery).run()
    with closing(render_nursery(engine)) as own:
        return _Render(job, engine, observer, own).run()


def render_nursery(engine: EngineSettings) -> Nursery:
    """A nursery for children of renders, to be used by the thread that makes it."""
    return make_nursery(CHILD, engine.keeping.nice)


@dataclass
class _Render:
    job: RenderJob
    engine: EngineSettings
    observer: Observer
    nursery: Nursery
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.observer, len(self.job.config.segments))

    def run(self) -> Rendered:
        """Plan, render, assemble, verify; over again, wiser, where a source is not what it says."""
        began = time.monotonic()
        lessons = Lessons()
        planner = Planner(self.job.config, self.job.sources, self.job.work, self.engine)
        for _ in range(MOST_ROUNDS):
            self.pace.enter(Stage.PLANNING)
            with self._crew() as crew:
                plan = planner.plan(
                    crew, lessons, lambda share: self.pace.within(Stage.PLANNING, share)
                )
            (self.job.work / "plan.txt").write_text(describe(plan), encoding="utf-8")
            self.pace.plan(plan)
            pieces = self._pieces(plan)
            reused = sum(piece.is_finished for piece in pieces)
            found = self._make(plan, pieces, lessons)
            if found is not None:
                if self.job.cache is not None:
                    self.job.cache.keep(piece.path for piece in pieces)
                facts = [piece.facts() for piece in pieces if piece.frames]
                warnings = plan.warnings + damage_warnings(plan, facts)
                took = time.monotonic() - began
                effort = Effort(reused, took, self.pace.seconds())
                report = build_report(self.job.config, plan, found, facts, warnings, effort)
                return Rendered(programme_path(self.job.work, plan), report, warnings)
            self.observer.log(f"planning anew: {lessons}")
        raise VerificationFailed(detail=f"still wrong after {MOST_ROUNDS} rounds: {lessons}")

    def _make(self, plan: Plan, pieces: list[Piece], lessons: Lessons) -> OutputFacts | None:
        """The verified programme's facts, or None where there was a lesson to learn."""
        with Finish(self.job, plan, pieces, self.pace, self._crew) as finish:
            liar = self._render(plan, pieces, finish)
            if liar is not None:
                if liar in lessons.scan:
                    raise SourceChanged(f"{plan.footage[liar].name} changes while it is read.")
                lessons.scan.add(liar)
                return None
            answer = finish.assemble()
            if answer.refused or answer.sound_refused:
                lessons.refused.update(answer.refused)
                lessons.sound_refused = answer.sound_refused or lessons.sound_refused
                return None
            found, faulty = finish.verify()
        lessons.sound_refused = found.sound_fault or lessons.sound_refused
        if faulty:
            if not lessons.distrust(plan, faulty):
                raise VerificationFailed(detail=f"parts that do not hold: {faulty}")
            return None
        return None if found.sound_fault else found

    def _fds(self) -> dict[int, int]:
        return {index: source.fd for index, source in enumerate(self.job.sources)}

    def _crew(self) -> Crew:
        return Crew(
            self.engine,
            is_cancelled=self.observer.is_cancelled,
            log=self.observer.log,
            keep_fds=self.job.keep_fds,
            nursery=self.nursery,
        )

    def _pieces(self, plan: Plan) -> list[Piece]:
        """The pieces of the plan; those that an earlier export has left are there already."""
        pieces = WorkFolder(self.job.work, self.job.pieces, plan, self.engine, self._fds()).all()
        for piece in pieces:
            if self.job.cache is not None and not piece.is_finished:
                self.job.cache.fetch(piece.path)
        return pieces

    def _render(self, plan: Plan, pieces: list[Piece], finish: Finish) -> int | None:
        """Make what is missing; a source that is not what its index says, if one is met."""
        self.pace.enter(Stage.RENDERING)
        missing = [piece for piece in pieces if not piece.is_finished]
        self.pace.start_rendering(pieces, missing)
        at_once = pieces_at_once(plan)
        with self._offered(plan, missing, at_once), self._claims() as claims:
            maker = PieceMaker(self._crew(), claims, missing, at_once, self.pace.started)
            with maker:
                while maker.waiting:
                    is_over = self.observer.is_turn_over()
                    if is_over and maker.is_idle:
                        raise TurnOver
                    try:
                        made = maker.step(may_start=not is_over)
                    except OffGrid as lie:
                        return lie.source
                    if maker.has_begun_all:
                        finish.begin()
                    if made is not None:
                        self.pace.finished(made)
                        say_made(made, self.job.name)
                    self.pace.rendered(maker.counts())
        return None

    @contextmanager
    def _offered(self, plan: Plan, missing: list[Piece], at_once: int) -> Iterator[None]:
        """While the pieces are made, let others help where there is more than this host's share."""
        offer = self.job.offer if len(missing) > at_once else None
        if offer is not None:
            lay_down(offer, plan, missing)
        try:
            yield
        finally:
            if offer is not None:
                offer.unlink(missing_ok=True)

    def _claims(self) -> PieceClaims:
        return PieceClaims(self.job.pieces, self.job.limits)
