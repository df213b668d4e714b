"""Somebody who uses the page: by what is to be seen, read and pressed, as a person finds it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Download, FloatRect, Locator, Page, expect

from export_service.coded_media import Code, picture_area, read_code
from tests.page.complaints import Complaints
from tests.page.reckon import Shown

#: For the slowest machine; nothing that is tested depends on it.
PATIENCE_MS = 300_000
expect.set_options(timeout=PATIENCE_MS)


class Person:
    """A page, and what one does with it."""

    def __init__(self, page: Page, address: str, complaints: Complaints) -> None:
        self.page = page
        self.address = address
        self.complaints = complaints

    # --- cameras

    def open(self, view: str = "") -> None:
        self.page.goto(f"{self.address}/{view}")

    def pick(self, names: Sequence[str]) -> None:
        """Pick cameras in this order, and begin to cut."""
        files = self.page.get_by_role("list", name="Camera files")
        for name in names:
            files.get_by_role("button", name=re.compile(re.escape(name))).click()
        self.page.get_by_role("button", name="Start cutting").click()

    def sync(self) -> None:
        """Line the cameras up by their sound."""
        self.page.get_by_role("button", name="Sync by sound").click()
        expect(self.page.get_by_text("All sounds were found")).to_be_visible()

    def lag(self, camera: str) -> Fraction:
        """How many seconds later than the first the camera began, as the page says it."""
        field = self.page.get_by_label(re.compile(f"Seconds that {re.escape(camera)} began"))
        return Fraction(field.input_value())

    def wait_for_previews(self) -> None:
        """Until every camera can be seen."""
        making = self.page.get_by_role("progressbar", name=re.compile("^Preview of"))
        expect(making).to_have_count(0)

    # --- cutting

    @property
    def switches(self) -> Locator:
        """The list of switches."""
        return self.page.get_by_role("list", name="Switches")

    @property
    def playhead(self) -> Locator:
        return self.page.get_by_role("slider", name="Playhead")

    def frame(self) -> int:
        """The frame that the playhead says it is at."""
        return int(self.playhead.get_attribute("aria-valuenow") or "-1")

    def wait_for_frame(self, frame: int) -> None:
        """Until the playhead says that it is there."""
        expect(self.playhead).to_have_attribute("aria-valuenow", str(frame))

    def frames(self) -> int:
        """How many frames the programme has."""
        return int(self.playhead.get_attribute("aria-valuemax") or "-1") + 1

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def read_list(self) -> list[Shown]:
        """The whole list of switches, scrolled through as far as it goes."""
        rows = self.switches.evaluate(
            """async (list) => {
              const rows = new Map();
              for (let top = 0; ; top += list.clientHeight) {
                list.scrollTop = top;
                await new Promise((done) => setTimeout(done, 50));
                for (const row of list.querySelectorAll("[aria-posinset]")) {
                  const words = row.querySelector("button").innerText.trim().split("\\n");
                  rows.set(Number(row.ariaPosInSet), words.map((word) => word.trim()));
                }
                if (top + list.clientHeight >= list.scrollHeight) break;
              }
              list.scrollTop = 0;
              return [...rows].sort(([a], [b]) => a - b).map(([, words]) => words);
            }"""
        )
        return [_line(words) for words in rows]

    def row(self, timecode: str) -> Locator:
        """The line of the list that begins at a timecode."""
        return self.switches.get_by_role("listitem").filter(has_text=timecode)

    def timeline(self) -> FloatRect:
        """Where the timeline is, scrolled to."""
        self.playhead.scroll_into_view_if_needed()
        box = self.playhead.bounding_box()
        assert box is not None
        return box

    def drag(self, start: int, end: int) -> None:
        """Drag the switch at one frame of the timeline to another by the mouse."""
        box = self.timeline()
        scale = box["width"] / self.frames()
        y = box["y"] + self._lane()
        self.page.mouse.move(box["x"] + start * scale, y)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + (start + end) / 2 * scale, y, steps=3)
        self.page.mouse.move(box["x"] + end * scale, y, steps=3)
        self.page.mouse.up()

    def _lane(self) -> float:
        """How far below the timeline's top the switches lie: in its ruler's shadow."""
        return 40

    def picture(self) -> Code | None:
        """What can be read in the programme's picture; None is black, or two pictures in one."""
        seen = self.page.get_by_role("img", name="Programme:").evaluate(_READ)
        picture = np.array(seen["luma"], dtype=np.uint8).reshape(seen["height"], seen["width"])
        area = picture_area(picture)
        return None if area is None else read_code(picture, area)

    # --- saving

    def choose_saved(self, path: Path) -> None:
        """Choose a file as a saved edit."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_text("Open a saved edit…").click()
        chooser.value.set_files(path)

    def open_saved(self, path: Path) -> None:
        """Go on with a saved edit."""
        self.choose_saved(path)
        expect(self.switches).to_be_visible()

    def saved(self, path: Path) -> dict[str, Any]:
        """The edit as the page saves it."""
        with self.page.expect_download() as begun:
            self.page.get_by_role("button", name=re.compile("^Save")).click()
        begun.value.save_as(path)
        edit: dict[str, Any] = json.loads(path.read_text())
        return edit

    # --- exporting

    def dialog(self) -> Locator:
        """The export dialog, opened, its plan made."""
        self.page.get_by_role("button", name="Export…").click()
        dialog = self.page.get_by_role("dialog", name="Export")
        expect(dialog.get_by_text("It takes")).to_be_visible()
        return dialog

    def export(self, name: str, way: str = "Copy", **chosen: str) -> None:
        """Ask for an export by the dialog; its view opens."""
        dialog = self.dialog()
        dialog.get_by_label("Name of the programme").fill(name)
        dialog.get_by_role("radio", name=re.compile(f"^{re.escape(way)}")).check()
        for label, value in chosen.items():
            self.choose(label, value)
        dialog.get_by_role("button", name="Export", exact=True).click()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def choose(self, label: str, value: str) -> None:
        """Choose something in a menu of the dialog."""
        menu = self.page.get_by_role("combobox", name=re.compile(f"^{re.escape(label)}"))
        menu.select_option(value)

    def percent(self) -> int | None:
        """How far the export in sight is; None where no bar is shown."""
        bar = self.page.get_by_role("progressbar").first
        if not bar.count():
            return None
        return round(float(bar.get_attribute("value") or "0") * 100)

    def wait_until(self, words: str) -> None:
        """Until the export in sight is at this."""
        expect(self.page.locator(".export-stage").first).to_have_text(words)

    def download(self, button: str) -> Download:
        with self.page.expect_download(timeout=PATIENCE_MS) as begun:
            self.page.get_by_role("button", name=re.compile(f"^{re.escape(button)}")).click()
        return begun.value


def _line(words: list[str]) -> Shown:
    text = " ".join(words)
    timecode = re.search(r"\d+:\d\d:\d\d:\d\d", text)
    assert timecode, text
    camera = re.sub(r"^(Camera \d+, )", "", text[timecode.end() :].strip())
    return Shown(timecode.group(), camera)


#: The pixels of a canvas as brightness.
_READ = """
(canvas) => {
  const { width, height } = canvas;
  const drawing = new OffscreenCanvas(width, height).getContext("2d");
  drawing.drawImage(canvas, 0, 0);
  const { data } = drawing.getImageData(0, 0, width, height);
  const luma = [];
  for (let at = 0; at < data.length; at += 4)
    luma.push(Math.round(0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2]));
  return { width, height, luma };
}
"""
