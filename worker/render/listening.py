"""A source's sound as a page draws it and as it is compared. Runs in a child process only.

Both begin at source second 0, silence in front included: a place in them is a time of a config.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray

from config_schema.timebase import round_half_up
from worker.plan.alignment import HEARING_RATE, Alignment, align
from worker.plan.footage import Footage
from worker.plan.sound import SAMPLE_RATE
from worker.render.miniature_specs import AlignSpec, HearingSpec, PeaksSpec
from worker.render.sound_feed import Samples, SoundReader

Report = Callable[[float], None]
#: So many pairs of lowest and highest sample a second.
PEAKS_PER_SECOND = 100
_SAMPLES_PER_PEAK = SAMPLE_RATE // PEAKS_PER_SECOND
#: Read at a time: whole peaks, and whole samples of what is compared.
_BLOCK = SAMPLE_RATE


def write_peaks(spec: PeaksSpec, report: Report) -> int:
    """Write pairs of signed bytes, lowest and highest, 127 for full scale; how many pairs."""
    count = 0
    with spec.path.open("wb") as file:
        for block in _blocks(spec.fd, spec.footage, spec.seconds):
            mono = block.mean(axis=1)
            short = -len(mono) % _SAMPLES_PER_PEAK
            parts = np.pad(mono, (0, short)).reshape(-1, _SAMPLES_PER_PEAK)
            pairs = np.stack([parts.min(axis=1), parts.max(axis=1)], axis=1)
            file.write(np.rint(np.clip(pairs, -1, 1) * 127).astype(np.int8).tobytes())
            count += len(pairs)
            report(count / PEAKS_PER_SECOND)
    return count


def write_hearing(spec: HearingSpec, report: Report) -> int:
    """Write 16-bit samples of one channel at `HEARING_RATE`; how many."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=HEARING_RATE)
    count = 0
    with spec.path.open("wb") as file:
        for block in _blocks(spec.fd, spec.footage, spec.seconds):
            for made in resampler.resample(_frame(block)):
                count += _write(file, made)
            report(count / HEARING_RATE)
        for made in resampler.resample(None):
            count += _write(file, made)
    return count


def compare(spec: AlignSpec, report: Report) -> tuple[Alignment, ...]:
    """How each of the others lies to the reference."""
    reference = _heard(spec.reference)
    found = []
    for number, path in enumerate(spec.others):
        found.append(align(reference, _heard(path), spec.most_offset_seconds))
        report(number + 1)
    return tuple(found)


def _heard(path: Path) -> NDArray[np.int16]:
    # A sound of hours stays on the disk; an empty file cannot be mapped.
    return np.memmap(path, np.int16, "r") if path.stat().st_size else np.zeros(0, np.int16)


def _blocks(fd: int, footage: Footage, seconds: Fraction) -> Iterator[Samples]:
    """The sound in blocks of a second, the last one shorter."""
    parts: list[Samples] = []
    held = 0
    for samples in SoundReader(fd, footage).samples(
        Fraction(0), round_half_up(seconds * SAMPLE_RATE)
    ):
        parts.append(samples)
        held += len(samples)
        while held >= _BLOCK:
            whole = np.concatenate(parts)
            yield whole[:_BLOCK]
            parts, held = [whole[_BLOCK:]], held - _BLOCK
    if held:
        yield np.concatenate(parts)


def _frame(block: Samples) -> av.AudioFrame:
    mono: NDArray[np.float32] = block.mean(axis=1, keepdims=True).T
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(mono), format="flt", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    return frame


def _write(file: BinaryIO, made: av.AudioFrame) -> int:
    samples = np.ascontiguousarray(made.to_ndarray().reshape(-1)[: made.samples], np.int16)
    file.write(samples.tobytes())
    return len(samples)
