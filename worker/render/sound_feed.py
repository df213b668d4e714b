"""Hands the programme's sound to an encoder, sample by sample. Runs in a child process only."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
from numpy.typing import NDArray

from config_schema.timebase import round_half_up
from worker.ffmpeg.media import audio_track, only, open_media, packets_of, second_of
from worker.plan.footage import Footage, Sound
from worker.plan.sound import CHANNELS, FADE_SAMPLES, SAMPLE_RATE, SoundRun
from worker.render.spec import SoundSpec, read_answer

Samples = NDArray[np.float32]  # (n, 2), 48 kHz

HALF_FADE = FADE_SAMPLES // 2
#: Decoding begins so much earlier than needed: the codec's windows and bit reservoirs have settled
#: by then. AAC overlaps one frame, Opus converges in 80 ms, others are given plenty.
PRE_ROLL_SECONDS = {"aac": Fraction(1, 10), "opus": Fraction(1, 10)}
LONG_PRE_ROLL_SECONDS = Fraction(1, 2)
#: A packet's time may be off by this much before it counts as a gap or an overlap: containers
#: round to milliseconds, and cameras' clocks jitter.
JITTER_SECONDS = Fraction(1, 50)
SILENCE_BLOCK = SAMPLE_RATE
#: Every 147th sample at 44.1 kHz, or 22.05 or 11.025, is one at 48 kHz.
LEAD_IN_SAMPLES = 147


def feed_sound(spec: SoundSpec) -> int:
    """Write the sound that is asked for to standard output; how many samples were written."""
    return sum(map(_write, asked_for(spec)))


def asked_for(spec: SoundSpec) -> Iterator[Samples]:
    """The mixed sound without what only kept its fades whole at both ends."""
    blocks = _Rest(mixed(spec))
    blocks.take(-spec.runs[0].start)
    return blocks.upto(spec.samples)


def mixed(spec: SoundSpec) -> Iterator[Samples]:
    """The sound of all runs in blocks, faded from one into the next."""
    footage = read_answer(spec.footage, dict[int, Footage])
    readers: dict[int, SoundReader] = {}
    halves = _half_fades(spec.runs)
    # What an earlier run leaves to be mixed into the beginning of the next: its faded-out end.
    tail: Samples = np.zeros((0, CHANNELS), np.float32)
    for run, (before, after) in zip(spec.runs, pairwise(halves), strict=True):
        source = run.source
        if source is not None and source not in readers:
            readers[source] = SoundReader(spec.fds[source], footage[source])
        blocks = _Rest(_blocks(run, before, after, readers))
        if before:
            yield blocks.take(2 * before) * _ramp(before) + tail
        yield from blocks.upto(run.end - run.start - before - after)
        tail = blocks.take(2 * after) * (np.float32(1) - _ramp(after))


def _half_fades(runs: Sequence[SoundRun]) -> list[int]:
    """Half the length of the fade at each run's beginning, and at the end of the last.

    Runs of one frame at a high rate are shorter than a fade: theirs meet in their middle.
    """
    lengths = [(run.end - run.start) // 2 for run in runs]
    return [0, *(min(HALF_FADE, a, b) for a, b in pairwise(lengths)), 0]


def _ramp(half: int) -> Samples:
    steps: Samples = ((np.arange(2 * half) + 0.5) / max(1, 2 * half)).astype(np.float32)
    return steps[:, None]


def _blocks(
    run: SoundRun, before: int, after: int, readers: dict[int, SoundReader]
) -> Iterator[Samples]:
    """The run's samples with handles on both sides, in blocks."""
    count = before + (run.end - run.start) + after
    if run.source is None:
        return _silence(count)
    return readers[run.source].samples(run.second - Fraction(before, SAMPLE_RATE), count)


