"""How many pictures a decoder holds back to show them in order, said alike by all cameras.

Cameras and bridges differ in it, and each says the truth of its own pictures. But a decoder may
take the number of the first for that of the whole programme: libavcodec 59 (GStreamer of Debian 12)
holds back more in the middle only by losing key frames that come at that moment, and FFmpeg 5.1
complains at every picture. The number is an upper bound, so the largest is true of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from worker.bitstream import h264, hevc
from worker.bitstream.entry import Entry

#: Macroblocks that a decoder of a level keeps (ITU-T H.264, table A-1).
_KEPT_MACROBLOCKS = {
    9: 396, 10: 396, 11: 900, 12: 2376, 13: 2376, 20: 2376, 21: 4752, 22: 8100, 30: 8100,
    31: 18000, 32: 20480, 40: 32768, 41: 32768, 42: 34816, 50: 110400, 51: 184320, 52: 184320,
    60: 696320, 61: 696320, 62: 696320,
}  # fmt: skip
_MOST_FRAMES = 16


class Depth(NamedTuple):
    """How many pictures a sequence parameter set has a decoder hold back."""

    said: int | None
    bound: int  # what follows from the rest where nothing is said


def depths(entry: Entry) -> tuple[Depth, ...]:
    """The depth of every sequence parameter set of `entry`."""
    if entry.codec == "hevc":
        each = [hevc.parse_sps(nal).max_num_reorder for nal in entry.sps]
        return tuple(Depth(reorder, reorder) for reorder in each)
    return tuple(_h264_depth(*h264.held_of(nal)) for nal in entry.sps)


def common(each: Iterable[Depth]) -> int | None:
    """The depth that all sets are to say, None where they say the same already.

    >>> common([Depth(0, 0), Depth(2, 2)]), common([Depth(2, 2)]), common([Depth(None, 4)])
    (2, None, None)
    """
    found = set(each)
    return None if len({depth.said for depth in found}) < 2 else max(d.bound for d in found)


def telling(entry: Entry, depth: int | None) -> Entry:
    """The entry, whose sets say that `depth` pictures are held back."""
    if depth is None:
        return entry
    if entry.codec == "h264":
        return replace(entry, sps=tuple(_h264_telling(nal, depth) for nal in entry.sps))
    return replace(
        entry,
        vps=tuple(hevc.vps_with_reorder(nal, depth) for nal in entry.vps),
        sps=tuple(hevc.sps_with_reorder(nal, depth) for nal in entry.sps),
    )


def _h264_depth(sps: h264.Sps, held: h264.Held) -> Depth:
    if held.reorder is not None:
        return Depth(held.reorder, held.reorder)
    in_order = sps.max_num_reorder == 0 or sps.poc_type == 2
    return Depth(None, 0 if in_order else _kept_frames(sps, sps.level))


def _kept_frames(sps: h264.Sps, level: int) -> int:
    """How many frames a decoder keeps (A.3.1): the bound where nothing is said."""
    macroblocks = -(-sps.width // 16) * -(-sps.height // 16)
    return min(_KEPT_MACROBLOCKS.get(level, 10**9) // macroblocks, _MOST_FRAMES)


def _h264_telling(nal: bytes, depth: int) -> bytes:
    sps, held = h264.held_of(nal)
    # What another camera's level allows may be more than this one's.
    levels = (level for level in sorted(_KEPT_MACROBLOCKS) if level >= sps.level)
    level = sps.level
    if _kept_frames(sps, level) < depth:
        level = next((each for each in levels if _kept_frames(sps, each) >= depth), level)
    own = _kept_frames(sps, level) if held.buffering is None else held.buffering
    return h264.with_held(nal, held, depth, max(own, depth), level)
