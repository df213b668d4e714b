"""The sample entry of a source: its parameter sets, wherever the container keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from worker.bitstream import h264, hevc, records, sei
from worker.bitstream.errors import ParameterSetsChanged, ParameterSetsMissing
from worker.bitstream.nal import ANNEX_B, nal_spans

Codec = Literal["h264", "hevc"]
_H264_IMPORTANCE = 0x60


@dataclass(frozen=True)
class Entry:
    """The parameter sets of one source, each id once, as NAL units with their headers."""

    codec: Codec
    length_size: int  # of its samples; `ANNEX_B` where they carry start codes
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    vps: tuple[bytes, ...] = ()
    sei: tuple[bytes, ...] = ()

    @property
    def parameter_sets(self) -> tuple[bytes, ...]:
        """All sets, those first that others build on."""
        return (*self.vps, *self.sps, *self.pps)

    @cached_property
    def h264_sets(self) -> dict[int, tuple[h264.Sps, h264.Pps]]:
        """What a slice's header builds on, by its pps_id."""
        all_sps = {each.id: each for each in map(h264.parse_sps, self.sps)}
        all_pps = [each for each in map(h264.parse_pps, self.pps) if each.sps_id in all_sps]
        return {each.id: (all_sps[each.sps_id], each) for each in all_pps}

    def pictures(self) -> tuple[h264.Sps | hevc.Sps, ...]:
        """What the sequence parameter sets say of the pictures."""
        if self.codec == "h264":
            return tuple(h264.parse_sps(nal) for nal in self.sps)
        return tuple(hevc.parse_sps(nal) for nal in self.sps)

    def with_sets_of(self, sample: bytes) -> Entry:
        """The entry with what this sample carries besides; sources may keep their sets in-band.

        Raises ParameterSetsChanged where the sample gives an id another meaning.
        """
        spans = nal_spans(sample, self.length_size)
        found = _of_nals(self.codec, self.length_size, (sample[a:b] for a, b in spans))
        nals = (*self.parameter_sets, *found.parameter_sets)
        return replace(_of_nals(self.codec, self.length_size, nals), sei=self.sei)


def from_extradata(codec: Codec, extradata: bytes) -> Entry:
    """The entry that an avcC, an hvcC or the beginning of a byte stream describes.

    Where there is no extradata at all the samples are taken for a byte stream.
    """
    if not extradata:
        return Entry(codec, ANNEX_B, (), ())
    if _is_byte_stream(extradata):
        spans = nal_spans(extradata, ANNEX_B)
        return _of_nals(codec, ANNEX_B, (extradata[start:end] for start, end in spans))
    parse = records.parse_avcc if codec == "h264" else records.parse_hvcc
    length_size, nals = parse(extradata)
    return _of_nals(codec, length_size, nals)


def to_extradata(entry: Entry) -> bytes:
    """The avcC or hvcC that describes `entry`, for samples with lengths of four bytes."""
    if not entry.sps or not entry.pps or (entry.codec == "hevc" and not entry.vps):
        raise ParameterSetsMissing
    if entry.codec == "h264":
        return records.build_avcc(entry.sps, entry.pps)
    return records.build_hvcc(entry.vps, entry.sps, entry.pps, entry.sei)


def _is_byte_stream(extradata: bytes) -> bool:
    return extradata.startswith((b"\0\0\1", b"\0\0\0\1"))


def _of_nals(codec: Codec, length_size: int, nals: Iterable[bytes]) -> Entry:
    """The parameter sets among `nals`; all else is passed over."""
    if codec == "h264":
        return _h264_of_nals(length_size, nals)
    return _hevc_of_nals(length_size, nals)


def _h264_of_nals(length_size: int, nals: Iterable[bytes]) -> Entry:
    sps: dict[int, bytes] = {}
    pps: dict[int, bytes] = {}
    for nal in filter(None, (plain("h264", nal) for nal in nals)):
        kind = h264.nal_type(nal)
        if kind == h264.SPS:
            _put(sps, h264.sps_id(nal), nal)
        elif kind == h264.PPS:
            _put(pps, h264.pps_ids(nal)[0], nal)
    return Entry("h264", length_size, tuple(sps.values()), tuple(pps.values()))


def _hevc_of_nals(length_size: int, nals: Iterable[bytes]) -> Entry:
    vps: dict[int, bytes] = {}
    sps: dict[int, bytes] = {}
    pps: dict[int, bytes] = {}
    notes: list[bytes] = []
    for nal in (plain("hevc", nal) for nal in nals):
        if len(nal) < 2 or hevc.layer(nal):
            continue
        kind = hevc.nal_type(nal)
        if kind == hevc.VPS:
            _put(vps, hevc.vps_id(nal), nal)
        elif kind == hevc.SPS:
            _put(sps, hevc.sps_ids(nal)[0], nal)
        elif kind == hevc.PPS:
            _put(pps, hevc.pps_ids(nal)[0], nal)
        elif kind == hevc.PREFIX_SEI:
            note = sei.without(nal, 2, sei.BOUND_TO_PARAMETER_SETS)
            notes += [note] if note else []
    all_sps, all_pps, all_vps = (tuple(each.values()) for each in (sps, pps, vps))
    return Entry("hevc", length_size, all_sps, all_pps, all_vps, tuple(notes))


def plain(codec: Codec, nal: bytes) -> bytes:
    """A unit in the one form in which it is kept and compared.

    Some writers leave zeros at its end, and what H.264 calls its importance (never nothing, for a
    parameter set) is set now so and now so.
    """
    trimmed = nal.rstrip(b"\0")
    if codec == "hevc" or not trimmed:
        return trimmed
    return bytes((trimmed[0] | _H264_IMPORTANCE,)) + trimmed[1:]


def _put(sets: dict[int, bytes], identifier: int, nal: bytes) -> None:
    if sets.setdefault(identifier, nal) != nal:
        raise ParameterSetsChanged
