"""The oracle against cases counted by hand and against the contract's own promises."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export_service.coded_media import tone
from tests.media.oracle import (
    Expected,
    Known,
    KnownSound,
    LeadFormat,
    constant_frames,
    expect,
    find_anchor,
    output_rate,
)

NTSC_30 = Fraction(30000, 1001)


def source(
    camera: int = 1,
    rate: Fraction = Fraction(30),
    frames: int = 90,
    starts: Fraction = Fraction(0),
    size: tuple[int, int] = (96, 54),
) -> Known:
    length = starts + frames / rate
    return Known(
        camera=camera,
        frames=constant_frames(frames, rate, starts=starts),
        last_seconds=1 / rate,
        lead=LeadFormat("h264", *size, "yuv420p", rate),
        sound=KnownSound(camera, Fraction(0), length),
    )


def programme(
    *segments: tuple[int, float, float], known: list[Known] | None = None, **output: Any
) -> Expected:
    config = {
        "segments": [
            {"sourceIndex": index, "startTime": start, "endTime": end}
            for index, start, end in segments
        ],
        "output": {"codec": "h264", **output},
    }
    return expect(config, known or [source(1), source(2)])


def numbers(expected: Expected) -> list[int | None]:
    return [None if code is None else code.frame for code in expected.frames]


def test_a_second_of_the_same_rate_is_its_thirty_frames() -> None:
    assert numbers(programme((0, 1, 2))) == list(range(30, 60))


def test_a_start_that_the_editor_rounded_down_is_the_frame_it_meant() -> None:
    assert numbers(programme((0, 0.033333, 0.133333))) == [1, 2, 3]
    assert numbers(programme((0, 0.0325, 0.1325))) == [1, 2, 3]
    assert numbers(programme((0, 0.0323, 0.1323))) == [0, 1, 2]


def test_a_negative_start_is_black_until_the_first_frame() -> None:
    shown = programme((0, -0.5, 0.5))
    assert numbers(shown) == [None] * 15 + list(range(15))
    assert shown.filled == (0,)


def test_up_to_a_tenth_of_a_second_the_first_and_last_frames_are_held() -> None:
    assert numbers(programme((0, -0.1, 0.1))) == [0, 0, 0, 0, 1, 2]
    assert numbers(programme((0, 2.9, 3.1))) == [87, 88, 89, 89, 89, 89]
    assert numbers(programme((0, 2.9, 3.2))) == [87, 88, 89] + [None] * 6


def test_a_delayed_first_frame_leaves_black_before_it() -> None:
    late = source(starts=Fraction(1, 2))
    assert numbers(programme((0, 0, 1), known=[late])) == [None] * 15 + list(range(15))


def test_unequal_rates_repeat_and_drop_by_what_a_player_would_show() -> None:
    slow = source(rate=Fraction(25))
    assert numbers(programme((0, 0, 0.4), known=[slow], fps=30)) == [
        *(0, 0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9),
    ]
    fast = source(rate=Fraction(30))
    assert numbers(programme((0, 0, 0.4), known=[fast], fps=25)) == [
        *(0, 1, 2, 3, 4, 6, 7, 8, 9, 10),
    ]


def test_the_anchor_of_an_unequal_rate_is_the_start_of_the_frame_on_screen() -> None:
    slow = source(rate=Fraction(25))
    shown = programme((0, 0.079, 0.2), known=[slow], fps=30)
    assert shown.parts[0].anchor == Fraction(1, 25)
    assert numbers(shown) == [1, 1, 2, 3]


def test_durations_are_summed_exactly_and_cuts_never_drift() -> None:
    shown = programme(*[(n % 2, 1.0, 1.05) for n in range(60)])
    assert len(shown.frames) == 90
    assert {part.end - part.start for part in shown.parts} == {1, 2}


def test_a_segment_without_a_frame_is_skipped() -> None:
    shown = programme((0, 0, 0.5), (1, 0, 0.001), (0, 1, 1.5))
    assert shown.skipped == (1,)
    assert [part.segment for part in shown.parts] == [0, 2]
    assert len(shown.frames) == 30


def test_rates_are_read_as_people_name_them() -> None:
    assert output_rate(30, NTSC_30, "h264") == NTSC_30
    assert output_rate(30, Fraction(25), "h264") == 30
    assert output_rate(29.97, Fraction(30), "h264") == NTSC_30
    assert output_rate(23.98, Fraction(30), "h264") == Fraction(24000, 1001)
    assert output_rate(24, Fraction(24000, 1001), "h265") == Fraction(24000, 1001)
    assert output_rate(None, NTSC_30, "h264") == NTSC_30
    assert output_rate(25, NTSC_30, "copy") == NTSC_30
    assert output_rate(12.5, NTSC_30, "h264") == Fraction(25, 2)


def test_the_lead_is_what_has_most_time_and_a_tie_goes_to_the_first() -> None:
    known = [source(1, Fraction(25)), source(2, Fraction(30))]
    assert programme((1, 0, 1), (0, 0, 1), known=known).rate == 30
    assert programme((1, 0, 1), (0, 0, 1.5), known=known).rate == 25


def test_a_hole_shows_the_frame_before_it() -> None:
    frames = constant_frames(30, Fraction(30), without=lambda n: n in (4, 5))
    holed = Known(1, frames, Fraction(1, 30), source().lead, None)
    shown = programme((0, 0, 0.3), known=[holed])
    assert numbers(shown) == [0, 1, 2, 3, 3, 3, 6, 7, 8]


def test_a_variable_rate_shows_what_is_on_screen_at_each_instant() -> None:
    times = [Fraction(n, 1000) for n in (0, 40, 90, 100, 250, 300)]
    uneven = Known(
        1, tuple(zip(times, range(6), strict=True)), Fraction(50, 1000), source().lead, None
    )
    shown = programme((0, 0.05, 0.35), known=[uneven], fps=20)
    assert shown.parts[0].anchor == Fraction(40, 1000)
    assert numbers(shown) == [1, 2, 3, 3, 3, 4]


def test_the_sound_starts_at_the_anchor_and_a_cut_is_the_mean_of_both() -> None:
    shown = programme((0, 1, 2), (1, 0.51, 1.51))
    track = shown.sound()
    assert len(track) == 96000
    assert np.allclose(track[:47000, 0], tone(1, 48000, 47000), atol=1e-4)
    second = tone(2, 24000, 48000)
    assert np.allclose(track[48200:, 0], second[200:], atol=1e-4)
    middle = (tone(1, 96000, 1)[0] + second[0]) / 2
    assert track[48000, 0] == pytest.approx(middle, abs=0.02)


times = st.integers(-2_000_000, 6_000_000)
lengths = st.integers(1, 1_500_000)


@given(st.lists(st.tuples(st.integers(0, 1), times, lengths), min_size=1, max_size=12))
def test_equal_rates_never_drop_or_repeat_and_parts_partition_the_programme(
    cuts: list[tuple[int, int, int]],
) -> None:
    segments = [(i, at / 10**6, (at + length) / 10**6) for i, at, length in cuts]
    shown = programme(*segments)
    total = sum(length for _, _, length in cuts)
    assert len(shown.frames) == int(Fraction(total, 10**6) * 30 + Fraction(1, 2))
    edges = [0] + [part.end for part in shown.parts]
    assert [part.start for part in shown.parts] == edges[:-1]
    for part in shown.parts:
        codes = [code for code in shown.frames[part.start : part.end] if code]
        inner = [code.frame for code in codes if 0 < code.frame < 89]
        assert all(code.camera == part.source + 1 for code in codes)
        assert inner == list(range(inner[0], inner[0] + len(inner))) if inner else True


@given(times)
def test_the_anchor_is_less_than_a_frame_before_and_a_millisecond_after(at: int) -> None:
    start = Fraction(at, 10**6)
    behind = start - find_anchor(source(), start)
    assert -Fraction(1, 1000) < behind <= Fraction(1, 30) - Fraction(1, 1000)
