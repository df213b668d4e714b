"""H.264 parameter sets and slice headers are read as the standard writes them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.conftest import CameraOf
from tests.worker.bitstream.made import calm
from tests.worker.bitstream.made_h264 import h264_pps, h264_sps
from worker.bitstream import h264
from worker.bitstream.h264_slices import parse_slice_header, parse_slice_start
from worker.bitstream.nal import split_prefixed
from worker.bitstream.vui import Colour

CHROMA = {"420": 1, "422": 2, "444": 3}


@calm
@given(h264_sps())
def test_every_sps_is_read_as_it_was_meant(made: tuple[bytes, h264.Sps]) -> None:
    nal, sps = made
    assert h264.parse_sps(nal) == sps
    assert h264.sps_id(nal) == sps.id


@calm
@given(h264_pps())
def test_every_pps_is_read_as_it_was_meant(made: tuple[bytes, h264.Pps]) -> None:
    nal, pps = made
    assert h264.parse_pps(nal) == pps
    assert h264.pps_ids(nal) == (pps.id, pps.sps_id)


@calm
@given(h264_sps(), st.integers(0, 31))
def test_an_sps_changes_its_id_and_nothing_else(made: tuple[bytes, h264.Sps], new: int) -> None:
    nal, sps = made
    renamed = h264.with_sps_id(nal, new)
    assert h264.sps_id(renamed) == new
    assert h264.with_sps_id(renamed, sps.id) == nal


@calm
@given(h264_pps(), st.integers(0, 255), st.integers(0, 31))
def test_a_pps_changes_its_ids_and_nothing_else(
    made: tuple[bytes, h264.Pps], new: int, new_sps: int
) -> None:
    nal, pps = made
    renamed = h264.with_pps_ids(nal, new, new_sps)
    assert h264.pps_ids(renamed) == (new, new_sps)
    assert h264.with_pps_ids(renamed, pps.id, pps.sps_id) == nal


@pytest.mark.parametrize(
    "name", ["high", "main", "fields", "ten bits", "4:2:2", "4:4:4", "matrices", "colourful"]
)
def test_a_recorded_sps_says_what_ffmpeg_reads(camera: CameraOf, name: str) -> None:
    made = camera(name)
    (sps,) = made.entry.pictures()
    assert isinstance(sps, h264.Sps)
    assert (sps.width, sps.height, sps.level) == (made.width, made.height, made.level)
    chroma = next(code for text, code in CHROMA.items() if text in made.pix_fmt)
    depth = 10 if "10" in made.pix_fmt else 8
    assert (sps.chroma_format, sps.depth_luma, sps.depth_chroma) == (chroma, depth, depth)
    assert sps.frame_mbs_only is (name != "fields")


def test_a_recorded_sps_says_its_colour_and_its_pixels(camera: CameraOf) -> None:
    (sps,) = camera("colourful").entry.pictures()
    assert sps.colour == Colour(1, 1, 1, full_range=True)
    assert sps.sar == Fraction(4, 3)


def test_a_recorded_sps_says_how_many_pictures_are_reordered(camera: CameraOf) -> None:
    depths = [camera(name).entry.pictures()[0].max_num_reorder for name in ("high", "main")]
    assert depths == [2, 1]
    assert camera("baseline, four slices").entry.pictures()[0].max_num_reorder == 0


def test_slices_say_where_they_begin_and_what_they_are(camera: CameraOf) -> None:
    made = camera("baseline, four slices")
    first = [nal for nal in split_prefixed(made.samples[0].data, 4) if nal[0] & 31 == h264.IDR]
    starts = [parse_slice_start(nal) for nal in first]
    # 192 x 112 pixels are 12 x 7 macroblocks.
    assert [start.first_mb for start in starts] == [0, 24, 48, 60]
    assert {start.slice_type for start in starts} == {2}


@pytest.mark.parametrize(
    "name", ["high", "high, faded", "fields", "high, CAVLC, three slices", "sps 3", "all key"]
)
def test_headers_count_frames_and_end_before_their_slice(camera: CameraOf, name: str) -> None:
    made = camera(name)
    sets = made.entry.h264_sets
    for gop in made.gops():
        counted = []
        for sample in gop:
            nals = [nal for nal in split_prefixed(sample.data, 4) if nal[0] & 31 in h264.SLICES]
            for nal in nals:
                sps, pps = sets[parse_slice_start(nal).pps_id]
                header = parse_slice_header(nal, sps, pps)
                assert (header.idr_pic_id is None) is not sample.is_key
                assert (header.end is None) is not pps.cabac
                counted.append(header.frame_num)
        # frame_num begins at 0 and grows by one at most from picture to picture.
        assert counted[0] == 0
        steps = {(b - a) % 16 for a, b in pairwise(counted)}
        assert steps <= {0, 1}
