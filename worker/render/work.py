"""The job's work folder: finished pieces by content hash, and the work that makes missing ones."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from config_schema.errors import VerificationFailed
from worker.ffmpeg.commands import encode_picture, encode_sound
from worker.ffmpeg.run import Done, EngineSettings, Work
from worker.ffmpeg.sandbox.walls import ANSWER_BYTES, Cell
from worker.ffmpeg.start import Command
from worker.jobs import disk
from worker.plan.footage import Footage
from worker.plan.pieces import PicturePiece
from worker.plan.plan import Plan
from worker.plan.sound import SAMPLE_RATE
from worker.plan.sound_pieces import SoundPiece
from worker.render.spec import (
    PictureFacts,
    PictureSpec,
    SoundSpec,
    read_answer,
    write_answer,
    write_spec,
)

#: Part of every piece's name: raise it when the same plan would give other pixels or samples.
RECIPE_VERSION = 4


#: Of so many cores one decodes while the others encode: several threads decode quicker but cost a
#: third more, and an encoder takes five times as long for a frame.
DECODER_SHARE = 4


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pieces_at_once(plan: Plan) -> int:
    """How many pieces of picture are made side by side on this machine.

    An encoder at work uses every core. Bridges are different: before each its feeder decodes a
    group of pictures while the encoder waits, so one batch to a core keeps them all busy.
    """
    return available_cores() if plan.output.is_smart else 1


#: More than a pixel or a sample of two channels takes before it is encoded, and than a container
#: adds.
RAW_PIXEL_BYTES = 8
RAW_SAMPLE_BYTES = 8
CONTAINER_BYTES = 1 << 24


#: What children run, and what their nursery loads.
CHILD = "worker.render.child"


def child(
    verb: str,
    spec: Path,
    answer: Path,
    fds: tuple[int, ...] = (),
    *,
    reads: tuple[Path, ...] = (),
    makes_bytes: int = 0,
) -> Command:
    """The command that runs one of our own children.

    It has the folder of its spec for itself and may read `reads` beside it; a film that it makes
    has at most `makes_bytes`.
    """
    argv = (sys.executable, "-I", "-m", CHILD, verb, str(spec), str(answer))
    return Command(argv, fds, Cell(reads, (spec.parent,), max(ANSWER_BYTES, makes_bytes)))


@dataclass(frozen=True)
class Piece:
    """A file to be made: its final path, the work that makes it, and how much work that is.

    Both the file and what its feeder finds are made in the folder of the one who makes it, under
    `part` and `found_path`, and get their names when they are whole.

    `size` counts in the work's progress key: frames, or microseconds of sound. `cost` is about
    the seconds of one core it takes, only ever compared with other costs.
    """

    name: str
    path: Path
    part: Path
    work: Work
    size: float
    cost: float
    frames: int = 0
    samples: int = 0

    @property
    def key(self) -> str:
        """What the piece is called by whoever makes it: the same content, the same key."""
        return self.path.stem

    @property
    def most_bytes(self) -> int:
        """How large the file is, or is at most while it is not there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return self.work.command.cell.file_bytes

    @property
    def is_finished(self) -> bool:
        """Whether the file is there, whole: it gets its name last."""
        return self.path.exists()

    def share(self, count: float) -> float:
        """How much of it is made by this count, from 0 to 1."""
        return min(1.0, count / self.size) if self.size else 0.0

    @property
    def facts_path(self) -> Path:
        """Where the feeder's findings lie."""
        return self.path.with_suffix(".json")

    @property
    def found_path(self) -> Path:
        """Where they lie until the piece is finished."""
        return self.part.parent / self.facts_path.name

    def finish(self, done: Done) -> None:
        """Check what was made and give it its name; raises VerificationFailed."""
        if self.frames:
            made = round(done.count)
            fed = self.found().frames
            if made != self.frames or fed != self.frames:
                raise VerificationFailed(
                    detail=f"{self.name}: {fed} frames fed, {made} encoded, {self.frames} planned"
                )
        elif read_answer(self.found_path, int) != self.samples:
            raise VerificationFailed(detail=f"{self.name}: not the {self.samples} samples planned")
        _sync(self.found_path)
        _sync(self.part)
        self.found_path.rename(self.facts_path)
        disk.place(self.part, self.path)
        _sync(self.path.parent)

    def found(self) -> PictureFacts:
        """What the feeder found in the sources, before the piece is finished."""
        return read_answer(self.found_path, PictureFacts)

    def facts(self) -> PictureFacts:
        """What the feeder found in the sources."""
        return read_answer(self.facts_path, PictureFacts)


