"""Smart rendering against what it replaces, and against the least that it could cost."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import rivals
from benchmarks.contest import Contest, Way, hold
from benchmarks.footage import Footage, Form, footage
from benchmarks.meter import Cost, Meter
from benchmarks.options import Options
from benchmarks.page import Grid, Result, Row, grid_table
from benchmarks.place import middle, programme
from benchmarks.ratios import ratio_row
from benchmarks.rivals import Task
from benchmarks.unavoidable import plan_of, prepare
from tests.media.oracle import Expected, expect

MINUTES, CUTS = 25, 155
#: The one that the targets are about, and the only one that is encoded whole beside.
MAIN = Form("hd-gop2")
OTHERS = {
    "gop0.5": Form("hd-gop0.5", gop_seconds=0.5),
    "gop8": Form("hd-gop8", gop_seconds=8),
    "1080p": Form("fhd-gop2", 1920, 1080, megabits=12),
    "smooth": Form("hd-smooth-gop2", noise=0),
}
MOST_MEMORY = 400e6

#: The engine's children and encoders, by what a reader wants to know.
STAGES: dict[str, tuple[str, ...]] = {
    "index": ("probe", "index"),
    "bridges": ("pictures", "picture encoder"),
    "sound": ("sound", "sound encoder"),
    "assemble": ("assemble",),
    "verify": ("verify", "prove"),
}
ABOUT = """The engine by `export-service render`, in a process of its own, with everything that it
does: verification, the report's checksum, a result that is on the disk. The cameras code like
cameras: closed GOPs, three B-frames, sensor noise, a constant bitrate, AAC. *Unavoidable* is one
FFmpeg per core that decodes exactly the groups of pictures the bridges lie in and encodes exactly
the bridges' frames with the service's settings (with one thread each or as many as it likes: what
is faster); the sound track and all else come on top. *Naive* is what the service replaced: each
segment with `-ss -to -c copy -avoid_negative_ts make_zero`, then the concat demuxer with `-c
copy`. *Plain* is one FFmpeg that encodes the whole programme from a list of cuts, at the preset
of the bridges; being slow, it runs once. A frame is wrong when it is not the one due at its
place; sound is sought for 30 s around where it is due."""
ABOUT_OTHERS = """As above, once each: other distances of key frames, a larger picture, and cameras
without sensor noise (*smooth*), whose pictures are quick to decode and to encode, so that all else
weighs more beside them."""


def smart_rendering(options: Options) -> Result:
    """What the targets are about."""
    measured = measure_form(MAIN, options, options.runs, is_main=True)
    grids = (measured.ways, measured.stages)
    excerpts = {"smart": grid_table(measured.ways), "stages": grid_table(measured.stages)}
    rows = tuple(measured.rows)
    return Result("Smart rendering", ABOUT, rows, grids, excerpts, os.getloadavg()[0])


def other_forms(options: Options) -> Result:
    """The same with cameras that are set in other ways, once each."""
    measured = [
        measure_form(form, options, 1, is_main=False)
        for name, form in OTHERS.items()
        if not options.forms or name in options.forms
    ]
    rows = tuple(row for one in measured for row in one.rows)
    grids = tuple(grid for one in measured for grid in (one.ways, one.stages))
    return Result("Smart rendering of other cameras", ABOUT_OTHERS, rows, grids,
                  load=os.getloadavg()[0])  # fmt: skip


class Measured(NamedTuple):
    """What one form of camera gave."""

    rows: list[Row]
    ways: Grid
    stages: Grid


def measure_form(form: Form, options: Options, runs: int, *, is_main: bool) -> Measured:
    """All ways side by side, so many times; the main form is encoded whole beside them."""
    seconds, cuts = options.seconds(MINUTES), options.switches(CUTS)
    what = (
        f"{seconds / 60:g} min of {form.height}p{30}, {cuts} switches, 3 cameras, "
        f"GOP {form.gop_seconds:g} s{'' if form.noise else ', smooth'}"
    )
    with footage(form, seconds + 1) as media:
        contest, reports = compete(media, seconds, cuts, runs, with_plain=is_main)
    stages = stage_grid(contest.costs["smart"], reports, f"Where the time goes: {what}")
    return Measured(verdicts(contest, what, with_targets=is_main), contest.grid(what), stages)


@contextmanager
def task_of(media: Footage, config: dict[str, Any]) -> Iterator[tuple[Task, Expected]]:
    """A folder to make a programme in, and what is due."""
    with tempfile.TemporaryDirectory(dir=media.cameras.folder) as folder:
        yield Task(config, media.cameras.folder, Path(folder)), expect(config, media.known)


def compete(
    media: Footage, seconds: int, cuts: int, runs: int, *, with_plain: bool
) -> tuple[Contest, list[dict[str, Any]]]:
    """One programme made in all ways, and the engine's reports."""
    form = media.form
    config = programme(
        media.cameras, Fraction(seconds), cuts, codec="copy", width=form.width, height=form.height
    )
    reports: list[dict[str, Any]] = []

    def smart(meter: Meter, task: Task) -> None:
        rivals.smart(meter, task)
        reports.append(json.loads((task.folder / "report.json").read_text()))

    with task_of(media, config) as (task, expected):
        least = prepare(plan_of(task), task, os.cpu_count() or 1)
        ways = [
            Way("smart", "smart rendering", smart),
            Way("naive", "naive copy and concat", rivals.naive),
            Way("cp", "`cp` of the output", rivals.copy_file, makes_programme=False),
            Way("sync", "`cp` and `sync`", rivals.copy_and_sync, makes_programme=False),
            Way("one", "unavoidable, one thread each", lambda m, _: least.run(m, 1), False),
            Way("free", "unavoidable, free threads", lambda m, _: least.run(m, 0), False),
        ]
        if with_plain:
            ways.append(Way("plain", "plain FFmpeg encode", rivals.plain, is_slow=True))
        contest = hold(task, ways, runs, expected)
    made = sum(share.frames for share in least.shares)
    due = {report["totals"]["convertedFrames"] for report in reports}
    if due != {made}:
        raise RuntimeError(f"{made} frames are unavoidable, the engine converted {due}")
    return contest, reports


