"""Slices name another parameter set and stay, bit for bit, what they were."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.made import bits_of, bytes_of, calm, ue_bits
from worker.bitstream.errors import BitstreamError, Damaged, ParameterSetsChanged
from worker.bitstream.nal import escape, unescape
from worker.bitstream.recode import new_id, pps_id_of_h264, recode_h264, recode_hevc

#: First macroblocks, from pictures of one slice to the largest that a level allows.
FIRST_MB = st.one_of(st.just(0), st.integers(0, 139_263))
#: What follows the id: noise, and runs that look like start codes once a byte has moved.
BODY = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from((0, 0, 0, 0, 1, 2, 3, 0x80)), max_size=60).map(bytes),
)
ALIGNED = [
    (old, new)
    for old in (0, 1, 2, 3, 6, 7, 14, 15, 30, 31, 200, 255)
    for new in range(256)
    if new_id(old, new).keeps_alignment
]
HEVC_ALIGNED = [(old, new) for old, new in ALIGNED if old < 64 and new < 64]


def slice_bits(head: str, body: bytes) -> str:
    """A payload of whole bytes that begins with `head` and ends with a stop bit."""
    bits = head + bits_of(body) + "1"
    return bits + "0" * (-len(bits) % 8)


def recoded(beginning: bytes, rest: int, sample: bytes, end: int) -> bytes:
    return beginning + sample[rest:end]


@calm
@given(FIRST_MB, st.integers(0, 9), st.sampled_from(ALIGNED), BODY, st.sampled_from((0x65, 0x01)))
def test_an_h264_slice_changes_its_pps_id_and_not_a_bit_more(
    first_mb: int, slice_type: int, ids: tuple[int, int], body: bytes, header: int
) -> None:
    old, new = ids
    start = ue_bits(first_mb) + ue_bits(slice_type)
    was = slice_bits(start + ue_bits(old), body)
    will_be = start + ue_bits(new) + was[len(start + ue_bits(old)) :]
    nal = bytes((header,)) + escape(bytes_of(was))
    sample = b"\0\0\1" + nal + b"\0\0"
    made, rest = recode_h264(sample, 3, 3 + len(nal), {old: new_id(old, new)})
    whole = recoded(made, rest, sample, 3 + len(nal))
    assert whole == bytes((header,)) + escape(bytes_of(will_be))
    assert pps_id_of_h264(whole, 0, len(whole)) == new


@calm
@given(
    st.sampled_from((0, 1, 9, 16, 19, 20, 21)),
    st.tuples(st.booleans(), st.booleans()),
    st.sampled_from(HEVC_ALIGNED),
    BODY,
)
def test_an_hevc_slice_changes_its_pps_id_and_not_a_bit_more(
    kind: int, flags: tuple[bool, bool], ids: tuple[int, int], body: bytes
) -> None:
    old, new = ids
    start = "".join(str(int(flag)) for flag in (flags if kind >= 16 else flags[:1]))
    was = slice_bits(start + ue_bits(old), body)
    will_be = start + ue_bits(new) + was[len(start + ue_bits(old)) :]
    header = bytes((kind << 1, 1))
    nal = header + escape(bytes_of(was))
    made, rest = recode_hevc(nal, 0, len(nal), {old: new_id(old, new)})
    assert recoded(made, rest, nal, len(nal)) == header + escape(bytes_of(will_be))


@calm
@given(st.sampled_from(ALIGNED), st.integers(1, 4))
def test_zero_words_after_a_slice_do_no_harm(ids: tuple[int, int], words: int) -> None:
    old, new = ids
    was = slice_bits("1" + ue_bits(7) + ue_bits(old), b"\x12\x34")
    nal = b"\x65" + escape(bytes_of(was) + bytes(2 * words))
    made, rest = recode_h264(nal, 0, len(nal), {old: new_id(old, new)})
    will_be = slice_bits("1" + ue_bits(7) + ue_bits(new), b"\x12\x34")
    assert unescape(recoded(made, rest, nal, len(nal))[1:]).rstrip(b"\0") == bytes_of(will_be)


def test_every_id_has_others_that_cost_nothing_or_a_byte() -> None:
    assert [new for old, new in ALIGNED if old == 0] == [0, *range(15, 31), 255]
    assert [new for old, new in HEVC_ALIGNED if old == 3] == [3, 4, 5, 6, 63]
    assert new_id(0, 15).grows == 8
    assert new_id(1, 2).grows == 0


def test_an_id_that_the_entry_has_not_is_a_change() -> None:
    nal = b"\x65" + bytes_of(slice_bits("1" + ue_bits(7) + ue_bits(1), b"\x12\x34"))
    with pytest.raises(ParameterSetsChanged):
        recode_h264(nal, 0, len(nal), {0: new_id(0, 15)})


@calm
@given(st.binary(max_size=40) | st.integers(0, 40).map(bytes))
def test_any_bytes_are_recoded_or_damaged(data: bytes) -> None:
    ids = {old: new_id(old, new) for old, new in ALIGNED}
    for recode in (recode_h264, recode_hevc):
        with contextlib.suppress(BitstreamError):
            made, rest = recode(data, 0, len(data), ids)
            assert made
            assert rest <= len(data)


@pytest.mark.parametrize("data", [b"", b"\x65", b"\x65\x00", b"\x65" + bytes(100)])
def test_a_slice_without_a_header_is_damage(data: bytes) -> None:
    with pytest.raises(Damaged):
        recode_h264(data, 0, len(data), {0: new_id(0, 15)})
