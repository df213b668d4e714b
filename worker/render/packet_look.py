"""What lies near the cuts of a file without sample tables. Runs in a child process only.

Packets are read from a key frame before a cut until all is known, and no further. Cuts are asked
for in rising order, so that neighbours share what was read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, pairwise
from typing import Any

import av

from worker.ffmpeg.media import (
    MOVIE_TIMELINE,
    only,
    open_media,
    packets_of,
    stand_before,
    video_track,
)
from worker.ffmpeg.stretches import INDEX_GAP_SECONDS, NEEDS_INDEX
from worker.plan.footage import Footage
from worker.plan.gops import GopSample, SampleKind
from worker.plan.times import Grid
from worker.render.key_samples import Judge, NotCopyable
from worker.render.reader import NEAR_FRAMES, READ_ON_SECONDS, OffGrid

NOWHERE = "its index leads to no place to begin at"


@dataclass
class _Run:
    """Samples in decoding order, as far as they were read."""

    packets: Iterator[av.Packet[Any]]
    samples: list[GopSample] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    highest: int = -1
    #: All pictures from the first key sample on are known up to this one.
    known_to: int = -1
    has_ended: bool = False

    def add(self, sample: GopSample, *, is_key: bool) -> None:
        """Take the next sample."""
        if is_key:
            self.keys.append(len(self.samples))
            if len(self.keys) == 1:
                self.known_to = sample.display
        self.place[sample.display] = len(self.samples)
        self.samples.append(sample)
        self.highest = max(self.highest, sample.display)
        while self.known_to in self.place:
            self.known_to += 1

    @property
    def starts_at(self) -> int | None:
        """The display number of the key sample it begins with, None before that."""
        return self.samples[self.keys[0]].display if self.keys else None

    def is_known_to(self, end: int) -> bool:
        """Whether no picture shown before `end` is still to come."""
        # The leading pictures of the first key sample come before any that is shown after it.
        return self.known_to >= end and (self.starts_at or 0) < self.highest

    def keys_between(self, start: int, end: int) -> list[int]:
        """The key samples shown in [start, end), in decoding order."""
        low = bisect_left(self.keys, start, key=lambda i: self.samples[i].display)
        high = bisect_left(self.keys, end, key=lambda i: self.samples[i].display)
        return self.keys[low:high]

    def is_boundary(self, at: int) -> bool:
        """Whether what is decoded before sample `at` is also shown before what follows it."""
        before = self.samples[max(0, at - NEAR_FRAMES) : at]
        after = self.samples[at : at + NEAR_FRAMES]
        return max((s.display for s in before), default=-1) < min(s.display for s in after)


class PacketLook:
    """Answers windows of one source; quick where cuts are asked for in rising order."""

    def __init__(self, fd: int, footage: Footage, moved: Callable[[], None]) -> None:
        """`moved` is called now and then while packets are read. Raises NotCopyable for what
        cannot be copied, SourceUnreadable for what is no media.
        """
        self._footage = footage
        self._times = footage.picture.times
        self._moved = moved
        self._container = open_media(fd, footage.name)
        self._stream = video_track(self._container, footage.picture.stream)
        only(self._container, self._stream)
        self._judge = Judge(
            footage.picture.codec, bytes(self._stream.codec_context.extradata or b"")
        )
        self._tick = Fraction(self._stream.time_base or 1)
        self._grid = Grid.of(self._times, footage.zero, self._tick)
        self._back = Fraction(0)
        self._can_seek = self._has_index()
        self._run = self._from_start()
        #: Key samples inside wanted ranges that are no place to begin a copy at.
        self.refused = 0

    def close(self) -> None:
        """Give the container back."""
        self._run = _Run(iter(()))
        self._container.close()

    def key(self, start: int, end: int) -> GopSample | None:
        """The first clean sample in decoding order that is shown in [start, end)."""
        run = self._stand_before(start)
        checked = 0
        while True:
            keys = run.keys_between(start, end)
            for i in keys[checked:]:
                if run.samples[i].kind.is_clean:
                    return run.samples[i]
            self.refused += len(keys) - checked
            checked = len(keys)
            # A picture decoded before a key picture is never shown after it.
            if run.highest >= end or not self._read(run):
                return None

    def tail(self, key: GopSample, end: int) -> tuple[GopSample, ...]:
        """From the last key sample at or after `key` to the last sample shown before `end`."""
        run = self._stand_before(end - 1)
        while not run.is_known_to(end) and self._read(run):
            if run.highest - run.known_to > 2 * NEAR_FRAMES:
                break
        if run.known_to < end:
            raise OffGrid(f"{self._footage.name}: frame {run.known_to} is missing")
        near = range(end - NEAR_FRAMES, end)
        last = max(run.place[number] for number in near if number in run.place)
        keys = run.keys_between(key.display, end)
        for at in reversed(keys):
            sample = run.samples[at]
            is_first = sample.display == key.display
            if is_first or (sample.kind is not SampleKind.OTHER and run.is_boundary(at)):
                return tuple(run.samples[at : last + 1])
        if keys:
            return tuple(run.samples[keys[0] : last + 1])
        raise OffGrid(f"{self._footage.name}: no key frame where one was before")

    def _stand_before(self, display: int) -> _Run:
        """The run that begins with a key sample not after `display`, and comes near it soon."""
        run = self._run
        if not self._can_seek:
            return run
        near = run.highest + READ_ON_SECONDS * self._times.rate
        if run.starts_at is None or not run.starts_at <= display <= near:
            self._run = self._from_key(display)
        return self._run

    def _from_key(self, display: int) -> _Run:
        target = self._times.start_of(max(display, 0)) + self._footage.zero
        # Where a seek lands inside a group of pictures, the next one will, too.
        back = self._back
        while target - back >= self._first:
            self._seek(target - back)
            packets = packets_of(self._container, self._stream)
            key = next((p for p in packets if p.is_keyframe and p.pts is not None), None)
            if key is not None and self._number(key) <= display:
                self._back = back
                return _Run(chain([key], packets))
            back = max(2 * back, Fraction(1, 2))
        return self._from_start()

    def _from_start(self) -> _Run:
        self._seek(self._first - 10)
        return _Run(packets_of(self._container, self._stream))

    @property
    def _first(self) -> Fraction:
        return self._times.start_of(0) + self._footage.zero

    def _seek(self, second: Fraction) -> None:
        if not stand_before(self._container, self._stream, int(second // self._tick)):
            raise NotCopyable(NOWHERE)

    def _has_index(self) -> bool:
        """Whether a seek goes straight to its goal, and is not reading on by another name."""
        if self._container.format.name == MOVIE_TIMELINE:
            return False  # fragments, else there would be a table
        if self._container.format.name not in NEEDS_INDEX:
            return True
        self._seek(self._first)
        known = [entry.timestamp * self._tick for entry in self._stream.index_entries]
        known = [self._first, *known, self._times.end + self._footage.zero]
        return all(b - a <= INDEX_GAP_SECONDS for a, b in pairwise(known))

    def _read(self, run: _Run) -> bool:
        """Take the next sample; False at the end."""
        while not run.has_ended:
            packet = next(run.packets, None)
            if packet is None:
                run.has_ended = True
            elif packet.size:
                run.add(self._judged(packet), is_key=packet.is_keyframe)
                if len(run.samples) % 512 == 0:
                    self._moved()
                return True
        return False

    def _judged(self, packet: av.Packet[Any]) -> GopSample:
        if packet.pts is None:
            raise NotCopyable("its pictures carry no times")
        if packet.is_discard:
            raise NotCopyable("its edit list hides some of its pictures")
        number = self._number(packet)
        if number in self._run.place:
            raise OffGrid(f"{self._footage.name}: frame {number} comes twice")
        if not packet.is_keyframe:
            return GopSample(number, SampleKind.OTHER)
        data = bytes(packet)
        kind = self._judge.kind(len(data), lambda at, length: data[at : at + length])
        return GopSample(number, kind)

    def _number(self, packet: av.Packet[Any]) -> int:
        number = self._grid.number(packet.pts) if packet.pts is not None else None
        if number is None or not 0 <= number < self._times.count:
            raise OffGrid(f"{self._footage.name}: a frame at {packet.pts} ticks")
        return number
