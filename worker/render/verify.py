"""Reading the finished file back, packet by packet, before anyone is told it is done.

Runs in a child process only. That its pictures decode is looked at beside it, in `proof`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer

from config_schema.errors import VerificationFailed
from worker.plan.sound import SAMPLE_RATE
from worker.render.sound_proof import join_fault, sound_fault
from worker.render.spec import OutputFacts, VerifySpec

#: The sound may end this much beside the picture: one packet of any codec that we write.
SOUND_SLACK = 2048

Report = Callable[[float], None]


def verify(spec: VerifySpec, report: Report) -> OutputFacts:
    """What is in the file; raises VerificationFailed where it is not what was planned.

    `report` is told the frames seen.
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
    if broken := join_fault(spec.path, spec.sound_joins):
        raise VerificationFailed(detail=f"the joined sound does not hold {broken}")
    fault = "" if spec.sound is None else sound_fault(spec.path, spec.sound, spec.samples)
    return OutputFacts(frames, samples, size, seconds, codec, sound, _digest(spec.path), fault)


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
    video = container.streams.video[0]
    up, down = (Fraction(video.time_base or 1) * spec.output.rate).as_integer_ratio()
    sample = Fraction(container.streams.audio[0].time_base or 1) if spec.samples else Fraction(0)
    seen = bytearray(spec.frames)
    frames = 0
    heard_to: int | None = None
    # A container may round the time of a packet of sound, too.
    uneven = 0 if sample * SAMPLE_RATE == 1 else 1
    for packet in container.demux():
        if packet.pts is None:
            continue
        if packet.stream.type == "audio":
            if heard_to is not None and abs(packet.pts - heard_to) > uneven:
                raise VerificationFailed(detail=f"sound at {packet.pts}, where {heard_to} is due")
            heard_to = packet.pts + (packet.duration or 0)
            continue
        place = packet.pts * up
        number = (2 * place + down) // (2 * down)
        # A container may round a frame's time, by half its tick at the most.
        if 2 * abs(place - number * down) > up:
            raise VerificationFailed(detail=f"frame {number} is shown at {place / down} frames")
        if not 0 <= number < spec.frames or seen[number]:
            raise VerificationFailed(detail=f"frame {number} of {spec.frames}, or twice")
        seen[number] = 1
        frames += 1
        if frames % 256 == 0:
            report(frames)
    samples = round((heard_to or 0) * sample * SAMPLE_RATE)
    if frames != spec.frames:
        raise VerificationFailed(detail=f"{frames} frames, {spec.frames} planned")
    if spec.samples and abs(samples - spec.samples) > SOUND_SLACK:
        raise VerificationFailed(detail=f"{samples} samples, {spec.samples} planned")
    return frames, samples
