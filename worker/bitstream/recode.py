"""The same slices under other parameter set ids, at the price of a byte or of none.

A slice header names its picture parameter set by an Exp-Golomb code of odd length. Where the code
of the new id is longer or shorter by whole bytes, every later bit keeps its place in its byte: the
head of the slice is made anew and all the rest stays as it is, whatever the entropy coder. Where it
is not, H.264 slices can be written anew as a whole: with CAVLC every later bit moves, with CABAC
the header is filled up to the byte at which the slice data begin.

The entry points in HEVC headers count bytes of slice data, those that prevent emulation among them.
They stay right: a header ends in a byte that is not zero, so none comes or goes behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from worker.bitstream import h264, hevc
from worker.bitstream.bits import BitWriter, payload_bits, ue_length
from worker.bitstream.errors import Damaged, ParameterSetsChanged
from worker.bitstream.h264_slices import parse_slice_header
from worker.bitstream.nal import escape, unescape

#: No header is longer up to its pps_id: three codes in H.264, 32 bits each at worst, make 12 bytes.
_HEAD = 16
#: As many bytes hold a head even if every third one is there to prevent emulation.
_ESCAPED_HEAD = 24


class NewId(NamedTuple):
    """A new pps_id as ue(v) writes it, and by how many bits it is longer than the old one."""

    code: int
    bits: int
    grows: int

    @property
    def keeps_alignment(self) -> bool:
        """Whether all that follows keeps its place in its byte."""
        return self.grows % 8 == 0


def new_id(old: int, new: int) -> NewId:
    """What putting `new` in the place of `old` means.

    >>> new_id(0, 15).grows, new_id(2, 1).grows, new_id(0, 1).keeps_alignment
    (8, 0, False)
    """
    return NewId(new + 1, ue_length(new), ue_length(new) - ue_length(old))


def recode_h264(sample: bytes, start: int, end: int, ids: Mapping[int, NewId]) -> tuple[bytes, int]:
    """A new beginning for the slice at [start, end) of `sample`, and where the old one goes on.

    The id must be one that keeps the alignment; `pps_id_of_h264` tells the others apart.
    """
    head, rest = _head(sample, start + 1, end)
    word = int.from_bytes(head, "big")
    left = _after_code(word, _after_code(word, 8 * len(head)))
    return sample[start : start + 1] + _with_id(head, word, left, ids, open_end=rest < end), rest


def recode_hevc(sample: bytes, start: int, end: int, ids: Mapping[int, NewId]) -> tuple[bytes, int]:
    """A new beginning for the slice segment at [start, end), and where the old one goes on."""
    head, rest = _head(sample, start + 2, end)
    word = int.from_bytes(head, "big")
    kind = sample[start] >> 1 & 63
    flags = 2 if hevc.BLA_W_LP <= kind <= hevc.LAST_IRAP else 1
    left = 8 * len(head) - flags
    return sample[start : start + 2] + _with_id(head, word, left, ids, open_end=rest < end), rest


def pps_id_of_h264(sample: bytes, start: int, end: int) -> int:
    """The picture parameter set that the slice at [start, end) of `sample` names."""
    head, _ = _head(sample, start + 1, end)
    word = int.from_bytes(head, "big")
    left = _after_code(word, _after_code(word, 8 * len(head)))
    after = _after_code(word, left)
    return _between(word, left, after) - 1


def rewrite_h264(nal: bytes, sps: h264.Sps, pps: h264.Pps, new: int) -> bytes:
    """The slice `nal`, built on `sps` and `pps`, naming the picture parameter set `new`."""
    header = parse_slice_header(nal, sps, pps)
    start, end = header.pps_id_at
    rbsp = unescape(nal[1:])
    writer = BitWriter()
    writer.copy(rbsp, 0, start)
    writer.ue(new)
    if header.end is None:
        writer.copy(rbsp, end, payload_bits(rbsp))
        return nal[:1] + escape(writer.rbsp())
    writer.copy(rbsp, end, header.end)
    writer.align(ones=True)
    data_at = (header.end + 7) // 8
    filling = 8 * data_at - header.end
    if data_at and rbsp[data_at - 1] & ((1 << filling) - 1) != (1 << filling) - 1:
        raise Damaged("A slice of the coded video does not begin where its header ends.")
    return nal[:1] + escape(writer.whole_bytes() + rbsp[data_at:])


def _head(sample: bytes, start: int, end: int) -> tuple[bytes, int]:
    """The first bytes of a slice without emulation prevention, and where they end in `sample`.

    They end with a byte that is neither zero nor put in, so that what follows is escaped the same
    way whatever is done to the bytes before that one; or with the slice itself.
    """
    if start >= end:
        raise Damaged("A slice of the coded video is empty.")
    at = start + _HEAD
    head = sample[start:at]
    if at < end and head[-1] and b"\0\0\3" not in head:
        return head, at
    at = start + _ESCAPED_HEAD
    while at < end:
        last = sample[at - 1]
        if last and (last != 3 or sample[at - 3 : at - 1] != b"\0\0"):
            return unescape(sample[start:at]), at
        at += 1
    # Zero words after the slice data only pad the stream; without them the end needs no care.
    return unescape(sample[start:end]).rstrip(b"\0"), end


def _after_code(word: int, left: int) -> int:
    """How many of the last `left` bits of `word` follow the Exp-Golomb code at their front."""
    if left > 0:
        zeros = left - (word & ((1 << left) - 1)).bit_length()
        after = left - 2 * zeros - 1
        if after >= 0:
            return after
    raise Damaged("A slice of the coded video ends in its header.")


def _between(word: int, left: int, after: int) -> int:
    """The bits of `word` from its last `left` ones on, without the last `after` ones."""
    return (word & ((1 << left) - 1)) >> after


def _with_id(
    head: bytes, word: int, left: int, ids: Mapping[int, NewId], *, open_end: bool
) -> bytes:
    """`head`, whose last `left` bits begin with the old id, with the new one, escaped."""
    after = _after_code(word, left)
    if open_end and after < 8:
        raise Damaged("A slice of the coded video has a header without end.")
    new = ids.get(_between(word, left, after) - 1)
    if new is None:
        raise ParameterSetsChanged
    tail = word & ((1 << after) - 1)
    made = ((word >> left) << new.bits | new.code) << after | tail
    recoded = made.to_bytes(len(head) + new.grows // 8, "big")
    return escape(recoded) if b"\0\0" in recoded else recoded
