"""Short forms of what `make chaos` does at length, and proof that they see harm."""

from __future__ import annotations

import subprocess
from typing import cast

import pytest
from rich.console import Console

from tests.chaos import acknowledged, kills, reaper
from tests.chaos.processes import look
from tests.chaos.town import Town

QUIET = Console(quiet=True)


def test_kills_at_random_moments_lose_nothing() -> None:
    harm = kills.run(kills.Plan(jobs=3, kills=10, seed=4, segments=8), QUIET)
    assert not harm, str(harm)


def test_what_was_acknowledged_is_done_though_everything_was_killed() -> None:
    harm = acknowledged.killed(QUIET, 2, "")
    assert not harm, str(harm)


def test_an_export_acknowledged_before_it_is_written_is_missed() -> None:
    assert acknowledged.killed(QUIET, 2, "durable")


def test_a_process_that_outlives_its_master_is_seen_and_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reaper, "ORPHAN_SECONDS", 0.0)
    orphan = subprocess.Popen(["sleep", "600"])
    known = look(orphan.pid)
    assert known is not None
    watcher = reaper.Reaper(cast("Town", None), seed=0)
    watcher.expect_the_end_of([known], "worker")
    watcher.look(wait=True)
    assert len(watcher.orphans) == 1
    assert orphan.wait(10) < 0
