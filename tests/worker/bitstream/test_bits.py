"""Numbers come back as they were written, and nothing is read that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.made import SE, UE, bits_of, bytes_of, calm, ue_bits
from worker.bitstream.bits import BitReader, BitWriter, payload_bits, ue_length
from worker.bitstream.errors import BitstreamError, Damaged

NUMBERS = st.one_of(
    st.tuples(st.just("ue"), UE),
    st.tuples(st.just("se"), SE),
    st.tuples(st.just("u"), st.integers(0, 2**48 - 1)),
    st.tuples(st.just("flag"), st.integers(0, 1)),
)


@calm
@given(st.lists(NUMBERS, max_size=20))
def test_what_is_written_is_read_again(numbers: list[tuple[str, int]]) -> None:
    writer = BitWriter()
    for kind, value in numbers:
        if kind == "u":
            writer.u(value, 48)
        elif kind == "flag":
            writer.flag(bool(value))
        else:
            getattr(writer, kind)(value)
    rbsp = writer.rbsp()
    assert payload_bits(rbsp) == writer.length
    reader = BitReader(rbsp, end=writer.length)
    for kind, value in numbers:
        assert (reader.u(48) if kind == "u" else getattr(reader, kind)()) == value
    assert not reader.has_more()
    with pytest.raises(Damaged):
        reader.flag()


@calm
@given(UE)
def test_exp_golomb_codes_are_those_of_the_standard(value: int) -> None:
    writer = BitWriter()
    writer.ue(value)
    assert bits_of(writer.rbsp()).startswith(ue_bits(value) + "1")
    assert ue_length(value) == len(ue_bits(value))


@calm
@given(st.binary(min_size=1, max_size=30), st.data())
def test_bits_are_copied_from_anywhere_to_anywhere(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, 8 * len(data)))
    end = draw.draw(st.integers(start, 8 * len(data)))
    writer = BitWriter()
    writer.u(5, 3)
    writer.copy(data, start, end)
    writer.align(ones=True)
    bits = "101" + bits_of(data)[start:end]
    assert writer.whole_bytes() == bytes_of(bits + "1" * (-len(bits) % 8))


@calm
@given(st.binary(max_size=12), st.lists(st.sampled_from(("ue", "se", "flag")), max_size=40))
def test_reading_any_bytes_gives_numbers_or_damaged(data: bytes, kinds: list[str]) -> None:
    reader = BitReader(data)
    try:
        for kind in kinds:
            getattr(reader, kind)()
    except BitstreamError:
        return
    assert reader.position <= 8 * len(data)


def test_a_number_above_its_bound_is_damage() -> None:
    writer = BitWriter()
    writer.ue(32)
    with pytest.raises(Damaged, match="32 where 31 is the most"):
        BitReader(writer.rbsp()).ue(31)


def test_a_payload_of_zeros_has_no_end() -> None:
    with pytest.raises(Damaged):
        payload_bits(bytes(5))