def verdicts(contest: Contest, what: str, *, with_targets: bool) -> list[Row]:
    """The rows of one form."""
    smart = contest.seconds("smart")
    least = least_work(contest)
    most = (1.25, 2.0) if with_targets else (None, None)
    rows = [
        ratio_row(f"{what}: smart / (unavoidable + `cp`)", pair(smart, least), most[0]),
        ratio_row("… smart / naive", pair(smart, contest.seconds("naive")), most[1]),
    ]
    if plain := contest.seconds("plain"):
        pairs = [(plain[0], seconds) for seconds in smart]
        rows.append(ratio_row("… plain FFmpeg encode / smart", pairs, least=5))
    truth = contest.truths["smart"]
    peak = max(contest.costs["smart"], key=lambda cost: cost.peak_bytes)
    is_right = not truth.wrong and not truth.extra and truth.worst_lag_ms <= 1
    found = f"{truth.wrong} of {truth.due}; {truth.worst_lag_ms:.2f} ms"
    memory = f"{peak.peak_bytes / 1e6:.0f} MB (`{peak.peak_of}`)"
    return [
        *rows,
        Row("… smart: wrong frames; sound off by", found, "0; at most 1 ms", is_right),
        Row("… smart: most memory of any process", memory, "at most 400 MB",
            peak.peak_bytes <= MOST_MEMORY),
    ]  # fmt: skip


def least_work(contest: Contest) -> list[float]:
    """Run by run, the quicker of both ways to make the bridges, and `cp`."""
    made = zip(contest.seconds("one"), contest.seconds("free"), strict=True)
    return [min(pair) + copy for pair, copy in zip(made, contest.seconds("cp"), strict=True)]


def pair(left: list[float], right: list[float]) -> list[tuple[float, float]]:
    """Costs of the same run side by side."""
    return list(zip(left, right, strict=True))


def stage_grid(costs: list[Cost], reports: list[dict[str, Any]], caption: str) -> Grid:
    """Where the engine's time and memory go, medians."""
    told = [report["totals"]["stageSeconds"] for report in reports]
    clock = {
        "index": [one["planning"] for one in told],
        "bridges": [one["rendering"] for one in told],
        "sound": [one["sound"] for one in told],
        "assemble": [one["assembling"] for one in told],
        "verify": [one["verifying"] for one in told],
    }
    lines = []
    for stage, kinds in STAGES.items():
        beside = " (within the bridges' time)" if stage == "sound" else ""
        cpu = [sum(cost.cpu_of.get(kind, 0.0) for kind in kinds) for cost in costs]
        memory = max(cost.memory_of.get(kind, 0) for kind in kinds for cost in costs)
        lines.append((f"{stage}{beside}", middle(clock[stage]), middle(cpu), memory))
    rest = middle([cost.cpu_seconds - _known_cpu(cost) for cost in costs])
    waited = middle([cost.seconds - _told(one) for cost, one in zip(costs, told, strict=True)])
    own = max(cost.memory_of.get("python export-service", 0) for cost in costs)
    lines.append(("all else: start, waiting, report", waited, rest, own))
    return Grid(
        caption,
        ("stage", "wall s", "CPU s", "peak of a process MB"),
        tuple((name, f"{a:.1f}", f"{b:.1f}", f"{c / 1e6:.0f}") for name, a, b, c in lines),
    )


def _known_cpu(cost: Cost) -> float:
    kinds = [kind for kinds in STAGES.values() for kind in kinds]
    return sum(cost.cpu_of.get(kind, 0.0) for kind in kinds)


def _told(one: dict[str, float]) -> float:
    return sum(one[stage] for stage in ("planning", "rendering", "assembling", "verifying"))
