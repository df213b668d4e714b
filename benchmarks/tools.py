"""Other programs that cut: where they come from, and how each is asked for the same programme.

They live in environments of their own below .cache/, never among the project's requirements. One
that cannot be had here says so in its row.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.meter import Meter
from benchmarks.place import CACHE, RATE
from benchmarks.rivals import Task
from tests.media.oracle import Expected, Part

#: What each needs from the package index. Pinned: a peer's numbers belong to a version.
WANTED = {
    "smartcut": "smartcut==1.7",
    "moviepy": "moviepy==2.2.1",
    "auto-editor": "auto-editor==29.3.1",
}
PROFILE = "atsc_720p_30"


class NotHere(RuntimeError):
    """A peer cannot be had on this machine."""


def environment(name: str) -> Path:
    """The programs folder of a peer's own environment, made at first."""
    folder = CACHE.parent / "peers" / name
    ready = folder / ".ready"
    if not ready.exists() or ready.read_text() != WANTED[name]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _quietly([sys.executable, "-m", "venv", folder], name)
        _quietly([folder / "bin" / "pip", "install", "-q", WANTED[name]], name)
        ready.write_text(WANTED[name])
    return folder / "bin"


def _quietly(argv: Sequence[str | Path], name: str) -> None:
    done = subprocess.run(argv, capture_output=True, check=False)
    if done.returncode:
        raise NotHere(f"{name} does not install here")


def version(name: str) -> str:
    """A peer's name and version for its row."""
    return WANTED[name].replace("==", " ")


def start_of(part: Part) -> int:
    """The first source frame of a part."""
    return round(part.anchor * RATE)


def keep_list(parts: Sequence[Part]) -> str:
    """The frames that smartcut keeps, as it wants to be told: first and last of each range.

    >>> from fractions import Fraction
    >>> keep_list([Part(0, 0, 0, 30, Fraction(2), True), Part(1, 0, 30, 45, Fraction(5), True)])
    '60,89,150,164'
    """
    ranges = [(start_of(part), start_of(part) + part.end - part.start - 1) for part in parts]
    return ",".join(f"{start},{end}" for start, end in ranges)


def chunks(parts: Sequence[Part], frames: int) -> list[tuple[int, int, float]]:
    """A source of `frames` as auto-editor's first timeline has it: (start, end, speed).

    >>> from fractions import Fraction
    >>> chunks([Part(0, 0, 0, 30, Fraction(2), True)], 100)
    [(0, 60, 99999.0), (60, 90, 1.0), (90, 100, 99999.0)]
    """
    found: list[tuple[int, int, float]] = []
    position = 0
    for part in parts:
        start = start_of(part)
        end = start + part.end - part.start
        if start > position:
            found.append((position, start, 99999.0))
        found.append((start, end, 1.0))
        position = end
    if position < frames:
        found.append((position, frames, 99999.0))
    return found


def clips(cameras: Sequence[Path], parts: Sequence[Part]) -> list[str]:
    """The parts as melt's command line has them: first and last frame of each.

    >>> from fractions import Fraction
    >>> clips([Path("cam.mp4")], [Part(0, 0, 0, 30, Fraction(2), True)])
    ['cam.mp4', 'in=60', 'out=89']
    """
    words: list[str] = []
    for part in parts:
        start = start_of(part)
        last = start + part.end - part.start - 1
        words += [str(cameras[part.source]), f"in={start}", f"out={last}"]
    return words


Run = Callable[[Meter, Task], None]


def ask_for_melt() -> str:
    """Where melt is."""
    program = shutil.which("melt")
    if program is None:
        raise NotHere("not installed (Debian: `melt`)")
    return program


def ask_for_auto_editor() -> Path:
    """Where auto-editor is. Its package holds no program: that is fetched at the first call."""
    program = environment("auto-editor") / "auto-editor"
    if subprocess.run([program, "--version"], capture_output=True, check=False).returncode:
        raise NotHere("its package fetches the program when first called, which failed here")
    return program


def by_smartcut(expected: Expected) -> Run:
    """Its own command line, told frames."""

    def run(meter: Meter, task: Task) -> None:
        program = environment("smartcut") / "smartcut"
        camera = task.cuts[0][0]
        keep = keep_list(expected.parts)
        meter.run([program, camera, task.output("smartcut"), "--frames", "--keep", keep])

    return run


def by_moviepy() -> Run:
    """Clips of the cameras, put one after the other."""

    def run(meter: Meter, task: Task) -> None:
        python = environment("moviepy") / "python"
        script = Path(__file__).with_name("with_moviepy.py")
        cuts = task.folder / "moviepy.json"
        cuts.write_text(json.dumps([(str(camera), a, b) for camera, a, b in task.cuts]))
        meter.run([python, script, cuts, task.output("moviepy"), str(RATE)])

    return run


def by_melt(expected: Expected) -> Run:
    """A playlist on the command line, encoded by as many threads as there are cores."""

    def run(meter: Meter, task: Task) -> None:
        cameras = [task.media / "sources" / one["filePath"] for one in task.config["sources"]]
        argv: list[str | Path] = [ask_for_melt(), "-quiet", "-profile", PROFILE]
        argv += clips(cameras, expected.parts)
        argv += ["-consumer", f"avformat:{task.output('melt')}", "real_time=-2", "vcodec=libx264"]
        argv += ["preset=veryfast", "crf=20", "acodec=aac", "ab=256k", "ar=48000"]
        meter.run(argv, QT_QPA_PLATFORM="offscreen")

    return run


def by_auto_editor(expected: Expected) -> Run:
    """A timeline of one source, as it exports and imports them."""

    def run(meter: Meter, task: Task) -> None:
        program = environment("auto-editor") / "auto-editor"
        camera = task.cuts[0][0]
        frames = len(expected.known[0].frames)
        timeline = task.folder / "timeline.json"
        told = {"version": "1", "source": str(camera), "chunks": chunks(expected.parts, frames)}
        timeline.write_text(json.dumps(told))
        meter.run([program, timeline, "-o", task.output("auto-editor"), "-c:v", "libx264"])

    return run
