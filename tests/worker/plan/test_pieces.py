"""Pieces: nothing is lost or made twice, none is long, and cuts fall together where they can."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worker.plan.build import config_of, constant, footage
from tests.worker.plan.plainly import RATES
from worker.plan.pieces import SLACK, PicturePiece, cut_pieces
from worker.plan.program import Program, Span, build_program


def programme(lengths: list[float], rate: Fraction = Fraction(30), start: float = 0) -> Program:
    """Segments of these lengths out of a camera of 100 s, black beyond."""
    cuts = [(0, start, start + length) for length in lengths]
    return build_program(config_of(1, cuts), {0: footage(constant(3000))}, rate)[0]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Program, float]:
    rng = random.Random(draw(st.integers(0, 1 << 32)))
    longest = rng.choice([0.02, 1, 10, 200])
    lengths = [rng.uniform(0.001, longest) for _ in range(rng.randint(1, 40))]
    made = programme(lengths, rng.choice(RATES), rng.choice([-30.0, 0.0, 95.0]))
    # A frame each at the least, and not more than some hundred pieces.
    shortest = float(made.seconds) / 300
    return made, max(shortest, rng.choice([0.001, 0.5, 2.5, 10, 60]))


def targets(made: Program, piece_seconds: float) -> tuple[int, int]:
    target = max(1, round(piece_seconds * made.rate))
    return target, int(target * SLACK)


@settings(max_examples=100)
@given(cases())
def test_pieces_partition_the_frames(case: tuple[Program, float]) -> None:
    made, _ = case
    pieces = cut_pieces(*case)
    position = 0
    for index, piece in enumerate(pieces):
        assert piece.index == index
        assert piece.frames.start == position < piece.frames.end
        position = piece.frames.end
    assert position == made.frames


@settings(max_examples=100)
@given(cases())
def test_the_spans_of_the_pieces_are_the_spans_of_the_programme(
    case: tuple[Program, float],
) -> None:
    made, _ = case
    pieces = cut_pieces(*case)
    for piece in pieces:
        position = piece.frames.start
        for span in piece.spans:
            assert span.frames.start == position < span.frames.end
            position = span.frames.end
        assert position == piece.frames.end
    assert joined(pieces) == list(made.spans)


def joined(pieces: tuple[PicturePiece, ...]) -> list[Span]:
    """The spans with those put together again that a piece's end cut in two."""
    spans: list[Span] = []
    for piece in pieces:
        for span in piece.spans:
            last = spans[-1] if spans else None
            if last is not None and last.frames.end == span.frames.start:
                whole = span.__class__(
                    **(vars(span) | {"frames": span.frames._replace(start=last.frames.start)})
                )
                if whole == span.__class__(**(vars(last) | {"frames": whole.frames})):
                    spans[-1] = whole
                    continue
            spans.append(span)
    return spans


@settings(max_examples=100)
@given(cases())
def test_a_piece_is_about_as_long_as_wanted_and_ends_with_a_segment_where_one_is_near(
    case: tuple[Program, float],
) -> None:
    made, _ = case
    target, slack = targets(*case)
    ends = {segment.frames.end for segment in made.segments}
    for piece in cut_pieces(*case):
        length = piece.frames.end - piece.frames.start
        assert length <= target + slack
        if piece.frames.end == made.frames:
            continue
        assert length >= target - slack
        wanted = piece.frames.start + target
        near = [end for end in ends if abs(end - wanted) <= slack]
        if near:
            assert piece.frames.end in near
            assert abs(piece.frames.end - wanted) == min(abs(end - wanted) for end in near)
        else:
            assert piece.frames.end == wanted


def test_a_little_rest_is_no_piece_of_its_own() -> None:
    pieces = cut_pieces(programme([20, 20, 4]), 20)
    assert [piece.frames for piece in pieces] == [(0, 600), (600, 1320)]


@pytest.mark.parametrize("piece_seconds", [1, 60])
def test_twenty_thousand_segments_are_cut_at_once(piece_seconds: float) -> None:
    made = programme([0.5] * 20_000)
    pieces = cut_pieces(made, piece_seconds)
    assert sum(len(piece.spans) for piece in pieces) == 20_000
