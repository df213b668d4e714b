"""One job over several workers and hosts, with the real engine: exact, and made once."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from typing import Any

import pytest

from config_schema.config import parse_config
from config_schema.status import Stage
from tests.engine.harness import config_of
from tests.media.footage import Source, get, place
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.worker.house import House, until
from worker.jobs.claim import LEASE
from worker.jobs.progress import TURN_SECONDS

CUTS = [(0, 0.125 * n, 0.125 * n + 3) for n in range(16)]
RAN = re.compile(r"(guest: )?run (picture \d+):")
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
        found = []
        for lease in (self.house.media / "exports" / self.name).glob(f"work/*/pieces/*{LEASE}"):
            try:
                found.append(json.loads(lease.read_bytes()[24:])["host"])
            except (FileNotFoundError, ValueError):
                continue
        return found

    def finish(self) -> dict[str, Any]:
        """The report, once the programme is there and exact."""
        until(lambda: self.house.client.status(self.name).status.is_final, 90)
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
    assert sorted(Counter(piece for _, piece in ran.elements()).values()) == [1] * (
        report["totals"]["pieces"] - 1
    )


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
    for child in children_of(frozen.pid):
        os.kill(child, signal.SIGSTOP)
    house.start_worker(APP)
    job.finish()
    output = house.client.output(job.name).path
    before = output.read_bytes(), output.stat().st_ino, house.client.report(job.name)
    for child in (frozen.pid, *children_of(frozen.pid)):
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
    for process in (frozen.pid, *children_of(frozen.pid)):
        os.kill(process, signal.SIGSTOP)
    house.start_worker(APP)
    job.finish()
    assert "ended process" in house.job_log(job.name)


def test_a_long_job_lets_others_have_their_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TURN_SECONDS > 1
    monkeypatch.setenv("TURN_SECONDS", "0")
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


def children_of(pid: int) -> list[int]:
    """All that descend from a process and live."""
    import subprocess

    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]
