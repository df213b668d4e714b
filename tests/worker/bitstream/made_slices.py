"""H.264 slice headers written by hand after the standard, with where things stand in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.worker.bitstream.made import FLAG, SE, UE, Draw
from tests.worker.bitstream.made_h264 import h264_pps, h264_sps
from worker.bitstream.bits import BitWriter
from worker.bitstream.h264 import Pps, Sps
from worker.bitstream.h264_slices import SliceHeader, SliceStart
from worker.bitstream.nal import escape

P, B, INTRA, SP, SI = range(5)
LISTS = {P: 1, SP: 1, B: 2}


@dataclass(frozen=True)
class MadeSlice:
    """A slice, what it builds on, what its header says, and the bits after the header."""

    nal: bytes
    sps: Sps
    pps: Pps
    header: SliceHeader
    data: bytes


@st.composite
def h264_slices(draw: Draw) -> MadeSlice:
    sps = draw(h264_sps(0))[1]
    pps = draw(h264_pps(draw(st.integers(0, 255)), 0))[1]
    if pps.cabac:
        pps = replace(pps, slice_groups=1)
    idr, is_reference = draw(FLAG), draw(FLAG)
    kinds = (P, B, INTRA) if pps.cabac else (P, B, INTRA, SP, SI)
    kind = draw(st.sampled_from((INTRA,) if idr else kinds))
    writer = BitWriter()
    start = SliceStart(draw(st.integers(0, 139_263)), kind, pps.id)
    writer.ue(start.first_mb)
    writer.ue(kind + 5 * draw(FLAG))
    id_from = writer.length
    writer.ue(pps.id)
    id_to = writer.length
    if sps.separate_planes:
        writer.u(2, 2)
    frame_num = draw(st.integers(0, 2**sps.log2_max_frame_num - 1))
    writer.u(frame_num, sps.log2_max_frame_num)
    field = False
    if not sps.frame_mbs_only:
        writer.flag(field := draw(FLAG))
        if field:
            writer.flag(draw(FLAG))
    idr_from = writer.length
    idr_pic_id = draw(st.integers(0, 65535)) if idr else None
    if idr_pic_id is not None:
        writer.ue(idr_pic_id)
    idr_to = writer.length
    _order(draw, writer, sps, bottom=pps.poc_of_bottom_field and not field)
    if pps.redundant_pictures:
        writer.ue(0)
    _references(draw, writer, sps, pps, kind)
    no_output_at = writer.length if idr else None
    if idr or is_reference:
        _marking(draw, writer, idr=idr)
    _end(draw, writer, pps, kind)
    end = writer.length if pps.cabac else None
    data = draw(st.binary(min_size=1, max_size=20))
    if pps.cabac:
        writer.align(ones=True)
    for byte in data:
        writer.u(byte, 8)
    first = (0x60 if idr or is_reference else 0) | (5 if idr else 1)
    header = SliceHeader(
        start=start,
        pps_id_at=(id_from, id_to),
        frame_num=frame_num,
        idr_pic_id=idr_pic_id,
        idr_pic_id_at=(idr_from, idr_to),
        no_output_of_prior_pics_at=no_output_at,
        end=end,
    )
    return MadeSlice(bytes((first,)) + escape(writer.rbsp()), sps, pps, header, data)


def _order(draw: Draw, writer: BitWriter, sps: Sps, *, bottom: bool) -> None:
    if sps.poc_type == 0:
        writer.u(0, sps.log2_max_poc_lsb)
    if sps.poc_type == 0 or (sps.poc_type == 1 and not sps.delta_poc_always_zero):
        deltas = (sps.poc_type == 1) + bottom
        for _ in range(deltas):
            writer.se(draw(SE))


def _references(draw: Draw, writer: BitWriter, sps: Sps, pps: Pps, kind: int) -> None:
    if kind == B:
        writer.flag(True)
    counts = list(pps.references[: LISTS.get(kind, 0)])
    if counts:
        writer.flag(override := draw(FLAG))
        if override:
            counts = [draw(st.integers(1, 32)) for _ in counts]
            for count in counts:
                writer.ue(count - 1)
    for _ in counts:
        writer.flag(sorted_anew := draw(FLAG))
        if sorted_anew:
            for command in draw(st.lists(st.integers(0, 2), max_size=5)):
                writer.ue(command)
                writer.ue(draw(UE))
            writer.ue(3)
    weighted = pps.weighted_bipred == 1 if kind == B else pps.weighted_pred and kind in {P, SP}
    if weighted:
        _weights(draw, writer, counts, chroma=sps.chroma_format > 0 and not sps.separate_planes)


def _weights(draw: Draw, writer: BitWriter, counts: list[int], *, chroma: bool) -> None:
    writer.ue(7)
    if chroma:
        writer.ue(0)
    for count in counts:
        for _ in range(count):
            for numbers in (2, 4) if chroma else (2,):
                writer.flag(said := draw(FLAG))
                for _ in range(numbers if said else 0):
                    writer.se(-7)


def _marking(draw: Draw, writer: BitWriter, *, idr: bool) -> None:
    if idr:
        writer.flag(draw(FLAG))
        writer.flag(False)
        return
    writer.flag(adaptive := draw(FLAG))
    if adaptive:
        for command in draw(st.lists(st.integers(1, 6), max_size=5)):
            writer.ue(command)
            for _ in range({3: 2, 5: 0}.get(command, 1)):
                writer.ue(draw(UE))
        writer.ue(0)


def _end(draw: Draw, writer: BitWriter, pps: Pps, kind: int) -> None:
    if pps.cabac and kind != INTRA:
        writer.ue(2)
    writer.se(draw(st.integers(-51, 51)))
    if kind in {SP, SI}:
        if kind == SP:
            writer.flag(True)
        writer.se(3)
    if pps.deblocking_control:
        mode = draw(st.integers(0, 2))
        writer.ue(mode)
        if mode != 1:
            writer.se(-6)
            writer.se(6)
