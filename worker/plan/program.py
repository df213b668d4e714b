"""The programme on its frame grid: which source frame every programme frame shows.

This is the contract's frame rule. Positions are exact sums, so errors never add up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from config_schema.timebase import FrameRange, exact, round_half_up
from worker.plan.footage import Footage
from worker.plan.gops import CopyRun
from worker.plan.times import TOLERANCE, FrameTimes

if TYPE_CHECKING:
    from config_schema.config import ExportConfig

#: Containers and editors round: up to this much is missing at a segment's edge without a word,
#: and the source's first or last frame stands in for it. More is black.
STAND_IN = Fraction(1, 10)


@dataclass(frozen=True)
class Span:
    """Programme frames that one source shows, or black where `source` is None.

    Programme frame n shows the source frame on screen at `anchor + (n - base) / rate`, where
    `base` is the programme frame its segment starts at. Where `copied` is given, the frames are the
    source's own coded pictures; else they are converted, for `reason`.
    """

    segment: int
    source: int | None
    frames: FrameRange
    base: int
    anchor: Fraction
    copied: CopyRun | None = None
    reason: str = ""

    @property
    def count(self) -> int:
        """How many programme frames the span fills."""
        return self.frames.end - self.frames.start

    def source_second(self, frame: int, rate: Fraction) -> Fraction:
        """The source second that programme frame `frame` shows."""
        return self.anchor + (frame - self.base) / rate


@dataclass(frozen=True)
class PlannedSegment:
    """A segment of the config on the grid. `frames` may be empty: then it is skipped."""

    index: int
    source: int
    frames: FrameRange
    anchor: Fraction
    has_sound: bool
    black_before: int = 0
    black_after: int = 0


@dataclass(frozen=True)
class Program:
    """The whole programme: its rate, its segments in order, and the spans that fill its frames."""

    rate: Fraction
    frames: int
    segments: tuple[PlannedSegment, ...]
    spans: tuple[Span, ...]

    @property
    def seconds(self) -> Fraction:
        """The programme's length."""
        return self.frames / self.rate


def build_program(
    config: ExportConfig, footage: Mapping[int, Footage], rate: Fraction
) -> tuple[Program, tuple[str, ...]]:
    """The programme at `rate` and the warnings about what is missing, in words for a person."""
    segments: list[PlannedSegment] = []
    spans: list[Span] = []
    warnings: list[str] = []
    skipped: list[int] = []
    position = Fraction(0)
    start_frame = 0
    for index, segment in enumerate(config.segments):
        start = exact(segment.start_time)
        position += exact(segment.end_time) - start
        end_frame = round_half_up(position * rate)
        source = footage[segment.source_index]
        times = source.picture.times
        anchor = times.start_of(times.index_at(start))
        frames = FrameRange(start_frame, end_frame)
        if frames.start == frames.end:
            skipped.append(index)
        before, after = _missing(times, anchor, end_frame - start_frame, rate)
        planned = PlannedSegment(
            index,
            segment.source_index,
            frames,
            anchor,
            segment.audio_from_source,
            before,
            after,
        )
        segments.append(planned)
        spans += _spans(planned)
        warnings += _warn_missing(planned, source, rate)
        start_frame = end_frame
    if skipped:
        warnings.append(_warn_skipped(skipped))
    return Program(rate, start_frame, tuple(segments), tuple(spans)), tuple(warnings)


def _missing(times: FrameTimes, anchor: Fraction, frames: int, rate: Fraction) -> tuple[int, int]:
    """How many frames at the segment's start and end are black for want of a source frame."""
    # Frame n has a source frame from the first n with anchor + n/rate + 1 ms > start on, and up to
    # the last n for which the same sum is not yet past the source's end.
    first = math.floor((times.start_of(0) - TOLERANCE - anchor) * rate) + 1
    past = math.floor((times.end - TOLERANCE - anchor) * rate) + 1
    before = min(max(first, 0), frames)
    after = min(max(frames - past, 0), frames)
    return (
        before if before / rate > STAND_IN else 0,
        after if after / rate > STAND_IN else 0,
    )


def _spans(segment: PlannedSegment) -> list[Span]:
    """Black, picture, black: those of the three that have frames."""
    start, end = segment.frames
    shown = FrameRange(start + segment.black_before, end - segment.black_after)
    parts = [
        (None, FrameRange(start, shown.start)),
        (segment.source, shown),
        (None, FrameRange(shown.end, end)),
    ]
    return [
        Span(segment.index, source, frames, start, segment.anchor)
        for source, frames in parts
        if frames.start < frames.end
    ]


def _warn_missing(segment: PlannedSegment, source: Footage, rate: Fraction) -> list[str]:
    """What a podcaster should know about the black in this segment."""
    warnings = []
    place = f"segment {segment.index + 1}"
    times = source.picture.times
    if segment.black_before:
        seconds = _seconds(segment.black_before / rate)
        needs = clock(segment.anchor)
        warnings.append(
            f"{source.name} starts at {clock(times.start_of(0))}, {place} needs {needs}: "
            f"{seconds} of black at its start."
        )
    if segment.black_after:
        frames = segment.frames.end - segment.frames.start
        needs = clock(segment.anchor + frames / rate)
        warnings.append(
            f"{source.name} ends at {clock(times.end)}, {place} needs {needs}: "
            f"{_seconds(segment.black_after / rate)} of black at its end."
        )
    return warnings


def _warn_skipped(skipped: list[int]) -> str:
    names = ", ".join(str(index + 1) for index in skipped[:20])
    more = f" and {len(skipped) - 20} more" if len(skipped) > 20 else ""
    if len(skipped) == 1:
        return f"Segment {names} is shorter than half a frame and is left out."
    return f"Segments {names}{more} are shorter than half a frame and are left out."


def clock(seconds: Fraction) -> str:
    """A time as a player shows it.

    >>> clock(Fraction(3131)), clock(Fraction(-5, 2)), clock(Fraction(3725))
    ('52:11', '-0:02.5', '1:02:05')
    """
    tenths = math.floor(abs(seconds) * 10 + Fraction(1, 2))
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    second = f"{rest // 10:02d}" + (f".{rest % 10}" if rest % 10 else "")
    sign = "-" if seconds < 0 and tenths else ""
    return f"{sign}{hours}:{minutes:02d}:{second}" if hours else f"{sign}{minutes}:{second}"


def _seconds(length: Fraction) -> str:
    text = f"{float(length):.2f}".rstrip("0").rstrip(".")
    return f"{text} s"
