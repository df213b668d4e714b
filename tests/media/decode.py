"""What a finished file really holds, read without a line of the engine.

FFmpeg's own command line decodes picture and sound as a player presents them (edit lists, priming
and pre-skip honoured); PyAV gives the exact timestamps. Both stop at the first thing they
complain of, so a file that decodes only with a grumble is a finding.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from export_service.coded_media import Area, Code, Luma, picture_area, read_code

FFMPEG: str = imageio_ffmpeg.get_ffmpeg_exe()
SOUND_RATE = 48000

Stereo = NDArray[np.float32]


@dataclass(frozen=True)
class Picture:
    """One presented frame: its code, or None when unreadable; its area, or None when black."""

    code: Code | None
    area: Area | None

    @property
    def is_black(self) -> bool:
        return self.area is None


@dataclass(frozen=True)
class Facts:
    """What the container says about itself."""

    video_codec: str
    video_tag: str
    width: int
    height: int
    pix_fmt: str
    rate: Fraction
    colour: tuple[str, str, str, str]
    audio_codec: str | None
    audio_rate: int
    audio_channels: int
    duration: Fraction
    streams: int
    has_moov_first: bool
    is_turned: bool
    sar: Fraction

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height as a player shows the pictures: upright, with square pixels."""
        width = round(self.width * self.sar)
        return (self.height, width) if self.is_turned else (width, self.height)


@dataclass(frozen=True)
class Decoded:
    """A file as a player presents it."""

    facts: Facts
    pictures: tuple[Picture, ...]
    #: Presentation times in seconds, exact.
    pts: tuple[Fraction, ...]
    #: Samples at 48 kHz from presentation time 0 on, two columns; None without a track.
    sound: Stereo | None
    complaints: str


def decode(path: Path, *, key: Callable[[Luma], object] | None = None) -> Decoded:
    """Everything at once, in one pass of FFmpeg over the file; `key` sees each luma as well."""
    facts = read_facts(path)
    pictures: list[Picture] = []

    def take(luma: Luma) -> None:
        area = picture_area(luma)
        pictures.append(Picture(None if area is None else read_code(luma, area), area))
        if key is not None:
            key(luma)

    sound, complaints = _run_ffmpeg(path, facts, take)
    return Decoded(facts, tuple(pictures), read_pts(path), sound, complaints)


def lumas(path: Path, size: tuple[int, int] | None = None) -> Iterator[Luma]:
    """The luma of every presented frame of a file, scaled to `size` where one is given."""
    width, height = size or read_facts(path).shown_size
    scale = f"scale={width}:{height}:flags=bicubic+accurate_rnd," if size else ""
    argv = [FFMPEG, "-nostdin", "-v", "error", "-i", f"file:{path}", "-map", "0:V:0"]
    argv += ["-fps_mode", "passthrough", "-vf", f"{scale}format=yuv420p,extractplanes=y"]
    argv += ["-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while len(block := process.stdout.read(width * height)) == width * height:
            yield np.frombuffer(block, dtype=np.uint8).reshape(height, width)
    assert process.returncode == 0, path


def _luma(facts: Facts) -> tuple[str, ...]:
    """The luma plane alone and untouched; deeper pictures are taken to eight bits."""
    width, height = facts.shown_size
    shape = "" if facts.sar == 1 else f"scale={width}:{height},"
    return (
        *("-map", "0:V:0", "-fps_mode", "passthrough", "-enc_time_base", "demux"),
        *("-vf", f"{shape}format=yuv420p,extractplanes=y"),
        *("-f", "rawvideo", "-pix_fmt", "gray"),
    )


def _run_ffmpeg(
    path: Path, facts: Facts, take: Callable[[Luma], None]
) -> tuple[Stereo | None, str]:
    reading, writing = os.pipe()
    argv = [FFMPEG, "-nostdin", "-v", "error", "-i", f"file:{path}", *_luma(facts), "pipe:1"]
    if facts.audio_codec is not None:
        # By the clock, as a player does it: a gap in the timestamps is heard as silence.
        align = f"aresample={SOUND_RATE}:async=1:first_pts=0:min_hard_comp=0.0015"
        argv += ["-map", "0:a:0", "-af", align, "-ac", "2", "-f", "f32le", f"pipe:{writing}"]
    chunks: list[bytes] = []

    def listen() -> None:
        with os.fdopen(reading, "rb") as pipe:
            while block := pipe.read(1 << 20):
                chunks.append(block)

    listener = threading.Thread(target=listen)
    with tempfile.TemporaryFile() as log:
        with subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=log, pass_fds=(writing,)
        ) as process:
            os.close(writing)
            listener.start()
            assert process.stdout is not None
            width, height = facts.shown_size
            size = width * height
            while len(block := process.stdout.read(size)) == size:
                take(np.frombuffer(block, dtype=np.uint8).reshape(height, width))
            assert not block, "the last picture is cut off"
        listener.join()
        log.seek(0)
        complaints = log.read().decode(errors="replace")
    if process.returncode:
        complaints += f"FFmpeg gave {process.returncode}"
    if facts.audio_codec is None:
        return None, complaints
    return np.frombuffer(b"".join(chunks), dtype=np.float32).reshape(-1, 2), complaints


def read_pts(path: Path) -> tuple[Fraction, ...]:
    """The exact presentation times of the frames of the main picture, in order."""
    with av.open(str(path)) as media:
        stream = _picture_track(media)
        base = stream.time_base
        assert base is not None
        times = [
            packet.pts * base
            for packet in media.demux(stream)
            if packet.pts is not None and not packet.is_discard
        ]
    return tuple(sorted(times))


def _picture_track(media: av.container.InputContainer) -> av.VideoStream:
    attached = 0x400
    return next(s for s in media.streams.video if not int(s.disposition) & attached)


def read_facts(path: Path) -> Facts:
    """What the container says, and the first picture."""
    with av.open(str(path)) as media:
        video = _picture_track(media)
        audio = media.streams.audio[0] if media.streams.audio else None
        context = video.codec_context
        colour = (
            context.color_range,
            context.color_primaries,
            context.color_trc,
            context.colorspace,
        )
        return Facts(
            video_codec=context.name,
            video_tag=context.codec_tag,
            width=video.width,
            height=video.height,
            pix_fmt=context.pix_fmt or "",
            rate=Fraction(video.average_rate or 0),
            colour=(str(colour[0]), str(colour[1]), str(colour[2]), str(colour[3])),
            audio_codec=audio.codec_context.name if audio else None,
            audio_rate=audio.codec_context.sample_rate if audio else 0,
            audio_channels=audio.codec_context.channels if audio else 0,
            duration=Fraction(media.duration or 0, 1_000_000),
            streams=len(media.streams),
            has_moov_first=_has_moov_first(path),
            is_turned=next(media.decode(video)).rotation % 180 != 0,
            sar=Fraction(video.sample_aspect_ratio or 1),
        )


def _has_moov_first(path: Path) -> bool:
    with path.open("rb") as file:
        at, size = 0, path.stat().st_size
        while at < size:
            file.seek(at)
            head = file.read(16)
            length, kind = int.from_bytes(head[:4], "big"), head[4:8]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            at += int.from_bytes(head[8:16], "big") if length == 1 else max(8, length)
    return False


def uneven_steps(pts: tuple[Fraction, ...], rate: Fraction, base: Fraction) -> list[int]:
    """The frames that do not lie on the grid n / rate, as well as the container can say it."""
    return [n for n, at in enumerate(pts) if abs(at - n / rate) > base / 2]
