"""A programme on the screen of the browser."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from export_service import coded_media
from export_service.coded_media import Code
from tests.media.oracle import Expected
from tests.players.browser import Page
from tests.players.judge import Shown, unseen
from tests.players.served import DOWNLOAD, served

PLAYER = (Path(__file__).parent / "player.js").read_text()
CODE = {
    "rows": coded_media.ROWS,
    "columns": coded_media.COLUMNS,
    "left": coded_media.LEFT,
    "right": coded_media.RIGHT,
    "top": coded_media.TOP,
    "bottom": coded_media.BOTTOM,
    "middle": coded_media.MIDDLE,
    "contrast": coded_media.CONTRAST,
    "frameBits": coded_media.FRAME_BITS,
    "checkBits": coded_media.CHECK_BITS,
}
#: A machine that drops too many pictures at one speed gets the next.
SPEEDS = (1.0, 0.5, 0.25, 0.125)
MILLISECOND = Fraction(1, 1000)


@dataclass
class Screen:
    """A video element with a programme in it."""

    page: Page
    seconds: float
    size: tuple[int, int]

    def seek(self, seconds: Fraction) -> Shown:
        """What is shown after a seek."""
        return self._shown(self.page.evaluate(f"player.seek({float(seconds)})"))

    def play(self, speed: float, start: Fraction = Fraction(0)) -> list[Shown]:
        """Every picture that is presented from `start` to the end."""
        pictures = self.page.evaluate(f"player.play({float(start)}, {speed})")
        return [self._shown(picture) for picture in pictures]

    def _shown(self, picture: dict[str, Any]) -> Shown:
        assert tuple(picture["size"]) == self.size
        code = picture["code"]
        return Shown(Fraction(picture["microseconds"], 1_000_000), code and Code(*code))


@contextlib.contextmanager
def on_screen(page: Page, file: Path) -> Iterator[Screen]:
    """`file` as the service gives it for download, open in the browser."""
    page.media_events.clear()
    with served(file) as base:
        page.go(f"{base}/healthz")
        arguments = f"{json.dumps(base + DOWNLOAD)}, {json.dumps(CODE)}"
        page.evaluate(f"void (globalThis.player = ({PLAYER})({arguments}))")
        opened = page.evaluate("player.open()")
        yield Screen(page, opened["seconds"], tuple(opened["size"]))
        page.go("about:blank")


def places_around(cuts: Sequence[int], rate: Fraction) -> Iterator[tuple[int, Fraction]]:
    """Around each cut a frame and a time to seek to: the last, the first and the second one.

    The first two are sought within a millisecond of the cut, where a frame too early or too late
    would show.
    """
    for cut in cuts:
        yield cut - 1, cut / rate - MILLISECOND
        yield cut, cut / rate + MILLISECOND
        yield cut + 1, (cut + 1) / rate + 1 / (2 * rate)


def play_until_seen(screen: Screen, expected: Expected) -> list[Shown]:
    """All pictures of as many plays, each slower, as it takes to see something of every segment."""
    pictures: list[Shown] = []
    for speed in SPEEDS:
        pictures += screen.play(speed)
        if not unseen(pictures, expected):
            break
    return pictures


def complaints(page: Page) -> list[str]:
    """What the browser's media player has found wrong."""
    found = []
    for event in page.media_events:
        found += [str(error) for error in event["params"].get("errors", ())]
        messages = event["params"].get("messages", ())
        found += [m["message"] for m in messages if m["level"] in {"error", "warning"}]
    return found
