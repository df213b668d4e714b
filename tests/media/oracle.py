"""What an export must show and sound like, straight from the contract's words.

Written from the text of CONTRACT §1 alone and without sight of the planner, in the plainest way:
no spans, no pieces, one exact question per frame. Where planner and oracle differ, one of them has
misread the contract.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from export_service.coded_media import Code, tone

MILLISECOND = Fraction(1, 1000)
#: "A missing part of up to 100 ms at the segment's start or end shows the first or last frame."
HELD = Fraction(100, 1000)
CROSSFADE = Fraction(5, 1000)
SOUND_RATE = 48000

Stereo = NDArray[np.float32]


class LeadFormat(NamedTuple):
    """What decides the lead: codec, size as shown, pixel format, rate."""

    codec: str
    width: int
    height: int
    pix_fmt: str
    rate: Fraction


@dataclass(frozen=True)
class KnownSound:
    """A source's sound: `tone(camera)` at source second 0 has run for `origin` seconds."""

    camera: int
    starts: Fraction
    ends: Fraction
    origin: Fraction = Fraction(0)
    #: What each of the two channels is mixed from: (channel of the tone, gain).
    left: tuple[tuple[int, float], ...] = ((0, 1.0),)
    right: tuple[tuple[int, float], ...] = ((1, 1.0),)

    def at(self, start: Fraction, count: int) -> Stereo:
        """`count` samples at 48 kHz from source second `start` on, silence where there is none."""
        first = _round((start + self.origin) * SOUND_RATE)
        channels = sorted({number for number, _ in self.left + self.right})
        heard = {n: tone(self.camera, first, count, SOUND_RATE, n) for n in channels}
        mixed = np.zeros((count, 2), dtype=np.float32)
        for column, mix in enumerate((self.left, self.right)):
            for number, gain in mix:
                mixed[:, column] += np.float32(gain) * heard[number]
        begin = _round((self.starts - start) * SOUND_RATE)
        end = _round((self.ends - start) * SOUND_RATE)
        mixed[: max(0, min(begin, count))] = 0
        mixed[max(0, min(end, count)) :] = 0
        return mixed


@dataclass(frozen=True)
class Known:
    """What is known of a source because we made it; times are source seconds."""

    camera: int
    #: Start and number of each frame that exists, in order.
    frames: tuple[tuple[Fraction, int], ...]
    #: How long the last frame is shown.
    last_seconds: Fraction
    lead: LeadFormat
    sound: KnownSound | None

    @cached_property
    def starts(self) -> tuple[Fraction, ...]:
        return tuple(at for at, _ in self.frames)

    @property
    def ends(self) -> Fraction:
        return self.frames[-1][0] + self.last_seconds


class Part(NamedTuple):
    """A segment on the programme's grid: frames `start` up to but not including `end`."""

    segment: int
    source: int
    start: int
    end: int
    anchor: Fraction
    has_sound: bool


@dataclass(frozen=True)
class Expected:
    """The programme that a config asks for."""

    rate: Fraction
    width: int
    height: int
    #: Per frame what it shows; None is black.
    frames: tuple[Code | None, ...]
    parts: tuple[Part, ...]
    skipped: tuple[int, ...]
    #: Segments with a black part.
    filled: tuple[int, ...]
    include_audio: bool
    known: tuple[Known, ...]

    @property
    def samples(self) -> int:
        return _round(len(self.frames) / self.rate * SOUND_RATE)

    def sound(self, lags: Mapping[int, int] = MappingProxyType({})) -> Stereo:
        """The whole sound track: each part's own sound, crossfaded at the cuts.

        `lags` by segment: as it would be if that segment's sound were so many samples late.
        """
        track = np.zeros((self.samples, 2), dtype=np.float32)
        half = _round(CROSSFADE / 2 * SOUND_RATE)
        for position, part in enumerate(self.parts):
            first = position == 0
            last = position == len(self.parts) - 1
            starts = _round(part.start / self.rate * SOUND_RATE) - (0 if first else half)
            ends = _round(part.end / self.rate * SOUND_RATE) + (0 if last else half)
            ends = min(ends, self.samples)
            heard = self._heard(part, starts - lags.get(part.segment, 0), ends - starts)
            ramp = ((np.arange(2 * half) + 0.5) / (2 * half)).astype(np.float32)[:, None]
            if not first:
                heard[: 2 * half] *= ramp[: len(heard)]
            if not last:
                heard[-2 * half :] *= ramp[::-1][-len(heard) :]
            track[starts:ends] += heard
        return track

    def _heard(self, part: Part, start: int, count: int) -> Stereo:
        sound = self.known[part.source].sound
        if sound is None or not part.has_sound:
            return np.zeros((count, 2), dtype=np.float32)
        at = part.anchor + Fraction(start, SOUND_RATE) - part.start / self.rate
        return sound.at(at, count)


def exact(number: float) -> Fraction:
    """The shortest decimal of a JSON number, taken exactly."""
    return Fraction(repr(number))


def _round(x: Fraction) -> int:
    return floor(x + Fraction(1, 2))


