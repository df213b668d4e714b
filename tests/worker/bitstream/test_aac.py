"""Settings and headers of AAC: the one way of coding that is copied is told from all others."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.bitstream.aac import PLAIN_CONFIG, is_plain, without_adts
from worker.bitstream.errors import BitstreamError, Damaged, NotSupported

#: Protected by a checksum or not: profile LC, 48 kHz, stereo; the length goes into bits 30 to 42.
BARE, CHECKED = 0xFFF14C80000000, 0xFFF04C80000000


def adts(payload: bytes, head: int = BARE) -> bytes:
    size = 9 if head == CHECKED else 7
    header = (head | (size + len(payload)) << 13 | 0x1FFC).to_bytes(7, "big")
    return header + bytes(size - 7) + payload


@pytest.mark.parametrize(
    ("config", "plain"),
    [
        ("1190", True),
        ("119056e500", True),
        ("119056e580", False),  # spectral band replication on top
        ("1188", False),  # mono
        ("1210", False),  # 44.1 kHz
        ("1310", False),  # 24 kHz
        ("2b118800", False),  # HE-AAC
        ("1194", False),  # frames of 960 samples
        ("0990", False),  # main profile
        ("11", False),
        ("", False),
    ],
)
def test_only_low_complexity_stereo_at_48_khz_is_plain(config: str, plain: bool) -> None:
    assert is_plain(bytes.fromhex(config)) is plain


@pytest.mark.parametrize("head", [BARE, CHECKED])
def test_the_header_of_a_stream_is_taken_off(head: int) -> None:
    assert without_adts(adts(b"\x21\x10\x05", head)) == b"\x21\x10\x05"


@pytest.mark.parametrize(
    "head",
    [
        0xFFF10C80000000,  # main profile
        0xFFF15080000000,  # 44.1 kHz
        0xFFF14C40000000,  # mono
        0xFFF14C80000001,  # two blocks in one packet
    ],
)
def test_another_way_of_coding_is_refused(head: int) -> None:
    with pytest.raises(NotSupported):
        without_adts(adts(b"\x21\x10\x05", head))


def test_a_packet_that_is_cut_short_or_has_no_header_is_damaged() -> None:
    for packet in (adts(b"\x21\x10\x05")[:-1], adts(b"")[:5], b"\x21\x10\x05" * 5):
        with pytest.raises(Damaged):
            without_adts(packet)


@given(st.binary(max_size=40))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    assert is_plain(data) == (data[:2] == PLAIN_CONFIG and is_plain(data))
    with contextlib.suppress(BitstreamError):
        assert len(without_adts(data)) < len(data)
