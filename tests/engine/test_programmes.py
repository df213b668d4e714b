"""Whole programmes by the engine, each frame and each sound held against the contract's words."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from export_service.coded_media import Luma
from tests.engine.harness import assert_exported, config_of, export
from tests.media import footage
from tests.media.decode import lumas, read_facts

#: Negative start, sub-frame, end beyond the source; times as the editor rounds them.
SEVEN = (
    (0, -0.6, 1.5),
    (1, 2.345678, 3.9),
    (2, 4.004, 5.505),
    (0, 5.033333, 5.043333),
    (2, 1.0, 2.366667),
    (1, 9.5, 10.7),
    (0, 7.2, 8.1),
)
OUTPUTS: dict[str, dict[str, Any]] = {
    "h264 at 30": {"codec": "h264", "fps": 30, "width": 1280, "height": 720},
    "h264 at 25": {"codec": "h264", "fps": 25, "width": 1280, "height": 720},
    "h265 at 24": {"codec": "h265", "fps": 24, "width": 640, "height": 360},
    "webm at 30": {"format": "webm", "codec": "h264", "fps": 30, "width": 640, "height": 360},
}
CODECS = {"h264": ("h264", "avc1"), "h265": ("hevc", "hvc1"), "webm": ("vp9", "")}


@pytest.mark.parametrize("name", OUTPUTS)
def test_three_unlike_cameras_become_one_exact_programme(name: str, tmp_path: Path) -> None:
    cameras = [footage.get(file) for file in ("cam1.mp4", "close up.mov", "guest's.mkv")]
    output = OUTPUTS[name]
    exported = export(tmp_path, config_of(cameras, SEVEN, **output), cameras)
    verdict = assert_exported(exported)
    assert verdict.segments_heard == {0, 1, 2, 4, 5, 6}
    assert exported.expected.skipped == (3,)
    assert exported.expected.filled == (0, 5)
    facts = read_facts(exported.rendered.path)
    codec, tag = CODECS[name.split(maxsplit=1)[0]]
    assert facts.video_codec == codec
    assert facts.streams == 2
    if tag:
        assert facts.video_tag == tag
        assert facts.has_moov_first
        assert facts.audio_codec == "aac"
        assert facts.duration == pytest.approx(
            len(exported.expected.frames) / output["fps"], abs=0.03
        )
    else:
        assert facts.audio_codec == "opus"
    assert (facts.audio_rate, facts.audio_channels) == (48000, 2)
    # Limited range, BT.709 primaries, transfer and matrix.
    assert facts.colour == ("1", "1", "1", "1")


ODD = sorted(set(footage.CATALOGUE) - {"cam1.mp4", "close up.mov", "guest's.mkv"})


@pytest.mark.parametrize("name", ODD)
def test_an_odd_source_is_exact_between_two_cuts(name: str, tmp_path: Path) -> None:
    odd, plain = footage.get(name), footage.get("sixty.mp4")
    cuts = ((1, 1.0, 1.5), (0, 0.7, 1.9), (1, 3.0, 3.4), (0, 3.1, 3.6), (0, -0.5, 0.45))
    config = config_of([odd, plain], cuts, codec="h264", fps=30, width=320, height=180)
    verdict = assert_exported(export(tmp_path, config, [odd, plain]))
    assert 0 in verdict.segments_heard
    assert (1 in verdict.segments_heard) == (name != "mute.mp4")


@pytest.mark.parametrize("name", ["vfr.mp4", "guest's.mkv", "phone.mp4", "anamorphic.mp4"])
def test_copy_keeps_the_lead_format_and_says_what_it_converts(name: str, tmp_path: Path) -> None:
    source = footage.get(name)
    config = config_of([source], [(0, 0.5, 2), (0, 3, 3.5)], codec="copy", fps=24, width=64)
    exported = export(tmp_path, config, [source])
    assert_exported(exported)
    # A variable rate cannot be copied, and in the other no key frame lies between the cuts.
    converts_all = name in ("vfr.mp4", "guest's.mkv")
    assert (exported.rendered.report.totals.copied_frames == 0) == converts_all
    said = [text for text in exported.rendered.warnings if "converted, not copied" in text]
    assert bool(said) == converts_all


def test_everything_omitted_is_the_lead_format(tmp_path: Path) -> None:
    sources = [footage.get("interlaced.mp4"), footage.get("sixty.mp4")]
    cuts = ((0, 1, 2.5), (1, 1, 2))
    exported = export(tmp_path, config_of(sources, cuts, codec="h264"), sources)
    assert_exported(exported)
    assert exported.expected.rate == Fraction(25)


def test_an_export_without_sound_has_no_track(tmp_path: Path) -> None:
    source = footage.get("sixty.mp4")
    config = config_of([source], [(0, 1, 2)], codec="h264", includeAudio=False, width=160)
    assert_exported(export(tmp_path, config, [source]))


def test_a_programme_of_nothing_but_silence_and_black_still_has_both_tracks(
    tmp_path: Path,
) -> None:
    source = footage.get("sixty.mp4")
    config = config_of([source], [(0, -3, -1)], codec="h264", fps=30)
    exported = export(tmp_path, config, [source])
    verdict = assert_exported(exported)
    assert verdict.frames == 60
    assert exported.rendered.warnings


def test_segments_without_their_own_sound_are_silent(tmp_path: Path) -> None:
    source = footage.get("sixty.mp4")
    config = config_of([source], [(0, 1, 1.5), (0, 2, 2.5), (0, 3, 3.5)], codec="h264", fps=30)
    config["segments"][1]["audioFromSource"] = False
    verdict = assert_exported(export(tmp_path, config, [source]))
    assert verdict.segments_heard == {0, 2}


def test_interlaced_footage_is_delivered_without_combs(tmp_path: Path) -> None:
    source = footage.get("interlaced.mp4")
    exported = export(tmp_path, config_of([source], [(0, 1, 2)], codec="h264"), [source])
    before = np.mean([combs(luma) for luma in lumas(source.path)])
    after = np.mean([combs(luma) for luma in lumas(exported.rendered.path)])
    assert after < before / 2, (before, after)


def combs(luma: Luma) -> float:
    """How much the odd rows differ from what lies between the even ones."""
    rows = luma.astype(np.float32)
    return float(np.abs(rows[1:-1:2] - (rows[:-2:2] + rows[2::2]) / 2).mean())
