"""Footage and configs made up for a test: facts without files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from config_schema.config import ExportConfig, parse_config
from tests.worker.plan.plainly import Shown
from worker.plan.footage import Colour, FieldOrder, Footage, Picture, Sound
from worker.plan.program import Program
from worker.plan.times import FrameTimes

HD = Colour("bt709", "bt709", "bt709")


def constant(
    count: int, rate: Fraction | int = 30, *, start: Fraction | int = 0, holes: Iterable[int] = ()
) -> FrameTimes:
    """`count` frames of a constant rate, some of them missing from the grid."""
    rate = Fraction(rate)
    kept = tuple(n for n in range(count) if n not in set(holes))
    whole = len(kept) == count
    return FrameTimes(Fraction(start), 1 / rate, len(kept), rate, 1 / rate, None if whole else kept)


def variable(
    stamps: Sequence[int],
    tick: Fraction = Fraction(1, 1000),
    *,
    rate: Fraction | int = 30,
    start: Fraction | int = 0,
    last: Fraction = Fraction(1, 30),
) -> FrameTimes:
    """Frames at stamps that follow no grid."""
    return FrameTimes(Fraction(start), tick, len(stamps), Fraction(rate), last, tuple(stamps))


def picture(times: FrameTimes, **changes: Any) -> Picture:
    """An ordinary picture track of full HD H.264."""
    facts: dict[str, Any] = {
        "stream": 0,
        "codec": "h264",
        "profile": "High",
        "width": 1920,
        "height": 1080,
        "sar": Fraction(1),
        "rotation": 0,
        "pixel_format": "yuv420p",
        "depth": 8,
        "colour": HD,
        "fields": FieldOrder.PROGRESSIVE,
        "times": times,
    }
    return Picture(**(facts | changes))


def footage(
    times: FrameTimes, *, name: str = "cam.mp4", has_sound: bool = True, **changes: Any
) -> Footage:
    """A camera file with these frame times, its sound as long as its picture."""
    sound = Sound(1, "aac", 48000, 2, Fraction(0), times.end, "LC") if has_sound else None
    return Footage(
        name, f"1:{name}:3:4", "mov,mp4,m4a,3gp,3g2,mj2", Fraction(0), picture(times, **changes),
        sound,
    )  # fmt: skip


def config_of(
    sources: int | Sequence[dict[str, Any]],
    segments: Iterable[tuple[int, float, float]],
    *,
    silent: Iterable[int] = (),
    **output: Any,
) -> ExportConfig:
    """A config over so many sources; segments are (source, start, end)."""
    if isinstance(sources, int):
        sources = [
            {"id": f"{n}", "name": f"cam{n}.mp4", "filePath": f"cam{n}.mp4"} for n in range(sources)
        ]
    mute = set(silent)
    body = {
        "version": 1,
        "id": "a-programme",
        "projectId": "p",
        "projectName": "A programme",
        "createdAt": "2026-11-22T19:41:41.256Z",
        "sources": sources,
        "segments": [
            {"sourceIndex": s, "startTime": a, "endTime": b, "audioFromSource": n not in mute}
            for n, (s, a, b) in enumerate(segments)
        ],
        "output": {"filePath": "out.mp4", **output},
    }
    return parse_config(json.dumps(body).encode()).config


def shown_by(program: Program, sources: dict[int, Footage]) -> list[Shown]:
    """What each frame of a planned programme shows, as the renderer reads it."""
    shown: list[Shown] = []
    for span in program.spans:
        for number in range(span.frames.start, span.frames.end):
            if span.source is None:
                shown.append(None)
                continue
            times = sources[span.source].picture.times
            index = times.index_at(span.source_second(number, program.rate))
            shown.append((span.source, min(max(index, 0), times.count - 1)))
    return shown
