"""What an export is delivered as: the lead format, sizes, rates, and what is said about them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from tests.worker.plan.build import config_of, constant, footage, variable
from worker.plan.footage import Colour, Footage
from worker.plan.output import OutputFormat, choose_output, lead_source, rate_name

NTSC_30 = Fraction(30000, 1001)


def cameras(*changes: dict[str, Any], rates: Sequence[Fraction | int] = ()) -> dict[int, Footage]:
    rates = rates or [30] * len(changes)
    return {
        n: footage(constant(3000, rate), name=f"cam{n}.mp4", **change)
        for n, (change, rate) in enumerate(zip(changes, rates, strict=True))
    }


def chosen(
    sources: dict[int, Footage], *lengths: tuple[int, float], **output: Any
) -> tuple[OutputFormat, tuple[str, ...]]:
    cuts = [(source, 0.0, length) for source, length in lengths or ((0, 1.0),)]
    return choose_output(config_of(len(sources), cuts, **output), sources)


def test_the_lead_is_the_format_of_most_of_the_time_not_of_most_segments() -> None:
    sources = cameras({}, {"width": 1280, "height": 720}, {"codec": "hevc"})
    cuts = [(0, 0, 1), (0, 0, 1), (0, 0, 1), (1, 0, 3.5), (2, 0, 2)]
    assert lead_source(config_of(3, cuts), sources) == 1


def test_cameras_of_one_format_count_together() -> None:
    sources = cameras({}, {"width": 1280, "height": 720}, {})
    assert lead_source(config_of(3, [(1, 0, 3), (0, 0, 2), (2, 0, 2)]), sources) == 0


@pytest.mark.parametrize(
    "change", [{"codec": "hevc"}, {"width": 1280}, {"pixel_format": "yuv422p10le"}, {"depth": 8}]
)
def test_a_tie_goes_to_the_first_in_the_programme(change: dict[str, Any]) -> None:
    sources = cameras({}, change)
    assert lead_source(config_of(2, [(1, 0, 2), (0, 0, 2)]), sources) == 1
    assert lead_source(config_of(2, [(0, 0, 1), (1, 0, 2), (0, 1, 2)]), sources) == 0


def test_another_rate_is_another_format() -> None:
    sources = cameras({}, {}, {}, rates=[25, NTSC_30, NTSC_30])
    cuts = [(0, 0, 3), (1, 0, 2), (2, 0, 2)]
    assert lead_source(config_of(3, cuts), sources) == 1


def test_what_is_left_out_is_the_leads() -> None:
    output, warnings = chosen(cameras({}, rates=[NTSC_30]), codec="h264")
    assert (output.width, output.height, output.rate) == (1920, 1080, NTSC_30)
    assert not warnings


def test_a_turned_picture_with_oblong_pixels_is_delivered_as_it_is_shown() -> None:
    sources = cameras({"width": 720, "height": 576, "sar": Fraction(16, 11), "rotation": 90})
    output, _ = chosen(sources, codec="h264")
    assert (output.width, output.height) == (576, 1046)
    assert output.sar == 1
    assert output.rotation == 0


def test_an_odd_size_is_rounded_down_and_says_so() -> None:
    output, warnings = chosen(cameras({"width": 853, "height": 481}), codec="h264")
    assert (output.width, output.height) == (852, 480)
    (warning,) = warnings
    assert "853 x 481" in warning
    assert "852 x 480" in warning


def test_a_picture_of_one_pixel_is_still_a_video() -> None:
    output, _ = chosen(cameras({"width": 1, "height": 1}), codec="h264")
    assert (output.width, output.height) == (2, 2)


@pytest.mark.parametrize(
    ("asked", "lead", "rate"),
    [
        (30, NTSC_30, NTSC_30),
        (30, Fraction(25), Fraction(30)),
        (24, Fraction(24000, 1001), Fraction(24000, 1001)),
        (60, Fraction(60000, 1001), Fraction(60000, 1001)),
        (29.97, Fraction(25), NTSC_30),
        (23.98, Fraction(30), Fraction(24000, 1001)),
        (23.976, Fraction(24), Fraction(24000, 1001)),
        (59.94, Fraction(60), Fraction(60000, 1001)),
        (12.5, Fraction(25), Fraction(25, 2)),
        (None, Fraction(50), Fraction(50)),
    ],
)
def test_rates_are_read_as_people_name_them(
    asked: float | None, lead: Fraction, rate: Fraction
) -> None:
    output, _ = chosen(cameras({}, rates=[lead]), codec="h264", fps=asked)
    assert output.rate == rate


def test_copy_keeps_size_and_rate_and_says_what_it_ignored() -> None:
    output, warnings = chosen(cameras({}), codec="copy", width=1280, height=720, fps=25)
    assert (output.width, output.height, output.rate) == (1920, 1080, Fraction(30))
    size, rate = warnings
    assert "1920 x 1080, not 1280 x 720" in size
    assert "30 frames per second, not 25" in rate


def test_copy_says_nothing_where_it_does_what_was_asked() -> None:
    sources = cameras({"width": 853, "height": 480}, rates=[NTSC_30])
    asked = {"width": 852, "height": 480, "fps": 30}
    _, warnings = chosen(sources, codec="copy", **asked)
    assert not [text for text in warnings if "copy" in text]


def test_copy_of_a_variable_rate_has_the_nearest_standard_rate() -> None:
    sources = {0: footage(variable([0, 30, 70, 90], rate=25))}
    output, _ = chosen(sources, codec="copy", fps=60)
    assert output.rate == 25


@pytest.mark.parametrize(
    ("lead", "codec"), [("h264", "h264"), ("hevc", "h265"), ("prores", "h264"), ("vp9", "h264")]
)
def test_copy_that_must_convert_keeps_the_codec_where_mp4_takes_it(lead: str, codec: str) -> None:
    output, _ = chosen(cameras({"codec": lead}), codec="copy")
    assert output.encoder.codec == codec


@pytest.mark.parametrize("codec", ["copy", "h264", "h265"])
def test_webm_is_vp9_and_opus_whatever_the_codec_says(codec: str) -> None:
    output, _ = chosen(cameras({}), format="webm", codec=codec)
    assert (output.container, output.encoder.codec) == ("webm", "vp9")
    assert output.sound_codec == "libopus"


def test_ten_bits_stay_where_the_encoder_has_them() -> None:
    deep = {"pixel_format": "yuv420p10le", "depth": 10, "codec": "hevc"}
    formats = {
        codec: chosen(cameras(deep), codec=codec)[0].pixel_format for codec in ("h264", "h265")
    }
    assert formats == {"h264": "yuv420p", "h265": "yuv420p10le"}
    assert chosen(cameras({}), codec="h265")[0].pixel_format == "yuv420p"


@pytest.mark.parametrize(
    ("height", "matrix"), [(1080, "bt709"), (720, "bt709"), (576, "smpte170m")]
)
def test_colour_left_unsaid_is_what_players_assume(height: int, matrix: str) -> None:
    output, _ = chosen(cameras({"height": height, "colour": Colour()}), codec="h264")
    assert output.colour == Colour(matrix, matrix, matrix)


def test_full_range_is_delivered_limited() -> None:
    sources = cameras({"colour": Colour("bt709", "bt709", "bt709", full_range=True)})
    assert not chosen(sources, codec="h264")[0].colour.full_range


def test_quality_steps_go_one_way() -> None:
    for form in ({"codec": "h264"}, {"codec": "h265"}, {"format": "webm"}):
        crf = [
            chosen(cameras({}), quality=quality, **form)[0].crf
            for quality in ("low", "medium", "high", "very_high")
        ]
        assert crf == sorted(set(crf), reverse=True)


def test_sound_is_left_out_where_asked() -> None:
    assert chosen(cameras({}))[0].has_sound
    assert not chosen(cameras({}), includeAudio=False)[0].has_sound


@pytest.mark.parametrize(
    ("rate", "name"),
    [
        (Fraction(24000, 1001), "23.976"),
        (Fraction(60000, 1001), "59.94"),
        (Fraction(100), "100"),
        (Fraction(25, 2), "12.5"),
    ],
)
def test_rates_are_named_as_people_write_them(rate: Fraction, name: str) -> None:
    assert rate_name(rate) == name
