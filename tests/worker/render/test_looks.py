"""Where a finished file is looked at: every part, every kind of join, and not much more."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from worker.plan.gops import SampleKind
from worker.render.looks import (
    JOIN_FRAMES,
    JOINS_FROM_BOTH_SIDES,
    MIDDLES,
    Look,
    Part,
    checks_of,
    share_of,
)
from worker.render.spec import CopiedPart, MadePart

DRAWN = st.lists(
    st.tuples(st.booleans(), st.integers(0, 3), st.integers(1, 90)), min_size=1, max_size=200
)


def parts_from(drawn: list[tuple[bool, int, int]]) -> list[Part]:
    parts: list[Part] = []
    start = 0
    for is_copied, file, frames in drawn:
        if is_copied:
            parts.append(CopiedPart(start, frames, file, 7 * start, SampleKind.IDR))
        else:
            parts.append(MadePart(start, frames, Path(f"{file}.mp4"), 0))
        start += frames
    return parts


def kind(part: Part) -> int | None:
    return part.source if isinstance(part, CopiedPart) else None


@given(DRAWN)
def test_every_part_is_decoded_from_its_beginning(drawn: list[tuple[bool, int, int]]) -> None:
    parts = parts_from(drawn)
    starts = [check for check in checks_of(parts) if check.look == Look.START]
    assert [check.parts for check in starts] == [(part,) for part in parts]
    assert [check.frame for check in starts] == [part.start for part in parts]


@given(DRAWN)
def test_a_join_of_every_kind_and_the_end_are_decoded_across(
    drawn: list[tuple[bool, int, int]],
) -> None:
    parts = parts_from(drawn)
    across = [check for check in checks_of(parts) if check.look == Look.ACROSS]
    joins = {b.start: (kind(a), kind(b)) for a, b in pairwise(parts)}
    looked_at = {joins[check.frame] for check in across[:-1]}
    assert looked_at == set(joins.values())
    assert across[-1].frame == parts[-1].start + parts[-1].frames


@given(DRAWN)
def test_a_look_across_a_join_blames_every_part_that_it_decodes(
    drawn: list[tuple[bool, int, int]],
) -> None:
    parts = parts_from(drawn)
    for check in checks_of(parts):
        if check.look == Look.ACROSS:
            decoded = range(check.frame - JOIN_FRAMES, check.frame + JOIN_FRAMES)
            there = [
                p for p in parts if p.start < decoded.stop and decoded.start < p.start + p.frames
            ]
            assert list(check.parts) == there


@given(DRAWN)
def test_joins_are_all_decoded_across_until_they_are_many(
    drawn: list[tuple[bool, int, int]],
) -> None:
    parts = parts_from(drawn)
    across = [check for check in checks_of(parts) if check.look == Look.ACROSS][:-1]
    joins = len(parts) - 1
    assert len(across) >= min(joins, JOINS_FROM_BOTH_SIDES // 2)
    if joins <= JOINS_FROM_BOTH_SIDES:
        assert len(across) == joins
    kinds = len({(kind(a), kind(b)) for a, b in pairwise(parts)})
    assert len(across) <= JOINS_FROM_BOTH_SIDES + kinds


@given(DRAWN)
def test_middles_are_of_copied_parts_and_bounded(drawn: list[tuple[bool, int, int]]) -> None:
    parts = parts_from(drawn)
    middles = [check for check in checks_of(parts) if check.look == Look.MIDDLE]
    assert len(middles) <= MIDDLES
    assert bool(middles) == any(isinstance(part, CopiedPart) for part in parts)
    for check in middles:
        (part,) = check.parts
        assert isinstance(part, CopiedPart)
        assert part.start <= check.frame < part.start + part.frames


@given(DRAWN, st.integers(1, 5))
def test_shares_are_all_of_it_once(drawn: list[tuple[bool, int, int]], of: int) -> None:
    checks = checks_of(parts_from(drawn))
    shares = [check for number in range(of) for check in share_of(checks, number, of)]
    assert tuple(shares) == checks
