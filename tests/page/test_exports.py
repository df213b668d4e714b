"""Exports that are left alone, broken off, cancelled, that fail, and that come right."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.media.footage import Source
from tests.page.edits import edit, write
from tests.page.person import Person
from tests.page.scene import NAMES
from tests.worker.house import until

#: Minutes of encoding on any machine, so that there is something to interrupt.
LONG = {"Size": "3840x2160", "Quality": "very_high"}


@pytest.fixture
def cutter(person: Person, tmp_path: Path) -> Person:
    """Somebody who has an edit open."""
    person.open()
    person.open_saved(write(tmp_path, edit()))
    return person


@pytest.fixture
def late(media: Path, room: list[Source]) -> Iterator[Path]:
    """A camera's file that something happens to."""
    path = media / "sources" / "late.mp4"
    shutil.copyfile(room[1].path, path)
    yield path
    path.unlink(missing_ok=True)


def test_a_page_loaded_again_in_mid_export_goes_on(cutter: Person) -> None:
    cutter.export("Long one", "H.264", **LONG)
    cutter.wait_until("Making pictures and sound")
    until(lambda: (cutter.percent() or 0) >= 1, 120)
    address = cutter.page.url
    before = cutter.percent() or 0
    cutter.page.reload()
    assert cutter.page.url == address
    cutter.wait_until("Making pictures and sound")
    until(lambda: (cutter.percent() or 0) > before, 120)
    # The list has it too, with the name that it was given.
    cutter.page.get_by_role("link", name="All exports").click()
    row = cutter.page.get_by_role("listitem").filter(has_text="Long one")
    expect(row.get_by_role("progressbar")).to_be_visible()
    row.get_by_role("button", name="Cancel Long one").click()
    expect(row).to_contain_text("Cancelled")
    # It can still be taken up again; who comes back later does not see it.
    expect(row.get_by_role("button", name="Try again Long one")).to_be_visible()
    cutter.page.reload()
    expect(cutter.page.get_by_role("heading", name="Exports")).to_be_visible()
    expect(row).to_have_count(0)
    cutter.page.get_by_label("Show cancelled").check()
    expect(row).to_have_count(1)


def test_an_export_is_cancelled_in_its_view_and_taken_up_again(cutter: Person) -> None:
    cutter.export("Taken up", "H.264", **LONG)
    cutter.page.get_by_role("button", name="Cancel Taken up").click()
    cutter.wait_until("Cancelled")
    cutter.page.get_by_role("button", name="Try again Taken up").click()
    expect(cutter.page.get_by_role("progressbar")).to_be_visible()
    expect(cutter.page.get_by_text("run 2")).to_be_visible()
    cutter.page.get_by_role("button", name="Cancel Taken up").click()
    cutter.wait_until("Cancelled")


def test_a_file_that_is_damaged_after_planning_fails_with_a_sentence_and_comes_right(
    person: Person, tmp_path: Path, late: Path, room: list[Source]
) -> None:
    person.open()
    person.open_saved(write(tmp_path, edit(sources=(NAMES[0], late.name, NAMES[2]))))
    dialog = person.dialog()
    late.write_bytes(b"still being copied" * 1000)
    dialog.get_by_label("Name of the programme").fill("Damaged")
    dialog.get_by_role("button", name="Export", exact=True).click()
    person.wait_until("Failed")
    expect(person.page.get_by_text("late.mp4")).to_be_visible()
    expect(person.page.get_by_text("Copy it again from the camera")).to_be_visible()
    shutil.copyfile(room[1].path, late)
    person.page.get_by_role("button", name="Try again Damaged").click()
    person.wait_until("Ready")


def test_a_file_that_has_vanished_is_named_with_the_way_to_it(
    person: Person, tmp_path: Path, late: Path
) -> None:
    person.open()
    person.open_saved(write(tmp_path, edit(sources=(NAMES[0], late.name, NAMES[2]))))
    dialog = person.dialog()
    late.unlink()
    dialog.get_by_role("button", name="Export", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("late.mp4")
    dialog.get_by_role("button", name=re.compile("^Go to late")).click()
    expect(dialog).to_have_count(0)
    expect(person.page.get_by_role("button", name="Camera 2 late")).to_be_focused()
    person.complaints.forgive("status of 400.*/api/export")
    # Its previews may have been asked for again since.
    person.complaints.let_pass("status of 404.*/api/preview/.*late.mp4")


def test_every_way_is_planned_in_words(cutter: Person) -> None:
    dialog = cutter.dialog()
    outlook = dialog.get_by_label("What comes of it")
    expect(outlook).to_contain_text("is copied")
    for way, words in (("H.264", "H.264 and AAC"), ("H.265", "H.265 and AAC"), ("WebM", "VP9")):
        dialog.get_by_role("radio", name=re.compile(f"^{re.escape(way)}")).check()
        expect(outlook).to_contain_text(words)
        expect(outlook).to_contain_text("Every picture is made anew")
    cutter.choose("Size", "1280x720")
    expect(outlook).to_contain_text("1280 × 720")
    dialog.get_by_label("With sound").uncheck()
    expect(outlook).to_contain_text("No sound.")


def test_a_finished_export_is_deleted_once_it_was_asked_for_twice(cutter: Person) -> None:
    cutter.export("Short lived")
    cutter.wait_until("Ready")
    cutter.page.get_by_role("link", name="All exports").click()
    row = cutter.page.get_by_role("listitem").filter(has_text="Short lived")
    row.get_by_role("button", name="Delete Short lived").click()
    question = cutter.page.get_by_role("dialog", name="Delete this export?")
    question.get_by_role("button", name="Keep").click()
    expect(row.get_by_role("button", name="Download Short lived")).to_be_visible()
    row.get_by_role("button", name="Delete Short lived").click()
    question.get_by_role("button", name="Delete", exact=True).click()
    expect(row).to_have_count(0)
