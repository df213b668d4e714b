"""A line of the log: text or an object, about something, and never with a secret in it."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import Context
from typing import Any

import pytest

from config_schema.status import JobStatus
from tests.worker.house import House, config_of, until
from worker.logs import HIDDEN, about, dress, formatter_of, secrets_in, think_of
from worker.settings import WorkerSettings

SECRET = 'p@ss"word'
ADDRESS = "redis://default:p%40ss%22word@127.0.0.1:{port}/{db}"


def read(record: logging.LogRecord, *secrets: str) -> dict[str, Any]:
    line = formatter_of("json", secrets).format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def record_of(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("a.logger").makeRecord(
        "a.logger", logging.WARNING, __file__, 1, message, args, None, extra=extra
    )


def test_a_line_of_json_says_when_how_grave_who_and_what() -> None:
    # What other tests made this thread think of is not known there.
    found = Context().run(read, record_of("one\n%s", "two"))
    assert list(found) == ["time", "level", "logger", "pid", "message"]
    assert (found["level"], found["logger"], found["message"]) == (
        "WARNING",
        "a.logger",
        "one\ntwo",
    )
    assert found["time"].endswith("+00:00")


def test_a_line_says_what_it_is_about() -> None:
    with about(job="a"):
        with about(piece="f00"):
            assert read(record_of("x")).items() >= {"job": "a", "piece": "f00"}.items()
        assert "piece" not in read(record_of("x"))
        # Who logs knows better.
        assert read(record_of("x", job="b"))["job"] == "b"
    assert "job" not in read(record_of("x"))


def test_a_thread_thinks_of_something_until_it_thinks_of_something_else() -> None:
    with about():
        think_of(job="a", request="1")
        think_of(request="2")
        found = read(record_of("x"))
    assert (found.get("job"), found["request"]) == (None, "2")


def test_an_exception_is_one_field() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = record_of("failed")
        record.exc_info = sys.exc_info()
    found = read(record, SECRET)
    assert found["exception"].startswith("Traceback")
    assert found["exception"].endswith(f"ValueError: {HIDDEN}")


@pytest.mark.parametrize("task_id", ["a", "a~7f3e"])
def test_celerys_lines_about_a_task_are_about_its_job(task_id: str) -> None:
    found = read(record_of("Task received", data={"id": task_id, "args": ["secret"]}))
    assert found["job"] == "a"
    assert "data" not in found


def test_no_secret_is_in_a_line_wherever_it_came_from() -> None:
    record = record_of("at %s", SECRET, end={"error": [SECRET, 1, None]}, seen=object())
    for line in (
        formatter_of("json", (SECRET,)).format(record),
        formatter_of("text", (SECRET,), logging.Formatter("%(message)s %(end)s")).format(record),
    ):
        assert "p@ss" not in line
        assert HIDDEN in line
    assert read(record, SECRET)["end"] == {"error": [HIDDEN, 1, None]}


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        (ADDRESS.format(port=1, db=0), {"p%40ss%22word", SECRET}),
        ("rediss://host/0?password=hidden&db=1", {"hidden"}),
        ("redis://name@host/0", set()),
    ],
)
def test_the_secrets_of_an_address_are_known_in_every_form(url: str, secrets: set[str]) -> None:
    assert set(secrets_in(url)) == secrets
    assert set(WorkerSettings(redis_url=url).secrets) == secrets


def test_text_looks_as_it_did() -> None:
    logger = logging.getLogger("a.dressed.logger")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logger.addHandler(handler)
    dress(logger, "text", (SECRET,))
    logger.removeHandler(handler)
    assert handler.format(record_of("as before")) == "WARNING: as before"


# --- real workers


@pytest.fixture(params=["text", "json"])
def log_format(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    chosen: str = request.param
    monkeypatch.setenv("EXPORT_LOG_FORMAT", chosen)
    return chosen


def with_password(house: House) -> None:
    """Have the workers know the broker by an address with a password, which it takes unread."""
    house.redis_url = ADDRESS.format(port=house.broker.port, db=house.redis_url.rpartition("/")[2])


def objects(text: str) -> list[dict[str, Any]]:
    """Every line, each of which has to be an object."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_worker_says_how_each_run_ended_in_one_line(house: House, log_format: str) -> None:
    with_password(house)
    worker = house.start_worker()
    house.client.submit(config_of("good", projectName="My talk"))
    house.client.submit(config_of("bad", "fail=encoder_failed"))
    house.client.submit(config_of("stopped", "pieces=1 until=never"))
    until(lambda: house.status("good") == "completed" and house.status("bad") == "failed")
    until(lambda: house.status("stopped") == "processing")
    house.client.cancel("stopped")
    # Counted by the worker, or by the DELETE here: told in the worker's log in any case.
    until(lambda: "export stopped cancelled:" in house.log())
    worker.terminate()
    worker.wait(30)
    log = house.log()
    assert not [form for form in secrets_in(house.redis_url) if form in log]
    if log_format == "text":
        lines = log.splitlines()
        (good,) = [line for line in lines if "export good completed:" in line]
        assert 'project="My talk" attempt=1 waitSeconds=' in good
        (bad,) = [line for line in lines if "export bad failed:" in line]
        assert " errorCode=encoder_failed " in bad
        assert len([line for line in lines if "export stopped cancelled:" in line]) == 1
        return
    found = objects(log)
    told = [line for line in found if "end" in line]
    ends = {line["job"]: line["end"] for line in told}
    assert len(told) == len(ends)
    assert set(ends) == {"good", "bad", "stopped"}
    assert ends["good"]["project"] == "My talk"
    assert (ends["bad"]["outcome"], ends["bad"]["errorCode"]) == ("failed", "encoder_failed")
    assert {line["job"] for line in found if "received" in line["message"]} == {
        "good",
        "bad",
        "stopped",
    }


def test_no_secret_is_told_while_the_broker_is_away(lonely_house: House, log_format: str) -> None:
    house = lonely_house
    with_password(house)
    house.client.submit(config_of("a"))
    house.start_worker()
    until(lambda: "annot connect" in house.log())
    until(lambda: "sweep: cannot" in house.log())
    assert not [form for form in secrets_in(house.redis_url) if form in house.log()]
    house.kill_workers()
    if log_format == "json":
        assert {line["level"] for line in objects(house.log())} >= {"ERROR", "WARNING"}


def test_a_job_that_is_counted_by_the_sweep_is_told_by_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPORT_LOG_FORMAT", "json")
    house.client.submit(config_of("a"))
    with house.store.open("a") as folder:
        folder.save(
            folder.stored_record().model_copy(
                update={"status": JobStatus.FAILED, "error_code": "died_too_often"}
            )
        )
    worker = house.start_worker()
    until(lambda: house.store.record("a").counted == 1)
    worker.terminate()
    worker.wait(30)
    (end,) = [line for line in objects(house.log()) if "end" in line]
    assert (end["job"], end["end"]["errorCode"]) == ("a", "died_too_often")
