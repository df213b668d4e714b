"""How quickly the page shows another place of two hours, and how smoothly one scrubs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import av

from benchmarks.options import Options
from benchmarks.page import Result, Row
from benchmarks.place import CACHE, RATE, Cameras, cameras, stack
from benchmarks.proxies import make_proxy
from export_service.settings import WebSettings
from tests.media.decode import FFMPEG
from tests.page.scrubbing import FIELD, long_edit, mouse, open_edit, scrub
from tests.players.browser import Page, browser
from worker.miniatures import shelf
from worker.miniatures.asking import want_of
from worker.miniatures.wants import Kind

ABOUT = """In Chromium without a graphics card, over HTTP from the whole stack on the same
machine: three cameras of 720p, whose proxies are two hours long. A seek is a
click into the timeline, and takes until all three have their picture. Scrubbing is a mouse that
goes over the timeline of three hours with 1,000 switches; counted are the pictures that the
browser draws. Chromium comes by `make test-players`."""
HOURS = 2
SEEKS = 20
SHORT_SECONDS = 12
#: Set off by the next click; resolves with the milliseconds until every camera has its picture.
_WAIT = f"""
window.sought = new Promise((done) => addEventListener("pointerdown", () => {{
  const began = performance.now();
  const isThere = (video) => !video.seeking && video.readyState >= 2 &&
    Math.abs(video.currentTime -
      document.querySelector('{FIELD}').getAttribute("aria-valuenow") / {RATE}) < 0.1;
  const look = () => [...document.querySelectorAll("video")].every(isThere)
    ? done(performance.now() - began) : requestAnimationFrame(look);
  requestAnimationFrame(() => requestAnimationFrame(look));
}}, {{ once: true, capture: true }}));
0
"""


def in_the_page(options: Options) -> Result:
    """Seeks and scrubbing in a real browser."""
    media = cameras("page", SHORT_SECONDS, 1280, 720)
    settings = WebSettings(media_base_path=media.folder)
    shutil.rmtree(settings.volume.miniatures, ignore_errors=True)
    try:
        _long_proxies(settings, media)
        with stack(media) as client, TemporaryDirectory() as folder, browser(Path(folder)) as page:
            address = f"{client.base_url}"
            size = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
            page.command("Emulation.setDeviceMetricsOverride", **size)
            open_edit(page, address, long_edit(list(media.names), HOURS, 100))
            waits = _seeks(page)
            open_edit(page, address, long_edit(list(media.names)))
            time.sleep(5)
            runs = [scrub(page) for _ in range(options.runs)]
    finally:
        shutil.rmtree(settings.volume.miniatures, ignore_errors=True)
    rates = [run.frames_per_second for run in runs]
    slowest = max(run.worst_of_20_ms for run in runs)
    rows = (
        Row(
            f"seek in three proxies of {HOURS} h, {SEEKS} clicks anywhere",
            f"{median(waits):.0f} ms ({max(waits):.0f} ms at most)",
            "<= 300 ms",
            median(waits) <= 300,
        ),
        Row(
            "scrub 3 h with 1,000 switches: pictures a second",
            f"{median(rates):.0f} ({slowest:.0f} ms at the 95th percentile)",
            ">= 30",
            median(rates) >= 30,
        ),
    )
    return Result("In the page", ABOUT, rows, load=os.getloadavg()[0])


def _long_proxies(settings: WebSettings, media: Cameras) -> None:
    """Two hours of proxy for each camera: its own, over and over."""
    for name in media.names:
        want = want_of(Kind.PROXY, "", [name], settings.roots_of(""))
        with TemporaryDirectory(dir=CACHE) as folder:
            short, long = Path(folder) / "proxy.mp4", Path(folder) / "long.mp4"
            make_proxy(settings, want, short)
            loops = HOURS * 3600 // SHORT_SECONDS
            argv = (FFMPEG, "-v", "error", "-y", "-stream_loop", str(loops), "-i", str(short))
            subprocess.run((*argv, "-c", "copy", "-movflags", "+faststart", str(long)), check=True)
            with av.open(str(long)) as film:
                track = film.streams.video[0]
                facts = {
                    "width": track.width,
                    "height": track.height,
                    # The average would be a little off: parts do not end with a picture.
                    "fps": float(RATE),
                    "seconds": (film.duration or 0) / 1e6,
                    "bytes": long.stat().st_size,
                }
            with settings.shelf.place("") as place:
                settings.shelf.ask(want)
                shelf.finish(place, want, facts, long)


def _seeks(page: Page) -> list[float]:
    """Milliseconds from a click to the pictures, at places by chance."""
    deadline = time.monotonic() + 120
    ready = "[...document.querySelectorAll('video')].filter(v => v.readyState >= 2).length"
    while page.evaluate(ready) < 3:
        assert time.monotonic() < deadline, "the proxies do not come"
        time.sleep(0.2)
    left, top, width = page.evaluate(
        f"(f => {{ f.scrollIntoView({{block: 'center'}}); const b = f.getBoundingClientRect();"
        f" return [b.left, b.top, b.width] }})(document.querySelector('{FIELD}'))"
    )
    chance = random.Random(1)
    waits = []
    for _ in range(SEEKS):
        x = left + chance.uniform(0.02, 0.98) * width
        page.evaluate(_WAIT)
        mouse(page, "mousePressed", x, top + 8)
        mouse(page, "mouseReleased", x, top + 8)
        waits.append(float(page.evaluate("window.sought")))
    return waits
