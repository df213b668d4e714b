"""Twenty small films, each coded and packed in another way: what is mutated."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.media.decode import FFMPEG

SECONDS = 1
_PICTURE = ("-f", "lavfi", "-i", f"testsrc2=size=160x96:rate=25:duration={SECONDS}")
_SOUND = ("-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={SECONDS}")
_X264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "10")
_X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=10")
_AAC = ("-c:a", "aac", "-ac", "2")


class Seed(NamedTuple):
    """A film by how it is made; `suffix` names its container."""

    name: str
    suffix: str
    arguments: tuple[str, ...]
    has_sound: bool = True


SEEDS = (
    Seed("h264 reordered", "mp4", (*_X264, "-bf", "3", *_AAC)),
    Seed("h264 index in front", "mp4", (*_X264, "-movflags", "+faststart", *_AAC)),
    Seed("h264 in slices", "mp4", (*_X264, "-profile:v", "baseline", "-x264-params", "slices=4",
                                   *_AAC)),
    Seed("h264 open groups", "mov", (*_X264, "-x264-params", "open-gop=1", "-c:a", "pcm_s16le")),
    Seed("h264 in fragments", "mp4", (*_X264, "-movflags", "+frag_keyframe+empty_moov", *_AAC)),
    Seed("h264 interlaced", "mp4", (*_X264, "-flags", "+ildct+ilme", *_AAC)),
    Seed("h264 without sound", "mp4", _X264, has_sound=False),
    Seed("h264 turned", "mp4", (*_X264, "-metadata:s:v", "rotate=90", *_AAC)),
    Seed("h264", "mkv", (*_X264, *_AAC)),
    Seed("h264", "ts", (*_X264, "-f", "mpegts", *_AAC)),
    Seed("h264", "avi", (*_X264, "-bf", "0", "-c:a", "libmp3lame")),
    Seed("hevc", "mp4", (*_X265, "-tag:v", "hvc1", *_AAC)),
    Seed("hevc in 10 bits", "mkv", (*_X265, "-pix_fmt", "yuv420p10le", "-c:a", "flac")),
    Seed("vp9", "webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8",
                         "-c:a", "libopus")),
    Seed("vp8", "webm", ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis")),
    Seed("av1", "mp4", ("-c:v", "libsvtav1", "-preset", "12", "-svtav1-params", "lp=1", *_AAC)),
    Seed("prores", "mov", ("-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", "-profile:v", "0",
                           "-c:a", "pcm_s24le")),
    Seed("motion jpeg", "mov", ("-c:v", "mjpeg", "-pix_fmt", "yuvj422p", "-c:a", "pcm_s16le")),
    Seed("mpeg 2", "ts", ("-c:v", "mpeg2video", "-f", "mpegts", "-c:a", "mp2")),
    Seed("mpeg 4", "mkv", ("-c:v", "mpeg4", "-c:a", "ac3")),
)  # fmt: skip


@cache
def film(seed: Seed, folder: Path) -> bytes:
    """The healthy film; it is made once in a folder."""
    path = folder / f"{seed.name}.{seed.suffix}"
    if not path.exists():
        # Several processes may find it missing at once.
        part = path.with_suffix(f".part-{os.getpid()}.{seed.suffix}")
        inputs = (*_PICTURE, *_SOUND) if seed.has_sound else _PICTURE
        command = (FFMPEG, "-nostdin", "-v", "error", "-y", *inputs, *seed.arguments, str(part))
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        part.rename(path)
    return path.read_bytes()
