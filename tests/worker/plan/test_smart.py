"""What smart rendering copies: properties that hold for any footage and any cut."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from config_schema.timebase import FrameRange
from tests.worker.plan.coded import random_footage, window_of
from tests.worker.plan.edits import Sums, hold_copied, try_edit
from worker.plan.footage import Colour, FieldOrder, Footage, Picture
from worker.plan.gops import CopyRun, GopSample, SampleKind, longest_run
from worker.plan.pieces import PicturePiece, batch_bridges, parts_of
from worker.plan.program import Program, Span
from worker.plan.smart import (
    HEAD,
    SHORTEST_RUN,
    TAIL,
    cannot_copy,
    is_worth_it,
    split_spans,
    wanted_ranges,
)
from worker.plan.times import FrameTimes

RATE = Fraction(30)
AT_25 = FrameTimes(Fraction(0), Fraction(1, 25), 9, Fraction(25), Fraction(1, 25))


def best_run(samples: Sequence[GopSample], start: int, end: int) -> int:
    """How many pictures the longest admissible prefix has, by trying each."""
    keys = [i for i, s in enumerate(samples) if s.kind.is_clean and start <= s.display < end]
    if not keys:
        return 0
    first = samples[keys[0]].display
    best = 0
    shown: list[int] = []
    for sample in samples[keys[0] :]:
        if sample.display < first:
            continue
        shown.append(sample.display)
        if sorted(shown) == list(range(first, first + len(shown))) and max(shown) < end:
            best = len(shown)
        if len(shown) > end - first + 40:
            break
    return best


def test_a_run_is_the_longest_prefix_that_decodes_and_shows_whole() -> None:
    chance = random.Random(2)
    compared = 0
    for _ in range(3_000):
        samples = random_footage(chance)
        start = chance.randrange(len(samples))
        end = chance.randint(start + 1, len(samples))
        run = longest_run(window_of(samples, start, end), end)
        assert (run.frames if run else 0) == best_run(samples, start, end)
        compared += run is not None
    assert compared > 1_000


def test_spans_of_20_000_random_edits_partition_the_programme() -> None:
    chance = random.Random(3)
    edits = 0
    copied_frames = 0
    while edits < 20_000:
        samples = random_footage(chance)
        place = {sample.display: number for number, sample in enumerate(samples)}
        footage = {0: a_source(len(samples))}
        program = random_program(chance, len(samples))
        edits += len(program.spans)
        wanted = wanted_ranges(program, footage, {})
        windows = [
            None if want is None else window_of(samples, want.start, want.end) for want in wanted
        ]
        spans = split_spans(program, footage, {}, wanted, windows)
        assert spans[0].frames.start == 0
        assert spans[-1].frames.end == program.frames
        assert all(a.frames.end == b.frames.start for a, b in itertools.pairwise(spans))
        for span in spans:
            assert span.count > 0
            if span.copied is None:
                assert span.reason
                continue
            copied_frames += span.count
            run = span.copied
            assert samples[place[run.first]].kind.is_clean
            assert run.frames == span.count >= SHORTEST_RUN
            # Frame for frame what converting would have shown.
            asked = span.anchor * RATE + span.frames.start - span.base
            assert run.first == asked
        pieces = batch_bridges(spans, chance.choice((1, 10, 100)))
        parts = parts_of(spans, pieces)
        assert parts[0].frames.start == 0
        assert parts[-1].frames.end == program.frames
        assert all(a.frames.end == b.frames.start for a, b in itertools.pairwise(parts))
    assert copied_frames > 100_000


def test_plans_of_random_edits_of_several_cameras_hold() -> None:
    chance = random.Random(4)
    sums = Sums()
    for _ in range(1_500):
        try_edit(chance, sums)
    assert sums.copied > sums.frames / 4
    assert sums.smart > 300
    assert sums.converted > 100


def test_a_run_that_is_not_what_was_asked_for_is_found() -> None:
    idr, other = SampleKind.IDR, SampleKind.OTHER
    coded = [GopSample(n, idr if n % 10 == 0 else other) for n in range(40)]
    right = Span(0, 0, FrameRange(0, 20), 0, Fraction(10) / RATE, CopyRun(10, 20, idr))
    hold_copied(right, a_source(40), coded, RATE)
    for wrong in (CopyRun(20, 20, idr), CopyRun(11, 20, other), CopyRun(10, 19, idr)):
        with pytest.raises(AssertionError):
            hold_copied(replace(right, copied=wrong), a_source(40), coded, RATE)
    coded[29], coded[30] = coded[30], coded[29]
    with pytest.raises(AssertionError):
        hold_copied(right, a_source(40), coded, RATE)


def random_program(chance: random.Random, frames: int) -> Program:
    spans: list[Span] = []
    position = 0
    for segment in range(chance.randint(1, 40)):
        length = chance.randint(1, max(1, frames))
        first = chance.randint(-3, frames - 1)
        source = None if chance.random() < 0.05 else 0
        length = min(length, frames + 3 - first)
        spans.append(
            Span(
                segment,
                source,
                FrameRange(position, position + length),
                position,
                Fraction(first) / RATE,
            )
        )
        position += length
    return Program(RATE, position, (), tuple(spans))


def a_source(frames: int, **changes: object) -> Footage:
    times = FrameTimes(Fraction(0), 1 / RATE, frames, RATE, 1 / RATE)
    picture = Picture(
        stream=0,
        codec="h264",
        profile="High",
        width=1280,
        height=720,
        sar=Fraction(1),
        rotation=0,
        pixel_format="yuv420p",
        depth=8,
        colour=Colour("bt709", "bt709", "bt709"),
        fields=FieldOrder.PROGRESSIVE,
        times=times,
    )
    return Footage("cam.mp4", "print", "mov", Fraction(0), replace(picture, **changes), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"codec": "hevc"}, "H.265"),
        ({"codec": "mpeg4"}, "cannot be copied into mp4"),
        ({"width": 640}, "640 x 720"),
        ({"pixel_format": "yuv422p10le"}, "yuv422p10le"),
        ({"sar": Fraction(4, 3)}, "shape"),
        ({"rotation": 90}, "turned"),
        ({"colour": Colour("bt709", "bt709", "bt709", full_range=True)}, "colours"),
        ({"fields": FieldOrder.TOP_FIRST}, "interlaced"),
        ({"times": AT_25}, "25 fps"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_lead_format_is_not_copied(
    changes: dict[str, object], words: str
) -> None:
    lead = a_source(10).picture
    assert cannot_copy(lead, a_source(10), "mp4") is None
    assert words in (cannot_copy(lead, a_source(10, **changes), "mp4") or "")


def test_head_and_tail_say_why_they_are_converted() -> None:
    idr, other = SampleKind.IDR, SampleKind.OTHER
    samples = [GopSample(n, idr if n % 10 == 0 else other) for n in range(40)]
    samples[32], samples[33] = samples[33], samples[32]  # 33 is decoded before 32
    program = Program(RATE, 28, (), (Span(0, 0, FrameRange(0, 28), 0, Fraction(5) / RATE),))
    footage = {0: a_source(40)}
    wanted = wanted_ranges(program, footage, {})
    spans = split_spans(program, footage, {}, wanted, [window_of(samples, 5, 33)])
    assert [(tuple(s.frames), s.copied, s.reason) for s in spans] == [
        ((0, 5), None, HEAD),
        ((5, 27), CopyRun(10, 22, idr), ""),
        ((27, 28), None, TAIL),
    ]


def test_many_short_segments_are_cheaper_to_convert() -> None:
    short = [Span(n, 0, FrameRange(9 * n, 9 * n + 9), 0, Fraction(0)) for n in range(50)]
    assert not is_worth_it(short, Fraction(60))
    copied = CopyRun(0, 900, SampleKind.IDR)
    long = [
        Span(0, 0, FrameRange(0, 30), 0, Fraction(0)),
        Span(0, 0, FrameRange(30, 930), 0, Fraction(0), copied),
    ]
    assert is_worth_it(long, Fraction(60))


def test_a_switch_that_moves_changes_the_batches_of_its_window_and_no_other() -> None:
    """Bridges grow and shrink with it; counted through, every batch behind it would change."""
    chance = random.Random(8)
    heads = [chance.randint(1, 60) for _ in range(155)]
    before = bridged(heads)
    for cut in range(2, 153):
        moved = bridged(
            [*heads[:cut], chance.randint(1, 60), chance.randint(1, 60), *heads[cut + 2 :]]
        )
        assert len(set(map(content, moved)) - set(map(content, before))) <= 2
    sizes = [piece.count for piece in before]
    assert max(sizes) < 1.5 * 225 + 60
    assert len(sizes) < 2 * sum(heads) / 225


def bridged(heads: list[int]) -> tuple[PicturePiece, ...]:
    """Batches of about 225 of the bridges that open segments of 288 frames."""
    spans = []
    for number, head in enumerate(heads):
        start = 288 * number
        copied, end = start + head, start + 288
        spans.append(Span(number, 0, FrameRange(start, copied), start, Fraction(head)))
        run = CopyRun(head, end - copied, SampleKind.IDR)
        spans.append(Span(number, 0, FrameRange(copied, end), start, Fraction(head), run))
    return batch_bridges(spans, 225)


def content(piece: PicturePiece) -> object:
    return tuple((span.segment, span.anchor, span.count) for span in piece.spans)
