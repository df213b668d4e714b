"""What both codecs need to write headers by hand, and bits as text."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from worker.bitstream.bits import BitWriter
from worker.bitstream.vui import Colour

#: Other work on the machine is no fault of a parser.
calm = settings(deadline=None)
Draw = Callable[[st.SearchStrategy[Any]], Any]
BYTE = st.integers(0, 255)
U32 = st.integers(0, 2**32 - 1)
UE = st.integers(0, 2**32 - 2)
SE = st.integers(-(2**31) + 1, 2**31 - 1)
FLAG = st.booleans()


def bits_of(data: bytes) -> str:
    return "".join(f"{byte:08b}" for byte in data)


def bytes_of(bits: str) -> bytes:
    return int("1" + bits, 2).to_bytes(len(bits) // 8 + 1, "big")[1:]


def ue_bits(value: int) -> str:
    code = f"{value + 1:b}"
    return "0" * (len(code) - 1) + code


def write_look(draw: Draw, writer: BitWriter) -> tuple[Fraction | None, Colour]:
    sar, colour = None, Colour()
    said = draw(FLAG)
    writer.flag(said)
    if said:
        code = draw(st.sampled_from((0, 1, 2, 14, 16, 17, 254, 255)))
        writer.u(code, 8)
        sar = {1: Fraction(1), 2: Fraction(12, 11), 14: Fraction(4, 3), 16: Fraction(2)}.get(code)
        if code == 255:
            width, height = draw(st.integers(0, 99)), draw(st.integers(0, 99))
            writer.u(width, 16)
            writer.u(height, 16)
            sar = Fraction(width, height) if width and height else None
    writer.flag(overscan := draw(FLAG))
    if overscan:
        writer.flag(True)
    writer.flag(signal := draw(FLAG))
    if signal:
        full, described = draw(FLAG), draw(FLAG)
        writer.u(5, 3)
        writer.flag(full)
        writer.flag(described)
        codes = [draw(BYTE) for _ in range(3)] if described else [2, 2, 2]
        for code in codes if described else ():
            writer.u(code, 8)
        colour = Colour(codes[0], codes[1], codes[2], full)
    writer.flag(located := draw(FLAG))
    if located:
        writer.ue(1)
        writer.ue(5)
    return sar, colour


def write_crop(
    draw: Draw, writer: BitWriter, width: int, height: int, steps: tuple[int, int]
) -> tuple[int, int]:
    """Cut a few pixels off, or none; the size that is left."""
    writer.flag(cropped := draw(FLAG))
    if not cropped:
        return width, height
    sides = [draw(st.integers(0, 7)) for _ in range(4)]
    for side in sides:
        writer.ue(side)
    return width - steps[0] * sum(sides[:2]), height - steps[1] * sum(sides[2:])


def chroma_steps(chroma: int, *, separate: bool) -> tuple[int, int]:
    """How many pixels one step of cropping is, across and down."""
    return (1, 1) if separate else {0: (1, 1), 1: (2, 2), 2: (2, 1), 3: (1, 1)}[chroma]
