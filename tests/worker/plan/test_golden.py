"""The plans for what the real editor sends, as text that people can read.

The cameras are what the editor believes them to be. To write the texts anew after a change that
is meant: `WRITE_GOLDEN=1 pytest tests/worker/plan/test_golden.py`, then read the difference.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from config_schema.config import ExportConfig, parse_config
from tests.worker.golden import assert_golden
from tests.worker.plan.build import config_of, constant, footage, variable
from worker.plan.footage import Footage
from worker.plan.plan import build_plan, describe

CONFIGS = Path(__file__).parents[2] / "fixtures" / "editor-configs"
GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in CONFIGS.glob("[01]*.json"))
#: Long enough to be cut into several pieces, short enough for people to read.
MOST_LINES = 120


def believed(config: ExportConfig) -> dict[int, Footage]:
    """Cameras that are just what the editor says."""
    cameras = {}
    for index, source in enumerate(config.sources):
        rate = Fraction(source.fps or 30)
        # The editor writes 60 for 59.94.
        rate = Fraction(60000, 1001) if rate == 60 else rate
        frames = int(Fraction(repr(source.duration or 300)) * rate)
        cameras[index] = footage(
            constant(frames, rate),
            name=source.name,
            has_sound=source.has_audio,
            width=source.width or 1920,
            height=source.height or 1080,
        )
    return cameras


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_for_an_editor_config_is_the_golden_one(name: str) -> None:
    config = parse_config((CONFIGS / f"{name}.json").read_bytes()).config
    text = describe(build_plan(config, believed(config)))
    lines = text.splitlines(keepends=True)
    if len(lines) > MOST_LINES:
        left_out = len(lines) - MOST_LINES
        lines[MOST_LINES // 2 : -MOST_LINES // 2] = [f"... {left_out} lines\n"]
    assert_golden(GOLDEN / f"{name}.txt", "".join(lines))


def test_the_plan_for_odd_cameras_is_the_golden_one() -> None:
    phone = footage(variable([0, 31, 70, 99, 140, 166, 201], rate=30), name="phone.mov")
    cameras = {
        0: replace(phone, picture=replace(phone.picture, rotation=90)),
        1: footage(constant(250, 25, start=Fraction(1, 2), holes={3, 4, 200}), name="late.ts"),
        2: footage(constant(480, Fraction(24000, 1001)), name="film.mkv", has_sound=False),
    }
    cuts = [(0, -0.05, 0.2), (1, 0, 2), (2, 3, 8), (1, 9.5, 11), (2, 8, 8.01), (2, 8.01, 9)]
    config = config_of(3, cuts, silent=[3], codec="h265", fps=24, width=1279, height=720)
    text = describe(build_plan(config, cameras, piece_seconds=2))
    assert_golden(GOLDEN / "odd_cameras.txt", text)
