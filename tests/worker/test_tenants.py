"""Two tenants and the house share a volume: each finds its own and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from config_schema.errors import ConfigInvalid, JobNotFound, QuotaReached
from config_schema.status import JobStatus
from tests.worker.house import House, config_of, until, worker_command
from tests.worker.jobs.samples import complete, save
from worker.client import ExportClient
from worker.media.resolve import check_source
from worker.settings import WorkerSettings


@pytest.fixture
def home(house: House) -> ExportClient:
    """The door of those who are nobody's tenant."""
    return ExportClient(house.settings)


@pytest.fixture
def acme(house: House) -> ExportClient:
    return tenant(house, "acme")


@pytest.fixture
def other(house: House) -> ExportClient:
    return tenant(house, "other")


def tenant(house: House, name: str) -> ExportClient:
    folder = house.settings.volume.sources_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cam1.mp4").write_bytes(b"a camera of theirs")
    return ExportClient(house.settings).of(name)


def test_the_same_id_is_another_export_for_every_tenant(
    house: House, home: ExportClient, acme: ExportClient, other: ExportClient
) -> None:
    for client in (home, acme, other):
        made = client.submit(config_of("a", projectName=str(id(client))))
        assert (made.created, made.status.job_id) == (True, "a")
    assert sorted(house.store.job_ids()) == ["a", "a@acme", "a@other"]


READS: dict[str, Callable[[ExportClient], object]] = {
    "status": lambda client: client.status("a"),
    "output": lambda client: client.output("a"),
    "report": lambda client: client.report("a"),
    "cancel": lambda client: client.cancel("a"),
    "retry": lambda client: client.retry("a"),
}


@pytest.mark.parametrize("verb", sorted(READS))
def test_what_is_another_tenants_is_not_there(
    house: House, home: ExportClient, acme: ExportClient, other: ExportClient, verb: str
) -> None:
    acme.submit(config_of("a"))
    complete(house.store, "a@acme")
    for stranger in (other, home):
        with pytest.raises(JobNotFound):
            READS[verb](stranger)
    assert acme.status("a").status is JobStatus.COMPLETED
    assert acme.output("a").path.parent.name == "a@acme"


def test_a_tenant_sees_the_ids_it_gave(house: House, acme: ExportClient) -> None:
    acme.submit(config_of("a"))
    complete(house.store, "a@acme")
    view = acme.status("a")
    assert (view.job_id, view.download_url) == ("a", "/api/export/a/download")
    assert acme.cancel("a").job_id == "a"
    assert acme.retry("a").job_id == "a"


def test_the_list_has_what_is_ones_own(
    home: ExportClient, acme: ExportClient, other: ExportClient
) -> None:
    for number in range(3):
        acme.submit(config_of(f"a{number}"))
        other.submit(config_of(f"b{number}"))
    home.submit(config_of("c"))
    assert {view.job_id for view in acme.list().exports} == {"a0", "a1", "a2"}
    assert [view.job_id for view in home.list().exports] == ["c"]
    # A cursor of another tenant's is only a moment in time.
    cursor = other.list(limit=1).next_cursor
    assert {view.job_id for view in acme.list(cursor=cursor).exports} <= {"a0", "a1", "a2"}


def test_operators_see_everything_by_the_ids_they_can_steer(
    house: House, home: ExportClient, acme: ExportClient
) -> None:
    acme.submit(config_of("a"))
    home.submit(config_of("a"))
    assert {view.job_id for view in house.client.list().exports} == {"a", "a@acme"}
    assert house.client.pause("a@acme").job_id == "a@acme"
    assert house.client.cancel("a@acme").status is JobStatus.CANCELLED
    assert home.status("a").status is JobStatus.PENDING


