"""Miniatures and sync over HTTP: asked for, fetched, kept apart; no broker and no worker needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from export_service.settings import WebSettings
from tests.export_service.test_who_asks import as_, client_of, settings_of
from worker.miniatures import shelf
from worker.miniatures.asking import want_of
from worker.miniatures.wants import Kind

KINDS = ("proxy", "thumbnail", "strip", "waveform")
FACTS = {
    "proxy": {"width": 1280, "height": 720, "fps": 25.0, "seconds": 2.0, "bytes": 9},
    "thumbnail": {"width": 320, "height": 180, "time": 0.0},
    "strip": {"tileWidth": 160, "tileHeight": 90, "columns": 2, "tiles": 2, "secondsPerTile": 1.0},
    "waveform": {"peaksPerSecond": 100, "peaks": 200},
}


@pytest.fixture
def settings(tmp_path: Path) -> WebSettings:
    return settings_of(tmp_path / "media")


@pytest.fixture
def keyed(settings: WebSettings) -> FlaskClient:
    return client_of(settings)


@pytest.fixture
def house(tmp_path: Path) -> WebSettings:
    return settings_of(tmp_path / "media", api_keys="", signing_keys="")


@pytest.fixture
def web(house: WebSettings) -> FlaskClient:
    return client_of(house)


def finish(settings: WebSettings, kind: str, facts: Any, tenant: str = "") -> None:
    """Do on the shelf what a worker does at the end."""
    how = {"width": 320} if kind == "thumbnail" else {}
    want = want_of(Kind(kind), tenant, ["cam0.mp4"], settings.roots_of(tenant), **how)
    with settings.shelf.place(tenant) as place:
        made = place.path / "made"
        made.write_bytes(b"miniature")
        shelf.finish(place, want, facts, made)


@pytest.mark.parametrize("kind", KINDS)
def test_a_miniature_is_asked_for_made_and_fetched_in_parts(
    house: WebSettings, web: FlaskClient, kind: str
) -> None:
    asked = web.get(f"/api/preview/{kind}?source=cam0.mp4")
    assert asked.status_code == 200
    view = asked.get_json()
    assert (view["status"], view["progress"], view["url"], view["facts"]) == (
        "waiting",
        0,
        None,
        None,
    )
    address = f"/api/preview/files/{view['miniatureId']}"
    assert web.get(address).status_code == 404
    finish(house, kind, FACTS[kind])
    ready = web.get(f"/api/preview/{kind}?source=cam0.mp4").get_json()
    assert (ready["status"], ready["progress"], ready["facts"]) == ("ready", 1, FACTS[kind])
    assert ready["url"] == address
    part = web.get(address, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.data) == (206, b"nia")
    assert part.headers["Content-Disposition"] == "inline"
    again = web.get(address, headers={"If-None-Match": part.headers["ETag"]})
    assert again.status_code == 304
    assert web.get(address, headers={"Range": "bytes=99-"}).status_code == 416


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("source=missing.mp4", 404),
        ("source=../cam0.mp4", 400),
        ("source=/etc/passwd", 400),
        ("source=http://example.org/a.mp4", 400),
        ("source=%00", 400),
        ("source=", 400),
        ("", 400),
        ("source=" + "a/" * 3000, 400),
    ],
)
def test_what_is_no_source_is_refused_in_words(
    web: FlaskClient, kind: str, query: str, status: int
) -> None:
    refused = web.get(f"/api/preview/{kind}?{query}")
    assert refused.status_code == status
    assert refused.get_json(force=True)["error"]


@pytest.mark.parametrize(
    "query", ["time=-1", "time=nan", "time=inf", "time=x", "width=0", "width=99999", "width=1e9"]
)
def test_a_thumbnail_that_cannot_be_made_is_400(web: FlaskClient, query: str) -> None:
    assert web.get(f"/api/preview/thumbnail?source=cam0.mp4&{query}").status_code == 400
    assert web.get("/api/preview/thumbnail?source=cam0.mp4&time=1&width=64").status_code == 200


@pytest.mark.parametrize("name", ["0" * 32, "x", "..", "~acme", "%2e%2e%2fpasswd", "A" * 5000])
def test_what_nobody_asked_for_is_404(web: FlaskClient, name: str) -> None:
    assert web.get(f"/api/preview/files/{name}").status_code == 404
    assert web.get(f"/api/sync/{name}").status_code == 404


def test_a_sync_is_asked_for_watched_and_told(house: WebSettings, web: FlaskClient) -> None:
    (house.volume.sources / "cam1.mp4").write_bytes(b"other")
    names = ["cam0.mp4", "cam1.mp4"]
    asked = web.post("/api/sync", json={"sources": names})
    assert asked.status_code == 202
    address = asked.headers["Location"]
    assert asked.get_json()["statusUrl"] == address
    assert web.get(address).get_json()["status"] == "waiting"
    want = house.shelf.want("", asked.get_json()["syncId"])
    match = {
        "source": "cam1.mp4",
        "found": True,
        "offsetSeconds": 1.7,
        "driftPpm": None,
        "confidence": 0.9,
    }
    with house.shelf.place("") as place:
        shelf.finish(place, want, {"matches": [match]}, None)
    ready = web.get(address).get_json()
    assert (ready["status"], ready["matches"]) == ("ready", [match])
    # It has no file.
    assert web.get(f"/api/preview/files/{want.key}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b'{"sources": "cam0.mp4"}', 400),
        (b'{"sources": ["cam0.mp4"]}', 400),
        (b'{"sources": ["cam0.mp4", 1]}', 400),
        (b'{"sources": ["cam0.mp4", ""]}', 400),
        (b'{"sources": ["cam0.mp4", "../x"]}', 400),
        (b'{"sources": ["cam0.mp4", "\\ud800"]}', 400),
        (b'{"sources": ["cam0.mp4", NaN]}', 400),
        (json.dumps({"sources": ["cam0.mp4"] * 17}).encode(), 400),
        (b'{"sources": ["cam0.mp4", "missing.mp4"]}', 404),
        (b"[" * 100_000, 400),
        (b" " * 200_000, 413),
    ],
)
def test_a_sync_of_nothing_is_refused_in_words(web: FlaskClient, body: bytes, status: int) -> None:
    refused = web.post("/api/sync", data=body)
    assert refused.status_code == status
    assert refused.get_json(force=True)["error"]


def test_nobody_finds_another_tenants_miniatures(settings: WebSettings, keyed: FlaskClient) -> None:
    finish(settings, "proxy", FACTS["proxy"], "acme")
    mine = keyed.get("/api/preview/proxy?source=cam0.mp4", headers=as_("editor")).get_json()
    assert mine["status"] == "ready"
    plain = mine["url"].partition("?")[0]
    assert keyed.get(plain, headers=as_("editor")).status_code == 200
    for other in ("robot", "ops"):
        theirs = keyed.get("/api/preview/proxy?source=cam0.mp4", headers=as_(other)).get_json()
        assert (theirs["status"], theirs["miniatureId"]) != ("ready", mine["miniatureId"])
        assert keyed.get(plain, headers=as_(other)).status_code == 404
    refused = keyed.get("/api/preview/proxy?source=~acme/cam0.mp4", headers=as_("ops"))
    assert refused.status_code in {400, 404}


def test_a_link_opens_the_one_file_that_it_is_to(settings: WebSettings, keyed: FlaskClient) -> None:
    for kind in ("proxy", "waveform"):
        finish(settings, kind, FACTS[kind], "acme")
        keyed.get(f"/api/preview/{kind}?source=cam0.mp4", headers=as_("editor"))
    proxy, peaks = (
        keyed.get(f"/api/preview/{kind}?source=cam0.mp4", headers=as_("editor")).get_json()["url"]
        for kind in ("proxy", "waveform")
    )
    assert keyed.get(proxy).data == b"miniature"
    assert keyed.get(proxy.partition("?")[0]).status_code == 401
    crossed = f"{peaks.partition('?')[0]}?{proxy.partition('?')[2]}"
    assert keyed.get(crossed).status_code == 403
    name = proxy.partition("?")[0].rpartition("/")[2]
    # Nor does it open an export that is called so.
    link = proxy.partition("?")[2]
    assert keyed.get(f"/api/export/{name}/download?{link}").status_code == 403
