"""All parameter sets of a programme hold back alike, and say all else as before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.conftest import CameraOf
from tests.worker.bitstream.made import calm
from tests.worker.bitstream.made_h264 import h264_sps
from tests.worker.bitstream.made_hevc import hevc_sps, hevc_vps
from worker.bitstream import h264, hevc
from worker.bitstream.entry import Entry
from worker.bitstream.merge import merge
from worker.bitstream.reorder import Depth, common, depths, telling


@calm
@given(h264_sps(), st.integers(0, 16))
def test_an_h264_set_says_another_depth_and_nothing_else(
    made: tuple[bytes, h264.Sps], depth: int
) -> None:
    nal, before = made
    (told,) = telling(Entry("h264", 4, (nal,), ()), depth).sps
    after, held = h264.held_of(told)
    assert after.level >= before.level
    assert replace(after, level=before.level, max_num_reorder=None) == replace(
        before, max_num_reorder=None
    )
    assert held.reorder == depth
    assert held.buffering is not None
    assert held.buffering >= max(depth, h264.held_of(nal)[1].buffering or 0)


@calm
@given(hevc_sps(vps_id=3), hevc_vps(3), st.integers(0, 15))
def test_an_hevc_set_says_at_least_a_depth_and_nothing_else(
    made: tuple[bytes, hevc.Sps], vps: bytes, depth: int
) -> None:
    nal, before = made
    told = telling(Entry("hevc", 4, (nal,), (), (vps,)), depth)
    after = hevc.parse_sps(told.sps[0])
    assert after == replace(before, max_num_reorder=max(depth, before.max_num_reorder))
    assert hevc.vps_id(told.vps[0]) == 3


def test_nothing_changes_where_all_agree(camera: CameraOf) -> None:
    high, all_key = camera("high").entry, camera("all key").entry
    assert merge([high, high], [1, 2]).entry.sps == high.sps
    assert merge([all_key], [1]).entry.sps == all_key.sps


@pytest.mark.parametrize(
    ("names", "depth"),
    [(("high", "main", "all key"), 2), (("all key", "main"), 1), (("hevc", "hevc, plain"), 2)],
)
def test_the_deepest_camera_speaks_for_all(
    camera: CameraOf, names: tuple[str, ...], depth: int
) -> None:
    entries = [camera(name).entry for name in names]
    merged = merge(entries, range(len(entries)))
    assert {each.said for each in depths(merged.entry)} == {depth}


def test_what_an_undetermined_set_may_hold_back_is_what_its_level_keeps() -> None:
    assert common([Depth(None, 4), Depth(2, 2)]) == 4
    assert common([Depth(None, 4), Depth(None, 16)]) is None
