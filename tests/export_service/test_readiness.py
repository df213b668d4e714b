from __future__ import annotations

import threading
import time

import pytest
from flask.testing import FlaskClient

from export_service.readiness import KEEP_SECONDS, Readiness
from tests.export_service.fakes import FakeDoor


def test_alive_is_alive_whatever_is_missing(web: FlaskClient, door: FakeDoor) -> None:
    door.probes["broker"] = lambda: False
    answer = web.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_ready_when_everything_is_there(web: FlaskClient) -> None:
    answer = web.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready",
        "checks": {"broker": "ok", "volume": "ok", "worker": "ok", "ffmpeg": "ok"},
    }


@pytest.mark.parametrize(
    ("name", "word"),
    [("broker", "broker"), ("volume", "volume"), ("worker", "worker"), ("ffmpeg", "FFmpeg")],
)
def test_not_ready_names_what_is_missing(
    web: FlaskClient, door: FakeDoor, name: str, word: str
) -> None:
    door.probes[name] = lambda: False
    answer = web.get("/readyz")
    assert answer.status_code == 503
    problem = answer.get_json(force=True)
    assert problem["missing"] == [name]
    assert problem["checks"][name] == "missing"
    assert problem["code"] == "not_ready"
    assert word in problem["error"]


def test_a_probe_that_breaks_counts_as_missing(web: FlaskClient, door: FakeDoor) -> None:
    def broken() -> bool:
        raise OSError("no such device")

    door.probes["volume"] = broken
    assert web.get("/readyz").get_json(force=True)["missing"] == ["volume"]


def test_a_probe_that_hangs_is_named_within_3_seconds_and_asked_once(
    web: FlaskClient, door: FakeDoor
) -> None:
    freed = threading.Event()
    asked = []

    def hung() -> bool:
        asked.append(1)
        return freed.wait(30)

    door.probes["broker"] = hung
    try:
        for _ in range(2):
            start = time.monotonic()
            problem = web.get("/readyz").get_json(force=True)
            assert time.monotonic() - start < 3
            assert problem["missing"] == ["broker"]
            assert problem["checks"]["broker"] == "no answer"
        assert len(asked) == 1
    finally:
        freed.set()


def test_an_answer_is_kept_for_a_second() -> None:
    now = [100.0]
    asked = []

    def probe() -> bool:
        asked.append(1)
        return True

    readiness = Readiness({"volume": probe}, lambda: now[0])
    first = readiness.look()
    now[0] += KEEP_SECONDS / 2
    assert readiness.look() is first
    now[0] += KEEP_SECONDS
    assert readiness.look() is not first
    assert len(asked) == 2
