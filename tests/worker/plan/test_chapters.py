"""Chapters: a camera that stays begins one, a look elsewhere does not."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from config_schema.timebase import FrameRange
from tests.worker.plan.build import config_of, constant, footage
from worker.plan.chapters import (
    MOST_CHAPTERS,
    SHORTEST_SECONDS,
    TITLE_CHARACTERS,
    Chapter,
    build_chapters,
    title_of,
)
from worker.plan.program import Program, build_program

FILES = ("wide.mp4", "close up.MOV", "guest's.mkv")
CAMERAS = {n: footage(constant(100_000, 10), name=name) for n, name in enumerate(FILES)}


def program_of(takes: list[tuple[int, float]]) -> Program:
    segments = [(source, 0, seconds) for source, seconds in takes]
    return build_program(config_of(3, segments), CAMERAS, Fraction(10))[0]


def chapters_of(*takes: tuple[int, float]) -> list[tuple[int, str]]:
    """(first second, title) of each chapter of a programme of (source, seconds)."""
    found = build_chapters(program_of(list(takes)), CAMERAS)
    return [(chapter.frames.start // 10, chapter.title) for chapter in found]


def test_each_turn_of_a_camera_is_a_chapter() -> None:
    assert chapters_of((0, 20), (1, 30), (2, 10)) == [
        (0, "wide"),
        (20, "close up"),
        (50, "guest's"),
    ]


def test_neighbours_of_one_source_are_one_chapter() -> None:
    assert chapters_of((0, 6), (0, 6), (1, 5), (1, 5)) == [(0, "wide"), (12, "close up")]


def test_a_look_elsewhere_is_no_chapter_and_ends_none() -> None:
    takes = ((0, 20), (1, 9.9), (0, 20), (2, 3), (1, 15))
    assert chapters_of(*takes) == [(0, "wide"), (52, "close up")]


def test_a_short_beginning_belongs_to_what_follows() -> None:
    assert chapters_of((1, 3), (0, 20), (2, 15)) == [(0, "wide"), (23, "guest's")]


def test_a_single_chapter_and_more_than_anybody_jumps_in_are_none() -> None:
    assert chapters_of((0, 20), (0, 30)) == []
    assert chapters_of((0, 4), (1, 4), (0, 4), (1, 4)) == []
    most = [(n % 2, 10.0) for n in range(MOST_CHAPTERS)]
    assert len(chapters_of(*most)) == MOST_CHAPTERS
    assert chapters_of(*most, (0, 10.0)) == []


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 300)), min_size=1, max_size=60))
def test_chapters_partition_the_programme_and_none_is_short(takes: list[tuple[int, int]]) -> None:
    program = program_of([(source, tenths / 10) for source, tenths in takes])
    chapters = build_chapters(program, CAMERAS)
    if not chapters:
        return
    assert chapters[0].frames.start == 0
    assert chapters[-1].frames.end == program.frames
    for before, after in pairwise(chapters):
        assert before.frames.end == after.frames.start
        assert before.title != after.title
    shortest = SHORTEST_SECONDS * program.rate
    assert all(chapter.frames.frames >= shortest for chapter in chapters)
    starts = {segment.frames.start for segment in program.segments}
    assert all(chapter.frames.start in starts for chapter in chapters)


def test_a_title_is_one_line_that_every_container_has_room_for() -> None:
    assert title_of("Gäste\n 2.mov") == "Gäste 2"
    assert len(title_of("\U0001f3ac" * 200 + ".mp4").encode()) == 4 * TITLE_CHARACTERS <= 255
    assert title_of(" ") == "Camera"
    assert Chapter(FrameRange(0, 1), title_of("a.b")).title == "a.b"
