"""How far apart two recordings of the same scene begin, and how their clocks run apart.

In three steps, from coarse to fine. The loudness of four bands over time, which microphones, rooms
and levels change little, is compared over the whole length: that finds the offset to a hundredth
of a second. Then short windows of the waves themselves are compared near it, by their phases alone
(GCC-PHAT), each to a fraction of a sample. At last it is counted how many windows agree on one
line: their share is the confidence. Sounds that have nothing to do with each other always have a
best offset, but no windows that agree on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.int16]  # one channel at HEARING_RATE
Array = NDArray[np.float32]

#: Samples a second of what is compared: speech is all there.
HEARING_RATE = 8000

#: The envelope: so many samples are one step, and each step looks at so many around it.
_STEP, _LOOK = 80, 256
_STEPS_PER_SECOND = HEARING_RATE // _STEP
_BANDS_HZ = ((250, 500), (500, 1000), (1000, 2000), (2000, 3800))
_CHUNK_STEPS = 20_000
#: The envelope is compared in parts so short that no clock runs apart within one.
_PART_STEPS = 60 * _STEPS_PER_SECOND
#: Clocks of cameras and recorders are within 100 ppm of each other; twice that is looked at.
_MOST_PPM = 200.0
_COARSE_PPM = np.arange(-_MOST_PPM, _MOST_PPM + 1, 20.0)

#: Windows of the waves, and how far around the coarse offset they look.
_WINDOW_SECONDS, _LEAST_WINDOW_SECONDS = 8.0, 0.5
_MOST_WINDOWS = 90
_NEAR_SECONDS = 0.15
_BAND_HZ = (200.0, 3600.0)
_FINER = 4
#: Windows that agree lie within this of one line.
_AGREE_SECONDS = 0.002
#: Below this of full scale nothing is heard.
_SILENT = 3.0
#: What is called found: so large a share of the windows, and so many of them.
LEAST_SHARE = 0.3
LEAST_WINDOWS = 4
#: Over less than this a drift cannot be told from noise.
_DRIFT_SPAN_SECONDS = 30.0


@dataclass(frozen=True)
class Alignment:
    """What is heard at second t of the other is heard at `offset_seconds + t * (1 + drift)` of the
    reference, `drift_ppm` in millionths; None where the overlap is too short to tell.

    `confidence` is the share of the windows compared that agree, 0 to 1; without `found` the offset
    means nothing.
    """

    found: bool
    offset_seconds: float
    drift_ppm: float | None
    confidence: float


NOT_FOUND = Alignment(found=False, offset_seconds=0.0, drift_ppm=None, confidence=0.0)


def align(reference: Sound, other: Sound, most_offset_seconds: float) -> Alignment:
    """How `other` lies to `reference`, looked for up to so many seconds apart.

    The sounds may be mapped from a disk; beside them two hours of each take less than 200 MB.
    """
    if min(len(reference), len(other)) < _LEAST_WINDOW_SECONDS * HEARING_RATE * 2:
        return NOT_FOUND
    coarse = _coarse(envelope(reference), envelope(other), most_offset_seconds)
    if coarse is None:
        return NOT_FOUND
    offset, ppm = coarse
    windows = list(_windows(reference, other, offset, ppm))
    if not windows:
        return NOT_FOUND
    return _agreed(np.array(windows), ppm)


def envelope(sound: Sound) -> Array:
    """How the loudness of each band changes, step by step: rows of bands, whitened.

    A step is a hundredth of a second.
    """
    count = max(0, (len(sound) - _LOOK) // _STEP + 1)
    levels = np.zeros((len(_BANDS_HZ), count), np.float32)
    window = np.hanning(_LOOK).astype(np.float32)
    edges = [tuple(round(hz * _LOOK / HEARING_RATE) for hz in band) for band in _BANDS_HZ]
    for first in range(0, count, _CHUNK_STEPS):
        last = min(count, first + _CHUNK_STEPS)
        part = np.asarray(sound[first * _STEP : (last - 1) * _STEP + _LOOK], np.float32)
        looks = np.lib.stride_tricks.sliding_window_view(part, _LOOK)[::_STEP]
        power = np.abs(np.fft.rfft(looks * window, axis=1)) ** 2
        for row, (low, high) in enumerate(edges):
            levels[row, first:last] = np.log(power[:, low:high].sum(axis=1) + 1e3)
    change = np.diff(levels, axis=1, prepend=levels[:, :1])
    change -= change.mean(axis=1, keepdims=True)
    spread = change.std(axis=1, keepdims=True)
    whitened: Array = np.clip(change / np.where(spread > 0, spread, 1), -4, 4).astype(np.float32)
    return whitened


def _coarse(
    reference: Array, other: Array, most_offset_seconds: float
) -> tuple[float, float] | None:
    """The offset in seconds and the drift in ppm at which the envelopes agree best."""
    most = round(most_offset_seconds * _STEPS_PER_SECOND)
    total = np.zeros((len(_COARSE_PPM), 2 * most + 1), np.float32)
    for first in range(0, other.shape[1], _PART_STEPS):
        part = other[:, first : first + _PART_STEPS]
        scores = _scores(reference, part, first, most)
        if scores is None:
            continue
        middle = (first + part.shape[1] / 2) * 1e-6
        for row, ppm in enumerate(_COARSE_PPM):
            # What drifted by so much here lay there at the beginning.
            shift = round(ppm * middle)
            total[row] += np.roll(scores, -shift)
    if not total.any():
        return None
    best, column = divmod(int(np.argmax(total)), total.shape[1])
    return (column - most) / _STEPS_PER_SECOND, float(_COARSE_PPM[best])


def _scores(reference: Array, part: Array, first: int, most: int) -> Array | None:
    """How well a part of the other fits at each offset from -most to most."""
    begin = first - most
    low, high = max(0, begin), min(reference.shape[1], first + part.shape[1] + most)
    if low >= high:
        return None
    whole = np.zeros((reference.shape[0], part.shape[1] + 2 * most), np.float32)
    whole[:, low - begin : high - begin] = reference[:, low:high]
    size = 1 << (whole.shape[1] + part.shape[1]).bit_length()
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    both = np.fft.irfft(spectrum.sum(axis=0), size)[: 2 * most + 1]
    # A step's error to both sides counts as well.
    smooth: Array = np.convolve(both, np.ones(3), "same").astype(np.float32)
    return smooth


def _windows(
    reference: Sound, other: Sound, offset: float, ppm: float
) -> Iterator[tuple[float, float]]:
    """Pairs of a second of the other and the offset there, of windows in which there is sound."""
    begin = max(0.0, -offset)
    end = min(len(other) / HEARING_RATE, len(reference) / HEARING_RATE - offset)
    length = min(_WINDOW_SECONDS, max(_LEAST_WINDOW_SECONDS, (end - begin) / 10))
    count = min(_MOST_WINDOWS, int((end - begin) / length * 2) - 1)
    if count < LEAST_WINDOWS:
        return
    for start in np.linspace(begin, end - length, count):
        around = offset + start * ppm * 1e-6
        lag = _lag(reference, other, start, length, around)
        if lag is not None:
            yield float(start + length / 2), lag


def _lag(
    reference: Sound, other: Sound, start: float, length: float, around: float
) -> float | None:
    """The offset of the window at `start`, to a fraction of a sample; None in silence."""
    first, size = round(start * HEARING_RATE), round(length * HEARING_RATE)
    near = round(_NEAR_SECONDS * HEARING_RATE)
    there = first + round(around * HEARING_RATE)
    here = np.asarray(other[first : first + size], np.float32)
    whole = np.zeros(size + 2 * near, np.float32)
    low, high = max(0, there - near), min(len(reference), there + size + near)
    if low >= high or len(here) < size:
        return None
    whole[low - there + near : high - there + near] = reference[low:high]
    if here.std() < _SILENT or whole.std() < _SILENT:
        return None
    points = 1 << (len(whole) + size).bit_length()
    taper = np.hanning(size).astype(np.float32)
    cross = np.fft.rfft(whole, points) * np.conj(np.fft.rfft(here * taper, points))
    hertz = np.arange(len(cross)) * HEARING_RATE / points
    cross[(hertz < _BAND_HZ[0]) | (hertz > _BAND_HZ[1])] = 0
    # By phases alone an echo or another microphone's colour does not count.
    cross /= np.maximum(np.abs(cross), 1e-9)
    curve = np.fft.irfft(cross, points * _FINER)[: (2 * near + 1) * _FINER]
    best = int(np.argmax(curve))
    fraction = _summit(curve, best)
    place = (best + fraction) / _FINER - near
    return (there - first + place) / HEARING_RATE


def _summit(curve: NDArray[np.float64], best: int) -> float:
    """Where between its neighbours the summit lies, -0.5 to 0.5: a parabola through three."""
    if not 0 < best < len(curve) - 1:
        return 0.0
    left, here, right = curve[best - 1 : best + 2]
    bend = left - 2 * here + right
    return float(0.5 * (left - right) / bend) if bend < 0 else 0.0


def _agreed(windows: NDArray[np.float64], ppm: float) -> Alignment:
    """The line on which most windows agree, and how many do."""
    seconds, lags = windows[:, 0], windows[:, 1]
    span = float(np.ptp(seconds))
    # The coarse drift is known to some twenty millionths, or not at all where the overlap is short.
    step = max(2.0, 1e6 * _AGREE_SECONDS / max(span, 1.0))
    drifts = np.arange(-_MOST_PPM, _MOST_PPM + step, step) if span > 1 else np.array([ppm])
    best = max((_densest(lags - seconds * drift * 1e-6) for drift in drifts), key=np.count_nonzero)
    share = float(np.count_nonzero(best)) / len(lags)
    if share < LEAST_SHARE or np.count_nonzero(best) < LEAST_WINDOWS:
        return Alignment(found=False, offset_seconds=0.0, drift_ppm=None, confidence=share)
    if np.ptp(seconds[best]) < _DRIFT_SPAN_SECONDS:
        offset = float(np.median(lags[best]))
        return Alignment(found=True, offset_seconds=offset, drift_ppm=None, confidence=share)
    slope, offset = np.polyfit(seconds[best], lags[best], 1)
    # Once more without those that were only just near enough.
    apart = np.abs(lags - offset - slope * seconds)
    near = best & (apart < 2 * max(float(np.median(apart[best])), 1 / HEARING_RATE))
    if np.count_nonzero(near) >= LEAST_WINDOWS:
        slope, offset = np.polyfit(seconds[near], lags[near], 1)
    return Alignment(
        found=True, offset_seconds=float(offset), drift_ppm=float(slope) * 1e6, confidence=share
    )


def _densest(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the values lie together in the narrow stretch that holds most of them."""
    order = np.sort(values)
    counts = np.searchsorted(order, order + 2 * _AGREE_SECONDS, "right") - np.arange(len(order))
    low = order[int(np.argmax(counts))]
    found: NDArray[np.bool_] = (values >= low) & (values <= low + 2 * _AGREE_SECONDS)
    return found
