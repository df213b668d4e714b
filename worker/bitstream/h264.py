"""H.264 parameter sets: what they say, and the same sets under other ids.

Field names and order follow ITU-T H.264, 7.3.2.1 and 7.3.2.2; values that no code here asks for are
read past.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from worker.bitstream.bits import BitReader, BitWriter, payload_bits
from worker.bitstream.errors import Damaged
from worker.bitstream.nal import escape, unescape
from worker.bitstream.vui import Colour, Look, read_look

SLICE: Final = 1
PARTITIONS: Final = (2, 3, 4)
IDR: Final = 5
SLICES: Final = (SLICE, *PARTITIONS, IDR)
SEI: Final = 6
SPS: Final = 7
PPS: Final = 8
END_OF_SEQUENCE: Final = 10

MOST_SPS_ID: Final = 31
MOST_PPS_ID: Final = 255

#: The profiles whose SPS says how chroma and depth are.
_RICH_PROFILES = frozenset({44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244})
#: Among them those that with constraint_set3 have no picture but key frames.
_INTRA_PROFILES = frozenset({44, 86, 100, 110, 122, 244})
_CONSTRAINT_SET_3 = 0x10
_MOST_MBS = 0xFFFF
_LEVEL_AT = 16
_SPS_ID_AT = 24
#: Bytes of a picture and bits of a macroblock without limit, motion vectors of any length (E.2.1).
_NO_RESTRICTION = (0, 0, 15, 15)
_SUBSAMPLING = {0: (1, 1), 1: (2, 2), 2: (2, 1), 3: (1, 1)}


@dataclass(frozen=True)
class Sps:
    """What a sequence parameter set says of its pictures."""

    id: int
    profile: int
    constraints: int  # the byte with the six constraint flags, as it stands
    level: int
    chroma_format: int  # 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4
    depth_luma: int
    depth_chroma: int
    width: int  # cropped, in pixels, as height
    height: int
    sar: Fraction | None  # None: not said
    colour: Colour
    frame_mbs_only: bool  # False: may hold fields
    max_num_reorder: int | None  # None: not said
    separate_planes: bool
    log2_max_frame_num: int
    poc_type: int
    log2_max_poc_lsb: int
    delta_poc_always_zero: bool


@dataclass(frozen=True)
class Held:
    """How many pictures a decoder holds back, and where a sequence parameter set says it."""

    reorder: int | None  # max_num_reorder_frames; None: not said, as buffering
    buffering: int | None  # max_dec_frame_buffering
    at: tuple[int, int]  # the bits of both numbers, or of the flag that says that they are missing
    has_usability: bool  # whether that flag is the one within the usability information


@dataclass(frozen=True)
class Pps:
    """What a picture parameter set says of its slices' headers."""

    id: int
    sps_id: int
    cabac: bool
    poc_of_bottom_field: bool
    slice_groups: int
    references: tuple[int, int]  # in list 0 and list 1 where a slice does not say
    weighted_pred: bool
    weighted_bipred: int
    deblocking_control: bool
    redundant_pictures: bool


def nal_type(nal: bytes) -> int:
    """What kind of NAL unit this is."""
    return nal[0] & 31


def _rbsp(nal: bytes, kind: int) -> tuple[bytes, int]:
    """The payload of a parameter set and the number of its bits."""
    if not nal or nal_type(nal) != kind:
        raise Damaged("A parameter set of the coded video is none.")
    rbsp = unescape(nal[1:])
    return rbsp, payload_bits(rbsp)


def sps_id(nal: bytes) -> int:
    """The id of a sequence parameter set."""
    rbsp, end = _rbsp(nal, SPS)
    return BitReader(rbsp, end=end, position=_SPS_ID_AT).ue(MOST_SPS_ID)


def pps_ids(nal: bytes) -> tuple[int, int]:
    """The id of a picture parameter set, and that of the sequence parameter set it builds on."""
    rbsp, end = _rbsp(nal, PPS)
    reader = BitReader(rbsp, end=end)
    return reader.ue(MOST_PPS_ID), reader.ue(MOST_SPS_ID)


