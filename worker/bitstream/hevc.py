"""HEVC parameter sets: what they say, and the same sets under other ids.

Field names and order follow ITU-T H.265, 7.3.2; values that no code here asks for are read past.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from worker.bitstream.bits import BitReader, BitWriter, payload_bits
from worker.bitstream.errors import Damaged
from worker.bitstream.hevc_sps import skip_hrd, skip_reference_sets, skip_scaling_lists
from worker.bitstream.nal import escape, unescape
from worker.bitstream.vui import Colour, Look, read_look

LEADING: Final = (6, 7, 8, 9)  # RADL and RASL
BLA_W_LP: Final = 16
BLA_N_LP: Final = 18
IDR_W_RADL: Final = 19
IDR_N_LP: Final = 20
CRA: Final = 21
LAST_IRAP: Final = 23
#: The kinds of slices that exist; 10 to 15 and 22 to 31 are reserved.
SLICES: Final = (*range(10), *range(BLA_W_LP, CRA + 1))
VPS: Final = 32
SPS: Final = 33
PPS: Final = 34
END_OF_SEQUENCE: Final = 36
END_OF_BITSTREAM: Final = 37
PREFIX_SEI: Final = 39
SUFFIX_SEI: Final = 40

MOST_VPS_ID: Final = 15
MOST_SPS_ID: Final = 15
MOST_PPS_ID: Final = 63

_HEADER = 2
_MOST_SUB_LAYERS = 7
_PROFILE_AT = 8
_PROFILE_BITS = 96
_VPS_SUB_LAYERS_AT = 12
_VPS_PROFILE_AT = 32
_SUBSAMPLING = {0: (1, 1), 1: (2, 2), 2: (2, 1), 3: (1, 1)}


@dataclass(frozen=True)
class Profile:
    """The general profile, tier and level: what a decoder must be able to do."""

    tier: int
    profile: int
    compatibility: int  # 32 flags
    constraints: int  # 48 flags
    level: int  # 30 times the number in its name


@dataclass(frozen=True)
class Sps:
    """What a sequence parameter set says of its pictures."""

    id: int
    vps_id: int
    sub_layers: int
    nests_sub_layers: bool
    general: Profile
    chroma_format: int  # 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4
    depth_luma: int
    depth_chroma: int
    width: int  # cropped, in pixels, as height
    height: int
    sar: Fraction | None  # None: not said
    colour: Colour
    max_num_reorder: int
    is_fields: bool  # every picture is one field
    separate_planes: bool
    log2_max_poc_lsb: int


@dataclass(frozen=True)
class Pps:
    """What a picture parameter set says that copying needs."""

    id: int
    sps_id: int
    has_output_flag: bool  # a slice says whether its picture is shown
    extra_slice_bits: int


def nal_type(nal: bytes) -> int:
    """What kind of NAL unit this is."""
    return nal[0] >> 1 & 63


def layer(nal: bytes) -> int:
    """The layer of a NAL unit; what is not 0 belongs to a second view or a finer picture."""
    return (nal[0] & 1) << 5 | nal[1] >> 3


def _rbsp(nal: bytes, kind: int) -> tuple[bytes, int]:
    """The payload of a parameter set and the number of its bits."""
    if len(nal) <= _HEADER or nal_type(nal) != kind:
        raise Damaged("A parameter set of the coded video is none.")
    rbsp = unescape(nal[_HEADER:])
    return rbsp, payload_bits(rbsp)


def _find_sps_id(reader: BitReader) -> tuple[int, int]:
    """Move to the id of a sequence parameter set; its number of sub-layers, and where it stands."""
    return _skip_profile(reader, 4, _PROFILE_AT)


def _skip_profile(reader: BitReader, layers_at: int, start: int) -> tuple[int, int]:
    """Move behind the profile at `start`; the number of sub-layers, and where that is."""
    reader.position = layers_at
    more_layers = reader.u(3)
    if more_layers > _MOST_SUB_LAYERS - 1:
        raise Damaged("The coded video has more sub-layers than HEVC knows.")
    reader.position = start + _PROFILE_BITS
    present = [(reader.flag(), reader.flag()) for _ in range(8 if more_layers else 0)]
    for has_profile, has_level in present[:more_layers]:
        reader.u(88 if has_profile else 0)
        reader.u(8 if has_level else 0)
    return 1 + more_layers, reader.position


def vps_id(nal: bytes) -> int:
    """The id of a video parameter set."""
    rbsp, end = _rbsp(nal, VPS)
    return BitReader(rbsp, end=end).u(4)


def sps_ids(nal: bytes) -> tuple[int, int]:
    """The id of a sequence parameter set, and that of the video parameter set it builds on."""
    rbsp, end = _rbsp(nal, SPS)
    reader = BitReader(rbsp, end=end)
    on_vps = reader.u(4)
    _find_sps_id(reader)
    return reader.ue(MOST_SPS_ID), on_vps


def pps_ids(nal: bytes) -> tuple[int, int]:
    """The id of a picture parameter set, and that of the sequence parameter set it builds on."""
    rbsp, end = _rbsp(nal, PPS)
    reader = BitReader(rbsp, end=end)
    return reader.ue(MOST_PPS_ID), reader.ue(MOST_SPS_ID)


def with_vps_id(nal: bytes, new: int) -> bytes:
    """The same video parameter set under another id."""
    rbsp, end = _rbsp(nal, VPS)
    reader = BitReader(rbsp, end=end)
    reader.u(4)
    writer = BitWriter()
    writer.u(new, 4)
    writer.copy(rbsp, reader.position, end)
    return nal[:_HEADER] + escape(writer.rbsp())


def with_sps_ids(nal: bytes, new: int, new_vps: int) -> bytes:
    """The same sequence parameter set under another id, built on another video parameter set."""
    rbsp, end = _rbsp(nal, SPS)
    reader = BitReader(rbsp, end=end)
    _, start = _find_sps_id(reader)
    reader.ue(MOST_SPS_ID)
    writer = BitWriter()
    writer.u(new_vps, 4)
    writer.copy(rbsp, 4, start)
    writer.ue(new)
    writer.copy(rbsp, reader.position, end)
    return nal[:_HEADER] + escape(writer.rbsp())


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
    return nal[:_HEADER] + escape(writer.rbsp())


def vps_with_reorder(nal: bytes, reorder: int) -> bytes:
    """The same video parameter set, which lets at least `reorder` pictures be held back."""
    rbsp, end = _rbsp(nal, VPS)
    reader = BitReader(rbsp, end=end)
    sub_layers, _ = _skip_profile(reader, _VPS_SUB_LAYERS_AT, _VPS_PROFILE_AT)
    return nal[:_HEADER] + _with_reorder(rbsp, end, reader, sub_layers, reorder)


def sps_with_reorder(nal: bytes, reorder: int) -> bytes:
    """The same sequence parameter set, which lets at least `reorder` pictures be held back."""
    rbsp, end = _rbsp(nal, SPS)
    reader = BitReader(rbsp, end=end)
    sub_layers, _ = _find_sps_id(reader)
    reader.ue(MOST_SPS_ID)
    _read_size(reader)
    reader.ue(7)  # depths
    reader.ue(7)
    reader.ue(12)  # bits of a picture's number
    return nal[:_HEADER] + _with_reorder(rbsp, end, reader, sub_layers, reorder)


def _with_reorder(rbsp: bytes, end: int, reader: BitReader, sub_layers: int, reorder: int) -> bytes:
    """`rbsp` with other numbers for its whole stream; the reader stands before all the layers'."""
    writer = BitWriter()
    more = sub_layers - 1 if reader.flag() else 0
    for _ in range(3 * more):
        reader.ue()
    writer.copy(rbsp, 0, reader.position)
    kept, held = reader.ue(), reader.ue(16)
    writer.ue(max(kept, reorder))
    writer.ue(max(held, reorder))
    writer.copy(rbsp, reader.position, end)
    return escape(writer.rbsp())


