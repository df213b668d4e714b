"""Exports of cameras that lie, each judged: `python -m tests.chaos.liars [--count N]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.chaos.cast import CUTS, HONEST, LIAR, camera
from tests.chaos.judge import Case, Judgement, judge_failure, judge_pictures
from tests.chaos.variants import Variant, variants
from tests.chaos.witness import Testimony, delivered, testify
from tests.engine.harness import FAST, Watcher, config_of, render
from tests.media.footage import Source
from worker.render.export import Rendered
from worker.render.spec import AssembleSpec, CopiedPart, read_spec

#: A liar may make the engine wait no longer than this for a child that does not move. Each child
#: takes its time to begin, so there are few pieces.
ENGINE = replace(FAST, stall_seconds=30, piece_seconds=60)
NAME = "liar"

OUTCOMES = (
    "exact",
    "converted",
    "as it is now",
    "with black or held",
    "garbled as it is",
    "failed",
)


@dataclass(frozen=True)
class Verdict:
    """How one variant came out, and the harm done, in words."""

    variant: Variant
    outcome: str
    harm: tuple[str, ...]
    words: str
    seconds: float


@cache
def honest(way: str) -> Source:
    """The camera that does not lie, coded like the liar, so that both are copied."""
    return camera(HONEST, "hevc" if "hevc" in way else "high", "mp4")


@cache
def before(path: Path) -> Testimony:
    """What a healthy file holds."""
    found = testify(path)
    assert found is not None
    return found


def try_variant(variant: Variant) -> Verdict:
    """Damage, export, judge."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="liar") as work:
        folder = Path(work)
        (folder / "sources").mkdir()
        liar = folder / "sources" / f"{NAME}.{variant.suffix}"
        liar.write_bytes(variant.make())
        other = honest(variant.way)
        (folder / "sources" / "honest.mp4").write_bytes(other.path.read_bytes())
        outcome, harm, words = _export(variant, folder, liar, other)
    return Verdict(variant, outcome, tuple(harm), words, time.monotonic() - began)


def _export(
    variant: Variant, folder: Path, liar: Path, other: Source
) -> tuple[str, Sequence[str], str]:
    healthy = camera(LIAR, variant.way, variant.suffix, moov_first=variant.kind.moov_first)
    sources = [
        Source(healthy.path, healthy.known, liar.name),
        Source(other.path, other.known, "honest.mp4"),
    ]
    # Most without sound, which takes a process of its own; in turns with every kind.
    config = config_of(sources, CUTS, codec="copy", includeAudio=variant.seed % 4 == 0)
    now = testify(liar)
    try:
        rendered = render(folder, config, ENGINE, Watcher())
    except Exception as error:  # noqa: BLE001 - what it is is what is judged
        wrong = judge_failure(error, liar.name)
        detail = getattr(error, "detail", "")
        return "failed", [f"{wrong}\n{detail[-1500:]}"] if wrong else [], str(error)
    warnings = " / ".join(rendered.warnings)
    if now is None:
        return "failed", ["completed, and there is nothing in the file"], warnings
    parts = read_spec(folder / "work" / "assemble.spec", AssembleSpec).parts
    copied = frozenset[int]().union(
        *(range(p.start, p.start + p.frames) for p in parts if isinstance(p, CopiedPart))
    )
    told = before(healthy.path)
    case = Case(config, liar.name, told, now, other.known, variant.kind.retimes, copied)
    rate = Fraction(rendered.report.output.rate)
    pictures = delivered(rendered.path, rate, rendered.report.output.frames)
    found = judge_pictures(pictures, rate, rendered.warnings, case)
    return outcome_of(found, rendered), found.harm, warnings


def outcome_of(found: Judgement, rendered: Rendered) -> str:
    """One word for how it came out."""
    if found.garbled:
        return "garbled as it is"
    if found.black or found.held:
        return "with black or held"
    if found.as_damaged:
        return "as it is now"
    copied = sum(s.copied_frames for s in rendered.report.segments if s.source_index == LIAR)
    return "exact" if copied else "converted"


def table(verdicts: Sequence[Verdict]) -> str:
    """Kinds by outcomes."""
    rows: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        rows.setdefault(verdict.variant.kind.name, Counter())[verdict.outcome] += 1
        if verdict.harm:
            rows[verdict.variant.kind.name]["HARM"] += 1
    heads = (*OUTCOMES, "HARM")
    lines = [f"{'':32}" + "".join(f"{head:>20}" for head in heads)]
    lines += [
        f"{name:32}" + "".join(f"{row[h] or '.':>20}" for h in heads) for name, row in rows.items()
    ]
    total = sum(rows.values(), Counter[str]())
    lines.append(f"{'all':32}" + "".join(f"{total[h]:>20}" for h in heads))
    return "\n".join(lines)


def main() -> int:
    """Try `--count` variants on all cores and print how they came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--only", type=int, nargs="*", help="the numbers of some variants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    chosen = [v for v in variants(options.count) if not options.only or v.seed in options.only]
    began = time.monotonic()
    verdicts = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for verdict in pool.map(try_variant, chosen):
            verdicts.append(verdict)
            print(f"{verdict.variant.name}: {verdict.outcome} {verdict.words}", flush=True)
            for line in verdict.harm[:6]:
                print(f"    HARM {line}", flush=True)
    print(table(verdicts))
    print(f"{len(verdicts)} variants in {time.monotonic() - began:.0f} s")
    return 1 if any(verdict.harm for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
