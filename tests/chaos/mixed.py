"""Exports of every kind, chosen by a seed, and what is due from each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.engine.harness import config_of
from tests.media.footage import Source, get, place
from tests.media.oracle import Expected, expect

#: Small cameras of all sorts: rates, codecs, depths, sound and none, rotated, interlaced.
CAMERAS = (
    "sixty.mp4",
    "mono 44100.mp4",
    "ten bit.mp4",
    "mute.mp4",
    "surround.mp4",
    "phone.mp4",
    "open gop.mp4",
    "vfr.mp4",
    "late picture.mp4",
)
_SOUNDING = ("sixty.mp4", "mono 44100.mp4", "surround.mp4", "late picture.mp4")
_OUTPUTS: tuple[dict[str, Any], ...] = (
    {"codec": "copy"},
    {"codec": "copy"},
    {"codec": "h264", "fps": 30, "width": 640, "height": 360},
    {"codec": "h264", "fps": 25, "width": 640, "height": 360},
    {"codec": "h265", "fps": 24, "width": 640, "height": 360},
    {"codec": "h264", "format": "webm", "fps": 30, "width": 640, "height": 360},
)


@dataclass(frozen=True)
class Export:
    """One export to ask for, and the programme that has to come of it."""

    config: dict[str, Any]
    expected: Expected

    @property
    def job_id(self) -> str:
        """Its id."""
        return str(self.config["id"])


def prepare(sources: Path) -> None:
    """Lay the cameras down where exports look for them."""
    place(sources, *map(get, CAMERAS))


def mixed(count: int, seed: int, segments: int) -> list[Export]:
    """So many exports of about so many segments; the same for the same seed."""
    dice = random.Random(seed)
    return [_export(dice, f"job-{number:03}", segments) for number in range(count)]


def _export(dice: random.Random, job_id: str, segments: int) -> Export:
    names = [dice.choice(_SOUNDING), *dice.sample(CAMERAS, 2)]
    cameras: list[Source] = [get(name) for name in dict.fromkeys(names)]
    cuts = [_cut(dice, len(cameras)) for _ in range(dice.randint(segments // 2, segments))]
    config = config_of(cameras, cuts, **dice.choice(_OUTPUTS)) | {"id": job_id}
    return Export(config, expect(config, [camera.known for camera in cameras]))


def _cut(dice: random.Random, cameras: int) -> tuple[int, float, float]:
    start = round(dice.uniform(0, 2.5), 3)
    return dice.randrange(cameras), start, round(start + dice.uniform(0.8, 2.2), 3)
