"""How wrong a programme is: its frames by number, its sound by where each segment is heard."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from export_service.coded_media import Area, Code, read_code
from tests.media.decode import FFMPEG
from tests.media.oracle import SOUND_RATE, Expected, Part

#: The codes are large: they are read from small pictures, which saves most of the time.
WIDTH, HEIGHT = 192, 108
WINDOW, GUARD = SOUND_RATE * 300 // 1000, SOUND_RATE * 20 // 1000
#: Sound is sought where the segment before had it, then farther and farther off.
REACHES = tuple(SOUND_RATE * ms // 1000 for ms in (100, 2_000, 30_000))
#: The right sound correlates above 0.95 after AAC, any other below 0.4.
ENOUGH = 0.85

Samples = NDArray[np.int16]


@dataclass(frozen=True)
class Truth:
    """What a file is, compared with what is due."""

    frames: int
    due: int
    wrong: int
    worst_lag_ms: float
    #: Segments whose sound is nowhere near, or that were too short to tell.
    unheard: int

    @property
    def extra(self) -> int:
        """How many frames more than due there are; below zero: fewer."""
        return self.frames - self.due


def compare(path: Path, expected: Expected) -> Truth:
    """Hold a file against what its config asks for."""
    shown = read_codes(path)
    lags = read_lags(read_sound(path), expected)
    heard = [abs(lag) for lag in lags if lag is not None]
    return Truth(
        frames=len(shown),
        due=len(expected.frames),
        wrong=wrong_frames(shown, expected.frames),
        worst_lag_ms=max(heard, default=0) * 1000 / SOUND_RATE,
        unheard=lags.count(None),
    )


def wrong_frames(shown: Sequence[Code | None], due: Sequence[Code | None]) -> int:
    """Frames that are not what they should be at their place; a missing one is wrong as well.

    >>> a, b = Code(1, 1), Code(1, 2)
    >>> wrong_frames([a, a, b, b], [a, b, b]), wrong_frames([a], [a, b])
    (1, 1)
    """
    return len(due) - sum(is_one == one for is_one, one in zip(shown, due, strict=False))


def read_codes(path: Path) -> list[Code | None]:
    """What every presented frame says it is."""
    argv = [FFMPEG, "-nostdin", "-v", "error", "-i", f"file:{path}", "-map", "0:V:0"]
    argv += ["-fps_mode", "passthrough", "-vf", f"scale={WIDTH}:{HEIGHT}:flags=area,format=gray"]
    argv += ["-f", "rawvideo", "pipe:1"]
    size = WIDTH * HEIGHT
    area = Area(0, 0, WIDTH, HEIGHT)
    codes: list[Code | None] = []
    with subprocess.Popen(argv, stdout=subprocess.PIPE, bufsize=size * 16) as process:
        assert process.stdout is not None
        while len(block := process.stdout.read(size)) == size:
            luma = np.frombuffer(block, dtype=np.uint8).reshape(HEIGHT, WIDTH)
            codes.append(read_code(luma, area))
    return codes


def read_sound(path: Path) -> Samples:
    """The left channel as a player presents it; nothing where there is no track."""
    align = f"aresample={SOUND_RATE}:async=1:first_pts=0:min_hard_comp=0.0015"
    argv = [FFMPEG, "-nostdin", "-v", "error", "-i", f"file:{path}", "-map", "0:a:0?"]
    argv += ["-af", f"{align},pan=mono|c0=c0", "-f", "s16le", "pipe:1"]
    found = subprocess.run(argv, stdout=subprocess.PIPE, check=False).stdout
    return np.frombuffer(found[: len(found) // 2 * 2], dtype=np.int16)


def read_lags(sound: Samples, expected: Expected) -> list[int | None]:
    """How many samples late each segment's sound is; None where it is not found."""
    lags: list[int | None] = []
    last = 0
    for part in expected.parts:
        lag = _lag(sound, expected, part, last)
        lags.append(lag)
        last = last if lag is None else lag
    return lags


def _lag(sound: Samples, expected: Expected, part: Part, last: int) -> int | None:
    known = expected.known[part.source].sound
    if known is None or (part.end - part.start) / expected.rate * SOUND_RATE < WINDOW + 2 * GUARD:
        return None
    wanted = known.at(part.anchor + Fraction(GUARD, SOUND_RATE), WINDOW)[:, 0]
    due = round(part.start / expected.rate * SOUND_RATE) + GUARD
    for reach in REACHES:
        place, match = find(sound, wanted.astype(np.float64), due + last, reach)
        if match >= ENOUGH:
            return place - due
    return None


def find(sound: Samples, wanted: NDArray[np.float64], near: int, reach: int) -> tuple[int, float]:
    """Where within `reach` of `near` something is heard best, and how well it matches."""
    begin = max(0, near - reach)
    heard = sound[begin : max(0, near + len(wanted) + reach)].astype(np.float64) / 32768
    places = len(heard) - len(wanted) + 1
    if places < 1:
        return near, 0.0
    size = 1 << (len(heard) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size))
    products = np.fft.irfft(spectrum, size)[:places]
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    local = energy[len(wanted) :] - energy[:places]
    match = products / np.sqrt(np.maximum(local, 1e-6) * float(wanted @ wanted))
    best = int(np.argmax(match))
    return begin + best, float(match[best])
