"""The coded footage holds what it promises, or no other test could be believed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from export_service.coded_media import (
    AudioSpec,
    CameraSpec,
    is_black,
    make_camera,
    paint,
    picture_area,
    read_code,
    tone,
)

SIZES = [(96, 54), (72, 54), (480, 270), (640, 272), (720, 1280), (1280, 720), (3840, 2160)]


@given(st.integers(0, 31), st.integers(0, 2**19 - 1), st.sampled_from(SIZES[:4]))
@settings(deadline=None, max_examples=60)
def test_every_number_is_read_back(camera: int, frame: int, size: tuple[int, int]) -> None:
    assert read_code(paint(camera, frame, *size)) == (camera, frame)


@pytest.mark.parametrize("size", SIZES)
def test_the_code_is_found_inside_black_bars(size: tuple[int, int]) -> None:
    width, height = size
    canvas = np.full((height + 200, width + 90), 16, dtype=np.uint8)
    canvas[60 : 60 + height, 40 : 40 + width] = paint(5, 777, width, height)
    assert picture_area(canvas) == (40, 60, 40 + width, 60 + height)
    assert read_code(canvas) == (5, 777)


def test_two_frames_blended_are_not_read_as_one() -> None:
    first, second = (paint(1, n, 480, 270).astype(np.uint16) for n in (10, 11))
    assert read_code(((first + second) // 2).astype(np.uint8)) is None


def test_black_with_coding_noise_is_black_and_holds_no_code() -> None:
    noise = np.random.default_rng(1).integers(0, 30, (270, 480), dtype=np.uint8)
    assert is_black(noise)
    assert read_code(noise) is None


def test_a_code_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="camera 32"):
        paint(32, 0, 96, 54)


def test_sound_is_a_function_of_time_alone() -> None:
    whole = tone(2, 0, 20000)
    assert np.allclose(whole[4000:9000], tone(2, 4000, 5000), atol=1e-4)
    # The instants n/48000 and m/44100 meet every 160 and 147 samples.
    assert np.allclose(whole[::160][:100], tone(2, 0, 14700, rate=44100)[::147], atol=1e-4)


def test_sound_of_other_places_and_cameras_does_not_correlate() -> None:
    here = tone(1, 48000 * 3600, 9600)
    for other in (tone(1, 48000 * 1800, 9600), tone(2, 48000 * 3600, 9600)):
        assert abs(np.corrcoef(here, other)[0, 1]) < 0.35
    assert abs(np.corrcoef(here, tone(1, 48000 * 3600, 9600, channel=1))[0, 1]) < 0.35


def test_a_camera_file_holds_its_numbers_after_lossy_coding(tmp_path: Path) -> None:
    spec = CameraSpec(7, 40, Fraction(25), 96, 54, first_frame=100)
    path = make_camera(tmp_path / "a.mp4", spec)
    with av.open(str(path)) as media:
        stream = media.streams.video[0]
        frames = [frame.to_ndarray() for frame in media.decode(stream)]
        assert media.streams.audio[0].rate == 48000
    lumas = [frame[: spec.height].astype(np.uint8) for frame in frames]
    assert [read_code(luma) for luma in lumas] == [(7, 100 + n) for n in range(40)]


def test_a_camera_that_ffmpeg_refuses_raises_with_its_words(tmp_path: Path) -> None:
    spec = CameraSpec(0, 5, audio=AudioSpec(), extra_args=("-no_such_option", "1"))
    with pytest.raises(RuntimeError, match="no_such_option"):
        make_camera(tmp_path / "a.mp4", spec)
