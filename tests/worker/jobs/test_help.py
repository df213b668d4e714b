"""What a guest asks before it makes pieces of a job that another process holds."""

from __future__ import annotations

import pytest

from config_schema.status import JobStatus, Progress, Stage
from tests.worker.jobs.samples import make, save
from worker.jobs.announce import HELP_TASK, Announcement
from worker.jobs.folder import OFFER
from worker.jobs.help import Helper, help_job
from worker.jobs.pause import pause_job
from worker.jobs.run import Workload
from worker.jobs.steering import Steering
from worker.jobs.store import JobStore


@pytest.fixture
def offered(store: JobStore) -> JobStore:
    """A job whose holder offers pieces."""
    make(store)
    record = save(store, "a", status=JobStatus.PROCESSING)
    with store.open("a") as folder:
        folder.make_work(record)
        (folder.work_path(record) / OFFER).write_text("[]")
    return store


def test_a_guest_leaves_as_soon_as_the_job_is_paused(offered: JobStore) -> None:
    def watch(workload: Workload, helper: Helper) -> int:
        assert not helper.is_cancelled()
        offered.steer("a", lambda folder: pause_job(folder.descriptor))
        return 1 if helper.is_cancelled() else 99

    assert help_job("a", offered, watch, Steering()) == 1


def test_flower_is_told_how_far_the_pieces_are_under_the_id_of_the_visit(
    offered: JobStore,
) -> None:
    told: list[Announcement] = []

    def report(workload: Workload, helper: Helper) -> int:
        helper.progress(Progress(stage=Stage.RENDERING, fraction=0.25))
        return 0

    help_job("a", offered, report, Steering(), told.append)
    [notice] = told
    assert notice.state is None, "nothing is stored of a visit"
    assert (notice.event, notice.fields["name"]) == ("task-progress", HELP_TASK)
    assert notice.fields["args"] == "('a',)"
    assert "'stage': 'rendering', 'percent': 25.0" in notice.fields["kwargs"]


def test_a_job_that_rests_is_not_helped(offered: JobStore) -> None:
    def never(workload: Workload, helper: Helper) -> int:
        raise AssertionError

    offered.steer("a", lambda folder: pause_job(folder.descriptor))
    assert help_job("a", offered, never, Steering()) == 0
