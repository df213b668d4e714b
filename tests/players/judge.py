"""What a player has shown, held against the programme that it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from export_service.coded_media import Code
from tests.media.oracle import Expected

#: mp4 is exact and browsers count microseconds, and round down; webm counts milliseconds.
EXACT, MILLISECONDS = Fraction(2, 1_000_000), Fraction(502, 1_000_000)


@dataclass(frozen=True)
class Shown:
    """A picture that a player has presented: its own time, and what can be read in it."""

    seconds: Fraction
    code: Code | None


def number_of(shown: Shown, rate: Fraction) -> int:
    """The frame of the programme that the picture says to be by its time."""
    return round(shown.seconds * rate)


def faults(
    pictures: Iterable[Shown], expected: Expected, *, off: Fraction = EXACT
) -> Iterator[str]:
    """Every picture that is not the frame due at its time, as a sentence."""
    for shown in pictures:
        n = number_of(shown, expected.rate)
        if not 0 <= n < len(expected.frames):
            yield f"a picture at {float(shown.seconds):.6f} s, outside the programme"
        elif abs(shown.seconds - n / expected.rate) > off:
            yield f"frame {n} at {float(shown.seconds):.6f} s, off the grid"
        elif shown.code != expected.frames[n]:
            yield f"frame {n} shows {shown.code}, not {expected.frames[n]}"


def seek_faults(
    sought: Iterable[tuple[int, Shown]], expected: Expected, *, off: Fraction = EXACT
) -> Iterator[str]:
    """As `faults`, for pictures after a seek to a frame; another frame is a fault as well."""
    for n, shown in sought:
        if (got := number_of(shown, expected.rate)) != n:
            yield f"asked for frame {n}, frame {got} came"
        yield from faults([shown], expected, off=off)


def order_faults(codes: Sequence[Code | None], expected: Expected) -> Iterator[str]:
    """As `faults`, for all pictures of a programme in order."""
    if len(codes) != len(expected.frames):
        yield f"{len(codes)} frames where {len(expected.frames)} are due"
    for n, (code, due) in enumerate(zip(codes, expected.frames, strict=False)):
        if code != due:
            yield f"frame {n} shows {code}, not {due}"


def unseen(pictures: Iterable[Shown], expected: Expected) -> list[int]:
    """The segments of which fewer than a quarter of the frames were shown."""
    seen = {number_of(shown, expected.rate) for shown in pictures}
    return [
        part.segment
        for part in expected.parts
        if 4 * len(seen.intersection(range(part.start, part.end))) < part.end - part.start
    ]
