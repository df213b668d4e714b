"""What grows with what: bridges with the cuts, the rest with the length, memory with neither."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from benchmarks import rivals
from benchmarks.footage import Footage, Form, footage
from benchmarks.meter import Cost, measure
from benchmarks.options import Options
from benchmarks.page import Grid, Result, Row
from benchmarks.place import middle, programme
from benchmarks.ratios import ratio_row
from benchmarks.smart import MOST_MEMORY, STAGES, stage_grid, task_of
from benchmarks.truth import read_codes, wrong_frames

FORM = Form("hd-gop2")
#: The longer programme; the shorter one is a tenth. No cut falls on a key frame by design.
MINUTES, CUTS = 25, 22
MOST_BRIDGES_BY_CUTS, MOST_BRIDGES_BY_LENGTH = 12.0, 1.3
#: Two hours of three cameras, small enough to lie on a disk beside the programme.
LONG_MINUTES, LONG_CUTS = 120, 720
LONG = Form("hd-long", megabits=1.5, noise=0)


@dataclass(frozen=True)
class Rendered:
    """What one render cost, and what it told of itself."""

    cost: Cost
    totals: dict[str, object]

    @property
    def bridge_cpu(self) -> float:
        """Processor time of decoding and encoding bridges."""
        return sum(self.cost.cpu_of.get(kind, 0.0) for kind in STAGES["bridges"])


def growth(options: Options) -> Result:
    """A programme, one ten times as long, and one with ten times the cuts."""
    seconds, cuts = options.seconds(MINUTES), options.switches(CUTS)
    short = seconds // 10
    cases = {"short": (short, cuts), "long": (seconds, cuts), "many": (seconds, 10 * cuts)}
    found: dict[str, list[Rendered]] = {name: [] for name in cases}
    copies: dict[str, list[float]] = {name: [] for name in cases}
    with footage(FORM, seconds + 1) as media:
        for _ in range(options.runs):
            for name, (length, switches) in cases.items():
                with made(media, length, switches) as (render, copied):
                    found[name].append(render)
                    copies[name].append(copied)
    names = {
        "short": f"{short / 60:g} min, {cuts} cuts",
        "long": f"{seconds / 60:g} min, {cuts} cuts",
        "many": f"{seconds / 60:g} min, {10 * cuts} cuts",
    }
    rows = (
        _bridges("length x 10, the same cuts", found["long"], found["short"],
                 MOST_BRIDGES_BY_LENGTH),
        _bridges("cuts x 10, the same length", found["many"], found["long"],
                 MOST_BRIDGES_BY_CUTS),
    )  # fmt: skip
    lines = tuple(_line(names[name], found[name], copies[name]) for name in cases)
    heading = ("720p30, GOP 2 s", "wall s", *(f"{stage} CPU s" for stage in STAGES), "`cp` s")
    grid = Grid("What grows", heading, lines)
    about = "Ten times as long, or ten times the cuts, with segments still longer than two GOPs."
    return Result("Growth", about, rows, (grid,), load=os.getloadavg()[0])


def _bridges(what: str, more: list[Rendered], less: list[Rendered], most: float) -> Row:
    pairs = [(a.bridge_cpu, b.bridge_cpu) for a, b in zip(more, less, strict=True)]
    return ratio_row(f"{what}: processor time of bridges", pairs, most)


def _line(name: str, renders: list[Rendered], copies: list[float]) -> tuple[str, ...]:
    stages = [
        middle([sum(r.cost.cpu_of.get(kind, 0.0) for kind in kinds) for r in renders])
        for kinds in STAGES.values()
    ]
    wall = middle([render.cost.seconds for render in renders])
    return (name, *(f"{number:.1f}" for number in (wall, *stages, middle(copies))))


@contextmanager
def made(media: Footage, seconds: int, cuts: int) -> Iterator[tuple[Rendered, float]]:
    """A programme by the engine, and what `cp` takes for it."""
    form = media.form
    config = programme(
        media.cameras, Fraction(seconds), cuts, codec="copy", width=form.width, height=form.height
    )
    with task_of(media, config) as (task, _):
        cost = measure(lambda meter: rivals.smart(meter, task))
        report = json.loads((task.folder / "report.json").read_text())
        copied = measure(lambda meter: rivals.copy_file(meter, task)).seconds
        yield Rendered(cost, report["totals"]), copied


def memory(options: Options) -> Result:
    """The most memory that any process takes for hours of programme."""
    seconds, cuts = options.seconds(LONG_MINUTES), options.switches(LONG_CUTS)
    with footage(LONG, seconds + 1) as media:
        config = programme(
            media.cameras, Fraction(seconds), cuts, codec="copy", width=1280, height=720
        )
        with task_of(media, config) as (task, expected):
            cost = measure(lambda meter: rivals.smart(meter, task))
            report = json.loads((task.folder / "report.json").read_text())
            wrong = wrong_frames(read_codes(task.output("smart")), expected.frames)
    what = f"{seconds / 3600:g} h of 720p30, {cuts} cuts"
    held = f"{cost.peak_bytes / 1e6:.0f} MB (`{cost.peak_of}`)"
    together = f"{cost.sum_bytes / 1e6:.0f} MB"
    rows = (
        Row(f"{what}: most memory of any process", held, "less than 400 MB",
            cost.peak_bytes < MOST_MEMORY),
        Row("… of all together, shared pages counted once", together, "", is_met=True),
        Row("… wrong frames", f"{wrong} of {len(expected.frames)}", "0", not wrong),
    )  # fmt: skip
    grid = stage_grid([cost], [report], f"Where the time goes: {what}")
    about = "One run of the engine by its command line."
    return Result("Hours of programme", about, rows, (grid,), load=os.getloadavg()[0])
