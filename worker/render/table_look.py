"""What lies near the cuts of an mp4 or mov, from its sample table. Runs in a child process only.

The table tells order and key samples; of the media only the first bytes of key samples beside a
cut are read.
"""

from __future__ import annotations

import os
from fractions import Fraction

import numpy as np

from worker.ffmpeg.sample_table import Flags, Integers, SampleTable
from worker.plan.footage import Footage
from worker.plan.gops import CutWindow, GopSample, SampleKind
from worker.plan.times import FrameTimes
from worker.render.key_samples import Judge, NotCopyable
from worker.render.reader import OffGrid

#: A stamp this far from its place on the grid is another picture's: readers allow the same.
SLACK_SECONDS = 0.002
#: Read at once where a key sample begins.
HEAD_BYTES = 1024


class TableLook:
    """Answers windows of one source, in any order."""

    def __init__(self, fd: int, footage: Footage, table: SampleTable) -> None:
        """Raises NotCopyable, and OffGrid where the table is not what the probe found."""
        if not table.entry:
            raise NotCopyable("the way of coding changes in the middle of the file")
        if table.presented is None:
            raise NotCopyable("its edit list puts several parts together")
        self._fd = fd
        self._table = table
        self._display = _display_numbers(table.presented, table.is_hidden)
        _check_grid(table, footage)
        self._judge = Judge(footage.picture.codec, table.config)
        self._kinds: dict[int, SampleKind] = {}
        self._keys = np.flatnonzero(table.is_key)
        self._key_displays = self._display[self._keys]
        self._is_rising = bool((np.diff(self._key_displays) > 0).all())
        #: Key samples inside wanted ranges that are no place to begin a copy at.
        self.refused = 0
        self._boundary = _boundaries(self._display)
        shown = np.flatnonzero(~table.is_hidden)
        #: By display number, the last sample in decoding order that is shown so far.
        self._last = np.empty(len(shown), dtype=np.int64)
        self._last[self._display[shown]] = shown
        self._last = np.maximum.accumulate(self._last)
        if table.count:
            self._kind(0)  # the parameter sets, where the header has none

    def window(self, start: int, end: int) -> CutWindow:
        """What lies near the cuts of the display range [start, end)."""
        keys = self._keys_between(start, end)
        key = next((i for i in keys if self._kind(i).is_clean), None)
        if key is None:
            self.refused += len(keys)
            return CutWindow(None, ())
        last = int(self._last[end - 1])
        first = key
        for i in reversed(keys):
            if i <= key:
                break
            if self._boundary[i] and self._kind(i) is not SampleKind.OTHER:
                first = i
                break
        tail = tuple(self._sample(i) for i in range(first, last + 1))
        return CutWindow(self._sample(key), tail)

    def _keys_between(self, start: int, end: int) -> list[int]:
        """The key samples shown in [start, end), in decoding order."""
        shown = self._key_displays
        if self._is_rising:
            low, high = np.searchsorted(shown, [start, end])
            return [int(i) for i in self._keys[low:high]]
        return [int(i) for i in self._keys[(shown >= start) & (shown < end)]]

    def _sample(self, sample: int) -> GopSample:
        is_key = bool(self._table.is_key[sample])
        kind = self._kind(sample) if is_key else SampleKind.OTHER
        return GopSample(int(self._display[sample]), kind)

    def _kind(self, sample: int) -> SampleKind:
        if sample not in self._kinds:
            size, position = int(self._table.size[sample]), int(self._table.position[sample])
            head = os.pread(self._fd, min(size, HEAD_BYTES), position)

            def fetch(at: int, length: int) -> bytes:
                if at + length <= len(head):
                    return head[at : at + length]
                return os.pread(self._fd, min(length, size - at), position + at)

            self._kinds[sample] = self._judge.kind(size, fetch)
        return self._kinds[sample]


def _display_numbers(presented: Integers, is_hidden: Flags) -> Integers:
    """The number each sample is shown as; hidden ones are below 0, or beyond the last."""
    order = np.argsort(presented, kind="stable")
    numbers = np.empty(len(presented), dtype=np.int64)
    numbers[order] = np.arange(len(presented))
    shown = numbers[~is_hidden]
    return numbers - (int(shown.min()) if len(shown) else 0)


def _boundaries(display: Integers) -> Flags:
    """Before which samples everything decoded is also shown before all that follows."""
    before = np.maximum.accumulate(display)
    after = np.minimum.accumulate(display[::-1])[::-1]
    return np.concatenate([[True], before[:-1] < after[1:]])


def _check_grid(table: SampleTable, footage: Footage) -> None:
    """Hold the table against what the probe found."""
    times: FrameTimes = footage.picture.times
    assert table.presented is not None
    shown = np.sort(table.presented[~table.is_hidden])
    due = float(times.start + footage.zero) + np.arange(len(shown)) / float(times.rate)
    found = shown / float(Fraction(table.timescale))
    if len(shown) != times.count or (len(shown) and np.abs(found - due).max() > SLACK_SECONDS):
        raise OffGrid(f"{footage.name}: not the frames that the probe found")
