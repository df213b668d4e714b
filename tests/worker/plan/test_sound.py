"""The sound as runs of samples: no gap, no drift, and no cut where a source simply goes on."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config_schema.config import ExportConfig
from tests.worker.plan.build import config_of, constant, footage
from tests.worker.plan.plainly import RATES, random_segments, random_times
from worker.plan.footage import Footage
from worker.plan.program import PlannedSegment, Program, build_program
from worker.plan.sound import SAMPLE_RATE, SoundRun, build_sound, sample_at

HALF_SAMPLE = Fraction(1, 2 * SAMPLE_RATE)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[Program, dict[int, Footage]]:
    rng = random.Random(draw(st.integers(0, 1 << 32)))
    times = {index: random_times(rng) for index in range(rng.randint(1, 3))}
    segments = random_segments(rng, times)
    silent = [n for n in range(len(segments)) if rng.random() < 0.2]
    config = config_of(len(times), segments, silent=silent)
    sources = {n: footage(found, has_sound=rng.random() < 0.8) for n, found in times.items()}
    return build_program(config, sources, rng.choice(RATES))[0], sources


def planned(config: ExportConfig, sources: dict[int, Footage], rate: Fraction) -> list[SoundRun]:
    return list(build_sound(build_program(config, sources, rate)[0], sources))


@settings(max_examples=100)
@given(programmes())
def test_runs_partition_the_samples_at_frame_boundaries(
    case: tuple[Program, dict[int, Footage]],
) -> None:
    program, sources = case
    runs = build_sound(program, sources)
    boundaries = {sample_at(segment.frames.start, program.rate) for segment in program.segments}
    position = 0
    for run in runs:
        assert run.start == position < run.end
        assert run.start in boundaries
        position = run.end
    assert position == sample_at(program.frames, program.rate)


@settings(max_examples=100)
@given(programmes())
def test_each_segment_hears_its_source_from_its_anchor_on(
    case: tuple[Program, dict[int, Footage]],
) -> None:
    program, sources = case
    runs = build_sound(program, sources)
    for segment in program.segments:
        if segment.frames.start == segment.frames.end:
            continue
        run = run_of(segment, program, runs)
        if not segment.has_sound or sources[segment.source].sound is None:
            assert run.source is None
            continue
        assert run.source == segment.source
        begins = segment.frames.start / program.rate
        heard = run.second + begins - Fraction(run.start, SAMPLE_RATE)
        assert abs(heard - segment.anchor) <= HALF_SAMPLE


def run_of(segment: PlannedSegment, program: Program, runs: tuple[SoundRun, ...]) -> SoundRun:
    first = sample_at(segment.frames.start, program.rate)
    return next(run for run in runs if run.start <= first < run.end)


@settings(max_examples=100)
@given(programmes())
def test_neighbours_that_go_on_are_one_run(case: tuple[Program, dict[int, Footage]]) -> None:
    for last, run in pairwise(build_sound(*case)):
        if last.source != run.source:
            continue
        assert run.source is not None, "two silences beside each other are one"
        due = last.second + Fraction(last.end - last.start, SAMPLE_RATE)
        assert abs(due - run.second) > HALF_SAMPLE


@pytest.mark.parametrize("rate", RATES)
def test_a_camera_cut_a_hundred_times_at_its_own_frames_is_heard_in_one_piece(
    rate: Fraction,
) -> None:
    times = constant(2000, rate)
    marks = [float(times.start_of(n)) for n in range(0, 2000, 17)]
    cuts = [(0, a, b) for a, b in pairwise(marks)]
    runs = planned(config_of(1, cuts), {0: footage(times)}, rate)
    assert len(runs) == 1
    assert runs[0].second == 0


def test_a_jump_in_a_camera_is_a_cut() -> None:
    sources = {0: footage(constant(300))}
    runs = planned(config_of(1, [(0, 1, 2), (0, 2.1, 3), (0, 1, 2)]), sources, Fraction(30))
    assert [(run.start, run.end, run.second) for run in runs] == [
        (0, 48_000, 1),
        (48_000, 91_200, Fraction(21, 10)),
        (91_200, 139_200, 1),
    ]


def test_a_segment_of_no_frame_leaves_no_run() -> None:
    sources = {0: footage(constant(300)), 1: footage(constant(300))}
    runs = planned(config_of(2, [(0, 0, 1), (1, 1, 1.01), (0, 1, 2)]), sources, Fraction(30))
    assert [run.source for run in runs] == [0]


def test_silence_where_none_is_wanted_or_none_is_there() -> None:
    sources = {0: footage(constant(300)), 1: footage(constant(300), has_sound=False)}
    cuts = [(0, 0, 1), (0, 1, 2), (1, 2, 3), (0, 3, 4)]
    runs = planned(config_of(2, cuts, silent=[1]), sources, Fraction(30))
    assert [(run.source, run.start, run.end) for run in runs] == [
        (0, 0, 48_000),
        (None, 48_000, 144_000),
        (0, 144_000, 192_000),
    ]