def _read_size(reader: BitReader) -> tuple[int, bool, int, int]:
    """The chroma format, whether its planes are coded apart, and the size, cropped."""
    chroma = reader.ue(3)
    separate = chroma == 3 and reader.flag()
    width, height = reader.ue(0xFFFF), reader.ue(0xFFFF)
    if reader.flag():
        step_x, step_y = _SUBSAMPLING[0 if separate else chroma]
        width -= step_x * (reader.ue() + reader.ue())
        height -= step_y * (reader.ue() + reader.ue())
    if width <= 0 or height <= 0:
        raise Damaged("The coded video crops its pictures to nothing.")
    return chroma, separate, width, height


def parse_pps(nal: bytes) -> Pps:
    """What the picture parameter set `nal` (with its header) says."""
    rbsp, end = _rbsp(nal, PPS)
    reader = BitReader(rbsp, end=end)
    identifier, on_sps = reader.ue(MOST_PPS_ID), reader.ue(MOST_SPS_ID)
    reader.flag()  # dependent slice segments
    return Pps(identifier, on_sps, reader.flag(), reader.u(3))


def parse_slice_start(nal: bytes) -> tuple[bool, int]:
    """Whether the slice segment `nal` is the first of its picture, and its pps_id.

    >>> parse_slice_start(bytes([0x26, 0x01, 0xAF, 0x00]))
    (True, 0)
    """
    reader = BitReader(unescape(nal[_HEADER:16]))
    first = reader.flag()
    if BLA_W_LP <= nal_type(nal) <= LAST_IRAP:
        reader.flag()  # no_output_of_prior_pics
    return first, reader.ue(MOST_PPS_ID)


