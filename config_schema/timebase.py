"""Rates, frames and ranges: integers and Fractions, so that hours of programme never drift.

Times enter as the numbers of a JSON text and are taken exactly as written; nothing in here
ever goes back to a float.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

#: Rates whose true value is n * 1000/1001 and which people write as 23.976, 29.97, 59.94 ...
_NTSC_NAMES = (24, 30, 48, 60, 120, 240)

#: The rates that cameras and editors use, ascending.
STANDARD_RATES: tuple[Fraction, ...] = tuple(
    sorted(
        {Fraction(n) for n in (10, 12, 15, 24, 25, 30, 48, 50, 60, 100, 120, 200, 240)}
        | {Fraction(25, 2)}
        | {Fraction(n * 1000, 1001) for n in _NTSC_NAMES}
    )
)


def exact(number: float) -> Fraction:
    """The number a person wrote: the shortest decimal that means this float, as a fraction.

    >>> exact(0.1), exact(45.033333), exact(30)
    (Fraction(1, 10), Fraction(45033333, 1000000), Fraction(30, 1))
    """
    if isinstance(number, int):
        return Fraction(number)
    # By way of Decimal, which Fraction takes five times faster than a text.
    return Fraction(Decimal(repr(number)))


def round_half_up(x: Fraction) -> int:
    """The nearest integer, a half going up: floor(x + 1/2).

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(-5, 2)), round_half_up(Fraction(1, 3))
    (3, -2, 0)
    """
    return (2 * x.numerator + x.denominator) // (2 * x.denominator)


def nearest_standard_rate(rate: Fraction) -> Fraction:
    """The standard rate closest to a measured one; of two equally close, the slower.

    >>> nearest_standard_rate(Fraction("29.98")), nearest_standard_rate(Fraction(26))
    (Fraction(30000, 1001), Fraction(25, 1))
    """
    return min(STANDARD_RATES, key=lambda standard: abs(standard - rate))


def resolve_rate(asked: float | None, lead: Fraction) -> Fraction:
    """The rate that a config's `output.fps` means, given the rate of the lead format.

    An integer that is the lead's rate rounded means the lead's rate, because the editor rounds;
    29.97, 23.976 and their like are always n * 1000/1001.

    >>> resolve_rate(30, Fraction(30000, 1001)), resolve_rate(30, Fraction(25))
    (Fraction(30000, 1001), Fraction(30, 1))
    >>> resolve_rate(29.97, Fraction(25)), resolve_rate(None, Fraction(50))
    (Fraction(30000, 1001), Fraction(50, 1))
    """
    if asked is None:
        return lead
    rate = exact(asked)
    if rate.denominator == 1:
        return lead if round_half_up(lead) == rate else rate
    return _ntsc_rate(asked) or rate


def _ntsc_rate(asked: float) -> Fraction | None:
    """The n * 1000/1001 that is written this way when rounded, to two digits or more."""
    digits = len(repr(asked).partition(".")[2])
    if digits < 2:
        return None
    for name in _NTSC_NAMES:
        rate = Fraction(name * 1000, 1001)
        if round(rate, digits) == exact(asked):
            return rate
    return None


class FrameRange(NamedTuple):
    """Frames from `start` up to but not including `end`.

    >>> FrameRange(10, 14).frames
    4
    """

    start: int
    end: int

    @property
    def frames(self) -> int:
        """How many frames it holds."""
        return self.end - self.start
