"""The receiver that the docs give to integrators takes what the service sends, and nothing else."""

from __future__ import annotations

import re
import time
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config_schema.status import JobRecord, JobStatus
from worker.jobs.delivery import Delivery, delivery_of
from worker.webhooks.signing import headers_of

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"
SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NOW = datetime.now(UTC)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("WEBHOOK_SECRET", f"whsec_{SECRET}")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    names: dict[str, object] = {"__name__": "receiver"}
    exec(compile(code, str(PAGE), "exec"), names)
    app = names["app"]
    assert isinstance(app, Flask)
    return app.test_client()


@pytest.fixture
def delivery() -> Delivery:
    record = JobRecord(
        job_id="episode-12",
        status=JobStatus.COMPLETED,
        created_at=NOW,
        finished_at=NOW,
        callback_url="https://example.org",
    )
    made = delivery_of(record)
    assert made is not None
    return made


def send(
    receiver: FlaskClient, delivery: Delivery, *keys: str, age_seconds: int = 0, body: str = ""
) -> int:
    signed = headers_of(
        delivery.message_id,
        delivery.body.encode(),
        [b64decode(key) for key in keys],
        int(time.time()) - age_seconds,
    )
    return receiver.post("/hooks/exports", data=body or delivery.body, headers=signed).status_code


def test_it_takes_a_message_and_does_it_once(
    receiver: FlaskClient, delivery: Delivery, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send(receiver, delivery, SECRET) == 204
    assert send(receiver, delivery, OTHER, SECRET) == 204
    assert capsys.readouterr().out == "export.completed episode-12 completed\n"


def test_it_takes_nothing_else(receiver: FlaskClient, delivery: Delivery) -> None:
    assert send(receiver, delivery, OTHER) == 401
    assert send(receiver, delivery, SECRET, age_seconds=600) == 401
    changed = delivery.body.replace("episode-12", "episode-13")
    assert send(receiver, delivery, SECRET, body=changed) == 401
