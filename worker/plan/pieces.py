"""Cutting the programme into pieces: the smallest thing worth retrying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from config_schema.timebase import FrameRange
from worker.plan.program import Program, Span

#: A piece may be this much longer than asked for if that lets it end where a segment ends.
SLACK = Fraction(1, 4)


@dataclass(frozen=True)
class PicturePiece:
    """Consecutive programme frames rendered by one encoder."""

    index: int
    frames: FrameRange
    spans: tuple[Span, ...]


def cut_pieces(program: Program, piece_seconds: float) -> tuple[PicturePiece, ...]:
    """Pieces of about `piece_seconds`, cut at segment boundaries where one is near."""
    target = max(1, round(piece_seconds * program.rate))
    bounds = _bounds(program, target)
    pieces: list[PicturePiece] = []
    position = 0
    for index, (start, end) in enumerate(pairwise(bounds)):
        spans: list[Span] = []
        while position < len(program.spans) and program.spans[position].frames.start < end:
            spans.append(_within(program.spans[position], start, end))
            if program.spans[position].frames.end > end:
                break
            position += 1
        pieces.append(PicturePiece(index, FrameRange(start, end), tuple(spans)))
    return tuple(pieces)


def _bounds(program: Program, target: int) -> list[int]:
    ends = sorted({segment.frames.end for segment in program.segments})
    bounds = [0]
    slack = max(1, int(target * SLACK))
    position = 0
    while bounds[-1] < program.frames:
        wanted = bounds[-1] + target
        if wanted + slack >= program.frames:
            bounds.append(program.frames)
            break
        while position < len(ends) and ends[position] < wanted - slack:
            position += 1
        near = _nearest(ends[position:], wanted, slack)
        bounds.append(near if near is not None else wanted)
    return bounds


def _nearest(ends: Sequence[int], wanted: int, slack: int) -> int | None:
    best: int | None = None
    for end in ends:
        if end > wanted + slack:
            break
        if best is None or abs(end - wanted) < abs(best - wanted):
            best = end
    return best


def _within(span: Span, start: int, end: int) -> Span:
    frames = FrameRange(max(span.frames.start, start), min(span.frames.end, end))
    return replace(span, frames=frames)
