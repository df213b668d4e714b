"""From camera files to a programme, as somebody does it who has never seen an editor."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from export_service.coded_media import Code
from tests.media.decode import Decoded, decode
from tests.media.footage import Source
from tests.media.verify import measure_lag
from tests.page.edits import people_call
from tests.page.person import Person
from tests.page.reckon import Placed, Shown, frame_of, programme
from tests.page.scene import FIRST, LATER, NAMES, RATE, SOUND_RATE
from tests.page.scene import room as heard_in_the_room
from tests.worker.house import until

KEYS = ("2", "3", "1", "3", "2", "1")
CAMERAS = [people_call(name) for name in NAMES]
#: So many frames at least are between two presses: a machine that shows few pictures has time.
APART = 25


def placed(edit: dict[str, Any], cameras: list[Source]) -> dict[str, Placed]:
    """Where the saved edit says that each camera lies."""
    found = {}
    for camera, source in zip(edit["cameras"], cameras, strict=True):
        offset = Fraction(repr(camera["offset"]))
        known = source.known
        found[camera["name"]] = Placed(known.camera, offset, len(known.frames))
    return found


def differences(decoded: Decoded, due: list[Code | None]) -> list[str]:
    """Every frame of a file that is not the one due, as a sentence."""
    seen = decoded.pictures
    wrong = [] if len(seen) == len(due) else [f"{len(seen)} frames where {len(due)} are due"]
    for n, (picture, code) in enumerate(zip(seen, due, strict=False)):
        is_right = picture.is_black if code is None else picture.code == code
        if not is_right:
            wrong.append(f"frame {n} shows {picture.code}, not {code}")
    return wrong


def test_a_person_cuts_three_cameras_and_gets_what_the_list_shows(
    person: Person, room: list[Source], tmp_path: Path
) -> None:
    person.open()
    person.pick(NAMES)
    person.wait_for_previews()
    person.sync()
    for name, later in list(zip(CAMERAS, LATER, strict=True))[1:]:
        assert abs(person.lag(name) - later) < 1 / RATE

    cut_live(person)
    lines = person.read_list()
    assert [line.camera for line in lines] == [CAMERAS[0], *(CAMERAS[int(k) - 1] for k in KEYS)]
    starts = [frame_of(line.timecode, RATE) for line in lines]
    assert all(after - before >= APART for before, after in pairwise(starts))

    # One switch moves by the keyboard, another one by the mouse.
    person.row(lines[2].timecode).get_by_role("button").first.focus()
    for _ in range(3):
        person.key("ArrowRight")
    person.drag(starts[4], starts[4] - 12)
    moved = person.read_list()
    begins = [frame_of(line.timecode, RATE) for line in moved]
    assert begins[2] == starts[2] + 3
    # A pixel of the timeline is more than a frame.
    assert abs(begins[4] - (starts[4] - 12)) <= 2
    assert [b for n, b in enumerate(begins) if n not in (2, 4)] == [
        s for n, s in enumerate(starts) if n not in (2, 4)
    ]

    edit = person.saved(tmp_path / "edit.json")
    where = placed(edit, room)
    due = programme(moved, where, person.frames(), RATE)
    look_at_every_cut(person, moved, due)

    person.export("Episode 12")
    person.wait_until("Ready")
    expect(person.page.get_by_role("img", name="The programme:")).to_be_visible()
    report_says_the_same(person, moved, tmp_path / "report.json")
    film = tmp_path / "programme.mp4"
    download = person.download("Download Episode 12")
    assert download.suggested_filename == "Episode 12.mp4"
    download.save_as(film)

    decoded = decode(film)
    assert decoded.complaints == ""
    assert differences(decoded, due) == []
    control(decoded, moved, where, person_frames=len(due))
    assert worst_lag_seconds(decoded, due) < 1 / RATE


def cut_live(person: Person) -> None:
    """Play, and press a camera's key six times."""
    person.key("Home")
    person.key("Space")
    before = 0
    for key in KEYS:
        due = before + APART + 1
        until(lambda due=due: person.frame() >= due, 120)  # type: ignore[misc]
        person.key(key)
        before = person.frame()
    until(lambda: person.frame() >= before + APART, 120)
    person.key("k")


def look_at_every_cut(person: Person, lines: list[Shown], due: list[Code | None]) -> None:
    """At each switch, and one frame before it, the page shows what the programme will."""
    for line in lines[1:]:
        start = frame_of(line.timecode, RATE)
        person.row(line.timecode).get_by_role("button").first.click()
        sees(person, start, due)
        person.key("ArrowLeft")
        sees(person, start - 1, due)


def sees(person: Person, frame: int, due: list[Code | None]) -> None:
    assert person.frame() == frame
    until(lambda: person.picture() == due[frame], 60)


def report_says_the_same(person: Person, lines: list[Shown], path: Path) -> None:
    """The report has the list's switches, and a picture and a table of them."""
    person.download("Save the report").save_as(path)
    report = json.loads(path.read_text())
    starts = [segment["programStart"] for segment in report["segments"]]
    assert starts == [frame_of(line.timecode, RATE) for line in lines]
    assert report["totals"]["copiedFrames"] > 0
    rows = person.page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(len(lines) + 1)
    expect(rows.nth(2)).to_contain_text(lines[1].timecode)


def control(
    decoded: Decoded, lines: list[Shown], where: dict[str, Placed], person_frames: int
) -> None:
    """One switch a frame later than it is, or an offset off by one: the check has to see it."""
    for n in range(1, len(lines)):
        late = frame_of(lines[n].timecode, RATE) + 1
        seconds, frames = divmod(late, int(RATE))
        other = Shown(f"00:{seconds // 60:02}:{seconds % 60:02}:{frames:02}", lines[n].camera)
        wrong = programme([*lines[:n], other, *lines[n + 1 :]], where, person_frames, RATE)
        assert len(differences(decoded, wrong)) == 1
    first = lines[0].camera
    shifted = where[first]
    off = Placed(shifted.number, shifted.offset + 1 / RATE, shifted.frames)
    assert differences(decoded, programme(lines, where | {first: off}, person_frames, RATE))


def worst_lag_seconds(decoded: Decoded, due: list[Code | None]) -> Fraction:
    """How far the sound is off at worst: all cameras heard one room, it runs through all cuts."""
    assert decoded.sound is not None
    first = due[0]
    assert first is not None
    begins = FIRST + LATER[first.camera - 1] + first.frame / RATE
    sample = round(begins * SOUND_RATE)
    room = heard_in_the_room()[sample : sample + len(decoded.sound)]
    worst = 0
    half = SOUND_RATE // 2
    for left in range(half, len(room) - 2 * half, half):
        if np.abs(room[left : left + half]).max() < 0.05:
            continue
        lag, match = measure_lag(decoded.sound[:, 0], room, left, left + half)
        assert match > 0.5, f"at {left / SOUND_RATE:.1f} s another sound is heard"
        worst = max(worst, abs(lag))
    return Fraction(worst, SOUND_RATE)


@pytest.fixture(autouse=True)
def _slow_machine(person: Person) -> None:
    person.page.set_default_timeout(120_000)
