"""One render from a config to a verified file: plan, pieces, assemble, verify, report."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from config_schema.config import ExportConfig
from config_schema.errors import VerificationFailed
from config_schema.report import Report
from config_schema.status import Progress, Stage
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.media.resolve import OpenSource
from worker.plan.footage import Footage
from worker.plan.plan import Plan, build_plan, describe
from worker.plan.sound import sample_at
from worker.render.pace import Pace
from worker.render.reporting import build_report, damage_warnings
from worker.render.spec import (
    AssembleSpec,
    OutputFacts,
    ProbeSpec,
    VerifySpec,
    read_answer,
    write_spec,
)
from worker.render.work import Piece, WorkFolder, child


@dataclass(frozen=True)
class RenderJob:
    """What to render, from which opened files, in which folder.

    `sources[i]` is `config.sources[i]`. `work` is kept between attempts: finished pieces found in
    it are used again. `keep_fds` are inherited by every child (the job's lock).
    """

    config: ExportConfig
    sources: tuple[OpenSource, ...]
    work: Path
    keep_fds: tuple[int, ...] = ()


class Observer(Protocol):
    """Who watches a render: called from its own thread, a few times a second."""

    def progress(self, progress: Progress) -> None:
        """How far it is."""

    def is_cancelled(self) -> bool:
        """Whether it is to stop."""

    def log(self, line: str) -> None:
        """What an operator may want to read later."""


@dataclass(frozen=True)
class Rendered:
    """A complete, verified file inside the work folder, and its proof."""

    path: Path
    report: Report
    warnings: tuple[str, ...]


def render_export(job: RenderJob, engine: EngineSettings, observer: Observer) -> Rendered:
    """Render the job's programme; raises ExportError, Cancelled where the observer said so.

    May be stopped anywhere and called again with the same work folder. Must run in a thread that
    lives until it returns: children die with the thread that started them.
    """
    job.work.mkdir(parents=True, exist_ok=True)
    return _Render(job, engine, observer).run()


@dataclass
class _Render:
    job: RenderJob
    engine: EngineSettings
    observer: Observer
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.observer, len(self.job.config.segments))

    def run(self) -> Rendered:
        began = time.monotonic()
        self.pace.enter(Stage.PLANNING)
        plan, pieces, reused = self._pictures_and_sound()
        assembled = self.job.work / f"programme.{plan.output.container}"
        samples = _samples(plan)
        self._assemble(plan, pieces, assembled, samples)
        found = self._verify(plan, assembled, samples)
        facts = [piece.facts() for piece in pieces if piece.frames]
        warnings = plan.warnings + damage_warnings(plan, facts)
        report = build_report(
            self.job.config, plan, found, facts, warnings, reused, time.monotonic() - began
        )
        return Rendered(assembled, report, warnings)

    def _pictures_and_sound(self) -> tuple[Plan, list[Piece], int]:
        """Plan and render; once more where a source's index turns out not to be the truth."""
        scan: set[int] = set()
        while True:
            plan = build_plan(
                self.job.config, self._probe(scan), piece_seconds=self.engine.piece_seconds
            )
            _check_length(plan)
            (self.job.work / "plan.txt").write_text(describe(plan), encoding="utf-8")
            self.pace.plan(plan)
            folder = WorkFolder(self.job.work, self.engine, self._fds())
            pieces = [folder.picture(plan, piece) for piece in plan.pieces]
            if plan.output.has_sound:
                # In front: it is done beside the first pictures, on what they leave of the cores.
                pieces.insert(0, folder.sound(plan))
            reused = sum(piece.is_finished for piece in pieces)
            liar = self._render(pieces)
            if liar is None:
                return plan, pieces, reused
            if liar in scan:
                raise VerificationFailed(
                    f"{plan.footage[liar].name} changes while it is read.", detail="off its grid"
                )
            self.observer.log(f"{plan.footage[liar].name}: not what its index says; reading it all")
            scan.add(liar)

    def _fds(self) -> dict[int, int]:
        return {index: source.fd for index, source in enumerate(self.job.sources)}

    def _crew(self) -> Crew:
        return Crew(
            self.engine,
            is_cancelled=self.observer.is_cancelled,
            log=self.observer.log,
            keep_fds=self.job.keep_fds,
        )

    def _probe(self, scan: set[int]) -> Mapping[int, Footage]:
        used = sorted({segment.source_index for segment in self.job.config.segments})
        spec, answer = self.job.work / "probe.spec", self.job.work / "probe.json"
        sources = [(index, self.job.sources[index]) for index in used]
        told = tuple(
            (index, source.fd, source.name, _fingerprint(source)) for index, source in sources
        )
        write_spec(spec, ProbeSpec(told, tuple(scan)))
        fds = tuple(source.fd for _, source in sources)
        whole = sum(source.size for _, source in sources) or 1
        with self._crew() as crew:
            crew.run(
                Work("probe", child("probe", spec, answer, fds), "done"),
                lambda done: self.pace.within(Stage.PLANNING, done / whole),
            )
        return read_answer(answer, dict[int, Footage])

    def _render(self, pieces: list[Piece]) -> int | None:
        """Make what is missing; the index of a source that is not what its index says, if any."""
        self.pace.enter(Stage.RENDERING)
        missing = [piece for piece in pieces if not piece.is_finished]
        self.pace.start_rendering(pieces, missing)
        waiting = list(missing)
        running: dict[str, Piece] = {}
        with self._crew() as crew:
            while waiting or running:
                self._start_more(crew, waiting, running)
                done = crew.wait()
                if done is not None:
                    piece = running.pop(done.work.name)
                    if piece.frames and piece.facts().off_grid is not None:
                        return piece.facts().off_grid
                    piece.finish(done)
                self.pace.rendered(crew.counts())
        return None

    @staticmethod
    def _start_more(crew: Crew, waiting: list[Piece], running: dict[str, Piece]) -> None:
        """One piece of picture at a time, which uses every core, and the sound beside it."""
        for piece in list(waiting):
            is_picture = bool(piece.frames)
            if is_picture and any(other.frames for other in running.values()):
                continue
            waiting.remove(piece)
            running[piece.work.name] = piece
            crew.start(piece.work)

    def _assemble(self, plan: Plan, pieces: list[Piece], path: Path, samples: int) -> None:
        self.pace.enter(Stage.ASSEMBLING)
        config = self.job.config
        sound = next((piece.path for piece in pieces if not piece.frames), None)
        spec_path = self.job.work / "assemble.spec"
        write_spec(
            spec_path,
            AssembleSpec(
                tuple((piece.path, piece.frames) for piece in pieces if piece.frames),
                sound,
                samples,
                plan.output,
                path,
                " ".join(config.project_name.split())[:200],
                _created(config.created_at),
            ),
        )
        with self._crew() as crew:
            crew.run(
                Work("assemble", child("assemble", spec_path, spec_path), "done"),
                lambda done: self.pace.within(Stage.ASSEMBLING, done / plan.program.frames),
            )

    def _verify(self, plan: Plan, path: Path, samples: int) -> OutputFacts:
        self.pace.enter(Stage.VERIFYING)
        spec_path, answer = self.job.work / "verify.spec", self.job.work / "verify.json"
        joins = tuple(piece.frames.start for piece in plan.pieces[1:])
        write_spec(spec_path, VerifySpec(path, plan.output, plan.program.frames, samples, joins))
        with self._crew() as crew:
            crew.run(
                Work("verify", child("verify", spec_path, answer), "done"),
                lambda done: self.pace.within(Stage.VERIFYING, done / plan.program.frames),
            )
        return read_answer(answer, OutputFacts)


def _check_length(plan: Plan) -> None:
    if plan.program.frames == 0:
        from config_schema.errors import ConfigInvalid, Fault

        raise ConfigInvalid(
            (Fault("segments", "empty_programme", "The whole programme is shorter than a frame."),)
        )


def _samples(plan: Plan) -> int:
    if not plan.output.has_sound:
        return 0
    return sample_at(plan.program.frames, plan.output.rate)


def _fingerprint(source: OpenSource) -> str:
    """What identifies the content without reading it."""
    return f"{source.device}:{source.inode}:{source.size}:{source.mtime_ns}"


def _created(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
