"""The parameter sets of a source, wherever its container keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.conftest import CameraOf
from tests.worker.bitstream.made import calm
from tests.worker.bitstream.made_h264 import h264_pps, h264_sps
from worker.bitstream import h264, hevc, records
from worker.bitstream.entry import Entry, from_extradata, to_extradata
from worker.bitstream.errors import Damaged, ParameterSetsChanged, ParameterSetsMissing
from worker.bitstream.nal import ANNEX_B, join_prefixed


@pytest.mark.parametrize(
    "name",
    ["high", "main", "baseline, four slices", "ten bits", "4:2:2", "4:4:4", "sps 3", "all key"],
)
def test_an_avcc_is_built_as_ffmpeg_builds_it(camera: CameraOf, name: str) -> None:
    made = camera(name)
    assert to_extradata(made.entry) == made.extradata


@pytest.mark.parametrize("name", ["hevc", "hevc, ten bits", "hevc, buffered", "hevc, colourful"])
def test_an_hvcc_says_what_ffmpeg_says(camera: CameraOf, name: str) -> None:
    made = camera(name)
    built = to_extradata(made.entry)
    # FFmpeg leaves out which kind of SEI goes with a movie as a whole, and we leave out the rest.
    assert built[:22] == made.extradata[:22]
    assert from_extradata("hevc", built) == made.entry
    assert made.entry.vps
    assert made.entry.sps
    assert made.entry.pps


@pytest.mark.parametrize(("name", "codec"), [("stream", "h264"), ("hevc, stream", "hevc")])
def test_a_byte_stream_keeps_its_sets_in_front(camera: CameraOf, name: str, codec: str) -> None:
    entry = camera(name).entry
    assert (entry.codec, entry.length_size) == (codec, ANNEX_B)
    assert entry.sps
    assert entry.pps
    again = from_extradata(entry.codec, to_extradata(entry))
    assert again == replace(entry, length_size=4)


@pytest.mark.parametrize("name", ["stream", "hevc, stream", "buffered", "hevc, buffered"])
def test_sets_are_found_in_the_first_sample(camera: CameraOf, name: str) -> None:
    made = camera(name)
    bare = replace(made.entry, sps=(), pps=(), vps=())
    assert bare.with_sets_of(made.samples[0].data).parameter_sets == made.entry.parameter_sets
    assert made.entry.with_sets_of(made.samples[0].data) == made.entry
    assert made.entry.with_sets_of(made.samples[1].data) == made.entry


def test_no_extradata_at_all_means_a_byte_stream(camera: CameraOf) -> None:
    made = camera("stream")
    entry = from_extradata("h264", b"")
    assert entry == Entry("h264", ANNEX_B, (), ())
    assert entry.with_sets_of(made.samples[0].data) == made.entry


def test_one_id_with_two_meanings_is_a_change(camera: CameraOf) -> None:
    other = join_prefixed(camera("main").entry.sps)
    with pytest.raises(ParameterSetsChanged):
        camera("high").entry.with_sets_of(other)


def test_an_entry_without_sets_describes_nothing(camera: CameraOf) -> None:
    avc, hevc_one = camera("high").entry, camera("hevc").entry
    bare = [replace(avc, sps=()), replace(avc, pps=()), replace(hevc_one, vps=())]
    for entry in (*bare, replace(hevc_one, sps=()), replace(hevc_one, pps=())):
        with pytest.raises(ParameterSetsMissing):
            to_extradata(entry)


@calm
@given(st.data(), st.integers(1, 4), st.integers(1, 4), st.sampled_from((1, 2, 4)))
def test_an_avcc_of_many_sets_is_read_again(
    draw: st.DataObject, sps_count: int, pps_count: int, length_size: int
) -> None:
    sps = tuple(draw.draw(h264_sps(identifier))[0] for identifier in range(sps_count))
    pps = tuple(draw.draw(h264_pps(identifier, 0))[0] for identifier in range(pps_count))
    record = bytearray(to_extradata(Entry("h264", 4, sps, pps)))
    record[4] = 0xFC | length_size - 1
    assert from_extradata("h264", bytes(record)) == Entry("h264", length_size, sps, pps)
    lowest = min(h264.parse_sps(nal).level for nal in sps)
    assert record[3] >= lowest


def test_an_avcc_promises_what_is_true_of_all_its_sets(camera: CameraOf) -> None:
    names = ("high", "main", "baseline, four slices", "fields")
    sps = [h264.with_sps_id(camera(name).entry.sps[0], place) for place, name in enumerate(names)]
    record = records.build_avcc(sps, camera("high").entry.pps)
    assert tuple(record[1:4]) == (100, 0, 21)


def test_an_hvcc_promises_what_is_true_of_all_its_sets(camera: CameraOf) -> None:
    eight, ten = (camera(name).entry for name in ("hevc", "hevc, ten bits"))
    sps = [eight.sps[0], hevc.with_sps_ids(ten.sps[0], 1, 0)]
    record = records.build_hvcc(eight.vps, sps, eight.pps, ())
    profiles = [hevc.parse_sps(nal).general for nal in sps]
    both = profiles[0].compatibility & profiles[1].compatibility
    assert record[1] == 2
    assert int.from_bytes(record[2:6], "big") == both


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_a_description_cut_short_is_damage(camera: CameraOf, codec: str) -> None:
    name = "high" if codec == "h264" else "hevc"
    made = camera(name)
    whole = to_extradata(replace(made.entry, sei=()))
    # What an avcC says of chroma and depth at its end is said by its parameter sets too.
    needed = len(whole) - (4 if codec == "h264" else 0)
    for length in range(1, needed):
        with pytest.raises(Damaged):
            from_extradata(made.codec, whole[:length])
