"""The first sample after a join leaves the pictures before it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.worker.bitstream.cameras import picture_hashes, write
from tests.worker.bitstream.conftest import CameraOf
from worker.bitstream import hevc
from worker.bitstream.errors import BitstreamError, ParameterSetsChanged
from worker.bitstream.h264_slices import parse_slice_header
from worker.bitstream.joins import begin_run, idr_pic_id
from worker.bitstream.merge import merge
from worker.bitstream.nal import escape, join_prefixed, split_prefixed, unescape
from worker.bitstream.rewrite import rewrite_sample


def test_key_pictures_number_themselves_in_turn(camera: CameraOf) -> None:
    made = camera("all key")
    ids = [idr_pic_id(sample.data, made.entry) for sample in made.samples]
    assert ids == [0, 1] * 12


def test_other_pictures_have_no_number(camera: CameraOf) -> None:
    for name in ("high", "hevc"):
        made = camera(name)
        assert idr_pic_id(made.samples[1].data, made.entry) is None
    assert idr_pic_id(camera("hevc").samples[0].data, camera("hevc").entry) is None


def test_key_pictures_in_a_row_are_told_apart_and_show_the_same(
    camera: CameraOf, tmp_path: Path
) -> None:
    made = camera("all key")
    merged = merge([made.entry], [1])
    every_other = [rewrite_sample(each.data, merged.rewrites[0]) for each in made.samples[::2]]
    for tell_apart in (False, True):
        last, items, ids = None, [], []
        for number, data in enumerate(every_other):
            told = begin_run(data, merged.entry, after_idr=last) if tell_apart else data
            last = idr_pic_id(told, merged.entry)
            items.append((told, number, True))
            ids.append(last)
        out = write(tmp_path / f"{tell_apart}.mp4", made.path, merged.extradata, items)
        assert ids == ([0, 15] * 6 if tell_apart else [0] * 12)
        # FFmpeg does not mind either way.
        assert picture_hashes(out) == made.hashes[::2]


@pytest.mark.parametrize("name", ["high", "baseline, four slices", "hevc"])
def test_where_nothing_is_to_do_the_very_sample_comes_back(camera: CameraOf, name: str) -> None:
    made = camera(name)
    data = rewrite_sample(made.samples[0].data, merge([made.entry], [1]).rewrites[0])
    assert begin_run(data, made.entry) is data
    assert begin_run(data, made.entry, after_idr=9) is data


def test_h264_pictures_are_not_thrown_away_at_a_join(camera: CameraOf) -> None:
    made = camera("high, CAVLC, three slices")
    sps, pps = made.entry.h264_sets[0]
    thrifty = []
    for nal in split_prefixed(made.samples[0].data, 4):
        if nal[0] & 31 == 5:
            at = parse_slice_header(nal, sps, pps).no_output_of_prior_pics_at
            assert at is not None
            rbsp = bytearray(unescape(nal[1:]))
            rbsp[at // 8] |= 0x80 >> at % 8
            thrifty.append(nal[:1] + escape(bytes(rbsp)))
        else:
            thrifty.append(nal)
    sample = join_prefixed(thrifty)
    assert sample != made.samples[0].data
    assert begin_run(sample, made.entry) == made.samples[0].data


def test_hevc_pictures_are_not_thrown_away_at_a_join(camera: CameraOf) -> None:
    made = camera("hevc, slices")
    thrifty = join_prefixed(
        nal[:2] + bytes((nal[2] | 0x40,)) + nal[3:] if hevc.nal_type(nal) < 32 else nal
        for nal in split_prefixed(made.samples[0].data, 4)
    )
    assert thrifty != made.samples[0].data
    assert begin_run(thrifty, made.entry) == made.samples[0].data


def test_a_slice_that_names_no_set_is_a_change(camera: CameraOf) -> None:
    with pytest.raises(ParameterSetsChanged):
        begin_run(join_prefixed([b"\x65\x88\x54\x80"]), camera("high").entry)
    with pytest.raises(BitstreamError):
        begin_run(join_prefixed([b"\x26\x01"]), camera("hevc").entry)
