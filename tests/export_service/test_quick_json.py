from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from apiflask import Schema
from apiflask.fields import Nested, String
from hypothesis import given, settings
from hypothesis import strategies as st

from config_schema.status import JobStatus, Stage
from export_service import envelopes
from export_service.quick_json import KNOWN, STATUS, Writer
from worker.client import StatusView

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2120, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
VIEWS = st.fixed_dictionaries(
    {
        "job_id": st.text(),
        "status": st.sampled_from(JobStatus),
        "stage": st.sampled_from(Stage),
        "progress": st.floats(0, 1),
        "priority": st.sampled_from(["high", "normal", "low"]),
        "segments_done": st.integers(0),
        "segments_total": st.integers(0),
        "queue_position": st.none() | st.integers(1),
        "error_code": st.none() | st.text(),
        "download_url": st.none() | st.text(),
        "attempt": st.integers(1),
        "message": st.text(),
        "error": st.none() | st.text(),
        "speed": st.none() | st.floats(0, 1e9),
        "warnings": st.lists(st.text(), max_size=3),
        "eta_seconds": st.none() | st.floats(0, 1e9) | st.integers(0, 10**6),
        "created_at": MOMENTS,
        "started_at": st.none() | MOMENTS,
        "finished_at": st.none() | MOMENTS,
    }
).map(StatusView.model_validate)


@given(VIEWS)
@settings(deadline=None)
def test_what_is_written_is_what_marshmallow_writes(view: StatusView) -> None:
    due = json.loads(json.dumps(envelopes.Status().dump(view)))
    assert json.loads(STATUS.json(vars(view))) == due
    known = vars(view) | {"status_url": "/x"}
    assert json.loads(KNOWN.json(known)) == due | {"statusUrl": "/x"}


def test_a_field_that_marshmallow_would_form_is_refused() -> None:
    class Inner(Schema):
        name = String()

    class Outer(Schema):
        inner = Nested(Inner)

    with pytest.raises(TypeError, match="inner is a Nested"):
        Writer(Outer())
