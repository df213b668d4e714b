"""Cameras that prove themselves: every frame carries its own number, every sample its own place.

The demo and the tests export such footage and read the result back, so a wrong frame or a shifted
sound cannot hide. A picture holds camera, frame number and a check code as 32 large black and
white cells over a moving texture; they survive lossy coding, scaling and letterboxing. The sound
of a camera is a pure function of time, a sum of partials that are its own, so that correlation
finds its place to the sample anywhere in a file of hours.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Sound = NDArray[np.float32]

CAMERA_BITS, FRAME_BITS, CHECK_BITS = 5, 19, 8
ROWS, COLUMNS = 4, 8
#: The part of the picture that the cells take; the rest is texture, whose luma stays between
#: 70 and 180 so that the picture can be told from black bars around it.
LEFT, RIGHT, TOP, BOTTOM = 0.06, 0.94, 0.22, 0.78
DARK, LIGHT, MIDDLE = 22, 232, 126
#: A cell nearer to the middle than this is neither black nor white: two frames are blended in it.
CONTRAST = 40
#: Above the black of bars with its coding noise, below the darkest texture.
BAR = 46

PARTIALS = 32
LOWEST_HZ, HIGHEST_HZ = 250.0, 7000.0
LEVEL = 0.15
_BLOCK = 4096


class Code(NamedTuple):
    """What a frame says about itself."""

    camera: int
    frame: int


class Area(NamedTuple):
    """The part of a picture inside its black bars, half-open, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _check(value: int) -> int:
    return ((value + 1) * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - CHECK_BITS)


def _cells(camera: int, frame: int) -> NDArray[np.bool_]:
    if not (0 <= camera < 1 << CAMERA_BITS and 0 <= frame < 1 << FRAME_BITS):
        raise ValueError(f"camera {camera}, frame {frame} do not fit the code")
    value = camera << FRAME_BITS | frame
    word = value << CHECK_BITS | _check(value)
    bits = [word >> bit & 1 for bit in reversed(range(ROWS * COLUMNS))]
    return np.array(bits, dtype=np.bool_).reshape(ROWS, COLUMNS)


