"""When the programme's sound is copied and when it is encoded, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.worker.plan.build import config_of, constant, footage
from worker.plan.footage import Footage
from worker.plan.plan import build_plan
from worker.plan.sound import SoundRun
from worker.plan.sound_copy import COPIED, SoundChoice, choose_sound


def cameras(**sound: Any) -> dict[int, Footage]:
    """Two cameras of 20 s, the first with other facts of its sound."""
    two = {n: footage(constant(600), name=f"cam{n}.mp4") for n in range(2)}
    first = two[0].sound
    assert first is not None
    return two | {0: replace(two[0], sound=replace(first, **sound))}


def choice(segments: list[tuple[int, float, float]], **sound: Any) -> SoundChoice:
    config = config_of(2, segments, codec="h264", fps=30)
    return build_plan(config, cameras(**sound)).sound_choice


def test_segments_that_go_on_in_one_source_are_copied_from_where_they_begin() -> None:
    chosen = choice([(0, 1.5, 4), (0, 4, 4.7), (0, 4.7, 20)])
    assert chosen == SoundChoice(SoundRun(0, 0, 18_5 * 4800, Fraction(3, 2)), COPIED)


@pytest.mark.parametrize(
    ("segments", "sound", "reason"),
    [
        ([(0, 1, 2), (0, 2.1, 3)], {}, "several places"),
        ([(0, 1, 2), (1, 2, 3)], {}, "several places"),
        ([(0, 1, 2)], {"profile": "HE-AAC"}, "48 kHz stereo HE-AAC, not 48 kHz stereo AAC-LC"),
        ([(0, 1, 2)], {"rate": 44_100}, "44.1 kHz stereo AAC-LC"),
        ([(0, 1, 2)], {"channels": 1}, "cam0.mp4 is 48 kHz mono"),
        ([(0, 1, 2)], {"codec": "opus", "profile": ""}, "48 kHz stereo OPUS"),
        ([(0, 1, 2)], {"codec": "pcm_s16le", "profile": ""}, "PCM S16LE"),
        ([(0, 1, 2)], {"start": Fraction(1001, 1000)}, "begins before"),
        ([(0, 1, 2)], {"end": Fraction(1998, 1000)}, "ends after"),
        ([(0, -1, 2)], {}, "begins before"),
    ],
)
def test_sound_is_encoded_for_a_reason(
    segments: list[tuple[int, float, float]], sound: dict[str, Any], reason: str
) -> None:
    chosen = choice(segments, **sound)
    assert chosen.copied is None
    assert reason in chosen.reason


def test_an_end_less_than_a_millisecond_late_is_no_reason() -> None:
    assert choice([(0, 1, 2)], end=Fraction(19_995, 10_000)).copied is not None


def test_silence_webm_and_an_earlier_failure_are_reasons() -> None:
    run = SoundRun(0, 0, 48_000, Fraction(1))
    assert choose_sound((run,), cameras(), "mp4").copied == run
    assert "webm" in choose_sound((run,), cameras(), "webm").reason
    assert choose_sound((run,), cameras(), "mp4", "a gap") == SoundChoice(None, "a gap")
    silence = SoundRun(None, 0, 48_000, Fraction(0))
    assert "silent" in choose_sound((silence,), cameras(), "mp4").reason
    assert choose_sound((), cameras(), "mp4").copied is None