def parse_sps(nal: bytes) -> Sps:
    """What the sequence parameter set `nal` (with its header) says."""
    rbsp, end = _rbsp(nal, SPS)
    reader = BitReader(rbsp, end=end)
    on_vps = reader.u(4)
    reader.u(3)
    nests = reader.flag()
    general = _read_profile(reader)
    sub_layers, _ = _find_sps_id(reader)
    identifier = reader.ue(MOST_SPS_ID)
    chroma, separate, width, height = _read_size(reader)
    depth_luma, depth_chroma = 8 + reader.ue(7), 8 + reader.ue(7)
    log2_max_poc_lsb = 4 + reader.ue(12)
    reorder = 0
    for _ in range(sub_layers if reader.flag() else 1):
        reader.ue()  # pictures kept
        reorder = reader.ue(16)
        reader.ue()  # latency
    for _ in range(6):
        reader.ue()  # sizes of blocks and transforms
    if reader.flag() and reader.flag():
        skip_scaling_lists(reader)
    reader.u(2)  # asymmetric partitions, sample adaptive offset
    if reader.flag():
        reader.u(8)  # PCM depths
        reader.ue()
        reader.ue()
        reader.flag()
    skip_reference_sets(reader)
    if reader.flag():
        for _ in range(reader.ue(32)):
            reader.u(log2_max_poc_lsb + 1)
    reader.u(2)  # temporal motion vectors, strong intra smoothing
    look, is_fields = _read_vui(reader, sub_layers) if reader.flag() else (Look(), False)
    return Sps(
        id=identifier,
        vps_id=on_vps,
        sub_layers=sub_layers,
        nests_sub_layers=nests,
        general=general,
        chroma_format=chroma,
        depth_luma=depth_luma,
        depth_chroma=depth_chroma,
        width=width,
        height=height,
        sar=look.sar,
        colour=look.colour,
        max_num_reorder=reorder,
        is_fields=is_fields,
        separate_planes=separate,
        log2_max_poc_lsb=log2_max_poc_lsb,
    )


def _read_profile(reader: BitReader) -> Profile:
    reader.u(2)  # profile space
    return Profile(reader.u(1), reader.u(5), reader.u(32), reader.u(48), reader.u(8))


def _read_vui(reader: BitReader, sub_layers: int) -> tuple[Look, bool]:
    look = read_look(reader)
    _, is_fields, _ = reader.flags(3)
    if reader.flag():
        for _ in range(4):
            reader.ue()  # default display window
    if reader.flag():
        reader.u(64)  # num_units_in_tick, time_scale
        if reader.flag():
            reader.ue()
        if reader.flag():
            skip_hrd(reader, sub_layers)
    if reader.flag():
        reader.u(3)
        for _ in range(5):
            reader.ue()  # min_spatial_segmentation, bytes and bits, lengths of motion vectors
    return look, is_fields