@lru_cache(maxsize=16)
def _texture(camera: int, width: int, height: int) -> Luma:
    """A tile that repeats itself to the right, one picture wider than it is long."""
    rng = np.random.default_rng([camera, 7])
    step = max(4, width // 40)
    columns, rows = -(-width // step), -(-height // step) + 1
    coarse = rng.uniform(70, 180, (rows, columns))
    coarse = np.concatenate([coarse, coarse[:, :1]], axis=1)
    x = np.arange(columns * step) / step
    y = np.arange(height) / step
    across = np.stack([np.interp(x, np.arange(columns + 1), row) for row in coarse])
    low = np.floor(y).astype(np.intp)
    part = (y - low)[:, None]
    tile = across[low] * (1 - part) + across[low + 1] * part
    return np.concatenate([tile, tile[:, :width]], axis=1).astype(np.uint8)


def paint(camera: int, frame: int, width: int, height: int) -> Luma:
    """The luma of one frame, in video range: moving texture with the code in its middle.

    >>> read_code(paint(3, 12345, 96, 54))
    Code(camera=3, frame=12345)
    """
    tile = _texture(camera, width, height)
    shift = frame * max(2, width // 160) % (tile.shape[1] - width)
    picture = tile[:, shift : shift + width].copy()
    x = np.rint(np.linspace(LEFT, RIGHT, COLUMNS + 1) * width).astype(int)
    y = np.rint(np.linspace(TOP, BOTTOM, ROWS + 1) * height).astype(int)
    cells = np.where(_cells(camera, frame), LIGHT, DARK).astype(np.uint8)
    block = np.repeat(np.repeat(cells, np.diff(y), axis=0), np.diff(x), axis=1)
    picture[y[0] : y[-1], x[0] : x[-1]] = block
    return picture


def tint(camera: int) -> tuple[int, int]:
    """The chroma (Cb, Cr) of a camera, so that people can tell them apart as well."""
    angle = camera * 2.399963 + 0.6
    return int(128 + 44 * np.cos(angle)), int(128 + 44 * np.sin(angle))


def is_black(luma: Luma) -> bool:
    """Whether a picture shows nothing at all.

    >>> is_black(np.full((54, 96), 16, dtype=np.uint8)), is_black(paint(0, 0, 96, 54))
    (True, False)
    """
    return picture_area(luma) is None


def picture_area(luma: Luma) -> Area | None:
    """The rectangle inside the black bars, or None for a black picture."""
    bright = luma > BAR
    # A row or column of picture is bright for a good part; ringing beside an edge is not.
    rows = np.flatnonzero(bright.mean(axis=1) > 0.08)
    columns = np.flatnonzero(bright.mean(axis=0) > 0.08)
    if not len(rows) or not len(columns):
        return None
    return Area(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


@lru_cache(maxsize=64)
def _samples(area: Area) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Five by five points in the middle half of each cell."""
    inside = np.linspace(0.3, 0.7, 5)
    x = LEFT + (RIGHT - LEFT) * (np.arange(COLUMNS)[:, None] + inside).ravel() / COLUMNS
    y = TOP + (BOTTOM - TOP) * (np.arange(ROWS)[:, None] + inside).ravel() / ROWS
    columns = area.left + np.floor(x * (area.right - area.left)).astype(np.intp)
    rows = area.top + np.floor(y * (area.bottom - area.top)).astype(np.intp)
    return rows[:, None], columns


def read_code(luma: Luma, area: Area | None = None) -> Code | None:
    """Camera and frame number of a picture, or None if it is black, blended or damaged.

    `area` is where the coded picture lies in `luma`; by default that is found by its black bars.
    """
    where = area or picture_area(luma)
    if where is None:
        return None
    points = luma[_samples(where)].reshape(ROWS, 5, COLUMNS, 5).astype(np.float32)
    cells = points.mean(axis=(1, 3)).ravel() - MIDDLE
    if np.abs(cells).min() < CONTRAST:
        return None
    word = int("".join("1" if bit else "0" for bit in cells > 0), 2)
    value = word >> CHECK_BITS
    if _check(value) != word & (1 << CHECK_BITS) - 1:
        return None
    return Code(value >> FRAME_BITS, value & (1 << FRAME_BITS) - 1)


class _Partials(NamedTuple):
    """What one channel is made of: radians per sample, phases, and their run over one block."""

    omega: NDArray[np.float64]
    phase: NDArray[np.float64]
    block: NDArray[np.float32]


@lru_cache(maxsize=64)
def _partials(camera: int, channel: int, rate: int) -> _Partials:
    rng = np.random.default_rng([camera, channel, 11])
    edges = np.geomspace(LOWEST_HZ, HIGHEST_HZ, PARTIALS + 1)
    omega = 2 * np.pi * rng.uniform(edges[:-1], edges[1:]) / rate
    angles = np.outer(omega, np.arange(_BLOCK))
    block = np.concatenate([np.cos(angles), np.sin(angles)], axis=0).astype(np.float32)
    return _Partials(omega, rng.uniform(0, 2 * np.pi, PARTIALS), block)


def tone(camera: int, start: int, count: int, rate: int = 48000, channel: int = 0) -> Sound:
    """`count` samples of a camera's sound from sample `start` on, which may be negative.

    A function of time alone: sample n at any rate has the value of the instant n / rate.
    """
    partials = _partials(camera, channel, rate)
    begins = start + np.arange(-(-count // _BLOCK), dtype=np.int64) * _BLOCK
    angles = np.outer(begins, partials.omega) + partials.phase
    # cos(a + b) as one matrix product, which makes an hour of sound in seconds.
    turned = np.concatenate([np.cos(angles), -np.sin(angles)], axis=1).astype(np.float32)
    sound: Sound = (turned @ partials.block).ravel()[:count]
    return sound * np.float32(LEVEL * np.sqrt(2 / PARTIALS))


@dataclass(frozen=True)
class AudioSpec:
    """The sound track of a camera: how it is coded and how much of it there is."""

    rate: int = 48000
    channels: int = 2
    codec: str = "aac"
    bitrate: str = "160k"
    #: None: as long as the picture.
    seconds: Fraction | None = None

    def blocks(self, camera: int, count: int) -> Iterator[bytes]:
        """The first `count` samples as interleaved 32-bit floats, a few seconds at a time."""
        step = _BLOCK * 64
        for start in range(0, count, step):
            size = min(step, count - start)
            tracks = [tone(camera, start, size, self.rate, c) for c in range(self.channels)]
            yield np.stack(tracks, axis=1).tobytes()


@dataclass(frozen=True)
class CameraSpec:
    """Everything that decides what a synthetic camera file holds."""

    camera: int
    frames: int
    rate: Fraction = Fraction(30)
    width: int = 1280
    height: int = 720
    codec: str = "libx264"
    gop_seconds: float = 2.0
    audio: AudioSpec | None = field(default_factory=AudioSpec)
    #: Given to FFmpeg in front of the file name; they win over the arguments chosen here.
    extra_args: tuple[str, ...] = ()
    #: Picture n carries the number `first_frame + n`.
    first_frame: int = 0

    @property
    def audio_samples(self) -> int:
        """How many samples the sound track has."""
        if self.audio is None:
            return 0
        length = self.audio.seconds
        return round((self.frames / self.rate if length is None else length) * self.audio.rate)


_ENCODERS: dict[str, tuple[str, ...]] = {
    "libx264": ("-preset", "ultrafast", "-crf", "23"),
    "libx265": (
        *("-preset", "ultrafast", "-crf", "26", "-tag:v", "hvc1"),
        *("-x265-params", "log-level=error:scenecut=0"),
    ),
    "libvpx-vp9": ("-deadline", "realtime", "-cpu-used", "8", "-crf", "34", "-b:v", "0"),
}


def make_camera(path: Path, spec: CameraSpec, *, ffmpeg: str | None = None) -> Path:
    """Write the file that `spec` describes and return its path; a failure raises RuntimeError."""
    size = f"{spec.width}x{spec.height}"
    gop = max(1, round(spec.gop_seconds * float(spec.rate)))
    argv = [ffmpeg or _bundled_ffmpeg(), "-nostdin", "-y", "-v", "error", "-nostats"]
    argv += ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", str(spec.rate)]
    argv += ["-color_range", "tv", "-colorspace", "bt709", "-color_trc", "bt709"]
    argv += ["-color_primaries", "bt709"]
    with contextlib.ExitStack() as stack:
        video = _Feed(stack, lambda: _pictures(spec))
        feeds = [video]
        argv += ["-i", f"pipe:{video.reading}"]
        encode = ["-c:v", spec.codec, *_ENCODERS.get(spec.codec, ())]
        if spec.codec == "libx264":
            encode += ["-sc_threshold", "0"]
        encode += ["-g", str(gop), "-pix_fmt", "yuv420p"]
        if spec.audio is not None:
            sound, count = spec.audio, spec.audio_samples
            audio = _Feed(stack, lambda: sound.blocks(spec.camera, count))
            feeds.append(audio)
            argv += ["-f", "f32le", "-ar", str(sound.rate), "-ac", str(sound.channels)]
            argv += ["-i", f"pipe:{audio.reading}"]
            encode += ["-c:a", sound.codec, "-b:a", sound.bitrate]
        argv += [*encode, *spec.extra_args, f"file:{path}"]
        _run(argv, feeds)
    return path


def _pictures(spec: CameraSpec) -> Iterator[bytes]:
    cb, cr = tint(spec.camera)
    plane = (-(-spec.width // 2)) * (-(-spec.height // 2))
    chroma = bytes([cb]) * plane + bytes([cr]) * plane
    for number in range(spec.first_frame, spec.first_frame + spec.frames):
        yield paint(spec.camera, number, spec.width, spec.height).tobytes() + chroma


class _Feed:
    """One pipe into FFmpeg with a thread that fills it."""

    def __init__(self, stack: contextlib.ExitStack, make: Callable[[], Iterator[bytes]]) -> None:
        reading, writing = os.pipe()
        self.reading = reading
        self._child_end = stack.enter_context(os.fdopen(reading, "rb", buffering=0))
        self._our_end = stack.enter_context(os.fdopen(writing, "wb", buffering=0))
        self._make = make
        self._thread = threading.Thread(target=self._fill, daemon=True)

    def start(self) -> None:
        """Leave the reading end to the child alone and begin to write."""
        self._child_end.close()
        self._thread.start()

    def finish(self) -> None:
        """Wait until everything is written, or until the child wanted no more."""
        self._thread.join()

    def _fill(self) -> None:
        # A broken pipe: FFmpeg had enough (-t, -frames:v) or failed, which its return code says.
        with contextlib.suppress(BrokenPipeError), self._our_end:
            for block in self._make():
                view = memoryview(block)
                while view:
                    view = view[self._our_end.write(view) or 0 :]


def _run(argv: Sequence[str], feeds: Sequence[_Feed]) -> None:
    pipes = tuple(feed.reading for feed in feeds)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stderr=log, pass_fds=pipes)
        try:
            for feed in feeds:
                feed.start()
            code = process.wait()
        finally:
            process.kill()
            process.wait()
            for feed in feeds:
                feed.finish()
        if code:
            log.seek(0)
            reason = log.read().decode(errors="replace").strip()
            raise RuntimeError(f"FFmpeg gave {code}: {reason}")


def _bundled_ffmpeg() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())
