"""Each camera is recorded once for the whole run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.worker.bitstream.cameras import Camera, record

CameraOf = Callable[[str], Camera]


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> CameraOf:
    folder = tmp_path_factory.mktemp("cameras")
    return cache(lambda name: record(folder, name))
