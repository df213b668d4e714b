"""Cameras that lie never yield a wrong frame: some of the variants that `make liars` tries.

And the judge of all this is judged: shown a programme that is wrong it says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

import pytest

from config_schema.errors import EncoderFailed, InternalFault, SourceUnreadable, VerificationFailed
from export_service.coded_media import Area
from tests.chaos.cast import CUTS, LIAR, RATE, SIZE, camera
from tests.chaos.judge import Case, due_codes, judge_failure, judge_pictures
from tests.chaos.kinds import KINDS
from tests.chaos.liars import Verdict, before, honest, try_variant
from tests.chaos.variants import Variant, variant
from tests.chaos.witness import Slot
from tests.engine.harness import config_of
from tests.media.decode import Picture
from tests.media.footage import Source

#: Each was a wrong programme, or a failure that named nobody, before it was a test.
FOUND = (
    # Pictures shown in the order of their own count, others by the times of the file.
    ("display order lost", "high", "mp4", 1),
    ("display order changed", "hevc", "mov", 3),
    # A place to begin looked for where the index has none.
    ("some key frames missing", "hevc", "mov", 41),
    # Pictures without a slice that nobody counted.
    ("pictures overwritten", "hevc", "mp4", 22),
    # A short bridge blamed for the run in front of it.
    ("continuity errors", "hevc open", "ts", 33),
    # What a decoder made of a broken picture, taken for the picture.
    ("others that say they are key", "high", "mkv", 103),
    ("cues that point elsewhere", "hevc", "mkv", 66),
)
OTHERS = (
    ("key frames moved", "high", "mov", 201),
    ("durations of pictures wrong", "high", "mp4", 202),
    ("sizes of pictures wrong", "high", "mp4", 203),
    ("places of pictures elsewhere", "high", "mp4", 204),
    ("decoder settings damaged", "high", "mp4", 205),
    ("cut off, index in front", "high", "mp4", 206),
    ("bits flipped at the cuts", "high", "mp4", 207),
    ("lengths of units wrong", "high", "mkv", 208),
    ("key frames that are none", "high", "mp4", 209),
    ("packets dropped", "high", "ts", 210),
    ("times that jump", "high", "ts", 211),
    ("blocks of other times", "high", "mkv", 212),
)
CHOSEN = [variant(*each) for each in (*FOUND, *OTHERS)]


@pytest.fixture(scope="module")
def tried() -> Iterator[Callable[[Variant], Verdict]]:
    """How each came out; they are tried side by side."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        coming: dict[str, Future[Verdict]] = {v.name: pool.submit(try_variant, v) for v in CHOSEN}
        yield lambda chosen: coming[chosen.name].result()


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: chosen.name)
def test_a_camera_that_lies_does_no_harm(
    tried: Callable[[Variant], Verdict], chosen: Variant
) -> None:
    verdict = tried(chosen)
    assert not verdict.harm, "\n".join((verdict.outcome, verdict.words, *verdict.harm))


def test_every_kind_is_entered_once_and_damages_the_same_way_twice() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 35
    for chosen in CHOSEN[:3]:
        assert chosen.make() == chosen.make()


# --- the judge


def healthy_case(suffix: str = "mp4") -> Case:
    """A liar that tells the truth."""
    source, other = camera(LIAR, "high", suffix), honest("high")
    liar = Source(source.path, source.known, "liar.mp4")
    told = before(source.path)
    return Case(config_of([liar, other], CUTS), "liar.mp4", told, told, other.known, retimes=False)


def due(case: Case) -> list[Picture]:
    """The pictures that are right."""
    area = Area(0, 0, *SIZE)
    return [Picture(code, area if code else None) for code in due_codes(case, RATE)]


def harm(pictures: list[Picture], case: Case, *warnings: str) -> list[str]:
    return judge_pictures(pictures, RATE, warnings, case).harm


def test_the_judge_finds_nothing_wrong_with_what_is_right() -> None:
    case = healthy_case()
    assert not harm(due(case), case)


def test_the_judge_finds_a_programme_that_is_a_frame_late() -> None:
    case = healthy_case()
    pictures = due(case)
    late = [pictures[0], *pictures[:-1]]
    assert len(harm(late, case)) > 0.9 * len(late)
    assert harm(pictures[:-1], case)


def test_the_judge_finds_copies_from_the_key_frame_before_each_cut() -> None:
    case = healthy_case()
    pictures = due(case)
    early = list(pictures)
    early[:9] = pictures[9:18]
    assert len(harm(early, case)) == 9


def test_black_needs_damage_and_a_word() -> None:
    case = healthy_case()
    pictures = due(case)
    pictures[20] = Picture(None, None)
    assert harm(pictures, case, "liar.mp4 is damaged")
    slots = list(case.now.slots)
    slots[29] = Slot(Fraction(29, 30), frozenset(), is_suspect=True)
    damaged = replace(case, now=replace(case.now, slots=tuple(slots)))
    assert harm(pictures, damaged)
    assert not harm(pictures, damaged, "liar.mp4 is damaged")
    # The frame before may stand in, another may not.
    assert not harm([*pictures[:20], pictures[19], *pictures[21:]], damaged, "liar.mp4 is damaged")
    assert harm([*pictures[:20], pictures[60], *pictures[21:]], damaged, "liar.mp4 is damaged")


def test_a_failure_names_the_source() -> None:
    assert not judge_failure(SourceUnreadable("liar.mp4 has no picture."), "liar.mp4")
    for error in (
        SourceUnreadable(),
        InternalFault("liar.mp4"),
        VerificationFailed(),
        EncoderFailed("liar.mp4"),
        ValueError("liar.mp4"),
    ):
        assert judge_failure(error, "liar.mp4"), error
