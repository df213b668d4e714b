"""About how long an export takes and how large its file is, by what its plan says.

It tells a minute from an hour: how footage was filmed alone changes both by a factor of two. What
an export waits for others is no part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from worker.plan.output import OutputFormat
from worker.plan.plan import Plan
from worker.plan.smart import DECODE_COST

#: Pixels that one core decodes and encodes in a second, at the presets of the catalogue and at
#: those of bridges; measured with a film of 720p.
PIXELS_PER_SECOND = {"h264": 4.7e7, "h265": 1.4e7, "vp9": 0.7e7}
BRIDGE_PIXELS_PER_SECOND = {"h264": 7e7, "h265": 2.3e7, "vp9": 0.55e7}
#: What the encoders gave of the same film at this CRF, and the steps of CRF that halve it.
BITS_PER_PIXEL = {"h264": 0.10, "h265": 0.086, "vp9": 0.088}
CRF_OF_BITS = {"h264": 20, "h265": 22, "vp9": 29}
HALVING_STEPS = {"h264": 6, "h265": 6, "vp9": 12}
SOUND_BITS_PER_SECOND = {"aac": 192_000, "libopus": 160_000}
#: Of the programme's seconds in one of a core, decoding included.
SOUND_SPEED = 65
#: Everything is written, read back and hashed.
FINISH_BYTES_PER_SECOND = 150e6
#: Planning, and what processes take to begin and end.
LEAST_SECONDS = 2.5


@dataclass(frozen=True)
class Estimate:
    """Seconds of the whole work by the clock, and bytes of the file."""

    seconds: float
    bytes: int


def estimate(plan: Plan, bytes_of: Mapping[int, int], gop_frames: Fraction, cores: int) -> Estimate:
    """The estimate of a plan; `bytes_of` are the sizes of its sources, `gop_frames` is about how
    many frames a group of pictures of theirs has.
    """
    out = plan.output
    codec, pixels = out.encoder.codec, out.width * out.height
    copied: Counter[int] = Counter()
    converted = bridges = 0
    for span in plan.program.spans:
        if span.copied is not None and span.source is not None:
            copied[span.source] += span.count
        else:
            converted += span.count
            bridges += span.source is not None
    size = converted * pixels * _bits_per_pixel(out) / 8
    size += sum(
        count / plan.footage[source].picture.times.count * bytes_of[source]
        for source, count in copied.items()
    )
    seconds = float(plan.program.seconds)
    work = 0.0
    if out.has_sound:
        size += SOUND_BITS_PER_SECOND[out.sound_codec] / 8 * seconds
        work += seconds / SOUND_SPEED if plan.sound_choice.copied is None else 0
    frames = float(converted)
    if out.is_smart:
        # A bridge is decoded from the key frame before it on.
        frames += float(DECODE_COST * bridges * gop_frames / 2)
    speeds = BRIDGE_PIXELS_PER_SECOND if out.is_smart else PIXELS_PER_SECOND
    work += frames * pixels / speeds[codec]
    took = LEAST_SECONDS + work / cores + size / FINISH_BYTES_PER_SECOND
    return Estimate(round(took, 1), round(size))


def _bits_per_pixel(out: OutputFormat) -> float:
    codec = out.encoder.codec
    doublings = (CRF_OF_BITS[codec] - out.crf) / HALVING_STEPS[codec]
    return BITS_PER_PIXEL[codec] * float(2**doublings)
