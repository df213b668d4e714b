"""What a case found, kept as JSON, and the page that shows all that was found.

A long case can be run alone: of the others the page keeps what it says, even without their JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

PREFACE = """# Benchmarks

`make bench` measures the service on the machine it runs on and writes this page. Nothing here is
a promise in seconds: what counts are the ratios, of runs that follow each other on the same
machine (medians). `make bench ARGS="smart"` measures one case and leaves the others as they are;
`python -m benchmarks --help` lists them.
"""


@dataclass(frozen=True)
class Row:
    """One measured thing: what it is, what came out, what was hoped for."""

    what: str
    measured: str
    target: str
    is_met: bool


@dataclass(frozen=True)
class Grid:
    """A table that shows more than one number of a thing."""

    caption: str
    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Result:
    """What one case found: the rows with their targets, and tables beside them."""

    title: str
    about: str
    rows: tuple[Row, ...] = ()
    grids: tuple[Grid, ...] = ()
    #: For other pages: what stands between the markers of that name.
    excerpts: Mapping[str, str] | None = None
    load: float = 0.0


def table(rows: tuple[Row, ...] | list[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| what | measured | target | met |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.measured} | {row.target} | {_verdict(row)} |" for row in rows]
    return "\n".join(lines)


def _verdict(row: Row) -> str:
    if not row.target:
        return ""
    return "yes" if row.is_met else "no"


def grid_table(grid: Grid) -> str:
    """A grid in Markdown, numbers to the right.

    >>> print(grid_table(Grid("", ("who", "s"), (("cp", "1.0"),))))
    | who | s |
    |---|---:|
    | cp | 1.0 |
    """
    rule = "|---" + "|---:" * (len(grid.heading) - 1) + "|"
    lines = [grid.heading, *grid.lines]
    texts = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([texts[0], rule, *texts[1:]])


def section(result: Result) -> str:
    """One case's part of the page."""
    parts = [f"## {result.title}", result.about]
    if result.rows:
        parts.append(table(result.rows))
    for grid in result.grids:
        parts += [f"**{grid.caption}**", grid_table(grid)]
    parts.append(f"Load average at the end: {result.load:.1f}.")
    return "\n\n".join(parts)


def page(names: Sequence[str], known: Mapping[str, str], facts: str) -> str:
    """The whole page: the sections there are, each between markers, in this order."""
    marked = [
        f"<!-- bench {name} -->\n{known[name]}\n<!-- end {name} -->"
        for name in names
        if name in known
    ]
    return "\n\n".join([PREFACE.rstrip(), *marked, "## The machine", facts]) + "\n"


def sections(text: str) -> dict[str, str]:
    """What a page has between its markers, by name.

    >>> sections("x\\n<!-- bench a -->\\n1\\n2\\n<!-- end a -->\\ny")
    {'a': '1\\n2'}
    """
    pattern = r"<!-- bench (\S+) -->\n(.*?)\n<!-- end \1 -->"
    return dict(re.findall(pattern, text, re.DOTALL))


def fill(text: str, name: str, content: str) -> str:
    """A document with `content` between its markers of that name; unknown markers are a mistake.

    >>> print(fill("a\\n<!-- bench x -->\\nold\\n<!-- end x -->\\nb", "x", "new"))
    a
    <!-- bench x -->
    new
    <!-- end x -->
    b
    """
    begin, end = f"<!-- bench {name} -->\n", f"\n<!-- end {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    filled, times = pattern.subn(lambda _: f"{begin}{content}{end}", text)
    if times != 1:
        raise ValueError(f"{times} places for {name}")
    return filled


class Results:
    """What was measured last of each case, a file of JSON each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, result: Result) -> None:
        """Keep what a case found in place of what it found before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(name).write_bytes(TypeAdapter(Result).dump_json(result, indent=1))

    def all(self) -> dict[str, Result]:
        """What there is, by the cases' names."""
        return {
            path.stem: TypeAdapter(Result).validate_json(path.read_bytes())
            for path in sorted(self._folder.glob("*.json"))
        }

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"
