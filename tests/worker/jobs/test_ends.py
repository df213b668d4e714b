"""What is told of a run that is over."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from config_schema.status import JobRecord, JobStatus
from tests.worker.jobs.samples import record_of
from worker.jobs.ends import End, end_of

POSTED = datetime(2026, 11, 26, 9, tzinfo=UTC)
REPORT = json.dumps(
    {
        "jobId": "a",
        "output": {"seconds": 90.0, "bytes": 7_000_000, "frames": 2250},
        "segments": [{"index": 0}],
        "totals": {"copiedFrames": 2200, "convertedFrames": 50, "pieces": 4, "piecesReused": 1},
    }
).encode()


def ended(status: JobStatus, **changes: Any) -> JobRecord:
    """A run that waited for 2 s and took 30."""
    return record_of(
        created_at=POSTED,
        started_at=POSTED + timedelta(seconds=2),
        finished_at=POSTED + timedelta(seconds=32),
        status=status,
        **changes,
    )


def test_a_completed_run_tells_all_that_matters() -> None:
    end = end_of(ended(JobStatus.COMPLETED, project_name="My talk"), REPORT)
    assert end.fields() == {
        "job": "a",
        "project": "My talk",
        "outcome": "completed",
        "attempt": 1,
        "waitSeconds": 2.0,
        "renderSeconds": 30.0,
        "speed": 3.0,
        "programmeSeconds": 90.0,
        "copiedFrames": 2200,
        "convertedFrames": 50,
        "piecesMade": 3,
        "piecesReused": 1,
        "outputBytes": 7_000_000,
    }
    assert end.line() == (
        'export a completed: project="My talk" attempt=1 waitSeconds=2.0 renderSeconds=30.0 '
        "speed=3.0 programmeSeconds=90.0 copiedFrames=2200 convertedFrames=50 piecesMade=3 "
        "piecesReused=1 outputBytes=7000000"
    )


def test_a_failed_run_has_a_code_and_no_frames() -> None:
    end = end_of(ended(JobStatus.FAILED, error_code="stalled"))
    assert (end.outcome, end.error_code, end.copied_frames) == (JobStatus.FAILED, "stalled", None)


def test_a_run_that_never_began_has_neither_wait_nor_render() -> None:
    record = record_of(created_at=POSTED, finished_at=POSTED, status=JobStatus.CANCELLED)
    assert end_of(record).wait_seconds is end_of(record).render_seconds is None


def test_a_retry_waits_from_when_it_was_asked_for() -> None:
    asked = POSTED + timedelta(seconds=1.5)
    assert end_of(ended(JobStatus.FAILED, attempt=2, asked_at=asked)).wait_seconds == 0.5


def test_clocks_that_disagree_make_no_time_negative() -> None:
    record = ended(JobStatus.FAILED).model_copy(update={"created_at": POSTED + timedelta(hours=1)})
    assert end_of(record).wait_seconds == 0


def test_a_report_that_cannot_be_read_costs_its_numbers_alone() -> None:
    end = end_of(ended(JobStatus.COMPLETED), b"{}")
    assert (end.render_seconds, end.programme_seconds, end.speed) == (30.0, None, None)


def test_a_name_with_a_line_break_begins_no_line() -> None:
    end = End(job="a", project="one\n\x1btwo", outcome=JobStatus.COMPLETED)
    assert "\n" not in end.line()
    assert "\x1b" not in end.line()
