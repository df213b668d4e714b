"""Slice headers of every shape are read to their end, and slices are written anew around them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.made import bits_of, bytes_of, calm, ue_bits
from tests.worker.bitstream.made_slices import MadeSlice, h264_slices
from worker.bitstream.errors import Damaged, NotSupported
from worker.bitstream.h264_slices import parse_slice_header, parse_slice_start
from worker.bitstream.nal import escape, unescape
from worker.bitstream.recode import rewrite_h264


@calm
@given(h264_slices())
def test_every_header_is_read_as_it_was_meant(made: MadeSlice) -> None:
    assert parse_slice_start(made.nal) == made.header.start
    assert parse_slice_header(made.nal, made.sps, made.pps) == made.header


@calm
@given(h264_slices(), st.integers(0, 255))
def test_a_slice_written_anew_keeps_all_but_its_pps_id(made: MadeSlice, new: int) -> None:
    start, end = made.header.pps_id_at
    bits = bits_of(unescape(made.nal[1:]))
    if made.header.end is None:
        until = bits.rindex("1")
        after = bits[:start] + ue_bits(new) + bits[end:until] + "1"
        after += "0" * (-len(after) % 8)
    else:
        head = bits[:start] + ue_bits(new) + bits[end : made.header.end]
        after = head + "1" * (-len(head) % 8) + bits_of(made.data) + "10000000"
    expected = made.nal[:1] + escape(bytes_of(after))
    assert rewrite_h264(made.nal, made.sps, made.pps, new) == expected
    again = parse_slice_header(expected, made.sps, made.pps)
    assert again.start == made.header.start._replace(pps_id=new)


@calm
@given(h264_slices())
def test_a_header_that_does_not_end_where_its_slice_begins_is_damage(made: MadeSlice) -> None:
    end = made.header.end
    if end is None or end % 8 == 0:
        return
    bits = bits_of(unescape(made.nal[1:]))
    wrong = bits[:end] + "0" + bits[end + 1 :]
    with pytest.raises(Damaged):
        rewrite_h264(made.nal[:1] + escape(bytes_of(wrong)), made.sps, made.pps, 0)


@calm
@given(h264_slices())
def test_cabac_with_slice_groups_is_not_supported(made: MadeSlice) -> None:
    if made.pps.cabac:
        with pytest.raises(NotSupported):
            parse_slice_header(made.nal, made.sps, replace(made.pps, slice_groups=2))
