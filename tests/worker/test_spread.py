"""One job over several workers and hosts, with the real engine: exact, and made once."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from typing import Any

import pytest
from celery.events.state import State

from benchmarks.usage import descendants
from config_schema.config import parse_config
from config_schema.status import Stage
from tests.engine.harness import config_of
from tests.media.footage import Source, get, place
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.worker.house import House, until
from worker.app import make_app
from worker.jobs.announce import HELP_TASK, TASK

CUTS = [(0, 0.125 * n, 0.125 * n + 3) for n in range(16)]
RAN = re.compile(r"(guest: )?run ((?:picture|sound) \d+):")
APP, OTHER = "worker", "tests.worker.otherhost"


class Job:
    """An export of many small pieces, asked of a house."""

    def __init__(self, house: House, name: str = "spread", **output: Any) -> None:
        self.house = house
        self.name = name
        source: Source = get("sixty.mp4")
        place(house.media / "sources", source)
        asked = {"codec": "h264", "fps": 30, "width": 160, "height": 90, **output}
        self.config = config_of([source], CUTS, **asked) | {"id": name}
        self.expected = expect(self.config, [source.known])

    def submit(self) -> None:
        self.house.client.submit(parse_config(json.dumps(self.config).encode()))

    def is_at(self, stage: Stage) -> bool:
        return self.house.client.status(self.name).stage is stage

    def leases(self) -> list[str]:
        """The hosts that hold pieces of the job now."""
        return [holder.host for holder in self.house.holders(self.name)]

    def has_ended(self) -> bool:
        return self.house.client.status(self.name).status.is_final

    def finish(self) -> dict[str, Any]:
        """The report, once the programme is there and exact."""
        until(self.has_ended, 90)
        view = self.house.client.status(self.name)
        assert view.status == "completed", f"{view.error}\n{self.house.job_log(self.name)[-4000:]}"
        assert_exact(self.house.client.output(self.name).path, self.expected)
        until(lambda: not self.house.litter(), 5)
        report: dict[str, Any] = json.loads(self.house.client.report(self.name))
        return report

    def ran(self) -> Counter[tuple[bool, str]]:
        """How often each piece was begun, by (whether by a guest, its name)."""
        found = RAN.findall(self.house.job_log(self.name))
        return Counter((bool(guest), piece) for guest, piece in found)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORT_PIECE_SECONDS", "1")
    monkeypatch.setenv("EXPORT_PIECE_CACHE_GB", "0")
    monkeypatch.setenv("OTHER_HOST", "elsewhere")


def test_idle_workers_help_and_no_piece_is_made_twice(house: House) -> None:
    job = Job(house)
    for _ in range(2):
        house.start_worker(APP)
    job.submit()
    report = job.finish()
    ran = job.ran()
    assert {guest for guest, _ in ran} == {True, False}
    times = Counter(piece for _, piece in ran.elements())
    assert sorted(times.values()) == [1] * report["totals"]["pieces"]
    assert sum(name.startswith("sound") for name in times) == 48


def test_flower_sees_job_and_pieces_with_name_id_stage_and_percent(house: House) -> None:
    for _ in range(2):
        house.start_worker(APP)
    job = Job(house)
    app = make_app(house.settings)
    state = State()
    shown: list[str] = []

    def hear(event: dict[str, Any]) -> None:
        state.event(event)
        if task := state.tasks.get(event.get("uuid")):
            shown.append(f"{task.name} {task.state} {task.args} {task.kwargs} {task.result}")

    with app.connection_for_read() as connection:
        receiver = app.events.Receiver(connection, handlers={"*": hear})
        events = receiver.itercapture(timeout=60, wakeup=False)
        # A heartbeat: from now on nothing is missed.
        next(events)
        job.submit()
        told = r" PROGRESS \('spread',\) .*'stage': 'rendering', 'percent': \d.* rendering, \d.* %"
        ends = (f"{TASK} SUCCESS .* completed", rf"{HELP_TASK} SUCCESS .*'\d+ pieces'")
        for wanted in (TASK + told, HELP_TASK + told, *ends):
            while not any(re.match(wanted, line) for line in shown):
                next(events)
    job.finish()


def test_a_guest_killed_in_mid_piece_costs_nothing_but_time(house: House) -> None:
    job = Job(house)
    house.start_worker(APP)
    job.submit()
    until(lambda: job.is_at(Stage.RENDERING))
    guest = house.start_worker(APP)
    until(lambda: "guest: run" in house.job_log(job.name))
    os.killpg(guest.pid, signal.SIGKILL)
    guest.wait()
    job.finish()


def test_a_frozen_host_loses_its_job_and_harms_nothing_when_it_wakes(house: House) -> None:
    job = Job(house)
    frozen = house.start_worker(OTHER)
    job.submit()
    until(lambda: "elsewhere" in job.leases())
    os.killpg(frozen.pid, signal.SIGSTOP)
    for child in descendants(frozen.pid):
        os.kill(child, signal.SIGSTOP)
    house.start_worker(APP)
    job.finish()
    output = house.client.output(job.name).path
    before = output.read_bytes(), output.stat().st_ino, house.client.report(job.name)
    for child in (frozen.pid, *descendants(frozen.pid)):
        os.kill(child, signal.SIGCONT)
    # It has noticed when it takes work again.
    other = Job(house, "after")
    house.kill_worker(house.workers[-1])
    other.submit()
    other.finish()
    assert (output.read_bytes(), output.stat().st_ino, house.client.report(job.name)) == before
    assert house.client.status(job.name).status == "completed"
    assert not house.litter()


def test_a_frozen_worker_is_ended_by_another_one_of_its_host(house: House) -> None:
    job = Job(house)
    frozen = house.start_worker(APP)
    job.submit()
    until(job.leases)
    for process in (frozen.pid, *descendants(frozen.pid)):
        os.kill(process, signal.SIGSTOP)
    house.start_worker(APP)
    job.finish()
    assert "ended process" in house.job_log(job.name)


def test_a_long_job_lets_others_have_their_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TURN_SECONDS", "1.5")
    house.start_worker("tests.worker.hasty")
    long, short = Job(house, "long"), Job(house, "short")
    short.config["segments"] = short.config["segments"][:1]
    short.expected = expect(short.config, [get("sixty.mp4").known])
    long.submit()
    until(lambda: long.is_at(Stage.RENDERING))
    short.submit()
    short.finish()
    assert not house.client.status("long").status.is_final
    long.finish()
    assert "turn_over" not in house.job_log("long")


def test_the_same_edit_again_uses_the_pieces_that_did_not_change(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPORT_PIECE_CACHE_GB", "1")
    house.start_worker(APP)
    first, again = Job(house, "first"), Job(house, "again")
    segment, following = again.config["segments"][7:9]
    segment["endTime"] += 0.5
    following["startTime"] += 0.5
    again.expected = expect(again.config, [get("sixty.mp4").known])
    first.submit()
    assert first.finish()["totals"]["piecesReused"] == 0
    house.client.cancel("first")
    again.submit()
    totals = again.finish()["totals"]
    # All but the pieces beside the switch that moved, and those of sound that it is heard in, be it
    # in their run-up only.
    assert totals["pieces"] - totals["piecesReused"] <= 4 + 8


def test_no_more_pieces_of_a_job_are_at_work_than_may_be(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPORT_MAX_PIECES_PER_JOB", "1")
    for _ in range(2):
        house.start_worker(APP)
    job = Job(house)
    job.submit()
    seen = {len(job.leases())}
    while not job.has_ended():
        seen.add(len(job.leases()))
    assert seen == {0, 1}
    job.finish()
