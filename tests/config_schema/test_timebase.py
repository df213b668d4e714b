"""Times are taken exactly as written, and rates as people mean them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config_schema.timebase import (
    STANDARD_RATES,
    FrameRange,
    exact,
    nearest_standard_rate,
    resolve_rate,
    round_half_up,
)

NTSC_30 = Fraction(30000, 1001)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_exact_is_the_fraction_of_the_shortest_decimal(number: float) -> None:
    assert exact(number) == Fraction(repr(number))


@given(st.integers())
def test_exact_keeps_integers_of_any_size(number: int) -> None:
    assert exact(number) == number


@given(st.fractions())
def test_round_half_up_is_the_floor_of_the_number_plus_a_half(x: Fraction) -> None:
    rounded = round_half_up(x)
    assert rounded <= x + Fraction(1, 2) < rounded + 1


@pytest.mark.parametrize(
    ("asked", "lead", "meant"),
    [
        (None, Fraction(25), Fraction(25)),
        (30, NTSC_30, NTSC_30),
        (30.0, NTSC_30, NTSC_30),
        (30, Fraction(30), Fraction(30)),
        (30, Fraction(25), Fraction(30)),
        (60, NTSC_30, Fraction(60)),
        (60, Fraction(60000, 1001), Fraction(60000, 1001)),
        (24, Fraction(24000, 1001), Fraction(24000, 1001)),
        (13, Fraction(25, 2), Fraction(25, 2)),
        (23.976, Fraction(24), Fraction(24000, 1001)),
        (23.98, Fraction(25), Fraction(24000, 1001)),
        (29.97, Fraction(30), NTSC_30),
        (47.952, Fraction(30), Fraction(48000, 1001)),
        (59.94, Fraction(60), Fraction(60000, 1001)),
        (119.88, Fraction(60), Fraction(120000, 1001)),
        (29.97002997002997, Fraction(25), NTSC_30),
        (24.5, Fraction(25), Fraction(49, 2)),
        (29.9, NTSC_30, Fraction(299, 10)),
        (29.98, NTSC_30, Fraction(1499, 50)),
    ],
)
def test_a_rate_means_what_an_editor_means_by_it(
    asked: float | None, lead: Fraction, meant: Fraction
) -> None:
    assert resolve_rate(asked, lead) == meant


@pytest.mark.parametrize("rate", STANDARD_RATES)
def test_a_standard_rate_is_its_own_nearest(rate: Fraction) -> None:
    assert nearest_standard_rate(rate) == rate


def test_a_measured_rate_goes_to_the_closest_standard_one() -> None:
    assert nearest_standard_rate(Fraction(2996, 100)) == NTSC_30
    assert nearest_standard_rate(Fraction(1)) == STANDARD_RATES[0]
    assert nearest_standard_rate(Fraction(1000)) == STANDARD_RATES[-1]


def test_a_frame_range_is_half_open() -> None:
    assert FrameRange(3, 3).frames == 0
    assert FrameRange(3, 10).frames + FrameRange(10, 12).frames == FrameRange(3, 12).frames
