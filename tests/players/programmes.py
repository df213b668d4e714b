"""The programmes that players are given: many cuts between cameras that code differently."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.engine.harness import config_of, export
from tests.media.cameras import NTSC, SECONDS, camera
from tests.media.footage import Source
from tests.media.oracle import Expected

CUTS = 22


@dataclass(frozen=True)
class Programme:
    """A finished file, and what a player must show."""

    path: Path
    expected: Expected

    @property
    def cuts(self) -> tuple[int, ...]:
        """The first frame of every segment but the first."""
        return tuple(part.start for part in self.expected.parts[1:])

    @property
    def seconds(self) -> Fraction:
        return len(self.expected.frames) / self.expected.rate


@dataclass(frozen=True)
class Order:
    """What a programme is made of: ways of coding with their group's length, and the output."""

    cameras: tuple[tuple[str, float], ...]
    rate: Fraction = Fraction(30)
    format: str = "mp4"
    #: The least part of the frames that must be copied, or the file would prove little.
    copied: float = 0.4
    cuts: int = CUTS
    #: The shortest and the longest segment.
    seconds: tuple[float, float] = (0.5, 1.5)
    has_chapters: bool = False

    def sources(self) -> list[Source]:
        changes: dict[str, Any] = {} if self.rate == 30 else {"rate": self.rate}
        return [camera(n + 1, way, gop, **changes) for n, (way, gop) in enumerate(self.cameras)]


ORDERS = {
    "H.264": Order((("high", 1), ("main", 0.5), ("baseline", 2))),
    "H.264 open, NTSC": Order((("open", 1), ("high", 2), ("intra", 1)), rate=NTSC, copied=0.3),
    "HEVC": Order((("hevc", 1), ("hevc open", 0.5), ("hevc", 2))),
    "H.264 with chapters": Order(
        (("high", 1), ("main", 0.5)), cuts=2, seconds=(10.1, 10.4), has_chapters=True
    ),
    "VP9": Order((("high", 1), ("main", 0.5)), format="webm", copied=0),
}


def segments(order: Order) -> Iterator[tuple[int, float, float]]:
    """Cuts at all phases of the groups, each to another camera, always the same ones."""
    chance = random.Random(3)
    for number in range(order.cuts + 1):
        length = chance.uniform(*order.seconds)
        start = chance.uniform(0, SECONDS - length)
        yield number % len(order.cameras), round(start, 6), round(start + length, 6)


def make(order: Order, folder: Path) -> Programme:
    """Render a programme, and hold that it is copied between its cuts and bridged around them."""
    sources = order.sources()
    output = {"codec": "copy", "format": order.format}
    config = config_of(sources, list(segments(order)), **output)
    exported = export(folder, config, sources)
    report = exported.rendered.report
    assert report.totals.copied_frames >= order.copied * report.totals.frames
    assert report.totals.copied_frames < report.totals.frames
    assert len(exported.expected.parts) == order.cuts + 1
    return Programme(exported.rendered.path, exported.expected)
