"""The programme on its grid, held against the contract's frame rule done by hand."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config_schema.config import ExportConfig
from config_schema.timebase import exact, round_half_up
from tests.worker.plan.build import config_of, constant, footage, shown_by, variable
from tests.worker.plan.plainly import RATES, frames_of, random_segments, random_times
from worker.plan.footage import Footage
from worker.plan.program import STAND_IN, build_program, clock

Case = tuple[ExportConfig, dict[int, Footage], Fraction]


def random_case(rng: random.Random) -> Case:
    times = {index: random_times(rng) for index in range(rng.randint(1, 3))}
    config = config_of(len(times), random_segments(rng, times))
    return config, {index: footage(found) for index, found in times.items()}, rng.choice(RATES)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    return random_case(random.Random(draw(st.integers(0, 1 << 32))))


@pytest.mark.parametrize("seed", range(8))
def test_every_frame_is_the_one_that_the_contract_asks_for(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(250):
        config, sources, rate = random_case(rng)
        program, _ = build_program(config, sources, rate)
        times = {index: source.picture.times for index, source in sources.items()}
        assert shown_by(program, sources) == frames_of(config, times, rate), (config, times, rate)


@settings(max_examples=150)
@given(cases())
def test_spans_partition_the_programme(case: Case) -> None:
    config, sources, rate = case
    program, _ = build_program(config, sources, rate)
    total = sum((exact(s.end_time) - exact(s.start_time) for s in config.segments), Fraction(0))
    assert program.frames == round_half_up(total * rate)
    position = 0
    for span in program.spans:
        assert span.frames.start == position < span.frames.end
        position = span.frames.end
        segment = program.segments[span.segment]
        assert segment.frames.start <= span.frames.start < span.frames.end <= segment.frames.end
        assert span.base == segment.frames.start
        assert span.source in (None, segment.source)
    assert position == program.frames
    position = 0
    for segment in program.segments:
        assert segment.frames.start == position <= segment.frames.end
        position = segment.frames.end
    assert position == program.frames


@settings(max_examples=150)
@given(cases())
def test_black_is_only_where_more_than_100_ms_is_missing(case: Case) -> None:
    config, sources, rate = case
    program, warnings = build_program(config, sources, rate)
    black = [span for span in program.spans if span.source is None]
    for span in black:
        assert (span.frames.end - span.frames.start) / rate > STAND_IN
    assert sum(" of black" in warning for warning in warnings) == len(black)


def test_equal_rates_neither_drop_nor_repeat_a_frame() -> None:
    ntsc = Fraction(30000, 1001)
    sources = {0: footage(constant(9000, ntsc)), 1: footage(constant(9000, ntsc))}
    times = [round(n * 1.234567, 6) for n in range(200)]
    cuts = [(n % 2, a, b) for n, (a, b) in enumerate(pairwise(times))]
    program, warnings = build_program(config_of(2, cuts), sources, ntsc)
    assert not warnings
    for span in program.spans:
        numbers = [
            sources[0].picture.times.index_at(span.source_second(n, ntsc))
            for n in range(span.frames.start, span.frames.end)
        ]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_ten_thousand_cuts_add_no_error() -> None:
    sources = {0: footage(constant(300_000, 30))}
    cuts = [(0, round(n * 0.7, 1), round(n * 0.7 + 0.033333, 6)) for n in range(10_000)]
    program, _ = build_program(config_of(1, cuts), sources, Fraction(30))
    assert program.frames == round_half_up(10_000 * Fraction(33_333, 1_000_000) * 30)


def test_a_start_before_the_source_is_black_and_says_so() -> None:
    sources = {0: footage(constant(300), name="Camera 2")}
    program, warnings = build_program(config_of(1, [(0, -2.5, 1)]), sources, Fraction(30))
    assert [(s.source, s.frames) for s in program.spans] == [(None, (0, 75)), (0, (75, 105))]
    assert warnings == (
        "Camera 2 starts at 0:00, segment 1 needs -0:02.5: 2.5 s of black at its start.",
    )


def test_an_end_beyond_the_source_is_black_and_says_so() -> None:
    sources = {0: footage(constant(300), name="Camera 2")}
    program, warnings = build_program(config_of(1, [(0, 9, 31)]), sources, Fraction(30))
    assert [(s.source, s.frames) for s in program.spans] == [(0, (0, 30)), (None, (30, 660))]
    assert warnings == ("Camera 2 ends at 0:10, segment 1 needs 0:31: 21 s of black at its end.",)


def test_a_tenth_of_a_second_is_stood_in_for_and_a_frame_more_is_not() -> None:
    sources = {0: footage(constant(300))}
    rate = Fraction(30)
    held, quiet = build_program(config_of(1, [(0, -0.1, 1), (0, 9, 10.1)]), sources, rate)
    assert {span.source for span in held.spans} == {0}
    assert not quiet
    cuts = [(0, -0.133333, 1.0), (0, 9, 10.133333)]
    black, told = build_program(config_of(1, cuts), sources, rate)
    assert [span.source for span in black.spans] == [None, 0, 0, None]
    assert len(told) == 2


def test_a_segment_of_no_frame_is_left_out_with_a_warning() -> None:
    sources = {0: footage(constant(300))}
    cuts = [(0, 0, 1), (0, 2, 2.01), (0, 3, 4)]
    program, warnings = build_program(config_of(1, cuts), sources, Fraction(30))
    assert [span.segment for span in program.spans] == [0, 2]
    assert warnings == ("Segment 2 is shorter than half a frame and is left out.",)
    many = [(0, 0, 0.001)] * 30 + [(0, 0, 1)]
    _, warnings = build_program(config_of(1, many), sources, Fraction(30))
    assert warnings[0].startswith("Segments 1, 2, 3, ")
    assert " 21 and 9 more are " in warnings[0]


def test_a_variable_rate_is_shown_by_its_own_times() -> None:
    sources = {0: footage(variable([0, 10, 200, 210, 480], last=Fraction(1, 50)))}
    program, _ = build_program(config_of(1, [(0, 0, 0.5)]), sources, Fraction(10))
    assert [what and what[1] for what in shown_by(program, sources)] == [0, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (Fraction(0), "0:00"),
        (Fraction(-1, 100), "0:00"),
        (Fraction(5995, 100), "1:00"),
        (Fraction(-7205), "-2:00:05"),
        (Fraction(61, 10), "0:06.1"),
    ],
)
def test_times_are_said_as_players_show_them(seconds: Fraction, said: str) -> None:
    assert clock(seconds) == said
