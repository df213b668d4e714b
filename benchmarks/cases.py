"""The measurements, each a function that gives rows for the table."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import imageio_ffmpeg

from benchmarks.place import RATE, Cameras, Run, cameras, export, middle, programme, stack
from benchmarks.usage import PeakMemory, cpu_seconds
from worker.ffmpeg.commands import SOUND_BITRATE
from worker.plan.output import ENCODERS, KEY_FRAME_SECONDS


@dataclass(frozen=True)
class Row:
    """One measured thing: what it is, what came out, what was hoped for."""

    what: str
    measured: str
    target: str
    is_met: bool


def against_plain_ffmpeg(runs: int) -> list[Row]:
    """The whole service against one FFmpeg that encodes a single camera of the same length."""
    rows = []
    for seconds, noise in ((60, 0), (120, 12)):
        media = cameras(f"hd-noise{noise}", seconds, 1280, 720, noise=noise)
        served, plain = [], []
        with stack(media) as client:
            for _ in range(runs):
                plain.append(plain_encode(media))
                config = programme(media, Fraction(seconds), 24, width=1280, height=720)
                served.append(export(client, config).seconds)
        ratios = [a / b for a, b in zip(served, plain, strict=True)]
        content = "with sensor noise" if noise else "smooth"
        rows.append(
            Row(
                f"{seconds} s of 720p30 {content}, 24 cuts, h264: POST to completed / plain FFmpeg",
                f"{middle(ratios):.2f} ({middle(served):.1f} s / {middle(plain):.1f} s; "
                f"ratios {', '.join(f'{ratio:.2f}' for ratio in sorted(ratios))})",
                "at most 1.10",
                middle(ratios) <= 1.10,
            )
        )
    return rows


def plain_encode(media: Cameras) -> float:
    """Seconds that one FFmpeg takes for the first camera, encoded as the service would."""
    encoder = ENCODERS["h264"]
    target = media.folder / "plain.mp4"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-y", "-v", "error", "-i"]
    argv += [str(media.first), "-c:v", encoder.library, "-preset", encoder.preset]
    argv += ["-crf", str(encoder.crf["high"]), "-g", str(KEY_FRAME_SECONDS * RATE)]
    argv += ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", SOUND_BITRATE["aac"]]
    began = time.monotonic()
    subprocess.run([*argv, "-movflags", "+faststart", str(target)], check=True)
    taken = time.monotonic() - began
    target.unlink()
    return taken


def cost_of_cuts(runs: int) -> list[Row]:
    """Processor time at many cuts against few, and memory at very many."""
    media = cameras("small", 290, 480, 270)
    spent: dict[int, list[float]] = {10: [], 1000: []}
    me = os.getpid()
    with stack(media, EXPORT_PRESET="ultrafast") as client:
        for _ in range(runs):
            for cuts, seconds in spent.items():
                before = cpu_seconds(me)
                export(client, programme(media, Fraction(290), cuts, width=480, height=270))
                seconds.append(cpu_seconds(me) - before)
        with PeakMemory(me) as memory:
            export(client, programme(media, Fraction(290), 5000, width=480, height=270))
    few, many = middle(spent[10]), middle(spent[1000])
    name, most = memory.highest
    mebibytes = most / 2**20
    return [
        Row(
            "290 s of 480x270, GOP 2 s, ultrafast: processor time at 1,000 cuts / at 10 cuts",
            f"{many / few:.2f} ({many:.1f} s / {few:.1f} s)",
            "at most 1.60",
            many / few <= 1.6,
        ),
        Row(
            "the same at 5,000 cuts: most memory of any process",
            f"{mebibytes:.0f} MiB (`{name}`)",
            "at most 600 MB",
            most <= 600e6,
        ),
    ]


def short_programme(runs: int) -> list[Row]:
    """How long a client waits for two seconds of programme on a warm stack."""
    media = cameras("hd-noise0", 60, 1280, 720)
    with stack(media) as client:
        taken = [
            export(client, programme(media, Fraction(2), 3, width=1280, height=720)).seconds
            for _ in range(2 * runs + 1)
        ]
    return [
        Row(
            "a programme of 2 s of 720p30: POST to completed, warm stack",
            f"{middle(taken):.1f} s (slowest of {len(taken)}: {max(taken):.1f} s)",
            "at most 3 s",
            middle(taken) <= 3,
        )
    ]


def truth_of_progress(_runs: int) -> list[Row]:
    """Whether what the status says of a running export holds."""
    media = cameras("hd-noise0", 60, 1280, 720)
    with stack(media) as client:
        run = export(client, programme(media, Fraction(60), 24, width=1280, height=720))
    values = [state["progress"] for _, state in run.states]
    early = [
        value for (_, state), value in zip(run.states, values, strict=True)
        if value >= 1 and state["status"] != "completed"
    ]  # fmt: skip
    still = longest_standstill(run)
    off = worst_eta(run) / run.seconds
    return [
        Row(
            "60 s programme polled every 100 ms: progress goes back",
            f"{sum(b < a for a, b in pairwise(values))} times",
            "never",
            values == sorted(values),
        ),
        Row("… is 1 before the end", f"{len(early)} times", "never", not early),
        Row("… longest standstill", f"{still:.1f} s of {run.seconds:.1f} s", "2 s", still <= 2),
        Row(
            "… `etaSeconds` after the first quarter, off by at most",
            f"{100 * off:.0f} % of the run",
            "25 %",
            off <= 0.25,
        ),
    ]


def longest_standstill(run: Run) -> float:
    """The longest time for which the progress showed the same number."""
    longest, since, last = 0.0, 0.0, -1.0
    for at, state in run.states:
        if state["progress"] != last:
            since, last = at, state["progress"]
        longest = max(longest, at - since)
    return longest


def worst_eta(run: Run) -> float:
    """How many seconds the estimate was off at worst, after the first quarter of the run."""
    off = [
        abs(at + state["etaSeconds"] - run.seconds)
        for at, state in run.states
        if at > run.seconds / 4 and state.get("etaSeconds") is not None
    ]
    return max(off, default=run.seconds)


CASES: dict[str, Callable[[int], list[Row]]] = {
    "plain": against_plain_ffmpeg,
    "cuts": cost_of_cuts,
    "short": short_programme,
    "progress": truth_of_progress,
}
