"""The display times of a source's frames, and which frame is on screen at a given second.

All times are source seconds as the contract defines them: 0 is what a player shows as 0:00.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import sub

from config_schema.timebase import nearest_standard_rate

#: Editors round times to six digits and containers to milliseconds: a time less than this before
#: a frame's start belongs to that frame (contract, frame rule).
TOLERANCE = Fraction(1, 1000)
#: So many stamps that are all whole multiples of one step were not rounded by chance.
FEW_FRAMES = 8
#: The coarsest rounding of a container that is known.
MILLISECOND = Fraction(1, 1000)


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
            index = max(bisect_right(self.ticks, tick) - 1, 0)
            if index + 1 < self.count and self.ticks[index + 1] - tick < tick - self.ticks[index]:
                index += 1
        if not 0 <= index < self.count:
            return None
        return index if abs(self.start_of(index) - second) <= 2 * TOLERANCE else None


@dataclass(frozen=True)
class Grid:
    """A constant rate in whole numbers: a stamp is number `(stamp * scale - shift) / unit`.

    What FrameTimes say of a frame, but for where the source ends, quick enough to be asked for
    every packet.
    """

    scale: int
    shift: int
    unit: int
    slack: int

    @classmethod
    def of(cls, times: FrameTimes, zero: Fraction, tick: Fraction) -> Grid:
        """The grid of a source of constant rate whose stamps count `tick`s of a clock on which its
        second 0 is at `zero`.
        """
        each, begin = tick * times.rate, (times.start + zero) * times.rate
        unit = lcm(each.denominator, begin.denominator)
        slack = math.floor(2 * TOLERANCE * times.rate * unit)
        return cls(int(each * unit), int(begin * unit), unit, slack)

    def number(self, stamp: int) -> int | None:
        """The frame whose place is at this stamp, None where there is none."""
        place = stamp * self.scale - self.shift
        number = (2 * place + self.unit) // (2 * self.unit)
        return number if abs(place - number * self.unit) <= self.slack else None


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
        if last_duration is None or last_duration == 1 / rate:
            return FrameTimes(first - zero, 1 / rate, 1, rate, 1 / rate)
        return FrameTimes(first - zero, tick, 1, rate, last_duration, (0,))
    length = (stamps[-1] - stamps[0]) * tick
    average = (count - 1) / length
    steps = Counter(map(sub, stamps[1:], stamps))
    grain = _grain(steps, tick)
    for rate in _candidates(steps, average, tick, hint):
        # The usual case at once: an hour of footage has a hundred thousand frames.
        is_even = len(steps) == 1 and 1 / (rate * tick) in steps
        indices = range(count) if is_even else _grid_indices(stamps, tick, rate, grain)
        if indices is not None:
            whole = indices[-1] == count - 1
            return FrameTimes(
                first - zero, 1 / rate, count, rate, 1 / rate, None if whole else tuple(indices)
            )
    if last_duration is not None:
        average = count / (length + last_duration)
    rate = nearest_standard_rate(average)
    return FrameTimes(-zero, tick, count, rate, last_duration or 1 / rate, tuple(stamps))


def believe_times(
    stretches: Sequence[Sequence[int]],
    tick: Fraction,
    *,
    zero: Fraction = Fraction(0),
    hint: Fraction | None = None,
) -> FrameTimes | None:
    """Display times from a few stretches of a source, or None where they are no constant rate.

    Each stretch holds the sorted stamps of frames that follow each other. The first begins with
    the source's first frame, the last ends with its last. What lies between is believed to be on
    the grid that they all lie on: as `fit_times` would find it, had it seen every stamp.
    """
    first, last = stretches[0][0], stretches[-1][-1]
    steps: Counter[int] = Counter()
    for stretch in stretches:
        steps.update(map(sub, stretch[1:], stretch))
    if not steps or min(steps) <= 0:
        return None
    length = (last - first) * tick
    step = Fraction(sum(step * times for step, times in steps.items()), steps.total()) * tick
    average = max(1, round(length / step)) / length
    grain = _grain(steps, tick)
    for rate in _candidates(steps, average, tick, hint):
        positions = [
            _grid_indices(stretch, tick, rate, grain, first=first) for stretch in stretches
        ]
        if all(found is not None and found[-1] - found[0] == len(found) - 1 for found in positions):
            assert positions[-1] is not None
            count = positions[-1][-1] + 1
            return FrameTimes(first * tick - zero, 1 / rate, count, rate, 1 / rate)
    return None


def _candidates(
    steps: Counter[int], average: Fraction, tick: Fraction, hint: Fraction | None
) -> list[Fraction]:
    """Rates that could be meant, the likeliest first, none twice."""
    commonest = max(steps, key=lambda step: steps[step])
    exact_step = 1 / (commonest * tick)
    near_step = nearest_standard_rate(exact_step)
    if steps.total() >= FEW_FRAMES and all(step % commonest == 0 for step in steps):
        # Nothing in these stamps was rounded: they say the rate themselves. Only its spelling may
        # be another, as 2997/100 for 30000/1001.
        found = [near_step] if _is_close(near_step, exact_step) else []
    else:
        found = [nearest_standard_rate(average), near_step]
        if hint:
            claimed = nearest_standard_rate(hint)
            # A second of rounded stamps does not tell 24 from 24000/1001: the claim decides.
            found = [claimed, *found, hint] if _is_close(claimed, hint) else [*found, hint]
    found.append(exact_step)
    return list(dict.fromkeys(rate for rate in found if 1 <= rate <= 1000))


def _grain(steps: Counter[int], tick: Fraction) -> int:
    """To how many ticks the stamps are rounded.

    More than one where they come from a coarser container: what was an mkv keeps its milliseconds.
    """
    grain = gcd(*steps)
    return grain if grain * tick <= MILLISECOND else 1


def _is_close(rate: Fraction, other: Fraction) -> bool:
    return abs(rate - other) * 10_000 <= rate


def _grid_indices(
    stamps: Sequence[int], tick: Fraction, rate: Fraction, grain: int, *, first: int | None = None
) -> Sequence[int] | None:
    """The grid position of each stamp, or None where one lies off the grid of `rate`.

    A rounded stamp is at most half a grain from its true time, and so is the first one that the
    grid is hung on (`first`, where these are not the source's first frames): together one grain.
    Two frames on one position are no constant rate, and a grid that is mostly holes says nothing.
    """
    step = 1 / (rate * tick)
    allowed = Fraction(grain) if (step / grain).denominator != 1 else Fraction(0)
    begin = stamps[0] if first is None else first
    indices: list[int] = []
    last = -1
    num, den = step.numerator, step.denominator
    bound_num, bound_den = allowed.numerator, allowed.denominator
    for stamp in stamps:
        offset = stamp - begin
        index = (2 * offset * den + num) // (2 * num)
        miss = abs(offset * den - index * num)
        if index <= last or miss * bound_den > bound_num * den:
            return None
        indices.append(index)
        last = index
    return indices if first is not None or last < 2 * len(stamps) else None
