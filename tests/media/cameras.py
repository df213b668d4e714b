"""Cameras of one format that code their pictures in all the ways that copying has to cope with."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from export_service.coded_media import CameraSpec, make_camera
from tests.media.footage import Source, known_of, made
from tests.media.oracle import Known

NTSC = Fraction(30000, 1001)
SECONDS = 20

#: Encoder arguments by a name that says what is special.
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "high": ("libx264", ("-preset", "fast", "-bf", "3", "-refs", "4")),
    "main": ("libx264", ("-preset", "veryfast", "-profile:v", "main", "-bf", "1")),
    "baseline": (
        "libx264",
        ("-preset", "veryfast", "-profile:v", "baseline", "-x264-params", "slices=4"),
    ),
    "open": ("libx264", ("-preset", "veryfast", "-bf", "2", "-x264-params", "open-gop=1")),
    "intra": ("libx264", ("-preset", "veryfast", "-x264-params", "keyint=1")),
    "hevc": ("libx265", ("-preset", "superfast", "-x265-params", "log-level=error:open-gop=0")),
    "hevc open": (
        "libx265",
        ("-preset", "superfast", "-x265-params", "log-level=error:open-gop=1:bframes=3"),
    ),
    "hevc 10": (
        "libx265",
        ("-preset", "superfast", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=error"),
    ),
}


def camera(
    number: int,
    way: str,
    gop_seconds: float,
    *,
    suffix: str = "mp4",
    more: tuple[str, ...] = (),
    **changes: Any,
) -> Source:
    """Camera `number` coded in a way of `WAYS`, 20 s at 30 fps and 320 x 180 unless changed."""
    codec, arguments = WAYS[way]
    spec = CameraSpec(
        number,
        SECONDS * 30,
        Fraction(30),
        320,
        180,
        codec=codec,
        gop_seconds=gop_seconds,
        extra_args=(*arguments, *more),
    )
    spec = replace(spec, **changes)
    size = f"{spec.width}x{spec.height}"
    name = f"{way} {number} gop {gop_seconds} {size} {float(spec.rate):.2f}.{suffix}"

    def recipe(path: Path) -> Known:
        make_camera(path, spec)
        pixels = "yuv420p10le" if way == "hevc 10" else "yuv420p"
        return known_of(spec, "hevc" if codec == "libx265" else "h264", pixels)

    return made(name, recipe)
