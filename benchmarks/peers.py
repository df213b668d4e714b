"""Other programs that cut and join, on a programme short enough for those that encode all of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import accumulate
from typing import Any

from benchmarks import rivals, tools
from benchmarks.contest import Way, hold
from benchmarks.footage import Form, footage
from benchmarks.options import Options
from benchmarks.page import Result, grid_table
from benchmarks.place import Cameras, programme
from benchmarks.smart import task_of

MINUTES, CUTS = 5, 30
FORM = Form("hd-gop2")
#: Of one camera, so much is left out between two segments, as a part of a segment.
LEFT_OUT = Fraction(1, 2)
ABOUT = """Each is asked for the same programme in the way its documentation shows, with the same
preset and CRF where it encodes, and with exact frame numbers where it takes them. Slow ones run
once. smartcut and auto-editor cut a single camera: their programme keeps parts of one."""


def peers(options: Options) -> Result:
    """Several cameras, then one."""
    seconds, cuts = options.seconds(MINUTES), options.switches(CUTS)
    length = f"{seconds / 60:g} min of 720p30, GOP 2 s, {cuts} cuts"
    with footage(FORM, int(seconds * (1 + LEFT_OUT)) + 2) as media:
        config = programme(
            media.cameras, Fraction(seconds), cuts, codec="copy", width=1280, height=720
        )
        with task_of(media, config) as (task, expected):
            ways = [
                Way("smart", "smart rendering", rivals.smart),
                Way("naive", "naive copy and concat", rivals.naive),
                Way("cp", "`cp` of the output", rivals.copy_file, makes_programme=False),
                Way("plain", "plain FFmpeg encode", rivals.plain, is_slow=True),
                _peer("moviepy", tools.by_moviepy(), is_slow=True),
                Way(
                    "melt",
                    "melt",
                    tools.by_melt(expected),
                    is_slow=True,
                    prepare=tools.ask_for_melt,
                ),
            ]
            many = hold(task, ways, options.runs, expected)
        with task_of(media, one_camera(media.cameras, seconds, cuts)) as (task, expected):
            ways = [
                Way("smart", "smart rendering", rivals.smart),
                Way("naive", "naive copy and concat", rivals.naive),
                _peer("smartcut", tools.by_smartcut(expected)),
                _peer("auto-editor", tools.by_auto_editor(expected), tools.ask_for_auto_editor),
            ]
            one = hold(task, ways, options.runs, expected)
    grids = (many.grid(f"{length}, 3 cameras"), one.grid(f"{length}, parts of one camera"))
    return Result(
        "Other programs",
        ABOUT,
        grids=grids,
        excerpts={"peers": grid_table(grids[0])},
        load=os.getloadavg()[0],
    )


def _peer(
    name: str,
    run: tools.Run,
    prepare: Callable[[], object] | None = None,
    *,
    is_slow: bool = False,
) -> Way:
    """A way whose program comes from the package index, which is asked before the clock runs."""
    ask = prepare or partial(tools.environment, name)
    return Way(name, tools.version(name), run, is_slow=is_slow, prepare=ask)


def one_camera(cameras: Cameras, seconds: int, cuts: int) -> dict[str, Any]:
    """A config that keeps `cuts + 1` parts of the first camera, with gaps between them."""
    config = programme(
        replace(cameras, names=cameras.names[:1]),
        Fraction(seconds),
        cuts,
        codec="copy",
        width=cameras.spec.width,
        height=cameras.spec.height,
    )
    gap = float(seconds / Fraction(cuts + 1) * LEFT_OUT)
    offsets = accumulate([0.0] + [gap] * cuts)
    for segment, offset in zip(config["segments"], offsets, strict=True):
        for edge in ("startTime", "endTime"):
            segment[edge] = round(segment[edge] + offset, 6)
    return config