def with_sps_id(nal: bytes, new: int) -> bytes:
    """The same sequence parameter set under another id."""
    rbsp, end = _rbsp(nal, SPS)
    reader = BitReader(rbsp, end=end, position=_SPS_ID_AT)
    reader.ue(MOST_SPS_ID)
    writer = BitWriter()
    writer.copy(rbsp, 0, _SPS_ID_AT)
    writer.ue(new)
    writer.copy(rbsp, reader.position, end)
    return nal[:1] + escape(writer.rbsp())


def with_pps_ids(nal: bytes, new: int, new_sps: int) -> bytes:
    """The same picture parameter set under another id, built on another sequence parameter set."""
    rbsp, end = _rbsp(nal, PPS)
    reader = BitReader(rbsp, end=end)
    reader.ue(MOST_PPS_ID)
    reader.ue(MOST_SPS_ID)
    writer = BitWriter()
    writer.ue(new)
    writer.ue(new_sps)
    writer.copy(rbsp, reader.position, end)
    return nal[:1] + escape(writer.rbsp())


def parse_sps(nal: bytes) -> Sps:
    """What the sequence parameter set `nal` (with its header byte) says."""
    return _read_sps(*_rbsp(nal, SPS))[0]


def held_of(nal: bytes) -> tuple[Sps, Held]:
    """What the sequence parameter set `nal` says, and what it says of pictures held back."""
    return _read_sps(*_rbsp(nal, SPS))


def with_held(nal: bytes, held: Held, reorder: int, buffering: int, level: int) -> bytes:
    """The same sequence parameter set, with other numbers in the place that `held` names."""
    rbsp, end = _rbsp(nal, SPS)
    writer = BitWriter()
    writer.copy(rbsp, 0, _LEVEL_AT)
    writer.u(level, 8)
    writer.copy(rbsp, _LEVEL_AT + 8, held.at[0])
    if held.reorder is None:
        if not held.has_usability:
            writer.u(0b1_0000_0000, 9)  # it is there, and nothing is said up to its last part
        writer.flag(True)
        writer.flag(True)  # motion vectors over picture boundaries
        for value in _NO_RESTRICTION:
            writer.ue(value)
    writer.ue(reorder)
    writer.ue(buffering)
    writer.copy(rbsp, held.at[1], end)
    return nal[:1] + escape(writer.rbsp())


def _read_sps(rbsp: bytes, end: int) -> tuple[Sps, Held]:
    reader = BitReader(rbsp, end=end)
    profile, constraints, level = reader.u(8), reader.u(8), reader.u(8)
    identifier = reader.ue(MOST_SPS_ID)
    chroma, separate, depth_luma, depth_chroma = 1, False, 8, 8
    if profile in _RICH_PROFILES:
        chroma = reader.ue(3)
        separate = chroma == 3 and reader.flag()
        depth_luma, depth_chroma = 8 + reader.ue(6), 8 + reader.ue(6)
        reader.flag()  # transform bypass
        if reader.flag():
            _skip_scaling_lists(reader, 12 if chroma == 3 else 8)
    log2_max_frame_num = 4 + reader.ue(12)
    poc_type = reader.ue(2)
    log2_max_poc_lsb, always_zero = _read_poc(reader, poc_type)
    reader.ue(16)  # reference frames
    reader.flag()  # gaps in frame_num
    width, height = 16 * (1 + reader.ue(_MOST_MBS)), 16 * (1 + reader.ue(_MOST_MBS))
    frame_mbs_only = reader.flag()
    if not frame_mbs_only:
        height *= 2
        reader.flag()  # frame and field macroblocks in one picture
    reader.flag()  # direct 8x8 inference
    if reader.flag():
        step_x, step_y = _SUBSAMPLING[0 if separate else chroma]
        width -= step_x * (reader.ue() + reader.ue())
        height -= (1 if frame_mbs_only else 2) * step_y * (reader.ue() + reader.ue())
    if width <= 0 or height <= 0:
        raise Damaged("The coded video crops its pictures to nothing.")
    usability_at = reader.position
    if reader.flag():
        look, held = _read_vui(reader)
    else:
        look, held = Look(), Held(None, None, (usability_at, reader.position), has_usability=False)
    reorder = held.reorder
    if reorder is None and profile in _INTRA_PROFILES and constraints & _CONSTRAINT_SET_3:
        reorder = 0
    sps = Sps(
        id=identifier,
        profile=profile,
        constraints=constraints,
        level=level,
        chroma_format=chroma,
        depth_luma=depth_luma,
        depth_chroma=depth_chroma,
        width=width,
        height=height,
        sar=look.sar,
        colour=look.colour,
        frame_mbs_only=frame_mbs_only,
        max_num_reorder=reorder,
        separate_planes=separate,
        log2_max_frame_num=log2_max_frame_num,
        poc_type=poc_type,
        log2_max_poc_lsb=log2_max_poc_lsb,
        delta_poc_always_zero=always_zero,
    )
    return sps, held


