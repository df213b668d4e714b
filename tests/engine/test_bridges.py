"""Bridges stand between copied pictures and look like them, at a price that hardly counts.

Held with the encoders as they are delivered, on three kinds of material. The figures stand in
docs/smart-rendering.md; `-s` prints the table's rows.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.engine.harness import Exported, config_of, export
from tests.media import materials
from tests.media.decode import FFMPEG, read_pts
from tests.media.footage import Source, made
from tests.media.oracle import Known, LeadFormat, constant_frames
from worker.ffmpeg.run import EngineSettings
from worker.ffmpeg.sandbox.walls import Keeping
from worker.render.spec import AssembleSpec, MadePart, read_spec

MEAN_DB, WORST_DB, MOST_BYTES = 40.0, 36.0, 3.0
#: The engine as it is delivered: no presets of a test's own.
DELIVERED = EngineSettings(ffmpeg=FFMPEG, keeping=Keeping(nice=0))
#: Groups of 2 s; bridges of 1 to 45 frames. The three cameras follow each other.
CUTS = (
    (0, 0.2, 3.6), (1, 1.96, 5.4), (2, 1.52, 5.92),
    (0, 1.52, 5.92), (1, 0.2, 3.6), (2, 1.96, 5.4),
    (0, 1.96, 5.4), (1, 1.52, 5.92), (2, 0.2, 3.6),
)  # fmt: skip


class Camera(NamedTuple):
    """How a camera codes: groups of 2 s at the bitrate that its kind of material takes."""

    codec: str
    library: str
    pixels: str
    options: tuple[str, ...]


CAMERAS = {
    "H.264": Camera("h264", "libx264", "yuv420p", ("-crf", "21", "-sc_threshold", "0")),
    "HEVC": Camera("hevc", "libx265", "yuv420p", ("-crf", "24", "-tag:v", "hvc1")),
    "HEVC 10 bit": Camera("hevc", "libx265", "yuv420p10le", ("-crf", "24", "-tag:v", "hvc1")),
}
MATERIALS: dict[str, Callable[[], Iterator[bytes]]] = {
    "grain": materials.grain,
    "film": materials.film,
    "screen": materials.screen,
}


def filmed(number: int, material: str, camera: Camera) -> Source:
    """The material as that camera codes it, its frames numbered from 0."""

    def recipe(path: Path) -> Known:
        argv = [FFMPEG, "-nostdin", "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p"]
        argv += ["-video_size", f"{materials.WIDTH}x{materials.HEIGHT}"]
        argv += ["-framerate", str(materials.RATE), "-i", "pipe:0"]
        argv += ["-c:v", camera.library, "-preset", "veryfast", "-bf", "2", *camera.options]
        if camera.codec == "hevc":
            argv += ["-x265-params", "log-level=error:scenecut=0:open-gop=0"]
        argv += ["-g", "50", "-pix_fmt", camera.pixels, f"file:{path}"]
        subprocess.run(argv, input=b"".join(MATERIALS[material]()), check=True)
        size = (materials.WIDTH, materials.HEIGHT)
        lead = LeadFormat(camera.codec, *size, camera.pixels, materials.RATE)
        frames = constant_frames(materials.FRAMES, materials.RATE)
        return Known(number, frames, 1 / materials.RATE, lead, None)

    source = made(f"{number} {material} {camera.codec} {camera.pixels}.mp4", recipe)
    assert len(read_pts(source.path)) == materials.FRAMES
    return source


@dataclass(frozen=True)
class Bridge:
    """Converted frames of one camera beside copied ones: their decibels and their bytes.

    `whole` are the bytes of the groups of pictures they come from; `alone` is what the camera
    itself takes for so many frames: a key frame of these groups and their other frames on average.
    """

    camera: int
    start: int
    decibels: tuple[float, ...]
    size: int
    whole: int
    alone: float


@pytest.mark.parametrize("kind", CAMERAS)
def test_bridges_look_like_their_source_and_weigh_little(kind: str, tmp_path: Path) -> None:
    sources = [filmed(n, material, CAMERAS[kind]) for n, material in enumerate(MATERIALS)]
    config = config_of(sources, CUTS, codec="copy")
    exported = export(tmp_path, config, sources, engine=DELIVERED)
    bridges = measure(exported, sources, tmp_path)
    count = sum(len(bridge.decibels) for bridge in bridges)
    assert count == exported.rendered.report.totals.converted_frames
    too_bad = []
    for camera, material in enumerate(MATERIALS):
        here = [bridge for bridge in bridges if bridge.camera == camera]
        assert len(here) >= 4
        decibels = [each for bridge in here for each in bridge.decibels]
        heaviest = max(bridge.size / bridge.whole for bridge in here)
        alone = sum(bridge.size for bridge in here) / sum(bridge.alone for bridge in here)
        figures = f"{fmean(decibels):.1f} | {min(decibels):.1f} | {heaviest:.2f} | {alone:.2f}"
        row = f"| {kind} | {material} | {figures} |"
        print(row)
        if fmean(decibels) < MEAN_DB or min(decibels) < WORST_DB:
            too_bad += [row, *map(_line, here)]
        if max(heaviest, alone) > MOST_BYTES:
            too_bad += [row, *map(_line, here)]
    assert not too_bad, "\n".join(too_bad)


def _line(bridge: Bridge) -> str:
    return (
        f"frame {bridge.start}: {len(bridge.decibels)} frames of {min(bridge.decibels):.1f} dB and "
        f"more, {bridge.size} bytes for groups of {bridge.whole}, alone {bridge.alone:.0f}"
    )


def measure(exported: Exported, sources: Sequence[Source], folder: Path) -> list[Bridge]:
    """Every bridge of an export, cut by camera, held against what its frames are in the source."""
    due = [list(pictures(source.path)) for source in sources]
    coded = [groups(source.path) for source in sources]
    sizes = sizes_shown(exported.rendered.path)
    made_frames = set[int]()
    for part in read_spec(folder / "work" / "assemble.spec", AssembleSpec).parts:
        if isinstance(part, MadePart):
            made_frames |= set(range(part.start, part.start + part.frames))
    found: list[tuple[int, int, int, float]] = []
    for n, delivered in enumerate(pictures(exported.rendered.path)):
        code = exported.expected.frames[n]
        assert code is not None
        decibels = psnr(due[code.camera][code.frame], delivered)
        if n in made_frames:
            found.append((n, code.camera, code.frame, decibels))
        else:
            assert decibels == np.inf, "copied, and not to the pixel"
    bridges = []
    for (_, camera), run in groupby(
        enumerate(found), lambda each: (each[1][0] - each[0], each[1][1])
    ):
        frames = [each for _, each in run]
        group_of, group_sizes = coded[camera]
        touched = [group_of[frame] for _, _, frame, _ in frames]
        keys = fmean(group_sizes[group][0] for group in touched)
        others = fmean(fmean(group_sizes[group][1:]) for group in touched)
        bridges.append(
            Bridge(
                camera,
                frames[0][0],
                tuple(decibels for *_, decibels in frames),
                sum(sizes[n] for n, *_ in frames),
                sum(sum(group_sizes[group]) for group in set(touched)),
                keys + (len(touched) - 1) * others,
            )
        )
    return bridges


def psnr(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Over the samples of all three planes; what is alike is infinitely good."""
    error = float(((a - b) ** 2).mean())
    return float("inf") if error == 0 else float(-10 * np.log10(error))


def pictures(path: Path) -> Iterator[NDArray[np.float64]]:
    """The samples of each presented frame, all planes, from 0 to 1."""
    with av.open(str(path)) as media:
        for frame in media.decode(video=0):
            most = (1 << frame.format.components[0].bits) - 1
            yield frame.to_ndarray() / most


def groups(path: Path) -> tuple[list[int], list[list[int]]]:
    """By frame as shown the number of its group of pictures; by group the bytes of its pictures."""
    sizes: list[list[int]] = []
    shown: list[tuple[int, int]] = []
    with av.open(str(path)) as media:
        for packet in media.demux(media.streams.video[0]):
            if packet.pts is not None:
                if packet.is_keyframe:
                    sizes.append([])
                sizes[-1].append(packet.size)
                shown.append((packet.pts, len(sizes) - 1))
    return [group for _, group in sorted(shown)], sizes


def sizes_shown(path: Path) -> list[int]:
    """The bytes of each frame's packet, in the order in which they are shown."""
    with av.open(str(path)) as media:
        packets = media.demux(media.streams.video[0])
        return [size for _, size in sorted((p.pts, p.size) for p in packets if p.pts is not None)]
