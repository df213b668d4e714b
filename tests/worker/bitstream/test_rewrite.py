"""Samples as they stand in the programme: what stays, what goes, and at what speed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.worker.bitstream.cameras import Camera
from tests.worker.bitstream.conftest import CameraOf
from worker.bitstream import h264, hevc, sei
from worker.bitstream.entry import Entry
from worker.bitstream.errors import Damaged, NotSupported, ParameterSetsChanged
from worker.bitstream.merge import merge
from worker.bitstream.nal import ANNEX_B, join_prefixed, nal_spans, split_prefixed
from worker.bitstream.rewrite import Rewrite, rewrite_sample

SLICE = b"\x65\x88\x84\x21\x43\x65\x87\x80"
HEVC_SLICE = b"\x26\x01\xaf\x12\x34\x56\x78\x80"


def alone(camera: Camera) -> Rewrite:
    return merge([camera.entry], [1]).rewrites[0]


def beside(camera: Camera, heavier: Camera) -> Rewrite:
    return merge([camera.entry, heavier.entry], [1, 2]).rewrites[0]


def kinds(codec: str, sample: bytes) -> list[int]:
    nals = split_prefixed(sample, 4)
    return [hevc.nal_type(nal) if codec == "hevc" else h264.nal_type(nal) for nal in nals]


def messages(codec: str, sample: bytes) -> set[int]:
    header, wanted = (2, {39, 40}) if codec == "hevc" else (1, {6})
    nals = zip(split_prefixed(sample, 4), kinds(codec, sample), strict=True)
    return {found for nal, kind in nals if kind in wanted for found, _ in sei.messages(nal, header)}


@pytest.mark.parametrize("name", ["high", "baseline, four slices", "fields", "hevc", "hevc, open"])
def test_where_nothing_is_to_do_the_very_sample_comes_back(camera: CameraOf, name: str) -> None:
    made = camera(name)
    for sample in made.samples:
        assert rewrite_sample(sample.data, alone(made)) is sample.data


@pytest.mark.parametrize(
    ("name", "kept"), [("buffered", {1, 5, 6}), ("hevc, buffered", {0, 1, 20, 39, 40})]
)
def test_sets_delimiters_and_filler_are_left_out(
    camera: CameraOf, name: str, kept: set[int]
) -> None:
    made = camera(name)
    before = {kind for sample in made.samples for kind in kinds(made.codec, sample.data)}
    assert before - kept == ({32, 33, 34, 35} if made.codec == "hevc" else {7, 8, 9, 12})
    after = [rewrite_sample(sample.data, alone(made)) for sample in made.samples]
    assert {kind for sample in after for kind in kinds(made.codec, sample)} == kept


@pytest.mark.parametrize(
    ("name", "heavier", "kept"),
    [("buffered", "high", {5}), ("hevc, buffered", "hevc", {5, 132})],
)
def test_timing_is_left_out_beside_another_camera(
    camera: CameraOf, name: str, heavier: str, kept: set[int]
) -> None:
    made, other = camera(name), camera(heavier)
    for rewrite in (beside(made, other), replace(alone(made), keeps_timing=False)):
        after = [rewrite_sample(sample.data, rewrite) for sample in made.samples]
        assert {kind for each in after for kind in messages(made.codec, each)} == kept
    first = rewrite_sample(made.samples[0].data, alone(made))
    assert {0, 1} < messages(made.codec, first)


@pytest.mark.parametrize("name", ["high", "baseline, four slices", "hevc", "hevc, slices"])
def test_a_slice_becomes_one_byte_longer_and_no_more(camera: CameraOf, name: str) -> None:
    made = camera(name)
    rewrite = beside(made, camera("hevc, plain" if made.codec == "hevc" else "main"))
    assert set(rewrite.pps_ids.values()) == {15}
    for sample in made.samples:
        slices = [kind for kind in kinds(made.codec, sample.data) if kind < 32 and kind != 6]
        after = rewrite_sample(sample.data, rewrite)
        assert kinds(made.codec, after) == kinds(made.codec, sample.data)
        assert 0 <= len(after) - len(sample.data) - len(slices) <= 2  # a rare byte of prevention


@pytest.mark.parametrize("length_size", [1, 2, ANNEX_B])
def test_lengths_of_four_bytes_come_out_of_every_kind(camera: CameraOf, length_size: int) -> None:
    made = camera("small slices")
    entry = replace(made.entry, length_size=length_size)
    rewrite = merge([entry], [1]).rewrites[0]
    for sample in made.samples[1:]:
        nals = list(split_prefixed(sample.data, 4))
        if length_size == ANNEX_B:
            packed = b"".join(b"\0\0\1" + nal + b"\0" for nal in nals)
        else:
            packed = b"".join(len(nal).to_bytes(length_size, "big") + nal for nal in nals)
        assert rewrite_sample(packed, rewrite) == sample.data


def one_slice(codec: str, *others: bytes) -> tuple[bytes, bytes]:
    """A sample of a slice among other units, and of the slice alone."""
    picture = HEVC_SLICE if codec == "hevc" else SLICE
    before, after = others[::2], others[1::2]
    return join_prefixed((*before, picture, *after)), join_prefixed((picture,))


def test_second_views_and_reserved_units_are_left_out(camera: CameraOf) -> None:
    rewrite = alone(camera("high"))
    strangers = [bytes((kind, 0x80)) for kind in (13, 14, 15, 16, 18, 19, 20, 21, 24, 31, 11)]
    sample, expected = one_slice("h264", *strangers)
    assert rewrite_sample(sample, rewrite) == expected


def test_other_layers_and_reserved_units_of_hevc_are_left_out(camera: CameraOf) -> None:
    rewrite = alone(camera("hevc"))
    reserved = [bytes((kind << 1, 1, 0x80)) for kind in (10, 15, 22, 24, 35, 37, 38, 41, 48, 63)]
    layers = [b"\x42\x09\x80", b"\x26\x09\xaf\x80", b"\x4f\x01\x80", b"\x27\x01\xaf\x80"]
    sample, expected = one_slice("hevc", *reserved, *layers)
    assert rewrite_sample(sample, rewrite) == expected


def test_the_end_of_a_sequence_stays(camera: CameraOf) -> None:
    for name, end in (("high", b"\x0a"), ("hevc", b"\x48\x01")):
        made = camera(name)
        sample = join_prefixed((HEVC_SLICE if made.codec == "hevc" else SLICE, end))
        assert rewrite_sample(sample, alone(made)) is sample


@pytest.mark.parametrize("kind", [2, 3, 4])
def test_partitioned_slices_are_not_supported(camera: CameraOf, kind: int) -> None:
    sample, _ = one_slice("h264", bytes((kind, 0x80)))
    with pytest.raises(NotSupported):
        rewrite_sample(sample, alone(camera("high")))


def test_a_forbidden_bit_is_damage(camera: CameraOf) -> None:
    for name, nal in (("high", b"\xe5\x88"), ("hevc", b"\xa6\x01\xaf"), ("hevc", b"\x26")):
        with pytest.raises(Damaged):
            rewrite_sample(join_prefixed((nal,)), alone(camera(name)))


def test_sets_in_a_sample_must_be_those_of_the_entry(camera: CameraOf) -> None:
    made, other = camera("high"), camera("main")
    rewrite = alone(made)
    for known in made.entry.parameter_sets:
        less_important = bytes((known[0] & 0x1F | 0x20,)) + known[1:]
        for form in (known, known + b"\0", less_important):
            sample, expected = one_slice("h264", form)
            assert rewrite_sample(sample, rewrite) == expected
    for strange in other.entry.parameter_sets:
        with pytest.raises(ParameterSetsChanged):
            rewrite_sample(one_slice("h264", strange)[0], rewrite)


def test_a_slice_must_name_a_set_of_the_entry(camera: CameraOf) -> None:
    rewrite = beside(camera("high"), camera("main"))
    with pytest.raises(ParameterSetsChanged):
        rewrite_sample(join_prefixed((b"\x65\x88\x54\x21\x43\x65\x87\x80",)), rewrite)


def test_a_cra_becomes_one_whose_leading_pictures_are_not_missed(camera: CameraOf) -> None:
    made = camera("hevc, open")
    for rewrite in (alone(made), beside(made, camera("hevc"))):
        for sample in made.samples:
            plain = kinds("hevc", rewrite_sample(sample.data, rewrite))
            asked = kinds("hevc", rewrite_sample(sample.data, rewrite, bla=True))
            assert asked == [hevc.BLA_N_LP if kind == hevc.CRA else kind for kind in plain]


def hour_like(size: int) -> bytes:
    """A sample of a 1080p camera: one slice of `size` bytes that says nothing."""
    return join_prefixed((SLICE[:-1] + bytes(range(1, 256)) * (size // 255) + b"\x80",))


def test_an_hour_of_samples_passes_in_seconds(
    camera: CameraOf, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = hour_like(25_000)
    made, other = camera("high"), camera("main")
    timings = []
    for words, rewrite in (("kept", alone(made)), ("renamed", beside(made, other))):
        start = time.perf_counter()
        for _ in range(2000):
            rewrite_sample(sample, rewrite)
        timings.append(f"{words} {(time.perf_counter() - start) / 2000 * 1e6:.1f} µs")
    with capsys.disabled():
        print(f"\n25 kB samples of one slice: {', '.join(timings)} each")


def test_spans_of_the_output_are_those_of_whole_units(camera: CameraOf) -> None:
    made = camera("buffered")
    rewrite = beside(made, camera("high"))
    for sample in made.samples:
        after = rewrite_sample(sample.data, rewrite)
        assert sum(end - start + 4 for start, end in nal_spans(after, 4)) == len(after)


def test_an_entry_without_slices_to_change_keeps_them() -> None:
    assert Rewrite(Entry("h264", 4, (), ()), {3: 3}).keeps_slices
    assert not Rewrite(Entry("h264", 4, (), ()), {3: 4}).keeps_slices
