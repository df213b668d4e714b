"""Cutting the programme's sound into pieces, each encoded by itself, whose packets are then joined.

A packet decodes to so many samples (a *frame* of sound), overlaps with its neighbours, and depends
on what its encoder has heard before. So each piece is fed some frames from before it, the run-up,
and from behind it, the run-out; their packets are dropped (docs/decisions/0009-sound-in-pieces.md).

Two readings of one source may differ: containers round times, and a resampler begins where it is
begun. Both pieces at a join therefore read what they share from the same second on, the *seam*:
the last cut inside the run-up, or else a place in it where the one reading is faded into the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from worker.plan.sound import FADE_SAMPLES, SAMPLE_RATE, SoundRun

#: A piece of sound is so many times as long as one of picture. Longer ones would spend less on
#: their run-up, and have more sound made anew where a switch is moved.
SOUND_SHARE = 1
#: The last piece may be this much longer than the others.
SLACK = Fraction(1, 4)
#: Where there is no cut the seam lies so many frames before the join: two frames of one encoder
#: overlap with the first two of the other.
SEAM_FRAMES = 2


@dataclass(frozen=True)
class SoundCoding:
    """How many samples a packet holds, and how many frames an encoder is fed around a piece."""

    frame: int
    run_up: int
    run_out: int


#: By encoder. The run-up is what an encoder's state was measured to need until the joined sound is
#: as near to the wave as that of one encoder; the run-out what it looks ahead.
CODINGS = {"aac": SoundCoding(1024, 256, 1), "libopus": SoundCoding(960, 64, 1)}


@dataclass(frozen=True)
class SoundPiece:
    """The packets of programme samples [start, end), all but the last piece's whole frames.

    Its encoder is fed `samples` from programme sample `fed_from` on, which is sample 0 of `runs`:
    these begin a little earlier and end a little later, so that no fade is cut. It makes `skipped`
    packets of run-up, then `packets` that are kept: None, in the last piece, stands for all.
    """

    index: int
    start: int
    end: int
    fed_from: int
    samples: int
    skipped: int
    packets: int | None
    runs: tuple[SoundRun, ...]


def cut_sound(runs: Sequence[SoundRun], codec: str, seconds: float) -> tuple[SoundPiece, ...]:
    """Pieces of about `seconds` for this encoder; what is little longer is one piece."""
    if not runs:
        return ()
    coding = CODINGS[codec]
    whole = runs[-1].end
    bounds = _bounds(whole, coding.frame * max(1, round(seconds * SAMPLE_RATE / coding.frame)))
    read = _divided(runs, [_seam(runs, start, coding) for start in bounds[1:-1]])
    return tuple(
        _piece(index, start, end, read, coding)
        for index, (start, end) in enumerate(pairwise(bounds))
    )


def _bounds(whole: int, length: int) -> list[int]:
    """At multiples of `length`, whatever is cut where: what moves a switch moves none of them."""
    most = length + int(length * SLACK)
    count = 1 + max(0, -(-(whole - most) // length))
    return [*(number * length for number in range(count)), whole]


def _fed_from(start: int, coding: SoundCoding) -> int:
    return max(0, start - coding.run_up * coding.frame)


def _seam(runs: Sequence[SoundRun], start: int, coding: SoundCoding) -> int:
    """The sample from which on the pieces on both sides of a join at `start` read the same."""
    first = _fed_from(start, coding) + FADE_SAMPLES
    # What is faded here must not reach into a frame that both encoders make.
    last = start - coding.frame - FADE_SAMPLES
    cuts = (run.start for run in reversed(runs) if first <= run.start <= last)
    return next(cuts, start - SEAM_FRAMES * coding.frame)


def _divided(runs: Sequence[SoundRun], seams: Sequence[int]) -> list[SoundRun]:
    """The runs, those that go on across a seam in two."""
    divided: list[SoundRun] = []
    for run in runs:
        inside = [seam for seam in seams if run.start < seam < run.end]
        divided += [_part(run, a, b) for a, b in pairwise([run.start, *inside, run.end])]
    return divided


def _part(run: SoundRun, start: int, end: int, origin: int = 0) -> SoundRun:
    """Samples [start, end) of the run, counted from `origin`."""
    later = Fraction(start - run.start, SAMPLE_RATE) if run.source is not None else 0
    return SoundRun(run.source, start - origin, end - origin, run.second + later)


def _piece(
    index: int, start: int, end: int, runs: Sequence[SoundRun], coding: SoundCoding
) -> SoundPiece:
    whole = runs[-1].end
    fed_from = _fed_from(start, coding)
    fed_to = min(whole, end + coding.run_out * coding.frame)
    first, past = fed_from - FADE_SAMPLES, fed_to + FADE_SAMPLES
    return SoundPiece(
        index,
        start,
        end,
        fed_from,
        fed_to - fed_from,
        (start - fed_from) // coding.frame,
        (end - start) // coding.frame if end < whole else None,
        tuple(
            _part(run, max(run.start, first), min(run.end, past), fed_from)
            for run in runs
            if run.start < past and run.end > first
        ),
    )
