"""The demo's own judge: it must let the right programme pass and nothing else."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from config_schema.config import parse_config
from export_service.coded_media import AudioSpec, CameraSpec, make_camera
from export_service.demo import RATE, export_config, programme
from export_service.demo_check import Shot, check, what_is_due

CAMERA = CameraSpec(3, 60, Fraction(30), 192, 108)
OTHER = CameraSpec(4, 60, Fraction(30), 192, 108)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_camera(tmp_path_factory.mktemp("demo") / "made.mp4", CAMERA)


def shots(camera: CameraSpec, start: str, end: str) -> list[Shot]:
    return [Shot(camera, Fraction(start), Fraction(end))]


def test_the_right_programme_passes(file: Path) -> None:
    verdict = check(file, shots(CAMERA, "0", "2"), RATE)
    assert verdict.is_right, str(verdict)
    assert str(verdict).startswith("60 of 60 frames are exactly the frames asked for; sound within")


def test_a_programme_that_is_one_frame_late_does_not_pass(file: Path) -> None:
    late = CameraSpec(3, 90, Fraction(30), 192, 108)
    verdict = check(file, shots(late, "0.033334", "2.033334"), RATE)
    assert verdict.right_frames == 0
    assert any("sound" in finding for finding in verdict.findings)


def test_another_camera_does_not_pass(file: Path) -> None:
    verdict = check(file, shots(OTHER, "0", "2"), RATE)
    assert (verdict.right_frames, verdict.is_right) == (0, False)


def test_a_missing_frame_does_not_pass(file: Path) -> None:
    verdict = check(file, shots(CameraSpec(3, 90, Fraction(30)), "0", "2.0334"), RATE)
    assert verdict.right_frames == 60
    assert not verdict.is_right
    assert "60 frames where 61 are due" in str(verdict)


def test_a_programme_without_sound_does_not_pass(tmp_path: Path) -> None:
    silent = CameraSpec(3, 60, Fraction(30), 192, 108, audio=None)
    verdict = check(make_camera(tmp_path / "m.mp4", silent), shots(CAMERA, "0", "2"), RATE)
    assert verdict.right_frames == 60
    assert not verdict.is_right


def test_sound_that_is_off_by_two_milliseconds_does_not_pass(tmp_path: Path) -> None:
    spec = CameraSpec(
        *(3, 60, Fraction(30), 192, 108),
        audio=AudioSpec(),
        extra_args=("-af", "adelay=delays=2:all=1"),
    )
    verdict = check(make_camera(tmp_path / "m.mp4", spec), shots(CAMERA, "0", "2"), RATE)
    assert verdict.right_frames == 60
    assert verdict.worst_lag_ms == pytest.approx(2.0, abs=0.05)
    assert not verdict.is_right


def test_the_demos_programme_is_a_config_without_faults_and_covers_its_frames() -> None:

    parsed = parse_config(json.dumps(export_config("demo-1", programme())).encode())
    assert parsed.warnings == ()
    due = what_is_due(programme(), RATE)
    assert len(due) == 12
    assert sum(len(part.frames) for part in due) == 1350
    assert [part.first_frame for part in due] == [
        sum(len(part.frames) for part in due[:n]) for n in range(12)
    ]
