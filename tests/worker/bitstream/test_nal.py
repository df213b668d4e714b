"""Samples come apart and together again, whatever their lengths and start codes look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.made import calm
from worker.bitstream.errors import Damaged
from worker.bitstream.nal import (
    ANNEX_B,
    escape,
    join_prefixed,
    nal_spans,
    split_annexb,
    split_prefixed,
    unescape,
)

#: Bytes in which zeros and threes are common, as emulation prevention fears them.
TRICKY = st.lists(st.sampled_from((0, 0, 0, 1, 2, 3, 3, 4, 0x80, 0xFF)), max_size=60).map(bytes)
NALS = st.lists(TRICKY.map(lambda data: b"\x65" + escape(data + b"\x80")), max_size=6)


def escaped_slowly(data: bytes) -> bytes:
    """Emulation prevention as the standard words it, a byte at a time."""
    out, zeros = bytearray(), 0
    for byte in data:
        if zeros == 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    if out.endswith(b"\0"):
        out.append(3)
    return bytes(out)


@calm
@given(TRICKY)
def test_escaping_is_that_of_the_standard_and_can_be_undone(data: bytes) -> None:
    escaped = escape(data)
    assert escaped == escaped_slowly(data)
    assert not any(code in escaped for code in (b"\0\0\0", b"\0\0\1", b"\0\0\2"))
    if not data.endswith(b"\0") or data.endswith(b"\0\0"):
        assert unescape(escaped) in {data, data + b"\3"}
    if not data.endswith(b"\0"):
        assert unescape(escaped) == data


@calm
@given(NALS, st.sampled_from((1, 2, 4)))
def test_lengths_of_every_size_are_read(nals: list[bytes], size: int) -> None:
    sample = b"".join(len(nal).to_bytes(size, "big") + nal for nal in nals)
    assert list(split_prefixed(sample, size)) == nals
    assert list(split_prefixed(join_prefixed(nals), 4)) == nals


@calm
@given(NALS, st.data())
def test_start_codes_of_three_and_four_bytes_and_zeros_after(
    nals: list[bytes], draw: st.DataObject
) -> None:
    zeros = st.integers(0, 3)
    stream = b"".join(bytes(draw.draw(zeros)) + b"\0\0\1" + nal for nal in nals)
    stream += bytes(draw.draw(zeros))
    assert list(split_annexb(stream)) == nals
    assert [stream[a:b] for a, b in nal_spans(stream, ANNEX_B)] == nals


def test_empty_units_and_padding_are_passed_over() -> None:
    assert list(split_prefixed(bytes((0, 0, 0, 0, 0, 0, 0, 1, 9, 0, 0)), 4)) == [b"\x09"]
    assert list(split_annexb(bytes((0, 0, 1, 0, 0, 1, 9)))) == [b"\x09"]
    assert list(split_annexb(b"")) == list(split_prefixed(b"", 4)) == []


@pytest.mark.parametrize(
    ("sample", "size"),
    [
        (bytes((0, 0, 0, 5, 1, 2)), 4),
        (bytes((1, 9, 7)), 2),
        (bytes((0, 1, 9, 7)), 2),
        (b"\xff" * 4, 4),
        (b"\x09\0\0\1\x09", ANNEX_B),
        (b"\x09\x10", ANNEX_B),
    ],
)
def test_what_is_cut_short_or_stray_is_damage(sample: bytes, size: int) -> None:
    with pytest.raises(Damaged):
        nal_spans(sample, size)
