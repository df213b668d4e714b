"""Miniatures through the real queue and engine: wanted, made behind exports, and survived."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from benchmarks.usage import descendants
from config_schema.config import parse_config
from tests.engine.harness import config_of
from tests.media.cameras import camera
from tests.media.footage import Source, get, place
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.worker.house import House, until
from worker.app import make_app
from worker.client import Kind, MiniatureView
from worker.jobs import doorbell
from worker.jobs.claim import LEASE
from worker.jobs.doorbell import MINIATURE_PRIORITY, Doorbell
from worker.miniatures.shelf import ASK, INTEREST_SECONDS, WORK
from worker.miniatures.tidying import ring_for_wanted

APP = "worker"
PIECES = 6


def long_source() -> Source:
    """So many pieces of a proxy."""
    return camera(1, "baseline", 2, frames=15 * PIECES * 30, width=640, height=360)


class Page:
    """Somebody who looks at a source, and asks again for as long as that."""

    def __init__(self, house: House, source: Source, kind: Kind = Kind.PROXY) -> None:
        self.house, self.source, self.kind = house, source, kind
        place(house.media / "sources", source)

    def look(self) -> MiniatureView:
        return self.house.client.miniature(self.kind, [self.source.name])

    @property
    def folder(self) -> Path:
        return self.house.settings.volume.miniatures

    def pieces(self) -> set[str]:
        """The finished pieces of picture, by name and number of the file."""
        work = self.folder / f"{self.look().miniature_id}{WORK}" / "pieces"
        return {f"{path.name} {path.stat().st_ino}" for path in work.glob("*.mp4")}

    def ready(self) -> Path:
        view = until(self.over, 150)
        assert view is not None
        assert view.status == "ready", view
        return self.house.client.miniature_file(view.miniature_id).path

    def over(self) -> MiniatureView | None:
        view = self.look()
        return view if view.status in {"ready", "failed"} else None

    def leave(self) -> str:
        """Ask no more, and let the time pass that this takes to be noticed."""
        key = self.look().miniature_id
        then = time.time() - INTEREST_SECONDS - 1
        os.utime(self.folder / f"{key}{ASK}", (then, then))
        return key

    def assert_right(self) -> None:
        length = float(self.source.known.ends)
        config = config_of([self.source], [(0, 0, length)], codec="h264", width=640, height=360)
        assert_exact(self.ready(), expect(config, [self.source.known]))


def test_a_worker_killed_in_mid_proxy_costs_the_piece_at_work(house: House) -> None:
    page = Page(house, long_source())
    first = house.start_worker(APP)
    assert page.look().status == "waiting"
    until(page.pieces, 60)
    house.kill_worker(first)
    finished = page.pieces()
    house.start_worker(APP)
    kept: set[str] = set()
    while not page.over():
        kept |= page.pieces() & finished
    page.assert_right()
    assert kept == finished
    assert not list(page.folder.glob(f"*{WORK}"))
    assert not list(page.folder.glob("*.part"))


def test_what_nobody_looks_at_any_more_is_ended_and_gone_on_with(house: House) -> None:
    page = Page(house, long_source())
    worker = house.start_worker(APP)
    until(page.pieces, 60)
    key = page.leave()
    # Nothing of it is held any more, and FFmpeg is gone.
    until(lambda: not (page.folder / f"{key}{LEASE}").exists(), 10)
    until(lambda: not encoders(worker.pid), 5)
    assert f"miniature {key}: not wanted any more" in house.log()
    page.assert_right()


def encoders(worker: int) -> list[str]:
    """What runs below a worker and is FFmpeg."""
    found = []
    for pid in descendants(worker):
        try:
            found.append(Path(f"/proc/{pid}/cmdline").read_bytes().decode())
        except OSError:
            continue
    return [line for line in found if "rawvideo" in line]


def test_an_export_that_comes_in_mid_proxy_does_not_wait_for_its_end(house: House) -> None:
    page = Page(house, long_source())
    house.start_worker(APP)
    until(page.pieces, 60)
    short = get("sixty.mp4")
    place(house.media / "sources", short)
    config = config_of([short], [(0, 0.5, 1.5)], codec="h264", fps=30, width=160, height=90)
    house.client.submit(parse_config(json.dumps(config | {"id": "urgent"}).encode()))

    def is_over() -> bool:
        page.look()
        return house.client.status("urgent").status.is_final

    until(is_over, 60)
    assert house.client.status("urgent").status == "completed"
    # The proxy was not finished before.
    assert "others wait" in house.log()
    assert page.look().status != "ready"
    page.assert_right()


def test_a_lost_message_is_rung_for_again(house: House) -> None:
    page = Page(house, get("sixty.mp4"), Kind.THUMBNAIL)
    page.look()
    with house.redis() as redis:
        assert redis.llen("exports:9") == 1
        redis.flushdb()
    house.start_worker(APP)
    assert page.ready().read_bytes().startswith(b"\xff\xd8")


def test_a_picture_is_made_while_a_proxy_waits_for_it(house: House) -> None:
    page = Page(house, long_source())
    house.start_worker(APP)
    until(page.pieces, 60)
    quick = Page(house, get("sixty.mp4"), Kind.THUMBNAIL)

    def is_there() -> bool:
        page.look()
        return quick.over() is not None

    until(is_there, 60)
    assert quick.look().status == "ready"
    assert page.look().status != "ready"


def test_what_is_no_film_says_so(house: House) -> None:
    house.start_worker(APP)
    client = house.client
    # Eight bytes that are no pictures.
    for kind in (Kind.PROXY, Kind.THUMBNAIL, Kind.STRIP, Kind.WAVEFORM):
        view = until(
            lambda kind=kind: (
                (  # type: ignore[misc]
                    found := client.miniature(kind, ["cam1.mp4"])
                ).status
                == "failed"
                and found
            ),
            60,
        )
        assert isinstance(view, MiniatureView)
        assert view.error_code == "source_unreadable"
        assert "cam1.mp4" in (view.error or "")


def test_a_proxy_goes_to_whoever_is_stopped_politely(house: House) -> None:
    page = Page(house, long_source())
    first = house.start_worker(APP)
    until(page.pieces, 60)
    first.send_signal(signal.SIGTERM)
    first.wait(30)
    house.workers.remove(first)
    before = page.pieces()
    assert before
    house.start_worker(APP)
    page.assert_right()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two cores, shared with other tests.
    monkeypatch.setenv("EXPORT_STALL_SECONDS", "120")


def test_a_picture_whose_message_died_with_its_taker_is_rung_for_once_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(doorbell, "monotonic", lambda: clock[0])
    Page(house, camera(1, "baseline", 2, frames=60), Kind.STRIP).look()
    house.take_message(f"exports:{MINIATURE_PRIORITY}")
    ours = Doorbell(make_app(house.settings))
    rung = []
    for clock[0] in (0.0, 4.9, 5.0, 6.0):
        rung.append(ring_for_wanted(house.settings.shelf, ours))
    assert rung == [0, 0, 1, 0]
