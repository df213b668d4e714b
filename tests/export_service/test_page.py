"""The page at `/`: as it was built, to everybody, and sent again only when it changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from export_service.routes import page
from tests.export_service.test_who_asks import client_of, settings_of

INDEX = '<script type="module" src="/assets/main-a1b2.js"></script>'


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "assets" / "main-a1b2.js").write_text("export {}")
    (folder / "assets" / "look-c3d4.css").write_text("body {}")
    (folder / "assets" / "icon-e5f6.svg").write_text("<svg/>")
    monkeypatch.setattr(page, "BUILT", folder)
    return folder


def test_the_page_is_asked_for_each_time_and_sent_when_it_changed(
    web: FlaskClient, built: Path
) -> None:
    first = web.get("/")
    assert (first.status_code, first.text, first.mimetype) == (200, INDEX, "text/html")
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in first.headers
    known = {"If-None-Match": first.headers["ETag"]}
    again = web.get("/", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    # As long as before, and as old: an installer may write any time.
    when = (built / "index.html").stat().st_mtime_ns
    (built / "index.html").write_text(INDEX.replace("a1b2", "a1b3"))
    os.utime(built / "index.html", ns=(when, when))
    changed = web.get("/", headers=known)
    assert (changed.status_code, changed.text) == (200, INDEX.replace("a1b2", "a1b3"))


def test_the_page_is_no_file_to_be_sent_by_the_kernel(web: FlaskClient, built: Path) -> None:
    assert built.is_dir()
    with web.application.test_request_context("/"):
        assert page.home().is_sequence


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("main-a1b2.js", "text/javascript"),
        ("look-c3d4.css", "text/css"),
        ("icon-e5f6.svg", "image/svg+xml"),
    ],
)
def test_its_files_are_kept_for_ever(web: FlaskClient, built: Path, name: str, kind: str) -> None:
    answer = web.get(f"/assets/{name}")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert web.get(f"/assets/{name}", headers=known).status_code == 304


@pytest.mark.parametrize("url", ["/", "/assets/main-a1b2.js"])
def test_head_says_what_get_would(web: FlaskClient, built: Path, url: str) -> None:
    head, get = web.head(url), web.get(url)
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    "url", ["/assets/nothing.js", "/assets/..%2Findex.html", "/assets/", "/assets", "/index.html"]
)
def test_nothing_else_is_sent(web: FlaskClient, built: Path, url: str) -> None:
    answer = web.get(url)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "no_such_address")


def test_it_lets_in_nothing_of_another_origin_and_nothing_inline(
    web: FlaskClient, built: Path
) -> None:
    policy = web.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*|data:", policy)


def test_addresses_of_the_api_stay_the_apis(web: FlaskClient, built: Path) -> None:
    for url in ("/api", "/api/", "/api/nothing", "/api/assets/main-a1b2.js"):
        answer = web.get(url)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert web.get("/api/export").get_json()["exports"] == []


def test_it_needs_no_key_since_it_is_only_the_page(tmp_path: Path, built: Path) -> None:
    web = client_of(settings_of(tmp_path / "media"))
    assert web.get("/").status_code == web.get("/assets/main-a1b2.js").status_code == 200
    assert web.get("/api/sources").status_code == 401


def test_where_it_was_not_built_the_address_says_how_to(
    web: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "BUILT", tmp_path / "nowhere")
    answer = web.get("/")
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "make page" in answer.text
    assert web.get("/docs").status_code == 200


def test_what_is_in_the_package_is_whole(web: FlaskClient) -> None:
    html = web.get("/").text
    assert '<div id="page">' in html
    for address in re.findall(r'(?:href|src)="([^"]*)"', html):
        assert web.get(address).status_code == 200
