"""The calls of the editor's export button, in its order and with what it reads of each answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config_schema.status import JobStatus, Stage
from tests.export_service.fakes import FakeDoor, body, config

STATUS_FIELDS = {
    *("jobId", "status", "progress", "message", "stage", "segmentsDone", "segmentsTotal"),
    *("etaSeconds", "queuePosition", "speed", "warnings", "error", "errorCode", "downloadUrl"),
    *("createdAt", "startedAt", "finishedAt", "attempt", "priority"),
}


def test_the_button_posts_polls_and_downloads(
    web: FlaskClient, door: FakeDoor, tmp_path: Path
) -> None:
    posted = web.post("/api/export", json=config())
    assert posted.status_code == 202
    accepted = posted.get_json()
    assert set(accepted) == {"jobId", "status", "message", "warnings", "statusUrl"}
    assert (accepted["jobId"], accepted["status"]) == ("export-1", "pending")
    assert posted.headers["Location"] == accepted["statusUrl"] == "/api/export/export-1/status"

    job_id = accepted["jobId"]
    door.move(job_id, status=JobStatus.PROCESSING, stage=Stage.RENDERING)
    polled = web.get(f"/api/export/{job_id}/status")
    assert polled.status_code == 200
    assert set(polled.get_json()) == STATUS_FIELDS
    assert polled.get_json()["status"] == "processing"
    assert polled.get_json()["progress"] < 1
    assert polled.headers["Cache-Control"] == "no-store"

    (file := tmp_path / "output.mp4").write_bytes(b"moving pictures")
    door.complete(job_id, file)
    finished = web.get(f"/api/export/{job_id}/status").get_json()
    assert (finished["status"], finished["progress"]) == ("completed", 1)
    assert finished["downloadUrl"] == f"/api/export/{job_id}/download"
    assert finished["createdAt"] == "2026-11-22T12:00:00+00:00"

    fetched = web.get(f"/api/export/{job_id}/download")
    assert fetched.status_code == 200
    assert fetched.data == b"moving pictures"
    assert fetched.mimetype == "video/mp4"


def test_the_button_shows_the_error_of_a_refused_config(web: FlaskClient) -> None:
    refused = web.post("/api/export", json=config(version=2, segments=[]))
    assert refused.status_code == 400
    answer = refused.get_json()
    assert answer["error"]
    assert {fault["place"] for fault in answer["errors"]} == {"version", "segments"}


def test_the_button_shows_the_error_of_a_failed_export(web: FlaskClient, door: FakeDoor) -> None:
    web.post("/api/export", json=config())
    sentence = "cam0.mp4 is not a video that can be read."
    door.move("export-1", status=JobStatus.FAILED, error=sentence, error_code="source_unreadable")
    polled = web.get("/api/export/export-1/status").get_json()
    assert (polled["status"], polled["error"]) == ("failed", sentence)
    assert polled["errorCode"] == "source_unreadable"


def test_the_button_cancels(web: FlaskClient, door: FakeDoor) -> None:
    web.post("/api/export", json=config())
    for _ in range(2):
        ended = web.delete("/api/export/export-1")
        assert ended.status_code == 200
        assert set(ended.get_json()) == {"jobId", "status", "message"}
        assert ended.get_json()["status"] == "cancelled"
    assert web.get("/api/export/export-1/status").get_json()["status"] == "cancelled"
    assert web.get("/api/export/export-1/download").status_code == 409
    assert web.post("/api/export", json=config(projectName="Another")).status_code == 202


def test_the_same_config_again_makes_no_second_job(web: FlaskClient, door: FakeDoor) -> None:
    web.post("/api/export", json=config())
    door.move("export-1", status=JobStatus.FAILED, error="The encoder refused the work.")
    again = web.post("/api/export", json=config(createdAt="2027-01-01T00:00:00Z", status="x"))
    assert again.status_code == 200
    assert set(again.get_json()) == STATUS_FIELDS | {"statusUrl"}
    assert again.get_json()["status"] == "failed"
    assert again.headers["Location"] == "/api/export/export-1/status"
    assert len(door.jobs) == 1


def test_another_config_under_the_same_id_is_a_conflict(web: FlaskClient) -> None:
    web.post("/api/export", json=config())
    other = web.post("/api/export", json=config(projectName="Another"))
    assert other.status_code == 409
    assert other.get_json()["code"] == "conflict"


@pytest.mark.parametrize(
    "content_type",
    [None, "application/json", "text/plain", "application/x-www-form-urlencoded", "x", "\xff/\xfe"],
)
def test_a_config_is_taken_whatever_the_content_type_says(
    web: FlaskClient, content_type: str | None
) -> None:
    posted = web.post("/api/export", data=body(), content_type=content_type)
    assert posted.status_code == 202


def test_warnings_of_the_config_come_with_the_answer(web: FlaskClient) -> None:
    posted = web.post("/api/export", json=config(colour="blue"))
    assert posted.status_code == 202
    assert any("colour" in warning for warning in posted.get_json()["warnings"])


def test_a_failed_job_is_tried_again_and_others_are_not(web: FlaskClient, door: FakeDoor) -> None:
    web.post("/api/export", json=config())
    refused = web.post("/api/export/export-1/retry")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "not_retryable")
    door.move("export-1", status=JobStatus.FAILED, error="The encoder refused the work.")
    again = web.post("/api/export/export-1/retry")
    assert again.status_code == 202
    assert again.headers["Location"] == "/api/export/export-1/status"
    assert door.jobs["export-1"].record.attempt == 2


def test_the_report_is_a_file_with_an_etag(
    web: FlaskClient, door: FakeDoor, tmp_path: Path
) -> None:
    web.post("/api/export", json=config())
    assert web.get("/api/export/export-1/report").status_code == 409
    (file := tmp_path / "output.mp4").touch()
    door.complete("export-1", file)
    report = web.get("/api/export/export-1/report")
    assert (report.status_code, report.mimetype) == (200, "application/json")
    assert report.get_json()["segments"] == []
    again = web.get(
        "/api/export/export-1/report", headers={"If-None-Match": report.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_list_goes_on_where_its_cursor_says(web: FlaskClient) -> None:
    for number in range(5):
        web.post("/api/export", json=config(id=f"e{number}", projectId=f"p{number % 2}"))
    seen = []
    cursor: str | None = None
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = web.get("/api/export", query_string=query)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        seen += [export["jobId"] for export in page.get_json()["exports"]]
        cursor = page.get_json()["nextCursor"]
        if cursor is None:
            break
    assert seen == ["e4", "e3", "e2", "e1", "e0"]
    of_project = web.get("/api/export?projectId=p1&status=pending").get_json()["exports"]
    assert [export["jobId"] for export in of_project] == ["e3", "e1"]
    assert web.get("/api/export?status=failed").get_json() == {"exports": [], "nextCursor": None}
