"""Looking at the finished file as a player would, before anyone is told it is done.

Runs in a child process only. What was assembled is believed only once it has been read back.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import av
from av.container import InputContainer

from config_schema.errors import VerificationFailed
from worker.ffmpeg.media import second_of
from worker.plan.sound import SAMPLE_RATE
from worker.render.spec import OutputFacts, VerifySpec

#: Frames decoded on each side of a join.
JOIN_FRAMES = 12
#: The sound may end this much beside the picture: one packet of any codec that we write.
SOUND_SLACK = 2048

Report = Callable[[float], None]


def verify(spec: VerifySpec, report: Report) -> OutputFacts:
    """What is in the file; raises VerificationFailed where it is not what was planned."""
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
    with av.open(str(spec.path)) as container:
        for join in sorted({0, *spec.joins, spec.frames}):
            _decode_around(container, spec, join)
    return OutputFacts(frames, samples, size, seconds, codec, sound)


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
            samples = max(
                samples, round((packet.pts + (packet.duration or 0)) * tick * SAMPLE_RATE)
            )
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
            report(frames)
    if frames != spec.frames:
        raise VerificationFailed(detail=f"{frames} frames, {spec.frames} planned")
    if spec.samples and abs(samples - spec.samples) > SOUND_SLACK:
        raise VerificationFailed(detail=f"{samples} samples, {spec.samples} planned")
    return frames, samples


def _decode_around(container: InputContainer, spec: VerifySpec, join: int) -> None:
    """Decode the frames on both sides of `join`, each exactly once and without a complaint."""
    rate = spec.output.rate
    video = container.streams.video[0]
    tick = Fraction(video.time_base or 1)
    first = max(0, join - JOIN_FRAMES)
    last = min(spec.frames, join + JOIN_FRAMES)
    container.seek(int(first / rate / tick), stream=video, backward=True)
    wanted = set(range(first, last))
    try:
        for frame in container.decode(video):
            number = round(second_of(frame) * rate)
            wanted.discard(number)
            if frame.is_corrupt:
                raise VerificationFailed(detail=f"frame {number} is damaged")
            if number >= last - 1 or not wanted:
                break
    except av.error.FFmpegError as error:
        raise VerificationFailed(detail=f"decoding at frame {join}: {error}") from error
    if wanted:
        raise VerificationFailed(detail=f"frames {sorted(wanted)} cannot be decoded")
