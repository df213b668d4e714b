"""The cameras that are damaged, and what a healthy one of them holds, sample by sample."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import av

from export_service.coded_media import CameraSpec, make_camera
from tests.media.cameras import WAYS
from tests.media.footage import Source, known_of, made
from tests.media.oracle import Known

RATE = Fraction(30)
FRAMES = 210
SIZE = (192, 108)
GOP_SECONDS = 1.0
#: The camera that lies, and the one that never does; the numbers that their pictures carry.
LIAR, HONEST = 0, 1
#: The programme: cuts at all phases of the liar's groups, between runs long enough to be copied.
CUTS = ((0, 0.3, 2.7), (1, 1.6, 2.9), (0, 2.933333, 5.2), (1, 4.1, 5.05), (0, 0.733333, 6.4))


class Sample(NamedTuple):
    """A coded picture: where its bytes lie in the file, and whether the index calls it key."""

    start: int
    size: int
    is_key: bool


@dataclass(frozen=True)
class Clip:
    """A healthy file: its bytes, and its samples in decoding order where they lie in one piece."""

    path: Path
    data: bytes
    samples: tuple[Sample, ...]
    codec: str

    @property
    def keys(self) -> list[int]:
        """Which samples the index calls key."""
        return [n for n, sample in enumerate(self.samples) if sample.is_key]


def camera(number: int, way: str, suffix: str, *, moov_first: bool = False) -> Source:
    """A small camera of 7 s, groups of a second; `way` as in tests.media.cameras."""
    codec, arguments = WAYS[way]
    front = ("-movflags", "+faststart") if moov_first else ()
    spec = CameraSpec(
        number,
        FRAMES,
        RATE,
        *SIZE,
        codec=codec,
        gop_seconds=GOP_SECONDS,
        extra_args=(*arguments, *front),
    )

    def recipe(path: Path) -> Known:
        make_camera(path, spec)
        return known_of(spec, "hevc" if codec == "libx265" else "h264")

    where = " in front" if moov_first else ""
    return made(f"chaos {way} {number}{where}.{suffix}", recipe)


@cache
def clip(way: str, suffix: str, *, moov_first: bool = False) -> Clip:
    """The liar before it lies."""
    path = camera(LIAR, way, suffix, moov_first=moov_first).path
    data = path.read_bytes()
    samples = []
    with av.open(str(path)) as media:
        track = media.streams.video[0]
        codec = track.codec_context.name
        for packet in media.demux(track):
            if packet.size and suffix != "ts":
                start = data.index(bytes(packet), max(packet.pos or 0, 0))
                samples.append(Sample(start, packet.size, packet.is_keyframe))
    return Clip(path, data, tuple(samples), codec)
