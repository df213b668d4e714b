"""The first sample after a join: what it must not say to a decoder that shows what came before.

Works on samples as `rewrite_sample` makes them and on the programme's own entry, so that bridges
and copied runs are treated alike.
"""

from __future__ import annotations

from worker.bitstream import h264, hevc
from worker.bitstream.bits import BitWriter
from worker.bitstream.entry import Entry
from worker.bitstream.errors import Damaged, ParameterSetsChanged
from worker.bitstream.h264_slices import SliceHeader, parse_slice_header, parse_slice_start
from worker.bitstream.nal import escape, join_prefixed, split_prefixed, unescape

_NO_OUTPUT_OF_PRIOR_PICS = 0x40


def idr_pic_id(sample: bytes, entry: Entry) -> int | None:
    """The idr_pic_id of an H.264 IDR picture; None of every other picture."""
    if entry.codec == "h264":
        for nal in split_prefixed(sample, entry.length_size):
            if h264.nal_type(nal) == h264.IDR:
                return _header(nal, entry).idr_pic_id
    return None


def begin_run(sample: bytes, entry: Entry, *, after_idr: int | None = None) -> bytes:
    """The first sample of a copied run or a bridge, so that the pictures before it are all shown.

    An encoder may have asked, for its own file, that pictures still waiting be thrown away. And
    where the picture before is an H.264 IDR picture too, `after_idr` is its idr_pic_id: two of them
    in a row must differ in it, for so a decoder without a container tells them apart. (FFmpeg does
    not mind; others, in hardware, go by the letter.)
    """
    nals = list(split_prefixed(sample, entry.length_size))
    if entry.codec == "hevc":
        changed = [_keeping_output(nal) for nal in nals]
    else:
        changed = [_told_apart(nal, entry, after_idr) for nal in nals]
    return sample if changed == nals else join_prefixed(changed)


def _keeping_output(nal: bytes) -> bytes:
    if not hevc.BLA_W_LP <= hevc.nal_type(nal) <= hevc.CRA:
        return nal
    rbsp = bytearray(unescape(nal[2:]))
    if not rbsp:
        raise Damaged
    rbsp[0] &= ~_NO_OUTPUT_OF_PRIOR_PICS
    return nal[:2] + escape(bytes(rbsp))


def _told_apart(nal: bytes, entry: Entry, after_idr: int | None) -> bytes:
    if h264.nal_type(nal) != h264.IDR:
        return nal
    header = _header(nal, entry)
    own, output_at = header.idr_pic_id, header.no_output_of_prior_pics_at
    assert own is not None
    new = _other_of_a_length(own) if own == after_idr else own
    rbsp = unescape(nal[1:])
    writer = BitWriter()
    writer.copy(rbsp, 0, header.idr_pic_id_at[0])
    writer.ue(new)
    if output_at is None:
        writer.copy(rbsp, header.idr_pic_id_at[1], 8 * len(rbsp))
    else:
        writer.copy(rbsp, header.idr_pic_id_at[1], output_at)
        writer.flag(False)
        writer.copy(rbsp, output_at + 1, 8 * len(rbsp))
    return nal[:1] + escape(writer.whole_bytes())


def _other_of_a_length(value: int) -> int:
    """Another idr_pic_id whose code is as long, or longer or shorter by whole bytes.

    >>> [_other_of_a_length(value) for value in (0, 1, 2, 6, 7, 65535)]
    [15, 2, 1, 5, 8, 4095]
    """
    # Codes of one length go from an odd number to an even one: 1 and 2, 3 to 6, 7 to 14. The first
    # and the last number of all are alone.
    alone = {0: 15, 0xFFFF: 0xFFF}
    return alone.get(value, value + 1 if value % 2 else value - 1)


def _header(nal: bytes, entry: Entry) -> SliceHeader:
    sets = entry.h264_sets.get(parse_slice_start(nal).pps_id)
    if sets is None:
        raise ParameterSetsChanged
    return parse_slice_header(nal, *sets)