class WorkFolder:
    """The pieces of a plan: `root` is for what one render needs alone, `pieces` keeps what is
    finished, for the next attempt and for whoever helps.
    """

    def __init__(
        self,
        root: Path,
        pieces: Path,
        plan: Plan,
        engine: EngineSettings,
        fds: dict[int, int],
    ) -> None:
        self.root = root
        self._plan = plan
        self._engine = engine
        self._fds = fds
        self._encoder = _identity(engine.ffmpeg)
        self.pieces_root = pieces
        # Once for all pieces: of a source of a variable rate the plan knows every frame's time.
        self._footage = root / "footage.json"
        write_answer(self._footage, plan.footage, dict[int, Footage])
        self._looks = {
            index: digest(source.fingerprint, source.picture)
            for index, source in plan.footage.items()
        }

    def all(self) -> list[Piece]:
        """The pieces of the plan, the sound in front: it is done beside the first pictures, on
        what they leave of the cores.
        """
        sounds = [self.sound(piece) for piece in self._plan.sound_pieces]
        return sounds + [self.picture(piece) for piece in self._plan.pieces]

    def picture(self, piece: PicturePiece) -> Piece:
        """The work of one piece of picture."""
        plan = self._plan
        sources = sorted({span.source for span in piece.spans if span.source is not None})
        alone = pieces_at_once(plan) == 1
        spec = PictureSpec(
            {index: self._fds[index] for index in sources},
            self._footage,
            plan.output,
            piece.spans,
            threads=max(1, available_cores() // DECODER_SHARE) if alone else 1,
        )
        # A piece is the same wherever in the programme it stands.
        relative = [
            (span.source, span.frames.start - span.base, span.count, span.anchor)
            for span in piece.spans
        ]
        preset = self._engine.presets.get(plan.output.encoder.codec)
        key = digest(
            "picture",
            self._encoder,
            preset,
            plan.output,
            {index: self._looks[index] for index in sources},
            relative,
            piece.bridge_starts,
        )
        path = self.pieces_root / f"{key}{plan.output.encoder.piece_suffix}"
        spec_path = self._spec(key, spec)
        frames = piece.count
        pixels = plan.output.width * plan.output.height
        part = self.root / f"{path.name}.part"
        work = Work(
            f"picture {piece.index}",
            Command(
                encode_picture(
                    self._engine.ffmpeg,
                    plan.output,
                    str(part),
                    threads=self._engine.threads if alone else 1,
                    preset=preset,
                    key_frames=piece.bridge_starts[1:],
                    key_frame_seconds=self._engine.key_frame_seconds,
                ),
                cell=self._cell(frames * pixels * RAW_PIXEL_BYTES),
            ),
            "frame",
            child("pictures", spec_path, self.root / f"{key}.json", _values(spec.fds)),
        )
        made = Piece(work.name, path, part, work, frames, frames * pixels / 5e7, frames=frames)
        return _known(made, PictureFacts)

    def sound(self, piece: SoundPiece) -> Piece:
        """The work of one piece of sound, the same wherever in the programme it stands."""
        plan = self._plan
        sources = sorted({run.source for run in piece.runs if run.source is not None})
        footage = {index: plan.footage[index] for index in sources}
        fds = {index: self._fds[index] for index in sources}
        spec = SoundSpec(fds, self._footage, piece.runs, piece.samples)
        prints = {index: source.fingerprint for index, source in footage.items()}
        facts = {index: source.sound for index, source in footage.items()}
        codec = plan.output.sound_codec
        key = digest("sound", self._encoder, codec, prints, facts, piece.runs, piece.samples)
        path = self.pieces_root / f"{key}.m4a"
        part = self.root / f"{path.name}.part"
        seconds = piece.samples / SAMPLE_RATE
        work = Work(
            f"sound {piece.index}",
            Command(
                encode_sound(self._engine.ffmpeg, plan.output, str(part)),
                cell=self._cell(piece.samples * RAW_SAMPLE_BYTES),
            ),
            "out_time_us",
            child("sound", self._spec(key, spec), self.root / f"{key}.json", _values(spec.fds)),
        )
        made = Piece(
            work.name, path, part, work, seconds * 1e6, seconds / 60, samples=piece.samples
        )
        return _known(made, int)

    def _cell(self, raw_bytes: int) -> Cell:
        """An encoder's: what it makes of so much is not more."""
        return Cell(writes=(self.root,), file_bytes=raw_bytes + CONTAINER_BYTES)

    def _spec(self, key: str, spec: object) -> Path:
        path = self.root / f"{key}.spec"
        write_spec(path, spec)
        return path


def _known(piece: Piece, findings: type[PictureFacts | int]) -> Piece:
    """The piece; one whose findings a crash of the machine has taken is made again."""
    if piece.is_finished:
        try:
            read_answer(piece.facts_path, findings)
        except (OSError, ValueError):
            piece.path.unlink()
    return piece


def _identity(ffmpeg: str) -> tuple[str, int]:
    """What tells one build of the encoder from another, on whichever host it lies."""
    path = Path(ffmpeg)
    try:
        return path.name, path.stat().st_size
    except OSError:
        return path.name, 0


def _values(fds: dict[int, int]) -> tuple[int, ...]:
    return tuple(fds.values())


def digest(*parts: object) -> str:
    """A name that is the same exactly when all that decides the content is the same."""
    text = TypeAdapter(tuple[object, ...]).dump_json((RECIPE_VERSION, *parts))
    return hashlib.sha256(text).hexdigest()[:32]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
