from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.players.browser import Page, browser
from tests.players.programmes import ORDERS, Programme, make


@pytest.fixture(scope="session")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Programme]:
    """The programmes by name, each rendered once."""
    made: dict[str, Programme] = {}

    def get(name: str) -> Programme:
        if name not in made:
            made[name] = make(ORDERS[name], tmp_path_factory.mktemp("programme"))
        return made[name]

    return get


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page
