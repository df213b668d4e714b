"""Coded sound of a camera file, as it is: the packets of one stretch and where they belong.

Runs in a child process only. An AAC packet is 1024 samples that overlap with the packet before, so
a stretch is copied from one packet early, and the muxer's edit list trims what is too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, islice
from math import lcm
from typing import Any

import av

from config_schema.timebase import round_half_up
from worker.bitstream.aac import PLAIN_CONFIG, is_plain, without_adts
from worker.bitstream.errors import BitstreamError
from worker.ffmpeg.media import audio_track, only, open_media, packets_of, second_of
from worker.plan.footage import Footage
from worker.plan.sound import SAMPLE_RATE
from worker.plan.sound_copy import PACKET_SAMPLES, TOLERANCE

#: One packet of AAC-LC at 48 kHz.
STEP = Fraction(PACKET_SAMPLES, SAMPLE_RATE)
#: So many packets' times tell the exact grid where a container rounds to milliseconds. A multiple
#: of three: three packets are 64 ms, so the roundings of any three make up for each other.
GRID_PACKETS = 24
#: How far before the wanted second reading begins; the further ones where a seek lands too late.
RUN_UPS = (Fraction(1, 10), Fraction(2), Fraction(20))

Placed = tuple[int, bytes]


class SoundNotCopyable(Exception):
    """The sound is not what the plan took it for; it is encoded, for the reason given."""


class SoundPackets:
    """The coded sound of one source."""

    def __init__(self, fd: int, footage: Footage) -> None:
        assert footage.sound is not None
        self._zero = footage.zero
        self._container = open_media(fd, footage.name)
        self.stream = audio_track(self._container, footage.sound.stream)
        only(self._container, self.stream)
        header = self.stream.codec_context.extradata or b""
        self._has_adts = not header
        #: The decoder's settings, as they stand in an mp4.
        self.config = header or PLAIN_CONFIG
        if not is_plain(self.config):
            raise SoundNotCopyable("its header says another way of coding than its index")

    def close(self) -> None:
        """Give the container back."""
        self._container.close()

    def packets(self, second: Fraction) -> Iterator[Placed]:
        """(position, packet) from source second `second` on, position 0 being that second.

        Positions are samples, 1024 apart. The packet that holds position 0 is the second, or the
        first where the sound itself begins there. Raises SoundNotCopyable where the packets do not
        follow each other like that.
        """
        found = self._from(second)
        first = next(found, None)
        if first is None or first[0] > 0:
            raise SoundNotCopyable("its sound begins later than its index says")
        yield first
        yield from found

    def _from(self, second: Fraction) -> Iterator[Placed]:
        """Packets from the one before that which is heard at `second`."""
        for run_up in RUN_UPS:
            self._seek(second + self._zero - run_up)
            placed = self._placed(second)
            first = next(placed, None)
            if first is not None and first[0] <= -PACKET_SAMPLES:
                return _needed(chain((first,), placed))
        self._container.seek(-(1 << 40), stream=self.stream)
        return _needed(self._placed(second))

    def _seek(self, second: Fraction) -> None:
        tick = Fraction(self.stream.time_base or Fraction(1, SAMPLE_RATE))
        try:
            self._container.seek(int(second // tick), stream=self.stream, backward=True)
        except av.error.FFmpegError:
            self._container.seek(-(1 << 40), stream=self.stream)

    def _placed(self, second: Fraction) -> Iterator[Placed]:
        """Packets from where the container stands, their positions on the exact grid."""
        stamped = (p for p in packets_of(self._container, self.stream) if p.pts is not None)
        opening = list(islice(stamped, GRID_PACKETS))
        if not opening:
            return
        times = (second_of(packet) - n * STEP for n, packet in enumerate(opening))
        begins = sum(times, Fraction(0)) / len(opening)
        origin = round_half_up((begins - self._zero - second) * SAMPLE_RATE)
        tick = Fraction(opening[0].time_base)
        # Hours have a million packets: in whole numbers from here on.
        scale = lcm(*(time.denominator for time in (begins, STEP, TOLERANCE, tick)))
        first, step, allowed, one = (int(t * scale) for t in (begins, STEP, TOLERANCE, tick))
        for number, packet in enumerate(chain(opening, stamped)):
            assert packet.pts is not None
            if abs(first + number * step - packet.pts * one) > allowed:
                raise SoundNotCopyable("its packets do not follow each other without a gap")
            yield origin + number * PACKET_SAMPLES, self._bare(packet)

    def _bare(self, packet: av.Packet[Any]) -> bytes:
        if packet.is_corrupt or not packet.size:
            raise SoundNotCopyable("a packet of it is damaged")
        if packet.has_sidedata("new_extradata"):
            raise SoundNotCopyable("the way of coding the sound changes in the middle of the file")
        try:
            return without_adts(bytes(packet)) if self._has_adts else bytes(packet)
        except BitstreamError as error:
            raise SoundNotCopyable(str(error)) from error


def _needed(placed: Iterator[Placed]) -> Iterator[Placed]:
    """The packets from the one before that which holds position 0 on."""
    return (packet for packet in placed if packet[0] > -2 * PACKET_SAMPLES)
