"""The routes in front of the real door: jobs on a volume, and no broker at all."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config_schema.status import JobStatus, Stage
from export_service import create_app
from export_service.settings import WebSettings
from tests.config_schema.mutate import mutations
from tests.export_service.checked_client import CheckedClient
from tests.export_service.fakes import REPORT, config
from worker.jobs.store import JobStore

#: `make fuzz` sends ten thousand.
MUTATIONS = 2_000


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "cam0.mp4").write_bytes(b"not looked into before planning")
    return folder


@pytest.fixture
def web(media: Path) -> FlaskClient:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    settings = WebSettings(media_base_path=media, redis_url=f"redis://127.0.0.1:{port}/0")
    app = create_app(settings)
    app.test_client_class = CheckedClient
    return app.test_client()


def complete(media: Path, job_id: str, content: bytes) -> None:
    """Do on disk what a worker does at the end."""
    with JobStore(media / "exports").open(job_id) as folder:
        record = folder.record()
        record = folder.save(record.model_copy(update={"status": JobStatus.PROCESSING}))
        (folder.path / "output.mp4").write_bytes(content)
        (folder.path / "report.json").write_text(REPORT.model_dump_json(by_alias=True))
        ended = {
            "status": JobStatus.COMPLETED,
            "stage": Stage.VERIFYING,
            "finished_at": datetime.now(UTC),
        }
        folder.save(record.model_copy(update=ended))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://example.org/done", "callback_refused"),
        ("http://example.org/done", "bad_url"),
        ("https://127.1/", "bad_url"),
        ("https://a:b@example.org/", "bad_url"),
        ("https://[::1]/", "callback_refused"),
    ],
)
def test_a_callback_address_that_cannot_be_called_is_one_fault_with_its_place(
    web: FlaskClient, url: str, code: str
) -> None:
    answer = web.post("/api/export", json=config(callbackUrl=url))
    assert answer.status_code == 400
    body = answer.get_json()
    assert [(fault["place"], fault["code"]) for fault in body["errors"]] == [("callbackUrl", code)]
    assert body["error"].startswith("callbackUrl: The callback address ")


def test_without_a_broker_a_job_is_on_disk_within_3_seconds(web: FlaskClient, media: Path) -> None:
    start = time.monotonic()
    posted = web.post("/api/export", json=config())
    assert time.monotonic() - start < 3
    assert posted.status_code == 202
    assert (media / "exports" / "export-1" / "config.json").is_file()
    polled = web.get("/api/export/export-1/status").get_json()
    assert (polled["status"], polled["stage"], polled["queuePosition"]) == ("pending", "queued", 1)
    assert web.post("/api/export", json=config()).status_code == 200
    assert web.post("/api/export", json=config(projectName="Other")).status_code == 409


def test_a_source_that_is_not_there_is_400_at_its_place(web: FlaskClient) -> None:
    sources = [
        {"id": "a", "name": "a", "filePath": "cam0.mp4"},
        {"id": "b", "name": "b", "filePath": "missing.mp4"},
        {"id": "c", "name": "c", "filePath": "/etc/passwd"},
    ]
    refused = web.post("/api/export", json=config(sources=sources))
    assert refused.status_code == 400
    places = [fault["place"] for fault in refused.get_json(force=True)["errors"]]
    assert places == ["sources[1].filePath", "sources[2].filePath"]


def test_a_completed_export_is_fetched_and_then_deleted(web: FlaskClient, media: Path) -> None:
    web.post("/api/export", json=config())
    assert web.get("/api/export/export-1/download").status_code == 409
    complete(media, "export-1", b"programme")
    fetched = web.get("/api/export/export-1/download", headers={"Range": "bytes=3-6"})
    assert (fetched.status_code, fetched.data) == (206, b"gram")
    assert 'filename="My Podcast Episode 12.mp4"' in fetched.headers["Content-Disposition"]
    assert web.get("/api/export/export-1/report").get_json()["segments"] == []
    assert web.get("/api/export/export-1/status").get_json()["progress"] == 1
    assert web.post("/api/export/export-1/retry").status_code == 409
    for _ in range(2):
        assert web.delete("/api/export/export-1").status_code == 200
    assert not (media / "exports" / "export-1").exists()
    assert web.get("/api/export/export-1/status").get_json()["status"] == "cancelled"
    assert web.get("/api/export/export-1/download").status_code == 409
    assert web.get("/api/export/export-1/report").status_code == 409
    assert web.post("/api/export/export-1/retry").status_code == 202
    assert web.delete("/api/export/export-1").status_code == 200
    assert web.post("/api/export", json=config(projectName="Other")).status_code == 202


def test_the_list_pages_through_jobs_on_disk(web: FlaskClient) -> None:
    for number in range(3):
        web.post("/api/export", json=config(id=f"e{number}"))
    first = web.get("/api/export?limit=2").get_json()
    second = web.get(
        "/api/export", query_string={"limit": 2, "cursor": first["nextCursor"]}
    ).get_json()
    listed = [export["jobId"] for export in first["exports"] + second["exports"]]
    assert listed == ["e2", "e1", "e0"]
    assert second["nextCursor"] is None


@pytest.mark.parametrize("cursor", ["x", "!!!", "bnVsbA", "W10", "é", "W1tbW1tbW1tbW1tb"])
def test_a_cursor_that_no_list_gave_out_is_400(web: FlaskClient, cursor: str) -> None:
    refused = web.get("/api/export", query_string={"cursor": cursor})
    assert refused.status_code == 400
    assert refused.get_json(force=True)["errors"]


def test_readiness_names_broker_and_worker(web: FlaskClient, media: Path) -> None:
    start = time.monotonic()
    refused = web.get("/readyz")
    assert time.monotonic() - start < 3
    assert refused.status_code == 503
    assert refused.get_json(force=True)["missing"] == ["broker", "worker"]


def test_a_volume_that_takes_no_job_is_503(web: FlaskClient, media: Path) -> None:
    (media / "exports").write_bytes(b"in the way")
    refused = web.post("/api/export", json=config())
    assert refused.status_code == 503
    assert refused.get_json(force=True)["code"] == "volume_unavailable"
    assert "volume" in web.get("/readyz").get_json(force=True)["missing"]


def test_no_mutated_config_is_answered_with_5xx(web: FlaskClient) -> None:
    refused = 0
    for number, data in enumerate(mutations(seed=2, count=MUTATIONS)):
        answer = web.post("/api/export", data=data)
        assert answer.status_code < 500, f"mutation {number}: {data[:300]!r}"
        if answer.status_code >= 400:
            problem = answer.get_json(force=True)
            assert problem["error"]
            assert answer.status_code == 409 or all("place" in f for f in problem["errors"])
            assert answer.status_code == 409 or problem["errors"]
            refused += 1
    assert refused > MUTATIONS / 2
