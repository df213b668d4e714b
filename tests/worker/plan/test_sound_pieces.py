"""The sound in pieces: a partition at the encoder's frames, both sides of a join read alike."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worker.plan.build import config_of, constant, footage
from tests.worker.plan.plainly import RATES
from tests.worker.plan.test_sound import programmes
from worker.plan.footage import Footage
from worker.plan.plan import build_plan
from worker.plan.program import Program
from worker.plan.sound import FADE_SAMPLES, SAMPLE_RATE, SoundRun, build_sound
from worker.plan.sound_pieces import CODINGS, SLACK, SoundPiece, cut_sound

CODECS = sorted(CODINGS)
LENGTHS = (0.001, 0.1, 1, 3.3, 180)


def sounding(runs: tuple[SoundRun, ...], origin: int, sample: int) -> tuple[int | None, Fraction]:
    """What is read for a programme sample, by runs that count from `origin`: source and second."""
    run = next(run for run in runs if run.start <= sample - origin < run.end)
    if run.source is None:
        return None, Fraction(0)
    return run.source, run.second + Fraction(sample - origin - run.start, SAMPLE_RATE)


def around(runs: tuple[SoundRun, ...], start: int, end: int, origin: int) -> list[SoundRun]:
    """What is read in [start, end), in programme samples."""
    return [
        replace(run, start=run.start + origin, end=min(run.end + origin, end))
        for run in runs
        if start <= run.start + origin < end
    ]


@settings(max_examples=100, deadline=None)
@given(programmes(), st.sampled_from(CODECS), st.sampled_from(LENGTHS))
def test_pieces_partition_the_samples_at_whole_frames(
    case: tuple[Program, dict[int, Footage]], codec: str, seconds: float
) -> None:
    runs = build_sound(*case)
    coding = CODINGS[codec]
    pieces = cut_sound(runs, codec, seconds)
    if not runs:
        assert pieces == ()
        return
    assert [piece.index for piece in pieces] == list(range(len(pieces)))
    assert (pieces[0].start, pieces[-1].end) == (0, runs[-1].end)
    assert all(a.end == b.start for a, b in pairwise(pieces))
    longest = max(coding.frame, seconds * SAMPLE_RATE + coding.frame)
    for piece in pieces:
        assert piece.start % coding.frame == piece.fed_from % coding.frame == 0
        assert 0 < piece.end - piece.start <= longest * (1 + SLACK)
        assert piece.fed_from + piece.skipped * coding.frame == piece.start
        assert piece.skipped == min(coding.run_up, piece.start // coding.frame)
        assert piece.runs[0].start <= 0
        assert piece.samples <= piece.runs[-1].end
        assert all(a.end == b.start for a, b in pairwise(piece.runs))
        if piece.end < runs[-1].end:
            assert piece.packets == (piece.end - piece.start) / coding.frame
            past = piece.fed_from + piece.samples
            assert past in (piece.end + coding.run_out * coding.frame, runs[-1].end)
        else:
            assert piece.packets is None
            assert piece.fed_from + piece.samples == runs[-1].end


@settings(max_examples=60, deadline=None)
@given(programmes(), st.sampled_from(CODECS), st.sampled_from(LENGTHS[1:]))
def test_every_sample_is_read_where_the_runs_say(
    case: tuple[Program, dict[int, Footage]], codec: str, seconds: float
) -> None:
    runs = build_sound(*case)
    for piece in cut_sound(runs, codec, seconds):
        edges = {piece.start, piece.end - 1, piece.fed_from, piece.fed_from + piece.samples - 1}
        edges |= {run.start + piece.fed_from for run in piece.runs if run.start >= 0}
        for sample in sorted(edge for edge in edges if edge < piece.fed_from + piece.samples):
            assert sounding(piece.runs, piece.fed_from, sample) == sounding(runs, 0, sample)


@settings(max_examples=100, deadline=None)
@given(programmes(), st.sampled_from(CODECS), st.sampled_from(LENGTHS))
def test_both_pieces_at_a_join_read_the_shared_frames_from_the_same_second(
    case: tuple[Program, dict[int, Footage]], codec: str, seconds: float
) -> None:
    coding = CODINGS[codec]
    for before, after in pairwise(cut_sound(build_sound(*case), codec, seconds)):
        if not after.fed_from:
            continue  # both have read all from the programme's beginning
        # A packet is heard one frame before what follows it has faded in.
        shared = after.start - coding.frame
        past = before.fed_from + before.samples
        begins = [run.start + after.fed_from for run in after.runs if run.start > 0]
        seam = max(start for start in begins if start <= shared - FADE_SAMPLES)
        assert seam - FADE_SAMPLES >= after.fed_from
        assert around(before.runs, seam, past, before.fed_from) == around(
            after.runs, seam, past, after.fed_from
        )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32), st.sampled_from(CODECS))
def test_no_cut_has_another_fade_for_a_seam_or_an_edge_near_it(seed: int, codec: str) -> None:
    chance = random.Random(seed)
    runs, position = [], 0
    for number in range(60):
        length = chance.choice((1, 50, 239, 241, 1024, 5000, 100_000))
        runs.append(SoundRun(number % 2, position, position + length, Fraction(number, 7)))
        position += length
    long_enough = {
        b.start for a, b in pairwise(runs) if min(a.end - a.start, b.end - b.start) >= FADE_SAMPLES
    }
    for piece in cut_sound(tuple(runs), codec, 0.5):
        for a, b in pairwise(piece.runs):
            cut = b.start + piece.fed_from
            inside = FADE_SAMPLES <= b.start <= piece.samples
            if inside and cut in long_enough:
                assert min(a.end - a.start, b.end - b.start) >= FADE_SAMPLES


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("container", ["mp4", "webm"])
def test_moving_a_switch_changes_the_pieces_it_lies_in_and_no_other(
    rate: Fraction, container: str
) -> None:
    sources = {n: footage(constant(2000, rate)) for n in range(2)}
    seconds = float(2000 / rate)

    def pieces(moved: float) -> tuple[SoundPiece, ...]:
        edges = [seconds * n / 40 for n in range(41)]
        edges[21] += moved
        cuts = [(n % 2, a, b) for n, (a, b) in enumerate(pairwise(edges))]
        config = config_of(2, cuts, format=container, codec="h264")
        return build_plan(config, sources, piece_seconds=seconds / 60).sound_pieces

    before, after = pieces(0), pieces(seconds / 100)
    assert len(before) == len(after) > 15
    changed = [a.index for a, b in zip(before, after, strict=True) if content(a) != content(b)]
    assert changed
    spread = CODINGS["aac"].run_up * 1024 / SAMPLE_RATE / (before[0].end / SAMPLE_RATE)
    assert changed[-1] - changed[0] <= 2 + spread


def content(piece: SoundPiece) -> object:
    """What decides what is in the piece's file."""
    return piece.runs, piece.samples


