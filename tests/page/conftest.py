from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from export_service.stack import RunningStack
from tests.media.footage import Source, place
from tests.page.complaints import Complaints
from tests.page.person import Person
from tests.page.scene import cameras

#: The pages are ours and as root there is no sandbox; a container's /dev/shm is small.
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    program = shutil.which("chromium")
    assert program is not None, "there is no Chromium: `.ci/players` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def room() -> list[Source]:
    """Three cameras of one room."""
    return cameras()


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory, room: list[Source]) -> Path:
    folder = tmp_path_factory.mktemp("page") / "media"
    place(folder / "sources", *room)
    return folder


@pytest.fixture(scope="session")
def service(media: Path) -> Iterator[str]:
    """The address of the whole stack."""
    with RunningStack(media, media.parent / "page-up.log") as running:
        yield running.url


@pytest.fixture
def person(chromium: Browser, service: str) -> Iterator[Person]:
    """Somebody with a new browser, who is told of nothing that is wrong."""
    complaints = Complaints()
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    complaints.listen(page)
    yield Person(page, service, complaints)
    context.close()
    assert complaints.all == []
