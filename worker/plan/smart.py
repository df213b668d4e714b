"""Smart rendering, decided: what of each span is copied, what is converted, and why.

A span is split into head, run and tail. The run is a camera's own coded pictures; head and tail
are bridges, converted to match. Everything that is not copied carries its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from config_schema.timebase import FrameRange
from worker.plan.footage import FieldOrder, Footage, Picture
from worker.plan.gops import CutWindow, longest_run
from worker.plan.output import COPYABLE, codec_name, rate_name
from worker.plan.program import Program, Span

#: A shorter run is not worth its two bridges: what is saved in encoding is lost in seeking.
SHORTEST_RUN = 8
#: What decoding a frame costs, in frames encoded (measured at bridge settings, 720p and 1080p).
DECODE_COST = Fraction(1, 3)

HEAD = "before the segment's first key frame"
TAIL = "after the last picture that can be copied whole"
SHORT = "too short to copy"
NO_KEY = "no key frame inside the segment"
OUTSIDE = "beyond the source's first or last frame"
BLACK = "black"


@dataclass(frozen=True)
class Wanted:
    """A source range [start, end), in display numbers, that a span would like to copy."""

    source: int
    start: int
    end: int


def cannot_copy(lead: Picture, source: Footage, container: str) -> str | None:
    """Why nothing of `source` can be copied into a programme of the lead's format, or None."""
    picture = source.picture
    if picture.codec not in COPYABLE[container]:
        return f"{codec_name(picture.codec)} cannot be copied into {container}"
    if not picture.times.is_constant:
        return "its frame rate varies"
    if picture.fields != FieldOrder.PROGRESSIVE:
        return "it is interlaced"
    for differs, reason in (
        (picture.codec != lead.codec, f"it is {codec_name(picture.codec)}"),
        (
            (picture.width, picture.height) != (lead.width, lead.height),
            f"it is {picture.width} x {picture.height}",
        ),
        (picture.times.rate != lead.times.rate, f"it has {rate_name(picture.times.rate)} fps"),
        (picture.pixel_format != lead.pixel_format, f"its pixels are {picture.pixel_format}"),
        (picture.sar != lead.sar, "its pixels have another shape"),
        (picture.rotation != lead.rotation, "it is turned otherwise"),
        (picture.colour != lead.colour, "its colours are coded otherwise"),
    ):
        if differs:
            return f"{reason}, unlike most of the programme"
    return None


def wanted_ranges(
    program: Program, footage: Mapping[int, Footage], reasons: Mapping[int, str]
) -> tuple[Wanted | None, ...]:
    """Per span, the source range that could be copied; None where nothing can."""
    return tuple(
        None
        if span.source is None or span.source in reasons
        else _wanted(span, footage[span.source], program.rate)
        for span in program.spans
    )


def _wanted(span: Span, source: Footage, rate: Fraction) -> Wanted | None:
    times = source.picture.times
    assert span.source is not None
    first = times.index_at(span.source_second(span.frames.start, rate))
    end = first + (span.frames.end - span.frames.start)
    start, end = max(first, 0), min(end, times.count)
    return Wanted(span.source, start, end) if start < end else None


def split_spans(
    program: Program,
    footage: Mapping[int, Footage],
    reasons: Mapping[int, str],
    wanted: Sequence[Wanted | None],
    windows: Sequence[CutWindow | None],
) -> tuple[Span, ...]:
    """The programme's spans, each copied whole or converted for a reason."""
    spans: list[Span] = []
    for span, want, window in zip(program.spans, wanted, windows, strict=True):
        if span.source is None:
            spans.append(replace(span, reason=BLACK))
        elif span.source in reasons:
            spans.append(replace(span, reason=reasons[span.source]))
        elif want is None or window is None:
            spans.append(replace(span, reason=OUTSIDE))
        else:
            spans += _split(span, want, window, footage[span.source], program.rate)
    return tuple(spans)


def _split(
    span: Span, want: Wanted, window: CutWindow, source: Footage, rate: Fraction
) -> list[Span]:
    run = longest_run(window, want.end)
    if run is None or run.frames < SHORTEST_RUN:
        return [replace(span, reason=NO_KEY if run is None else SHORT)]
    start, end = span.frames
    first = source.picture.times.index_at(span.source_second(start, rate))
    copied = FrameRange(start + run.first - first, start + run.first - first + run.frames)
    parts = [
        replace(span, frames=FrameRange(start, copied.start), reason=HEAD),
        replace(span, frames=copied, copied=run),
        replace(span, frames=FrameRange(copied.end, end), reason=TAIL),
    ]
    return [part for part in parts if part.frames.start < part.frames.end]


def gop_frames(windows: Sequence[CutWindow | None]) -> Fraction:
    """About how many frames a group of pictures has, judged by what was seen near the cuts."""
    tails = [len(window.tail) for window in windows if window is not None and window.tail]
    # A tail ends at a random place of its group: on average in the middle.
    return Fraction(2 * sum(tails), len(tails)) if tails else Fraction(1)


def is_worth_it(spans: Sequence[Span], gop_frames: Fraction) -> bool:
    """Whether copying costs less than converting everything.

    A bridge costs its own encoding, and the decoding of about a whole group of pictures.
    """
    total = sum(span.frames.end - span.frames.start for span in spans)
    bridges = [s for s in spans if s.copied is None and s.source is not None]
    encoded = sum(span.frames.end - span.frames.start for span in bridges)
    decoded = encoded + len(bridges) * gop_frames / 2
    return encoded + DECODE_COST * decoded < total * (1 + DECODE_COST)
