"""The display times of a source's frames, and which frame is on screen at a given second.

All times are source seconds as the contract defines them: 0 is what a player shows as 0:00.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from config_schema.timebase import STANDARD_RATES, nearest_standard_rate

#: Editors round times to six digits and containers to milliseconds: a time less than this before
#: a frame's start belongs to that frame (contract, frame rule).
TOLERANCE = Fraction(1, 1000)


@dataclass(frozen=True)
class FrameTimes:
    """When each frame of a source is shown.

    Frame k starts at `start + ticks[k] * tick`; `ticks` is None for the constant grid 0, 1, 2 …
    `rate` is the nominal frame rate and the grid that is thought to go on before the first frame
    and after the last. `last_duration` is how long the last frame stays, in seconds.
    """

    start: Fraction
    tick: Fraction
    count: int
    rate: Fraction
    last_duration: Fraction
    ticks: tuple[int, ...] | None = None

    @property
    def is_constant(self) -> bool:
        """Whether frame k is shown at start + k / rate, with nothing missing."""
        return self.ticks is None

    @property
    def end(self) -> Fraction:
        """The second at which the last frame leaves the screen."""
        return self.start_of(self.count - 1) + self.last_duration

    def start_of(self, index: int) -> Fraction:
        """When frame `index` appears; the grid goes on for indices outside the source.

        >>> FrameTimes(Fraction(0), Fraction(1, 25), 50, Fraction(25), Fraction(1, 25)).start_of(-2)
        Fraction(-2, 25)
        """
        if self.ticks is None:
            return self.start + index * self.tick
        if index < 0:
            return self.start + self.ticks[0] * self.tick + index / self.rate
        if index >= self.count:
            return self.end + (index - self.count) / self.rate
        return self.start + self.ticks[index] * self.tick

    def index_at(self, second: Fraction) -> int:
        """The frame whose display interval holds `second`, or less than 1 ms after it begins.

        Below 0 or from `count` on: the source has none, the grid goes on.
        """
        late = second + TOLERANCE
        first = self.start_of(0)
        if self.ticks is None:
            return _below((late - first) / self.tick)
        if late <= first:
            return _below((late - first) * self.rate)
        if late > self.end:
            return self.count + _below((late - self.end) * self.rate)
        # Strictly below `late`: ticks are whole numbers, so compare with the last one that is.
        return bisect_right(self.ticks, _below((late - self.start) / self.tick)) - 1

    def index_shown_at(self, second: Fraction) -> int | None:
        """The frame that starts at `second` give or take the container's rounding, or None."""
        if self.ticks is None:
            index = math.floor((second - self.start) / self.tick + Fraction(1, 2))
        else:
            tick = math.floor((second - self.start) / self.tick + Fraction(1, 2))
            index = bisect_right(self.ticks, tick) - 1
            if index + 1 < self.count and self.ticks[index + 1] - tick < tick - self.ticks[index]:
                index += 1
        if not 0 <= index < self.count:
            return None
        return index if abs(self.start_of(index) - second) <= 2 * TOLERANCE else None


def _below(x: Fraction) -> int:
    """The largest integer strictly below x."""
    return math.ceil(x) - 1


def fit_times(
    stamps: Sequence[int],
    tick: Fraction,
    *,
    zero: Fraction = Fraction(0),
    hint: Fraction | None = None,
    last_duration: Fraction | None = None,
) -> FrameTimes:
    """Display times from sorted container timestamps.

    Where the stamps are a constant rate as far as the container can say (each within its rounding
    of one exact grid), they are put back on that grid; frames missing from it leave holes.
    Otherwise they are taken as they are. `hint` is the rate the container claims. `zero` is the
    second of the container's clock that is second 0 of the source. `last_duration` is how long
    the container says that the last frame stays, in seconds.
    """
    first = Fraction(stamps[0]) * tick
    count = len(stamps)
    if count == 1:
        rate = hint or Fraction(25)
        duration = last_duration or 1 / rate
        return FrameTimes(first - zero, 1 / rate, 1, rate, duration)
    for rate in _candidates(stamps, tick, hint):
        indices = _grid_indices(stamps, tick, rate)
        if indices is not None:
            whole = indices[-1] == count - 1
            return FrameTimes(
                first - zero, 1 / rate, count, rate, 1 / rate, None if whole else tuple(indices)
            )
    length = (stamps[-1] - stamps[0]) * tick
    average = (count - 1) / length
    if last_duration is not None:
        average = count / (length + last_duration)
    rate = nearest_standard_rate(average)
    return FrameTimes(-zero, tick, count, rate, last_duration or 1 / rate, tuple(stamps))


def _candidates(stamps: Sequence[int], tick: Fraction, hint: Fraction | None) -> list[Fraction]:
    """Rates that could be meant, the likeliest first, none twice."""
    steps: dict[int, int] = {}
    for a, b in pairwise(stamps):
        steps[b - a] = steps.get(b - a, 0) + 1
    commonest = max(steps, key=lambda step: steps[step])
    average = Fraction(len(stamps) - 1) / ((stamps[-1] - stamps[0]) * tick)
    exact_step = 1 / (commonest * tick)
    near = min(STANDARD_RATES, key=lambda rate: abs(rate - average))
    near_step = min(STANDARD_RATES, key=lambda rate: abs(rate - exact_step))
    found = [near, near_step, *([hint] if hint else []), exact_step]
    return list(dict.fromkeys(rate for rate in found if 1 <= rate <= 1000))


def _grid_indices(stamps: Sequence[int], tick: Fraction, rate: Fraction) -> list[int] | None:
    """The grid position of each stamp, or None where one lies off the grid of `rate`.

    A rounded stamp is at most half a tick from its true time, and so is the first one that the
    grid is hung on: together one tick. Two frames on one position are no constant rate, and a
    grid that is mostly holes says nothing.
    """
    step = 1 / (rate * tick)
    allowed = Fraction(1) if step.denominator != 1 else Fraction(0)
    first = stamps[0]
    indices: list[int] = []
    last = -1
    num, den = step.numerator, step.denominator
    bound_num, bound_den = allowed.numerator, allowed.denominator
    for stamp in stamps:
        offset = stamp - first
        index = (2 * offset * den + num) // (2 * num)
        miss = abs(offset * den - index * num)
        if index <= last or miss * bound_den > bound_num * den:
            return None
        indices.append(index)
        last = index
    return indices if last < 2 * len(stamps) else None
