"""What Celery's result backend and Flower are told about a job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from celery.events.state import State
from celery.result import AsyncResult

from config_schema.errors import Stalled
from config_schema.status import JobStatus, Progress, Stage
from tests.worker.house import House
from tests.worker.jobs.samples import record_of
from worker.app import make_app
from worker.jobs.announce import announcement_of, states_of, store, tell_flower, visit_of

_NOW = datetime.now(UTC)
_RUNNING = record_of(status=JobStatus.PROCESSING, project_name="Talk", started_at=_NOW)
_STATES = {
    "PENDING": record_of(),
    "PROGRESS": _RUNNING,
    "SUCCESS": _RUNNING.model_copy(
        update={"status": JobStatus.COMPLETED, "finished_at": _NOW + timedelta(seconds=9)}
    ),
    "FAILURE": _RUNNING.model_copy(
        update={"status": JobStatus.FAILED, "error": "It hangs.", "error_code": "stalled"}
    ),
    "REVOKED": _RUNNING.model_copy(update={"status": JobStatus.CANCELLED}),
}


@pytest.mark.parametrize("before", _STATES)
@pytest.mark.parametrize("after", _STATES)
def test_every_state_can_follow_every_other(house: House, before: str, after: str) -> None:
    app = make_app(house.settings)
    for state in (before, after):
        store(app, "a", announcement_of(_STATES[state]))
    assert states_of(app, ["a", "unknown"]) == {"a": after, "unknown": "PENDING"}


def test_celery_result_shows_the_error_of_a_failed_job(house: House) -> None:
    app = make_app(house.settings)
    store(app, "a", announcement_of(_STATES["FAILURE"]))
    result = AsyncResult("a", app=app)
    assert isinstance(result.result, Stalled)
    assert str(result.result) == "It hangs. (stalled)"


def test_celery_result_shows_how_far_a_job_is(house: House) -> None:
    app = make_app(house.settings)
    half = Progress(stage=Stage.RENDERING, fraction=0.5)
    store(app, "a", announcement_of(_RUNNING, half))
    known = AsyncResult("a", app=app).info
    assert (known["name"], known["stage"], known["percent"]) == ("Talk", "rendering", 50.0)


def test_flower_sees_name_stage_and_percent() -> None:
    half = Progress(stage=Stage.RENDERING, fraction=0.5)
    fields = announcement_of(_RUNNING, half).fields
    assert fields["result"] == "Talk: rendering, 50 %"
    assert "'percent': 50.0" in fields["kwargs"]
    assert fields["args"] == f"('{_RUNNING.job_id}',)"


def test_flower_says_why_a_job_failed() -> None:
    fields = announcement_of(_STATES["FAILURE"]).fields
    assert fields["exception"] == "It hangs. (stalled)"
    assert fields["result"] == "Talk: It hangs. (stalled)"


def test_a_visit_leaves_no_result(house: House) -> None:
    app = make_app(house.settings)
    store(app, "a~1", visit_of(_RUNNING, Progress(stage=Stage.RENDERING, fraction=0.5)))
    with house.redis() as redis:
        assert not redis.keys("celery-task-meta-*")


@pytest.mark.parametrize("after", ["SUCCESS", "FAILURE", "REVOKED"])
@pytest.mark.parametrize("before", ["PROGRESS", "FAILURE", "SUCCESS"])
def test_flower_follows_a_job_to_each_end(house: House, before: str, after: str) -> None:
    told = [(before, False), ("PENDING", False), ("PROGRESS", False), (after, False)]
    assert _shown_by_flower(house, told) == after


def test_flower_shows_a_new_try_after_a_killed_one(house: House) -> None:
    """Celery itself tells Flower that the task of a killed process failed."""
    state = _shown_by_flower(house, [("FAILURE", False), ("PROGRESS", True)])
    assert state == "PROGRESS"


def _shown_by_flower(house: House, told: list[tuple[str, bool]]) -> str:
    app = make_app(house.settings)
    recorder = _Recorder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(app.events), "default_dispatcher", recorder.dispatcher)
        for name, anew in told:
            tell_flower(app, "a", announcement_of(_STATES[name]), "w@h", anew=anew)
    seen = State()
    for clock, event in enumerate(recorder.events):
        stamps = dict.fromkeys(("timestamp", "local_received", "clock"), clock)
        seen.event({"hostname": "w@h", "pid": 1, "utcoffset": 0, **stamps, **event})
    return str(seen.tasks["a"].state)


class _Recorder:
    """Stands where the events' dispatcher stands and keeps what is sent."""

    def __init__(self) -> None:
        self.events: list[dict[str, object]] = []

    @contextmanager
    def dispatcher(self, *_: object, **__: object) -> Iterator[_Recorder]:
        yield self

    def send(self, kind: str, **fields: object) -> None:
        self.events.append({"type": kind, **fields})