@pytest.mark.parametrize("path", ["{other}/cam1.mp4", "~other/cam1.mp4", "{house}/cam1.mp4"])
def test_no_path_leads_to_sources_of_others(
    house: House, home: ExportClient, acme: ExportClient, other: ExportClient, path: str
) -> None:
    assert other is not acme
    volume = house.settings.volume
    spelled = path.format(other=volume.sources_of("other"), house=volume.sources)
    sources = [{"id": "m0", "name": "Camera 1", "filePath": spelled}]
    clients = [acme] if "house" in path else [acme, home]
    for client in clients:
        with pytest.raises(ConfigInvalid):
            client.submit(config_of("a", sources=sources))
    # It is there all the same, for whom it belongs to.
    check_source("cam1.mp4", house.settings.roots_of("other"))


def test_no_other_root_leads_to_a_tenants_folder(tmp_path: Path) -> None:
    media, link = tmp_path / "media", tmp_path / "link"
    link.symlink_to(media)
    settings = WorkerSettings(media_base_path=media, source_roots=(media, link))
    folder = settings.volume.sources_of("acme")
    folder.mkdir(parents=True)
    (folder / "cam.mp4").touch()
    (media / "sources" / "cam.mp4").touch()
    for root in (media, link):
        check_source(f"{root}/sources/cam.mp4", settings.roots_of(""))
        with pytest.raises(Exception, match="is not in the sources folder"):
            check_source(f"{root}/sources/~acme/cam.mp4", settings.roots_of(""))


def test_a_tenants_job_is_made_from_its_own_sources(house: House, acme: ExportClient) -> None:
    acme.submit(config_of("a"))
    house.start_worker()
    until(lambda: acme.status("a").status is JobStatus.COMPLETED)
    until(lambda: house.backend_state("a@acme") == "SUCCESS")


def test_a_quota_of_waiting_exports_is_a_tenants_own(
    house: House, acme: ExportClient, other: ExportClient
) -> None:
    bounded = ExportClient(house.settings.model_copy(update={"max_waiting_jobs": 2}))
    for number in range(2):
        bounded.of("acme").submit(config_of(f"a{number}"))
    with pytest.raises(QuotaReached, match="2 of your exports are waiting"):
        bounded.of("acme").submit(config_of("a2"))
    assert bounded.of("other").submit(config_of("a2")).created
    # What is known is no new one.
    assert not bounded.of("acme").submit(config_of("a1")).created


def test_a_quota_of_room_counts_finished_programmes(house: House, acme: ExportClient) -> None:
    acme.submit(config_of("a"))
    complete(house.store, "a@acme")
    bounded = ExportClient(house.settings.model_copy(update={"max_stored_gb": 1e-9})).of("acme")
    with pytest.raises(QuotaReached, match="delete one"):
        bounded.submit(config_of("b"))
    bounded.cancel("a")
    assert bounded.submit(config_of("b")).created


def test_of_a_tenants_jobs_no_more_are_made_at_a_time_than_it_may_have(
    house: House, acme: ExportClient, other: ExportClient
) -> None:
    for client, name in ((acme, "a"), (acme, "b"), (other, "c")):
        client.submit(config_of(name, f"until=go-{name}"))
    command = worker_command("tests.worker.fakeworker", "w0")
    settings = {"EXPORT_MAX_RUNNING_JOBS": "1", "EXPORT_CONCURRENCY": "3"}
    house.workers.append(house.spawn(*command, **settings))
    # One doorbell was heard and sent away, whichever it was.
    sent_away = re.compile(r"export ([ab]@acme): (?:not yet|handed back)")
    until(lambda: sent_away.search(house.log()))
    waiting = sent_away.findall(house.log())[0]
    own = ({"a@acme", "b@acme"} - {waiting}).pop()
    until(lambda: running(house) == {own, "c@other"})
    assert house.client.status(waiting).status is JobStatus.PENDING
    house.client.cancel(own)
    until(lambda: waiting in running(house))


def running(house: House) -> set[str]:
    return {
        record.job_id for record in house.store.records() if record.status is JobStatus.PROCESSING
    }


def test_a_failed_job_is_retried_by_its_tenant_alone(house: House, acme: ExportClient) -> None:
    acme.submit(config_of("a"))
    save(house.store, "a@acme", status=JobStatus.FAILED, error="No.", error_code="stalled")
    assert acme.retry("a").attempt == 2
