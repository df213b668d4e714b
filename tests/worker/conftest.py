"""One broker for the whole run; a fresh house at a database of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker.house import Broker, House


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    server = Broker(tmp_path_factory.mktemp("broker"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def house(tmp_path: Path, broker: Broker) -> Iterator[House]:
    made = House(tmp_path, broker)
    yield made
    made.close()


@pytest.fixture
def lonely_house(tmp_path: Path) -> Iterator[House]:
    """A house whose broker is its own, not yet started, to be stopped and frozen at will."""
    made = House(tmp_path, Broker(tmp_path / "broker"))
    yield made
    made.close()
    made.broker.stop()
