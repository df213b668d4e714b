"""The programme's one sound track, as runs of source sound on the 48 kHz sample grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from config_schema.timebase import round_half_up
from worker.plan.footage import Footage
from worker.plan.program import PlannedSegment, Program

SAMPLE_RATE = 48_000
CHANNELS = 2
#: The crossfade that is centred on every cut: 5 ms in all.
FADE_SAMPLES = 240


@dataclass(frozen=True)
class SoundRun:
    """Programme samples [start, end) from one source, or silence where `source` is None.

    Programme sample s is the source's sound at `second + (s - start) / SAMPLE_RATE`.
    """

    source: int | None
    start: int
    end: int
    second: Fraction


def sample_at(frame: int, rate: Fraction) -> int:
    """The programme sample at which programme frame `frame` begins."""
    return round_half_up(frame / rate * SAMPLE_RATE)


def build_sound(program: Program, footage: Mapping[int, Footage]) -> tuple[SoundRun, ...]:
    """Runs that cover the programme; neighbours that go on in the same source are one run."""
    runs: list[SoundRun] = []
    for segment in program.segments:
        run = _run(segment, footage, program.rate)
        if run.start == run.end:
            continue
        if runs and _goes_on(runs[-1], run):
            last = runs.pop()
            run = SoundRun(last.source, last.start, run.end, last.second)
        runs.append(run)
    return tuple(runs)


def _run(segment: PlannedSegment, footage: Mapping[int, Footage], rate: Fraction) -> SoundRun:
    start = sample_at(segment.frames.start, rate)
    end = sample_at(segment.frames.end, rate)
    audible = segment.has_sound and footage[segment.source].sound is not None
    if not audible:
        return SoundRun(None, start, end, Fraction(0))
    # The anchor is heard when the segment's first frame appears, which is up to half a sample
    # beside sample `start`. Left out, neighbours that go on would look up to a sample apart.
    beside = Fraction(start, SAMPLE_RATE) - segment.frames.start / rate
    return SoundRun(segment.source, start, end, segment.anchor + beside)


def _goes_on(last: SoundRun, run: SoundRun) -> bool:
    """Whether `run` is what `last` would have played next, to within half a sample."""
    if last.source != run.source:
        return False
    if run.source is None:
        return True
    due = last.second + Fraction(last.end - last.start, SAMPLE_RATE)
    return abs(due - run.second) * SAMPLE_RATE <= Fraction(1, 2)
