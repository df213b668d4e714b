"""Exports cancelled in every state: `make chaos ARGS=cancels`.

From DELETE on it is timed until nothing is left of the export: not its folder, not a file of it,
not a process that has one open. 95 of 100 within two seconds, in each state; afterwards the same
id can be posted anew and is exact. The control's DELETE says so and does nothing else.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from rich.console import Console

from config_schema.status import Stage
from tests.chaos.case import Case, Harm, one_by_one, percentile, town_of
from tests.chaos.processes import Known, everybody, lives, open_files
from tests.chaos.town import Town
from tests.worker.house import until

GONE_SECONDS = 2.0
#: Assembling is short: so many are tried for each that is to be caught in it.
MOST_MISSED = 5
#: So long is waited for what does not go, before it counts as that long.
_GIVE_UP_SECONDS = 15.0


def cancelled(state: str, console: Console, count: int, without: str) -> Harm:
    """Cancel `count` exports that are in this state."""
    harm = Harm()
    reach, workers = STATES[state]
    times: list[float] = []
    with town_of(workers, without) as town:
        town.open()
        for number in range(count * MOST_MISSED):
            if len(times) == count:
                break
            case = Case(town, f"{state.replace(' ', '-')}-{number}", cuts=24)
            reach(town, case)
            if state != "done" and town.is_over(case.name):
                # It went through the state before it was caught in it.
                continue
            seconds = _cancel(case)
            times.append(seconds)
            if seconds >= _GIVE_UP_SECONDS:
                harm.add("never gone", case.name)
                break
        if not without and workers:
            harm.add("not exact anew", *_anew(town, state))
        harm.add("litter", *town.litter())
    if len(times) < count:
        harm.add("missed", f"{len(times)} of {count} were caught in the state")
    slow = percentile(times, 95)
    console.print(f"{state}: p95 {slow:.2f} s of {len(times)}", highlight=False)
    if slow > GONE_SECONDS:
        harm.add("slow", f"{state}: p95 {slow:.2f} s")
    return harm


def _cancel(case: Case) -> float:
    """Seconds from DELETE until nothing is left."""
    begun = time.monotonic()
    holders = _holders(case)
    status, answer = case.town.ask("DELETE", f"/api/export/{case.name}")
    assert status == 200, answer
    while time.monotonic() - begun < _GIVE_UP_SECONDS:
        if not _left(case) and not any(map(lives, holders)):
            return time.monotonic() - begun
        time.sleep(0.02)
    return _GIVE_UP_SECONDS


def _left(case: Case) -> bool:
    exports = case.town.store.exports
    names = [path.name for path in exports.iterdir()]
    return any(case.name == name or f"-{case.name}" in name for name in names)


def _holders(case: Case) -> list[Known]:
    """The processes that make media and have a file of the job open: all have to end."""
    return [
        known
        for known in everybody().values()
        if known.makes_media and any(f"/{case.name}/" in name for name in open_files(known.pid))
    ]


def _anew(town: Town, state: str) -> list[str]:
    case = Case(town, f"{state.replace(' ', '-')}-0", cuts=2)
    case.post()
    return case.judge(120)


# --- how an export comes into a state


def _is_at(case: Case, *stages: Stage) -> bool:
    return case.town.client.status(case.name).stage in stages


def _queued(town: Town, case: Case) -> None:
    busy = Case(town, "busy", cuts=400)
    busy.post()
    until(partial(_is_at, busy, Stage.RENDERING), 60)
    case.post()
    assert town.status(case.name) == "pending"


def _posted(town: Town, case: Case) -> None:
    case.post()
    assert town.status(case.name) == "pending"


def _planning(town: Town, case: Case) -> None:
    case.post()
    until(partial(_is_at, case, Stage.PLANNING), 60)


def _rendering_on_two(town: Town, case: Case) -> None:
    case.post()
    until(lambda: len({holder.process for holder in town.holders(case.name)}) > 1, 60)


def _assembling(town: Town, case: Case) -> None:
    case.post()
    # Told twice a second, which is longer than it lasts.
    until(lambda: list(case.folder.glob("work/*/run-*/programme.*")) or town.is_over(case.name), 90)


def _done(town: Town, case: Case) -> None:
    case.post()
    assert not case.judge(120)


STATES: dict[str, tuple[Callable[[Town, Case], None], int]] = {
    "queued": (_queued, 1),
    "no worker": (_posted, 0),
    "planning": (_planning, 1),
    "rendering on two": (_rendering_on_two, 2),
    "assembling": (_assembling, 1),
    "done": (_done, 1),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Try every state, or the ones named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("states", nargs="*", choices=[*STATES, []], help="default: all")
    parser.add_argument("--count", type=int, help="how often in each (default: 10)")
    asked = parser.parse_args(argv)
    states = asked.states or list(STATES)
    console = Console()
    armed = {state: (partial(cancelled, state), 10, "") for state in states}
    wrong = one_by_one(console, armed, asked.count)
    control = {"rendering on two": (partial(cancelled, "rendering on two"), 2, "cancel")}
    return wrong | one_by_one(console, control, None, controls_only=True)


if __name__ == "__main__":
    sys.exit(main())
