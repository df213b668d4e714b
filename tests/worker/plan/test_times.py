"""Frame times: which frame is on screen when, and exact grids put back from rounded stamps."""

from __future__ import annotations

import random
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worker.plan.build import constant, variable
from tests.worker.plan.plainly import Listed, random_times
from worker.plan.times import TOLERANCE, FrameTimes, fit_times

MS = Fraction(1, 1000)
GRIDS = {
    "23.976": Fraction(24000, 1001),
    "29.97": Fraction(30000, 1001),
    "59.94": Fraction(60000, 1001),
    **{str(n): Fraction(n) for n in (24, 25, 30, 50, 60, 120)},
}


@st.composite
def any_times(draw: st.DrawFn) -> FrameTimes:
    return random_times(random.Random(draw(st.integers(0, 1 << 32))))


@settings(max_examples=200)
@given(any_times(), st.integers(-200, 400))
def test_a_frame_is_on_screen_from_its_start_on(times: FrameTimes, index: int) -> None:
    at = times.start_of(index)
    # Frames less than 1 ms apart cannot be told from each other by the contract's rule.
    shown = times.index_at(at)
    assert shown >= index
    assert times.start_of(shown) - at < TOLERANCE
    if times.start_of(index + 1) - at >= TOLERANCE:
        assert shown == index


@settings(max_examples=200)
@given(any_times(), st.fractions(-3, 6, max_denominator=10**6))
def test_the_frame_on_screen_has_begun_and_the_next_has_not(
    times: FrameTimes, second: Fraction
) -> None:
    index = times.index_at(second)
    assert times.start_of(index) < second + TOLERANCE <= times.start_of(index + 1)


@settings(max_examples=200)
@given(any_times(), st.fractions(-3, 6, max_denominator=10**6))
def test_the_list_of_all_frames_says_the_same(times: FrameTimes, second: Fraction) -> None:
    assert Listed.of(times).holds(second) == (
        times.start_of(times.index_at(second)),
        times.index_at(second),
    )


@pytest.mark.parametrize(
    "times",
    [
        constant(40, 25),
        constant(40, 25, start=Fraction(1, 2)),
        constant(40, 25, holes={7, 8, 20}),
        variable([0, 40, 95, 110, 200, 260]),
        variable([13, 40, 95, 110, 200, 260], start=Fraction(-1, 3)),
    ],
)
def test_less_than_a_millisecond_early_is_in_time_and_a_whole_one_is_not(
    times: FrameTimes,
) -> None:
    for index in range(-3, times.count + 3):
        at = times.start_of(index)
        assert times.index_at(at - MS + Fraction(1, 10**12)) == index
        assert times.index_at(at - MS) == index - 1
        assert times.index_at(at) == index


def test_a_frame_before_a_hole_stays_until_the_next_one() -> None:
    times = constant(10, 25, holes={4, 5})
    assert [times.index_at(Fraction(n, 25)) for n in range(3, 8)] == [3, 3, 3, 4, 5]
    assert times.end == Fraction(10, 25)


def test_the_grid_goes_on_before_the_first_frame_and_after_the_last() -> None:
    times = variable([100, 140, 300], rate=25, last=Fraction(60, 1000))
    assert times.start_of(-1) == Fraction(60, 1000)
    assert times.index_at(Fraction(61, 1000)) == -1
    assert times.index_at(Fraction(10, 1000)) == -3
    assert times.end == Fraction(360, 1000) == times.start_of(3)
    assert times.index_at(Fraction(360, 1000)) == 3
    assert times.index_at(Fraction(401, 1000)) == 4


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("tick", [Fraction(1, 1000), Fraction(1, 600), Fraction(1, 90_000)])
@pytest.mark.parametrize("rounding", [Fraction(1, 2), Fraction(0)], ids=["nearest", "down"])
def test_a_rounded_grid_is_put_back_exactly(name: str, tick: Fraction, rounding: Fraction) -> None:
    rate = GRIDS[name]
    stamps = [floor(n / rate / tick + rounding) for n in range(900)]
    times = fit_times(stamps, tick, hint=Fraction(round(rate * 317), 317))
    assert times.is_constant
    assert times.rate == rate
    assert [times.start_of(n) for n in (0, 1, 777, 899)] == [n / rate for n in (0, 1, 777, 899)]


@settings(max_examples=150)
@given(st.sampled_from(sorted(GRIDS)), st.integers(0, 1 << 32), st.integers(2, 400))
def test_missing_frames_leave_holes_in_an_exact_grid(name: str, seed: int, count: int) -> None:
    rate, rng = GRIDS[name], random.Random(seed)
    gone = set(rng.sample(range(1, count), count // 10)) if count >= 20 else set()
    kept = [n for n in range(count) if n not in gone]
    stamps = [floor(n / rate / MS + Fraction(1, 2)) for n in kept]
    times = fit_times(stamps, MS, hint=rate)
    assert times.rate == rate
    assert [times.start_of(k) for k in range(len(kept))] == [n / rate for n in kept]


def test_a_few_frames_already_make_the_standard_grid() -> None:
    for rate in GRIDS.values():
        stamps = [floor(n / rate / MS + Fraction(1, 2)) for n in range(4)]
        assert fit_times(stamps, MS, hint=rate).rate == rate


@settings(max_examples=100)
@given(st.integers(0, 1 << 32))
def test_a_truly_variable_rate_is_kept_as_it_is(seed: int) -> None:
    rng = random.Random(seed)
    stamps = [rng.randint(0, 20)]
    for _ in range(60):
        stamps.append(stamps[-1] + rng.choice([17, 29, 33, 41, 50, 83]))
    times = fit_times(stamps, MS, hint=Fraction(30))
    assert not times.is_constant
    assert [times.start_of(n) for n in range(len(stamps))] == [stamp * MS for stamp in stamps]


def test_a_rate_of_no_standard_is_not_bent_to_the_nearest() -> None:
    # An AVI counts frames: its tick is a frame, and nothing in it is rounded.
    rate = Fraction(15015, 1000)
    times = fit_times(range(400), 1 / rate, hint=rate)
    assert times.is_constant
    assert times.rate == rate


def test_a_rate_that_is_a_standard_but_for_its_spelling_is_the_standard() -> None:
    times = fit_times(range(4000), Fraction(100, 2997), hint=Fraction(2997, 100))
    assert times.rate == Fraction(30000, 1001)


def test_zero_is_taken_off() -> None:
    stamps = [900_000 + 3003 * n for n in range(100)]
    times = fit_times(stamps, Fraction(1, 90_000), zero=Fraction(19, 2))
    assert times.is_constant
    assert times.start == Fraction(1, 2)


def test_a_single_frame_stays_as_long_as_its_container_says() -> None:
    times = fit_times([0], MS, hint=Fraction(25), last_duration=Fraction(1, 2))
    assert times.end == Fraction(1, 2)
    assert times.index_at(Fraction(2, 5)) == 0
    assert times.index_at(Fraction(1, 2)) == 1


@settings(max_examples=200)
@given(any_times(), st.integers(-2, 300))
def test_a_decoded_stamp_is_recognised_despite_its_rounding(times: FrameTimes, index: int) -> None:
    if not 0 <= index < times.count:
        return
    at = times.start_of(index)
    rounded = Fraction(floor(at / MS + Fraction(1, 2))) * MS
    near = [k for k in range(times.count) if abs(times.start_of(k) - rounded) <= 2 * MS]
    assert times.index_shown_at(rounded) in near
    assert times.index_shown_at(at) == index