def parse_pps(nal: bytes) -> Pps:
    """What the picture parameter set `nal` (with its header byte) says."""
    rbsp, end = _rbsp(nal, PPS)
    reader = BitReader(rbsp, end=end)
    identifier, on_sps = reader.ue(MOST_PPS_ID), reader.ue(MOST_SPS_ID)
    cabac, poc_of_bottom_field = reader.flags(2)
    slice_groups = 1 + reader.ue(7)
    if slice_groups > 1:
        _skip_slice_groups(reader, slice_groups)
    references = 1 + reader.ue(31), 1 + reader.ue(31)
    weighted_pred = reader.flag()
    weighted_bipred = reader.u(2)
    for _ in range(3):
        reader.se()  # where quantisers start
    deblocking_control, _, redundant_pictures = reader.flags(3)
    return Pps(
        id=identifier,
        sps_id=on_sps,
        cabac=cabac,
        poc_of_bottom_field=poc_of_bottom_field,
        slice_groups=slice_groups,
        references=references,
        weighted_pred=weighted_pred,
        weighted_bipred=weighted_bipred,
        deblocking_control=deblocking_control,
        redundant_pictures=redundant_pictures,
    )


def _read_poc(reader: BitReader, poc_type: int) -> tuple[int, bool]:
    """How many bits the order of a picture takes, and whether type 1 never says a difference."""
    if poc_type == 0:
        return 4 + reader.ue(12), False
    if poc_type == 2:
        return 0, False
    always_zero = reader.flag()
    reader.se()  # offset of pictures that are no reference
    reader.se()  # offset of bottom fields
    for _ in range(reader.ue(255)):
        reader.se()
    return 0, always_zero


def _read_vui(reader: BitReader) -> tuple[Look, Held]:
    """The look of the pictures, and how many are held back."""
    look = read_look(reader)
    if reader.flag():
        reader.u(32)  # num_units_in_tick
        reader.u(32)  # time_scale
        reader.flag()  # fixed_frame_rate
    buffered = False
    for _ in ("NAL", "VCL"):
        if reader.flag():
            _skip_hrd(reader)
            buffered = True
    if buffered:
        reader.flag()  # low_delay_hrd
    reader.flag()  # pic_struct_present
    flag_at = reader.position
    if not reader.flag():
        return look, Held(None, None, (flag_at, reader.position), has_usability=True)
    reader.flag()  # motion vectors over picture boundaries
    for _ in range(4):
        reader.ue(16)  # bytes and bits of a picture, lengths of motion vectors
    start = reader.position
    reorder, buffering = reader.ue(16), reader.ue(16)
    return look, Held(reorder, buffering, (start, reader.position), has_usability=True)


def _skip_hrd(reader: BitReader) -> None:
    count = 1 + reader.ue(31)
    reader.u(8)
    for _ in range(count):
        reader.ue()
        reader.ue()
        reader.flag()
    reader.u(20)


def _skip_slice_groups(reader: BitReader, groups: int) -> None:
    kind = reader.ue(6)
    if kind == 0:
        for _ in range(groups):
            reader.ue()
    elif kind == 2:
        for _ in range(2 * (groups - 1)):
            reader.ue()
    elif kind in {3, 4, 5}:
        reader.flag()
        reader.ue()
    elif kind == 6:
        bits = (groups - 1).bit_length()
        for _ in range(1 + reader.ue()):
            reader.u(bits)


def _skip_scaling_lists(reader: BitReader, count: int) -> None:
    for index in range(count):
        if reader.flag():
            _skip_scaling_list(reader, 16 if index < 6 else 64)


def _skip_scaling_list(reader: BitReader, size: int) -> None:
    scale = 8
    for _ in range(size):
        scale = (scale + reader.se()) % 256
        if scale == 0:
            return
