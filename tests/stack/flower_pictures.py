"""Pictures of the embedded Flower, as somebody who knows its password sees it."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Sequence
from pathlib import Path

from tests.players.browser import Page

WIDTH = 1400
MOST_BYTES = 150_000
_LEAST_HEIGHT = 300
_PATIENCE_SECONDS = 300


class FlowerPictures:
    """Takes them into a folder, of the Flower of the stack on `folder`."""

    def __init__(self, page: Page, folder: Path, images: Path) -> None:
        self._page = page
        self._images = images
        [self._url] = re.findall(r"Flower is at (\S+),", (folder / "up.log").read_text())
        credentials = (folder / "media" / ".stack" / "flower.auth").read_bytes().strip()
        header = {"Authorization": f"Basic {base64.b64encode(credentials).decode()}"}
        page.command("Network.enable")
        page.command("Network.setExtraHTTPHeaders", headers=header)

    def of_tasks(self, name: str, wanted: Sequence[str]) -> None:
        """The list of tasks, once all these words are in it."""
        self._take(name, "/tasks", wanted)

    def of_task(self, name: str, task_id: str, wanted: Sequence[str]) -> None:
        """The page of one task, once all these words are in it."""
        self._take(name, f"/task/{task_id}", wanted)

    def _take(self, name: str, path: str, wanted: Sequence[str]) -> None:
        self._set_height(_LEAST_HEIGHT)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        text = ""
        while not all(word in text for word in wanted):
            assert time.monotonic() < deadline, f"{path} shows no {wanted}: {text}"
            self._page.go(self._url + path)
            # The rows come after the page.
            self._page.evaluate("new Promise(done => setTimeout(done, 1000))")
            text = self._page.evaluate("document.body.innerText")
        self._set_height(self._page.evaluate("document.documentElement.scrollHeight"))
        shot = self._page.command("Page.captureScreenshot", format="png")
        data = base64.b64decode(shot["data"])
        assert len(data) < MOST_BYTES, f"{name}: {len(data)} bytes"
        self._images.mkdir(exist_ok=True)
        (self._images / f"{name}.png").write_bytes(data)

    def _set_height(self, height: int) -> None:
        self._page.command(
            "Emulation.setDeviceMetricsOverride",
            width=WIDTH,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
