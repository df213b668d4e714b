"""What the planner makes of a config whose cameras are known frame by frame."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from config_schema.config import ExportConfig
from tests.web.meaning import Camera, Seen
from tests.worker.plan.build import constant, footage, shown_by
from worker.plan.footage import Footage
from worker.plan.plan import build_plan


def planned(config: ExportConfig, cameras: Sequence[Camera]) -> tuple[Fraction, list[Seen]]:
    """The rate of the programme, and what each of its frames shows, as the planner has it."""
    sources: dict[int, Footage] = {
        index: footage(constant(camera.frames, camera.rate), name=str(index))
        for index, camera in enumerate(cameras)
    }
    program = build_plan(config, sources).program
    return program.rate, shown_by(program, sources)
