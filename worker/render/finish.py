"""From the last pieces to a verified file: assembling, and reading back what came of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Self

from config_schema.status import Stage
from worker.ffmpeg.run import Crew, Work
from worker.plan.chapters import build_chapters
from worker.plan.footage import Footage
from worker.plan.pieces import Part
from worker.plan.plan import Plan
from worker.plan.sound import sample_at
from worker.render.job import RenderJob
from worker.render.looks import checks_of
from worker.render.pace import Pace
from worker.render.spec import (
    AssembleAnswer,
    AssembleSpec,
    CopiedPart,
    CopiedSound,
    MadePart,
    MadeSound,
    OutputFacts,
    ProofAnswer,
    ProofSpec,
    VerifySpec,
    read_answer,
    write_answer,
    write_spec,
)
from worker.render.work import Piece, available_cores, child, digest

#: Looking at one place of the programme takes about as long as reading so many frames of it.
PLACE_FRAMES = 200


def programme_path(work: Path, plan: Plan) -> Path:
    """Where the assembled file lies until it is published."""
    return work / f"programme.{plan.output.container}"


class Finish:
    """Puts the pieces of one plan together; nothing of it outlives the `with` block."""

    def __init__(
        self,
        job: RenderJob,
        plan: Plan,
        pieces: Sequence[Piece],
        pace: Pace,
        crew: Callable[[], Crew],
    ) -> None:
        self._job = job
        self._plan = plan
        self._pace = pace
        self._crew = crew
        self._path = programme_path(job.work, plan)
        self._copied_sound = self._own_sound()
        heard = [piece.path for piece in pieces if not piece.frames]
        self._made_sound = tuple(
            MadeSound(path, piece.fed_from, piece.skipped, piece.packets)
            for piece, path in zip(plan.sound_pieces, heard, strict=True)
        )
        made = [piece.path for piece in pieces if piece.frames]
        self._parts = tuple(_part(part, made) for part in plan.parts)
        copied = sorted({part.source for part in self._parts if isinstance(part, CopiedPart)})
        self._fds = {index: job.sources[index].fd for index in copied}
        self._footage: dict[int, Footage] = {index: plan.footage[index] for index in copied}
        self._most_bytes = self._whole_bytes(pieces)
        self._ahead = crew()
        self._assembled: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._ahead.__exit__(*raised)

    def begin(self) -> None:
        """Begin to assemble while the last pieces are made: where one is due it is waited for.

        Whoever makes them watches them; this is watched from `assemble` on.
        """
        if self._assembled is not None:
            return
        config = self._job.config
        spec = AssembleSpec(
            self._parts,
            self._fds,
            self._footage,
            self._plan.program.frames,
            self._copied_sound or self._made_sound,
            self._samples(),
            self._plan.output,
            self._path,
            " ".join(config.project_name.split())[:200],
            config.created_at.astimezone(UTC).isoformat(),
            build_chapters(self._plan.program, self._plan.footage),
        )
        work, self._assembled = self._asked(
            "assemble",
            "assemble",
            spec,
            (*self._fds.values(), *self._sound_fds()),
            makes_bytes=2 * self._most_bytes,
        )
        self._ahead.start(work)

    def assemble(self) -> AssembleAnswer:
        """Write the programme; what cannot be copied after all, and why, if anything."""
        self._pace.enter(Stage.ASSEMBLING)
        self.begin()
        assert self._assembled is not None
        self._ahead.forgive()
        self._watch(self._ahead, {}, Stage.ASSEMBLING, self._plan.program.frames)
        return read_answer(self._assembled, AssembleAnswer)

    def verify(self) -> tuple[OutputFacts, tuple[int, ...]]:
        """What is in the file, and the parts that do not hold, by the frame they start at."""
        self._pace.enter(Stage.VERIFYING)
        frames, cores = self._plan.program.frames, available_cores()
        joins = tuple(piece.start for piece in self._plan.sound_pieces[1:])
        verify = VerifySpec(
            self._path, self._plan.output, frames, self._samples(), self._copied_sound, joins
        )
        reading, found = self._asked("verify", "verify", verify, self._sound_fds())
        proof = ProofSpec(
            self._path,
            self._plan.delivered,
            self._parts,
            self._fds,
            self._footage,
            (0, cores),
            self._recall(),
        )
        fds = tuple(self._fds.values())
        proofs = [
            self._asked("prove", f"prove {number}", replace(proof, share=(number, cores)), fds)
            for number in range(cores)
        ]
        places = len(checks_of(self._parts))
        weights = {work.name: PLACE_FRAMES for work, _ in proofs}
        with self._crew() as crew:
            for work in (reading, *(work for work, _ in proofs)):
                crew.start(work)
            self._watch(crew, weights, Stage.VERIFYING, frames + PLACE_FRAMES * places)
        answers = [read_answer(answer, ProofAnswer) for _, answer in proofs]
        faulty = {start for answer in answers for start in answer.faulty}
        self._remember(mark for answer in answers for mark in answer.held)
        return read_answer(found, OutputFacts), tuple(sorted(faulty))

    def _recall(self) -> Path:
        """A file of the marks that the last programme of these sources has left."""
        known = self._job.work / "known.json"
        cache = self._job.cache
        known.write_bytes(b"" if cache is None else cache.recall(self._marks_name()))
        return known

    def _remember(self, marks: Iterable[str]) -> None:
        if self._job.cache is not None:
            held = self._job.work / "held.json"
            write_answer(held, tuple(marks), tuple[str, ...])
            self._job.cache.remember(self._marks_name(), held)

    def _marks_name(self) -> str:
        prints = sorted(source.fingerprint for source in self._plan.footage.values())
        return f"{digest('marks', self._plan.output, prints)}.marks"

    def _own_sound(self) -> CopiedSound | None:
        run = self._plan.sound_choice.copied
        if run is None or run.source is None:
            return None
        fd = self._job.sources[run.source].fd
        return CopiedSound(fd, self._plan.footage[run.source], run.second)

    def _sound_fds(self) -> tuple[int, ...]:
        return () if self._copied_sound is None else (self._copied_sound.fd,)

    def _samples(self) -> int:
        if not self._plan.output.has_sound:
            return 0
        return sample_at(self._plan.program.frames, self._plan.output.rate)

    def _whole_bytes(self, pieces: Sequence[Piece]) -> int:
        """The files of all parts, each as often as it has a part: more than the programme takes."""
        made = {piece.path: piece.most_bytes for piece in pieces}
        pictures = Counter(
            part.path if isinstance(part, MadePart) else part.source for part in self._parts
        )
        sizes = sum(
            count * (self._job.sources[of].size if isinstance(of, int) else made[of])
            for of, count in pictures.items()
        )
        sizes += sum(made[piece.path] for piece in self._made_sound)
        if self._copied_sound is not None:
            sizes += os.fstat(self._copied_sound.fd).st_size
        return sizes

    def _asked(
        self, verb: str, name: str, spec: object, fds: tuple[int, ...], makes_bytes: int = 0
    ) -> tuple[Work, Path]:
        """The work of a child that is told `spec`, and where it leaves its answer."""
        told = self._job.work / f"{name}.spec"
        answer = self._job.work / f"{name}.json"
        write_spec(told, spec)
        command = child(verb, told, answer, fds, reads=(self._job.pieces,), makes_bytes=makes_bytes)
        return Work(name, command, "done"), answer

    def _watch(self, crew: Crew, weights: Mapping[str, float], stage: Stage, whole: float) -> None:
        """See all that the crew does to its end, telling the pace how much of `whole` is done."""
        done = 0.0
        while crew.size:
            ended = crew.wait()
            if ended is not None:
                done += ended.count * weights.get(ended.work.name, 1)
            now = sum(count * weights.get(name, 1) for name, count in crew.counts().items())
            self._pace.within(stage, (done + now) / whole)


def _part(part: Part, made: Sequence[Path]) -> MadePart | CopiedPart:
    """The plan's part with the file it lies in."""
    start, end = part.frames
    span = part.copied
    if span is None:
        return MadePart(start, end - start, made[part.piece], part.offset)
    assert span.source is not None
    assert span.copied is not None
    return CopiedPart(start, end - start, span.source, span.copied.first, span.copied.kind)
