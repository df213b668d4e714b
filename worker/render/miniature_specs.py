"""What the children are told that make miniatures, beside those of programmes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from worker.plan.footage import Footage


@dataclass(frozen=True)
class StillSpec:
    """Pictures of a source at `seconds`, side by side in rows of `columns`, as one JPEG at `path`.

    `width` and `height` are one picture's, in pixels, even. Of many pictures each is the nearest
    that can be had without decoding others (`is_rough`).
    """

    fd: int
    footage: Footage
    seconds: tuple[Fraction, ...]
    width: int
    height: int
    columns: int
    path: Path
    is_rough: bool


@dataclass(frozen=True)
class PeaksSpec:
    """The peaks of a source's sound over `seconds` from its beginning, into a file at `path`."""

    fd: int
    footage: Footage
    seconds: Fraction
    path: Path


@dataclass(frozen=True)
class HearingSpec:
    """A source's sound over `seconds` from its beginning as it is compared, into `path`."""

    fd: int
    footage: Footage
    seconds: Fraction
    path: Path


@dataclass(frozen=True)
class AlignSpec:
    """Sounds to compare: each of `others` with `reference`, at most so many seconds apart."""

    reference: Path
    others: tuple[Path, ...]
    most_offset_seconds: float
