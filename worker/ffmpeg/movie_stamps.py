"""When the pictures of an mp4 or mov are shown, from its tables alone. Child processes only.

libav says which samples it hands out and when it decodes them; the file's own tables say how much
later each is shown. Both are held against each other and against the first packets read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np

from worker.ffmpeg.sample_table import Integers, NoTable, SampleTable, read_sample_table

#: So many entries of libav's index at either end, and between them, are compared one by one.
COMPARED = 64


@dataclass(frozen=True)
class Stamps:
    """Sorted presentation stamps, none twice, and how many ticks the last picture stays."""

    sorted: list[int]
    last_ticks: int


def indexed_stamps(fd: int, video: av.VideoStream, opening: Sequence[int]) -> Stamps | None:
    """The stamps that a demuxer would hand out, or None where the tables do not tell.

    `opening` holds the stamps of the first packets, in decoding order.
    """
    try:
        table = read_sample_table(fd, video.id)
    except NoTable:
        return None
    if not table.count or Fraction(video.time_base or 0) != Fraction(1, table.timescale):
        return None
    if table.presented is not None and _says_the_same(video, table, table.presented):
        seen = np.flatnonzero(~table.is_hidden)
        return _stamps(table, seen, table.presented[seen], opening)
    return _looked_up(video, table, opening)


def _says_the_same(video: av.VideoStream, table: SampleTable, presented: Integers) -> bool:
    """Whether libav's index is this table, as far as a look at some of its entries can tell."""
    entries = video.index_entries
    count = len(entries)
    if not count:
        return False
    at = np.flatnonzero((table.position == entries[0].pos) & (table.size == entries[0].size))
    if not len(at) or at[0] + count > table.count:
        return False
    first = int(at[0])
    # What libav leaves out altogether is never shown.
    if not (table.is_hidden[:first].all() and table.is_hidden[first + count :].all()):
        return False
    ends = [*range(min(COMPARED, count)), *range(max(0, count - COMPARED), count)]
    for number in (*ends, *range(0, count, max(1, count // COMPARED))):
        entry, sample = entries[number], first + number
        delay = int(table.shown[sample] - table.decoded[sample]) + table.decoding_shift
        if (
            entry.pos != table.position[sample]
            or entry.size != table.size[sample]
            or entry.is_keyframe != table.is_key[sample]
            or entry.is_discard != table.is_hidden[sample]
            or entry.timestamp + delay != presented[sample]
        ):
            return False
    return True


def _looked_up(video: av.VideoStream, table: SampleTable, opening: Sequence[int]) -> Stamps | None:
    """Stamps by way of libav's whole index: what an edit list of several parts leaves to show."""
    entries = [e for e in video.index_entries if not e.is_discard]
    if not entries:
        return None
    decoded = np.array([e.timestamp for e in entries], dtype=np.int64)
    position = np.array([e.pos for e in entries], dtype=np.int64)
    order = np.argsort(table.position, kind="stable")
    sorted_positions = table.position[order]
    if (np.diff(sorted_positions) == 0).any():
        return None
    found = np.searchsorted(sorted_positions, position).clip(max=table.count - 1)
    if (sorted_positions[found] != position).any():
        return None
    samples = order[found]
    delay = table.shown[samples] - table.decoded[samples] + table.decoding_shift
    return _stamps(table, samples, decoded + delay, opening)


def _stamps(
    table: SampleTable, samples: Integers, shown: Integers, opening: Sequence[int]
) -> Stamps | None:
    if shown[: len(opening)].tolist() != list(opening):
        return None
    last = int(np.argmax(shown))
    # np.unique hashes, which takes ten times as long.
    ordered = np.sort(shown)
    is_new = np.diff(ordered, prepend=ordered[0] - 1) > 0
    return Stamps(ordered[is_new].tolist(), table.duration_of(int(samples[last])))
