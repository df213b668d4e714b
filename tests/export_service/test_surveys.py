"""Dry runs and sources over HTTP, in front of the real door and real children, without a broker."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from config_schema.errors import TooManyRequests, VolumeUnavailable
from export_service import create_app
from export_service.settings import WebSettings
from tests.config_schema.mutate import mutations
from tests.export_service.checked_client import CheckedClient
from tests.export_service.fakes import FakeDoor, body, config
from tests.export_service.test_who_asks import as_, client_of, settings_of
from tests.worker.clips import clip
from tests.worker.house import until

ROOT = Path(__file__).parents[2]
VALIDATE = "/api/export/validate"
MUTATIONS = 2000


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    (folder / "sources").mkdir(parents=True)
    source = folder / "sources" / "cam0.mp4"
    source.write_bytes(clip("closed.mp4").read_bytes())
    os.utime(source, (1e9, 1e9))
    return folder


@pytest.fixture
def live(media: Path) -> FlaskClient:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    settings = WebSettings(media_base_path=media, redis_url=f"redis://127.0.0.1:{port}/0")
    app = create_app(settings)
    app.test_client_class = CheckedClient
    return app.test_client()


def segments(*ends: float) -> list[dict[str, Any]]:
    return [
        {"sourceIndex": 0, "startTime": start, "endTime": end}
        for start, end in zip((0, *ends), ends, strict=False)
    ]


def test_a_dry_run_plans_and_leaves_nothing(live: FlaskClient, media: Path) -> None:
    answer = live.post(VALIDATE, json=config(segments=segments(2.5, 5)))
    assert answer.status_code == 200
    plan = answer.get_json()["plan"]
    assert plan["output"]["frames"] == 150
    assert [s["copiedFrames"] + s["convertedFrames"] for s in plan["segments"]] == [75, 75]
    assert all(s["reasons"] for s in plan["segments"] if s["convertedFrames"])
    assert live.get("/api/export/export-1/status").status_code == 404
    assert list((media / "exports" / ".looks" / "work").iterdir()) == []


def test_the_id_is_not_taken_by_it_and_need_not_be_free(live: FlaskClient) -> None:
    asked = config(segments=segments(2))
    assert live.post(VALIDATE, json=asked).status_code == 200
    assert live.post("/api/export", json=asked).status_code == 202
    assert live.post(VALIDATE, json=asked | {"projectName": "Other"}).status_code == 200


def test_warnings_are_those_of_config_and_plan(live: FlaskClient) -> None:
    asked = config(segments=segments(10), shoeSize=44)
    warnings = live.post(VALIDATE, json=asked).get_json()["warnings"]
    assert any("shoeSize" in warning for warning in warnings)
    assert any("black" in warning for warning in warnings)


def test_what_post_refuses_is_refused_in_the_same_words(live: FlaskClient) -> None:
    def refusal(answer: Any) -> tuple[int, dict[str, Any]]:
        said = answer.get_json(force=True)
        return answer.status_code, {k: v for k, v in said.items() if k != "requestId"}

    refused = 0
    for sent in mutations(seed=5, count=MUTATIONS):
        posted = live.post("/api/export", data=sent)
        if posted.status_code not in (400, 413):
            continue
        assert refusal(live.post(VALIDATE, data=sent)) == refusal(posted)
        refused += 1
    assert refused > MUTATIONS / 2


@pytest.mark.parametrize(
    "sources",
    [
        [{"id": "a", "name": "a", "filePath": "missing.mp4"}],
        [{"id": "a", "name": "a", "filePath": "/etc/passwd"}],
        [{"id": "a", "name": "a", "filePath": "../cam0.mp4"}],
    ],
)
def test_sources_that_are_not_there_are_refused_as_by_post(
    live: FlaskClient, sources: list[dict[str, str]]
) -> None:
    asked = config(sources=sources)
    places = [
        [(fault["place"], fault["code"]) for fault in answer.get_json(force=True)["errors"]]
        for answer in (live.post("/api/export", json=asked), live.post(VALIDATE, json=asked))
    ]
    assert places[0] == places[1]
    assert places[0][0][0] == "sources[0].filePath"


def test_a_source_that_cannot_be_read_is_named_at_its_place(live: FlaskClient, media: Path) -> None:
    (media / "sources" / "cam0.mp4").write_bytes(b"no film")
    refused = live.post(VALIDATE, json=config())
    assert refused.status_code == 400
    (fault,) = refused.get_json(force=True)["errors"]
    assert (fault["place"], fault["code"]) == ("sources[0].filePath", "source_unreadable")
    assert "cam0.mp4" in fault["message"]
    # Which an export is told in planning.
    assert live.post("/api/export", json=config()).status_code == 202


def test_the_sources_are_told_with_their_facts(live: FlaskClient, media: Path) -> None:
    (media / "sources" / "now.mp4").write_bytes(b"just coming")
    until(lambda: live.get("/api/sources").get_json()["sources"][0]["facts"])
    found = live.get("/api/sources").get_json()
    known, growing = found["sources"]
    assert known["filePath"] == "cam0.mp4"
    assert (known["facts"]["width"], known["facts"]["keyFrameInterval"]) == (128, 0.8008)
    assert (growing["growing"], growing["facts"]) == (True, None)
    assert found["nextCursor"] is None
    first = live.get("/api/sources?limit=1").get_json()
    second = live.get("/api/sources", query_string={"cursor": first["nextCursor"]}).get_json()
    assert [s["filePath"] for s in second["sources"]] == ["now.mp4"]


@pytest.mark.parametrize("query", ["limit=0", "limit=many", "limit=201", "cursor=%ff", "cursor=a"])
def test_a_query_that_is_none_is_refused(live: FlaskClient, query: str) -> None:
    assert live.get(f"/api/sources?{query}").status_code == 400


def test_the_web_process_itself_loads_nothing_that_reads_media(media: Path) -> None:
    program = (
        "import sys, time\n"
        "from config_schema.config import parse_config\n"
        "from worker.client import ExportClient\n"
        "from worker.settings import WorkerSettings\n"
        "client = ExportClient(WorkerSettings())\n"
        "assert b'plan' in client.preview(parse_config(sys.stdin.buffer.read()))\n"
        "assert client.sources().sources\n"
        "print(*[name for name in sys.modules if name.split('.')[0] in ('av', 'numpy') or"
        " name.startswith(('worker.render', 'worker.plan', 'worker.tasks'))])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"MEDIA_BASE_PATH": str(media), "REDIS_URL": "redis://127.0.0.1:1/0"},
        input=body(segments=segments(2)),
        capture_output=True,
        check=True,
    )
    assert told.stdout.split() == []


def test_no_tenant_sees_or_plans_with_what_is_anothers(media: Path) -> None:
    web = client_of(settings_of(media))
    for name, size in (("editor", len("~acme")), ("robot", len("~other")), ("ops", 0)):
        sources = web.get("/api/sources", headers=as_(name)).get_json()["sources"]
        assert [(s["filePath"], s["bytes"]) for s in sources] == [("cam0.mp4", size)]
    theirs = media / "sources" / "~other" / "secret.mp4"
    theirs.write_bytes(clip("closed.mp4").read_bytes())
    for path in ("secret.mp4", "~other/secret.mp4", str(theirs)):
        asked = config(sources=[{"id": "a", "name": "a", "filePath": path}])
        for name in ("editor", "ops"):
            assert web.post(VALIDATE, json=asked, headers=as_(name)).status_code == 400
    asked = config(sources=[{"id": "a", "name": "a", "filePath": "secret.mp4"}])
    assert web.post(VALIDATE, json=asked, headers=as_("robot")).status_code == 200
    # A place in another tenant's list is none of theirs.
    cursor = web.get("/api/sources?limit=1", headers=as_("robot")).get_json()["nextCursor"]
    assert cursor
    page = web.get("/api/sources", query_string={"cursor": cursor}, headers=as_("editor"))
    assert page.get_json()["sources"] == []


def test_too_many_at_once_are_told_when_to_come_back(web: FlaskClient, door: FakeDoor) -> None:
    door.fails["preview"] = TooManyRequests(retry_after_seconds=2)
    answer = web.post(VALIDATE, data=body())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")


def test_without_a_volume_both_say_so(web: FlaskClient, door: FakeDoor) -> None:
    door.fails["preview"] = door.fails["sources"] = VolumeUnavailable()
    assert web.post(VALIDATE, data=body()).status_code == 503
    assert web.get("/api/sources").status_code == 503


def test_a_body_that_is_no_config_is_refused_before_anything(web: FlaskClient) -> None:
    for sent in (b"", b"nothing", b"[]", json.dumps({"version": 2}).encode()):
        assert web.post(VALIDATE, data=sent).status_code == 400
