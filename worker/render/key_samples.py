"""What key samples really are, from their first bytes. Runs in a child process only.

A container's index is a claim. Whether decoding can begin at a picture, and whether it is coded
the way the file's header says, only the picture itself tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from worker.bitstream import h264, hevc
from worker.bitstream.entry import Codec, Entry, from_extradata
from worker.bitstream.errors import BitstreamError
from worker.bitstream.kinds import PictureKind, picture_kind
from worker.bitstream.nal import ANNEX_B, LENGTH_SIZE, join_prefixed, nal_spans
from worker.plan.gops import SampleKind
from worker.plan.output import codec_name

#: `fetch(at, length)` gives up to so many bytes of a sample.
Fetch = Callable[[int, int], bytes]

#: Units before the first slice of a picture, and the size of one, that are looked at.
MAX_UNITS = 64
MAX_UNIT = 1 << 16
#: So much of a slice tells its kind.
SLICE_HEAD = 16

_CODECS: dict[str, Codec] = {"h264": "h264", "hevc": "hevc"}
_KINDS = {
    PictureKind.IDR: SampleKind.IDR,
    # Nothing is left to rename: only its leading pictures have to go.
    PictureKind.BLA: SampleKind.IDR,
    PictureKind.CRA: SampleKind.CRA,
}


class NotCopyable(Exception):
    """Nothing of the source can be copied; the message is the reason, for a person."""


class Judge:
    """Tells the key samples of one source apart, and that they are coded as its header says."""

    def __init__(self, codec: str, extradata: bytes) -> None:
        """Raises NotCopyable for what is no codec, or no header, that can be copied."""
        self._codec = _CODECS.get(codec)
        self._entry: Entry | None = None
        if self._codec is None:
            if codec != "vp9":
                raise NotCopyable(f"{codec_name(codec)} cannot be copied")
            return
        try:
            self._entry = from_extradata(self._codec, extradata)
        except BitstreamError as error:
            raise NotCopyable(_sentence(error)) from error
        self._known = set(self._entry.parameter_sets)

    def kind(self, size: int, fetch: Fetch) -> SampleKind:
        """What the sample of `size` bytes is that a container calls a key sample.

        Raises NotCopyable where it changes how the file is coded.
        """
        if self._codec is None or self._entry is None:
            return _vp9_kind(fetch(0, 1))
        try:
            nals = list(self._head(size, fetch))
            found = picture_kind(self._codec, join_prefixed(nals), LENGTH_SIZE)
        except BitstreamError:
            return SampleKind.OTHER
        self._compare(nals)
        return _KINDS.get(found, SampleKind.RECOVERY)

    def _compare(self, nals: list[bytes]) -> None:
        """Hold the parameter sets that a sample carries against those that are known."""
        assert self._codec is not None
        assert self._entry is not None
        try:
            entry = replace(self._entry, length_size=LENGTH_SIZE)
            entry = entry.with_sets_of(join_prefixed(nals))
        except BitstreamError as error:
            raise NotCopyable(_sentence(error)) from error
        if self._known and len(entry.parameter_sets) > len(self._known):
            raise NotCopyable("the way of coding changes in the middle of the file")
        if not self._known:
            self._entry = replace(entry, length_size=self._entry.length_size)
            self._known = set(entry.parameter_sets)

    def _head(self, size: int, fetch: Fetch) -> Iterator[bytes]:
        """The units of a sample up to its first slice, of which only the beginning."""
        assert self._entry is not None
        if self._entry.length_size == ANNEX_B:
            yield from self._head_of_stream(fetch(0, size))
            return
        at, prefix = 0, self._entry.length_size
        for _ in range(MAX_UNITS):
            length = int.from_bytes(fetch(at, prefix), "big")
            start, at = at + prefix, at + prefix + length
            if at > size or start >= size:
                return
            if not length:
                continue
            if self._is_slice(fetch(start, 1)):
                yield fetch(start, min(length, SLICE_HEAD))
                return
            if length <= MAX_UNIT:
                yield fetch(start, length)

    def _head_of_stream(self, sample: bytes) -> Iterator[bytes]:
        for start, end in nal_spans(sample, ANNEX_B)[:MAX_UNITS]:
            if self._is_slice(sample[start : start + 1]):
                yield sample[start : min(end, start + SLICE_HEAD)]
                return
            yield sample[start:end]

    def _is_slice(self, first: bytes) -> bool:
        if self._codec == "h264":
            return h264.nal_type(first) in h264.SLICES
        return hevc.nal_type(first) in hevc.SLICES


def _vp9_kind(first: bytes) -> SampleKind:
    """A VP9 frame begins: marker 2 bits, profile 2, shows another 1, is no key frame 1.

    >>> _vp9_kind(bytes([0b1000_0010])), _vp9_kind(bytes([0b1000_0110]))
    (<SampleKind.IDR: 'idr'>, <SampleKind.OTHER: 'other'>)
    """
    bits = f"{first[0]:08b}" if first else ""
    if bits[:2] != "10":
        return SampleKind.OTHER
    # Profile 3 has one more bit in between, which is reserved.
    flags = bits[5:7] if bits[2:4] == "11" else bits[4:6]
    return SampleKind.IDR if flags == "00" else SampleKind.OTHER


def _sentence(error: BitstreamError) -> str:
    """A sentence of the bitstream room as a reason among others."""
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:]
