"""Coded cameras as long as one likes, made in a minute: a unit of pictures, encoded once, repeated.

The pictures of a unit are copied one after the other, so that every packet is a real encoder's.
Their numbers therefore begin anew with each unit. The sound is the camera's own all along.
"""

from __future__ import annotations

import heapq
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import av

from benchmarks.place import CACHE, RATE, Cameras
from export_service.coded_media import AudioSpec, CameraSpec, make_camera
from tests.media.decode import FFMPEG
from tests.media.oracle import Known, KnownSound, LeadFormat

CAMERAS = 3


@dataclass(frozen=True)
class Form:
    """How the cameras of a case are coded."""

    name: str
    width: int = 1280
    height: int = 720
    gop_seconds: float = 2
    megabits: float = 6
    #: A whole number of groups of pictures, whatever they are.
    unit_seconds: int = 64
    noise: int = 8

    @property
    def unit_frames(self) -> int:
        """After so many frames the numbers begin anew."""
        return self.unit_seconds * RATE

    def spec(self, camera: int) -> CameraSpec:
        """The unit of one camera: as cameras do it, a constant rate and pictures out of order."""
        rate = f"{self.megabits}M"
        arguments = ["-preset", "veryfast", "-bf", "3", "-b:v", rate, "-maxrate", rate]
        arguments += ["-bufsize", f"{2 * self.megabits}M", "-x264-params", "open-gop=0"]
        if self.noise:
            arguments += ["-vf", f"noise=alls={self.noise}:allf=t"]
        return CameraSpec(
            camera,
            self.unit_frames,
            Fraction(RATE),
            self.width,
            self.height,
            gop_seconds=self.gop_seconds,
            audio=None,
            extra_args=tuple(arguments),
        )


@dataclass(frozen=True)
class Footage:
    """The cameras of a case, and what is known of them."""

    cameras: Cameras
    form: Form
    seconds: int

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """What every frame and every sample of each camera is."""
        return tuple(self._known(number) for number in range(1, CAMERAS + 1))

    def _known(self, camera: int) -> Known:
        form, rate = self.form, Fraction(RATE)
        frames = tuple((n / rate, n % form.unit_frames) for n in range(self.seconds * RATE))
        lead = LeadFormat("h264", form.width, form.height, "yuv420p", rate)
        sound = KnownSound(camera, Fraction(0), Fraction(self.seconds))
        return Known(camera, frames, 1 / rate, lead, sound)


@contextmanager
def footage(form: Form, seconds: int) -> Iterator[Footage]:
    """Three cameras of at least `seconds`; the units are kept, the cameras are gone afterwards."""
    repeats = -(-seconds // form.unit_seconds)
    whole = repeats * form.unit_seconds
    folder = CACHE / f"{form.name}-{whole}"
    names = tuple(f"cam{number}.mp4" for number in range(1, CAMERAS + 1))
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    try:
        for number, name in enumerate(names, 1):
            _repeat(_unit(form, number), _sound(number, whole), repeats, folder / "sources" / name)
        yield Footage(Cameras(folder, names, form.spec(1)), form, whole)
    finally:
        for name in names:
            (folder / "sources" / name).unlink(missing_ok=True)


def _unit(form: Form, camera: int) -> Path:
    path = CACHE / "units" / f"{form.name}-{form.unit_seconds}-{camera}.mp4"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.mp4")
        make_camera(part, form.spec(camera))
        part.replace(path)
    return path


def _sound(camera: int, seconds: int) -> Path:
    path = CACHE / "units" / f"sound-{seconds}-{camera}.m4a"
    if path.exists():
        return path
    part = path.with_suffix(".part.m4a")
    argv = [FFMPEG, "-y", "-v", "error", "-f", "f32le", "-ar", "48000", "-ac", "2", "-i", "pipe:0"]
    argv += ["-c:a", "aac", "-aac_coder", "fast", "-b:a", "160k", str(part)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for block in AudioSpec().blocks(camera, seconds * 48000):
            encoder.stdin.write(block)
        encoder.stdin.close()
    if encoder.returncode:
        raise RuntimeError(f"FFmpeg gave {encoder.returncode}")
    part.replace(path)
    return path


def _repeat(unit: Path, sound: Path, repeats: int, path: Path) -> None:
    """The unit's pictures so many times, and the sound beside them."""
    with (
        av.open(str(unit)) as pictures,
        av.open(str(sound)) as track,
        av.open(str(path), "w") as camera,
    ):
        shown = camera.add_stream_from_template(pictures.streams.video[0])
        heard = camera.add_stream_from_template(track.streams.audio[0])
        packets = [packet for packet in pictures.demux(video=0) if packet.dts is not None]
        base = pictures.streams.video[0].time_base
        assert base is not None
        length = round(Fraction(len(packets), RATE) / base)

        def repeated() -> Iterator[tuple[Fraction, av.Packet[Any]]]:
            for number in range(repeats):
                for packet in packets:
                    assert packet.pts is not None
                    assert packet.dts is not None
                    again = av.Packet(bytes(packet))
                    again.pts = packet.pts + number * length
                    again.dts = packet.dts + number * length
                    again.duration = packet.duration
                    again.time_base = base
                    again.is_keyframe = packet.is_keyframe
                    again.stream = shown
                    yield Fraction(again.dts) * base, again

        def beside() -> Iterator[tuple[Fraction, av.Packet[Any]]]:
            for packet in track.demux(audio=0):
                if packet.dts is not None:
                    assert packet.time_base is not None
                    at = packet.dts * packet.time_base
                    packet.stream = heard
                    yield at, packet

        for _, packet in heapq.merge(repeated(), beside(), key=lambda item: item[0]):
            camera.mux(packet)
