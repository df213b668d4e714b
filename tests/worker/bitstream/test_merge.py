"""Many sources under one sample entry: each finds its own parameter sets again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.conftest import CameraOf
from tests.worker.bitstream.made import calm
from tests.worker.bitstream.made_h264 import h264_pps, h264_sps
from tests.worker.bitstream.made_hevc import hevc_pps, hevc_sps, hevc_vps
from worker.bitstream import h264, hevc
from worker.bitstream.entry import Codec, Entry, from_extradata
from worker.bitstream.errors import (
    Damaged,
    NotSupported,
    ParameterSetsMissing,
    TooManyParameterSets,
)
from worker.bitstream.merge import Merged, merge
from worker.bitstream.nal import escape, unescape
from worker.bitstream.reorder import common, depths, telling


@st.composite
def h264_entries(draw: st.DrawFn) -> Entry:
    sps_ids = draw(st.lists(st.integers(0, 31), min_size=1, max_size=2, unique=True))
    pps_ids = draw(st.lists(st.integers(0, 255), min_size=1, max_size=3, unique=True))
    sps = tuple(draw(h264_sps(identifier))[0] for identifier in sps_ids)
    pps = tuple(draw(h264_pps(each, draw(st.sampled_from(sps_ids))))[0] for each in pps_ids)
    return Entry("h264", 4, sps, pps)


@st.composite
def hevc_entries(draw: st.DrawFn) -> Entry:
    vps_id, sps_id = draw(st.integers(0, 15)), draw(st.integers(0, 15))
    pps_ids = draw(st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True))
    rest = st.integers(0, 2**40 - 1)
    return Entry(
        "hevc",
        4,
        (draw(hevc_sps(sps_id, vps_id))[0],),
        tuple(hevc_pps(each, sps_id, draw(rest)) for each in pps_ids),
        (draw(hevc_vps(vps_id)),),
    )


def chain(entry: Entry, pps_id: int) -> tuple[bytes, ...]:
    """The sets that a slice naming `pps_id` builds on, as if all their ids were 0."""
    if entry.codec == "h264":
        pps = next(nal for nal in entry.pps if h264.pps_ids(nal)[0] == pps_id)
        sps = next(nal for nal in entry.sps if h264.sps_id(nal) == h264.pps_ids(pps)[1])
        return h264.with_pps_ids(pps, 0, 0), h264.with_sps_id(sps, 0)
    pps = next(nal for nal in entry.pps if hevc.pps_ids(nal)[0] == pps_id)
    sps = next(nal for nal in entry.sps if hevc.sps_ids(nal)[0] == hevc.pps_ids(pps)[1])
    vps = next(nal for nal in entry.vps if hevc.vps_id(nal) == hevc.sps_ids(sps)[1])
    return hevc.with_pps_ids(pps, 0, 0), hevc.with_sps_ids(sps, 0, 0), hevc.with_vps_id(vps, 0)


def assert_everyone_finds_his_own(merged: Merged, entries: list[Entry]) -> None:
    kinds = (merged.entry.sps, merged.entry.pps, merged.entry.vps)
    assert all(len(set(kind)) == len(kind) for kind in kinds)
    assert from_extradata(merged.entry.codec, merged.extradata) == merged.entry
    depth = common([depth for entry in entries for depth in depths(entry)])
    for entry, rewrite in zip(entries, merged.rewrites, strict=True):
        assert rewrite.entry is entry
        for old, new in rewrite.pps_ids.items():
            assert chain(merged.entry, new) == chain(telling(entry, depth), old)


@calm
@given(st.lists(h264_entries(), min_size=1, max_size=4), st.data())
def test_every_h264_source_finds_its_own_sets(entries: list[Entry], draw: st.DataObject) -> None:
    weights = [draw.draw(st.integers(0, 9)) for _ in entries]
    merged = merge(entries, weights)
    assert_everyone_finds_his_own(merged, entries)
    heaviest = merged.rewrites[weights.index(max(weights))]
    assert all(old == new for old, new in heaviest.pps_ids.items())


@calm
@given(st.lists(hevc_entries(), min_size=1, max_size=4), st.data())
def test_every_hevc_source_finds_its_own_sets(entries: list[Entry], draw: st.DataObject) -> None:
    weights = [draw.draw(st.integers(0, 9)) for _ in entries]
    merged = merge(entries, weights)
    assert_everyone_finds_his_own(merged, entries)
    assert all(
        change.keeps_alignment for rewrite in merged.rewrites for change in rewrite.new_ids.values()
    )


def test_cameras_of_one_kind_share_their_sets(camera: CameraOf) -> None:
    entry = camera("high").entry
    merged = merge([entry, replace(entry, length_size=2), entry], [1, 2, 3])
    assert merged.entry == entry
    assert all(rewrite.keeps_slices and rewrite.keeps_timing for rewrite in merged.rewrites)


def test_the_same_sps_under_another_id_is_stored_once(camera: CameraOf) -> None:
    entry = camera("high").entry
    moved = replace(
        entry,
        sps=(h264.with_sps_id(entry.sps[0], 5),),
        pps=(h264.with_pps_ids(entry.pps[0], 15, 5),),
    )
    merged = merge([entry, moved], [2, 1])
    assert (merged.entry.sps, merged.rewrites[1].pps_ids) == (entry.sps, {15: 15})


def different(entry: Entry, level: int) -> Entry:
    """The same source, but with another level in its SPS."""
    sps = bytearray(unescape(entry.sps[0]))
    sps[3 if entry.codec == "h264" else 14] = level
    return replace(entry, sps=(escape(bytes(sps)),))


def kinds_of(entry: Entry, count: int) -> list[Entry]:
    return [different(entry, 40 + number) for number in range(count)]


def test_beyond_the_ids_that_cost_a_byte_h264_takes_the_others(camera: CameraOf) -> None:
    entries = kinds_of(camera("high").entry, 31)
    merged = merge(entries, [1] * 31)
    assert_everyone_finds_his_own(merged, entries)
    aligned = [
        all(change.keeps_alignment for change in rewrite.new_ids.values())
        for rewrite in merged.rewrites
    ]
    assert aligned == [True] * 18 + [False] * 13


@pytest.mark.parametrize(("name", "most"), [("high", 31), ("hevc", 16)])
def test_the_lightest_source_is_the_one_that_does_not_fit(
    camera: CameraOf, name: str, most: int
) -> None:
    entries = kinds_of(camera(name).entry, most + 1)
    merge(entries[:most], [1] * most)
    weights = [5] * len(entries)
    weights[7] = 1
    with pytest.raises(TooManyParameterSets) as caught:
        merge(entries, weights)
    assert caught.value.index == 7


def test_hevc_takes_no_id_that_moves_the_slice_data(camera: CameraOf) -> None:
    entry = camera("hevc").entry
    seventh = replace(entry, pps=(hevc.with_pps_ids(entry.pps[0], 7, 0),))
    # Ids from 7 to 14 have codes of one length, and none that is a byte longer is left.
    entries = [different(seventh, 40 + number) for number in range(9)]
    with pytest.raises(TooManyParameterSets) as caught:
        merge(entries, [1] * 9)
    assert caught.value.index == 8


def test_errors_say_which_source_they_are_about(camera: CameraOf) -> None:
    good = camera("high").entry
    empty = replace(good, sps=())
    with pytest.raises(ParameterSetsMissing) as missing:
        merge([good, empty], [1, 2])
    assert missing.value.index == 1
    with pytest.raises(Damaged) as damaged:
        merge([replace(good, sps=(good.sps[0][:6],)), good], [1, 2])
    assert damaged.value.index == 0


@pytest.mark.parametrize("codecs", [(), ("h264", "hevc")])
def test_one_entry_holds_one_codec(camera: CameraOf, codecs: tuple[Codec, ...]) -> None:
    names = {"h264": "high", "hevc": "hevc"}
    entries = [camera(names[codec]).entry for codec in codecs]
    with pytest.raises(NotSupported):
        merge(entries, [1] * len(entries))
