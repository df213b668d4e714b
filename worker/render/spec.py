"""What a child process is told, as files of JSON in the job's work folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from worker.plan.chapters import Chapter
from worker.plan.footage import Footage
from worker.plan.gops import CutWindow, SampleKind
from worker.plan.output import OutputFormat
from worker.plan.program import Span
from worker.plan.smart import Wanted
from worker.plan.sound import SoundRun

Spec = TypeVar("Spec")


@dataclass(frozen=True)
class ProbeSpec:
    """Sources to look at: (index, descriptor, name, fingerprint)."""

    sources: tuple[tuple[int, int, str, str], ...]
    scan: tuple[int, ...] = ()


@dataclass(frozen=True)
class IndexSpec:
    """Source ranges that a plan would like to copy; None where there is nothing to look for."""

    fds: dict[int, int]
    footage: dict[int, Footage]
    wanted: tuple[Wanted | None, ...]


@dataclass(frozen=True)
class IndexAnswer:
    """`windows[i]` is what lies near the cuts of `wanted[i]`; `reasons` tell why nothing of a
    source can be copied, for sources of which that is so. `off_grid` are those among them whose
    pictures are not where the probe said: a probe that scans them may find them copyable.
    """

    windows: tuple[CutWindow | None, ...]
    reasons: dict[int, str]
    off_grid: tuple[int, ...] = ()


@dataclass(frozen=True)
class PictureSpec:
    """Frames to hand to an encoder as raw pictures on standard output.

    `footage` is the file that tells of the sources, the same for all pieces.
    """

    fds: dict[int, int]
    footage: Path
    output: OutputFormat
    spans: tuple[Span, ...]
    threads: int


@dataclass(frozen=True)
class SoundSpec:
    """Sound to hand to an encoder as 32-bit float stereo on standard output.

    Samples [0, samples) of what the runs make, which may begin earlier and end later.
    """

    fds: dict[int, int]
    footage: Path
    runs: tuple[SoundRun, ...]
    samples: int


@dataclass(frozen=True)
class MadePart:
    """Programme frames from `start` on: `frames` of the piece at `path`, from its `offset` on."""

    start: int
    frames: int
    path: Path
    offset: int


@dataclass(frozen=True)
class CopiedPart:
    """Programme frames from `start` on: a run of a source's own pictures, as the plan names it."""

    start: int
    frames: int
    source: int
    first: int
    kind: SampleKind


@dataclass(frozen=True)
class MadeSound:
    """A piece of sound at `path`, whose sample 0 is programme sample `start`.

    The first `skipped` packets are not wanted, and of the rest `packets`; None: all.
    """

    path: Path
    start: int
    skipped: int
    packets: int | None


@dataclass(frozen=True)
class CopiedSound:
    """Sound that is a source's own: programme sample 0 is heard at its second `second`."""

    fd: int
    footage: Footage
    second: Fraction


@dataclass(frozen=True)
class AssembleSpec:
    """The parts in programme order, the sound, and the file they become."""

    parts: tuple[MadePart | CopiedPart, ...]
    fds: dict[int, int]
    footage: dict[int, Footage]
    frames: int
    sound: tuple[MadeSound, ...] | CopiedSound
    samples: int
    output: OutputFormat
    path: Path
    title: str
    created_at: str
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True)
class AssembleAnswer:
    """Why a source's pictures, or its sound, cannot be copied after all; mostly nothing."""

    refused: dict[int, str] = field(default_factory=dict)
    sound_refused: str = ""


@dataclass(frozen=True)
class VerifySpec:
    """A file and what it must hold; at samples `sound_joins` packets of two encoders meet."""

    path: Path
    output: OutputFormat
    frames: int
    samples: int
    sound: CopiedSound | None = None
    sound_joins: tuple[int, ...] = ()


@dataclass(frozen=True)
class ProofSpec:
    """A file, the parts it was put together from, and which share of them is to be looked at.

    `programme` describes the file as a source; `share` is (number, of how many); `known` is a file
    of marks of what was seen to hold before.
    """

    path: Path
    programme: Footage
    parts: tuple[MadePart | CopiedPart, ...]
    fds: dict[int, int]
    footage: dict[int, Footage]
    share: tuple[int, int]
    known: Path | None = None


@dataclass(frozen=True)
class ProofAnswer:
    """The parts that do not hold, by the frame they start at, and the marks of what does."""

    faulty: tuple[int, ...]
    held: tuple[str, ...]


@dataclass(frozen=True)
class PictureFacts:
    """What a feeder delivered: frames handed over, and what it could not decode.

    `stand_ins` counts, by source, frames that another had to stand in for; `lost` those that
    became black; `broken_packets` what the decoder refused; `flawed` frames shown as a decoder
    made them out of damaged pictures.
    """

    frames: int
    stand_ins: dict[int, int]
    lost: dict[int, int]
    broken_packets: dict[int, int]
    flawed: dict[int, int] = field(default_factory=dict)
    off_grid: int | None = None


@dataclass(frozen=True)
class OutputFacts:
    """What was found in the finished file; `sound_fault` tells what is wrong with copied sound."""

    frames: int
    samples: int
    bytes: int
    seconds: float
    picture_codec: str
    sound_codec: str
    sha256: str
    sound_fault: str = ""


#: Building one takes longer than most of what it is then used for.
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def prepare_specs() -> None:
    """Build all that children need to read their specs and write their answers."""
    for kind in (*_SPECS, *_ANSWERS):
        _adapter(kind)


def write_spec(path: Path, spec: object) -> None:
    """Write `spec` for a child to read."""
    path.write_bytes(_adapter(type(spec)).dump_json(spec))


def read_spec(path: Path, kind: type[Spec]) -> Spec:
    """Read back what `write_spec` wrote."""
    found: Spec = _adapter(kind).validate_json(path.read_bytes())
    return found


def write_answer(path: Path | None, answer: object, kind: Any) -> None:
    """Write what a child found, for its worker to read."""
    assert path is not None
    path.write_bytes(_adapter(kind).dump_json(answer))


def read_answer(path: Path, kind: type[Spec]) -> Spec:
    """Read what a child found."""
    return read_spec(path, kind)


_SPECS = (ProbeSpec, IndexSpec, PictureSpec, SoundSpec, AssembleSpec, VerifySpec, ProofSpec)
_ANSWERS = (
    *(dict[int, Footage], IndexAnswer, PictureFacts, int, AssembleAnswer, OutputFacts),
    *(ProofAnswer, tuple[str, ...]),
)