class SoundReader:
    """The sound of one source at any second, as 48 kHz stereo."""

    def __init__(self, fd: int, footage: Footage) -> None:
        assert footage.sound is not None
        self._sound: Sound = footage.sound
        self._zero = footage.zero
        self._container = open_media(fd, footage.name)
        self._stream = audio_track(self._container, footage.sound.stream)
        only(self._container, self._stream)

    def samples(self, second: Fraction, count: int) -> Iterator[Samples]:
        """`count` samples from source second `second` on; silence where the source has none."""
        position = round_half_up(second * SAMPLE_RATE)
        end = position + count
        for start, block in self._resampled(second):
            if start > position:
                yield from _silence(min(start, end) - position)
                position = min(start, end)
            fresh = block[position - start : end - start]
            if len(fresh):
                yield fresh
                position += len(fresh)
            if position >= end:
                break
        yield from _silence(end - position)

    def _resampled(self, second: Fraction) -> Iterator[tuple[int, Samples]]:
        """(position at 48 kHz, samples) from a little before `second` to the end, in order."""
        layout = "mono" if self._sound.channels == 1 else "stereo"
        resampler: av.AudioResampler | None = None
        position = 0
        for start, frame in self._decoded(second):
            if start is not None:
                # A new stretch: after the seek, and after every gap. The old resampler's rest is
                # shorter than the gap's own edge and goes with it.
                resampler = av.AudioResampler(format="flt", layout=layout, rate=SAMPLE_RATE)
                position = round_half_up(start * SAMPLE_RATE)
                if not _is_fitting(frame) and (count := lead_in(start, frame.sample_rate)):
                    position = round_half_up(
                        (start - Fraction(count, frame.sample_rate)) * SAMPLE_RATE
                    )
                    for made in resampler.resample(_silent(frame, count)):
                        yield position, _stereo(made)
                        position += made.samples
            if _is_fitting(frame):
                yield position, _interleaved(frame)
                position += frame.samples
                continue
            assert resampler is not None
            for made in resampler.resample(frame):
                yield position, _stereo(made)
                position += made.samples
        for made in resampler.resample(None) if resampler is not None else ():
            yield position, _stereo(made)
            position += made.samples

    def _decoded(self, second: Fraction) -> Iterator[tuple[Fraction | None, av.AudioFrame]]:
        """Decoded frames; the source second comes along wherever it does not follow by itself."""
        tick = Fraction(self._stream.time_base or Fraction(1, SAMPLE_RATE))
        pre_roll = PRE_ROLL_SECONDS.get(self._sound.codec, LONG_PRE_ROLL_SECONDS)
        target = max(second - pre_roll, self._sound.start) + self._zero
        at_start = target <= self._sound.start + self._zero
        stamp = int(target // tick) - (round(2 / tick) if at_start else 0)
        try:
            self._container.seek(stamp, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return  # beyond the end: silence
        self._stream.codec_context.flush_buffers()
        due: Fraction | None = None
        # The stamp that goes on without a gap, where stamps count samples: most do, all along, and
        # whole numbers are quicker to compare.
        expected: int | None = None
        frames = 0
        for packet in packets_of(self._container, self._stream):
            try:
                decoded = self._stream.codec_context.decode(packet)
            except av.error.FFmpegError:
                continue  # a broken packet is a gap, and gaps are silent
            for frame in decoded:
                if frame.pts is None:
                    continue
                if frame.pts == expected:
                    yield None, frame
                    expected += frame.samples
                    continue
                frames += 1
                if expected is not None:
                    due = expected * tick - self._zero
                start = self._exact(frame) - self._zero
                # The first frame after a seek lacks the overlap with its predecessor.
                if frames == 1 and start > self._sound.start + JITTER_SECONDS:
                    continue
                if due is None or abs(start - due) > JITTER_SECONDS:
                    yield start, frame
                    due = start
                else:
                    yield None, frame
                due += Fraction(frame.samples, frame.sample_rate)
                counts_samples = (
                    tick * frame.sample_rate == 1 and due == start + frame.samples * tick
                )
                expected = frame.pts + frame.samples if counts_samples else None

    def _exact(self, frame: av.AudioFrame) -> Fraction:
        """When the frame begins on the container's clock, its rounding undone where it can be.

        Packets of a codec with a fixed frame size follow each other without a gap, so their true
        times are whole frames away from the track's beginning.
        """
        second = second_of(frame)
        size = self._stream.codec_context.frame_size or 0
        tick = Fraction(frame.time_base or 1)
        step = Fraction(size, frame.sample_rate)
        if step <= 0 or (step / tick).denominator == 1:
            return second
        origin = self._sound.start + self._zero
        whole = round_half_up((second - origin) / step)
        snapped = origin + whole * step
        # The origin was rounded too.
        return snapped if abs(snapped - second) <= tick * 3 / 2 else second


class _Rest:
    """Blocks of samples, taken in the portions that mixing needs."""

    def __init__(self, blocks: Iterator[Samples]) -> None:
        self._blocks = blocks
        self._rest: Samples = np.zeros((0, CHANNELS), np.float32)

    def upto(self, count: int) -> Iterator[Samples]:
        """The next `count` samples as they come."""
        while count > 0:
            if not len(self._rest):
                self._rest = next(self._blocks)
            part, self._rest = self._rest[:count], self._rest[count:]
            count -= len(part)
            yield part

    def take(self, count: int) -> Samples:
        """The next `count` samples in one array."""
        parts = list(self.upto(count))
        return np.concatenate(parts) if parts else np.zeros((0, CHANNELS), np.float32)


def _is_fitting(frame: av.AudioFrame) -> bool:
    """Whether the samples need no resampler: what AAC decodes to at 48 kHz, in mono or stereo."""
    return (
        frame.format.name == "fltp"
        and frame.sample_rate == SAMPLE_RATE
        and frame.layout.nb_channels <= CHANNELS
    )


def lead_in(start: Fraction, rate: int) -> int:
    """How many samples of silence in front have a sound at `rate` begin on a sample of 48 kHz.

    A resampler numbers what it makes from where it is begun. So begun, it makes the same samples
    of a source wherever its reading begins, as pieces that are joined in mid-sound need them, and
    none is up to half a sample off. Rates whose samples hardly ever meet ours come near.

    >>> lead_in(Fraction(0), 44100), lead_in(Fraction(1024, 44100), 44100)
    (0, 142)
    """
    # In whole numbers: a denominator that all places share.
    whole = start.denominator * rate
    first, step = start.numerator * rate * SAMPLE_RATE, start.denominator * SAMPLE_RATE

    def beside(count: int) -> int:
        off = (first - count * step) % whole
        return min(off, whole - off)

    return min(range(LEAD_IN_SAMPLES), key=beside)


def _silent(frame: av.AudioFrame, samples: int) -> av.AudioFrame:
    """So many samples of silence in the form of `frame`."""
    form = frame.format.name
    silence = av.AudioFrame(format=form, layout=frame.layout.name, samples=samples)
    silence.sample_rate = frame.sample_rate
    silence.time_base = frame.time_base
    for plane in silence.planes:
        plane.update((b"\x80" if form.startswith("u8") else b"\0") * plane.buffer_size)
    return silence


def _interleaved(frame: av.AudioFrame) -> Samples:
    """Planar float samples as two columns, mono as in `_stereo`."""
    block: Samples = np.empty((frame.samples, CHANNELS), np.float32)
    planes = frame.planes
    for channel in range(CHANNELS):
        plane = planes[min(channel, len(planes) - 1)]
        block[:, channel] = np.frombuffer(memoryview(plane), np.float32, frame.samples)
    return np.clip(block, np.float32(-1), np.float32(1), out=block)


def _stereo(frame: av.AudioFrame) -> Samples:
    """Packed float samples as two columns; one channel is heard on both sides, as loud as it is."""
    # The resampler would make mono 3 dB quieter.
    block = frame.to_ndarray().reshape(-1, frame.layout.nb_channels).astype(np.float32, copy=False)
    both = block if block.shape[1] == CHANNELS else np.repeat(block, CHANNELS, axis=1)
    return np.clip(both, np.float32(-1), np.float32(1))


def _silence(count: int) -> Iterator[Samples]:
    while count > 0:
        yield np.zeros((min(count, SILENCE_BLOCK), CHANNELS), np.float32)
        count -= SILENCE_BLOCK


def _write(block: Samples) -> int:
    view = np.ascontiguousarray(block, np.float32).data.cast("B")
    while view:
        view = view[os.write(1, view) :]
    return len(block)
