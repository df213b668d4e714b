"""Two readings of one text: the planner and the oracle agree on every frame of any programme."""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from config_schema.config import parse_config
from config_schema.timebase import STANDARD_RATES
from export_service.coded_media import Code
from tests.engine.harness import config_of
from tests.media.footage import Source
from tests.media.oracle import Expected, Known, KnownSound, LeadFormat, expect
from worker.plan.footage import Colour, FieldOrder, Footage, Picture, Sound
from worker.plan.plan import Plan, build_plan
from worker.plan.sound import SAMPLE_RATE
from worker.plan.times import fit_times

MILLISECONDS, FINE = Fraction(1, 1000), Fraction(1, 90000)
RATES = [Fraction(25), Fraction(30), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(60)]


def seen_by_a_probe(known: Known, tick: Fraction) -> Footage:
    """What a probe would find in a container that counts in `tick`."""
    stamps = [int(at / tick + Fraction(1, 2)) for at, _ in known.frames]
    lead = known.lead
    times = fit_times(stamps, tick, hint=lead.rate, last_duration=known.last_seconds)
    size = (lead.width, lead.height)
    picture = Picture(
        *(0, "h264", "High", *size, Fraction(1), 0, "yuv420p", 8),
        *(Colour(), FieldOrder.PROGRESSIVE, times),
    )
    assert known.sound is not None
    sound = Sound(1, "aac", 48000, 2, known.sound.starts, known.sound.ends)
    name = f"camera {known.camera}"
    return Footage(name, name, "mp4", Fraction(0), picture, sound)


@st.composite
def sources(draw: st.DrawFn, camera: int) -> tuple[Known, Footage]:
    rate = draw(st.sampled_from(RATES))
    kind = draw(st.sampled_from(["constant", "milliseconds", "holes", "variable"]))
    # In milliseconds, 24 and 23.976 cannot be told apart before some fifty frames.
    count = draw(st.integers(60 if kind == "milliseconds" else 20, 100))
    tick = MILLISECONDS if kind == "milliseconds" else FINE
    start = draw(st.sampled_from([0, 0, 7200, 45000])) * FINE
    if kind == "variable":
        # By a seed: steps of its own choice would soon be those of a constant rate with holes.
        dice = random.Random(draw(st.integers(0, 10**6)))
        steps = [dice.randint(900, 9000) for _ in range(count)]
        times = [start + sum(steps[:n]) * FINE for n in range(count)]
        average = count / (sum(steps) * FINE)
        nearest = min(STANDARD_RATES, key=lambda standard: abs(standard - average))
        frames = tuple((at, n) for n, at in enumerate(times))
        last, rate = steps[-1] * FINE, nearest
    else:
        inside = st.sets(st.integers(2, count - 2), max_size=count // 8)
        gone = draw(inside) if kind == "holes" else set()
        # A fine clock does not hold every frame of an NTSC rate exactly; the grid does.
        frames = tuple((start + n / rate, n) for n in range(count) if n not in gone)
        last = 1 / rate
    lead = LeadFormat("h264", 320, 180, "yuv420p", rate)
    sound = KnownSound(camera, Fraction(0), frames[-1][0] + last)
    known = Known(camera, frames, last, lead, sound)
    return known, seen_by_a_probe(known, tick)


cuts = st.tuples(st.integers(0, 1), st.integers(-900_000, 4_000_000), st.integers(1, 1_200_000))
rates = st.sampled_from([24, 25, 29.97, 30, 50, 23.976, 12.5, 60])


@given(sources(1), sources(2), st.lists(cuts, min_size=1, max_size=8), rates)
@settings(deadline=None, max_examples=300)
def test_planner_and_oracle_show_the_same_frames(
    first: tuple[Known, Footage],
    second: tuple[Known, Footage],
    segments: list[tuple[int, int, int]],
    fps: float,
) -> None:
    pair = (first, second)
    files = [Source(Path(f"{n}.mp4"), known) for n, (known, _) in enumerate(pair)]
    times = [(i, at / 10**6, (at + length) / 10**6) for i, at, length in segments]
    config = config_of(files, times, codec="h264", fps=fps)
    expected = expect(config, [known for known, _ in pair])
    assume(expected.frames)
    plan = plan_of(config, [found for _, found in pair])
    assert plan.output.rate == expected.rate
    assert frames_of(plan, [known for known, _ in pair]) == list(expected.frames)
    check_sound(plan, expected)


def plan_of(config: dict[str, Any], footage: list[Footage]) -> Plan:
    parsed = parse_config(json.dumps(config).encode())
    return build_plan(parsed.config, dict(enumerate(footage)))


def frames_of(plan: Plan, known: list[Known]) -> list[Code | None]:
    """What the plan's spans show, by the numbers of the frames they would read."""
    shown: list[Code | None] = []
    for span in plan.program.spans:
        assert span.frames.start == len(shown)
        for n in range(*span.frames):
            if span.source is None:
                shown.append(None)
                continue
            source, times = known[span.source], plan.footage[span.source].picture.times
            index = times.index_at(span.source_second(n, plan.output.rate))
            inside = min(max(index, 0), times.count - 1)
            shown.append(Code(source.camera, source.frames[inside][1]))
    return shown


def check_sound(plan: Plan, expected: Expected) -> None:
    """At each part's beginning and end the runs play what the oracle hears, to half a sample."""
    starts = [run.start for run in plan.sound]
    for part in expected.parts:
        at = int(part.start / expected.rate * SAMPLE_RATE + Fraction(1, 2))
        run = plan.sound[bisect_right(starts, at) - 1]
        due = part.anchor
        heard = run.second + Fraction(at - run.start, SAMPLE_RATE)
        assert run.source == part.source
        assert abs(heard - due) <= Fraction(1, SAMPLE_RATE)
    assert plan.sound[-1].end == expected.samples


def test_the_probe_of_a_known_source_is_the_grid_it_was_made_on() -> None:
    rate = Fraction(30000, 1001)
    frames = tuple((n / rate, n) for n in range(300))
    lead = LeadFormat("h264", 320, 180, "yuv420p", rate)
    known = Known(1, frames, 1 / rate, lead, KnownSound(1, Fraction(0), Fraction(10)))
    times = seen_by_a_probe(known, MILLISECONDS).picture.times
    assert times.is_constant
    assert times.start_of(299) == pytest.approx(float(299 / rate), abs=1e-9)