def expect(config: Mapping[str, Any], known: Sequence[Known]) -> Expected:
    """The programme for a config, given what is known of its sources, in their order."""
    segments = config["segments"]
    output = config["output"]
    lead = lead_format(segments, known)
    rate = output_rate(output.get("fps"), lead.rate, output.get("codec", "copy"))
    frames: list[Code | None] = []
    parts: list[Part] = []
    skipped: list[int] = []
    filled: list[int] = []
    position = Fraction(0)
    for index, segment in enumerate(segments):
        source = known[segment["sourceIndex"]]
        start, end = exact(segment["startTime"]), exact(segment["endTime"])
        first = _round(position * rate)
        position += end - start
        past = _round(position * rate)
        if past == first:
            skipped.append(index)
            continue
        anchor = find_anchor(source, start)
        shown = [shown_at(source, anchor + n / rate) for n in range(past - first)]
        codes = hold_short_gaps(shown, source, rate)
        if None in codes:
            filled.append(index)
        frames += codes
        has_sound = segment.get("audioFromSource", True)
        parts.append(Part(index, segment["sourceIndex"], first, past, anchor, has_sound))
    copy = output.get("codec", "copy") == "copy"
    width = lead.width if copy else output.get("width") or lead.width
    height = lead.height if copy else output.get("height") or lead.height
    return Expected(
        rate=rate,
        width=width - width % 2,
        height=height - height % 2,
        frames=tuple(frames),
        parts=tuple(parts),
        skipped=tuple(skipped),
        filled=tuple(filled),
        include_audio=output.get("includeAudio", True),
        known=tuple(known),
    )


def lead_format(segments: Sequence[Mapping[str, Any]], known: Sequence[Known]) -> LeadFormat:
    """The format that most of the programme's time has; a tie goes to the first."""
    seconds: dict[LeadFormat, Fraction] = {}
    for segment in segments:
        form = known[segment["sourceIndex"]].lead
        length = exact(segment["endTime"]) - exact(segment["startTime"])
        seconds[form] = seconds.get(form, Fraction(0)) + length
    most = max(seconds.values())
    return next(form for form, length in seconds.items() if length == most)


NTSC = {23.976: 24, 23.98: 24, 29.97: 30, 59.94: 60}


def output_rate(asked: float | None, lead: Fraction, codec: str) -> Fraction:
    """The programme's rate: what is asked for, read as people name rates."""
    if asked is None or codec == "copy":
        return lead
    if asked in NTSC:
        return Fraction(NTSC[asked] * 1000, 1001)
    wanted = exact(asked)
    if wanted.denominator == 1 and wanted == _round(lead):
        return lead
    return wanted


def _grid_before(source: Known, time: Fraction) -> Fraction:
    """The start of the thought frame before the first one that holds `time`."""
    first, rate = source.frames[0][0], source.lead.rate
    steps = floor((time - first) * rate)
    if first + (steps + 1) / rate - time < MILLISECOND:
        steps += 1
    return first + steps / rate


def _grid_after(source: Known, time: Fraction) -> Fraction:
    """The start of the thought frame after the last one that holds `time`."""
    rate = source.lead.rate
    steps = floor((time - source.ends) * rate)
    if source.ends + (steps + 1) / rate - time < MILLISECOND:
        steps += 1
    return source.ends + max(0, steps) / rate


def _frame_at(source: Known, time: Fraction) -> int:
    """Which frame is shown at `time`: -1 before the first, the number of frames after the last."""
    starts = source.starts
    number = bisect_right(starts, time) - 1
    if number + 1 < len(starts):
        return number + 1 if starts[number + 1] - time < MILLISECOND else number
    return len(starts) if source.ends - time < MILLISECOND else number


def find_anchor(source: Known, start: Fraction) -> Fraction:
    """The start of the source frame whose display interval holds `start`."""
    number = _frame_at(source, start)
    if number < 0:
        return _grid_before(source, start)
    if number == len(source.frames):
        return _grid_after(source, start)
    return source.frames[number][0]


class Missing(NamedTuple):
    """Nothing to show: the source has not begun, or is over."""

    is_before: bool


def shown_at(source: Known, time: Fraction) -> Code | Missing:
    """What the source shows at `time`."""
    number = _frame_at(source, time)
    if number < 0:
        return Missing(is_before=True)
    if number == len(source.frames):
        return Missing(is_before=False)
    return Code(source.camera, source.frames[number][1])


def hold_short_gaps(
    shown: Sequence[Code | Missing], source: Known, rate: Fraction
) -> list[Code | None]:
    """The short missing parts filled with the first and the last frame, the long ones black."""
    before = [n for n, what in enumerate(shown) if isinstance(what, Missing) and what.is_before]
    after = [n for n, what in enumerate(shown) if isinstance(what, Missing) and not what.is_before]
    codes: list[Code | None] = [None if isinstance(w, Missing) else w for w in shown]
    for places, number in ((before, source.frames[0][1]), (after, source.frames[-1][1])):
        if len(places) / rate <= HELD:
            for n in places:
                codes[n] = Code(source.camera, number)
    return codes


def constant_frames(
    count: int,
    rate: Fraction,
    *,
    starts: Fraction = Fraction(0),
    first_number: int = 0,
    without: Callable[[int], bool] = lambda _: False,
) -> tuple[tuple[Fraction, int], ...]:
    """The frames of a constant-rate source, some of them perhaps missing."""
    every = range(count)
    return tuple((starts + n / rate, first_number + n) for n in every if not without(n))
