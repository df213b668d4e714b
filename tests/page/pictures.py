"""The pictures of the page in the docs: `make pictures` takes them into docs/images/.

Look at them before they are committed. A studio is drawn for them, and cut by the page itself.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import ViewportSize, expect, sync_playwright

from export_service.stack import RunningStack
from tests.media.decode import FFMPEG
from tests.page.complaints import Complaints
from tests.page.conftest import FLAGS
from tests.page.edits import timecode
from tests.page.person import PATIENCE_MS, Person
from tests.page.studio import make
from tests.stack.tour import IMAGES

MOST_BYTES = 200_000
SIZE = ViewportSize(width=1280, height=800)
#: From this frame on, the camera of this key.
CUTS = ((95, "2"), (232, "3"), (340, "2"), (415, "1"), (560, "3"), (742, "2"), (910, "1"))
#: No camera's file, but it has the name of one.
BROKEN = "phone.mp4"


def main() -> None:
    """Take all of them."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        media = Path(folder) / "media"
        names = make(media / "sources")
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        with RunningStack(media, media.parent / "up.log") as running:
            page = chromium.new_context(viewport=SIZE).new_page()
            person = Person(page, running.url, Complaints())
            person.complaints.listen(page)
            cut(person, names)
            take(person, "page-cut")
            (media / "sources" / BROKEN).write_bytes(b"no film" * 1000)
            fail(running.url)
            person.export("Episode 12")
            person.wait_until("Ready")
            address = page.url
            person.open()
            person.export("Episode 12 for the cinema", "H.264", Size="3840x2160")
            person.wait_until("Making pictures and sound")
            page.wait_for_timeout(15_000)
            page.get_by_role("link", name="All exports").click()
            expect(page.get_by_text("Failed")).to_be_visible()
            take(person, "page-exports")
            page.emulate_media(color_scheme="dark")
            page.goto(address)
            expect(page.get_by_role("img", name="The programme:")).to_be_visible()
            take(person, "page-report")
            assert person.complaints.all == []
        chromium.close()


def cut(person: Person, names: tuple[str, ...]) -> None:
    """Sync three cameras, and cut between them."""
    person.open()
    person.pick(names)
    person.wait_for_previews()
    person.sync()
    name = person.page.get_by_label("Name of the edit")
    name.fill("Episode 12")
    name.press("Enter")
    at = 0
    person.key("Home")
    for frame, key in CUTS:
        for _ in range((frame - at) // 30):
            person.key("Shift+ArrowRight")
        for _ in range((frame - at) % 30):
            person.key("ArrowRight")
        person.key(key)
        at = frame
    for _ in range(12):
        person.key("Shift+ArrowLeft")
    expect(person.row(timecode(CUTS[-1][0]))).to_have_count(1)
    # Folded away, all that one cuts with fits on the screen.
    person.page.get_by_text("Cameras", exact=True).click()


def fail(service: str) -> None:
    """An export of a file that is none, asked for by somebody else."""
    config = {
        "version": 1,
        "id": "interview-1126-1802-x3kd",
        "projectId": "p",
        "projectName": "Interview",
        "createdAt": "2026-11-26T18:02:00Z",
        "sources": [{"id": "a", "name": "phone", "filePath": BROKEN}],
        "segments": [{"sourceIndex": 0, "startTime": 0, "endTime": 60}],
        "output": {},
    }
    httpx.post(f"{service}/api/export", json=config, trust_env=False).raise_for_status()


def take(person: Person, name: str) -> None:
    """A picture of what is on screen, in few colours: a third of the bytes."""
    person.page.wait_for_timeout(2000)
    target = IMAGES / f"{name}.png"
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.png"
        person.page.screenshot(path=str(raw), timeout=PATIENCE_MS)
        few = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=bayer:bayer_scale=4"
        argv = (FFMPEG, "-y", "-v", "error", "-i", str(raw), "-filter_complex", few, str(target))
        subprocess.run(argv, check=True)
    size = target.stat().st_size
    assert size < MOST_BYTES, f"{target}: {size} bytes"
    print(f"{target}: {size} bytes")


if __name__ == "__main__":
    main()
