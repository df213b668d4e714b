"""Fitting a picture into the programme's frame: aspect kept, centred, even, colours as they are."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest

from tests.worker.plan.build import config_of, constant, footage, picture
from worker.plan.footage import Colour, Picture
from worker.plan.output import OutputFormat, choose_output
from worker.render.fit import Fitter, black_frame, fitted

ONE = constant(1)


def output(width: int, height: int, **changes: Any) -> OutputFormat:
    chosen, _ = choose_output(config_of(1, [(0, 0, 1)], codec="h264"), {0: footage(ONE)})
    return replace(chosen, width=width, height=height, **changes)


def test_the_picture_keeps_its_aspect_lies_inside_and_touches_two_sides() -> None:
    rng = random.Random(4)
    for _ in range(3000):
        source = picture(
            ONE,
            width=rng.randint(16, 5000),
            height=rng.randint(16, 5000),
            sar=rng.choice([Fraction(1), Fraction(16, 11), Fraction(8, 9), Fraction(1, 2)]),
            rotation=rng.choice([0, 90, 180, 270]),
        )
        form = output(rng.randint(8, 2000) * 2, rng.randint(8, 2000) * 2)
        x, y, width, height = fitted(source, form)
        assert (x % 2, y % 2, width % 2, height % 2) == (0, 0, 0, 0)
        assert 0 <= x <= x + width <= form.width
        assert 0 <= y <= y + height <= form.height
        assert width == form.width or height == form.height
        # Centred, as exactly as even positions allow.
        assert abs(form.width - 2 * x - width) <= 2
        assert abs(form.height - 2 * y - height) <= 2
        shown_width, shown_height = source.display_size
        scale = min(Fraction(form.width, shown_width), Fraction(form.height, shown_height))
        assert abs(width - max(Fraction(2), shown_width * scale)) <= 1
        assert abs(height - max(Fraction(2), shown_height * scale)) <= 1


@pytest.mark.parametrize(
    ("source", "form", "place"),
    [
        ((1920, 1080), (1280, 720), (0, 0, 1280, 720)),
        ((640, 480), (1280, 720), (160, 0, 960, 720)),
        ((1080, 1920), (1280, 720), (436, 0, 406, 720)),
        ((2048, 858), (1280, 720), (0, 92, 1280, 536)),
        ((16, 16), (1280, 720), (280, 0, 720, 720)),
        ((4000, 16), (64, 64), (0, 30, 64, 2)),
    ],
)
def test_bars_lie_where_one_expects_them(
    source: tuple[int, int], form: tuple[int, int], place: tuple[int, int, int, int]
) -> None:
    assert fitted(picture(ONE, width=source[0], height=source[1]), output(*form)) == place


def frame_of(luma: np.ndarray[Any, Any], pixel_format: str = "yuv420p") -> av.VideoFrame:
    """A grey picture of this luma."""
    height, width = luma.shape
    chroma = np.full((height // 2, width), 128, np.uint8)
    made = av.VideoFrame.from_ndarray(np.vstack([luma, chroma]), format="yuv420p")
    return made if pixel_format == "yuv420p" else made.reformat(format=pixel_format)


def luma_of(frame: av.VideoFrame) -> np.ndarray[Any, Any]:
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width].astype(int)


def corners(frame: av.VideoFrame) -> list[int]:
    """The luma of the four corners, clockwise from the top left."""
    luma = luma_of(frame)
    return [int(luma[y, x]) for y, x in ((2, 2), (2, -3), (-3, -3), (-3, 2))]


QUARTERS = np.kron(np.array([[40, 90], [190, 140]], np.uint8), np.ones((32, 32), np.uint8))


@pytest.mark.parametrize(
    ("rotation", "seen"),
    [
        (0, [40, 90, 140, 190]),
        (90, [190, 40, 90, 140]),
        (180, [140, 190, 40, 90]),
        (270, [90, 140, 190, 40]),
    ],
)
def test_a_turned_picture_is_turned_upright_clockwise(rotation: int, seen: list[int]) -> None:
    source = picture(ONE, width=64, height=64, rotation=rotation)
    made = Fitter(source, output(64, 64)).fit(frame_of(QUARTERS))
    assert corners(made) == pytest.approx(seen, abs=3)


def test_a_picture_that_fits_is_handed_on_untouched() -> None:
    frame = frame_of(QUARTERS)
    assert Fitter(picture(ONE, width=64, height=64), output(64, 64)).fit(frame) is frame


def test_bars_are_black_and_the_picture_between_them_is_not() -> None:
    made = Fitter(picture(ONE, width=64, height=64), output(128, 64)).fit(frame_of(QUARTERS))
    luma = luma_of(made)
    assert set(luma[:, :31].ravel()) == {16}
    assert set(luma[:, -31:].ravel()) == {16}
    assert luma[:, 34:94].min() > 30


def test_full_range_becomes_limited() -> None:
    full = Colour("bt709", "bt709", "bt709", full_range=True)
    source = picture(ONE, width=64, height=64, colour=full)
    for level, limited in ((0, 16), (255, 235), (128, 126)):
        frame = frame_of(np.full((64, 64), level, np.uint8))
        made = Fitter(source, output(64, 64)).fit(frame)
        assert int(np.median(luma_of(made))) == pytest.approx(limited, abs=1)


def test_a_stream_that_changes_its_size_on_the_way_fills_the_same_place() -> None:
    fitter = Fitter(picture(ONE, width=64, height=64), output(64, 64))
    small = frame_of(np.ascontiguousarray(QUARTERS[::2, ::2]))
    for frame in (frame_of(QUARTERS), small, frame_of(QUARTERS), small):
        made = fitter.fit(frame)
        assert (made.width, made.height) == (64, 64)
        assert corners(made) == pytest.approx([40, 90, 140, 190], abs=4)


@pytest.mark.parametrize(
    "pixel_format",
    ["yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "nv12", "gray", "rgb24", "gbrp", "rgba"],
)
def test_every_kind_of_pixel_keeps_its_brightness(pixel_format: str) -> None:
    is_rgb = pixel_format in ("rgb24", "gbrp", "rgba")
    matrix = "gbr" if is_rgb else "bt709"
    frame = frame_of(QUARTERS, pixel_format)
    # What a probe says of such a file.
    colour = Colour(matrix, "bt709", "bt709")
    source = picture(ONE, width=64, height=64, pixel_format=pixel_format, colour=colour)
    made = Fitter(source, output(64, 64)).fit(frame)
    assert made.format.name == "yuv420p"
    assert corners(made) == pytest.approx([40, 90, 140, 190], abs=3)


@pytest.mark.parametrize(("pixel_format", "level"), [("yuv420p", 16), ("yuv420p10le", 64)])
def test_black_is_black_at_every_depth(pixel_format: str, level: int) -> None:
    made = black_frame(output(66, 34, pixel_format=pixel_format))
    kind = np.uint8 if pixel_format == "yuv420p" else np.uint16
    planes = [np.frombuffer(memoryview(plane), kind) for plane in made.planes]
    assert set(planes[0]) == {level}
    assert set(planes[1]) == set(planes[2]) == {8 * level}


def shown(source: Picture) -> tuple[int, int]:
    return source.display_size


def test_oblong_pixels_are_shown_at_their_width() -> None:
    assert shown(picture(ONE, width=720, height=576, sar=Fraction(16, 15))) == (768, 576)
    assert shown(picture(ONE, width=720, height=576, sar=Fraction(64, 45), rotation=270)) == (
        576,
        1024,
    )
