"""The same programme in other ways: the pipeline that was replaced, one plain FFmpeg, and cp."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.meter import Meter
from benchmarks.place import RATE
from tests.media.decode import FFMPEG
from worker.ffmpeg.commands import SOUND_OPTIONS
from worker.plan.output import ENCODERS, KEY_FRAME_SECONDS

QUIET = (FFMPEG, "-nostdin", "-y", "-v", "error")
EXPORT_SERVICE = Path(sys.executable).parent / "export-service"


@dataclass(frozen=True)
class Task:
    """A programme to make: its config, its media folder, and a folder to work in."""

    config: Mapping[str, Any]
    media: Path
    folder: Path

    @property
    def cuts(self) -> list[tuple[Path, float, float]]:
        """Each segment as a camera file and its seconds."""
        names = [source["filePath"] for source in self.config["sources"]]
        return [
            (self.media / "sources" / names[s["sourceIndex"]], s["startTime"], s["endTime"])
            for s in self.config["segments"]
        ]

    def output(self, name: str) -> Path:
        """Where the result of a way goes."""
        return self.folder / f"{name}.mp4"


def smart(meter: Meter, task: Task) -> None:
    """The engine alone, by its command line."""
    config = task.folder / "config.json"
    config.write_text(json.dumps(task.config))
    argv: list[str | Path] = [EXPORT_SERVICE, "render", config, "-o", task.output("smart")]
    argv += ["--media", task.media, "--report", task.folder / "report.json"]
    meter.run(argv, EXPORT_NICE="0")


def naive(meter: Meter, task: Task) -> None:
    """Each segment copied from the key frame before it, then all of them put together."""
    pieces = task.folder / "pieces"
    pieces.mkdir()
    paths = [pieces / f"{number:05}.mp4" for number in range(len(task.cuts))]
    for cut, path in zip(task.cuts, paths, strict=True):
        meter.run(copy_cut(*cut, path))
    (pieces / "list.txt").write_text("".join(f"file '{path}'\n" for path in paths))
    joined = ["-f", "concat", "-safe", "0", "-i", str(pieces / "list.txt"), "-c", "copy"]
    meter.run([*QUIET, *joined, task.output("naive")])
    shutil.rmtree(pieces)


def copy_cut(camera: Path, start: float, end: float, path: Path) -> list[str]:
    """The command that copies one segment.

    >>> " ".join(copy_cut(Path("cam.mp4"), 1.5, 4, Path("0.mp4"))[5:])
    '-ss 1.5 -to 4 -i cam.mp4 -c copy -avoid_negative_ts make_zero 0.mp4'
    """
    times = ["-ss", str(start), "-to", str(end), "-i", str(camera)]
    return [*QUIET, *times, "-c", "copy", "-avoid_negative_ts", "make_zero", str(path)]


def plain(meter: Meter, task: Task) -> None:
    """One FFmpeg that encodes the whole programme from a list of cuts, as the service would."""
    cuts = task.folder / "cuts.txt"
    cuts.write_text(cut_list(task.cuts))
    encoder = ENCODERS["h264"]
    argv = [*QUIET, "-f", "concat", "-safe", "0", "-i", str(cuts), "-c:v", encoder.library]
    argv += ["-preset", encoder.preset, "-crf", str(encoder.crf["high"])]
    argv += ["-g", str(KEY_FRAME_SECONDS * RATE), "-r", str(RATE), "-pix_fmt", "yuv420p"]
    argv += ["-c:a", "aac", *SOUND_OPTIONS["aac"], "-movflags", "+faststart"]
    meter.run([*argv, task.output("plain")])


def cut_list(cuts: list[tuple[Path, float, float]]) -> str:
    """What FFmpeg's concat demuxer reads.

    >>> print(cut_list([(Path("cam.mp4"), 1.5, 4)]), end="")
    file 'cam.mp4'
    inpoint 1.5
    outpoint 4
    """
    return "".join(
        f"file '{camera}'\ninpoint {start}\noutpoint {end}\n" for camera, start, end in cuts
    )


def copy_file(meter: Meter, task: Task) -> None:
    """`cp` of what the engine made."""
    meter.run(["cp", task.output("smart"), task.output("cp")])


def copy_and_sync(meter: Meter, task: Task) -> None:
    """The same, until the disk has it: the engine too returns only then."""
    copy_file(meter, task)
    meter.run(["sync", task.output("cp")])
