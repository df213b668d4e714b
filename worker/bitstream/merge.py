"""One sample entry for cameras and bridges together: who keeps its ids, and who gets which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from worker.bitstream import h264, hevc, reorder
from worker.bitstream.entry import Codec, Entry, to_extradata
from worker.bitstream.errors import (
    BitstreamError,
    NotSupported,
    ParameterSetsMissing,
    TooManyParameterSets,
)
from worker.bitstream.nal import LENGTH_SIZE
from worker.bitstream.recode import new_id
from worker.bitstream.rewrite import Rewrite

_PPS_OF: dict[Codec, tuple[Callable[[bytes], tuple[int, int]], Callable[..., bytes]]] = {
    "h264": (h264.pps_ids, h264.with_pps_ids),
    "hevc": (hevc.pps_ids, hevc.with_pps_ids),
}


@dataclass(frozen=True)
class Merged:
    """The one sample entry, and how the samples of each source come under it."""

    entry: Entry
    extradata: bytes  # the entry as an avcC or hvcC
    rewrites: tuple[Rewrite, ...]  # in the order of the sources


def merge(entries: Sequence[Entry], weights: Sequence[int]) -> Merged:
    """One entry that holds the parameter sets of all `entries`, each under an id of its own.

    The heavier an entry, the sooner it keeps its ids; sets that say the same share one, and all
    hold back as many pictures as the one that holds back most. The errors
    say by `index` which entry they are about: it does not fit beside the heavier ones.
    """
    codecs = {entry.codec for entry in entries}
    if len(codecs) != 1:
        raise NotSupported("One video track holds one codec.")
    shelf = _Shelf(codecs.pop())
    depths: list[reorder.Depth] = []
    for index, entry in enumerate(entries):
        with _about(index):
            depths += reorder.depths(entry)
    depth = reorder.common(depths)
    pps_ids: dict[int, dict[int, int]] = {}
    for index in sorted(range(len(entries)), key=lambda index: -weights[index]):
        with _about(index):
            pps_ids[index] = shelf.place(reorder.telling(entries[index], depth))
            merged = shelf.entry()
            extradata = to_extradata(merged)
    keeps_timing = len(merged.sps) == 1
    rewrites = (Rewrite(entry, pps_ids[index], keeps_timing) for index, entry in enumerate(entries))
    return Merged(merged, extradata, tuple(rewrites))


@contextmanager
def _about(index: int) -> Iterator[None]:
    """Have the errors within say which entry they are about."""
    try:
        yield
    except BitstreamError as error:
        error.index = index
        raise


class _Ids:
    """The parameter sets of one kind, by the ids they have been given."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.nals: dict[int, bytes] = {}
        self._contents: dict[int, bytes] = {}

    def put(self, named: Callable[[int], bytes], tiers: Iterable[Sequence[int]]) -> int:
        """The id that a set gets, which `named` gives under any id.

        It comes from the first of the tiers that has one: one that stands for the same set already,
        else one that is free.
        """
        content = named(0)
        for tier in tiers:
            for identifier in tier:
                if self._contents.get(identifier) == content:
                    return identifier
            for identifier in tier:
                if identifier not in self._contents:
                    self._contents[identifier] = content
                    self.nals[identifier] = named(identifier)
                    return identifier
        raise TooManyParameterSets

    def put_near(self, named: Callable[[int], bytes], own: int) -> int:
        """As `put`, where any id will do but the own one is best."""
        return self.put(named, [(own, *range(self.most + 1))])


class _Shelf:
    """The sample entry while it is filled."""

    def __init__(self, codec: Codec) -> None:
        is_hevc = codec == "hevc"
        self._codec = codec
        self._vps = _Ids(hevc.MOST_VPS_ID)
        self._sps = _Ids(hevc.MOST_SPS_ID if is_hevc else h264.MOST_SPS_ID)
        self._pps = _Ids(hevc.MOST_PPS_ID if is_hevc else h264.MOST_PPS_ID)
        self._sei: tuple[bytes, ...] | None = None

    def entry(self) -> Entry:
        """What the shelf holds."""
        vps, sps, pps = (tuple(kind.nals.values()) for kind in (self._vps, self._sps, self._pps))
        return Entry(self._codec, LENGTH_SIZE, sps, pps, vps, self._sei or ())

    def place(self, entry: Entry) -> dict[int, int]:
        """Take in the sets of `entry`; from its pps_ids to the new ones."""
        if self._sei is None:
            self._sei = entry.sei
        is_hevc = self._codec == "hevc"
        sps_ids = self._place_hevc(entry) if is_hevc else self._place_h264(entry)
        read, named = _PPS_OF[self._codec]
        pps_ids = {}
        for nal in entry.pps:
            own, own_sps = read(nal)
            if own_sps in sps_ids:  # else it is one of a second view
                name = partial(named, nal, new_sps=sps_ids[own_sps])
                pps_ids[own] = self._pps.put(name, self._pps_tiers(own))
        if not pps_ids:
            raise ParameterSetsMissing
        return pps_ids

    def _place_h264(self, entry: Entry) -> dict[int, int]:
        return {
            own: self._sps.put_near(partial(h264.with_sps_id, nal), own)
            for nal in entry.sps
            for own in [h264.sps_id(nal)]
        }

    def _place_hevc(self, entry: Entry) -> dict[int, int]:
        vps_ids = {}
        for nal in entry.vps:
            own = hevc.vps_id(nal)
            vps_ids[own] = self._vps.put_near(partial(hevc.with_vps_id, nal), own)
        sps_ids = {}
        for nal in entry.sps:
            own, own_vps = hevc.sps_ids(nal)
            if own_vps not in vps_ids:
                raise ParameterSetsMissing
            name = partial(hevc.with_sps_ids, nal, new_vps=vps_ids[own_vps])
            sps_ids[own] = self._sps.put_near(name, own)
        return sps_ids

    def _pps_tiers(self, own: int) -> Iterator[Sequence[int]]:
        """The ids that slices can name instead of `own`, those first that cost least."""
        yield (own,)
        changes = {new: new_id(own, new) for new in range(self._pps.most + 1)}
        aligned = [new for new, change in changes.items() if change.keeps_alignment]
        yield sorted(aligned, key=lambda new: abs(changes[new].grows))
        if self._codec == "h264":
            yield list(changes)
