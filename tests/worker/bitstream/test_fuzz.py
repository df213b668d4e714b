"""Whatever the bytes, the answer is an answer or one of our own errors, and it comes soon."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worker.bitstream.cameras import Camera, with_second_pps
from tests.worker.bitstream.conftest import CameraOf
from worker.bitstream import h264, hevc, sei
from worker.bitstream.entry import Codec, from_extradata, to_extradata
from worker.bitstream.errors import BitstreamError
from worker.bitstream.h264_slices import parse_slice_header, parse_slice_start
from worker.bitstream.joins import begin_run, idr_pic_id
from worker.bitstream.kinds import picture_kind
from worker.bitstream.merge import merge
from worker.bitstream.nal import ANNEX_B, nal_spans
from worker.bitstream.order import Order
from worker.bitstream.rewrite import Rewrite, rewrite_sample

CODECS: tuple[Codec, ...] = ("h264", "hevc")
CAMERAS = (
    "high",
    "high, CAVLC, three slices",
    "small slices",
    "several sets",
    "buffered",
    "fields",
    "stream",
    "hevc",
    "hevc, slices",
    "hevc, open",
    "hevc, buffered",
    "hevc, colourful",
)
#: A whole session of fixtures serves all examples of a test.
fuzzed = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def damage(draw: st.DrawFn, data: bytes) -> bytes:
    """`data` cut short, with bytes changed, put in or taken out."""
    made = bytearray(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, min(len(made), 80) - 1)))
        made[at : at + draw(st.integers(0, 3))] = draw(
            st.sampled_from((b"", b"\0", b"\0\0\0", b"\xff", b"\x80\0", b"\0\0\3", b"\0\0\1"))
            | st.binary(max_size=3)
        )
    return bytes(made)


def recorded(camera: CameraOf, name: str) -> Camera:
    return with_second_pps(camera("high")) if name == "several sets" else camera(name)


def answers(function: Callable[..., object], *arguments: object, **options: object) -> None:
    with contextlib.suppress(BitstreamError):
        function(*arguments, **options)


def parse_everything(nal: bytes) -> None:
    readers: tuple[Callable[[bytes], object], ...] = (
        *(h264.parse_sps, h264.sps_id, h264.parse_pps, h264.pps_ids, parse_slice_start),
        *(hevc.parse_sps, hevc.sps_ids, hevc.parse_pps, hevc.vps_id, hevc.parse_slice_start),
    )
    for reader in readers:
        answers(reader, nal)
    answers(h264.with_sps_id, nal, 31)
    answers(h264.with_pps_ids, nal, 255, 31)
    answers(hevc.with_vps_id, nal, 15)
    answers(hevc.with_sps_ids, nal, 15, 15)
    answers(hevc.with_pps_ids, nal, 63, 15)
    for header in (1, 2):
        answers(lambda nal, header: list(sei.messages(nal, header)), nal, header)
        sei.without(nal, header, sei.BOUND_TO_PARAMETER_SETS)


def rewrites_of(camera: Camera) -> Iterator[Rewrite]:
    entry = camera.entry
    yield Rewrite(entry, {0: 0})
    yield Rewrite(entry, {0: 15}, keeps_timing=False)
    if entry.codec == "h264":
        yield Rewrite(entry, {0: 1}, keeps_timing=False)


@fuzzed
@given(st.binary(max_size=60), st.sampled_from((b"", b"\x67", b"\x68", b"\x42\x01", b"\x44\x01")))
def test_parameter_sets_of_any_bytes(data: bytes, header: bytes) -> None:
    parse_everything(header + data)


@fuzzed
@given(st.data())
def test_damaged_parameter_sets(camera: CameraOf, draw: st.DataObject) -> None:
    made = recorded(camera, draw.draw(st.sampled_from(CAMERAS)))
    parse_everything(draw.draw(damage(draw.draw(st.sampled_from(made.entry.parameter_sets)))))


@fuzzed
@given(st.data())
def test_damaged_descriptions(camera: CameraOf, draw: st.DataObject) -> None:
    made = recorded(camera, draw.draw(st.sampled_from(CAMERAS)))
    record = draw.draw(st.sampled_from((made.extradata, to_extradata(made.entry))))
    broken = draw.draw(damage(record) | st.binary(max_size=40))

    def use() -> None:
        entry = from_extradata(made.codec, broken)
        answers(entry.pictures)
        answers(merge, [made.entry, entry], [2, 1])
        to_extradata(entry)

    answers(use)


@fuzzed
@given(st.data())
def test_damaged_samples(camera: CameraOf, draw: st.DataObject) -> None:
    made = recorded(camera, draw.draw(st.sampled_from(CAMERAS)))
    data = draw.draw(st.sampled_from(made.samples[:6])).data
    broken = draw.draw(damage(data))
    for rewrite in rewrites_of(made):
        answers(rewrite_sample, broken, rewrite, bla=True)
    answers(picture_kind, made.codec, broken, made.entry.length_size)
    answers(made.entry.with_sets_of, broken)
    answers(idr_pic_id, broken, made.entry)
    answers(begin_run, broken, made.entry, after_idr=0)
    order = Order(made.entry)
    for number, each in enumerate((data, broken, data)):
        answers(order.agrees, each, number)


@fuzzed
@given(st.data())
def test_damaged_slice_headers(camera: CameraOf, draw: st.DataObject) -> None:
    made = camera(draw.draw(st.sampled_from(("high", "high, faded", "fields", "matrices"))))
    sps, pps = made.entry.h264_sets[0]
    data = draw.draw(st.sampled_from(made.samples)).data
    nal = bytes((draw.draw(st.sampled_from((0x65, 0x41, 0x01))),)) + data[5:60]
    answers(parse_slice_header, draw.draw(damage(nal)), sps, pps)


def test_the_recordings_hold_what_parsers_stumble_over(camera: CameraOf) -> None:
    slices, sets, entropy, prevention = set(), set(), set(), 0
    for name in CAMERAS:
        made = recorded(camera, name)
        sets.add(len(made.entry.pps))
        if made.codec == "h264":
            entropy |= {pps.cabac for _, pps in made.entry.h264_sets.values()}
        for sample in made.samples:
            spans = nal_spans(sample.data, made.entry.length_size)
            kinds = h264.SLICES if made.codec == "h264" else hevc.SLICES
            kind_of = h264.nal_type if made.codec == "h264" else hevc.nal_type
            slices.add(sum(kind_of(sample.data[start:]) in kinds for start, _ in spans))
            prevention += b"\0\0\3" in sample.data
    assert {1, 2, 3} < slices
    assert {1, 2} <= sets
    assert entropy == {True, False}
    assert prevention > 5


MUCH = 100_000
HUGE = {
    "zeros": bytes(MUCH),
    "ones": b"\xff" * MUCH,
    "start codes": b"\0\0\1" * (MUCH // 3),
    "prevention": b"\0\0\3" * (MUCH // 3),
    "short units": b"\0\0\0\1\x65" * (MUCH // 5),
    "messages": b"\0\1\x86\xa1\x06" + b"\5\0" * (MUCH // 2),
}


@pytest.mark.parametrize("words", HUGE)
def test_a_lot_of_anything_is_answered_soon(camera: CameraOf, words: str) -> None:
    data = HUGE[words]
    start = time.perf_counter()
    parse_everything(data)
    parse_everything(b"\x67\x64\0\x28" + data)
    parse_everything(b"\x42\x01" + data)
    for codec in CODECS:
        made = camera("high" if codec == "h264" else "hevc")
        answers(from_extradata, codec, b"\1" + data)
        for length_size in (ANNEX_B, 1, 2, 4):
            entry = replace(made.entry, length_size=length_size)
            answers(picture_kind, codec, data, length_size)
            answers(Order(entry).agrees, data, 0)
            for rewrite in rewrites_of(made):
                answers(rewrite_sample, data, replace(rewrite, entry=entry))
    # Generous on a busy machine; what is not linear takes minutes.
    assert time.perf_counter() - start < 20
