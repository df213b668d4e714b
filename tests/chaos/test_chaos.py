"""Short forms of what `make chaos` does at length, and proof that they see harm."""

from __future__ import annotations

from rich.console import Console

from tests.chaos import acknowledged, kills

QUIET = Console(quiet=True)


def test_kills_at_random_moments_lose_nothing() -> None:
    harm = kills.run(kills.Plan(jobs=3, kills=10, seed=4, segments=8), QUIET)
    assert not harm, str(harm)


def test_what_was_acknowledged_is_done_though_everything_was_killed() -> None:
    harm = acknowledged.killed(QUIET, 2, "")
    assert not harm, str(harm)


def test_an_export_acknowledged_before_it_is_written_is_missed() -> None:
    assert acknowledged.killed(QUIET, 2, "durable")
