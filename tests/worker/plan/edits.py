"""Random edits of random footage, and what every plan of one must be.

`python -m tests.worker.plan.edits [--count N] [--seed N]` tries many; the tests try some.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from config_schema.config import ExportConfig
from config_schema.timebase import round_half_up
from tests.worker.plan.build import config_of, constant, footage
from tests.worker.plan.coded import random_footage, window_of
from worker.plan.footage import Footage
from worker.plan.gops import GopSample
from worker.plan.plan import Draft, Plan, build_plan, draft_smart, finish_smart
from worker.plan.program import Span
from worker.plan.smart import SHORTEST_RUN
from worker.plan.sound import sample_at

RATES = (Fraction(25), Fraction(30), Fraction(30000, 1001), Fraction(60))


@dataclass
class Sums:
    """What was tried: edits planned to copy and to convert, frames, and those copied."""

    smart: int = 0
    converted: int = 0
    frames: int = 0
    copied: int = 0


def try_edit(chance: random.Random, sums: Sums) -> None:
    """Plan one edit and hold the plan against its footage."""
    rate = chance.choice(RATES)
    coded = [random_footage(chance) for _ in range(chance.randint(1, 3))]
    sources = {n: footage(constant(len(c), rate), name=f"cam{n}.mp4") for n, c in enumerate(coded)}
    if len(coded) > 1 and chance.random() < 0.2:
        # One that does not fit the others.
        sources[0] = footage(constant(len(coded[0]), rate), name="cam0.mp4", width=640)
    config = config_of(len(coded), random_cuts(chance, coded, rate), codec="copy")
    draft = draft_smart(config, sources)
    assert isinstance(draft, Draft)
    windows = [
        None if want is None else window_of(coded[want.source], want.start, want.end)
        for want in draft.wanted
    ]
    seconds = chance.choice((0.5, 4, 60))
    plan = finish_smart(draft, {}, windows, piece_seconds=seconds)
    if isinstance(plan, Plan):
        sums.smart += 1
    else:
        plan = build_plan(config, sources, piece_seconds=seconds)
        sums.converted += 1
    hold(plan, config, sources, coded, sums)


def random_cuts(
    chance: random.Random, coded: Sequence[Sequence[GopSample]], rate: Fraction
) -> list[tuple[int, float, float]]:
    """Segments anywhere, some beyond their source, some of no frame, some on the grid."""
    cuts = []
    for _ in range(chance.randint(1, 12)):
        source = chance.randrange(len(coded))
        seconds = float(len(coded[source]) / rate)
        start, end = sorted(chance.uniform(-0.3, seconds + 0.3) for _ in range(2))
        if chance.random() < 0.5:
            start, end = (round(round(at * rate) / float(rate), 6) for at in (start, end))
        cuts.append((source, start, end + 0.001 if end <= start else end))
    # Never nothing at all.
    cuts.append((0, 0.0, float(2 / rate)))
    return cuts


def hold(
    plan: Plan,
    config: ExportConfig,
    sources: dict[int, Footage],
    coded: Sequence[Sequence[GopSample]],
    sums: Sums,
) -> None:
    """What every plan must be."""
    program, frames = plan.program, plan.program.frames
    length = sum(
        Fraction(repr(segment.end_time)) - Fraction(repr(segment.start_time))
        for segment in config.segments
    )
    assert frames == round_half_up(length * program.rate)
    # Spans and parts partition the programme, and every segment is its spans.
    _hold_partition([tuple(span.frames) for span in program.spans], frames)
    for segment in program.segments:
        spans = [span for span in program.spans if span.segment == segment.index]
        assert sum(span.count for span in spans) == segment.frames.end - segment.frames.start
    # Totals agree, however it is cut into pieces.
    copied = sum(span.count for span in program.spans if span.copied is not None)
    assert copied + sum(piece.count for piece in plan.pieces) == frames
    if plan.output.is_smart:
        _hold_partition([tuple(part.frames) for part in plan.parts], frames)
    else:
        assert not copied
    assert plan.sound[0].start == 0
    assert plan.sound[-1].end == sample_at(frames, program.rate)
    assert all(a.end == b.start for a, b in pairwise(plan.sound))
    for span in program.spans:
        if span.copied is None:
            assert span.reason or not plan.output.is_smart
        else:
            assert span.source is not None
            hold_copied(span, sources[span.source], coded[span.source], program.rate)
    sums.frames += frames
    sums.copied += copied


def _hold_partition(ranges: Sequence[tuple[int, ...]], frames: int) -> None:
    assert ranges[0][0] == 0
    assert ranges[-1][1] == frames
    assert all(start < end for start, end in ranges)
    assert all(a[1] == b[0] for a, b in pairwise(ranges))


def hold_copied(span: Span, source: Footage, coded: Sequence[GopSample], rate: Fraction) -> None:
    """A copied run begins with an IDR or a CRA and is a decode-order prefix, frame for frame what
    converting would have shown.
    """
    run = span.copied
    assert run is not None
    assert run.frames == span.count >= SHORTEST_RUN
    at = next(n for n, sample in enumerate(coded) if sample.display == run.first)
    assert coded[at].kind.is_clean
    assert coded[at].kind == run.kind
    decoded = [sample.display for sample in coded[at:] if sample.display >= run.first]
    shown = range(run.first, run.first + run.frames)
    assert sorted(decoded[: run.frames]) == list(shown)
    times = source.picture.times
    for frame, due in ((span.frames.start, shown[0]), (span.frames.end - 1, shown[-1])):
        assert times.index_at(span.source_second(frame, rate)) == due


def main() -> None:
    """Try `--count` edits and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sums, began = Sums(), time.monotonic()
    for number in range(options.count):
        chance = random.Random(options.seed * 1_000_003 + number)
        try:
            try_edit(chance, sums)
        except AssertionError:
            print(f"edit {number} of seed {options.seed}")
            raise
    print(
        f"{options.count} edits in {time.monotonic() - began:.0f} s: {sums.smart} copied in part, "
        f"{sums.converted} converted; {sums.copied} of {sums.frames} frames copied"
    )


if __name__ == "__main__":
    main()
