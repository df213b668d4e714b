"""Groups of pictures near the cuts: what an index says, and the longest run that can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SampleKind(StrEnum):
    """What a coded picture is to a decoder that starts there."""

    IDR = "idr"
    CRA = "cra"
    RECOVERY = "recovery"
    OTHER = "other"

    @property
    def is_clean(self) -> bool:
        """Whether decoding may begin here, leading pictures left out."""
        return self in (SampleKind.IDR, SampleKind.CRA)


@dataclass(frozen=True)
class GopSample:
    """One coded picture in decoding order: its display number in the source, and its kind."""

    display: int
    kind: SampleKind


@dataclass(frozen=True)
class CutWindow:
    """What the index says of one wanted display range [start, end) of a source.

    `key` is the first clean sample with start <= display < end, None where there is none. `tail`
    holds, in decoding order, every sample from the last key sample at or after `key` with
    display < end, up to the last sample with display < end. Between the two nothing is in doubt:
    everything decoded before a key sample is also shown before the pictures that follow it.
    """

    key: GopSample | None
    tail: tuple[GopSample, ...]


@dataclass(frozen=True)
class CopyRun:
    """`frames` samples from the key frame shown as number `first` on, in decoding order.

    They are shown as [first, first + frames); the key frame's leading pictures are left out.
    """

    first: int
    frames: int
    kind: SampleKind


def longest_run(window: CutWindow, end: int) -> CopyRun | None:
    """The longest decode-order prefix from the window's key whose pictures are shown without a
    gap and before `end`; None where nothing can be copied.

    A decode-order prefix can always be decoded: no picture refers to a later one.

    >>> idr, other = SampleKind.IDR, SampleKind.OTHER
    >>> key = GopSample(10, idr)
    >>> shown = (key, GopSample(13, other), GopSample(11, other), GopSample(12, other))
    >>> longest_run(CutWindow(key, (*shown, GopSample(16, other), GopSample(14, other))), 16)
    CopyRun(first=10, frames=4, kind=<SampleKind.IDR: 'idr'>)
    """
    if window.key is None or not window.tail:
        return None
    first = window.key.display
    samples = _shown_after(window.tail, first)
    low = min(sample.display for sample in samples)
    best = low  # what was decoded before the tail is shown before it, whole
    highest = low - 1
    for count, sample in enumerate(samples, 1):
        highest = max(highest, sample.display)
        if highest >= end:
            break
        if highest == low + count - 1:
            best = highest + 1
    frames = best - first
    return CopyRun(first, frames, window.key.kind) if frames > 0 else None


def _shown_after(tail: Sequence[GopSample], first: int) -> list[GopSample]:
    """The tail without the leading pictures of the run's own key frame."""
    return [sample for sample in tail if sample.display >= first]
