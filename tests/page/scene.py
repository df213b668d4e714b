"""Three cameras in one room: pictures that say their number, and one sound, known to the sample.

What is heard at second t of the room is the same for every camera; each begins at a second of its
own. So sync by sound has something to find, and what it has to find is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from export_service.coded_media import AudioSpec, CameraSpec, make_camera
from tests.media.footage import Source, known_of, made
from tests.media.oracle import Known

RATE = Fraction(30)
SOUND_RATE = 48000
#: In the room's time the first camera begins here, so that others can begin before it.
FIRST = Fraction(2)
#: How much later than the first the others begin.
LATER = (Fraction(0), Fraction(17, 10), Fraction(-9, 10))
NAMES = ("wide.mp4", "close up.mp4", "guest.mp4")
SECONDS = 40
_ROOM_SECONDS = 60
_RECIPE = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def room() -> NDArray[np.float32]:
    """The room's sound: noise in syllables with pauses between, of changing colour."""
    rng = np.random.default_rng(12)
    count = _ROOM_SECONDS * SOUND_RATE
    parts: list[NDArray[np.float64]] = []
    have = 0
    while have < count:
        length = int(rng.uniform(0.08, 0.35) * SOUND_RATE)
        voice = np.convolve(rng.standard_normal(length), rng.standard_normal(24), "same")
        syllable = voice * np.hanning(length) * rng.uniform(0.3, 1)
        pause = np.zeros(int(rng.exponential(0.1) * SOUND_RATE))
        parts += [syllable, pause]
        have += length + len(pause)
    whole = np.concatenate(parts)[:count]
    return np.asarray(whole / np.abs(whole).max() * 0.5, dtype=np.float32)


@dataclass(frozen=True)
class RoomSound(AudioSpec):
    """The room's sound from a second of the room on."""

    begins: Fraction = Fraction(0)

    def blocks(self, camera: int, count: int) -> Iterator[bytes]:  # noqa: ARG002
        """As every camera hears it, whichever it is."""
        first = round(self.begins * SOUND_RATE)
        heard = room()[first : first + count]
        yield np.stack([heard] * self.channels, axis=1).tobytes()


def camera(number: int, seconds: int = SECONDS, width: int = 640, height: int = 360) -> Source:
    """The camera at place `number` of the room, counted from 0."""
    spec = CameraSpec(
        number + 1,
        seconds * int(RATE),
        RATE,
        width,
        height,
        audio=RoomSound(begins=FIRST + LATER[number]),
        extra_args=("-preset", "veryfast", "-bf", "2"),
    )

    def recipe(path: Path) -> Known:
        make_camera(path, spec)
        return known_of(spec)

    name = f"room {_RECIPE} {number} {seconds} {width}x{height}.mp4"
    source = made(name, recipe)
    return Source(source.path, source.known, NAMES[number])


def cameras() -> list[Source]:
    """All of them."""
    return [camera(number) for number in range(len(NAMES))]
