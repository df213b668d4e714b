"""In which order pictures are shown, by what they say themselves.

Every picture carries its place in the order of display, beside which a container's times are a
claim. Where the two differ, a player shows the one or the other, so nothing can be copied.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from worker.bitstream import h264, hevc
from worker.bitstream.bits import BitReader
from worker.bitstream.entry import Entry
from worker.bitstream.errors import Damaged, NotSupported, ParameterSetsChanged
from worker.bitstream.nal import ANNEX_B, nal_spans, unescape

#: So many pictures are remembered: more than any that may still be waiting to be shown.
_REMEMBERED = 64
#: No slice header is longer up to the picture's place in the order.
_HEAD = 32
#: In a byte stream, where the first slice of a picture begins at the latest, mostly.
_BEGINNING = 4096
_TEMPORAL_ID = 7
_IMPORTANCE = 0x60


class _Place(NamedTuple):
    """What a picture says: the low `bits` of its place; none where pictures are shown as decoded.

    `resets`: the count begins anew. `counts`: the next picture's place is told from this one's.
    """

    low: int
    bits: int
    resets: bool
    counts: bool = True


class Order:
    """The pictures of one run, taken in decoding order."""

    def __init__(self, entry: Entry) -> None:
        self._reader = _H264(entry) if entry.codec == "h264" else _Hevc(entry)
        self._length_size = entry.length_size
        self._last = 0
        self._floor = -1
        self._highest = -1
        self._shown: list[tuple[int, int]] = []

    def agrees(self, sample: bytes, number: int) -> bool:
        """Whether the picture belongs where `number` puts it among those taken before.

        Raises a BitstreamError for what is no picture of the entry.
        """
        place = self._reader.place(*self._first_slice(sample))
        if place.resets or not place.bits:
            self._floor, self._last, self._shown = self._highest, 0, []
        self._highest = max(self._highest, number)
        count = _nearest(place.low, place.bits, self._last)
        if place.counts:
            self._last = count
        at = bisect_left(self._shown, (count, 0))
        before = self._shown[at - 1][1] if at else self._floor
        after = self._shown[at][1] if at < len(self._shown) else None
        insort(self._shown, (count, number))
        if len(self._shown) > _REMEMBERED:
            self._floor = max(self._floor, self._shown.pop(0)[1])
        return before < number and (after is None or number < after)

    def _first_slice(self, sample: bytes) -> tuple[bytes, int]:
        """The beginning of the first slice, and what its header's first byte says."""
        if self._length_size == ANNEX_B:
            spans = nal_spans(sample[:_BEGINNING], ANNEX_B)
            found = next((a for a, _ in spans if self._reader.is_slice(sample[a])), None)
            if found is None:
                spans = nal_spans(sample, ANNEX_B)
                found = next((a for a, _ in spans if self._reader.is_slice(sample[a])), None)
        else:
            found, at, size = None, 0, self._length_size
            while found is None and at + size < len(sample):
                start = at + size
                at = start + int.from_bytes(sample[at:start], "big")
                if at > start and self._reader.is_slice(sample[start]):
                    found = start
        if found is None:
            raise Damaged("A picture of the coded video has no slice.")
        return sample[found : found + _HEAD], sample[found]


def _nearest(low: int, bits: int, last: int) -> int:
    """The number that ends in `low` and is nearest to `last`.

    >>> _nearest(2, 4, 15), _nearest(14, 4, 17)
    (18, 14)
    """
    around = 1 << bits
    return last + (low - last + around // 2) % around - around // 2


class _H264:
    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def is_slice(self, first: int) -> bool:
        return first & 31 in (h264.SLICE, h264.IDR)

    def place(self, nal: bytes, first: int) -> _Place:
        is_idr = first & 31 == h264.IDR
        reader = BitReader(unescape(nal[1:]))
        reader.ue()  # first macroblock
        reader.ue(9)
        sets = self._entry.h264_sets.get(reader.ue(h264.MOST_PPS_ID))
        if sets is None:
            raise ParameterSetsChanged
        sps = sets[0]
        if sps.poc_type == 1:
            raise NotSupported("Its pictures count their order in a way that nobody uses.")
        if sps.poc_type == 2:
            return _Place(0, 0, is_idr)
        # Which colour plane, and the number of the frame.
        reader.u((2 if sps.separate_planes else 0) + sps.log2_max_frame_num)
        if not sps.frame_mbs_only and reader.flag():
            reader.flag()
        if is_idr:
            reader.ue()
        bits = sps.log2_max_poc_lsb
        return _Place(reader.u(bits), bits, is_idr, counts=bool(first & _IMPORTANCE))


class _Hevc:
    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    @cached_property
    def _sets(self) -> Mapping[int, tuple[hevc.Sps, hevc.Pps]]:
        all_sps = {each.id: each for each in map(hevc.parse_sps, self._entry.sps)}
        all_pps = [each for each in map(hevc.parse_pps, self._entry.pps) if each.sps_id in all_sps]
        return {each.id: (all_sps[each.sps_id], each) for each in all_pps}

    def is_slice(self, first: int) -> bool:
        return first >> 1 in hevc.SLICES

    def place(self, nal: bytes, first: int) -> _Place:
        kind = first >> 1
        reader = BitReader(unescape(nal[2:]))
        if not reader.flag():
            raise Damaged("A picture of the coded video lacks its first slice.")
        if hevc.BLA_W_LP <= kind <= hevc.LAST_IRAP:
            reader.flag()
        sets = self._sets.get(reader.ue(hevc.MOST_PPS_ID))
        if sets is None:
            raise ParameterSetsChanged
        sps, pps = sets
        resets = hevc.BLA_W_LP <= kind < hevc.CRA
        if kind in (hevc.IDR_W_RADL, hevc.IDR_N_LP):
            return _Place(0, sps.log2_max_poc_lsb, resets)
        reader.u(pps.extra_slice_bits)
        reader.ue(2)
        if pps.has_output_flag:
            reader.flag()
        reader.u(2 if sps.separate_planes else 0)
        # Leading pictures, those of higher layers in time and those that none refers to.
        passing = nal[1] & _TEMPORAL_ID != 1 or (kind < hevc.BLA_W_LP and kind % 2 == 0)
        passing = passing or kind in hevc.LEADING
        bits = sps.log2_max_poc_lsb
        return _Place(reader.u(bits), bits, resets, counts=not passing)
