"""The real engine is not begun where what it will write does not fit."""

from __future__ import annotations

import os
from pathlib import Path

from config_schema.errors import NoSpace
from config_schema.status import Stage
from tests.worker.fakes import PlainBoard
from tests.worker.house import House, config_of
from worker.jobs import disk
from worker.jobs.piece_cache import FOLDER
from worker.jobs.run import Outcome, run_job
from worker.tasks import Renderer

HUGE = 8 * 2**40


def long_camera(house: House) -> None:
    """A source that shows a size no test machine has free; nothing of it is on the disk."""
    with (house.media / "sources" / "cam1.mp4").open("wb") as camera:
        os.truncate(camera.fileno(), HUGE)


def asked(house: House, **output: str) -> None:
    source = {"id": "m0", "name": "Camera 1", "filePath": "cam1.mp4", "duration": 6.5}
    told = {"filePath": "o", **output}
    house.client.submit(config_of("a", sources=[source], output=told))


def test_a_copy_that_cannot_fit_waits_before_it_is_begun(house: House) -> None:
    long_camera(house)
    asked(house, codec="copy")
    outcome = run_job("a", house.store, Renderer(house.settings), PlainBoard())
    assert outcome is Outcome.AGAIN
    view = house.client.status("a")
    assert (view.stage, view.error) == (Stage.WAITING, None)
    assert view.message == "Waiting for free space on the media volume."
    assert "GB are needed" in house.job_log("a")
    # Nothing of it lies about, and nothing was started.
    assert not list((house.store.exports / "a").rglob("run-*"))
    assert " run " not in house.job_log("a")


def test_pieces_that_are_kept_for_later_make_room_first(house: House, tmp_path: Path) -> None:
    kept = house.store.exports / FOLDER / "0badcafe.mp4"
    kept.parent.mkdir()
    kept.write_bytes(b"piece")
    total = os.statvfs(tmp_path).f_blocks * os.statvfs(tmp_path).f_frsize
    settings = house.settings.model_copy(update={"min_free_gb": 2 * total / 1e9})
    with disk.opened(tmp_path) as folder:
        shortage = settings.space.shortage(folder)
    assert isinstance(shortage, NoSpace)
    assert not kept.exists()
