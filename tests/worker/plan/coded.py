"""Random coded sources, and what an index would say of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from worker.plan.gops import CutWindow, GopSample, SampleKind


def random_footage(chance: random.Random) -> list[GopSample]:
    """A source in decoding order: closed and open groups, B-pyramids, recovery points."""
    samples: list[GopSample] = []
    shown = 0
    h264_open = chance.random() < 0.3
    for group in range(chance.randint(1, 6)):
        length = chance.choice((1, 2, 7, 15, 30, 60))
        leading = chance.choice((0, 0, 1, 3)) if group else 0
        kind = SampleKind.IDR
        if leading:
            kind = SampleKind.RECOVERY if h264_open else SampleKind.CRA
        samples.append(GopSample(shown + leading, kind))
        samples += [GopSample(shown + n, SampleKind.OTHER) for n in _shuffled(leading, chance)]
        shown += leading + 1
        left = length - 1
        while left > 0:
            run = min(left, chance.choice((1, 2, 4, 8)))
            samples += [GopSample(shown + n, SampleKind.OTHER) for n in _pyramid(run, chance)]
            shown += run
            left -= run
    return samples


def _pyramid(run: int, chance: random.Random) -> list[int]:
    """A reference first, then the pictures shown before it, in any order."""
    return [run - 1, *_shuffled(run - 1, chance)]


def _shuffled(count: int, chance: random.Random) -> list[int]:
    order = list(range(count))
    chance.shuffle(order)
    return order


def window_of(samples: Sequence[GopSample], start: int, end: int) -> CutWindow:
    """The window an index would give, from the whole list: by definition, not by search."""
    keys = [i for i, s in enumerate(samples) if s.kind.is_clean and start <= s.display < end]
    if not keys:
        return CutWindow(None, ())
    tails = [
        i
        for i, s in enumerate(samples)
        if i >= keys[0] and s.kind is not SampleKind.OTHER and s.display < end
    ]
    last = max(i for i, s in enumerate(samples) if s.display < end)
    return CutWindow(samples[keys[0]], tuple(samples[tails[-1] : last + 1]))
