from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from export_service import create_app
from export_service.settings import WebSettings
from tests.export_service.checked_client import CheckedClient
from tests.export_service.fakes import FakeDoor


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def settings(tmp_path: Path) -> WebSettings:
    return WebSettings(media_base_path=tmp_path / "media")


@pytest.fixture
def web(settings: WebSettings, door: FakeDoor) -> FlaskClient:
    app = create_app(settings, door)
    app.test_client_class = CheckedClient
    return app.test_client()
