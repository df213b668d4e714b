from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from config_schema.status import JobRecord, JobStatus
from tests.export_service.checked_client import DOCUMENT, assert_is
from tests.export_service.fakes import EPOCH, config
from worker.jobs.delivery import delivery_of

ROOT = Path(__file__).parents[2]


def test_the_document_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    validate(DOCUMENT)


def test_the_document_has_exactly_the_calls_of_the_contract() -> None:
    calls = {
        f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item
    }
    assert calls == {
        "POST /api/export",
        "GET /api/export",
        "DELETE /api/export/{jobId}",
        "GET /api/export/{jobId}/status",
        "GET /api/export/{jobId}/events",
        "POST /api/export/validate",
        "GET /api/sources",
        "GET /api/export/{jobId}/report",
        "GET /api/export/{jobId}/download",
        "HEAD /api/export/{jobId}/download",
        "POST /api/export/{jobId}/retry",
        "OPTIONS /api/uploads",
        "POST /api/uploads",
        "HEAD /api/uploads/{uploadId}",
        "PATCH /api/uploads/{uploadId}",
        "DELETE /api/uploads/{uploadId}",
        "POST /api/uploads/{uploadId}",
        "GET /api/preview/files/{miniatureId}",
        "GET /api/preview/proxy",
        "GET /api/preview/strip",
        "GET /api/preview/thumbnail",
        "GET /api/preview/waveform",
        "POST /api/sync",
        "GET /api/sync/{syncId}",
        "GET /healthz",
        "GET /metrics",
        "GET /readyz",
    }


def test_every_refusal_is_documented_as_a_problem() -> None:
    for item in DOCUMENT["paths"].values():
        for method, operation in item.items():
            for status, answer in operation["responses"].items():
                if status >= "400" and method != "head":
                    assert list(answer["content"]) == ["application/problem+json"]


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [
        operation["operationId"]
        for item in DOCUMENT["paths"].values()
        for operation in item.values()
    ]
    assert len(set(names)) == len(names)


def test_the_body_of_post_is_the_export_config_and_required() -> None:
    asked = DOCUMENT["paths"]["/api/export"]["post"]["requestBody"]
    assert asked["required"] is True
    schema = asked["content"]["application/json"]["schema"]
    assert_is(config(), schema)


@pytest.mark.parametrize("status", [status for status in JobStatus if status.is_final])
def test_what_a_webhook_tells_is_what_is_described(status: JobStatus) -> None:
    record = JobRecord(
        job_id="a@acme", created_at=EPOCH, status=status, callback_url="https://example.org"
    )
    told = delivery_of(record)
    assert told is not None
    event = json.loads(told.body)
    described = DOCUMENT["webhooks"]["exportEnded"]["post"]["requestBody"]
    assert_is(event, described["content"]["application/json"]["schema"])
    assert event["data"].keys() == DOCUMENT["components"]["schemas"]["Status"]["properties"].keys()


def test_the_document_is_served_as_it_is_printed(web: FlaskClient) -> None:
    assert web.get("/openapi.json").get_json() == DOCUMENT


def test_the_document_in_docs_is_current() -> None:
    printed = subprocess.run(
        [sys.executable, "-W", "error", "-m", "export_service.openapi"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(printed.stdout) == DOCUMENT
    assert (ROOT / "docs" / "openapi.json").read_text() == printed.stdout, "run `make api`"


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_needs_no_other_host_and_runs_no_inline_script(web: FlaskClient, path: str) -> None:
    page = web.get(path)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    html = page.get_data(as_text=True)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", html)
    addresses = re.findall(r'\s(?:href|src)="([^"]*)"', html)
    assert addresses
    for address in addresses:
        if not address.startswith("data:"):
            assert address.startswith("/")
            answer = web.get(address)
            assert answer.status_code in {200, 503}, address
            answer.close()


def test_swagger_ui_comes_from_the_installed_wheel(web: FlaskClient) -> None:
    script = web.get("/docs/assets/swagger-ui-bundle.js")
    assert script.mimetype == "text/javascript"
    assert b"SwaggerUIBundle" in script.data
    assert web.get("/docs/assets/swagger-ui.css").mimetype == "text/css"
    assert web.get("/docs/assets/nothing.js").status_code == 404
