"""The door export_service uses, without a worker behind it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from config_schema.errors import (
    ConfigInvalid,
    JobConflict,
    JobNotFound,
    NotCompleted,
    NotRetryable,
    RequestRefused,
    VolumeUnavailable,
)
from config_schema.status import JobStatus
from tests.worker.house import House, config_of
from tests.worker.jobs.samples import complete, files, save
from worker.client import ExportClient, Submitted
from worker.jobs.claim import lock_name
from worker.jobs.folder import RUN
from worker.settings import WorkerSettings


def fail(house: House, job_id: str) -> None:
    save(house.store, job_id, status=JobStatus.FAILED, error="No.", error_code="stalled")


def test_a_post_is_on_disk_and_in_the_queue(house: House) -> None:
    made = house.client.submit(config_of("a"))
    assert made.created
    assert made.status.status is JobStatus.PENDING
    assert made.status.queue_position == 1
    with house.redis() as redis:
        (message,) = redis.lrange("exports:3", 0, -1)
    assert json.loads(message)["headers"]["id"] == "a"
    # Ids only: what a config says is nobody's business who looks at the queue.
    assert "cam1" not in message
    assert house.backend_state("a") == "PENDING"


def test_a_second_post_of_the_same_config_makes_no_second_job(house: House) -> None:
    house.client.submit(config_of("a"))
    again = house.client.submit(config_of("a", createdAt="2027-01-01T00:00:00Z", status="x"))
    assert not again.created
    with house.redis() as redis:
        assert redis.llen("exports:3") == 1


def test_a_post_of_another_config_under_the_same_id_conflicts(house: House) -> None:
    house.client.submit(config_of("a"))
    with pytest.raises(JobConflict):
        house.client.submit(config_of("a", projectName="Another"))


def test_a_failed_job_posted_again_is_still_failed(house: House) -> None:
    house.client.submit(config_of("a"))
    fail(house, "a")
    again = house.client.submit(config_of("a"))
    assert (again.created, again.status.status) == (False, JobStatus.FAILED)
    assert again.status.error == "No."


SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CALLBACK = "https://example.org/done"


def client_with(house: House, **settings: object) -> ExportClient:
    return ExportClient(WorkerSettings(**{**house.settings.model_dump(), **settings}))


def test_a_callback_address_needs_a_secret_to_sign_with(house: House) -> None:
    with pytest.raises(ConfigInvalid, match="EXPORT_WEBHOOK_SECRETS") as refused:
        house.client.submit(config_of("a", callbackUrl=CALLBACK))
    (fault,) = refused.value.faults
    assert (fault.place, fault.code) == ("callbackUrl", "callback_refused")
    assert files(house.store) == set()


def test_a_tenant_needs_a_secret_of_its_own(house: House) -> None:
    client = client_with(house, webhook_secrets=f"acme:{SECRET}")
    for tenant in ("acme", "studio"):
        sources = house.settings.volume.sources_of(tenant)
        sources.mkdir()
        (sources / "cam1.mp4").write_bytes(b"pictures")
    for tenant in ("", "studio"):
        with pytest.raises(ConfigInvalid, match="EXPORT_WEBHOOK_SECRETS"):
            client.of(tenant).submit(config_of("a", callbackUrl=CALLBACK))
    assert client.of("acme").submit(config_of("a", callbackUrl=CALLBACK)).created


def test_a_callback_address_is_judged_with_the_sources(house: House) -> None:
    client = client_with(house, webhook_secrets=SECRET)
    (house.media / "sources" / "cam1.mp4").unlink()
    with pytest.raises(ConfigInvalid) as refused:
        client.submit(config_of("a", callbackUrl="https://[::ffff:127.0.0.1]/canary"))
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [
        ("sources[0].filePath", "source_missing"),
        ("callbackUrl", "callback_refused"),
    ]
    assert "canary" not in str(refused.value)


def test_the_callback_address_is_a_part_of_what_is_asked_for(house: House) -> None:
    client = client_with(house, webhook_secrets=SECRET)
    assert client.submit(config_of("a", callbackUrl=CALLBACK)).created
    assert not client.submit(config_of("a", callbackUrl=CALLBACK)).created
    assert house.store.record("a").callback_url == CALLBACK
    with pytest.raises(JobConflict):
        client.submit(config_of("a", callbackUrl=f"{CALLBACK}2"))
    with pytest.raises(JobConflict):
        client.submit(config_of("a"))


def test_the_sources_of_a_known_job_are_not_asked_for_again(house: House) -> None:
    house.client.submit(config_of("a"))
    (house.media / "sources" / "cam1.mp4").unlink()
    assert not house.client.submit(config_of("a")).created


def test_of_parallel_posts_one_makes_the_job(house: House) -> None:
    start = threading.Barrier(6)
    made: list[Submitted | Exception] = []

    def post(number: int) -> None:
        start.wait()
        try:
            made.append(house.client.submit(config_of("a", projectName=f"P{number % 2}")))
        except JobConflict as conflict:
            made.append(conflict)

    threads = [threading.Thread(target=post, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    submitted = [answer for answer in made if isinstance(answer, Submitted)]
    assert sum(answer.created for answer in submitted) == 1
    assert len(submitted) == len(made) - len(submitted) == 3
    assert house.store.names() == ["a", ".state"] or set(house.store.names()) == {"a", ".state"}


def test_every_source_that_cannot_be_used_is_named_with_its_place(house: House) -> None:
    names = ["cam1.mp4", "cam2.mp4", "/etc/passwd"]
    sources = [{"id": n, "name": n, "filePath": n} for n in names]
    with pytest.raises(ConfigInvalid) as invalid:
        house.client.submit(config_of("a", sources=sources))
    assert [(fault.place, fault.code) for fault in invalid.value.faults] == [
        ("sources[1].filePath", "source_missing"),
        ("sources[2].filePath", "source_refused"),
    ]
    with pytest.raises(JobNotFound):
        house.client.status("a")


def test_a_cancelled_job_says_so_and_its_id_is_free_for_any_config(house: House) -> None:
    house.client.submit(config_of("a"))
    assert house.client.cancel("a").status is JobStatus.CANCELLED
    assert house.client.cancel("a").status is JobStatus.CANCELLED
    assert house.client.status("a").message == "The export was cancelled."
    assert files(house.store) == {".state/a.json"}
    assert house.backend_state("a") == "REVOKED"
    anew = house.client.submit(config_of("a", projectName="Another"))
    assert (anew.created, anew.status.attempt) == (True, 1)
    assert house.backend_state("a") == "PENDING"


def test_a_post_ends_a_cancel_that_died_half_way(house: House) -> None:
    house.client.submit(config_of("a"))
    with house.store.open("a") as folder:
        folder.request_cancel()
    assert house.client.status("a").status is JobStatus.CANCELLED
    assert house.client.submit(config_of("a")).created
    assert house.client.status("a").status is JobStatus.PENDING


def test_a_failed_job_is_retried_with_its_pieces(house: House) -> None:
    house.client.submit(config_of("a"))
    work = house.store.exports / "a" / "work"
    work.mkdir()
    fail(house, "a")
    again = house.client.retry("a")
    assert (again.status, again.attempt, again.error) == (JobStatus.PENDING, 2, None)
    assert work.is_dir()
    with pytest.raises(NotRetryable):
        house.client.retry("a")


def test_a_cancelled_job_is_retried_from_the_start(house: House) -> None:
    house.client.submit(config_of("a"))
    house.client.cancel("a")
    again = house.client.retry("a")
    assert (again.status, again.attempt) == (JobStatus.PENDING, 2)
    assert files(house.store) == {"a/config.json", "a/state.json", f"a/{lock_name(RUN)}", "a/gate"}


def test_a_completed_job_has_a_file_and_a_report(house: House) -> None:
    house.client.submit(config_of("a", projectName='Talk: "One/Two"\nÄ 🎬'))
    for ask in (house.client.output, house.client.report):
        with pytest.raises(NotCompleted):
            ask("a")
    complete(house.store, "a")
    output = house.client.output("a")
    assert output.path.read_bytes() == b"programme"
    assert output.download_name == 'Talk: "One-Two" Ä 🎬.mp4'
    assert output.media_type == "video/mp4"
    assert house.client.report("a") == b"{}"
    status = house.client.status("a")
    assert (status.progress, status.segments_done) == (1.0, 2)
    assert status.download_url == "/api/export/a/download"
    with pytest.raises(NotRetryable):
        house.client.retry("a")
    house.client.cancel("a")
    with pytest.raises(NotCompleted):
        house.client.output("a")


def test_nobody_knows_an_unknown_job(house: House) -> None:
    verbs = (house.client.status, house.client.cancel, house.client.retry)
    for verb in (*verbs, house.client.output, house.client.report):
        with pytest.raises(JobNotFound):
            verb("nobody")


def test_the_list_goes_from_new_to_old_in_pages(house: House) -> None:
    for name in "abcde":
        house.client.submit(config_of(name, project_id="p1" if name in "ab" else "p2"))
    house.client.cancel("b")
    complete(house.store, "c")
    pages, cursor = [], None
    while True:
        page = house.client.list(limit=2, cursor=cursor)
        pages.append([view.job_id for view in page.exports])
        cursor = page.next_cursor
        if cursor is None:
            break
    assert pages == [["e", "d"], ["c", "b"], ["a"]]
    by_status = house.client.list(status="cancelled").exports
    assert [view.job_id for view in by_status] == ["b"]
    by_project = house.client.list(project_id="p1").exports
    assert [view.job_id for view in by_project] == ["b", "a"]
    for wrong in ("x", "e30", "W10", "é"):
        with pytest.raises(RequestRefused):
            house.client.list(cursor=wrong)


def test_the_queue_goes_by_priority_then_by_age(house: House) -> None:
    for name, priority in (("a", "low"), ("b", None), ("c", "high"), ("d", "normal")):
        house.client.submit(config_of(name, priority=priority))
    places = {name: ExportClient(house.settings).status(name).queue_position for name in "abcd"}
    assert places == {"c": 1, "b": 2, "d": 3, "a": 4}
    with house.redis() as redis:
        counts = [redis.llen(key) for key in ("exports", "exports:3", "exports:6")]
    assert counts == [1, 2, 1]


def test_a_post_with_the_broker_down_is_quick_and_on_disk(lonely_house: House) -> None:
    begun = time.monotonic()
    assert lonely_house.client.submit(config_of("a")).created
    assert time.monotonic() - begun < 3
    assert lonely_house.status("a") == "pending"
    assert not lonely_house.client.broker_alive()


def test_a_post_with_the_broker_frozen_takes_less_than_three_seconds(lonely_house: House) -> None:
    lonely_house.broker.start()
    lonely_house.client.submit(config_of("warm"))
    lonely_house.broker.send(signal.SIGSTOP)
    for name in "abc":
        begun = time.monotonic()
        assert lonely_house.client.submit(config_of(name)).created
        assert time.monotonic() - begun < 3
        begun = time.monotonic()
        assert lonely_house.status(name) == "pending"
        assert lonely_house.client.cancel(name).status is JobStatus.CANCELLED
        assert time.monotonic() - begun < 2
    begun = time.monotonic()
    assert not lonely_house.client.broker_alive()
    assert time.monotonic() - begun < 2.5


def test_a_fresh_process_can_post_while_the_broker_is_frozen(lonely_house: House) -> None:
    lonely_house.broker.start()
    lonely_house.broker.send(signal.SIGSTOP)
    begun = time.monotonic()
    assert ExportClient(lonely_house.settings).submit(config_of("a")).created
    assert time.monotonic() - begun < 3


def test_a_volume_that_cannot_take_the_job_is_said_to_be_unavailable(house: House) -> None:
    house.store.exports.rmdir()
    house.store.exports.write_text("not a folder")
    with pytest.raises(VolumeUnavailable):
        house.client.submit(config_of("a"))
    assert not house.client.volume_writable()


def test_readiness_is_told_part_by_part(house: House) -> None:
    assert house.client.broker_alive()
    assert house.client.volume_writable()
    assert house.client.ffmpeg_present()
    assert house.client.workers_alive() == 0
    missing = house.settings.model_copy(update={"ffmpeg": "/nowhere/ffmpeg"})
    assert not ExportClient(missing).ffmpeg_present()


def test_the_door_loads_no_renderer(house: House) -> None:
    code = (
        "import sys, worker.client; "
        "print(sorted({'av', 'worker.render', 'worker.tasks', 'flask'} & sys.modules.keys()))"
    )
    environment = {**os.environ, **house.environment}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_pure_room_loads_no_celery(house: House) -> None:
    code = "import sys, worker.plan; print('celery' in sys.modules)"
    environment = {**os.environ, **house.environment}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
