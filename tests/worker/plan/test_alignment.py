"""Sounds whose offset is known to a fraction of a sample, and sounds that have none."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from worker.plan.alignment import HEARING_RATE, LEAST_SHARE, Sound, align

RATE = HEARING_RATE
FRAME = 1 / 60


def speech(seconds: float, seed: int) -> NDArray[np.float64]:
    """Something like speech: noise of changing colour in syllables with pauses between."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE)
    parts: list[NDArray[np.float64]] = []
    have = 0
    while have < count:
        length = int(rng.uniform(0.08, 0.35) * RATE)
        voice = rng.standard_normal(length)
        pitch = rng.uniform(90, 250)
        buzz = np.sin(2 * np.pi * np.cumsum(np.full(length, pitch)) / RATE) ** 15
        syllable = (0.6 * voice + 4 * buzz) * np.hanning(length) * rng.uniform(0.3, 1)
        pause = np.zeros(int(rng.exponential(0.12) * RATE))
        parts += [np.convolve(syllable, rng.standard_normal(12), "same"), pause]
        have += len(syllable) + len(pause)
    whole = np.concatenate(parts)[:count]
    spectrum = np.fft.rfft(whole)
    # What lies at the very top cannot be shifted by a fraction of a sample.
    spectrum[int(len(spectrum) * 0.92) :] = 0
    return np.asarray(np.fft.irfft(spectrum, count) / 3)


def heard(
    scene: NDArray[np.float64], start: float, seconds: float, drift_ppm: float = 0
) -> NDArray[np.float64]:
    """What a microphone hears from `start` on, its clock running fast or slow."""
    pad = 64
    at = (start + np.arange(round(seconds * RATE)) / RATE * (1 + drift_ppm * 1e-6)) * RATE
    whole = np.floor(at).astype(np.int64)
    part = at - whole
    made = np.zeros(len(at))
    for tap in range(-16, 17):
        weight = np.sinc(part - tap) * np.cos(np.pi * (part - tap) / 36) ** 2
        made += weight * scene[np.clip(whole + tap, pad, len(scene) - pad)]
    return made


def recorded(sound: NDArray[np.float64], gain: float = 4000) -> Sound:
    return np.clip(np.rint(sound * gain), -32768, 32767).astype(np.int16)


def colour(sound: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Another microphone in another place: its own colour, and the echoes of the room."""
    rng = np.random.default_rng(seed)
    room = rng.standard_normal(1600) * np.exp(-np.arange(1600) / 300) * 0.25
    room[0] = 1
    coloured = np.convolve(sound, [0.7, 0.35, -0.2, 0.1])[: len(sound)]
    return np.asarray(np.convolve(coloured, room)[: len(sound)])


def noise_like(sound: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Noise as loud as the sound: 0 dB."""
    return np.asarray(np.random.default_rng(seed).standard_normal(len(sound)) * sound.std())


@pytest.fixture(scope="module")
def scene() -> NDArray[np.float64]:
    return speech(200, 1)


@pytest.mark.parametrize("offset", [1.7, -0.9, 0.0, 1.70003, 35.3337, -20.12345])
def test_an_offset_is_found_to_a_fraction_of_a_sample(
    scene: NDArray[np.float64], offset: float
) -> None:
    reference, other = heard(scene, 40, 60), heard(scene, 40 + offset, 60)
    found = align(recorded(reference), recorded(other), 60)
    assert found.found
    assert found.offset_seconds == pytest.approx(offset, abs=0.1 / RATE)
    assert found.confidence > 0.9


def test_other_microphones_rooms_levels_and_noise_of_0_db_move_it_less_than_a_frame(
    scene: NDArray[np.float64],
) -> None:
    reference = colour(heard(scene, 10, 90), 2)
    other = 0.1 * colour(heard(scene, 11.7, 90), 3)
    found = align(
        recorded(reference + noise_like(reference, 4)),
        recorded(other + noise_like(other, 5), 8000),
        600,
    )
    assert found.found
    assert found.offset_seconds == pytest.approx(1.7, abs=FRAME / 4)


@pytest.mark.parametrize("drift", [50.0, -50.0, 0.0])
def test_a_clock_that_runs_fast_or_slow_is_told(scene: NDArray[np.float64], drift: float) -> None:
    reference = heard(scene, 5, 180)
    other = heard(scene, 6.7, 180, drift)
    found = align(recorded(reference), recorded(other), 30)
    assert found.found
    assert found.drift_ppm == pytest.approx(drift, abs=1)
    assert found.offset_seconds == pytest.approx(1.7, abs=1 / RATE)


@pytest.mark.parametrize("seed", range(5))
def test_sounds_that_have_nothing_to_do_with_each_other_are_not_found(seed: int) -> None:
    found = align(recorded(speech(60, 100 + seed)), recorded(speech(60, 200 + seed)), 600)
    assert not found.found
    assert found.confidence < LEAST_SHARE


def test_an_offset_beyond_what_is_looked_at_is_not_found(scene: NDArray[np.float64]) -> None:
    reference, other = recorded(heard(scene, 5, 60)), recorded(heard(scene, 45, 60))
    assert not align(reference, other, 20).found
    assert align(reference, other, 60).found


def test_silence_and_next_to_nothing_are_not_found(scene: NDArray[np.float64]) -> None:
    sound, nothing = recorded(heard(scene, 5, 20)), np.zeros(20 * RATE, np.int16)
    for pair in ((sound, nothing), (nothing, sound), (nothing, nothing), (sound[:0], sound)):
        assert not align(*pair, 600).found


def test_clips_of_a_few_seconds_are_enough(scene: NDArray[np.float64]) -> None:
    found = align(recorded(heard(scene, 30, 8)), recorded(heard(scene, 29.1, 8)), 600)
    assert found.found
    assert found.offset_seconds == pytest.approx(-0.9, abs=1 / RATE)
    assert found.drift_ppm is None
