"""An edit outlives the page that it was made in."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.page.edits import edit, lines, many_switches, timecode, write
from tests.page.person import Person
from tests.page.scene import NAMES


def test_an_edit_survives_a_reload_and_goes_through_a_file(person: Person, tmp_path: Path) -> None:
    person.open()
    person.pick(NAMES[:2])
    for frame, key in ((40, "2"), (90, "1")):
        go(person, frame)
        person.key(key)
    made = person.read_list()
    assert [line.timecode for line in made] == [timecode(frame) for frame in (0, 40, 90)]
    person.page.reload()
    assert person.read_list() == made
    kept = person.saved(tmp_path / "kept.json")
    # A new browser knows nothing of it.
    person.page.evaluate("localStorage.clear()")
    person.page.goto("about:blank")
    person.open()
    expect(person.switches).to_have_count(0)
    person.open_saved(write(tmp_path, kept))
    assert person.read_list() == made
    assert person.saved(tmp_path / "again.json") == kept


def test_what_was_done_is_undone_and_done_again(person: Person, tmp_path: Path) -> None:
    person.open()
    whole = edit()
    person.open_saved(write(tmp_path, whole))
    go(person, 30)
    person.key("3")
    assert len(person.read_list()) == len(whole["switches"]) + 1
    person.key("Control+z")
    assert person.read_list() == lines(whole)
    person.key("Control+Shift+z")
    assert len(person.read_list()) == len(whole["switches"]) + 1


def test_a_key_is_heard_as_soon_as_the_editor_is_there(person: Person, tmp_path: Path) -> None:
    whole = edit()
    person.open()
    # Before the browser has even painted: sooner than anybody can be.
    person.page.evaluate(
        """() => new MutationObserver((_, observer) => {
          if (!document.querySelector("[aria-label=Playhead]")) return;
          observer.disconnect();
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    person.open_saved(write(tmp_path, whole))
    person.wait_for_frame(whole["frames"] - 1)


def test_a_file_that_is_no_edit_is_refused_with_a_sentence(person: Person, tmp_path: Path) -> None:
    person.open()
    wrong = tmp_path / "saved.json"
    wrong.write_text("not an edit")
    person.choose_saved(wrong)
    expect(person.page.get_by_role("alert")).to_contain_text("not a saved edit")


def test_three_hours_with_a_thousand_switches_are_scrubbed(person: Person, tmp_path: Path) -> None:
    long = many_switches(3 * 3600, 1000)
    person.open()
    person.open_saved(write(tmp_path, long))
    assert person.frames() == long["frames"]
    box = person.timeline()
    y = box["y"] + 10
    person.page.mouse.move(box["x"] + 5, y)
    person.page.mouse.down()
    person.page.mouse.move(box["x"] + box["width"] / 2, y, steps=60)
    person.page.mouse.up()
    assert abs(person.frame() - long["frames"] / 2) < 2 * long["frames"] / box["width"]
    assert person.read_list() == lines(long)
    # The switch that is on is found without going through all.
    person.key("End")
    expect(person.row(lines(long)[-1].timecode)).to_be_visible()


def go(person: Person, frame: int) -> None:
    """Walk to a frame by the keyboard."""
    person.key("Home")
    for _ in range(frame // 30):
        person.key("Shift+ArrowRight")
    for _ in range(frame % 30):
        person.key("ArrowRight")
    person.wait_for_frame(frame)
