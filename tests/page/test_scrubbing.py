"""Three hours with a thousand switches follow the mouse; `make bench ARGS=page` says how well."""

from __future__ import annotations

from pathlib import Path

from tests.page.edits import many_switches, write
from tests.page.person import Person

#: Into the ruler, where there is no switch to take hold of by mistake.
RULER = 8
STANDS = """([frame, within]) => {
  const playhead = document.querySelector('[role="slider"][aria-label="Playhead"]');
  return Math.abs(playhead.getAttribute("aria-valuenow") - frame) <= within;
}"""


def test_three_hours_with_a_thousand_switches_follow_the_mouse(
    person: Person, tmp_path: Path
) -> None:
    edit = many_switches(3 * 3600, 1000)
    person.open()
    person.open_saved(write(tmp_path, edit))
    person.wait_for_previews()
    box = person.timeline()
    frames_per_pixel = edit["frames"] / box["width"]
    mouse = person.page.mouse
    mouse.move(box["x"] + 5, box["y"] + RULER)
    mouse.down()
    for share in (0.1, 0.9, 0.5, 0.99, 0.25):
        mouse.move(box["x"] + share * box["width"], box["y"] + RULER, steps=100)
        wanted = [share * edit["frames"], 2 * frames_per_pixel]
        person.page.wait_for_function(STANDS, arg=wanted)
    mouse.up()
