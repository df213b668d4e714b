"""Supplemental information: the messages beside the pictures, and which of them can stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from worker.bitstream.errors import Damaged
from worker.bitstream.nal import escape, unescape

BUFFERING_PERIOD: Final = 0
PICTURE_TIMING: Final = 1
RECOVERY_POINT: Final = 6
ACTIVE_PARAMETER_SETS: Final = 129
DECODING_UNITS: Final = 130

#: Messages that name a sequence parameter set, or are written in the measures that one gives. They
#: speak of a buffer that a programme of several cameras does not have.
BOUND_TO_PARAMETER_SETS: Final = frozenset(
    {BUFFERING_PERIOD, PICTURE_TIMING, ACTIVE_PARAMETER_SETS, DECODING_UNITS}
)
_TRAILING = 0x80


def messages(nal: bytes, header: int) -> Iterator[tuple[int, bytes]]:
    """Each message of a SEI unit: its type, and all its bytes with type and size before them."""
    rbsp = unescape(nal[header:]).rstrip(b"\0")
    at = 0
    while at < len(rbsp) - 1 or (at < len(rbsp) and rbsp[at] != _TRAILING):
        kind, size_at = _read_number(rbsp, at)
        size, start = _read_number(rbsp, size_at)
        end = start + size
        if end > len(rbsp):
            raise Damaged("Information beside the pictures is cut short.")
        yield kind, rbsp[at:end]
        at = end


def _read_number(rbsp: bytes, at: int) -> tuple[int, int]:
    number = 0
    while at < len(rbsp):
        byte = rbsp[at]
        at += 1
        number += byte
        if byte != 0xFF:
            return number, at
    raise Damaged("Information beside the pictures is cut short.")


def has_message(nal: bytes, header: int, kind: int) -> bool:
    """Whether a SEI unit holds a message of this type; damaged messages count as none."""
    try:
        return any(found == kind for found, _ in messages(nal, header))
    except Damaged:
        return False


def without(nal: bytes, header: int, kinds: Collection[int]) -> bytes:
    """A SEI unit without the messages of these types; nothing where none is left.

    What is damaged goes too: no picture depends on it.
    """
    try:
        found = list(messages(nal, header))
    except Damaged:
        return b""
    kept = [message for kind, message in found if kind not in kinds]
    if len(kept) == len(found):
        return nal if kept else b""
    if not kept:
        return b""
    return nal[:header] + escape(b"".join(kept) + bytes([_TRAILING]))
