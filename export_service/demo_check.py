"""Reads a finished demo programme back and says of every frame and every cut whether it is right.

What is due is worked out here from the contract's words, for cameras of a constant rate that start
at second 0; nothing of the engine takes part, so the engine cannot vouch for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from export_service.coded_media import CameraSpec, Code, Luma, Sound, read_code, tone

SOUND_RATE = 48000
MILLISECOND = Fraction(1, 1000)
ALLOWED_LAG_MS = 1.0
#: The right sound correlates above 0.95 after AAC, any other below 0.4.
ALLOWED_MATCH = 0.85
SEARCH_SAMPLES = SOUND_RATE * 40 // 1000
WINDOW_SAMPLES = SOUND_RATE * 300 // 1000
#: From a cut to where its crossfade is over for certain.
GUARD_SAMPLES = SOUND_RATE * 8 // 1000


class Shot(NamedTuple):
    """A segment of the demo programme: a camera from `start` up to `end`, in its own seconds."""

    camera: CameraSpec
    start: Fraction
    end: Fraction


class Due(NamedTuple):
    """What a segment must be: its first programme frame, its frames, where its sound begins."""

    first_frame: int
    frames: tuple[Code, ...]
    anchor: Fraction
    camera: int


@dataclass
class Verdict:
    """What was compared and what was found."""

    due_frames: int = 0
    right_frames: int = 0
    surplus_frames: int = 0
    segments: int = 0
    worst_lag_ms: float = 0.0
    worst_match: float = 1.0
    findings: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether every frame and every sound is the one that was asked for."""
        return not self.findings and self.due_frames == self.right_frames > 0

    def __str__(self) -> str:
        """One sentence, and the first of what is wrong."""
        text = (
            f"{self.right_frames} of {self.due_frames} frames are exactly the frames asked for; "
            f"sound within {max(self.worst_lag_ms, 0.02):.2f} ms in all {self.segments} segments"
        )
        return "\n".join([text, *self.findings[:10]])


def frame_at(camera: CameraSpec, seconds: Fraction) -> int:
    """The number of the frame a camera shows at a time; less than 1 ms early counts as there.

    >>> camera = CameraSpec(1, 100, Fraction(25))
    >>> [frame_at(camera, Fraction(text)) for text in ("0", "0.039", "0.0395", "0.04")]
    [0, 0, 1, 1]
    """
    number = floor(seconds * camera.rate)
    return number + 1 if (number + 1) / camera.rate - seconds < MILLISECOND else number


def what_is_due(shots: Sequence[Shot], rate: Fraction) -> list[Due]:
    """Every frame that the programme must show, segment by segment."""
    due = []
    position = Fraction(0)
    for shot in shots:
        first = floor(position * rate + Fraction(1, 2))
        position += shot.end - shot.start
        count = floor(position * rate + Fraction(1, 2)) - first
        anchor = frame_at(shot.camera, shot.start) / shot.camera.rate
        number = shot.camera.camera
        frames = tuple(Code(number, frame_at(shot.camera, anchor + n / rate)) for n in range(count))
        due.append(Due(first, frames, anchor, number))
    return due


def check(path: Path, shots: Sequence[Shot], rate: Fraction) -> Verdict:
    """Hold a finished file against what is due."""
    due = what_is_due(shots, rate)
    verdict = Verdict(segments=len(due))
    _check_frames(path, due, verdict)
    _check_sound(path, due, rate, verdict)
    return verdict


def _check_frames(path: Path, due: Sequence[Due], verdict: Verdict) -> None:
    codes = [code for part in due for code in part.frames]
    shown = [read_code(luma) for luma in _lumas(path)]
    verdict.due_frames = len(codes)
    if len(shown) != len(codes):
        verdict.findings.append(f"{len(shown)} frames where {len(codes)} are due")
    for n, (code, seen) in enumerate(zip(codes, shown, strict=False)):
        if code == seen:
            verdict.right_frames += 1
        else:
            verdict.findings.append(f"frame {n} shows {seen} where {code} is due")


def _check_sound(path: Path, due: Sequence[Due], rate: Fraction, verdict: Verdict) -> None:
    sound = _sound(path)
    for number, part in enumerate(due):
        starts = round(part.first_frame / rate * SOUND_RATE) + GUARD_SAMPLES
        at = round(part.anchor * SOUND_RATE) + GUARD_SAMPLES
        for channel in (0, 1):
            expected = tone(part.camera, at, WINDOW_SAMPLES, SOUND_RATE, channel)
            lag, match = find_lag(sound[:, channel], expected, starts)
            milliseconds = abs(lag) * 1000 / SOUND_RATE
            verdict.worst_lag_ms = max(verdict.worst_lag_ms, milliseconds)
            verdict.worst_match = min(verdict.worst_match, match)
            if match < ALLOWED_MATCH or milliseconds > ALLOWED_LAG_MS:
                verdict.findings.append(
                    f"the sound of segment {number} is {milliseconds:.2f} ms off, match {match:.2f}"
                )


def find_lag(sound: Sound, expected: Sound, at: int) -> tuple[int, float]:
    """How many samples after `at` the expected sound is heard, and how well it matches.

    >>> heard = tone(2, 0, 9600)
    >>> lag, match = find_lag(heard, heard[3007:5007], 3000)
    >>> lag, round(match, 3)
    (7, 1.0)
    """
    begin = max(0, at - SEARCH_SAMPLES)
    heard = sound[begin : at + len(expected) + SEARCH_SAMPLES].astype(np.float64)
    if len(heard) < len(expected):
        return SEARCH_SAMPLES, 0.0
    wanted = expected.astype(np.float64)
    products = np.correlate(heard, wanted, mode="valid")
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    local = energy[len(wanted) :] - energy[: len(products)]
    match = products / np.sqrt(np.maximum(local, 1e-9) * max(float(wanted @ wanted), 1e-9))
    best = int(np.argmax(match))
    return begin + best - at, float(match[best])


def _lumas(path: Path) -> Iterator[Luma]:
    with av.open(str(path)) as media:
        stream = media.streams.video[0]
        stream.thread_type = "AUTO"
        for frame in media.decode(stream):
            plane = frame.planes[0]
            rows = np.frombuffer(bytes(plane), dtype=np.uint8).reshape(-1, plane.line_size)
            yield rows[: frame.height, : frame.width]


def _sound(path: Path) -> NDArray[np.float32]:
    """The track from presentation time 0 on, two columns at 48 kHz."""
    with av.open(str(path)) as media:
        if not media.streams.audio:
            return np.zeros((0, 2), dtype=np.float32)
        stream = media.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)
        blocks = []
        starts: Fraction | None = None
        for frame in media.decode(stream):
            if starts is None and frame.pts is not None and frame.time_base is not None:
                starts = frame.pts * frame.time_base
            blocks += [part.to_ndarray() for part in resampler.resample(frame)]
    track = np.concatenate(blocks, axis=1).T.astype(np.float32)
    shift = round((starts or Fraction(0)) * SOUND_RATE)
    if shift < 0:
        return track[-shift:]
    return np.concatenate([np.zeros((shift, 2), dtype=np.float32), track])
