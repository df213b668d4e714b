"""Many kills at random moments over many exports: `make chaos ARGS=kills`.

The whole service runs on this machine, broker, web and two workers, started again whenever a part
dies. Exports of all kinds are posted to it, and while they are made somebody kills what makes
them. Then every export must be complete and exact, made once, and nothing may be left over.

With `--without lock|pdeathsig|sweep` the service goes without one of its safeguards: then harm must
be found, or the script could not find any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.chaos.case import Harm, town_of
from tests.chaos.doubles import Doubles
from tests.chaos.mixed import Export, mixed, prepare
from tests.chaos.processes import beneath, everybody
from tests.chaos.reaper import Reaper
from tests.chaos.town import Town
from worker.jobs.folder import CONFIG, GATE, REPORT, STATE

#: What a completed job's folder may hold; locks and logs besides.
_KEPT = {CONFIG, STATE, GATE, REPORT, "output.mp4", "output.webm"}
_SETTINGS = {"EXPORT_PIECE_SECONDS": "2", "EXPORT_PRESET": "medium"}
_AT_ONCE = 6
#: What can be gone without: then harm must be found.
CONTROLS = ("lock", "pdeathsig", "sweep")
#: A control only has to show that harm is seen.
CONTROL_SHARE = 0.1


@dataclass(frozen=True)
class Plan:
    """How much of it: `segments` at most in an export, `gap` seconds between kills on average."""

    jobs: int
    kills: int
    seed: int
    segments: int = 24
    gap: float = 0.7
    without: str = ""
    patience: float = 180.0


class Chaos:
    """One run of it."""

    def __init__(self, town: Town, plan: Plan, console: Console) -> None:
        self.town = town
        self.plan = plan
        self.reaper = Reaper(self.town, plan.seed)
        self.harm = Harm()
        self._console = console
        self._exports = mixed(plan.jobs, plan.seed, plan.segments)
        self._asked: list[Export] = []
        self._over: set[str] = set()
        #: The inode of each output as it was when its job was first seen to be over.
        self._outputs: dict[str, tuple[int, int]] = {}
        self.looks = 0

    def go(self) -> Harm:
        """Make all exports, kill as planned, and judge."""
        town = self.town
        prepare(town.media / "sources")
        town.open()
        with Doubles(town.media) as doubles:
            self._kill_while_they_are_made()
            self.looks = doubles.looks
            self.harm.add("made twice at once", *sorted(doubles.found))
        self.reaper.look(wait=True)
        self.harm.add("orphans", *self.reaper.orphans)
        for export in self._asked:
            self._judge(export)
        self.harm.add("litter", *self._litter())
        self.harm.add("late", *town.end())
        left = beneath(town.media, everybody())
        self.harm.add("left running", *(f"{known.name} {known.pid}" for known in left))
        return self.harm

    def _kill_while_they_are_made(self) -> None:
        plan, reaper = self.plan, self.reaper
        next_kill = time.monotonic()
        moved_at = time.monotonic()
        with self._bars() as bars:
            done = bars.add_task("exports", total=plan.jobs)
            kills = bars.add_task("kills", total=plan.kills)
            while len(self._over) < plan.jobs:
                self.town.keep()
                reaper.look()
                if self._look_at_exports():
                    moved_at = time.monotonic()
                count = reaper.killed.total()
                bars.update(done, completed=len(self._over))
                bars.update(kills, completed=count)
                # Spread over the whole run: neither all at its beginning, nor none at its end.
                share = (len(self._over) + 2) / plan.jobs
                is_due = time.monotonic() >= next_kill and count < min(share, 1) * plan.kills
                if is_due and reaper.strike():
                    next_kill = time.monotonic() + reaper.pause(plan.gap)
                if count >= plan.kills and time.monotonic() - moved_at > plan.patience:
                    break
                if plan.without and time.monotonic() - moved_at > plan.patience:
                    break
                time.sleep(0.05)

    def _bars(self) -> Progress:
        columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn())
        return Progress(*columns, TimeElapsedColumn(), console=self._console)

    def _look_at_exports(self) -> bool:
        """Post what is to be posted, note what is over; whether anything was."""
        moved = False
        while len(self._asked) < self.plan.jobs and len(self._asked) - len(self._over) < _AT_ONCE:
            export = self._exports[len(self._asked)]
            status, answer = self.town.insist("POST", "/api/export", export.config)
            if status not in (200, 202):
                self.harm.add("refused", f"{export.job_id}: {status} {answer}")
            self._asked.append(export)
        for export in self._asked:
            if export.job_id not in self._over and self.town.is_over(export.job_id):
                self._over.add(export.job_id)
                moved = True
                if facts := self._output_of(export):
                    self._outputs[export.job_id] = facts
        return moved

    def _output_of(self, export: Export) -> tuple[int, int] | None:
        folder = self.town.store.exports / export.job_id
        for output in folder.glob("output.*"):
            facts = output.stat()
            return facts.st_ino, facts.st_mtime_ns
        return None

    def _judge(self, export: Export) -> None:
        job_id, town = export.job_id, self.town
        if fault := town.fault_of(job_id, export.expected):
            self.harm.add("lost or wrong", fault)
            return
        if self._output_of(export) != self._outputs[job_id]:
            self.harm.add("double outputs", job_id)
        deadline = time.monotonic() + 30
        while (said := town.backend_state(job_id)) != "SUCCESS" and time.monotonic() < deadline:
            time.sleep(0.1)
        if said != "SUCCESS":
            self.harm.add("result backend differs", f"{job_id}: {said}")
        folder = town.store.exports / job_id
        for path in folder.iterdir():
            name = path.name
            if name not in _KEPT and not name.startswith(("job.log", "run.lock@")):
                self.harm.add("litter", f"{job_id}/{name}")

    def _litter(self) -> list[str]:
        # Two rounds of the sweep.
        time.sleep(3)
        return self.town.litter()


def run(plan: Plan, console: Console) -> Harm:
    """One run in a folder of its own; what it did is printed, what it found returned."""
    begun = time.monotonic()
    with town_of(2, plan.without, **_SETTINGS) as town:
        chaos = Chaos(town, plan, console)
        harm = chaos.go()
    killed = chaos.reaper.killed
    console.print(
        f"{plan.jobs} exports, {killed.total()} kills in {time.monotonic() - begun:.0f} s "
        f"(seed {plan.seed}{', without ' + plan.without if plan.without else ''}): "
        + ", ".join(f"{count} {kind}" for kind, count in killed.most_common())
        + f"; pieces seen in work {chaos.looks} times",
        highlight=False,
    )
    console.print(str(harm), highlight=False, markup=False, emoji=False)
    return harm


def main(argv: Sequence[str] | None = None) -> int:
    """Run the chaos, and the controls that must find harm."""
    parser = argparse.ArgumentParser(
        prog="make chaos", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--jobs", type=int, default=60, help="exports (default: 60)")
    parser.add_argument("--kills", type=int, default=500, help="kills at least (default: 500)")
    parser.add_argument("--seed", type=int, default=1, help="of exports and kills (default: 1)")
    parser.add_argument("--segments", type=int, default=24, help="of an export, at most")
    parser.add_argument("--gap", type=float, default=0.7, help="seconds between kills on average")
    parser.add_argument(
        "--without", choices=CONTROLS, action="append", help="only so, or in these ways"
    )
    asked = parser.parse_args(argv)
    console = Console()
    wrong = 0
    for without in asked.without or ("", *CONTROLS):
        console.rule(f"kills, without {without}" if without else "kills")
        share = 1.0 if asked.without or not without else CONTROL_SHARE
        plan = Plan(
            max(1, round(asked.jobs * share)),
            round(asked.kills * share),
            asked.seed,
            asked.segments,
            asked.gap,
            without,
        )
        wrong += bool(run(plan, console)) != bool(without)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
