"""Coded pictures of a camera file, as they are. Runs in a child process only."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av

from config_schema.errors import SourceChanged
from worker.ffmpeg.media import only, open_media, packets_of, stand_before, video_track
from worker.plan.footage import Footage
from worker.plan.times import Grid


class SampleReader:
    """Runs of coded pictures of one source, found by the number they are shown as."""

    def __init__(self, fd: int, footage: Footage) -> None:
        self._container = open_media(fd, footage.name)
        self.stream = video_track(self._container, footage.picture.stream)
        self._footage = footage
        only(self._container, self.stream)
        times = footage.picture.times
        self._tick = Fraction(self.stream.time_base or 1)
        self._grid = Grid.of(times, footage.zero, self._tick)

    @property
    def size(self) -> int:
        """The file's bytes."""
        return self._container.size

    def close(self) -> None:
        """Give the container back."""
        self._container.close()

    def first_sample(self) -> bytes:
        """The first coded picture, which brings the parameter sets where the header has none."""
        if not stand_before(self._container, self.stream, -(1 << 40)):
            return b""
        return next((bytes(packet) for packet in packets_of(self._container, self.stream)), b"")

    def run(self, first: int, frames: int) -> Iterator[tuple[int, av.Packet[Any]]]:
        """`frames` packets from the key frame shown as number `first` on, in decoding order, each
        with the number it is shown as; the key frame's leading pictures are left out.

        Raises SourceChanged where the file does not hold what the plan found in it.
        """
        seen = bytearray(frames)
        left = frames
        for packet in self._from_key(first):
            number = self._number(packet)
            if number is None or not first <= number < first + frames:
                if number is not None and number < first:
                    continue
                raise self._changed(f"picture {number} in the run [{first}, {first + frames})")
            if seen[number - first]:
                raise self._changed(f"picture {number} twice")
            seen[number - first] = 1
            yield number, packet
            left -= 1
            if not left:
                return
        raise self._changed(f"{left} pictures of the run [{first}, {first + frames}) are missing")

    def _from_key(self, first: int) -> Iterator[av.Packet[Any]]:
        """Packets from the key frame `first` on."""
        times = self._footage.picture.times
        target = times.start_of(first) + self._footage.zero
        back = Fraction(0)
        while target - back >= times.start_of(0) + self._footage.zero - 20:
            stamp = int((target - back) // self._tick)
            is_there = stand_before(self._container, self.stream, stamp)
            packets = packets_of(self._container, self.stream) if is_there else iter(())
            for packet in packets:
                number = self._number(packet) if packet.is_keyframe else None
                if number == first:
                    yield packet
                    yield from packets
                    return
                if number is not None and number > first:
                    break
            back = max(2 * back, Fraction(1, 2))
        raise self._changed(f"no key frame is shown as number {first}")

    def _number(self, packet: av.Packet[Any]) -> int | None:
        if packet.pts is None:
            return None
        number = self._grid.number(packet.pts)
        count = self._footage.picture.times.count
        return number if number is not None and 0 <= number < count else None

    def _changed(self, detail: str) -> SourceChanged:
        name = self._footage.name
        return SourceChanged(f"{name} is not what its own index says.", detail=f"{name}: {detail}")
