"""H.264 slice headers, as far as copying needs them (ITU-T H.264, 7.3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from worker.bitstream import h264
from worker.bitstream.bits import BitReader, ue_length
from worker.bitstream.errors import Damaged, NotSupported
from worker.bitstream.h264 import Pps, Sps
from worker.bitstream.nal import unescape

_P, _B, _I, _SP, _SI = range(5)
#: A list has 32 references at most, so nobody needs more commands about them.
_MOST_COMMANDS = 66


class SliceStart(NamedTuple):
    """The beginning of a slice header, which can be read without any parameter set."""

    first_mb: int
    slice_type: int  # 0 P, 1 B, 2 I, 3 SP, 4 SI
    pps_id: int


@dataclass(frozen=True)
class SliceHeader:
    """What a slice header says, and at which bits after the NAL header it stands."""

    start: SliceStart
    pps_id_at: tuple[int, int]
    frame_num: int
    idr_pic_id: int | None
    idr_pic_id_at: tuple[int, int]
    no_output_of_prior_pics_at: int | None
    end: int | None  # None with CAVLC, which needs no end: the slice data follow bit by bit


def parse_slice_start(nal: bytes) -> SliceStart:
    """The beginning of the slice `nal`, emulation prevention taken out.

    >>> parse_slice_start(bytes([0x65, 0x88, 0x84]))
    SliceStart(first_mb=0, slice_type=2, pps_id=0)
    """
    return _read_start(BitReader(unescape(nal[1:32])))


def _read_start(reader: BitReader) -> SliceStart:
    first_mb, slice_type = reader.ue(), reader.ue(9)
    return SliceStart(first_mb, slice_type % 5, reader.ue(h264.MOST_PPS_ID))


def parse_slice_header(nal: bytes, sps: Sps, pps: Pps) -> SliceHeader:
    """The header of the slice `nal`, which builds on `sps` and `pps`."""
    reader = BitReader(unescape(nal[1:]))
    start = _read_start(reader)
    id_to = reader.position
    idr = h264.nal_type(nal) == h264.IDR
    if sps.separate_planes:
        reader.u(2)
    frame_num = reader.u(sps.log2_max_frame_num)
    field = not sps.frame_mbs_only and reader.flag()
    if field:
        reader.flag()  # bottom_field
    idr_from = reader.position
    idr_pic_id = reader.ue(0xFFFF) if idr else None
    idr_to = reader.position
    _skip_order(reader, sps, pps, field=field)
    if pps.redundant_pictures:
        reader.ue(127)
    references = _read_references(reader, start.slice_type, pps)
    _skip_list_changes(reader, start.slice_type)
    if _is_weighted(start.slice_type, pps):
        has_chroma = sps.chroma_format != 0 and not sps.separate_planes
        _skip_weights(reader, references, has_chroma=has_chroma)
    no_output = reader.position if idr else None
    if nal[0] & 0x60:
        _skip_marking(reader, idr=idr)
    end = None
    if pps.cabac:
        _skip_quantiser_and_filter(reader, start.slice_type, pps)
        end = reader.position
    return SliceHeader(
        start=start,
        pps_id_at=(id_to - ue_length(start.pps_id), id_to),
        frame_num=frame_num,
        idr_pic_id=idr_pic_id,
        idr_pic_id_at=(idr_from, idr_to),
        no_output_of_prior_pics_at=no_output,
        end=end,
    )


def _skip_order(reader: BitReader, sps: Sps, pps: Pps, *, field: bool) -> None:
    bottom = pps.poc_of_bottom_field and not field
    if sps.poc_type == 0:
        reader.u(sps.log2_max_poc_lsb)
        if bottom:
            reader.se()
    elif sps.poc_type == 1 and not sps.delta_poc_always_zero:
        reader.se()
        if bottom:
            reader.se()


def _read_references(reader: BitReader, slice_type: int, pps: Pps) -> tuple[int, ...]:
    """How many pictures each list of references holds."""
    if slice_type == _B:
        reader.flag()  # direct_spatial_mv_pred
    lists = {_P: 1, _SP: 1, _B: 2}.get(slice_type, 0)
    if lists and reader.flag():
        return tuple(1 + reader.ue(31) for _ in range(lists))
    return pps.references[:lists]


def _skip_list_changes(reader: BitReader, slice_type: int) -> None:
    for _ in range({_P: 1, _SP: 1, _B: 2}.get(slice_type, 0)):
        if not reader.flag():
            continue
        for _ in range(_MOST_COMMANDS):
            if reader.ue(3) == 3:
                break
            reader.ue()
        else:
            raise Damaged("A slice of the coded video never stops sorting its references.")


def _is_weighted(slice_type: int, pps: Pps) -> bool:
    if slice_type == _B:
        return pps.weighted_bipred == 1
    return slice_type in {_P, _SP} and pps.weighted_pred


def _skip_weights(reader: BitReader, references: tuple[int, ...], *, has_chroma: bool) -> None:
    reader.ue(7)
    if has_chroma:
        reader.ue(7)
    for count in references:
        for _ in range(count):
            if reader.flag():
                reader.se()
                reader.se()
            if has_chroma and reader.flag():
                for _ in range(4):
                    reader.se()


def _skip_marking(reader: BitReader, *, idr: bool) -> None:
    if idr:
        reader.u(2)  # no_output_of_prior_pics, long_term_reference
        return
    if not reader.flag():
        return
    for _ in range(_MOST_COMMANDS):
        command = reader.ue(6)
        if command == 0:
            return
        for _ in range({5: 0, 3: 2}.get(command, 1)):
            reader.ue()
    raise Damaged("A slice of the coded video never stops marking its references.")


def _skip_quantiser_and_filter(reader: BitReader, slice_type: int, pps: Pps) -> None:
    if slice_type in {_SP, _SI} or pps.slice_groups > 1:
        raise NotSupported("The coded video mixes CABAC with parts of the Extended profile.")
    if slice_type != _I:
        reader.ue(2)  # cabac_init_idc
    reader.se()  # slice_qp_delta
    if pps.deblocking_control and reader.ue(2) != 1:
        reader.se()
        reader.se()
