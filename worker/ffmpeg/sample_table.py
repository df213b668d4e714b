"""The sample tables of an mp4 or mov file: where each coded picture lies and when it is shown.

libav's own index gives decoding times only, one Python object a sample. These few boxes hold all
that planning needs of an hour of footage, and are read in milliseconds without touching the media.
Whoever wrote the file is not trusted: what does not add up is no table, and the file gets scanned.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: More samples than this in one track are not believed: 37 hours at 60 frames a second.
MAX_SAMPLES = 8_000_000
#: More boxes than this on one level are not walked through.
MAX_BOXES = 4096
#: Reordering is a few frames; libav, too, ignores composition offsets beyond this many ticks.
MAX_OFFSET = 1 << 28
#: What a coded picture's configuration (avcC, hvcC) may take.
MAX_CONFIG = 1 << 20
#: A visual sample entry up to its first inner box.
VISUAL_ENTRY = 86


class NoTable(Exception):
    """The file has no sample table that could be believed, or none that is understood."""


class Edit(NamedTuple):
    """An entry of the edit list, both in ticks of the media; `start` is -1 for an empty one."""

    length: int
    start: int


@dataclass(frozen=True)
class SampleTable:
    """The samples of one track in decoding order, one array element each.

    `decoded` and `shown` are ticks of `timescale` on the media's own clock; `presented` are those
    of `shown` on the movie's timeline, with the edit list applied the way libav does it, None
    where the list has several parts. Samples that `is_hidden` are decoded but never shown.
    `entry` is the four letters of the sample entry that all samples have, "" where they have
    several; `config` is the content of its avcC, hvcC or vpcC.
    """

    timescale: int
    decoded: Integers
    shown: Integers
    presented: Integers | None
    length: int
    position: Integers
    size: Integers
    is_key: Flags
    is_hidden: Flags
    edits: tuple[Edit, ...]
    decoding_shift: int
    entry: str
    config: bytes

    @property
    def count(self) -> int:
        """How many samples the track has."""
        return len(self.decoded)

    def duration_of(self, sample: int) -> int:
        """How long sample number `sample` lasts, in ticks, by its decoding times."""
        after = int(self.decoded[sample + 1]) if sample + 1 < self.count else self.length
        return after - int(self.decoded[sample])


def read_sample_table(fd: int, track: int) -> SampleTable:
    """The table of the track whose container-given number is `track`; raises NoTable."""
    try:
        return _read(_File(fd, os.fstat(fd).st_size), track)
    except (ValueError, IndexError, OverflowError, MemoryError, OSError) as error:
        raise NoTable(str(error)) from error


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


@dataclass(frozen=True)
class _File:
    fd: int
    size: int

    def read(self, start: int, length: int) -> bytes:
        """Exactly these bytes."""
        if length < 0 or start < 0 or start + length > self.size:
            raise NoTable("a box reaches beyond the file")
        parts = []
        while length:
            part = os.pread(self.fd, min(length, 1 << 26), start)
            if not part:
                raise NoTable("the file became shorter")
            parts.append(part)
            start += len(part)
            length -= len(part)
        return b"".join(parts)

    def boxes(self, start: int, end: int) -> Iterator[_Box]:
        """The boxes that fill [start, end), each with the place of its content."""
        for _ in range(MAX_BOXES):
            if start + 8 > end:
                return
            head = self.read(start, min(16, end - start))
            size, kind = int.from_bytes(head[:4], "big"), head[4:8]
            content = start + 8
            if size == 1 and len(head) == 16:
                size, content = int.from_bytes(head[8:], "big"), start + 16
            elif size == 0:
                size = end - start
            if size < content - start or start + size > end:
                raise NoTable(f"box {kind!r} does not fit where it stands")
            yield _Box(kind, content, start + size)
            start += size
        raise NoTable("too many boxes")

    def inner(self, box: _Box) -> dict[bytes, _Box]:
        """The boxes inside `box` by kind, the first of each."""
        found: dict[bytes, _Box] = {}
        for child in self.boxes(box.start, box.end):
            found.setdefault(child.kind, child)
        return found

    def words(self, box: _Box, skip: int, count: int, dtype: str) -> Integers:
        """`count` numbers from `skip` bytes into the box."""
        size = np.dtype(dtype).itemsize * count
        if count < 0 or box.start + skip + size > box.end:
            raise NoTable(f"{box.kind!r} is cut off")
        return np.frombuffer(self.read(box.start + skip, size), dtype=dtype).astype(np.int64)

    def number(self, box: _Box, skip: int, length: int = 4) -> int:
        """One unsigned number from `skip` bytes into the box."""
        if box.start + skip + length > box.end:
            raise NoTable(f"{box.kind!r} is cut off")
        return int.from_bytes(self.read(box.start + skip, length), "big")


def _read(file: _File, track: int) -> SampleTable:
    moov = next((box for box in file.boxes(0, file.size) if box.kind == b"moov"), None)
    if moov is None:
        raise NoTable("no movie header")
    children = list(file.boxes(moov.start, moov.end))
    if any(box.kind in (b"mvex", b"cmov") for box in children):
        raise NoTable("the movie is in fragments, or compressed")
    mvhd = next((box for box in children if box.kind == b"mvhd"), None)
    traks = [file.inner(box) for box in children if box.kind == b"trak"]
    found = [trak for trak in traks if _track_number(file, trak) == track]
    if mvhd is None or len(found) != 1:
        raise NoTable(f"{len(found)} tracks have the number {track}")
    trak = found[0]
    media = file.inner(_needed(trak, b"mdia"))
    samples = file.inner(_needed(file.inner(_needed(media, b"minf")), b"stbl"))
    timescale = _timescale(file, _needed(media, b"mdhd"))
    edits = _edits(file, trak, timescale, _timescale(file, mvhd))
    return _assemble(file, samples, timescale, edits)


def _assemble(
    file: _File, samples: dict[bytes, _Box], timescale: int, edits: tuple[Edit, ...]
) -> SampleTable:
    size = _sizes(file, samples)
    count = len(size)
    position, used = _positions(file, samples, size)
    if count and int((position + size).max()) > file.size:
        raise NoTable("samples lie beyond the end of the file")
    decoded, length = _decoding_times(file, _needed(samples, b"stts"), count)
    shown, shift = _offsets(file, samples.get(b"ctts"), count)
    shown += decoded
    is_key = _keys(file, samples, count)
    is_hidden = np.zeros(count, dtype=np.bool_)
    presented: Integers | None = shown
    if edits:
        presented, is_hidden = _present(decoded, shown, edits)
    entry, config = _entry(file, _needed(samples, b"stsd"), used)
    return SampleTable(
        timescale,
        decoded,
        shown,
        presented,
        length,
        position,
        size,
        is_key,
        is_hidden,
        edits,
        shift,
        entry,
        config,
    )


def _needed(boxes: dict[bytes, _Box], kind: bytes) -> _Box:
    if kind not in boxes:
        raise NoTable(f"no {kind!r}")
    return boxes[kind]


def _track_number(file: _File, trak: dict[bytes, _Box]) -> int:
    if b"tkhd" not in trak:
        return -1
    return file.number(trak[b"tkhd"], 20 if file.number(trak[b"tkhd"], 0, 1) == 1 else 12)


def _timescale(file: _File, header: _Box) -> int:
    """Ticks a second, from an mdhd or mvhd: they begin alike."""
    scale = file.number(header, 20 if file.number(header, 0, 1) == 1 else 12)
    if not 0 < scale < 1 << 31:
        raise NoTable("no timescale")
    return scale


def _edits(
    file: _File, trak: dict[bytes, _Box], timescale: int, movie_scale: int
) -> tuple[Edit, ...]:
    box = file.inner(trak[b"edts"]).get(b"elst") if b"edts" in trak else None
    if box is None:
        return ()
    wide = file.number(box, 0, 1) == 1
    words = file.words(box, 8, file.number(box, 4) * (5 if wide else 3), ">u4")
    edits: list[Edit] = []
    for row in words.reshape(-1, 5 if wide else 3).tolist():
        length, start = (row[0] << 32 | row[1], row[2] << 32 | row[3]) if wide else row[:2]
        start -= start >> (63 if wide else 31) << (64 if wide else 32)
        if length >> 62 or start < -1 or len(edits) > MAX_BOXES:
            raise NoTable("the edit list makes no sense")
        edits.append(Edit((2 * length * timescale + movie_scale) // (2 * movie_scale), start))
    return tuple(edits)


def _sizes(file: _File, samples: dict[bytes, _Box]) -> Integers:
    if b"stsz" in samples:
        box = samples[b"stsz"]
        same, count = file.number(box, 4), file.number(box, 8)
        if count > MAX_SAMPLES or same * count > file.size:
            raise NoTable(f"{count} samples")
        if same:
            return np.full(count, same, dtype=np.int64)
        return file.words(box, 12, count, ">u4")
    box = _needed(samples, b"stz2")
    bits, count = file.number(box, 7, 1), file.number(box, 8)
    if count > MAX_SAMPLES:
        raise NoTable(f"{count} samples")
    if bits == 4:
        pairs = file.words(box, 12, (count + 1) // 2, ">u1")
        return np.stack([pairs >> 4, pairs & 15], axis=1).ravel()[:count]
    if bits not in (8, 16):
        raise NoTable(f"sizes of {bits} bits")
    return file.words(box, 12, count, f">u{bits // 8}")


def _decoding_times(file: _File, box: _Box, count: int) -> tuple[Integers, int]:
    """When each sample is decoded, and when the last one ends."""
    runs = file.words(box, 8, file.number(box, 4) * 2, ">u4").reshape(-1, 2)
    if int(runs[:, 0].sum()) != count or (count and int(runs[:, 1].max()) >= 1 << 31):
        raise NoTable("decoding times for another number of samples")
    steps = np.repeat(runs[:, 1], runs[:, 0])
    times = np.cumsum(steps)
    length = int(times[-1]) if count else 0
    times -= steps
    return times, length


def _offsets(file: _File, box: _Box | None, count: int) -> tuple[Integers, int]:
    """How much later than decoded each is shown, and by how much libav shifts decoding times."""
    if box is None:
        return np.zeros(count, dtype=np.int64), 0
    rows = file.number(box, 4)
    runs = file.words(box, 8, rows * 2, ">i4").reshape(-1, 2)
    if not rows:
        return np.zeros(count, dtype=np.int64), 0
    if int(runs[:, 0].min()) < 0 or int(runs[:, 0].sum()) != count:
        raise NoTable("composition offsets for another number of samples")
    if int(np.abs(runs[:, 1]).max()) >= MAX_OFFSET:
        raise NoTable("composition offsets of hours")
    # All but the last two runs count: libav does not believe those of the last samples.
    shift = max(0, -int(runs[: max(0, rows - 2), 1].min(initial=0)))
    return np.repeat(runs[:, 1], runs[:, 0]), shift


def _positions(file: _File, samples: dict[bytes, _Box], size: Integers) -> tuple[Integers, int]:
    """Where in the file each sample begins, and which sample entry they use: 0 for several."""
    wide = b"stco" not in samples
    box = _needed(samples, b"co64" if wide else b"stco")
    chunks = file.number(box, 4)
    if chunks > MAX_SAMPLES:
        raise NoTable(f"{chunks} chunks")
    starts = file.words(box, 8, chunks, ">u8" if wide else ">u4")
    stsc = _needed(samples, b"stsc")
    runs = file.words(stsc, 8, file.number(stsc, 4) * 3, ">u4").reshape(-1, 3)
    if not len(size):
        return np.zeros(0, dtype=np.int64), 0
    first = runs[:, 0] - 1
    lengths = np.diff(first, append=chunks)
    if not len(runs) or int(first[0]) != 0 or int(lengths.min()) < 0 or int(starts.min()) < 0:
        raise NoTable("chunks out of order")
    if int((runs[:, 1] * lengths).sum()) != len(size):
        raise NoTable("chunks for another number of samples")
    used = runs[lengths > 0, 2]
    per_chunk = np.repeat(runs[:, 1], lengths)
    before = np.cumsum(size)
    before -= size
    heads = np.cumsum(per_chunk) - per_chunk
    filled = per_chunk > 0
    # A sample lies as far into its chunk as the samples before it in the chunk are long.
    shift = starts[filled] - before[heads[filled]]
    entry = int(used[0]) if (used == used[0]).all() else 0
    before += np.repeat(shift, per_chunk[filled])
    return before, entry


def _keys(file: _File, samples: dict[bytes, _Box], count: int) -> Flags:
    """Which samples the container calls places to begin at: stss, stps and the rap groups."""
    keys = np.zeros(count, dtype=np.bool_)
    stss = samples.get(b"stss")
    if stss is None and b"stps" not in samples:
        keys[:] = True
        return keys
    for box in (stss, samples.get(b"stps")):
        if box is None:
            continue
        numbers = file.words(box, 8, file.number(box, 4), ">u4") - 1
        if len(numbers) and (int(numbers.min()) < 0 or int(numbers.max()) >= count):
            raise NoTable("key frames that are not there")
        keys[numbers] = True
    group = samples.get(b"sbgp")
    if group is not None and file.number(group, 4) == int.from_bytes(b"rap ", "big"):
        skip = 16 if file.number(group, 0, 1) == 1 else 12
        runs = file.words(group, skip, file.number(group, skip - 4) * 2, ">u4").reshape(-1, 2)
        if int(runs[:, 0].sum()) > count:
            raise NoTable("groups of samples that are not there")
        marked = np.repeat(runs[:, 1] > 0, runs[:, 0])
        keys[: len(marked)] |= marked
    if count and not keys.any():
        keys[0] = True
    return keys


def _present(
    decoded: Integers, shown: Integers, edits: tuple[Edit, ...]
) -> tuple[Integers | None, Flags]:
    """Presentation times and what is hidden: leading empty edits, then one stretch of media."""
    hidden = np.zeros(len(shown), dtype=np.bool_)
    real = [edit for edit in edits if edit.start >= 0]
    if len(real) != 1 or edits[-1] != real[0] or not len(shown):
        return None, hidden
    start, delay = real[0].start, sum(edit.length for edit in edits[:-1])
    hidden = (shown < start) | (shown >= start + real[0].length)
    if hidden.all():
        return None, hidden
    first = int(np.argmin(hidden))
    # libav counts from the first sample in decoding order that is not hidden, and takes back what
    # would leave a gap before the first picture.
    return shown + (delay - max(int(decoded[first]), int(shown[~hidden].min()))), hidden


def _entry(file: _File, stsd: _Box, used: int) -> tuple[str, bytes]:
    """The letters and the configuration of the one sample entry in use."""
    entries = list(file.boxes(stsd.start + 8, stsd.end))
    if not 0 < used <= len(entries):
        return "", b""
    entry = entries[used - 1]
    letters = entry.kind.decode("ascii", "replace")
    inner_start = entry.start - 8 + VISUAL_ENTRY
    if inner_start >= entry.end:
        return letters, b""
    try:
        found = file.inner(_Box(entry.kind, inner_start, entry.end))
    except NoTable:
        return letters, b""
    for kind in (b"avcC", b"hvcC", b"vpcC"):
        if kind in found and found[kind].end - found[kind].start <= MAX_CONFIG:
            return letters, file.read(found[kind].start, found[kind].end - found[kind].start)
    return letters, b""
