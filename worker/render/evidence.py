"""The coded pictures that a look at the programme decodes, and a mark that tells them from others.

Runs in a child process only. Two exports of nearly the same edit hold nearly the same pictures.
What was decoded once need not be decoded again where it is the same to the byte, under the same
decoder settings (docs/decisions/0018-what-was-seen-to-hold.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import av
from av.container import InputContainer

from worker.ffmpeg.media import second_of

#: No codec that we copy decodes a picture further ahead of its turn, or behind it.
MOST_REORDERED = 16
#: Raise it when a look asks for more than it did: what an older one has seen counts no more.
_LOOKS_VERSION = 1


class Coded(NamedTuple):
    """A coded picture, and the frame of the programme that it is shown as."""

    number: int
    packet: av.Packet[Any]


class Evidence:
    """The coded pictures of one finished file of constant rate `rate`."""

    def __init__(self, container: InputContainer, rate: Fraction) -> None:
        self._container = container
        self._track = container.streams.video[0]
        self._rate = rate
        context = self._track.codec_context
        self._ground = hashlib.sha256(
            repr((_LOOKS_VERSION, av.library_versions, context.name, context.extradata)).encode()
        )

    def number(self, stamped: av.VideoFrame) -> int:
        """Which frame of the programme a decoded picture is."""
        assert stamped.pts is not None
        return round(stamped.pts * Fraction(self._track.time_base or 1) * self._rate)

    def beginning(self, number: int) -> list[Coded]:
        """The picture shown as frame `number`, with which a part begins, if it is there."""
        # A key frame is found by when it is decoded. One of a part behind may be decoded by then.
        for early in (0, MOST_REORDERED):
            first = next((c for c in self._from(number - early) if c.number >= number), None)
            if first is not None and first.number == number:
                return [first]
        return []

    def around(self, first: int, last: int) -> list[Coded]:
        """All pictures that frames [first, last) can need, in the order they are decoded."""
        found: list[Coded] = []
        behind = 0
        # In open groups pictures that follow a key frame are shown before it and need what came
        # earlier.
        for coded in self._from(first - MOST_REORDERED):
            found.append(coded)
            behind += coded.number >= last
            if behind > MOST_REORDERED:
                break
        return found

    def mark(self, place: object, first: int, coded: Sequence[Coded]) -> str:
        """What tells a look at `place` that decodes these pictures from any other; the same
        wherever in a programme frame `first` stands.
        """
        mark = self._ground.copy()
        told = [(c.number - first, c.packet.is_keyframe, c.packet.size) for c in coded]
        mark.update(repr((place, told)).encode())
        for _, packet in coded:
            mark.update(packet)
        return mark.hexdigest()[:32]

    def _from(self, number: int) -> Iterator[Coded]:
        """Pictures from the last key frame that is decoded up to frame `number` on."""
        tick = Fraction(self._track.time_base or 1)
        stamp = int(max(0, number) / self._rate / tick)
        self._container.seek(stamp, stream=self._track, backward=True)
        for packet in self._container.demux(self._track):
            if packet.pts is not None:
                yield Coded(round(second_of(packet) * self._rate), packet)
