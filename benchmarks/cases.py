"""The measurements, each a function that gives rows for the table."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import imageio_ffmpeg

from benchmarks.cluster import again, queue, spread
from benchmarks.growth import growth, memory
from benchmarks.in_the_page import in_the_page
from benchmarks.load import load
from benchmarks.options import Options
from benchmarks.page import Result, Row
from benchmarks.peers import peers
from benchmarks.place import RATE, Cameras, Run, cameras, export, middle, programme, stack
from benchmarks.proxies import proxies
from benchmarks.ratios import ratio_row
from benchmarks.smart import other_forms, smart_rendering
from benchmarks.usage import PeakMemory, cpu_seconds
from worker.ffmpeg.commands import SOUND_OPTIONS
from worker.plan.output import ENCODERS, KEY_FRAME_SECONDS

PLAIN = """The stack is the embedded one, warm, with rendering not stepping back behind other
programs (`EXPORT_NICE=0`); the plain FFmpeg encodes one camera of the same length with the same
preset, CRF and sound bitrate. The status is asked for every 2 s, as the editor does."""


class Cost(NamedTuple):
    """What one encode took: by the clock, and of the processors."""

    seconds: float
    cpu_seconds: float


def against_plain_ffmpeg(runs: int) -> list[Row]:
    """The whole service against one FFmpeg that encodes a single camera of the same length."""
    rows = []
    for seconds, noise in ((60, 0), (60, 8)):
        media = cameras(f"hd-noise{noise}", seconds, 1280, 720, noise=noise)
        pairs = []
        with stack(media) as client:
            for _ in range(runs):
                plain = plain_encode(media)
                config = programme(media, Fraction(seconds), 24, width=1280, height=720)
                before = cpu_seconds(os.getpid())
                taken = export(client, config).seconds
                pairs.append((Cost(taken, cpu_seconds(os.getpid()) - before), plain))
        content = "with sensor noise" if noise else "smooth"
        what = f"{seconds} s of 720p30 {content}, 24 cuts, h264: service / plain FFmpeg"
        clock = [(served.seconds, plain.seconds) for served, plain in pairs]
        work = [(served.cpu_seconds, plain.cpu_seconds) for served, plain in pairs]
        rows.append(ratio_row(f"{what}, POST to completed", clock, 1.10))
        rows.append(ratio_row(f"{what}, processor time", work, None))
    return rows


def plain_encode(media: Cameras) -> Cost:
    """What one FFmpeg takes for the first camera, encoded as the service would."""
    encoder = ENCODERS["h264"]
    target = media.folder / "plain.mp4"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-y", "-v", "error", "-i"]
    argv += [str(media.first), "-c:v", encoder.library, "-preset", encoder.preset]
    argv += ["-crf", str(encoder.crf["high"]), "-g", str(KEY_FRAME_SECONDS * RATE)]
    argv += ["-pix_fmt", "yuv420p", "-c:a", "aac", *SOUND_OPTIONS["aac"]]
    began = time.monotonic()
    process = subprocess.Popen([*argv, "-movflags", "+faststart", str(target)])
    _, status, used = os.wait4(process.pid, 0)
    taken = time.monotonic() - began
    # The process is waited for already; Popen must not try again.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"FFmpeg gave {process.returncode}")
    target.unlink()
    return Cost(taken, used.ru_utime + used.ru_stime)


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
    name, most = memory.highest
    mebibytes = most / 2**20
    return [
        ratio_row(
            "290 s of 480x270, GOP 2 s, ultrafast: processor time at 1,000 cuts / at 10 cuts",
            list(zip(spent[1000], spent[10], strict=True)),
            1.60,
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


def truth_of_progress(runs: int) -> list[Row]:
    """Whether what the status says of a running export holds."""
    media = cameras("hd-noise0", 60, 1280, 720)
    config = programme(media, Fraction(60), 24, width=1280, height=720)
    with stack(media) as client:
        seen = [export(client, config, every_seconds=0.1) for _ in range(runs)]
    back = sum(b < a for run in seen for a, b in pairwise(progress_of(run)))
    early = sum(
        state["progress"] >= 1 and state["status"] != "completed"
        for run in seen
        for _, state in run.states
    )
    still, whole = max((longest_standstill(run), run.seconds) for run in seen)
    off = [100 * worst_eta(run) / run.seconds for run in seen]
    return [
        Row(
            f"60 s programme polled every 100 ms, {runs} times: progress goes back",
            f"{back} times",
            "never",
            not back,
        ),
        Row("… is 1 before the end", f"{early} times", "never", not early),
        Row("… longest standstill", f"{still:.1f} s of {whole:.1f} s", "2 s", still <= 2),
        Row(
            "… `etaSeconds` after the first quarter, off by at most",
            f"{middle(off):.0f} % of the run (worst of {runs}: {max(off):.0f} %)",
            "25 %",
            middle(off) <= 25,
        ),
    ]


def progress_of(run: Run) -> list[float]:
    """Every progress that was seen, in order."""
    return [state["progress"] for _, state in run.states]


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


def _through_the_service(
    title: str, about: str, case: Callable[[int], list[Row]]
) -> Callable[[Options], Result]:
    def run(options: Options) -> Result:
        rows = case(options.runs)
        return Result(title, about, tuple(rows), load=os.getloadavg()[0])

    return run


CASES: dict[str, Callable[[Options], Result]] = {
    "smart": smart_rendering,
    "forms": other_forms,
    "peers": peers,
    "growth": growth,
    "memory": memory,
    "spread": spread,
    "again": again,
    "queue": queue,
    "load": load,
    "proxies": proxies,
    "page": in_the_page,
    "plain": _through_the_service("Every frame encoded", PLAIN, against_plain_ffmpeg),
    "cuts": _through_the_service("Many cuts", "Every frame encoded.", cost_of_cuts),
    "short": _through_the_service("Short programmes", "On a warm stack.", short_programme),
    "progress": _through_the_service("Progress", "What `/status` says.", truth_of_progress),
}
