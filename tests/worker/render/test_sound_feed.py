"""The sound as samples: runs of every length join without a gap, a click or a missing sample."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from export_service.coded_media import tone
from tests.media.footage import Source, get
from worker.ffmpeg.facts import gather
from worker.plan.footage import Footage
from worker.plan.sound import SAMPLE_RATE, SoundRun
from worker.render.sound_feed import mixed
from worker.render.spec import SoundSpec, write_answer

#: What AAC makes of a tone.
LOSSY = 0.05

SpecOf = Callable[[Sequence[SoundRun]], SoundSpec]


@pytest.fixture
def source() -> Source:
    return get("sixty.mp4")


@pytest.fixture
def spec_of(source: Source, tmp_path: Path) -> Iterator[SpecOf]:
    descriptor = os.open(source.path, os.O_RDONLY)
    found = gather(descriptor, "cam", "print", scan=False, report=lambda _: None)
    path = tmp_path / "footage.json"
    write_answer(path, {0: found}, dict[int, Footage])
    yield lambda runs: SoundSpec({0: descriptor}, path, tuple(runs), runs[-1].end)
    os.close(descriptor)


def runs_of(lengths: Sequence[int], *, jump: int, silent: int = 0) -> list[SoundRun]:
    """Runs that go on in the source, `jump` samples left out between them; each n-th silent."""
    runs: list[SoundRun] = []
    position = second = 0
    for number, length in enumerate(lengths):
        is_silent = silent and number % silent == 1
        where = Fraction(SAMPLE_RATE + second, SAMPLE_RATE)
        runs.append(SoundRun(None if is_silent else 0, position, position + length, where))
        position += length
        second += length + jump
    return runs


def heard(spec: SoundSpec) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.concatenate(list(mixed(spec)))


@pytest.mark.parametrize("longest", [2, 200, 300, 5000])
def test_runs_of_any_length_fill_the_programme_to_the_sample(longest: int, spec_of: SpecOf) -> None:
    rng = random.Random(longest)
    lengths = [rng.randint(1, longest) for _ in range(40)]
    for silent in (0, 3):
        made = heard(spec_of(runs_of(lengths, jump=77, silent=silent)))
        assert made.shape == (sum(lengths), 2)


@pytest.mark.parametrize("length", [200, 240, 2000])
def test_a_cut_where_the_sound_goes_on_is_not_heard(
    length: int, spec_of: SpecOf, source: Source
) -> None:
    """Both sides of the fade are the same sound: fading must neither dip nor swell."""
    count = length * 12
    made = heard(spec_of(runs_of([length] * 12, jump=0)))
    due = tone(source.known.camera, SAMPLE_RATE, count)
    assert np.abs(made[:, 0] - due).max() < LOSSY


def test_a_fade_is_linear_and_centred_on_the_cut(spec_of: SpecOf, source: Source) -> None:
    first, jump = 4800, 10_000
    made = heard(spec_of(runs_of([first, first], jump=jump)))[:, 0]
    camera = source.known.camera
    before = tone(camera, SAMPLE_RATE, 2 * first)
    after = tone(camera, SAMPLE_RATE + jump, 2 * first)
    gain = np.clip((np.arange(2 * first) - first + 120.5) / 240, 0, 1)
    assert np.abs(made - (before * (1 - gain) + after * gain)).max() < LOSSY


def test_beyond_the_source_is_silence(spec_of: SpecOf, source: Source) -> None:
    known = source.known.sound
    assert known is not None
    end = int(known.ends * SAMPLE_RATE)
    runs = [
        SoundRun(0, 0, SAMPLE_RATE, Fraction(-3, 2)),
        SoundRun(0, SAMPLE_RATE, 3 * SAMPLE_RATE, Fraction(end, SAMPLE_RATE) + 1),
    ]
    made = heard(spec_of(runs))
    assert made.shape == (3 * SAMPLE_RATE, 2)
    assert not made.any()
