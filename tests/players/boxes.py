"""An mp4 taken apart by the letter of ISO/IEC 14496-12, without a line of the engine.

Players forgive much, each something else; this reader forgives nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}


@dataclass(frozen=True)
class Box:
    """One box: its kind, its payload without the header, and what lies in it."""

    kind: bytes
    payload: bytes
    start: int  # of the payload, in the file
    inner: tuple[Box, ...] = ()

    def all(self, path: str) -> list[Box]:
        """The boxes at a path of kinds like `mdia/minf`."""
        here = [self]
        for kind in path.encode().split(b"/"):
            here = [box for each in here for box in each.inner if box.kind == kind]
        return here

    def one(self, path: str) -> Box:
        """The only box at a path."""
        (box,) = self.all(path)
        return box

    def numbers(self, form: str, at: int) -> tuple[int, ...]:
        """Big-endian numbers of the payload from a place on."""
        return struct.unpack_from(f">{form}", self.payload, at)

    def table(self, form: str, at: int = 4) -> list[tuple[int, ...]]:
        """The rows of a table whose count stands at `at`; it must fill the box."""
        (count,) = self.numbers("I", at)
        size = struct.calcsize(f">{form}")
        assert len(self.payload) == at + 4 + count * size, f"{self.kind!r} is not filled"
        return [self.numbers(form, at + 4 + n * size) for n in range(count)]


def read_boxes(data: bytes, start: int = 0) -> Iterator[Box]:
    """The boxes that make up `data`, to the last byte."""
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        assert head <= size <= len(data) - at, f"{kind!r} of {size} bytes at {start + at}"
        payload = data[at + head : at + size]
        inner = tuple(read_boxes(payload, start + at + head)) if kind in _CONTAINERS else ()
        yield Box(kind, payload, start + at + head, inner)
        at += size


@dataclass(frozen=True)
class Track:
    """What the sample tables of one track say, once they have been found to agree."""

    box: Box

    @cached_property
    def _table(self) -> Box:
        return self.box.one("mdia/minf/stbl")

    @property
    def handler(self) -> bytes:
        return self.box.one("mdia/hdlr").payload[8:12]

    @property
    def timescale(self) -> int:
        return self._of_header("mdia/mdhd", ("I", 12), ("I", 20))

    @property
    def media_duration(self) -> int:
        return self._of_header("mdia/mdhd", ("I", 16), ("Q", 24))

    @property
    def duration(self) -> int:
        """In the movie's timescale."""
        return self._of_header("tkhd", ("I", 20), ("Q", 28))

    def _of_header(self, path: str, short: tuple[str, int], long: tuple[str, int]) -> int:
        box = self.box.one(path)
        return box.numbers(*(long if box.payload[0] else short))[0]

    @property
    def entries(self) -> list[bytes]:
        """The kinds of the sample entries."""
        stsd = self._table.one("stsd")
        boxes = list(read_boxes(stsd.payload[8:]))
        assert stsd.numbers("I", 4) == (len(boxes),)
        return [box.kind for box in boxes]

    @cached_property
    def deltas(self) -> list[tuple[int, ...]]:
        return self._table.one("stts").table("II")

    @cached_property
    def sizes(self) -> list[int]:
        box = self._table.one("stsz")
        size, count = box.numbers("II", 4)
        return [size] * count if size else [n for (n,) in box.table("I", 8)]

    @cached_property
    def decode_times(self) -> list[int]:
        steps = [delta for count, delta in self.deltas for _ in range(count)]
        assert len(steps) == len(self.sizes)
        assert sum(steps) == self.media_duration
        return [0, *accumulate(steps)][:-1]

    @cached_property
    def times(self) -> list[int]:
        """When each sample is shown, in decoding order."""
        tables = self._table.all("ctts")
        if not tables:
            return self.decode_times
        form = "Ii" if tables[0].payload[0] else "II"
        shifts = [shift for count, shift in tables[0].table(form) for _ in range(count)]
        return [at + shift for at, shift in zip(self.decode_times, shifts, strict=True)]

    @property
    def end(self) -> int:
        """When the last sample is over."""
        return max(self.times) + self.deltas[-1][1]

    @cached_property
    def key_samples(self) -> set[int]:
        tables = self._table.all("stss")
        if not tables:
            return set(range(len(self.sizes)))
        listed = [number - 1 for (number,) in tables[0].table("I")]
        assert listed == sorted(set(listed))
        return set(listed)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each sample lies in the file, half-open."""
        stco = self._table.all("stco")
        offsets = stco[0].table("I") if stco else self._table.one("co64").table("Q")
        runs = self._table.one("stsc").table("III")
        assert {entry for _, _, entry in runs} == {1}
        firsts = [first for first, _, _ in runs]
        assert firsts[0] == 1
        assert firsts == sorted(set(firsts))
        counts = [
            count
            for (first, count, _), (past, _, _) in pairwise([*runs, (len(offsets) + 1, 0, 0)])
            for _ in range(past - first)
        ]
        assert sum(counts) == len(self.sizes)
        sizes = iter(self.sizes)
        places = []
        for (at,), count in zip(offsets, counts, strict=True):
            for _ in range(count):
                size = next(sizes)
                places.append((at, at + size))
                at += size  # noqa: PLW2901
        return places

    @property
    def edits(self) -> list[tuple[int, ...]]:
        """Duration, media time, whole and fractional rate of each edit."""
        box = self.box.one("edts/elst")
        return box.table("QqHH" if box.payload[0] else "IiHH")


@dataclass(frozen=True)
class Movie:
    """The whole file."""

    data: bytes
    boxes: tuple[Box, ...]

    @property
    def _moov(self) -> Box:
        (moov,) = (box for box in self.boxes if box.kind == b"moov")
        return moov

    @property
    def tracks(self) -> tuple[Track, ...]:
        return tuple(Track(box) for box in self._moov.all("trak"))

    @property
    def timescale_and_duration(self) -> tuple[int, int]:
        box = self._moov.one("mvhd")
        timescale, duration = box.numbers("IQ", 20) if box.payload[0] else box.numbers("II", 12)
        return timescale, duration

    @property
    def seconds(self) -> Fraction:
        timescale, duration = self.timescale_and_duration
        return Fraction(duration, timescale)


def read_movie(data: bytes) -> Movie:
    """A file, taken apart."""
    return Movie(data, tuple(read_boxes(data)))
