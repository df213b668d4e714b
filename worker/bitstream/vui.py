"""The first part of the usability information, which H.264 and HEVC write alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from worker.bitstream.bits import BitReader

_EXPLICIT_SAR = 255
_SARS = (
    (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11),
    (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
)  # fmt: skip


@dataclass(frozen=True)
class Colour:
    """How the numbers of a picture mean light; 2 is "unspecified" throughout."""

    primaries: int = 2
    transfer: int = 2
    matrix: int = 2
    full_range: bool = False


@dataclass(frozen=True)
class Look:
    """The shape of the pixels, None where it is not said, and their colour."""

    sar: Fraction | None = None
    colour: Colour = Colour()


def read_look(reader: BitReader) -> Look:
    """The aspect ratio and colour at the beginning of the usability information."""
    sar = _read_sar(reader) if reader.flag() else None
    if reader.flag():
        reader.flag()  # overscan_appropriate
    colour = Colour()
    if reader.flag():
        reader.u(3)  # video_format
        full_range = reader.flag()
        described = reader.flag()
        colour = replace(colour, full_range=full_range)
        if described:
            primaries, transfer, matrix = reader.u(8), reader.u(8), reader.u(8)
            colour = Colour(primaries, transfer, matrix, full_range)
    if reader.flag():
        reader.ue()  # where chroma samples lie, top field
        reader.ue()  # and bottom field
    return Look(sar, colour)


def _read_sar(reader: BitReader) -> Fraction | None:
    code = reader.u(8)
    if code == _EXPLICIT_SAR:
        width, height = reader.u(16), reader.u(16)
        return Fraction(width, height) if width and height else None
    return Fraction(*_SARS[code - 1]) if 1 <= code <= len(_SARS) else None
