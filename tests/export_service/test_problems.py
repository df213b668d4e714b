from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config_schema import errors
from config_schema.errors import ExportError, Fault
from config_schema.limits import Limits
from export_service import create_app
from export_service.problems import STATUS_BY_ERROR, status_of
from export_service.settings import WebSettings
from tests.export_service.fakes import FakeDoor, body, config, leaves

IDS_OF_NO_JOB = ["unknown", "a..b", ".hidden", "-x", "a" * 129, "a%2Fb", "..", "%00", "é", "a%0Ab"]

#: The call that reaches each verb of the door, the one with a body aside.
CALLS = {
    "status": ("GET", "/x/status"),
    "cancel": ("DELETE", "/x"),
    "retry": ("POST", "/x/retry"),
    "output": ("GET", "/x/download"),
    "report": ("GET", "/x/report"),
    "list": ("GET", ""),
}


def expect_problem(answer: TestResponse, status: int, code: str | None = None) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    problem: dict[str, Any] = json.loads(answer.data)
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["status"] == status
    assert problem["detail"] == problem["error"]
    assert problem["error"][-1] in ".!?)"
    assert "\n" not in problem["error"]
    assert problem["requestId"] == answer.headers["X-Request-Id"]
    if code is not None:
        assert problem["code"] == code
    return problem


@pytest.fixture
def narrow(door: FakeDoor, settings: WebSettings) -> FlaskClient:
    """A service that takes bodies of 1 MiB."""
    return create_app(settings.model_copy(update={"max_body_mib": 1}), door).test_client()


def made(error: type[ExportError]) -> ExportError:
    if error is errors.ConfigInvalid:
        return errors.ConfigInvalid((Fault("segments[3].endTime", "bad", "It is too late."),))
    return error()


@pytest.mark.parametrize("family", leaves(ExportError))
def test_every_error_has_its_status_and_its_code(
    narrow: FlaskClient, door: FakeDoor, family: type[ExportError]
) -> None:
    error = made(family)
    door.fails["submit"] = error
    status = status_of(error)
    code = error.code if status != 500 else "internal"
    problem = expect_problem(narrow.post("/api/export", json=config()), status, code)
    if status == 400:
        assert problem["errors"]


def test_what_a_client_can_mend_is_never_our_fault() -> None:
    for family in leaves(errors.RequestRefused):
        assert 400 <= status_of(made(family)) < 500
    assert all(issubclass(family, ExportError) for family in STATUS_BY_ERROR)


def test_a_volume_that_takes_nothing_is_503_and_says_when_to_come_back(
    web: FlaskClient, door: FakeDoor
) -> None:
    door.fails["submit"] = errors.VolumeUnavailable(detail="secret path")
    answer = web.post("/api/export", json=config())
    expect_problem(answer, 503, "volume_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert b"secret" not in answer.data


def test_a_volume_that_cannot_be_read_is_503_for_every_call(
    web: FlaskClient, door: FakeDoor
) -> None:
    for verb, (method, path) in CALLS.items():
        door.fails[verb] = errors.VolumeUnavailable()
        answer = web.open(f"/api/export{path}", method=method)
        expect_problem(answer, 503, "volume_unavailable")


@pytest.mark.parametrize("verb", CALLS)
def test_a_defect_is_a_clean_problem_and_a_log_entry_with_its_id(
    web: FlaskClient, door: FakeDoor, verb: str, caplog: pytest.LogCaptureFixture
) -> None:
    door.fails[verb] = ZeroDivisionError("inner secret")
    method, path = CALLS[verb]
    with caplog.at_level(logging.ERROR):
        answer = web.open(f"/api/export{path}", method=method)
    problem = expect_problem(answer, 500, "internal")
    assert b"secret" not in answer.data
    assert b"Traceback" not in answer.data
    assert problem["requestId"] in problem["error"]
    assert problem["requestId"] in caplog.text
    assert "inner secret" in caplog.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/{}/status"),
        ("GET", "/{}/report"),
        ("GET", "/{}/download"),
        ("HEAD", "/{}/download"),
        ("DELETE", "/{}"),
        ("POST", "/{}/retry"),
    ],
)
def test_an_id_that_no_job_has_is_404(web: FlaskClient, method: str, path: str) -> None:
    for job_id in IDS_OF_NO_JOB:
        answer = web.open(f"/api/export{path.format(job_id)}", method=method)
        assert answer.status_code == 404, job_id
        assert answer.mimetype == "application/problem+json"
        if method != "HEAD":
            expect_problem(answer, 404)


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/export/", "//api/export", "/api/exports", "/docs/assets/../x"]
)
def test_an_address_that_is_not_there_is_404_and_never_a_redirect(
    web: FlaskClient, path: str
) -> None:
    expect_problem(web.get(path), 404, "no_such_address")


def test_a_method_that_is_not_there_is_405_and_names_those_that_are(web: FlaskClient) -> None:
    answer = web.put("/api/export", data=b"{}")
    expect_problem(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=201", "limit=x", "limit=1e1", "status=done", "cursor=", "limit=%00"),
        *("cursor=" + "a" * 513, "projectId=" + "a" * 1025),
    ],
)
def test_a_query_that_cannot_be_answered_is_400_with_its_place(
    web: FlaskClient, query: str
) -> None:
    problem = expect_problem(web.get(f"/api/export?{query}"), 400, "invalid_query")
    (fault,) = problem["errors"]
    assert fault["place"] == query.partition("=")[0]
    assert fault["message"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"nul", b'{"a":NaN}', b'{"a":1,"a":2}'])
def test_a_body_that_is_no_json_is_400(web: FlaskClient, data: bytes) -> None:
    problem = expect_problem(web.post("/api/export", data=data), 400)
    assert problem["errors"]


def test_json_of_100000_levels_is_400(web: FlaskClient) -> None:
    for opened, closed in (("[", "]"), ('{"a":', "}")):
        data = opened * 100_000 + "1" + closed * 100_000
        problem = expect_problem(web.post("/api/export", data=data.encode()), 400)
        assert problem["errors"]


def test_a_body_over_the_limit_is_413(narrow: FlaskClient) -> None:
    largest = body().ljust(1024 * 1024)
    assert narrow.post("/api/export", data=largest).status_code == 202
    problem = expect_problem(narrow.post("/api/export", data=largest + b" "), 413, "too_large")
    assert "1 MiB" in problem["error"]


class Endless(io.RawIOBase):
    """A body that a server would read from for ever."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        buffer[:] = b" " * len(buffer)
        return len(buffer)


def test_a_chunked_body_is_read_no_further_than_the_limit(narrow: FlaskClient) -> None:
    stream = Endless()
    answer = narrow.post(
        "/api/export",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input": stream, "wsgi.input_terminated": True},
    )
    expect_problem(answer, 413, "too_large")
    assert stream.taken < 64 * 2**20


def test_the_limit_of_the_service_is_the_settings(settings: WebSettings) -> None:
    assert settings.limits == Limits()


def test_a_plain_request_id_is_kept_and_another_replaced(web: FlaskClient) -> None:
    kept = web.get("/healthz", headers={"X-Request-Id": "trace-7.a_b"})
    assert kept.headers["X-Request-Id"] == "trace-7.a_b"
    for odd in ("a b", "x" * 65, "é", "<script>"):
        replaced = web.get("/healthz", headers={"X-Request-Id": odd}).headers["X-Request-Id"]
        assert replaced != odd
        assert replaced.isalnum()


def test_every_answer_has_safe_headers(web: FlaskClient) -> None:
    for path in ("/", "/docs", "/healthz", "/nothing", "/openapi.json"):
        answer = web.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
