"""What a server in front is told, header by header; a real one is asked in tests/players."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config_schema.errors import SettingsInvalid
from export_service import create_app
from export_service.settings import WebSettings
from tests.export_service.fakes import FakeDoor, config

URL = "/api/export/export-1/download"
CONTENT = b"x" * 1000


def web_of(tmp_path: Path, **told: str) -> FlaskClient:
    settings = WebSettings.model_validate({"media_base_path": tmp_path, **told})
    file = settings.volume.exports / "Ä 100%" / "output.mp4"
    file.parent.mkdir(parents=True)
    file.write_bytes(CONTENT)
    door = FakeDoor()
    web = create_app(settings, door).test_client()
    web.post("/api/export", json=config())
    door.complete("export-1", file)
    return web


@pytest.fixture
def accel(tmp_path: Path) -> FlaskClient:
    return web_of(tmp_path, sendfile="x-accel", sendfile_prefix="/deep/inside")


@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=5-9"}])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nginx_is_told_the_file_as_a_url_below_its_prefix(
    accel: FlaskClient, method: str, asked: dict[str, str]
) -> None:
    answer = accel.open(URL, method=method, headers=asked)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == "/deep/inside/%C3%84%20100%25/output.mp4"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Type"] == "video/mp4"
    assert "Content-Range" not in answer.headers


def test_apache_is_told_the_path(tmp_path: Path) -> None:
    answer = web_of(tmp_path, sendfile="x-sendfile").get(URL)
    path = f"{tmp_path.resolve()}/exports/%C3%84%20100%25/output.mp4"
    assert answer.headers["X-Sendfile"] == path
    assert answer.headers["ETag"]


def test_conditions_and_impossible_ranges_are_answered_here(accel: FlaskClient) -> None:
    etag = accel.get(URL).headers["ETag"]
    for asked, status in (
        ({"If-None-Match": etag}, 304),
        ({"If-Match": '"other"'}, 412),
        ({"Range": "bytes=1000-"}, 416),
    ):
        answer = accel.get(URL, headers=asked)
        assert answer.status_code == status
        assert "X-Accel-Redirect" not in answer.headers


def test_nobody_in_front_is_told_anything_unless_set(tmp_path: Path) -> None:
    answer = web_of(tmp_path).get(URL)
    assert answer.data == CONTENT
    assert not {"X-Accel-Redirect", "X-Sendfile"} & set(answer.headers.keys())
    answer.close()


@pytest.mark.parametrize("prefix", ["exports", "/", "/a b", "/a\r\nX-Evil: 1", "/%2e"])
def test_a_prefix_that_is_no_path_stops_the_start(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(SettingsInvalid, match="EXPORT_SENDFILE_PREFIX"):
        WebSettings.model_validate({"EXPORT_SENDFILE_PREFIX": prefix})
