"""Decoded frames of one camera file by their number. Runs in a child process only.

A frame is found by its timestamp, never by counting, so a seek that lands early or late cannot
shift the picture: what is decoded says itself which frame it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import islice
from typing import Any

import av

from worker.ffmpeg.media import (
    only,
    open_media,
    packets_of,
    second_of,
    stand_before,
    takes_too_much,
    video_track,
)
from worker.plan.footage import FieldOrder, Footage

#: Reading on is cheaper than a seek up to this far, where the file has no index to ask.
READ_ON_SECONDS = 3
#: So near before the wanted frame every picture is decoded where it may have to be shown instead.
#: It covers every reordering that H.264 and HEVC allow.
NEAR_FRAMES = 34
#: So many pictures may be decoded before one that is shown earlier (H.264 and HEVC limits).
REORDERED = 16
#: Where a frame cannot be had from the key frame before it, decoding begins so much earlier.
EARLIER_SECONDS = (0, 2, 10)


class OffGrid(Exception):
    """A decoded frame is not where the index said frames are."""


class PictureReader:
    """Frames of one source in mostly rising order, holding one decoded frame at a time."""

    def __init__(self, fd: int, footage: Footage, *, threads: int) -> None:
        self._fd = fd
        self._footage = footage
        self._threads = threads
        self._times = footage.picture.times
        self._open()
        self._has_index = self._knows_key_frames()
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._held: tuple[int, av.VideoFrame] | None = None
        self._ahead: tuple[int, av.VideoFrame] | None = None
        self._near = Fraction(0)
        self._skips = False
        self._sorts = False
        self._given_up = -(1 << 62)
        #: The last frame on the way to the one asked for that is what was coded.
        self.clean: tuple[int, av.VideoFrame] | None = None
        self._is_astray = False
        self._astray: set[int] = set()
        self.broken_packets = 0

    def _open(self) -> None:
        self._container = open_media(self._fd, self._footage.name)
        self._stream = video_track(self._container, self._footage.picture.stream)
        self._context = self._stream.codec_context
        self._context.thread_count = self._threads
        self._context.thread_type = "AUTO" if self._threads > 1 else "NONE"
        only(self._container, self._stream)

    def close(self) -> None:
        """Give the decoder and its frames back."""
        self._frames = iter(())
        self._held = self._ahead = self.clean = None
        self._container.close()

    def frame(self, index: int) -> tuple[int, av.VideoFrame] | None:
        """The frame on screen at frame number `index`, with its own number.

        That is `index` itself, or the last one before it that can be decoded; None where there
        is none. Raises OffGrid when the file is not what its index says.
        """
        is_fresh = self._must_seek(index)
        if is_fresh:
            self._seek(index)
        found = self._read_to(index)
        if self._is_good(found, index) or (self._sorts and not is_fresh):
            return found
        if 0 <= index - self._given_up < self._times.rate:
            return found
        # The file may give its pictures times in another order than the decoder has them in: its
        # times are what counts. Or its index calls a picture a beginning that is none.
        self._sorts = True
        for seconds in EARLIER_SECONDS:
            self._seek(index, Fraction(seconds))
            found = self._read_to(index)
            if self._is_good(found, index):
                return found
        self._given_up = index
        return found

    def _is_good(self, found: tuple[int, av.VideoFrame] | None, index: int) -> bool:
        if found is None or found[0] != index:
            return False
        return not (found[1].is_corrupt or self.is_astray(found[1]))

    def is_astray(self, frame: av.VideoFrame) -> bool:
        """Whether a picture that it may refer to was lost on the way.

        A decoder then takes another one for it, and may hand out any picture it still has.
        """
        return frame.pts in self._astray

    def _read_to(self, index: int) -> tuple[int, av.VideoFrame] | None:
        # By the clock: where the rate varies, seconds do not tell how many frames it is.
        self._near = self._skipped_before(index) + self._footage.zero
        while self._ahead is None or self._ahead[0] <= index:
            if self._ahead is not None:
                self._held, self._ahead = self._ahead, None
                if not (self._held[1].is_corrupt or self.is_astray(self._held[1])):
                    self.clean = self._held
                if self._held[0] == index:
                    return self._held
            following = next(self._frames, None)
            if following is None:
                break
            self._ahead = (self._number(following), following)
        return self._held

    def _must_seek(self, index: int) -> bool:
        if self._held is None and self._ahead is None:
            return True
        if self._held is not None and index == self._held[0]:
            return False
        if self._held is None or index < self._held[0]:
            return True
        position = (self._ahead or self._held)[0]
        if index <= position:
            return False
        if not self._has_index:
            return index - position > READ_ON_SECONDS * self._times.rate
        # Index and frame need not agree to the tick: a key frame nearer than the next is no gain.
        behind = self._times.start_of(position) + Fraction(3, 2) / self._times.rate
        return self._key_second(index) > behind

    def _knows_key_frames(self) -> bool:
        """Whether the container has an index: a handful of entries is what a demuxer noticed on
        its way.
        """
        keys = (entry for entry in self._stream.index_entries if entry.is_keyframe)
        return len(list(islice(keys, 3))) == 3

    def _key_second(self, index: int) -> Fraction:
        """About when the last key frame up to frame `index` is shown.

        Container indices hold decoding times or rounded ones, so this decides only whether a seek
        is worth while, never which frame is shown. Asked of the index: to list its key frames takes
        longer than to decode a few.
        """
        tick = Fraction(self._stream.time_base or 1)
        late = self._times.start_of(index) + self._footage.zero + 1 / (2 * self._times.rate)
        entries = self._stream.index_entries
        found = entries.search_timestamp(int(late // tick))
        if found < 0:
            return self._times.start_of(0)
        return entries[found].timestamp * tick - self._footage.zero

    def _seek(self, index: int, back: Fraction = Fraction(0)) -> None:
        """Stand before a key frame from which frame `index` can be decoded whole, at least `back`
        seconds before it.
        """
        self._held = self._ahead = self.clean = None
        # A deinterlacer looks at the frame before.
        first = index - 1 if self._footage.picture.fields != FieldOrder.PROGRESSIVE else index
        target = self._times.start_of(max(first, 0)) + self._footage.zero
        tick = Fraction(self._stream.time_base or 1)
        # A decoder's clock may begin before the first frame; who wants more goes to the beginning.
        lowest = self._times.start_of(0) + self._footage.zero - (0 if back else 10)
        while True:
            second = target - back
            key = None
            if second < lowest:
                # Nothing earlier to stand on: what can be decoded from the first packet on. No
                # seek goes there where the index knows no place to begin.
                self._container.close()
                self._open()
                packets = packets_of(self._container, self._stream)
                break
            if stand_before(self._container, self._stream, int(second // tick)):
                packets = packets_of(self._container, self._stream)
                key = next((p for p in packets if p.is_keyframe and p.pts is not None), None)
                if key is not None and second_of(key) <= target + tick:
                    break
            back = max(2 * back, Fraction(1, 2))
        floor = second_of(key) if key is not None else None
        frames = self._decode(key, packets, floor)
        if self._sorts:
            frames = _sorted(frames)
        self._frames = self._deinterlaced(frames) if first != index or self._interlaced else frames

    @property
    def _interlaced(self) -> bool:
        return self._footage.picture.fields != FieldOrder.PROGRESSIVE

    def _decode(
        self, key: av.Packet[Any] | None, packets: Iterator[av.Packet[Any]], floor: Fraction | None
    ) -> Iterator[av.VideoFrame]:
        """Frames in display order; those shown before the key frame stood on are left out.

        They refer to pictures before it (open GOP) and would be wrong without a word.
        """
        tick = Fraction(self._stream.time_base or 1)
        self._context.flush_buffers()
        self._is_astray = False
        self._astray.clear()
        if key is not None:
            yield from self._frames_of(key, floor)
        for packet in packets:
            if packet.pts is not None:
                self._skip(packet.pts * tick < self._near)
            yield from self._frames_of(packet, floor)

    def _skipped_before(self, index: int) -> Fraction:
        """The source second before which pictures that no other needs are not decoded."""
        if self._sorts or self._interlaced:
            # Times are in doubt, a picture may have to stand in, or a deinterlacer looks back.
            return self._times.start_of(max(0, index - NEAR_FRAMES))
        return self._times.start_of(index) - 1 / (2 * self._times.rate)

    def _skip(self, far: bool) -> None:
        if far != self._skips:
            self._skips = far
            self._context.skip_frame = "NONREF" if far else "DEFAULT"

    def _frames_of(self, packet: av.Packet[Any], floor: Fraction | None) -> Iterator[av.VideoFrame]:
        try:
            frames = self._context.decode(packet)
        except MemoryError as error:
            raise takes_too_much(self._footage.name, error) from error
        except av.error.FFmpegError:
            self.broken_packets += 1
            self._is_astray = True
            return
        for frame in frames:
            if frame.pts is None:
                self.broken_packets += 1
                continue
            self._is_astray = self._is_astray and not frame.key_frame
            if self._is_astray:
                self._astray.add(frame.pts)
            if floor is None or second_of(frame) >= floor:
                yield frame

    def _deinterlaced(self, frames: Iterator[av.VideoFrame]) -> Iterator[av.VideoFrame]:
        graph: av.filter.Graph | None = None
        parity = "tff" if self._footage.picture.fields == FieldOrder.TOP_FIRST else "bff"
        for frame in frames:
            if graph is None:
                graph = av.filter.Graph()
                graph.link_nodes(
                    graph.add_buffer(
                        width=frame.width,
                        height=frame.height,
                        format=frame.format,
                        time_base=frame.time_base,
                    ),
                    graph.add("bwdif", f"mode=send_frame:parity={parity}:deint=all"),
                    graph.add("buffersink"),
                ).configure()
            graph.push(frame)
            yield from _pulled(graph)
        if graph is not None:
            graph.push(None)
            yield from _pulled(graph)

    def _number(self, frame: av.VideoFrame) -> int:
        second = second_of(frame) - self._footage.zero
        number = self._times.index_shown_at(second)
        if number is not None:
            return number
        if second < self._times.start_of(0):
            return -1
        if second >= self._times.end:
            return self._times.count
        raise OffGrid(f"{self._footage.name}: a frame at {float(second):.6f} s is not in its index")


def _sorted(frames: Iterator[av.VideoFrame]) -> Iterator[av.VideoFrame]:
    """Frames in the order of their times, as far as any codec may have reordered them."""
    waiting: list[tuple[int, int, av.VideoFrame]] = []
    for number, frame in enumerate(frames):
        heappush(waiting, (frame.pts or 0, number, frame))
        if len(waiting) > REORDERED:
            yield heappop(waiting)[2]
    while waiting:
        yield heappop(waiting)[2]


def _pulled(graph: av.filter.Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, av.VideoFrame):
            yield frame
