"""A source's samples as they stand in the programme: other ids, no parameter sets of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cached_property

from worker.bitstream import h264, hevc, recode, sei
from worker.bitstream.entry import Entry, plain
from worker.bitstream.errors import Damaged, NotSupported, ParameterSetsChanged
from worker.bitstream.nal import LENGTH_SIZE, nal_spans
from worker.bitstream.recode import NewId, new_id

_Recode = Callable[[bytes, int, int], tuple[bytes, int]]


class _Fate(IntEnum):
    """What becomes of a NAL unit."""

    KEPT = auto()
    SLICE = auto()
    CHECKED = auto()  # a parameter set: left out, if it is one that the sample entry has
    SIFTED = auto()  # supplemental information
    DROPPED = auto()
    NOT_SUPPORTED = auto()
    DAMAGED = auto()


#: Kinds that are not named (delimiters, filler, second views, reserved and private ones) are left
#: out: no picture of the base view depends on them.
_H264_FATES = {
    h264.SLICE: _Fate.SLICE,
    h264.IDR: _Fate.SLICE,
    h264.SPS: _Fate.CHECKED,
    h264.PPS: _Fate.CHECKED,
    h264.SEI: _Fate.SIFTED,
    h264.END_OF_SEQUENCE: _Fate.KEPT,
    **dict.fromkeys(h264.PARTITIONS, _Fate.NOT_SUPPORTED),
}
_HEVC_FATES = {
    **dict.fromkeys(hevc.SLICES, _Fate.SLICE),
    **dict.fromkeys((hevc.VPS, hevc.SPS, hevc.PPS), _Fate.CHECKED),
    **dict.fromkeys((hevc.PREFIX_SEI, hevc.SUFFIX_SEI), _Fate.SIFTED),
    hevc.END_OF_SEQUENCE: _Fate.KEPT,
}


def _h264_fate(first: int) -> _Fate:
    """What becomes of an H.264 unit whose header is the byte `first`."""
    return _Fate.DAMAGED if first & 0x80 else _H264_FATES.get(first & 31, _Fate.DROPPED)


def _hevc_fate(first: int) -> _Fate:
    """What becomes of an HEVC unit of the base layer whose header begins with the byte `first`."""
    if first & 0x80:
        return _Fate.DAMAGED
    return _Fate.DROPPED if first & 1 else _HEVC_FATES.get(first >> 1, _Fate.DROPPED)


_FATES = {
    "h264": tuple(_h264_fate(first) for first in range(256)),
    "hevc": tuple(_hevc_fate(first) for first in range(256)),
}


@dataclass(frozen=True)
class Rewrite:
    """How the samples of one source come into the programme."""

    entry: Entry
    pps_ids: Mapping[int, int]  # from each id of the source to its id in the programme
    keeps_timing: bool = True  # whether information in the measures of a parameter set may stay

    @property
    def keeps_slices(self) -> bool:
        """Whether slices stay as they are, byte for byte."""
        return all(old == new for old, new in self.pps_ids.items())

    @cached_property
    def known_sets(self) -> frozenset[bytes]:
        """The parameter sets that may stand in a sample, for they are in the sample entry."""
        return frozenset(self.entry.parameter_sets)

    @cached_property
    def new_ids(self) -> dict[int, NewId]:
        """What happens to each pps_id of the source."""
        return {old: new_id(old, new) for old, new in self.pps_ids.items()}

    @cached_property
    def renew(self) -> _Recode | None:
        """What makes a new beginning for a slice, None where slices stay as they are."""
        if self.keeps_slices:
            return None
        ids = self.new_ids
        if self.entry.codec == "hevc":
            return lambda sample, start, end: recode.recode_hevc(sample, start, end, ids)
        if all(new.keeps_alignment for new in ids.values()):
            return lambda sample, start, end: recode.recode_h264(sample, start, end, ids)
        return self._recode_either_way

    def _recode_either_way(self, sample: bytes, start: int, end: int) -> tuple[bytes, int]:
        old = recode.pps_id_of_h264(sample, start, end)
        if old not in self.new_ids:
            raise ParameterSetsChanged
        if self.new_ids[old].keeps_alignment:
            return recode.recode_h264(sample, start, end, self.new_ids)
        sps, pps = self.entry.h264_sets[old]
        return recode.rewrite_h264(sample[start:end], sps, pps, self.pps_ids[old]), end


def rewrite_sample(sample: bytes, rewrite: Rewrite, *, bla: bool = False) -> bytes:
    """A sample of the source as it stands in the programme, lengths in four bytes.

    Parameter sets, delimiters and filler are left out and slices name the new ids. `bla` is for the
    HEVC picture at the start of a copied run: a CRA becomes a BLA, whose leading pictures are known
    to be gone. Raises ParameterSetsChanged where the sample brings or
    names parameter sets that the source's entry has not.
    """
    length_size = rewrite.entry.length_size
    is_hevc = rewrite.entry.codec == "hevc"
    fates = _FATES[rewrite.entry.codec]
    view = memoryview(sample)
    parts: list[bytes | memoryview] = []
    size = 0
    is_same = length_size == LENGTH_SIZE
    for start, end in nal_spans(sample, length_size):
        fate = fates[sample[start]]
        if is_hevc and _is_of_other_layer(sample, start, end):
            continue
        begin, rest = b"", start
        if fate is _Fate.SLICE:
            begin, rest = _slice(sample, start, end, rewrite, bla=bla)
        elif fate is _Fate.SIFTED:
            begin, rest = _sift(sample, start, end, rewrite)
        elif fate is not _Fate.KEPT:
            _let_go(fate, sample[start:end], rewrite)
            rest = end
        length = len(begin) + end - rest
        if not length:
            continue
        parts += (length.to_bytes(LENGTH_SIZE, "big"), begin, view[rest:end])
        size += LENGTH_SIZE + length
        is_same = is_same and not begin
    return sample if is_same and size == len(sample) else b"".join(parts)


def _is_of_other_layer(sample: bytes, start: int, end: int) -> bool:
    if end - start < 2:
        raise Damaged("A part of the coded video is empty.")
    return sample[start + 1] >> 3 != 0


def _slice(
    sample: bytes, start: int, end: int, rewrite: Rewrite, *, bla: bool
) -> tuple[bytes, int]:
    """A new beginning for a slice, empty where it has none, and where the old slice goes on."""
    begin, rest = b"", start
    if rewrite.renew is not None:
        begin, rest = rewrite.renew(sample, start, end)
    if bla and rewrite.entry.codec == "hevc" and sample[start] >> 1 == hevc.CRA:
        if not begin:
            begin, rest = sample[start : start + 2], start + 2
        begin = bytes((hevc.BLA_N_LP << 1,)) + begin[1:]
    return begin, rest


def _sift(sample: bytes, start: int, end: int, rewrite: Rewrite) -> tuple[bytes, int]:
    """The supplemental information that may stay, in the form of `_slice`."""
    if rewrite.keeps_timing:
        return b"", start
    header = 2 if rewrite.entry.codec == "hevc" else 1
    nal = sample[start:end]
    kept = sei.without(nal, header, sei.BOUND_TO_PARAMETER_SETS)
    return (b"", start) if kept == nal else (kept, end)


def _let_go(fate: _Fate, nal: bytes, rewrite: Rewrite) -> None:
    """Raise unless the unit may be left out."""
    if fate is _Fate.DAMAGED:
        raise Damaged
    if fate is _Fate.NOT_SUPPORTED:
        raise NotSupported
    if fate is _Fate.CHECKED and plain(rewrite.entry.codec, nal) not in rewrite.known_sets:
        raise ParameterSetsChanged
