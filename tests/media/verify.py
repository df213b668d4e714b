"""An exported file held against what the contract asks, with every difference as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from export_service.coded_media import LEVEL, Area
from tests.media.decode import Decoded, Picture, decode, uneven_steps
from tests.media.oracle import SOUND_RATE, Expected, Stereo

ALLOWED_LAG_MS = 1.0
#: Sound that is the right one correlates above 0.95 after AAC or Opus; any other below 0.4.
ALLOWED_CORRELATION = 0.85
#: A dip to silence leaves 0.5 around a cut, a hard cut 0.65. Coding leaves 0.1, and up to 0.35
#: where the encoder meets a change that it finds hard.
ALLOWED_RESIDUAL, ALLOWED_TYPICAL_RESIDUAL = 0.42, 0.25
ALLOWED_NOISE = 0.004
#: Pixels that a fitted picture's edge may be off: rounding to even, and one of ringing.
ALLOWED_EDGE = 3
SEARCH_SAMPLES = SOUND_RATE * 60 // 1000
SHORTEST_WINDOW, LONGEST_WINDOW = SOUND_RATE * 80 // 1000, SOUND_RATE * 300 // 1000
CUT_GUARD = SOUND_RATE * 8 // 1000
CODING_GUARD = SOUND_RATE * 30 // 1000
_BIN = SOUND_RATE // 1000


@dataclass
class Verdict:
    """What was compared, and what was wrong with it."""

    frames: int = 0
    wrong_frames: int = 0
    windows: int = 0
    segments_heard: set[int] = field(default_factory=set)
    worst_lag_ms: float = 0.0
    cuts: int = 0
    worst_residual: float = 0.0
    typical_residual: float = 0.0
    findings: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        numbers = (
            f"{self.frames} frames, {self.wrong_frames} wrong; {self.windows} sound windows in "
            f"{len(self.segments_heard)} segments, worst lag {self.worst_lag_ms:.3f} ms; "
            f"{self.cuts} cuts, residual {self.worst_residual:.3f} at worst, "
            f"{self.typical_residual:.3f} mostly"
        )
        return "\n".join([numbers, *self.findings[:20]])


def assert_exact(path: Path, expected: Expected) -> Verdict:
    """Fail with every finding unless the file is the programme that was asked for."""
    verdict = verify(decode(path), expected)
    assert not verdict.findings, str(verdict)
    return verdict


def verify(decoded: Decoded, expected: Expected) -> Verdict:
    """Compare a decoded file with the programme that was asked for."""
    verdict = Verdict()
    if decoded.complaints:
        verdict.findings.append(f"the decoder complains: {decoded.complaints[:400]}")
    _compare_pictures(decoded, expected, verdict)
    _compare_times(decoded, expected, verdict)
    _compare_sound(decoded, expected, verdict)
    return verdict


def _compare_pictures(decoded: Decoded, expected: Expected, verdict: Verdict) -> None:
    verdict.frames = len(decoded.pictures)
    facts = decoded.facts
    if facts.shown_size != (expected.width, expected.height):
        size = f"{expected.width}x{expected.height}"
        verdict.findings.append(f"the picture is {facts.shown_size}, not {size}")
    if len(decoded.pictures) != len(expected.frames):
        verdict.findings.append(
            f"{len(decoded.pictures)} frames where {len(expected.frames)} are due"
        )
    areas = [fitted(expected, known.lead.width, known.lead.height) for known in expected.known]
    for part in expected.parts:
        for n in range(part.start, min(part.end, len(decoded.pictures))):
            wrong = _fault_of(decoded.pictures[n], expected, n, areas[part.source])
            if wrong:
                verdict.wrong_frames += 1
                verdict.findings.append(f"segment {part.segment}, frame {n}: {wrong}")


def _fault_of(picture: Picture, expected: Expected, n: int, area: Area) -> str:
    due = expected.frames[n]
    if due is None:
        return "" if picture.is_black else f"{picture.code} where black is due"
    if picture.code != due:
        what = "black" if picture.is_black else picture.code or "an unreadable picture"
        return f"{what} where {due} is due"
    assert picture.area is not None
    off = max(abs(a - b) for a, b in zip(picture.area, area, strict=True))
    return "" if off <= ALLOWED_EDGE else f"the picture lies at {picture.area}, not {area}"


def fitted(expected: Expected, width: int, height: int) -> Area:
    """Where a picture lies when its aspect is kept inside the output's frame."""
    scale = min(Fraction(expected.width, width), Fraction(expected.height, height))
    inner_width, inner_height = round(width * scale), round(height * scale)
    left, top = (expected.width - inner_width) // 2, (expected.height - inner_height) // 2
    return Area(left, top, left + inner_width, top + inner_height)


def _compare_times(decoded: Decoded, expected: Expected, verdict: Verdict) -> None:
    name = decoded.facts.video_codec
    # Matroska and webm round to milliseconds; mp4 has any timescale and must be exact.
    base = Fraction(1, 1000) if name == "vp9" else Fraction(1, 10**9)
    if len(decoded.pts) != len(decoded.pictures):
        verdict.findings.append(
            f"{len(decoded.pts)} packets for {len(decoded.pictures)} presented frames"
        )
    uneven = uneven_steps(decoded.pts, expected.rate, base)
    if uneven:
        n = uneven[0]
        verdict.findings.append(
            f"{len(uneven)} uneven timestamps, frame {n} at {float(decoded.pts[n]):.6f} s "
            f"and not {float(n / expected.rate):.6f} s"
        )