def test_the_same_sound_is_the_same_piece_wherever_it_stands() -> None:
    one = SoundRun(0, 0, 20 * 102_400, Fraction(3))
    silence = SoundRun(None, one.end, 80 * 102_400, Fraction(0))
    pieces = cut_sound((one, silence), "aac", 102_400 / SAMPLE_RATE)
    assert len({content(piece) for piece in pieces[30:-2]}) == 1
    assert len({content(piece) for piece in pieces[:20]}) == 20


@pytest.mark.parametrize("codec", CODECS)
def test_a_short_programme_is_one_piece_of_all_its_runs(codec: str) -> None:
    runs = (SoundRun(0, 0, 48_000, Fraction(1)), SoundRun(None, 48_000, 10_000_000, Fraction(0)))
    assert cut_sound(runs, codec, 180) == (
        SoundPiece(0, 0, 10_000_000, 0, 10_000_000, 0, None, runs),
    )


def test_ten_hours_are_pieces_of_three_minutes() -> None:
    runs = (SoundRun(0, 0, 36_000 * SAMPLE_RATE, Fraction(0)),)
    pieces = cut_sound(runs, "aac", 180)
    assert len(pieces) == 200
    assert max(piece.samples for piece in pieces) < 190 * SAMPLE_RATE


def test_a_copied_or_unwanted_sound_has_no_pieces() -> None:
    sources = {0: footage(constant(3000))}
    for output in ({"codec": "h264"}, {"includeAudio": False}):
        assert build_plan(config_of(1, [(0, 1, 50)], **output), sources).sound_pieces == ()
