"""Sends a gigabyte by tus-js-client over a network that breaks ten times; `make uploads`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.uploads.journey import NoClient, travel
from tests.uploads.web import serving


def main() -> int:
    """Send, compare, and print what came of it; 0 when the file came byte for byte."""
    asked = argparse.ArgumentParser(prog="make uploads", description=__doc__)
    asked.add_argument("--bytes", type=int, default=10**9, help="how large the file is")
    asked.add_argument("--breaks", type=int, default=10, help="how often the network breaks")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder, "media")) as web:
        try:
            journey = travel(web, Path(folder), options.bytes, options.breaks)
        except NoClient as reason:
            print(reason, file=sys.stderr)
            return 1
        peak = web.peak_bytes()
    is_equal = journey.came_sha256 == journey.sent_sha256
    ways = ", ".join(f"{count} by {how}" for how, count in sorted(Counter(journey.cuts).items()))
    seen = Counter(line["retry"] for line in journey.said if "retry" in line)
    print(f"sent       {options.bytes / 1e9:g} GB in {journey.seconds:.1f} s")
    print(f"broken     {len(journey.cuts)} times: {ways}")
    print(f"client     went on {seen.total()} times; after these statuses: {dict(seen)} (0: none)")
    print(f"sha256     {journey.sent_sha256} sent")
    print(f"           {journey.came_sha256} came: {'equal' if is_equal else 'NOT EQUAL'}")
    print(f"memory     {peak / 2**20:.0f} MiB at most in one web process")
    is_as_asked = is_equal and len(journey.cuts) == options.breaks
    print("1 passed, 0 failed" if is_as_asked else "0 passed, 1 failed")
    return 0 if is_as_asked else 1


if __name__ == "__main__":
    raise SystemExit(main())
