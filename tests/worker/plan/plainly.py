"""The frame rule of CONTRACT §1, one frame at a time and in the plainest way.

Written from the contract's text, without a closed form of any kind: every frame of a source is
listed, the thought ones before and after it too, and looked for from the left.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from config_schema.config import ExportConfig
from worker.plan.times import FrameTimes

MILLISECOND = Fraction(1, 1000)
STANDS_IN = Fraction(100, 1000)

#: A source frame by source and number; BLACK is None.
Shown = tuple[int, int] | None


@dataclass(frozen=True)
class Listed:
    """A source as the list of its frames: when each appears, when the last one is gone."""

    starts: tuple[Fraction, ...]
    end: Fraction
    rate: Fraction

    @classmethod
    def of(cls, times: FrameTimes) -> Listed:
        ticks = times.ticks if times.ticks is not None else range(times.count)
        starts = tuple(times.start + tick * times.tick for tick in ticks)
        return cls(starts, starts[-1] + times.last_duration, times.rate)

    def holds(self, second: Fraction) -> tuple[Fraction, int]:
        """Start and number of the frame on screen: the last that begins under 1 ms later."""
        start, number = self.starts[0], 0
        while start - second >= MILLISECOND:
            start, number = start - 1 / self.rate, number - 1
        if number < 0:
            return start, number
        number = bisect_left(self.starts, second + MILLISECOND) - 1
        if self.end - second >= MILLISECOND:
            return self.starts[number], number
        start, number = self.end, len(self.starts)
        while start + 1 / self.rate - second < MILLISECOND:
            start, number = start + 1 / self.rate, number + 1
        return start, number


def frames_of(config: ExportConfig, times: Mapping[int, FrameTimes], rate: Fraction) -> list[Shown]:
    """What every programme frame shows."""
    listed = {index: Listed.of(found) for index, found in times.items()}
    programme: list[Shown] = []
    total = Fraction(0)
    for segment in config.segments:
        first = floor(total * rate + Fraction(1, 2))
        start, end = (Fraction(repr(t)) for t in (segment.start_time, segment.end_time))
        total += end - start
        past = floor(total * rate + Fraction(1, 2))
        source = listed[segment.source_index]
        anchor, _ = source.holds(start)
        numbers = [source.holds(anchor + n / rate)[1] for n in range(past - first)]
        too_early = sum(number < 0 for number in numbers)
        too_late = sum(number >= len(source.starts) for number in numbers)
        for number in numbers:
            shown: Shown
            if number < 0:
                shown = (segment.source_index, 0) if too_early / rate <= STANDS_IN else None
            elif number >= len(source.starts):
                last = len(source.starts) - 1
                shown = (segment.source_index, last) if too_late / rate <= STANDS_IN else None
            else:
                shown = (segment.source_index, number)
            programme.append(shown)
    return programme


RATES = [
    Fraction(n) for n in (10, 24, 25, 30, 50, 60, 120)
] + [Fraction(n * 1000, 1001) for n in (24, 30, 60)]  # fmt: skip


def random_times(rng: random.Random) -> FrameTimes:
    """Any kind of source of up to about three seconds."""
    rate = rng.choice(RATES)
    count = rng.randint(1, max(2, int(rng.uniform(0.05, 3) * rate)))
    start = rng.choice([Fraction(0), Fraction(rng.randint(-500, 500), 1000), 1 / rate])
    kind = rng.randrange(4)
    if kind == 0 and count > 3:
        kept = [0, *sorted(rng.sample(range(1, count), rng.randint(1, count - 2)))]
        return FrameTimes(start, 1 / rate, len(kept), rate, 1 / rate, tuple(kept))
    if kind == 1:
        stamps = [rng.randint(0, 90)]
        for _ in range(min(count, 60)):
            stamps.append(stamps[-1] + rng.randint(1, 90))
        last = Fraction(rng.randint(1, 300), 1000)
        tick = rng.choice([Fraction(1, 1000), Fraction(1, 600), Fraction(11, 90_000)])
        return FrameTimes(start, tick, len(stamps), rate, last, tuple(stamps))
    return FrameTimes(start, 1 / rate, count, rate, 1 / rate)


def random_second(rng: random.Random, times: FrameTimes) -> float:
    """A time as an editor writes it: often on a frame's start, or hardly beside it."""
    kind = rng.randrange(4)
    if kind == 0:
        return round(rng.uniform(-1.2, 4.0), rng.randint(0, 9))
    at = times.start_of(rng.randint(-20, times.count + 20))
    aside = Fraction(rng.choice(["0", "0", "-1/1000", "-999999/1000000000", "1/1000", "1/1000000"]))
    if kind == 1:
        return round(float(at + aside), 6)
    return float(at + aside)


def random_segments(
    rng: random.Random, times: Mapping[int, FrameTimes]
) -> list[tuple[int, float, float]]:
    """A few cuts, some shorter than a frame, some longer than their source."""
    segments: list[tuple[int, float, float]] = []
    for _ in range(rng.randint(1, 5)):
        source = rng.choice(list(times))
        start = random_second(rng, times[source])
        if rng.random() < 0.4:
            end = random_second(rng, times[source])
        else:
            end = start + rng.choice([0.002, 0.0166667, 0.04, 0.1, 0.234567, 0.9])
        if segments and rng.random() < 0.3:
            source, _, start = segments[-1]
            end = start + rng.choice([0.0333, 0.25, 1 / 3])
        start, end = min(start, end), max(start, end)
        if end - start > 0.3 and rng.random() < 0.8:
            end = start + (end - start) % 0.3
        if -5 < start < end < 5:
            segments.append((source, start, end))
    return segments or [(next(iter(times)), 0.0, 0.5)]
