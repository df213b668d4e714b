"""What Prometheus is told, read back with its own client's parser."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from config_schema.errors import VolumeUnavailable
from config_schema.status import JobStatus, Stage
from export_service import create_app
from export_service.exposition import exposition
from export_service.settings import WebSettings
from tests.export_service.checked_client import CheckedClient
from tests.export_service.fakes import FakeDoor, body
from tests.worker.fakes import PlainBoard, fake_render
from tests.worker.jobs.samples import make
from worker.client import Census, Sums
from worker.jobs.census import Standing
from worker.jobs.ends import End
from worker.jobs.glance import Waiting
from worker.jobs.run import run_job
from worker.jobs.store import JobStore

ROOT = Path(__file__).parents[2]
STANDING = Standing(
    jobs={(JobStatus.COMPLETED, "high"): 4, (JobStatus.PENDING, "low"): 2},
    stages={Stage.RENDERING: 1, Stage.QUEUED: 2, Stage.PAUSED: 3},
    line={"low": 2},
    longest_wait_seconds=12.5,
)
CENSUS = Census(
    standing=STANDING,
    workers=3,
    free_bytes=5_000_000_000,
    piece_cache_bytes=7_000,
    messages={Waiting("job", "low"): 2},
    untold=6,
)
END = End(
    job="a",
    project="",
    outcome=JobStatus.COMPLETED,
    wait_seconds=3,
    render_seconds=45,
    speed=2,
    programme_seconds=90,
    copied_frames=2200,
    converted_frames=50,
    pieces_made=3,
    pieces_reused=1,
    output_bytes=7_000_000,
)
FAILED = End(job="b", project="", outcome=JobStatus.FAILED, error_code="stalled", render_seconds=1)

Series = dict[str, float]


def series(text: bytes) -> Series:
    """Every sample by its name and labels, as a query names it."""
    found: Series = {}
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            name = f"{sample.name}{{{labels}}}" if labels else sample.name
            assert name not in found
            found[name] = sample.value
    return found


def test_how_things_stand() -> None:
    told = series(exposition(CENSUS, Sums()))
    assert told['export_jobs{priority="high",status="completed"}'] == 4
    assert told['export_jobs{priority="high",status="failed"}'] == 0
    assert told['export_stage_jobs{stage="paused"}'] == 3
    assert told['export_queue_jobs{priority="low"}'] == 2
    assert told["export_queue_oldest_seconds"] == 12.5
    assert told["export_running_jobs"] == 1
    assert told["export_workers"] == 3
    assert told["export_broker_up"] == 1
    assert told['export_broker_messages{kind="job",priority="low"}'] == 2
    assert told["export_volume_free_bytes"] == 5e9
    assert told["export_piece_cache_bytes"] == 7000
    assert told["export_webhooks_pending"] == 6


def test_what_came_of_the_runs() -> None:
    told = series(exposition(CENSUS, Sums().plus(END).plus(FAILED)))
    assert told['export_runs_ended_total{status="completed"}'] == 1
    assert told['export_runs_ended_total{status="cancelled"}'] == 0
    assert told['export_runs_failed_total{code="stalled"}'] == 1
    assert told['export_frames_total{way="copied"}'] == 2200
    assert told['export_frames_total{way="converted"}'] == 50
    assert told['export_pieces_total{way="made"}'] == 3
    assert told['export_pieces_total{way="reused"}'] == 1
    assert told["export_programme_seconds_total"] == 90
    assert told["export_output_bytes_total"] == 7e6
    assert told['export_wait_seconds_bucket{le="2.0"}'] == 0
    assert told['export_wait_seconds_bucket{le="5.0"}'] == 1
    assert told["export_wait_seconds_count"] == 1
    assert told["export_render_seconds_sum"] == 45
    assert told['export_speed_ratio_bucket{le="+Inf"}'] == 1


def test_what_came_of_telling_clients() -> None:
    sums = Sums().plus_webhook("failed").plus_webhook("delivered").plus(END).plus_webhook("failed")
    told = series(exposition(CENSUS, sums))
    assert told['export_webhooks_total{outcome="delivered"}'] == 1
    assert told['export_webhooks_total{outcome="given_up"}'] == 0
    assert told["export_webhook_failures_total"] == 2


def test_a_series_is_there_before_its_first_event() -> None:
    before = series(exposition(CENSUS, Sums()))
    after = series(exposition(CENSUS, Sums().plus(END).plus(FAILED)))
    assert before.keys() == after.keys()


def test_a_code_of_another_version_is_told_too() -> None:
    sums = Sums().plus(FAILED.model_copy(update={"error_code": "of_old"}))
    assert series(exposition(CENSUS, sums))['export_runs_failed_total{code="of_old"}'] == 1


def test_what_is_not_known_is_not_made_up() -> None:
    unknown = Census(STANDING, workers=0, free_bytes=None, piece_cache_bytes=0, messages=None)
    told = series(exposition(unknown, Sums()))
    assert told["export_broker_up"] == 0
    assert not [name for name in told if name.startswith(("export_broker_m", "export_volume"))]


def test_the_route_answers_in_the_text_format(web: FlaskClient, door: FakeDoor) -> None:
    web.post("/api/export", data=body())
    answer = web.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert series(answer.data)['export_jobs{priority="normal",status="pending"}'] == 1


def test_a_volume_that_cannot_be_used_is_said_to_be(web: FlaskClient, door: FakeDoor) -> None:
    door.fails["census"] = VolumeUnavailable()
    assert web.get("/metrics").status_code == 503


def test_two_web_processes_tell_the_same_and_nothing_falls_by_a_delete(
    settings: WebSettings,
) -> None:
    settings.volume.prepare()
    store = JobStore(settings.volume.exports)
    for job_id in "ab":
        make(store, job_id)
        run_job(job_id, store, fake_render, PlainBoard())
    first, second = (create_app(settings) for _ in range(2))
    for app in (first, second):
        app.test_client_class = CheckedClient
        told = series(app.test_client().get("/metrics").data)
        assert told['export_runs_ended_total{status="completed"}'] == 2
        assert told['export_jobs{priority="normal",status="completed"}'] == 2
    store.cancel("a")
    shutil.rmtree(store.exports / "b")
    told = series(create_app(settings).test_client().get("/metrics").data)
    assert told['export_runs_ended_total{status="completed"}'] == 2
    assert told['export_runs_ended_total{status="cancelled"}'] == 0
    assert told['export_jobs{priority="normal",status="completed"}'] == 0
    # The sums are never those of a moment ago, as the gauges may be.
    assert series(first.test_client().get("/metrics").data)["export_wait_seconds_count"] == 2


def test_a_volume_that_is_still_empty_can_be_scraped(settings: WebSettings) -> None:
    told = series(create_app(settings).test_client().get("/metrics").data)
    assert told["export_workers"] == 0
    assert "export_volume_free_bytes" not in told


# --- the handbook


def handbook() -> str:
    return (ROOT / "docs" / "operations.md").read_text()


def test_every_metric_has_its_row_and_every_row_its_metric() -> None:
    families = text_string_to_metric_families(exposition(CENSUS, Sums()).decode())
    told = {f"{family.name}{'_total' * (family.type == 'counter')}" for family in families}
    rows = re.findall(r"^\| `(export_\w+)(?:\{[^`]*\})?` \|", handbook(), re.MULTILINE)
    assert sorted(rows) == sorted(told)


def test_the_rules_and_the_scrape_config_name_what_is_there() -> None:
    blocks = [yaml.safe_load(b) for b in re.findall(r"```yaml\n(.*?)```", handbook(), re.DOTALL)]
    (scrape,) = [block["scrape_configs"] for block in blocks if "scrape_configs" in block]
    (job,) = scrape
    assert job.get("metrics_path", "/metrics") == "/metrics"
    assert job["static_configs"][0]["targets"] == ["127.0.0.1:8000"]
    (groups,) = [block["groups"] for block in blocks if "groups" in block]
    known = {re.sub(r"\{.*", "", name) for name in series(exposition(CENSUS, Sums()))}
    for rule in groups[0]["rules"]:
        named = set(re.findall(r"\bexport_\w+", rule["expr"]))
        assert named
        assert named <= known


@pytest.mark.parametrize("name", ["export_speed_ratio", "export_wait_seconds"])
def test_a_histogram_only_grows_from_bucket_to_bucket(name: str) -> None:
    told = series(exposition(CENSUS, Sums().plus(END)))
    counts = [value for key, value in told.items() if key.startswith(f"{name}_bucket")]
    assert counts == sorted(counts)
    assert counts[-1] == told[f"{name}_count"]
