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


#: Bridges are shared out over so many batches, if that leaves each some work: starting one costs
#: about as much as ten frames.
ENOUGH_BATCHES = 16
LEAST_BATCH = 60


#: A piece of the length asked for has at most so many pixels (1080p at 30 frames a second): of
#: larger or quicker pictures it is shorter, for it is to be about a minute of work at most.
USUAL_PIXELS = 1920 * 1080 * 30


def piece_length(seconds: float, pixels_per_second: Fraction) -> float:
    """How many programme seconds a piece holds where `seconds` are asked for.

    >>> piece_length(60, Fraction(1280 * 720 * 25)), piece_length(60, Fraction(3840 * 2160 * 60))
    (60, 7.5)
    """
    if pixels_per_second <= USUAL_PIXELS:
        return seconds
    return float(Fraction(seconds) * USUAL_PIXELS / pixels_per_second)


@dataclass(frozen=True)
class PicturePiece:
    """Converted spans in programme order, rendered by one encoder into one file.

    Its spans follow each other without a gap, or are a batch of bridges with copied spans between.
    """

    index: int
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        """How many frames the file holds."""
        return sum(span.count for span in self.spans)

    @property
    def frames(self) -> FrameRange:
        """From its first programme frame to the one after its last."""
        return FrameRange(self.spans[0].frames.start, self.spans[-1].frames.end)

    @property
    def bridge_starts(self) -> tuple[int, ...]:
        """Frames of the file at which a bridge begins, each of which must be a key frame."""
        starts = [0]
        position = 0
        for span, following in pairwise(self.spans):
            position += span.count
            if following.frames.start != span.frames.end:
                starts.append(position)
        return tuple(starts)


@dataclass(frozen=True)
class Part:
    """A stretch of the delivered file: a copied span, or frames of a piece from `offset` on."""

    frames: FrameRange
    copied: Span | None = None
    piece: int = 0
    offset: int = 0


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
        pieces.append(PicturePiece(index, tuple(spans)))
    return tuple(pieces)


def batch_size(converted: int, most: int) -> int:
    """How many frames a batch of bridges holds, of `converted` in all: at most about `most`, halved
    so often that there is work for many cores and no core waits long for the last one.

    Halved, so that an edit that changes little changes no batch it does not touch.

    >>> batch_size(100_000, 450), batch_size(4_600, 450), batch_size(500, 450)
    (450, 225, 112)
    """
    size = most
    while converted < ENOUGH_BATCHES * size and size >= 2 * LEAST_BATCH:
        size //= 2
    return max(1, size)


def batch_bridges(spans: Sequence[Span], batch_frames: int) -> tuple[PicturePiece, ...]:
    """All that is not copied, in batches of about `batch_frames` that end where a bridge ends.

    Each window of the programme has batches of its own, so that a switch that is moved changes
    those of its window: counted through, they would all change behind it.
    """
    window = batch_window(spans, batch_frames)
    batches: list[list[Span]] = []
    full = place = -1  # so that the first bridge opens a batch
    for span in spans:
        if span.copied is not None:
            continue
        goes_on = batches and batches[-1][-1].frames.end == span.frames.start
        here = span.frames.start // window
        if not goes_on and (here != place or 2 * full >= 3 * batch_frames):
            batches.append([])
            full, place = 0, here
        for part in _portions(span, batch_frames):
            if full >= 2 * batch_frames:
                # A long stretch that is converted whole is cut like any other programme.
                batches.append([])
                full = 0
            batches[-1].append(part)
            full += part.count
    return tuple(PicturePiece(index, tuple(batch)) for index, batch in enumerate(batches))


def batch_window(spans: Sequence[Span], batch_frames: int) -> int:
    """How many programme frames share batches: they hold two to four thirds of a batch.

    Doubled until they do, so that an edit that changes little changes no window.
    """
    converted = sum(span.count for span in spans if span.copied is None)
    frames = spans[-1].frames.end if spans else 0
    window = batch_frames
    while 3 * converted * window < 2 * frames * batch_frames and window < frames:
        window *= 2
    return window


def _portions(span: Span, most: int) -> list[Span]:
    start, end = span.frames
    bounds = [*range(start, end, most), end]
    return [_within(span, a, b) for a, b in pairwise(bounds)]


def parts_of(spans: Sequence[Span], pieces: Sequence[PicturePiece]) -> tuple[Part, ...]:
    """The stretches that the delivered file is put together from, in programme order."""
    parts = [Part(span.frames, copied=span) for span in spans if span.copied is not None]
    for piece in pieces:
        starts = [*piece.bridge_starts, piece.count]
        firsts = _programme_starts(piece)
        parts += [
            Part(FrameRange(first, first + end - start), piece=piece.index, offset=start)
            for first, (start, end) in zip(firsts, pairwise(starts), strict=True)
        ]
    return tuple(sorted(parts, key=lambda part: part.frames.start))


def _programme_starts(piece: PicturePiece) -> list[int]:
    starts = [piece.spans[0].frames.start]
    starts += [
        following.frames.start
        for span, following in pairwise(piece.spans)
        if following.frames.start != span.frames.end
    ]
    return starts


def _bounds(program: Program, target: int) -> list[int]:
    ends = sorted({segment.frames.end for segment in program.segments})
    bounds = [0]
    slack = int(target * SLACK)
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
