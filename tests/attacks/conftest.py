"""One place with a secret, and one service over it, for all attacks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.hostile import Counter, Place, house
from tests.attacks.service import Service, renderer_for


@pytest.fixture(scope="session")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with house(tmp_path_factory.mktemp("attacked")) as place:
        yield place


@pytest.fixture(scope="session")
def _service(_place: Place) -> Iterator[Service]:
    renderer = renderer_for(_place.base)
    yield Service(_place, renderer)
    renderer.close()


@pytest.fixture
def place(_place: Place) -> Place:
    Counter.calls.clear()
    return _place


@pytest.fixture
def service(_service: Service) -> Service:
    Counter.calls.clear()
    _service.said.clear()
    return _service
