"""Looking at the finished file as a player would, before anyone is told it is done.

Runs in a child process only. What was assembled is believed only once it has been read back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer

from config_schema.errors import VerificationFailed
from worker.ffmpeg.media import second_of
from worker.plan.footage import Footage
from worker.plan.sound import SAMPLE_RATE
from worker.plan.times import FrameTimes
from worker.render.reader import OffGrid, PictureReader
from worker.render.sound_proof import sound_fault
from worker.render.spec import CopiedPart, MadePart, OutputFacts, VerifySpec

#: Frames decoded on each side of a join.
JOIN_FRAMES = 12
#: The sound may end this much beside the picture: one packet of any codec that we write.
SOUND_SLACK = 2048
#: So many copied parts, spread over the programme, are compared with their source pixel by pixel,
PROVEN_PARTS = 12
#: each at so many consecutive frames in its middle.
PROVEN_FRAMES = 3

Report = Callable[[float], None]
Part = MadePart | CopiedPart


def verify(spec: VerifySpec, report: Report) -> OutputFacts:
    """What is in the file; raises VerificationFailed where it is not what was planned.

    Copied parts that do not hold are no failure: they are named, to be converted instead.
    """
    with av.open(str(spec.path)) as container:
        _check_tracks(container, spec)
        frames, samples = _count(container, spec, report)
        video = container.streams.video[0]
        codec = video.codec_context.codec.canonical_name
        sound = container.streams.audio[0].codec_context.codec.canonical_name if samples else ""
        seconds = (container.duration or 0) / 1_000_000
        size = container.size
    if abs(Fraction(seconds) - spec.frames / spec.output.rate) > Fraction(1, 10):
        raise VerificationFailed(detail=f"duration {seconds}, {spec.frames} frames planned")
    faulty = _undecodable(spec, report) | _other_pixels(spec)
    bad_bridges = [part for part in faulty if isinstance(part, MadePart)]
    if bad_bridges and not any(isinstance(part, CopiedPart) for part in spec.parts):
        raise VerificationFailed(detail=f"cannot be decoded: {bad_bridges[0]}")
    return OutputFacts(
        frames,
        samples,
        size,
        seconds,
        codec,
        sound,
        _digest(spec.path),
        tuple(sorted(part.start for part in faulty)),
        sound_fault(spec.path, spec.sound, spec.samples) if spec.sound is not None else "",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_tracks(container: InputContainer, spec: VerifySpec) -> None:
    tracks = [stream.type for stream in container.streams]
    if tracks != ["video", *(["audio"] if spec.samples else [])]:
        raise VerificationFailed(detail=f"tracks {tracks}")
    video = container.streams.video[0]
    if (video.width, video.height) != (spec.output.width, spec.output.height):
        raise VerificationFailed(detail=f"size {video.width} x {video.height}")


def _count(container: InputContainer, spec: VerifySpec, report: Report) -> tuple[int, int]:
    """Frames and samples in the file, having seen that every frame is where it belongs."""
    rate = spec.output.rate
    seen = bytearray(spec.frames)
    frames = 0
    samples = 0
    for packet in container.demux():
        if packet.pts is None:
            continue
        tick = Fraction(packet.time_base)
        if packet.stream.type == "audio":
            end = packet.pts + (packet.duration or 0)
            samples = max(samples, round(end * tick * SAMPLE_RATE))
            continue
        number = round(packet.pts * tick * rate)
        # A container may round a frame's time, by half its tick at the most.
        if abs(packet.pts * tick - number / rate) > tick / 2:
            raise VerificationFailed(detail=f"frame {number} is shown at {packet.pts * tick} s")
        if not 0 <= number < spec.frames or seen[number]:
            raise VerificationFailed(detail=f"frame {number} of {spec.frames}, or twice")
        seen[number] = 1
        frames += 1
        if frames % 256 == 0:
            report(frames / 2)
    if frames != spec.frames:
        raise VerificationFailed(detail=f"{frames} frames, {spec.frames} planned")
    if spec.samples and abs(samples - spec.samples) > SOUND_SLACK:
        raise VerificationFailed(detail=f"{samples} samples, {spec.samples} planned")
    return frames, samples


def _undecodable(spec: VerifySpec, report: Report) -> set[Part]:
    """The parts beside a join at which a decoder complains or misses a frame."""
    faulty: set[Part] = set()
    last = spec.parts[-1]
    joins: list[tuple[int, tuple[Part, ...]]] = [(0, spec.parts[:1])]
    joins += [(b.start, (a, b)) for a, b in pairwise(spec.parts)]
    joins.append((last.start + last.frames, (last,)))
    # A level that captures nothing would find nothing wrong.
    av.logging.set_level(av.logging.ERROR)
    with av.open(str(spec.path)) as container:
        context = container.streams.video[0].codec_context
        # Pixels are not looked at here, so what smooths them is left out.
        context.options = {"skip_loop_filter": "all"}
        context.thread_count = os.cpu_count() or 1
        context.thread_type = "AUTO"
        for join, parts in joins:
            with av.logging.Capture(local=False) as complaints:
                missing = _missing_around(container, spec, join)
            if missing or complaints:
                faulty.update(parts)
            report((spec.frames + join) / 2)
    av.logging.set_level(None)
    return faulty


def _missing_around(container: InputContainer, spec: VerifySpec, join: int) -> set[int]:
    """Frames on both sides of `join` that a decoder coming from before it does not deliver."""
    rate = spec.output.rate
    video = container.streams.video[0]
    tick = Fraction(video.time_base or 1)
    first = max(0, join - JOIN_FRAMES)
    last = min(spec.frames, join + JOIN_FRAMES)
    container.seek(int(first / rate / tick), stream=video, backward=True)
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


def _other_pixels(spec: VerifySpec) -> set[Part]:
    """Copied parts whose decoded pictures are not, to the bit, their source's."""
    copied = [part for part in spec.parts if isinstance(part, CopiedPart)]
    if not copied:
        return set()
    step = max(1, len(copied) // PROVEN_PARTS)
    descriptor = os.open(spec.path, os.O_RDONLY)
    try:
        delivered = PictureReader(descriptor, _as_footage(spec), threads=1)
        return {part for part in copied[::step] if not _same_pixels(spec, part, delivered)}
    finally:
        os.close(descriptor)


def _same_pixels(spec: VerifySpec, part: CopiedPart, delivered: PictureReader) -> bool:
    source = PictureReader(spec.fds[part.source], spec.footage[part.source], threads=1)
    middle = part.frames // 2
    try:
        return all(
            _pixels_equal(source.frame(part.first + n), delivered.frame(part.start + n), part, n)
            for n in range(middle, min(middle + PROVEN_FRAMES, part.frames))
        )
    except OffGrid:
        return False
    finally:
        source.close()


Numbered = tuple[int, av.VideoFrame] | None


def _pixels_equal(source: Numbered, delivered: Numbered, part: CopiedPart, n: int) -> bool:
    if source is None or delivered is None:
        return False
    if (source[0], delivered[0]) != (part.first + n, part.start + n):
        return False
    return all(
        np.array_equal(a, b) for a, b in zip(_planes(source[1]), _planes(delivered[1]), strict=True)
    )


def _planes(frame: av.VideoFrame) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """The visible bytes of each plane."""
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        wide = frame.format.components[0].bits > 8
        yield rows[: plane.height, : plane.width * (2 if wide else 1)]


def _as_footage(spec: VerifySpec) -> Footage:
    """The finished file as a source, so that its frames can be read by their number."""
    source = next(iter(spec.footage.values()))
    rate = spec.output.rate
    times = FrameTimes(Fraction(0), 1 / rate, spec.frames, rate, 1 / rate)
    picture = replace(source.picture, stream=0, times=times)
    return replace(source, name="the programme", zero=Fraction(0), picture=picture, sound=None)
