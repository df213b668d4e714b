"""Every view, dark and light, wide and narrow, held by axe: nothing that keeps somebody out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.page.complaints import Complaints
from tests.page.edits import edit, write
from tests.page.person import Person
from tests.web.client import CLIENT, NoNode, node

GRAVE = ("serious", "critical")
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)]


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        node()
    except NoNode as missing:
        pytest.skip(f"how the page is read aloud and by keys is NOT tested here: {missing}")
    return (CLIENT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def done(chromium: Browser, service: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a finished export's view."""
    context = chromium.new_context()
    person = Person(context.new_page(), service, Complaints())
    person.open()
    person.open_saved(write(tmp_path_factory.mktemp("done"), edit(name="Looked at")))
    person.export("Looked at")
    person.wait_until("Ready")
    address = person.page.url
    context.close()
    return address.removeprefix(f"{service}/")


def faults(person: Person, axe: str) -> list[str]:
    """What axe finds that is grave."""
    person.page.evaluate(f"{axe};0")
    found = person.page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>"
        " violations.flatMap(({ id, impact, nodes }) =>"
        "  nodes.map(({ target, any }) => [impact, id, target.join(' '), any[0]?.message ?? ''])))"
    )
    return [" | ".join(line) for line in found if line[0] in GRAVE]


def is_too_wide(person: Person) -> bool:
    """Whether the page has to be scrolled to the side."""
    return bool(
        person.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_grave_in_any_view(
    person: Person, axe: str, done: str, tmp_path: Path, scheme: str, width: int
) -> None:
    page = person.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found: dict[str, list[str]] = {}

    def look(view: str) -> None:
        found[view] = faults(person, axe)
        if is_too_wide(person):
            found[view].append("it has to be scrolled to the side")

    person.open()
    expect(page.get_by_role("list", name="Camera files").get_by_role("button")).not_to_have_count(0)
    look("picker")
    person.open_saved(write(tmp_path, edit()))
    person.wait_for_previews()
    look("cut")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    look("help")
    page.keyboard.press("Escape")
    dialog = person.dialog()
    look("dialog")
    dialog.get_by_role("button", name="Not now").click()
    person.open("#/exports")
    expect(page.get_by_role("listitem").filter(has_text="Ready").first).to_be_visible()
    look("exports")
    person.open(done)
    expect(page.get_by_role("img", name="The programme:")).to_be_visible()
    look("report")
    assert {view: wrong for view, wrong in found.items() if wrong} == {}


def test_axe_would_find_it(person: Person, axe: str) -> None:
    person.open()
    person.page.evaluate(
        "const image = new Image(); image.src = '/favicon.ico';"
        "document.querySelector('main').append(image)"
    )
    assert any("image-alt" in fault for fault in faults(person, axe))
    person.complaints.all.clear()
