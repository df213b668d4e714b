"""HEVC parameter sets and slice headers are read as the standard writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.conftest import CameraOf
from tests.worker.bitstream.made import calm
from tests.worker.bitstream.made_hevc import hevc_pps, hevc_sps, hevc_vps
from worker.bitstream import hevc
from worker.bitstream.nal import split_prefixed
from worker.bitstream.vui import Colour

VPS_ID = SPS_ID = st.integers(0, 15)
PPS_ID = st.integers(0, 63)


@calm
@given(hevc_sps())
def test_every_sps_is_read_as_it_was_meant(made: tuple[bytes, hevc.Sps]) -> None:
    nal, sps = made
    assert hevc.parse_sps(nal) == sps
    assert hevc.sps_ids(nal) == (sps.id, sps.vps_id)


@calm
@given(hevc_sps(), SPS_ID, VPS_ID)
def test_an_sps_changes_its_ids_and_nothing_else(
    made: tuple[bytes, hevc.Sps], new: int, new_vps: int
) -> None:
    nal, sps = made
    renamed = hevc.with_sps_ids(nal, new, new_vps)
    assert hevc.sps_ids(renamed) == (new, new_vps)
    assert hevc.with_sps_ids(renamed, sps.id, sps.vps_id) == nal


@calm
@given(st.data(), VPS_ID, VPS_ID)
def test_a_vps_changes_its_id_and_nothing_else(draw: st.DataObject, old: int, new: int) -> None:
    nal = draw.draw(hevc_vps(old))
    assert hevc.vps_id(nal) == old
    assert hevc.vps_id(hevc.with_vps_id(nal, new)) == new
    assert hevc.with_vps_id(hevc.with_vps_id(nal, new), old) == nal


@calm
@given(PPS_ID, SPS_ID, PPS_ID, SPS_ID, st.integers(0, 2**40 - 1))
def test_a_pps_changes_its_ids_and_nothing_else(
    old: int, old_sps: int, new: int, new_sps: int, rest: int
) -> None:
    nal = hevc_pps(old, old_sps, rest)
    renamed = hevc.with_pps_ids(nal, new, new_sps)
    output_flag, extra_bits = rest >> 38 & 1 == 1, rest >> 35 & 7
    assert hevc.parse_pps(nal) == hevc.Pps(old, old_sps, output_flag, extra_bits)
    assert hevc.pps_ids(renamed) == (new, new_sps)
    assert hevc.with_pps_ids(renamed, old, old_sps) == nal


@pytest.mark.parametrize(
    "name", ["hevc", "hevc, slices", "hevc, ten bits", "hevc, buffered", "hevc, colourful"]
)
def test_a_recorded_sps_says_what_ffmpeg_reads(camera: CameraOf, name: str) -> None:
    made = camera(name)
    (sps,) = made.entry.pictures()
    assert isinstance(sps, hevc.Sps)
    assert (sps.width, sps.height, sps.general.level) == (made.width, made.height, made.level)
    assert sps.depth_luma == sps.depth_chroma == (10 if "10" in made.pix_fmt else 8)
    assert sps.general.profile == (2 if "10" in made.pix_fmt else 1)
    assert (sps.chroma_format, sps.is_fields) == (1, False)


def test_a_recorded_sps_says_its_colour_and_its_pixels(camera: CameraOf) -> None:
    (sps,) = camera("hevc, colourful").entry.pictures()
    assert sps.colour == Colour(9, 18, 9, full_range=True)
    assert sps.sar == Fraction(16, 11)


def test_slices_say_which_one_begins_the_picture(camera: CameraOf) -> None:
    for sample in camera("hevc, slices").samples:
        slices = [
            nal for nal in split_prefixed(sample.data, 4) if hevc.nal_type(nal) in hevc.SLICES
        ]
        assert [hevc.parse_slice_start(nal) for nal in slices] == [(True, 0), (False, 0)]
