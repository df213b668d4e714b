"""The frame times of a long file without sample tables, from a few short looks into it.

Matroska, WebM, MPEG-TS, AVI: a look at the start, at the end and in between tells a constant rate
from anything else. What was not looked at is believed; who reads it later and finds it otherwise
says so, and then the file is scanned. Runs in child processes only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from typing import Any

import av
from av.container import InputContainer

from worker.ffmpeg.media import only, packets_of
from worker.plan.times import FrameTimes, believe_times

#: Looks between the start and the end.
PLACES = 7
#: Packets read at each of them.
PACKETS = 48
#: How far before the end the last look begins; further where no sound is heard any more.
CLOSING_SECONDS = (2, 10, 30)
#: No codec shows a picture earlier than so many that are decoded before it.
REORDERED = 16
#: Packets to pass on the way to a key frame.
PATIENCE = 2000
#: Between two entries of an index there is no more than this to read, else it is no help.
INDEX_GAP_SECONDS = 60
#: Formats whose seeking needs an index, without which libav reads on and on.
NEEDS_INDEX = ("matroska,webm",)
#: Formats whose index holds every frame.
FULL_INDEX = ("avi",)

Report = Callable[[float], None]


@dataclass(frozen=True)
class Believed:
    """Frame times and where the sound ends on the container's clock (None: it has none)."""

    times: FrameTimes
    sound_end: Fraction | None


@dataclass(frozen=True)
class Looker:
    """Where to look: the container and its tracks, what was read at its start already.

    `opening` are the stamps of the first packets of picture, in decoding order; `zero` is the
    second of the container's clock that is second 0 of the source.
    """

    container: InputContainer
    video: av.VideoStream
    audio: av.AudioStream | None
    opening: Sequence[int]
    zero: Fraction
    report: Report

    def believe(self) -> Believed | None:
        """The times of all frames, or None where only reading them all can tell."""
        try:
            return self._believe()
        except (av.error.FFmpegError, OSError, ValueError):
            return None

    def _believe(self) -> Believed | None:
        if self.container.duration is None or len(self.opening) <= REORDERED:
            return None
        first = min(self.opening)
        end = Fraction((self.container.start_time or 0) + self.container.duration, av.time_base)
        if not self._has_index(first * self._tick, end):
            return None
        stretches = [sorted(self.opening)[:-REORDERED]]
        length = end - first * self._tick
        for place in range(1, PLACES + 1):
            look = self._look(first * self._tick + length * place / (PLACES + 1))
            if look is None:
                return None
            stretches.append(look)
        looks = (self._look_at_end(end - seconds) for seconds in CLOSING_SECONDS)
        closing = next((look for look in looks if look is not None), None)
        if closing is None:
            return None
        stretches.append(closing[0])
        last = closing[0][-1]
        if max(stamps[-1] for stamps in stretches if stamps) != last:
            return None
        keys = self._index() if self.container.format.name in NEEDS_INDEX else []
        stretches[1:-1] = [
            *([key] for key in keys if first <= key <= last),
            *(look for look in stretches[1:-1] if look),
        ]
        hint = self.video.average_rate or self.video.guessed_rate
        times = believe_times(stretches, self._tick, zero=self.zero, hint=hint)
        if times is None or self._claims_another_count(times.count):
            return None
        return Believed(times, closing[1])

    @property
    def _tick(self) -> Fraction:
        return Fraction(self.video.time_base or 1)

    def _index(self) -> list[int]:
        return [entry.timestamp for entry in self.video.index_entries]

    def _has_index(self, first: Fraction, end: Fraction) -> bool:
        """Whether a seek goes straight to its goal; libav reads the index at the first one."""
        if self.container.format.name not in NEEDS_INDEX:
            return True
        self._seek(first)
        known = [first, *(stamp * self._tick for stamp in self._index()), end]
        return all(b - a <= INDEX_GAP_SECONDS for a, b in pairwise(known))

    def _claims_another_count(self, count: int) -> bool:
        """Whether the container knows how many frames there are, and it is not so many."""
        claims = [
            int(value)
            for key, value in self.video.metadata.items()
            if key.startswith("NUMBER_OF_FRAMES") and value.isdecimal() and len(value) < 10
        ]
        if self.container.format.name in FULL_INDEX:
            claims.append(len(self.video.index_entries))
        return any(claim != count for claim in claims)

    def _seek(self, second: Fraction) -> None:
        self.container.seek(int(second // self._tick), stream=self.video, backward=True)

    def _from_key(
        self, second: Fraction, *tracks: av.VideoStream | av.AudioStream
    ) -> tuple[int, Iterator[av.Packet[Any]]] | None:
        """The stamp of a key frame near `second`, and the packets from it on."""
        only(self.container, *tracks)
        back = Fraction(1)
        while back <= INDEX_GAP_SECONDS:
            self._seek(second)
            packets = packets_of(self.container, *tracks)
            for packet, _ in zip(packets, range(PATIENCE), strict=False):
                stamp = self._stamp(packet)
                if stamp is not None and packet.is_keyframe:
                    return stamp, chain([packet], packets)
            # It was the last group of pictures, and the seek landed inside.
            second -= back
            back *= 2
        return None

    def _stamp(self, packet: av.Packet[Any]) -> int | None:
        """When a packet of picture is shown; None for one of sound, or without a stamp."""
        if packet.stream.index != self.video.index:
            return None
        return packet.pts if packet.pts is not None else packet.dts

    def _look(self, second: Fraction) -> list[int] | None:
        """Sorted stamps of some frames that follow each other, from a key frame near `second`.

        None without a key frame; none at all just before the end, which is looked at anyway.
        """
        found = self._from_key(second, self.video)
        if found is None:
            return None
        key, packets = found
        stamps = [self._stamp(packet) for packet, _ in zip(packets, range(PACKETS), strict=False)]
        known = sorted(stamp for stamp in stamps if stamp is not None and stamp >= key)
        return known[:-REORDERED]

    def _look_at_end(self, second: Fraction) -> tuple[list[int], Fraction | None] | None:
        """Sorted stamps of the last frames from `second` on, and where the sound ends.

        None where that cannot be told from there.
        """
        tracks = (self.video,) if self.audio is None else (self.video, self.audio)
        found = self._from_key(second, *tracks)
        if found is None:
            return None
        key, packets = found
        stamps: list[int] = []
        sound_end: Fraction | None = None
        for number, packet in enumerate(packets):
            stamp = self._stamp(packet)
            if stamp is not None and stamp >= key:
                stamps.append(stamp)
            elif packet.stream.index != self.video.index and packet.pts is not None:
                ends = (packet.pts + (packet.duration or 0)) * Fraction(packet.time_base or 0)
                sound_end = ends if sound_end is None else max(sound_end, ends)
            if number % 512 == 0 and packet.pos is not None:
                self.report(max(packet.pos, 0))
        if self.audio is not None and sound_end is None:
            return None
        return sorted(stamps), sound_end
