"""H.264 parameter sets written by hand after the standard, with what they should be read as."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tests.worker.bitstream.made import (
    BYTE,
    FLAG,
    SE,
    U32,
    UE,
    Draw,
    chroma_steps,
    write_crop,
    write_look,
)
from worker.bitstream.bits import BitWriter
from worker.bitstream.h264 import Pps, Sps
from worker.bitstream.nal import escape
from worker.bitstream.vui import Colour

RICH = (44, 83, 86, 100, 110, 118, 122, 128, 244)


def _h264_hrd(draw: Draw, writer: BitWriter) -> None:
    count = draw(st.integers(0, 3))
    writer.ue(count)
    writer.u(0x45, 8)
    for _ in range(count + 1):
        writer.ue(draw(UE))
        writer.ue(draw(UE))
        writer.flag(True)
    writer.u(0xABCDE, 20)


def _h264_vui(draw: Draw, writer: BitWriter) -> tuple[Fraction | None, Colour, int | None]:
    sar, colour = write_look(draw, writer)
    writer.flag(timed := draw(FLAG))
    if timed:
        writer.u(draw(U32), 32)
        writer.u(draw(U32), 32)
        writer.flag(True)
    nal, vcl = draw(FLAG), draw(FLAG)
    for present in (nal, vcl):
        writer.flag(present)
        if present:
            _h264_hrd(draw, writer)
    if nal or vcl:
        writer.flag(False)
    writer.flag(draw(FLAG))
    writer.flag(restricted := draw(FLAG))
    if not restricted:
        return sar, colour, None
    reorder = draw(st.integers(0, 16))
    writer.flag(True)
    for value in (0, 16, 11, 9, reorder, 16):
        writer.ue(value)
    return sar, colour, reorder


@st.composite
def h264_sps(draw: Draw, identifier: int | None = None) -> tuple[bytes, Sps]:
    writer = BitWriter()
    profile = draw(st.sampled_from((66, 77, 88, *RICH)))
    constraints, level = draw(BYTE), draw(BYTE)
    for byte in (profile, constraints, level):
        writer.u(byte, 8)
    identifier = draw(st.integers(0, 31)) if identifier is None else identifier
    writer.ue(identifier)
    chroma, separate, luma, chroma_depth = 1, False, 8, 8
    if profile in RICH:
        chroma, luma, chroma_depth = draw(
            st.tuples(st.integers(0, 3), st.integers(8, 14), st.integers(8, 14))
        )
        writer.ue(chroma)
        if chroma == 3:
            writer.flag(separate := draw(FLAG))
        writer.ue(luma - 8)
        writer.ue(chroma_depth - 8)
        writer.flag(False)
        writer.flag(lists := draw(FLAG))
        if lists:
            _h264_matrices(draw, writer, 12 if chroma == 3 else 8)
    log2_max_frame_num = draw(st.integers(4, 16))
    writer.ue(log2_max_frame_num - 4)
    poc_type, poc_lsb, always_zero = _poc(draw, writer)
    writer.ue(draw(st.integers(0, 16)))
    writer.flag(draw(FLAG))
    columns, rows, frames = draw(st.integers(4, 300)), draw(st.integers(4, 300)), draw(FLAG)
    writer.ue(columns - 1)
    writer.ue(rows - 1)
    writer.flag(frames)
    if not frames:
        writer.flag(draw(FLAG))
    writer.flag(True)
    width, height = 16 * columns, 16 * rows * (1 if frames else 2)
    across, down = chroma_steps(chroma, separate=separate)
    steps = across, down * (1 if frames else 2)
    width, height = write_crop(draw, writer, width, height, steps)
    sar, colour, reorder = None, Colour(), None
    writer.flag(usable := draw(FLAG))
    if usable:
        sar, colour, reorder = _h264_vui(draw, writer)
    if reorder is None and profile in {44, 86, 100, 110, 122, 244} and constraints & 0x10:
        reorder = 0
    sps = Sps(
        id=identifier,
        profile=profile,
        constraints=constraints,
        level=level,
        chroma_format=chroma,
        depth_luma=luma,
        depth_chroma=chroma_depth,
        width=width,
        height=height,
        sar=sar,
        colour=colour,
        frame_mbs_only=frames,
        max_num_reorder=reorder,
        separate_planes=separate,
        log2_max_frame_num=log2_max_frame_num,
        poc_type=poc_type,
        log2_max_poc_lsb=poc_lsb,
        delta_poc_always_zero=always_zero,
    )
    return b"\x67" + escape(writer.rbsp()), sps


def _h264_matrices(draw: Draw, writer: BitWriter, count: int) -> None:
    for index in range(count):
        size = 16 if index < 6 else 64
        kind = draw(st.sampled_from(("none", "default", "short", "full")))
        writer.flag(kind != "none")
        if kind == "default":
            writer.se(-8)
        elif kind == "short":
            for delta in (1, 2, -11):
                writer.se(delta)
        elif kind == "full":
            for place in range(size):
                writer.se(1 if place % 2 else -1)


@st.composite
def h264_pps(
    draw: Draw, identifier: int | None = None, sps_id: int | None = None
) -> tuple[bytes, Pps]:
    pps = Pps(
        id=draw(st.integers(0, 255)) if identifier is None else identifier,
        sps_id=draw(st.integers(0, 31)) if sps_id is None else sps_id,
        cabac=draw(FLAG),
        poc_of_bottom_field=draw(FLAG),
        slice_groups=draw(st.sampled_from((1, 1, 1, 2, 8))),
        references=(draw(st.integers(1, 32)), draw(st.integers(1, 32))),
        weighted_pred=draw(FLAG),
        weighted_bipred=draw(st.integers(0, 2)),
        deblocking_control=draw(FLAG),
        redundant_pictures=draw(FLAG),
    )
    writer = BitWriter()
    writer.ue(pps.id)
    writer.ue(pps.sps_id)
    writer.flag(pps.cabac)
    writer.flag(pps.poc_of_bottom_field)
    writer.ue(pps.slice_groups - 1)
    if pps.slice_groups > 1:
        _slice_groups(draw, writer, pps.slice_groups)
    for count in pps.references:
        writer.ue(count - 1)
    writer.flag(pps.weighted_pred)
    writer.u(pps.weighted_bipred, 2)
    for _ in range(3):
        writer.se(draw(st.integers(-26, 25)))
    writer.flag(pps.deblocking_control)
    writer.flag(draw(FLAG))
    writer.flag(pps.redundant_pictures)
    if draw(FLAG):
        writer.flag(True)
        writer.flag(False)
        writer.se(draw(st.integers(-12, 12)))
    return b"\x68" + escape(writer.rbsp()), pps


def _slice_groups(draw: Draw, writer: BitWriter, groups: int) -> None:
    kind = draw(st.integers(0, 6))
    writer.ue(kind)
    if kind == 0:
        for _ in range(groups):
            writer.ue(draw(UE))
    elif kind == 2:
        for _ in range(2 * (groups - 1)):
            writer.ue(draw(UE))
    elif kind in {3, 4, 5}:
        writer.flag(True)
        writer.ue(draw(UE))
    elif kind == 6:
        units = draw(st.integers(1, 40))
        writer.ue(units - 1)
        for _ in range(units):
            writer.u(1, (groups - 1).bit_length())


def _poc(draw: Draw, writer: BitWriter) -> tuple[int, int, bool]:
    poc_type = draw(st.integers(0, 2))
    writer.ue(poc_type)
    poc_lsb, always_zero = 0, False
    if poc_type == 0:
        poc_lsb = draw(st.integers(4, 16))
        writer.ue(poc_lsb - 4)
    elif poc_type == 1:
        always_zero = draw(FLAG)
        offsets = draw(st.lists(SE, max_size=4))
        writer.flag(always_zero)
        writer.se(draw(SE))
        writer.se(draw(SE))
        writer.ue(len(offsets))
        for offset in offsets:
            writer.se(offset)
    return poc_type, poc_lsb, always_zero
