"""The boxes avcC and hvcC, as bytes (ISO/IEC 14496-15, 5.3.3 and 8.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from worker.bitstream import h264, hevc
from worker.bitstream.errors import Damaged, TooManyParameterSets
from worker.bitstream.nal import LENGTH_SIZE

_MOST_AVCC_SPS = 31
_MOST_AVCC_PPS = 255
#: The profiles after whose parameter sets an avcC says chroma and depth again.
_PROFILES_WITH_TAIL = frozenset({100, 110, 122, 144, 244})
_HVCC_HEAD = 22


class _Cursor:
    """Takes numbers and blocks from the front of a record."""

    def __init__(self, record: bytes, at: int) -> None:
        self._record = record
        self._at = at

    def number(self, size: int) -> int:
        return int.from_bytes(self.block(size), "big")

    def block(self, size: int) -> bytes:
        start, self._at = self._at, self._at + size
        if self._at > len(self._record):
            raise Damaged("The description of the video track is cut short.")
        return self._record[start : self._at]

    def blocks(self, count: int) -> list[bytes]:
        return [self.block(self.number(2)) for _ in range(count)]


def parse_avcc(record: bytes) -> tuple[int, list[bytes]]:
    """The length size and the parameter sets of an avcC."""
    cursor = _Cursor(record, 4)
    length_size = 1 + (cursor.number(1) & 3)
    sets = cursor.blocks(cursor.number(1) & 31)
    return length_size, sets + cursor.blocks(cursor.number(1))


def parse_hvcc(record: bytes) -> tuple[int, list[bytes]]:
    """The length size, the parameter sets and the SEI units of an hvcC."""
    cursor = _Cursor(record, _HVCC_HEAD - 1)
    length_size = 1 + (cursor.number(1) & 3)
    sets: list[bytes] = []
    for _ in range(cursor.number(1)):
        cursor.number(1)  # the type, which every unit says itself
        sets += cursor.blocks(cursor.number(2))
    return length_size, sets


def build_avcc(sps: Sequence[bytes], pps: Sequence[bytes]) -> bytes:
    """An avcC of these parameter sets, for samples with lengths of four bytes.

    It promises what is true of all of them: the highest profile and level, the constraints that
    every one keeps.
    """
    if len(sps) > _MOST_AVCC_SPS or len(pps) > _MOST_AVCC_PPS:
        raise TooManyParameterSets
    parsed = [h264.parse_sps(nal) for nal in sps]
    profile = max(each.profile for each in parsed)
    constraints = 0xFF
    for each in parsed:
        constraints &= each.constraints
    level = max(each.level for each in parsed)
    record = bytearray((1, profile, constraints, level, 0xFC | LENGTH_SIZE - 1, 0xE0 | len(sps)))
    record += _with_sizes(sps)
    record.append(len(pps))
    record += _with_sizes(pps)
    if profile in _PROFILES_WITH_TAIL:
        chroma = max(each.chroma_format for each in parsed)
        luma_depth = max(each.depth_luma for each in parsed) - 8
        chroma_depth = max(each.depth_chroma for each in parsed) - 8
        record += bytes((0xFC | chroma, 0xF8 | luma_depth, 0xF8 | chroma_depth, 0))
    return bytes(record)


def build_hvcc(vps: Sequence[bytes], sps: Sequence[bytes], pps: Sequence[bytes],
               sei: Sequence[bytes]) -> bytes:  # fmt: skip
    """An hvcC of these parameter sets, for samples with lengths of four bytes and nothing in-band.

    It promises what is true of all of them, as `build_avcc` does.
    """
    parsed = [hevc.parse_sps(nal) for nal in sps]
    general = [each.general for each in parsed]
    tier = max(each.tier for each in general)
    compatibility, constraints = 0xFFFFFFFF, 0xFFFFFFFFFFFF
    for each in general:
        compatibility &= each.compatibility
        constraints &= each.constraints
    layers = max(each.sub_layers for each in parsed)
    nested = all(each.nests_sub_layers for each in parsed)
    record = bytearray((1, tier << 5 | max(each.profile for each in general)))
    record += compatibility.to_bytes(4, "big") + constraints.to_bytes(6, "big")
    record.append(max(each.level for each in general if each.tier == tier))
    record += b"\xf0\0\xfc"  # segmentation and kind of parallelism: not said
    record.append(0xFC | max(each.chroma_format for each in parsed))
    record.append(0xF8 | max(each.depth_luma for each in parsed) - 8)
    record.append(0xF8 | max(each.depth_chroma for each in parsed) - 8)
    record += b"\0\0"  # average rate: not said
    record.append(layers << 3 | nested << 2 | LENGTH_SIZE - 1)
    arrays = [(0x80 | hevc.VPS, vps), (0x80 | hevc.SPS, sps), (0x80 | hevc.PPS, pps)]
    if sei:
        arrays.append((hevc.PREFIX_SEI, sei))
    record.append(len(arrays))
    for kind, nals in arrays:
        record.append(kind)
        record += len(nals).to_bytes(2, "big") + _with_sizes(nals)
    return bytes(record)


def _with_sizes(nals: Iterable[bytes]) -> bytes:
    parts = []
    for nal in nals:
        if len(nal) > 0xFFFF:
            raise Damaged("A parameter set of the coded video is larger than any can be.")
        parts.append(len(nal).to_bytes(2, "big") + nal)
    return b"".join(parts)
