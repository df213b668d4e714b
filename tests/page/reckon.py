"""What a programme has to show by what the page's list of switches says: reckoned here alone.

Nothing of the page's own arithmetic, of export configs or of the planner is used: timecodes, the
cameras' offsets, and what is known of their files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from export_service.coded_media import Code

MILLISECOND = Fraction(1, 1000)
#: A file that is shorter than it should be by this much shows its first or last frame.
HELD = Fraction(1, 10)


@dataclass(frozen=True)
class Shown:
    """A line of the list: from this timecode on this camera is on."""

    timecode: str
    camera: str


@dataclass(frozen=True)
class Placed:
    """A camera, the seconds of its file at which the programme begins, and how long it is."""

    number: int
    offset: Fraction
    frames: int


def frame_of(timecode: str, rate: Fraction) -> int:
    """The frame that a timecode means, at a whole rate.

    >>> frame_of("00:01:02:03", Fraction(30))
    1863
    """
    found = re.fullmatch(r"(\d+):(\d\d):(\d\d):(\d\d)", timecode)
    assert found, timecode
    assert rate.denominator == 1
    hours, minutes, seconds, frames = map(int, found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * rate.numerator + frames


def programme(
    lines: Sequence[Shown], placed: dict[str, Placed], frames: int, rate: Fraction
) -> list[Code | None]:
    """What each frame shows; None is black."""
    starts = [frame_of(line.timecode, rate) for line in lines]
    assert starts[0] == 0
    assert starts == sorted(set(starts)), starts
    shown: list[Code | None] = []
    for (start, line), (end, _) in pairwise([*zip(starts, lines, strict=True), (frames, lines[0])]):
        camera = placed[line.camera]
        numbers = [_at(Fraction(n) / rate + camera.offset, rate) for n in range(start, end)]
        before = sum(number < 0 for number in numbers)
        after = sum(number >= camera.frames for number in numbers)
        for number in numbers:
            there = min(max(number, 0), camera.frames - 1)
            missing = before if number < 0 else after
            is_held = number == there or missing / rate <= HELD
            shown.append(Code(camera.number, there) if is_held else None)
    return shown


def _at(time: Fraction, rate: Fraction) -> int:
    """The frame on screen at a time; less than a millisecond before a frame it is that frame."""
    number = floor(time * rate)
    return number + 1 if (number + 1) / rate - time < MILLISECOND else number
