"""How smoothly the page's timeline follows the mouse, in an edit of three hours.

`.venv/bin/python -m tests.page.scrubbing http://127.0.0.1:8000/ [SOURCE ...]` measures it beside
`make up`: the intervals between frames of the page while the playhead is dragged from end to end.
Sources that are not there cost no pictures; with proxies every move has all of them sought.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from tests.players.browser import browser

RATE = 30
#: Where the page keeps its edit.
PLACE = "multicam-edit"
FIELD = '[role="slider"][aria-label="Playhead"]'
RECORD = """
window.scrubbed = []; window.isScrubbing = true;
(function next(now) {
  window.scrubbed.push(now);
  if (window.isScrubbing) requestAnimationFrame(next);
})(performance.now());
0
"""


class Page(Protocol):
    """A page of a browser, whoever drives it."""

    def evaluate(self, expression: str) -> Any:
        """The value of an expression."""

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """What a command of the DevTools protocol answers."""


@dataclass(frozen=True)
class Smoothness:
    """Intervals between the frames of the page, as `requestAnimationFrame` tells them."""

    frames_per_second: float
    median_ms: float
    worst_of_20_ms: float
    worst_ms: float
    moves: int
    #: Of the page's main thread, for each frame; does not mind what else the machine has to do.
    work_ms: float

    def __str__(self) -> str:
        return (
            f"{self.frames_per_second:.1f} frames a second; from one to the next "
            f"{self.median_ms:.1f} ms in the middle, {self.worst_of_20_ms:.1f} ms at the 95th "
            f"percentile, {self.worst_ms:.1f} ms at worst; {self.work_ms:.1f} ms of work for each; "
            f"{self.moves} moves of the mouse"
        )


def long_edit(sources: list[str], hours: float = 3, switches: int = 1000) -> dict[str, Any]:
    """An edit with so many switches, as the page saves it."""
    frames = int(hours * 3600 * RATE)
    cameras = [
        {
            "id": f"c{number}",
            "source": source,
            "name": source,
            "seconds": hours * 3600,
            "width": 1280,
            "height": 720,
            "fps": RATE,
            "hasSound": True,
            "offset": 0,
        }
        for number, source in enumerate(sources, 1)
    ]
    return {
        "version": 1,
        "name": "Three hours",
        "rate": {"num": RATE, "den": 1},
        "frames": frames,
        "cameras": cameras,
        "switches": [
            # Not all of one length, and neighbours differ.
            {
                "frame": n * frames // switches + (n * 37 % 200 if n else 0),
                "camera": f"c{n % len(cameras) + 1}",
            }
            for n in range(switches)
        ],
    }


def open_edit(page: Page, url: str, edit: dict[str, Any]) -> None:
    """The page with this edit, as if it had been edited there before."""
    page.command("Page.navigate", url=url)
    _wait(page, "document.readyState == 'complete'")
    kept = json.dumps(json.dumps(edit))
    page.evaluate(f"localStorage.setItem({json.dumps(PLACE)}, {kept})")
    page.command("Page.reload")
    _wait(page, f"document.querySelector('{FIELD}')")


def _wait(page: Page, condition: str) -> None:
    deadline = time.monotonic() + 60
    while not page.evaluate(f"!!({condition})"):
        assert time.monotonic() < deadline, condition
        time.sleep(0.2)


def scrub(page: Page, seconds: float = 6, zooms: int = 0) -> Smoothness:
    """Drag the playhead from end to end and back, for so long, by real events of a mouse."""
    for _ in range(zooms):
        press(page, "+")
    box = page.evaluate(
        f"(f => {{ f.scrollIntoView({{block: 'center'}}); const b = f.getBoundingClientRect();"
        " return [b.left, b.top, b.width, b.height] })"
        f"(document.querySelector('{FIELD}'))"
    )
    left, top, width, _ = box
    # The ruler: nothing to take hold of by mistake.
    y = top + 8
    mouse(page, "mousePressed", left + 5, y)
    page.command("Performance.enable", timeDomain="threadTicks")
    page.evaluate(RECORD)
    before = _work_seconds(page)
    end = time.monotonic() + seconds
    moves = 0
    for step in itertools.count():
        if time.monotonic() >= end:
            break
        phase = step * 9 % (2 * (width - 20))
        mouse(page, "mouseMoved", left + 10 + min(phase, 2 * (width - 20) - phase), y)
        moves += 1
        time.sleep(0.004)
    work = _work_seconds(page) - before
    times = page.evaluate("(window.isScrubbing = false, window.scrubbed)")
    mouse(page, "mouseReleased", left + 10, y)
    intervals = sorted(b - a for a, b in itertools.pairwise(times))
    return Smoothness(
        frames_per_second=1000 * len(intervals) / sum(intervals),
        median_ms=median(intervals),
        worst_of_20_ms=intervals[len(intervals) * 95 // 100],
        worst_ms=intervals[-1],
        moves=moves,
        work_ms=1000 * work / len(intervals),
    )


def _work_seconds(page: Page) -> float:
    """What the main thread has used of a processor."""
    metrics = page.command("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "ThreadTime")


def mouse(page: Page, kind: str, x: float, y: float) -> None:
    page.command("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def press(page: Page, key: str) -> None:
    """Press a key that writes a character."""
    page.command("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
    page.command("Input.dispatchKeyEvent", type="keyUp", key=key)


def main() -> None:
    """Say how smooth it is, of the page whose address is given."""
    url, sources = sys.argv[1], sys.argv[2:] or ["one.mp4", "two.mp4", "three.mp4"]
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder)) as page:
        page.command(
            "Emulation.setDeviceMetricsOverride",
            width=1440,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        open_edit(page, url, long_edit(sources))
        time.sleep(3)
        print("all of it:", scrub(page))
        print("closer:   ", scrub(page, zooms=8))


if __name__ == "__main__":
    main()
