"""NAL units: taking samples apart, putting them together, emulation prevention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from worker.bitstream.errors import Damaged

#: The length size of samples that are a byte stream with start codes (mpegts).
ANNEX_B = 0
#: And that of every sample that leaves this room.
LENGTH_SIZE = 4

START_CODE = b"\0\0\1"
_LOOKS_LIKE_START_CODE = re.compile(rb"\0\0(?=[\0-\3])")


def nal_spans(sample: bytes, length_size: int) -> list[tuple[int, int]]:
    """Where the NAL units of `sample` lie, as [start, end); empty ones are left out."""
    if length_size == ANNEX_B:
        return _annexb_spans(sample)
    spans: list[tuple[int, int]] = []
    size = len(sample)
    at = 0
    while at + length_size <= size:
        start = at + length_size
        at = start + int.from_bytes(sample[at:start], "big")
        if at > size:
            raise Damaged("A picture of the coded video is cut short.")
        if at > start:
            spans.append((start, at))
    if at != size and any(sample[at:]):
        raise Damaged("A picture of the coded video ends in stray bytes.")
    return spans


def _annexb_spans(data: bytes) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    code = data.find(START_CODE)
    if any(data[: max(code, 0)]) or (code < 0 and any(data)):
        raise Damaged("A picture of the coded video begins without a start code.")
    while code >= 0:
        start = code + len(START_CODE)
        code = data.find(START_CODE, start)
        end = code if code >= 0 else len(data)
        # The zeros before the next start code belong to nobody.
        while end > start and not data[end - 1]:
            end -= 1
        if end > start:
            spans.append((start, end))
    return spans


def split_prefixed(sample: bytes, length_size: int) -> Iterator[bytes]:
    """The NAL units of a sample whose units stand behind their lengths.

    >>> list(split_prefixed(bytes([0, 1, 9, 0, 2, 5, 7]), 2))
    [b'\\t', b'\\x05\\x07']
    """
    return (sample[start:end] for start, end in nal_spans(sample, length_size))


def split_annexb(data: bytes) -> Iterator[bytes]:
    """The NAL units of a byte stream with start codes of three or four bytes.

    >>> list(split_annexb(bytes([0, 0, 0, 1, 9, 0, 0, 1, 5, 7, 0])))
    [b'\\t', b'\\x05\\x07']
    """
    return (data[start:end] for start, end in _annexb_spans(data))


def join_prefixed(nals: Iterable[bytes]) -> bytes:
    """One sample of `nals`, each behind its length in four bytes."""
    return b"".join(part for nal in nals for part in (len(nal).to_bytes(LENGTH_SIZE, "big"), nal))


def unescape(data: bytes) -> bytes:
    """`data` without its emulation prevention bytes.

    >>> unescape(bytes([0, 0, 3, 0, 0, 3, 1]))
    b'\\x00\\x00\\x00\\x00\\x01'
    """
    return data.replace(b"\0\0\3", b"\0\0")


def escape(data: bytes) -> bytes:
    """`data` with a 3 wherever it would look like a start code, so that `unescape` gives it back.

    >>> escape(bytes([0, 0, 0, 0, 1])).hex()
    '00000300000301'
    """
    escaped = _LOOKS_LIKE_START_CODE.sub(b"\0\0\3", data)
    return escaped + b"\3" if escaped.endswith(b"\0") else escaped
