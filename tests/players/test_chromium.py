"""Chromium shows the right frame at seeks around cuts, and in continuous play across them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from export_service.coded_media import Luma
from tests.media.reference import draw
from tests.players.browser import Page
from tests.players.judge import EXACT, MILLISECONDS, faults, seek_faults, unseen
from tests.players.programmes import Programme
from tests.players.screen import complaints, on_screen, places_around, play_until_seen

CUTS = 20
SLOW = (0.5, 0.25, 0.125, 0.0625)
GRIDS = {"H.264": EXACT, "H.264 open, NTSC": EXACT, "VP9": MILLISECONDS}


def test_chapters_are_not_in_the_way(page: Page, programme: Callable[[str], Programme]) -> None:
    due = programme("H.264 with chapters")
    with on_screen(page, due.path) as screen:
        places = list(places_around(due.cuts, due.expected.rate))
        assert not list(seek_faults([(n, screen.seek(at)) for n, at in places], due.expected))
        assert not complaints(page)


@pytest.mark.parametrize("name", GRIDS)
def test_sixty_seeks_around_cuts_show_the_frame_that_was_asked_for(
    name: str, page: Page, programme: Callable[[str], Programme]
) -> None:
    due = programme(name)
    places = list(places_around(due.cuts[:CUTS], due.expected.rate))
    random.Random(1).shuffle(places)
    with on_screen(page, due.path) as screen:
        sought = [(n, screen.seek(seconds)) for n, seconds in places]
        assert len(sought) == 60
        assert not list(seek_faults(sought, due.expected, off=GRIDS[name]))
        assert not complaints(page)


@pytest.mark.parametrize("name", ["H.264", "H.264 open, NTSC"])
def test_play_across_all_cuts_shows_each_picture_at_its_time(
    name: str, page: Page, programme: Callable[[str], Programme]
) -> None:
    due = programme(name)
    assert len(due.cuts) >= CUTS
    with on_screen(page, due.path) as screen:
        assert screen.size == (due.expected.width, due.expected.height)
        assert screen.seconds == pytest.approx(float(due.seconds), abs=0.001)
        pictures = play_until_seen(screen, due.expected)
        assert not list(faults(pictures, due.expected))
        assert not unseen(pictures, due.expected)
        assert not complaints(page)


def test_hevc_is_refused_or_right(page: Page, programme: Callable[[str], Programme]) -> None:
    """A build of Chromium without HEVC (the distribution's is one) plays the sound alone."""
    due = programme("HEVC")
    with on_screen(page, due.path) as screen:
        kind = 'video/mp4; codecs=\\"hvc1.1.6.L93.B0\\"'
        says = page.evaluate(f'document.querySelector("video").canPlayType("{kind}")')
        assert (screen.size == (0, 0)) == (says == "")
        for n, seconds in places_around(due.cuts[:CUTS], due.expected.rate) if says else ():
            assert not list(seek_faults([(n, screen.seek(seconds))], due.expected))


@pytest.mark.parametrize("planted", [0, 1])
def test_a_planted_wrong_frame_is_found(
    planted: int, tmp_path: Path, page: Page, programme: Callable[[str], Programme]
) -> None:
    """Of two frames around the last cut one is shown in the place of the other."""
    due = programme("H.264")
    cut = due.cuts[-1]
    wrong = cut - 1 + planted

    def plant(pictures: list[Luma]) -> list[Luma]:
        pictures[wrong] = pictures[2 * cut - 1 - wrong]
        return pictures

    file = draw(due.expected, tmp_path / "planted.mp4", frames=plant)
    shows = due.expected.frames[2 * cut - 1 - wrong]
    sentence = f"frame {wrong} shows {shows}, not {due.expected.frames[wrong]}"
    with on_screen(page, file) as screen:
        sought = [(n, screen.seek(at)) for n, at in places_around([cut], due.expected.rate)]
        assert list(seek_faults(sought, due.expected)) == [sentence]
        # Nothing but the frame itself can be found; a play that drops it is done again, slower.
        start = (cut - 5) / due.expected.rate
        plays = (list(faults(screen.play(speed, start), due.expected)) for speed in SLOW)
        assert next(filter(None, plays)) == [sentence]
