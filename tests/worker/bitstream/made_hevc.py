"""HEVC parameter sets written by hand after the standard, with what they should be read as."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tests.worker.bitstream.made import (
    BYTE,
    FLAG,
    U32,
    UE,
    Draw,
    chroma_steps,
    write_crop,
    write_look,
)
from worker.bitstream.bits import BitWriter
from worker.bitstream.hevc import Profile, Sps
from worker.bitstream.nal import escape
from worker.bitstream.vui import Colour


def _profile(draw: Draw, writer: BitWriter, sub_layers: int) -> Profile:
    profile = Profile(
        tier=draw(st.integers(0, 1)),
        profile=draw(st.integers(0, 31)),
        compatibility=draw(U32),
        constraints=draw(st.integers(0, 2**48 - 1)),
        level=draw(BYTE),
    )
    writer.u(0, 2)
    writer.u(profile.tier, 1)
    writer.u(profile.profile, 5)
    writer.u(profile.compatibility, 32)
    writer.u(profile.constraints, 48)
    writer.u(profile.level, 8)
    present = [(draw(FLAG), draw(FLAG)) for _ in range(sub_layers - 1)]
    for has_profile, has_level in present:
        writer.flag(has_profile)
        writer.flag(has_level)
    if present:
        writer.u(0, 2 * (8 - len(present)))
    for has_profile, has_level in present:
        writer.u(draw(st.integers(0, 2**88 - 1)) if has_profile else 0, 88 * has_profile)
        writer.u(7 if has_level else 0, 8 * has_level)
    return profile


@st.composite
def hevc_vps(draw: Draw, identifier: int) -> bytes:
    writer = BitWriter()
    writer.u(identifier, 4)
    writer.u(0b11 << 6 | 0, 8)
    writer.u(1, 4)
    writer.u(0xFFFF, 16)
    _profile(draw, writer, 1)
    writer.flag(True)
    for value in (4, 2, draw(UE)):
        writer.ue(value)
    return b"\x40\x01" + escape(writer.rbsp())


@st.composite
def hevc_sps(
    draw: Draw, identifier: int | None = None, vps_id: int | None = None
) -> tuple[bytes, Sps]:
    writer = BitWriter()
    vps_id = draw(st.integers(0, 15)) if vps_id is None else vps_id
    sub_layers, nests = draw(st.integers(1, 7)), draw(FLAG)
    writer.u(vps_id, 4)
    writer.u(sub_layers - 1, 3)
    writer.flag(nests)
    general = _profile(draw, writer, sub_layers)
    identifier = draw(st.integers(0, 15)) if identifier is None else identifier
    writer.ue(identifier)
    chroma, separate = draw(st.integers(0, 3)), False
    writer.ue(chroma)
    if chroma == 3:
        writer.flag(separate := draw(FLAG))
    width, height = draw(st.integers(64, 8192)), draw(st.integers(64, 4320))
    writer.ue(width)
    writer.ue(height)
    steps = chroma_steps(chroma, separate=separate)
    width, height = write_crop(draw, writer, width, height, steps)
    luma, chroma_depth = draw(st.integers(8, 15)), draw(st.integers(8, 15))
    writer.ue(luma - 8)
    writer.ue(chroma_depth - 8)
    poc_lsb = draw(st.integers(4, 16))
    writer.ue(poc_lsb - 4)
    writer.flag(each_layer := draw(FLAG))
    reorder = 0
    for _ in range(sub_layers if each_layer else 1):
        reorder = draw(st.integers(0, 15))
        for value in (15, reorder, draw(UE)):
            writer.ue(value)
    for _ in range(6):
        writer.ue(draw(st.integers(0, 3)))
    writer.flag(scaled := draw(FLAG))
    if scaled:
        writer.flag(listed := draw(FLAG))
        if listed:
            _hevc_matrices(draw, writer)
    writer.u(draw(st.integers(0, 3)), 2)
    writer.flag(pcm := draw(FLAG))
    if pcm:
        writer.u(0x77, 8)
        writer.ue(0)
        writer.ue(2)
        writer.flag(True)
    _reference_sets(draw, writer)
    writer.flag(long_term := draw(FLAG))
    if long_term:
        count = draw(st.integers(0, 5))
        writer.ue(count)
        for _ in range(count):
            writer.u(3, poc_lsb + 1)
    writer.u(0b10, 2)
    sar, colour, is_fields = None, Colour(), False
    writer.flag(usable := draw(FLAG))
    if usable:
        sar, colour, is_fields = _hevc_vui(draw, writer, sub_layers)
    writer.flag(False)
    sps = Sps(
        id=identifier,
        vps_id=vps_id,
        sub_layers=sub_layers,
        nests_sub_layers=nests,
        general=general,
        chroma_format=chroma,
        depth_luma=luma,
        depth_chroma=chroma_depth,
        width=width,
        height=height,
        sar=sar,
        colour=colour,
        max_num_reorder=reorder,
        is_fields=is_fields,
        separate_planes=separate,
        log2_max_poc_lsb=poc_lsb,
    )
    return b"\x42\x01" + escape(writer.rbsp()), sps


def _hevc_matrices(draw: Draw, writer: BitWriter) -> None:
    for size, count in ((0, 6), (1, 6), (2, 6), (3, 2)):
        for _ in range(count):
            writer.flag(explicit := draw(FLAG))
            if not explicit:
                writer.ue(0)
                continue
            if size > 1:
                writer.se(5)
            for _ in range(16 if size == 0 else 64):
                writer.se(-3)


def _reference_sets(draw: Draw, writer: BitWriter) -> None:
    """Sets as an encoder that keeps few pictures writes them, predicted ones among them."""
    count = draw(st.integers(0, 5))
    writer.ue(count)
    last: list[int] = []
    for index in range(count):
        predicted = index > 0 and draw(FLAG)
        if index:
            writer.flag(predicted)
        if predicted:
            move = draw(st.integers(-3, 3).filter(bool))
            writer.flag(move < 0)
            writer.ue(abs(move) - 1)
            stays = []
            for _ in range(len(last) + 1):
                used, kept = draw(FLAG), draw(FLAG)
                writer.flag(used)
                if not used:
                    writer.flag(kept)
                stays.append(used or kept)
            moved = [each + move for each in last] + [move]
            last = [d for d, stay in zip(moved, stays, strict=True) if stay and d]
            # The order in which a set is kept: the nearest first, the earlier ones before.
            last = sorted((d for d in last if d < 0), reverse=True) + sorted(
                d for d in last if d > 0
            )
            continue
        before = sorted(draw(st.sets(st.integers(1, 9), max_size=3)))
        after = sorted(draw(st.sets(st.integers(1, 9), max_size=3)))
        writer.ue(len(before))
        writer.ue(len(after))
        for side in (before, after):
            for distance, nearer in zip(side, [0, *side], strict=False):
                writer.ue(distance - nearer - 1)
                writer.flag(draw(FLAG))
        last = [-distance for distance in before] + after


def _hevc_vui(
    draw: Draw, writer: BitWriter, sub_layers: int
) -> tuple[Fraction | None, Colour, bool]:
    sar, colour = write_look(draw, writer)
    is_fields = draw(FLAG)
    writer.flag(False)
    writer.flag(is_fields)
    writer.flag(draw(FLAG))
    writer.flag(window := draw(FLAG))
    if window:
        for side in (1, 2, 3, 4):
            writer.ue(side)
    writer.flag(timed := draw(FLAG))
    if timed:
        writer.u(draw(U32), 32)
        writer.u(draw(U32), 32)
        writer.flag(proportional := draw(FLAG))
        if proportional:
            writer.ue(draw(UE))
        writer.flag(buffered := draw(FLAG))
        if buffered:
            _hevc_hrd(draw, writer, sub_layers)
    writer.flag(restricted := draw(FLAG))
    if restricted:
        writer.u(0b101, 3)
        for value in (4095, 2, 1, 15, 15):
            writer.ue(value)
    return sar, colour, is_fields


def _hevc_hrd(draw: Draw, writer: BitWriter, sub_layers: int) -> None:
    nal, vcl, by_parts = draw(FLAG), draw(FLAG), draw(FLAG)
    writer.flag(nal)
    writer.flag(vcl)
    if nal or vcl:
        writer.flag(by_parts)
        if by_parts:
            writer.u(0x5A5A5, 19)
        writer.u(0x11, 8)
        if by_parts:
            writer.u(3, 4)
        writer.u(0x1234, 15)
    for _ in range(sub_layers):
        general, within, low_delay = draw(FLAG), draw(FLAG), draw(FLAG)
        writer.flag(general)
        if not general:
            writer.flag(within)
        if general or within:
            writer.ue(2047)
            low_delay = False
        else:
            writer.flag(low_delay)
        count = 0
        if not low_delay:
            count = draw(st.integers(0, 2))
            writer.ue(count)
        for _ in range((nal + vcl) * (count + 1)):
            for _ in range(4 if by_parts and (nal or vcl) else 2):
                writer.ue(draw(UE))
            writer.flag(True)


def hevc_pps(identifier: int, sps_id: int, rest: int) -> bytes:
    writer = BitWriter()
    writer.ue(identifier)
    writer.ue(sps_id)
    writer.u(rest, 40)
    return b"\x44\x01" + escape(writer.rbsp())
