"""What the planner makes of a config whose cameras are known frame by frame."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from config_schema.config import ExportConfig
from tests.web.meaning import Camera, Seen
from tests.worker.plan.build import constant, footage
from worker.plan.footage import Footage
from worker.plan.plan import build_plan


def planned(config: ExportConfig, cameras: Sequence[Camera]) -> tuple[Fraction, list[Seen]]:
    """The rate of the programme, and what each of its frames shows, as the planner has it."""
    sources: dict[int, Footage] = {
        index: footage(constant(camera.frames, camera.rate), name=str(index))
        for index, camera in enumerate(cameras)
    }
    program = build_plan(config, sources).program
    seen: list[Seen] = []
    for span in program.spans:
        for number in range(span.frames.start, span.frames.end):
            if span.source is None:
                seen.append(None)
                continue
            times = sources[span.source].picture.times
            index = times.index_at(span.source_second(number, program.rate))
            seen.append((span.source, min(max(index, 0), times.count - 1)))
    return program.rate, seen