def _compare_sound(decoded: Decoded, expected: Expected, verdict: Verdict) -> None:
    sound = decoded.sound
    if not expected.include_audio:
        if sound is not None:
            verdict.findings.append("a sound track where none was asked for")
        return
    if sound is None:
        verdict.findings.append("no sound track")
        return
    # The last packet may be filled up.
    if not -48 <= len(sound) - expected.samples <= 2048:
        verdict.findings.append(f"{len(sound)} samples of sound where {expected.samples} are due")
    due = expected.sound()
    length = min(len(due), len(sound))
    due, sound = due[:length], sound[:length]
    lags = _compare_lags(sound, due, expected, verdict)
    _compare_silence(sound, due, verdict)
    # A lag within what is allowed is no click: each side of a cut is taken where it lies.
    shifted = expected.sound(lags)[:length] if any(lags.values()) else due
    _compare_cuts(sound, shifted, expected, verdict)


def _compare_lags(
    sound: Stereo, due: Stereo, expected: Expected, verdict: Verdict
) -> dict[int, int]:
    """The lag of each part that is long enough to measure it, in samples."""
    loud = _loud(due)
    lags: dict[int, int] = {}
    for part in expected.parts:
        start = _sample(part.start, expected) + CUT_GUARD
        end = min(_sample(part.end, expected), len(due)) - CUT_GUARD
        for left, right in _windows(loud, start, end):
            verdict.windows += 1
            verdict.segments_heard.add(part.segment)
            for channel in (0, 1):
                lag, match = measure_lag(sound[:, channel], due[:, channel], left, right)
                lags[part.segment] = lag
                ms = lag * 1000 / SOUND_RATE
                verdict.worst_lag_ms = max(verdict.worst_lag_ms, abs(ms))
                if match < ALLOWED_CORRELATION or abs(ms) > ALLOWED_LAG_MS:
                    verdict.findings.append(
                        f"segment {part.segment}, channel {channel}, at {left / SOUND_RATE:.3f} s:"
                        f" sound {ms:+.3f} ms off, correlation {match:.3f}"
                    )
    return lags


def measure_lag(
    sound: NDArray[np.float32], due: NDArray[np.float32], left: int, right: int
) -> tuple[int, float]:
    """How many samples late `due[left:right]` is heard in `sound`, and how well it matches."""
    template = due[left:right].astype(np.float64)
    begin = max(0, left - SEARCH_SAMPLES)
    heard = sound[begin : right + SEARCH_SAMPLES].astype(np.float64)
    size = 1 << (len(heard) + len(template)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(template, size))
    places = len(heard) - len(template) + 1
    products = np.fft.irfft(spectrum, size)[:places]
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    local = energy[len(template) :] - energy[:places]
    match = products / np.sqrt(np.maximum(local, 1e-9) * max(float(template @ template), 1e-9))
    best = int(np.argmax(match))
    return begin + best - left, float(match[best])


def _sample(frame: int, expected: Expected) -> int:
    return round(frame / expected.rate * SOUND_RATE)


def _loud(due: Stereo) -> NDArray[np.bool_]:
    """Per millisecond whether something is to be heard in both channels."""
    bins = len(due) // _BIN
    power = (due[: bins * _BIN].reshape(bins, _BIN, 2) ** 2).max(axis=1)
    loud: NDArray[np.bool_] = (power > (LEVEL / 10) ** 2).all(axis=1)
    return loud


def _windows(loud: NDArray[np.bool_], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The beginning, middle and end of the longest stretch of sound within [start, end)."""
    first, past = -(-start // _BIN), end // _BIN
    best = (first, first)
    for left, right in runs(loud[first:past]):
        if right - left > best[1] - best[0]:
            best = (first + left, first + right)
    left, right = best[0] * _BIN, best[1] * _BIN
    if right - left < SHORTEST_WINDOW:
        return
    size = min(LONGEST_WINDOW, right - left)
    middle = (left + right - size) // 2
    for at in sorted({left, middle, right - size}):
        yield at, at + size


def runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """The half-open stretches in which all flags are set."""
    padded = np.concatenate([[False], flags, [False]])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _compare_silence(sound: Stereo, due: Stereo, verdict: Verdict) -> None:
    for left, right in runs((due == 0).all(axis=1)):
        inside = sound[left + CODING_GUARD : right - CODING_GUARD]
        if len(inside) and (noise := float(np.sqrt((inside**2).mean()))) > ALLOWED_NOISE:
            verdict.findings.append(
                f"{left / SOUND_RATE:.3f} to {right / SOUND_RATE:.3f} s: noise of {noise:.4f} "
                "where silence is due"
            )


def _compare_cuts(sound: Stereo, due: Stereo, expected: Expected, verdict: Verdict) -> None:
    residuals = []
    reach = SOUND_RATE * 3 // 1000
    for before, after in zip(expected.parts, expected.parts[1:], strict=False):
        cut = _sample(after.start, expected)
        here = slice(max(0, cut - reach), cut + reach)
        heard = due[here]
        if not heard.any():
            continue
        verdict.cuts += 1
        level = max(float(np.sqrt((heard**2).mean())), LEVEL / 3)
        residual = float(np.sqrt(((sound[here] - heard) ** 2).mean())) / level
        residuals.append(residual)
        if residual > ALLOWED_RESIDUAL:
            verdict.findings.append(
                f"the cut from segment {before.segment} to {after.segment} at "
                f"{cut / SOUND_RATE:.3f} s clicks or dips: residual {residual:.2f}"
            )
    if residuals:
        verdict.worst_residual = max(residuals)
        verdict.typical_residual = float(np.median(residuals))
    if verdict.typical_residual > ALLOWED_TYPICAL_RESIDUAL:
        verdict.findings.append(f"the cuts click or dip: residual {verdict.typical_residual:.2f}")
