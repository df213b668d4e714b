"""Cameras under one sample entry decode to the very pictures that each decodes to alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.worker.bitstream.cameras import (
    Camera,
    Part,
    picture_hashes,
    put_together,
    with_second_pps,
)
from tests.worker.bitstream.conftest import CameraOf
from worker.bitstream import h264
from worker.bitstream.entry import Entry, to_extradata
from worker.bitstream.merge import Merged, merge
from worker.bitstream.nal import escape, unescape
from worker.bitstream.recode import new_id
from worker.bitstream.rewrite import Rewrite

H264 = (
    "high",
    "high, faded",
    "main",
    "baseline, four slices",
    "high, CAVLC, three slices",
    "small slices",
    "sps 3",
    "buffered",
    "fields",
    "fields, CAVLC",
    "matrices",
    "stream",
)
HEVC = ("hevc", "hevc, plain", "hevc, buffered", "hevc, stream")


def parts_of(cameras: Sequence[Camera]) -> list[Part]:
    """The GOPs of all cameras, taken in turn, the last ones first."""
    return [
        Part(camera, which, camera.gops()[-1 - turn])
        for turn in range(3)
        for which, camera in enumerate(cameras)
    ]


def assert_same_pictures(out: Path, merged: Merged, parts: Sequence[Part]) -> None:
    put_together(out, merged, parts)
    assert picture_hashes(out) == [each for part in parts for each in part.hashes]


def merged_of(cameras: Sequence[Camera]) -> Merged:
    """All under one entry, the first camera the lightest."""
    return merge([each.entry for each in cameras], range(len(cameras)))


@pytest.mark.parametrize("lightest", H264)
def test_h264_cameras_under_one_entry_show_their_own_pictures(
    camera: CameraOf, tmp_path: Path, lightest: str
) -> None:
    cameras = [camera(name) for name in dict.fromkeys((lightest, "high", "main"))]
    merged = merged_of(cameras)
    assert len(merged.entry.pps) == len(cameras)
    assert_same_pictures(tmp_path / "out.mp4", merged, parts_of(cameras))


@pytest.mark.parametrize("lightest", HEVC)
def test_hevc_cameras_under_one_entry_show_their_own_pictures(
    camera: CameraOf, tmp_path: Path, lightest: str
) -> None:
    cameras = [camera(name) for name in dict.fromkeys((lightest, "hevc, plain", "hevc"))]
    merged = merged_of(cameras)
    assert len(merged.entry.pps) == len(cameras)
    assert_same_pictures(tmp_path / "out.mp4", merged, parts_of(cameras))


@pytest.mark.parametrize("name", ["hevc, slices", "hevc, ten bits", "ten bits", "4:2:2", "4:4:4"])
def test_slices_and_depths_survive_other_ids(camera: CameraOf, tmp_path: Path, name: str) -> None:
    made = camera(name)
    # A second camera of the same format, in name only: its level is another one.
    heavier = replace(made, extradata=to_extradata(with_other_level(made.entry)))
    merged = merged_of([made, heavier])
    assert not merged.rewrites[0].keeps_slices
    assert_same_pictures(tmp_path / "out.mp4", merged, parts_of([made, heavier]))


def with_other_level(entry: Entry) -> Entry:
    """The same source, but with another level in its SPS, which decoders of files do not mind."""
    sps = bytearray(unescape(entry.sps[0]))
    sps[3 if entry.codec == "h264" else 14] += 1
    return replace(entry, sps=(escape(bytes(sps)),))


@pytest.mark.parametrize("name", [name for name in H264 if name not in {"sps 3", "stream"}])
@pytest.mark.parametrize("new", [1, 40])
def test_h264_slices_written_anew_show_the_same_pictures(
    camera: CameraOf, tmp_path: Path, name: str, new: int
) -> None:
    made = camera(name)
    assert not new_id(0, new).keeps_alignment
    entry = replace(made.entry, pps=(h264.with_pps_ids(made.entry.pps[0], new, 0),))
    merged = Merged(entry, to_extradata(entry), (Rewrite(made.entry, {0: new}),))
    whole = Part(made, 0, made.samples)
    assert_same_pictures(tmp_path / "out.mp4", merged, [whole])


@pytest.mark.parametrize("name", ["high", "baseline, four slices", "fields"])
def test_a_camera_of_several_pps_keeps_them_apart(
    camera: CameraOf, tmp_path: Path, name: str
) -> None:
    made = camera(name)
    several = with_second_pps(made)
    merged = merged_of([several, camera("main")])
    assert merged.rewrites[0].pps_ids == {0: 15, 1: 1}
    assert_same_pictures(tmp_path / "out.mp4", merged, parts_of([several, camera("main")]))


def test_a_run_that_begins_at_a_cra_shows_what_the_source_shows(
    camera: CameraOf, tmp_path: Path
) -> None:
    made, other = camera("hevc, open"), camera("hevc")
    runs = []
    for gop in made.gops()[1:]:
        first = gop[0].number
        runs.append([sample for sample in gop if sample.number >= first])
    assert any(len(run) < 8 for run in runs)
    merged = merged_of([made, other])
    parts = [Part(made, 0, runs[1]), Part(other, 1, other.gops()[1]), Part(made, 0, runs[0])]
    out = put_together(tmp_path / "out.mp4", merged, parts, bla=True)
    assert picture_hashes(out) == [each for part in parts for each in part.hashes]


def test_a_run_over_a_cra_keeps_its_leading_pictures(camera: CameraOf, tmp_path: Path) -> None:
    made, other = camera("hevc, open"), camera("hevc, plain")
    parts = [Part(other, 1, other.gops()[2]), Part(made, 0, made.samples)]
    assert_same_pictures(tmp_path / "out.mp4", merged_of([made, other]), parts)
