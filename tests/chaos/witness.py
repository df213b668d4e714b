"""What really is in a file: every picture that one pass of a decoder gets out of it, and when.

By PyAV from the first packet to the last, without a seek, without an index, without a line of the
engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from export_service.coded_media import Area, Code, picture_area, read_code
from tests.chaos.cast import LIAR, RATE
from tests.media.decode import Picture
from tests.media.oracle import Known, LeadFormat

#: A picture may refer to one that is shown so much later.
REORDERED = 8
MOVIE = "mov,mp4,m4a,3gp,3g2,mj2"


@dataclass(frozen=True)
class Slot:
    """A picture of the file: when it is shown, and what a decoder reads in it.

    Nothing read: it is missing, or a decoder makes something of it that no code can be read in.
    `is_suspect`: it is damaged, or may refer to a picture that is, so that what is seen in it
    depends on who decodes it, and from where.
    """

    second: Fraction
    codes: frozenset[Code]
    is_suspect: bool = False


@dataclass(frozen=True)
class Testimony:
    """The slots of a file in the order in which they are shown, on the source's own clock."""

    slots: tuple[Slot, ...]
    zero: Fraction
    last_seconds: Fraction

    def known(
        self, rate: Fraction, size: tuple[int, int], *, zero: Fraction | None = None
    ) -> Known:
        """For the oracle: frame n is slot n. `zero` puts second 0 elsewhere on the clock."""
        shift = self.zero - (self.zero if zero is None else zero)
        frames = tuple((slot.second + shift, n) for n, slot in enumerate(self.slots))
        lead = LeadFormat("", *size, "", rate)
        return Known(LIAR, frames, self.last_seconds, lead, None)


def testify(path: Path) -> Testimony | None:
    """What is in the file; None where there is no picture at all."""
    try:
        media = av.open(str(path), options={"probesize": "10000000", "analyzeduration": "10000000"})
    except (av.error.FFmpegError, OSError, ValueError):
        return None
    with media:
        if (
            not media.streams.video
            or getattr(media.streams.video[0], "codec_context", None) is None
        ):
            return None
        return _Pass(media).testimony()


def delivered(path: Path, rate: Fraction, frames: int) -> list[Picture]:
    """What a finished file shows at each place of its grid."""
    # What is not there cannot be read either.
    shown = [Picture(None, Area(0, 0, 1, 1))] * frames
    with av.open(str(path)) as media:
        track = media.streams.video[0]
        for packet in _packets(media, [track]):
            for frame in _decoded(packet) or ():
                if frame.pts is None:
                    continue
                luma = frame.to_ndarray(format="gray")
                area = picture_area(luma)
                code = None if area is None else read_code(luma, area)
                shown[round(frame.pts * Fraction(frame.time_base) * rate)] = Picture(code, area)
    return shown


class _Pass:
    """One way through a file."""

    def __init__(self, media: av.container.InputContainer) -> None:
        self._is_movie = media.format.name == MOVIE
        self._picture = media.streams.video[0]
        self._picture.thread_type = "NONE"
        self._tick = Fraction(self._picture.time_base or 1)
        #: By its stamp, how long each picture lasts, and the codes that are read in it.
        self._lengths: dict[int, int] = {}
        self._codes: defaultdict[int, set[Code]] = defaultdict(set)
        self._keys: set[int] = set()
        self._broken: set[int] = set()
        self._first_sound: Fraction | None = None
        for packet in _packets(media, [self._picture, *media.streams.audio[:1]]):
            if packet.stream.index == self._picture.index:
                self._take_picture(packet)
            elif self._first_sound is None:
                heard = _decoded(packet) or ()
                self._first_sound = next((_second(frame) for frame in heard), None)

    def _take_picture(self, packet: av.Packet[Any]) -> None:
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is not None and not packet.is_discard:
            self._lengths[stamp] = packet.duration or 0
        frames = _decoded(packet)
        if frames is None and stamp is not None:
            self._broken.add(stamp)
        for frame in frames or ():
            if frame.pts is None:
                continue
            code = read_code(frame.to_ndarray(format="gray"))
            if code is not None:
                self._codes[frame.pts].add(code)
            if frame.is_corrupt or code is None:
                self._broken.add(frame.pts)
            elif frame.key_frame:
                self._keys.add(frame.pts)

    def testimony(self) -> Testimony | None:
        """What came of it."""
        ordered = sorted(self._lengths)
        if not ordered:
            return None
        zero = Fraction(0)
        if not self._is_movie:
            zero = ordered[0] * self._tick
            zero = zero if self._first_sound is None else min(zero, self._first_sound)
        broken = self._broken | {stamp for stamp in ordered if not self._codes[stamp]}
        suspect = _suspect(ordered, broken, self._keys - broken)
        slots = [
            Slot(at - zero, frozenset(self._codes[stamp]), stamp in suspect)
            for stamp, at in _on_grid(ordered, self._tick)
        ]
        last = self._lengths[ordered[-1]] * self._tick
        return Testimony(tuple(slots), zero, last if 0 < last <= 1 else 1 / RATE)


def _packets(media: av.container.InputContainer, tracks: list[Any]) -> Iterator[av.Packet[Any]]:
    while True:
        try:
            yield from media.demux(*tracks)
        except IndexError:
            continue
        except av.error.FFmpegError:
            return
        return


def _decoded(packet: av.Packet[Any]) -> list[Any] | None:
    """What comes out when a packet goes in; None where a decoder refuses it."""
    try:
        return list(packet.decode())
    except av.error.FFmpegError:
        return None


def _suspect(ordered: list[int], broken: set[int], clean_keys: set[int]) -> set[int]:
    """From a broken picture to the next clean key frame, and what is shown a little before it."""
    found: set[int] = set()
    is_tainted = False
    for place, stamp in enumerate(ordered):
        if stamp in broken:
            if not is_tainted:
                found |= set(ordered[max(0, place - REORDERED) : place])
            is_tainted = True
        elif stamp in clean_keys:
            is_tainted = False
        if is_tainted:
            found.add(stamp)
    return found


def _second(frame: Any) -> Fraction | None:
    return None if frame.pts is None else frame.pts * Fraction(frame.time_base)


def _on_grid(ordered: list[int], tick: Fraction) -> list[tuple[int, Fraction]]:
    """Stamps with their exact times: those that a container rounds are put back on their grid."""
    times = [stamp * tick for stamp in ordered]
    exact = [times[0] + round((at - times[0]) * RATE) / RATE for at in times]
    is_rounded = all(abs(a - b) < Fraction(11, 10_000) for a, b in zip(exact, times, strict=True))
    is_rising = all(a < b for a, b in pairwise(exact))
    return list(zip(ordered, exact if is_rounded and is_rising else times, strict=True))
