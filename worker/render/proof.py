"""Proof by decoding: the joins hold, and copied pictures are their source's to the pixel.

Runs in a child process only. Where it looks is decided in `looks`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.container import InputContainer

from worker.ffmpeg.media import second_of
from worker.render.looks import JOIN_FRAMES, Check, Look, Part, checks_of, share_of
from worker.render.reader import OffGrid, PictureReader
from worker.render.spec import CopiedPart, ProofSpec

#: No codec that we copy decodes a key frame further ahead of its turn.
MOST_REORDERED = 16
#: Frames of a copied part that are compared with their source.
MIDDLE_FRAMES = 3

Report = Callable[[float], None]


def prove(spec: ProofSpec, report: Report) -> tuple[int, ...]:
    """The parts that do not hold, by the programme frame they start at; `report` is told the
    places looked at.
    """
    faulty: set[int] = set()
    prover = Prover(spec)
    try:
        for done, check in enumerate(share_of(checks_of(spec.parts), *spec.share), 1):
            if not prover.holds(check):
                faulty.update(part.start for part in check.parts)
            report(done)
    finally:
        prover.close()
    return tuple(sorted(faulty))


class Prover:
    """Looks at the places of one finished file."""

    def __init__(self, spec: ProofSpec) -> None:
        self._spec = spec
        self._sources: dict[int, PictureReader] = {}
        self._stack = ExitStack()
        self._container = self._stack.enter_context(av.open(str(spec.path)))
        self._context = self._container.streams.video[0].codec_context
        # Pixels are not looked at across a join, so what smooths them is left out.
        self._context.options = {"skip_loop_filter": "all"}
        self._context.thread_count = 1
        self._delivered: PictureReader | None = None

    def close(self) -> None:
        """Give every file back."""
        for reader in self._sources.values():
            reader.close()
        self._stack.close()

    def holds(self, check: Check) -> bool:
        """Whether what is there is what was planned, decoded without a complaint."""
        if check.look == Look.ACROSS:
            with _hearing() as complaints:
                missing = _missing_around(self._container, self._spec, check.frame)
            return not missing and not complaints
        part = check.parts[0]
        try:
            with _hearing() as complaints:
                if check.look == Look.START:
                    return self._begins(check.frame) and not complaints
                end = min(check.frame + MIDDLE_FRAMES, part.start + part.frames)
                return all(self._is_its_source(part, n) for n in range(check.frame, end))
        except OffGrid:
            return False

    def _begins(self, number: int) -> bool:
        """Whether the picture that a part begins with decodes, alone: with what a decoder holds
        back for it, three are decoded for each of hundreds of parts.
        """
        video = self._container.streams.video[0]
        rate, tick = self._spec.programme.picture.times.rate, Fraction(video.time_base or 1)
        self._context.skip_frame = "DEFAULT"
        # A key frame is found by when it is decoded. One of a part behind may be decoded by then.
        for early in (0, MOST_REORDERED):
            self._container.seek(
                int(max(0, number - early) / rate / tick), stream=video, backward=True
            )
            stamped = (p for p in self._container.demux(video) if p.pts is not None)
            shown = ((round(second_of(packet) * rate), packet) for packet in stamped)
            at, packet = next((found for found in shown if found[0] >= number), (-1, None))
            if packet is not None and at == number:
                return self._decodes(packet)
        return False

    def _decodes(self, packet: av.Packet[Any]) -> bool:
        """Whether a decoder that has seen nothing else makes a whole picture of it."""
        self._context.flush_buffers()
        try:
            frames = [*self._context.decode(packet), *self._context.decode(None)]
        except av.error.FFmpegError:
            return False
        finally:
            self._context.flush_buffers()
        return packet.is_keyframe and len(frames) == 1 and not frames[0].is_corrupt

    def _shown(self, number: int) -> av.VideoFrame | None:
        """The programme's frame of that number, decoded whole."""
        found = self._reader().frame(number)
        return found[1] if found and found[0] == number and not found[1].is_corrupt else None

    def _is_its_source(self, part: Part, number: int) -> bool:
        assert isinstance(part, CopiedPart)
        wanted = part.first + number - part.start
        source = self._source(part.source).frame(wanted)
        shown = self._shown(number)
        if source is None or shown is None:
            return False
        return source[0] == wanted and _same(source[1], shown)

    def _reader(self) -> PictureReader:
        if self._delivered is None:
            descriptor = os.open(self._spec.path, os.O_RDONLY)
            self._stack.callback(os.close, descriptor)
            self._delivered = PictureReader(descriptor, self._spec.programme, threads=1)
            self._stack.callback(self._delivered.close)
        return self._delivered

    def _source(self, index: int) -> PictureReader:
        if index not in self._sources:
            spec = self._spec
            self._sources[index] = PictureReader(spec.fds[index], spec.footage[index], threads=1)
        return self._sources[index]


@contextmanager
def _hearing() -> Iterator[list[tuple[int, str, str]]]:
    """What a decoder complains of meanwhile."""
    # A level that captures nothing would find nothing wrong.
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.logging.Capture(local=False) as complaints:
            yield complaints
    finally:
        av.logging.set_level(None)


def _missing_around(container: InputContainer, spec: ProofSpec, join: int) -> set[int]:
    """Frames on both sides of `join` that a decoder coming from before it does not deliver."""
    times = spec.programme.picture.times
    rate = times.rate
    video = container.streams.video[0]
    tick = Fraction(video.time_base or 1)
    first = max(0, join - JOIN_FRAMES)
    last = min(times.count, join + JOIN_FRAMES)
    # A key frame is found by when it is decoded. In open groups pictures that follow it are shown
    # before it and need what came earlier.
    start = max(0, first - MOST_REORDERED)
    container.seek(int(start / rate / tick), stream=video, backward=True)
    video.codec_context.flush_buffers()
    wanted = set(range(first, last))
    try:
        for packet in container.demux(video):
            # On the way to the join only what others need is decoded.
            early = packet.pts is not None and second_of(packet) * rate < first
            video.codec_context.skip_frame = "NONREF" if early else "DEFAULT"
            for frame in video.codec_context.decode(packet):
                if not frame.is_corrupt:
                    wanted.discard(round(second_of(frame) * rate))
            if not wanted:
                break
    except av.error.FFmpegError:
        return wanted or {join}
    return wanted


def _same(source: av.VideoFrame, delivered: av.VideoFrame) -> bool:
    planes = zip(_planes(source), _planes(delivered), strict=True)
    return all(np.array_equal(a, b) for a, b in planes)


def _planes(frame: av.VideoFrame) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """The visible bytes of each plane."""
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        wide = frame.format.components[0].bits > 8
        yield rows[: plane.height, : plane.width * (2 if wide else 1)]
