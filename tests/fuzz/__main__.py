"""`make fuzz`: damaged films, hostile configs and calls in numbers; 0 when none did harm."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import api, configs, media

CACHE = Path(__file__).parents[2] / ".cache" / "fuzz"


class Found(NamedTuple):
    """How many were tried, how they came out, and every harm in words."""

    tried: int
    outcomes: Counter[str]
    harm: list[str]


def fuzz_media(first: int, count: int, jobs: int) -> Found:
    """Damaged films through probe and render."""
    CACHE.mkdir(parents=True, exist_ok=True)
    return _counted(_films(first, count, jobs))


def _films(first: int, count: int, jobs: int) -> Iterator[tuple[str, str]]:
    slowest = 0.0
    for n, one in enumerate(media.try_films(range(first, first + count), CACHE, jobs), 1):
        slowest = max(slowest, one.seconds)
        yield one.outcome, f"film {one.number}, {one.name}: {one.harm}" if one.harm else ""
        if n % 100 == 0:
            print(f"{n} films, the slowest took {slowest:.1f} s", file=sys.stderr, flush=True)


def fuzz_configs(first: int, count: int) -> Found:
    """Hostile bodies through the whole app."""
    return _counted(configs.try_bodies(first, count))


def fuzz_api(first: int, examples: int) -> Found:
    """Calls made up from the API's description, `examples` of each kind."""
    CACHE.mkdir(parents=True, exist_ok=True)
    found = api.try_calls(CACHE, examples, seed=first + 1)
    if found.harm:
        print(f"HARM {found.harm}", flush=True)
    return Found(found.cases, Counter(), [found.harm] if found.harm else [])


def _counted(results: Iterator[tuple[str, str]]) -> Found:
    outcomes: Counter[str] = Counter()
    harm = []
    for outcome, words in results:
        outcomes[outcome] += 1
        if words:
            harm.append(words)
            print(f"HARM {words}", flush=True)
    return Found(outcomes.total(), outcomes, harm)


def main(arguments: list[str]) -> int:
    """Fuzz what was asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("parts", nargs="*", help="some of: media, configs, api")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--examples", type=int, default=100, help="of each kind of call")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    ways = {
        "media": lambda: fuzz_media(asked.first, asked.count, asked.jobs),
        "configs": lambda: fuzz_configs(asked.first, asked.count),
        "api": lambda: fuzz_api(asked.first, asked.examples),
    }
    if unknown := set(asked.parts) - set(ways):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    harm = 0
    for part in asked.parts or ways:
        began = time.monotonic()
        found = ways[part]()
        told = ", ".join(f"{count} {name}" for name, count in found.outcomes.most_common())
        took = time.monotonic() - began
        print(f"{part}: {found.tried} in {took:.0f} s, harm in {len(found.harm)}: {told}")
        harm += len(found.harm)
    return 1 if harm else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
