"""The verifier passes a right programme and finds each way in which one can be wrong."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from export_service.coded_media import Luma
from tests.media.decode import decode
from tests.media.oracle import Expected, Stereo
from tests.media.reference import draw
from tests.media.test_oracle import programme, source
from tests.media.verify import Verdict, assert_exact, verify


@pytest.fixture(scope="module")
def expected() -> Expected:
    known = [source(1), source(2, Fraction(25), size=(72, 54)), source(3)]
    segments = [(0, -0.4, 0.8), (1, 0.5, 1.5), (2, 2.5, 3.4), (0, 1.0, 1.01), (1, 1.0, 1.6)]
    return programme(*segments, known=known, width=192, height=108, fps=30)


def bent(expected: Expected, path: Path, arguments: tuple[str, ...] = (), **how: object) -> Verdict:
    return verify(decode(draw(expected, path, arguments=arguments, **how)), expected)  # type: ignore[arg-type]


def test_a_right_programme_has_no_findings(expected: Expected, tmp_path: Path) -> None:
    verdict = assert_exact(draw(expected, tmp_path / "right.mp4"), expected)
    assert verdict.frames == 111
    assert verdict.segments_heard == {0, 1, 2, 4}
    assert verdict.worst_lag_ms < 0.05
    assert verdict.cuts == 3
    assert verdict.worst_residual < 0.25


def test_opus_in_webm_is_heard_as_well_as_aac(expected: Expected, tmp_path: Path) -> None:
    codecs = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
    assert_exact(draw(expected, tmp_path / "right.webm", arguments=codecs), expected)


def test_one_repeated_frame_is_found(expected: Expected, tmp_path: Path) -> None:
    def repeat(pictures: list[Luma]) -> list[Luma]:
        return [*pictures[:50], pictures[49], *pictures[51:]]

    verdict = bent(expected, tmp_path / "a.mp4", frames=repeat)
    assert verdict.wrong_frames == 1
    assert "Code(camera=2, frame=22) where Code(camera=2, frame=23) is due" in verdict.findings[0]


def test_a_missing_frame_is_found(expected: Expected, tmp_path: Path) -> None:
    verdict = bent(expected, tmp_path / "a.mp4", frames=lambda pictures: pictures[:-1])
    assert any("110 frames where 111 are due" in finding for finding in verdict.findings)


def test_a_stretched_picture_is_found(expected: Expected, tmp_path: Path) -> None:
    def stretch(pictures: list[Luma]) -> list[Luma]:
        columns = np.linspace(24, 167, 192).astype(int)
        return [p[:, columns] if 36 <= n < 66 else p for n, p in enumerate(pictures)]

    assert bent(expected, tmp_path / "a.mp4", frames=stretch).wrong_frames == 30


@pytest.mark.parametrize("samples", [-72, 72])
def test_sound_that_is_a_millisecond_and_a_half_off_is_found(
    expected: Expected, tmp_path: Path, samples: int
) -> None:
    verdict = bent(expected, tmp_path / "a.mp4", sound=lambda s: np.roll(s, samples, axis=0))
    assert verdict.worst_lag_ms == pytest.approx(1.5, abs=0.05)
    assert verdict.findings


def test_swapped_channels_are_found(expected: Expected, tmp_path: Path) -> None:
    verdict = bent(expected, tmp_path / "a.mp4", sound=lambda s: s[:, ::-1])
    assert any("correlation" in finding for finding in verdict.findings)


def test_a_hard_cut_and_a_dip_are_found(expected: Expected, tmp_path: Path) -> None:
    cut = 36 * 1600 + 30 * 1600

    def dip(sound: Stereo) -> Stereo:
        sound[cut - 120 : cut + 120] *= np.abs(np.linspace(-1, 1, 240))[:, None]
        return sound

    def hard(sound: Stereo) -> Stereo:
        whole = expected._heard(expected.parts[1], cut - 240, 240)
        sound[cut - 240 : cut] = whole
        after = expected._heard(expected.parts[2], cut, 240)
        sound[cut : cut + 240] = after
        return sound

    for bend in (dip, hard):
        verdict = bent(expected, tmp_path / "a.mp4", sound=bend)
        assert [f for f in verdict.findings if "from segment 1 to 2" in f], str(verdict)


def test_noise_in_silence_is_found(expected: Expected, tmp_path: Path) -> None:
    def hum(sound: Stereo) -> Stereo:
        sound += (0.01 * np.sin(np.arange(len(sound)) / 20))[:, None]
        return sound

    verdict = bent(expected, tmp_path / "a.mp4", sound=hum)
    assert any("silence" in finding for finding in verdict.findings)


def test_uneven_timestamps_are_found(expected: Expected, tmp_path: Path) -> None:
    arguments = ("-vf", "settb=1/30000,setpts=PTS+eq(N\\,20)*90", "-fps_mode", "passthrough")
    verdict = bent(expected, tmp_path / "a.mp4", (*arguments, "-enc_time_base", "1/30000"))
    assert any("uneven" in finding for finding in verdict.findings)
