"""`<export-button>` in a real browser against the real stack: on a bare page, and in Next.js."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from export_service.stack import RunningStack
from tests.engine.harness import config_of
from tests.media.footage import Source, place, tiny
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.players.browser import Page
from tests.players.pages import pages
from tests.web.client import CLIENT, ROOT, NoNode, build
from tests.web.meaning import Camera, meaning
from tests.worker.house import until

EXAMPLE = ROOT / "web" / "examples" / "next"
BARE = Path(__file__).parent / "export-button.html"
BUTTON = "document.querySelector('export-button')"
RATE = Fraction(30)
SMALL = {"codec": "h264", "width": 192, "height": 108}
NEXT_OUTPUT = {"codec": "h264", "width": 320, "height": 180, "fps": 30}
#: Many seconds of encoding on any machine, so that there is something to interrupt.
LONG = {"codec": "h264", "width": 1920, "height": 1080, "quality": "very_high"}


def edit(seconds: float, files: tuple[str, str] = ("camera-1.mp4", "camera-2.mp4")) -> Any:
    """A multicam state of two cameras, the second begun 0.4 s after the first."""
    angles = [
        {"id": "a", "name": "Wide", "mediaId": "m1", "syncOffset": 0},
        {"id": "b", "name": "Close up", "mediaId": "m2", "syncOffset": -0.4},
    ]
    switches = [(0, "b"), (1.3, "a"), (2, "a"), (2.466667, "b")]
    clip = {
        "id": "c",
        "angles": angles,
        "duration": seconds,
        "switchPoints": [{"time": time, "angleId": angle} for time, angle in switches],
    }
    assets = [
        {"id": f"m{n}", "name": name, "duration": 60, "fps": 30}
        for n, name in enumerate(files, start=1)
    ]
    settings = {"fps": 30, "canvasSize": {"width": 192, "height": 108}}
    project = {"metadata": {"id": "p", "name": "Folge 12"}, "settings": settings}
    return {
        "multicam": {"clips": [clip], "activeClipId": "c"},
        "assets": assets,
        "project": project,
    }


@pytest.fixture(scope="module")
def node() -> str:
    try:
        return build()
    except NoNode as missing:
        # Without a network, or behind a registry that has no npm packages, Python is all there is.
        pytest.skip(f"web/client is NOT tested here: {missing}")


@pytest.fixture(scope="module")
def cameras() -> list[Source]:
    return [
        Source(camera.path, camera.known, f"camera-{number}.mp4")
        for number in (1, 2)
        for camera in [tiny(number, Fraction(60), RATE)]
    ]


@pytest.fixture(scope="module")
def site(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The origin of a frontend, and the folder behind it."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(CLIENT / "dist", folder / "dist")
    shutil.copyfile(BARE, folder / "bare.html")
    with pages(folder) as origin:
        yield origin, folder


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory, cameras: list[Source]) -> Path:
    folder = tmp_path_factory.mktemp("media")
    place(folder / "sources", *cameras)
    return folder


@pytest.fixture(scope="module")
def service(site: tuple[str, Path], media: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EXPORT_CORS_ORIGINS", site[0])
        with RunningStack(media, media.parent / "button-up.log") as running:
            yield running.url


@pytest.fixture
def bare(page: Page, site: tuple[str, Path], service: str) -> Page:
    """The bare page, with nothing remembered of the test before."""
    address = f"{site[0]}/bare.html?service={service}"
    page.go(address)
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.go(address)
    wait(page, "window.isLoaded")
    return page


def wait(page: Page, condition: str, seconds: float = 120) -> None:
    """Until a JavaScript condition holds."""
    until(lambda: page.evaluate(f"Boolean({condition})"), seconds)


def phase(page: Page) -> str:
    return str(page.evaluate(f"{BUTTON}.dataset.phase"))


def is_over(page: Page, seconds: float = 120) -> str:
    """How it ended, once it has."""
    wait(page, f"['completed', 'failed', 'idle'].includes({BUTTON}.dataset.phase)", seconds)
    return phase(page)


def text(page: Page, part: str) -> str:
    return str(page.evaluate(f"{BUTTON}.shadowRoot.querySelector('.{part}').textContent"))


def focused(page: Page) -> Any:
    return page.evaluate(f"{BUTTON}.shadowRoot.activeElement?.className")


def key(page: Page, name: str, code: int) -> None:
    """Press and release a key, as the keyboard does."""
    typed = {"key": name, "code": name, "windowsVirtualKeyCode": code}
    down = typed | ({"text": "\r"} if name == "Enter" else {})
    page.command("Input.dispatchKeyEvent", type="keyDown", **down)
    page.command("Input.dispatchKeyEvent", type="keyUp", **typed)


def press(page: Page, name: str) -> None:
    page.evaluate(f"{BUTTON}.shadowRoot.querySelector('.{name}').click()")


def ask(page: Page, state: Any, options: dict[str, Any]) -> None:
    page.evaluate(f"window.edit = {json.dumps(state)}; window.options = {json.dumps(options)}")
    press(page, "export")


def downloaded(page: Page, folder: Path) -> Path:
    """What the browser saves when Download is pressed."""
    page.command("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    press(page, "download")
    return until(lambda: list(folder.glob("*.mp4")), 60)[0]


def test_a_person_with_a_keyboard_exports_and_gets_what_the_edit_means(
    bare: Page, cameras: list[Source], tmp_path: Path
) -> None:
    state = edit(4)
    bare.evaluate(f"window.edit = {json.dumps(state)}; window.options = {json.dumps(SMALL)}")
    key(bare, "Tab", 9)
    assert focused(bare) == "export"
    key(bare, "Enter", 13)
    assert is_over(bare) == "completed"
    assert focused(bare) == "download"
    seen = bare.evaluate("window.seen")
    assert [entry[0] for entry in seen][-1] == "completed"
    assert [entry[2] for entry in seen] == sorted(entry[2] for entry in seen)
    asked = bare.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert sum(name.endswith("/events") for name in asked) == 1
    assert not [name for name in asked if name.endswith("/status")], "events told it all"
    config = bare.evaluate("window.made[0]")
    expected = expect(config, [camera.known for camera in cameras])
    numbers = [(code.camera - 1, code.frame) if code else None for code in expected.frames]
    assert numbers == meaning(state, [Camera(RATE, 1800)] * 2, RATE)
    assert_exact(downloaded(bare, tmp_path), expected)


def test_a_page_loaded_again_goes_on_and_cancels(bare: Page) -> None:
    ask(bare, edit(60), LONG)
    wait(bare, "window.seen.some(([, stage, progress]) => stage === 'rendering' && progress > 0)")
    bare.go(bare.evaluate("location.href"))
    wait(bare, f"window.isLoaded && {BUTTON}.dataset.phase === 'running'")
    before = bare.evaluate("window.seen.length")
    wait(bare, f"window.seen.length > {before}")
    assert bare.evaluate("window.made.length") == 0, "it was not asked for again"
    press(bare, "cancel")
    assert is_over(bare) == "idle"
    assert text(bare, "stage") == "The export was cancelled."
    assert bare.evaluate("localStorage.getItem('export')") is None


def test_a_failed_export_says_why_and_comes_right_when_tried_again(
    bare: Page, media: Path, cameras: list[Source]
) -> None:
    late = media / "sources" / "late.mp4"
    late.write_text("still being copied")
    ask(bare, edit(4, ("late.mp4", "camera-2.mp4")), SMALL)
    assert is_over(bare) == "failed"
    assert "late.mp4" in text(bare, "error")
    shutil.copyfile(cameras[0].path, late)
    press(bare, "retry")
    wait(bare, f"{BUTTON}.dataset.phase !== 'failed'")
    assert is_over(bare) == "completed"


def test_a_refused_edit_says_so_without_asking(bare: Page) -> None:
    state = edit(4)
    state["multicam"]["clips"][0]["angles"][1]["syncOffset"] = None
    ask(bare, state, SMALL)
    assert is_over(bare) == "failed"
    assert text(bare, "error") == "The sync offset of Close up is not a number: sync it again."


def test_axe_finds_nothing_wrong(bare: Page) -> None:
    bare.evaluate((CLIENT / "node_modules" / "axe-core" / "axe.min.js").read_text() + ";0")
    found = f"axe.run({BUTTON}).then(r => r.violations.map(v => [v.id, v.impact]))"
    assert bare.evaluate(found) == []
    ask(bare, edit(4), SMALL)
    assert is_over(bare) == "completed"
    assert bare.evaluate(found) == []
    bare.evaluate("const image = new Image(); image.src = 'data:,'; document.body.append(image)")
    control = "axe.run().then(r => r.violations.map(v => v.id))"
    assert "image-alt" in bare.evaluate(control)


def test_a_page_of_next_js_exports_with_it(
    page: Page,
    site: tuple[str, Path],
    service: str,
    cameras: list[Source],
    tmp_path: Path,
) -> None:
    origin, folder = site
    environment = os.environ | {
        "NEXT_PUBLIC_EXPORT_SERVICE": service,
        "NEXT_TELEMETRY_DISABLED": "1",
    }
    # The client is installed as from a registry, and anew, because it may have changed.
    shutil.rmtree(EXAMPLE / "node_modules" / "multicam-export-client", ignore_errors=True)
    npm = [str(ROOT / ".ci" / "node"), "npm", "--prefix", str(EXAMPLE)]
    for command in (["ci"], ["run", "build"]):
        subprocess.run([*npm, *command], env=environment, timeout=900, check=True, cwd=EXAMPLE)
    shutil.copytree(EXAMPLE / "out", folder, dirs_exist_ok=True)
    page.go(f"{origin}/index.html")
    page.evaluate("localStorage.clear()")
    wait(page, f"customElements.get('export-button') && {BUTTON}.config")
    press(page, "export")
    assert is_over(page) == "completed"
    wait(page, "document.querySelector('#took')")
    # What app/edit.ts means: 1.2 s of one camera, 1 s of the other that began 0.4 s late, the rest.
    config = config_of(cameras, [(0, 0, 1.2), (1, 0.8, 1.8), (0, 2.2, 3)], **NEXT_OUTPUT)
    expected = expect(config, [camera.known for camera in cameras])
    assert_exact(downloaded(page, tmp_path), expected)
