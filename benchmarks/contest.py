"""Ways of making one programme, run in turns: what each costs, and how wrong its result is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.meter import Cost, Meter, measure
from benchmarks.page import Grid
from benchmarks.place import middle
from benchmarks.rivals import Task
from benchmarks.truth import Truth, compare
from tests.media.oracle import Expected

MEGA = 1e6


@dataclass(frozen=True)
class Way:
    """One way: `name` is also its output's. `is_slow` ones run once, in the first round."""

    name: str
    label: str
    run: Callable[[Meter, Task], None]
    makes_programme: bool = True
    is_slow: bool = False
    #: What has to be there first and costs nobody anything: an installation.
    prepare: Callable[[], object] | None = None


@dataclass
class Contest:
    """What came out, by the ways' names."""

    ways: list[Way] = field(default_factory=list)
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    truths: dict[str, Truth] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def seconds(self, name: str) -> list[float]:
        """What the clock said, run by run."""
        return [cost.seconds for cost in self.costs.get(name, [])]

    def cpu_seconds(self, name: str) -> list[float]:
        """Processor time, run by run."""
        return [cost.cpu_seconds for cost in self.costs.get(name, [])]

    def grid(self, caption: str) -> Grid:
        """All ways side by side."""
        heading = (
            *("", "wall s", "CPU s", "peak of a process MB", "of all together MB"),
            *("wrong frames", "extra frames", "sound off by ms"),
        )
        return Grid(caption, heading, tuple(self._line(way) for way in self.ways))

    def _line(self, way: Way) -> tuple[str, ...]:
        costs = self.costs.get(way.name, [])
        if way.name in self.failures or not costs:
            why = self.failures.get(way.name, "not run")
            return (f"{way.label}: {why}", *(7 * ("",)))
        return (
            way.label,
            f"{middle([cost.seconds for cost in costs]):.1f}",
            f"{middle([cost.cpu_seconds for cost in costs]):.1f}",
            f"{max(cost.peak_bytes for cost in costs) / MEGA:.0f}",
            # What ended between two looks was never seen together with others.
            f"{max(max(cost.sum_bytes, cost.peak_bytes) for cost in costs) / MEGA:.0f}",
            *truth_cells(self.truths.get(way.name)),
        )


def truth_cells(truth: Truth | None) -> tuple[str, str, str]:
    """How wrong a result is, in words for a table.

    >>> truth_cells(Truth(frames=101, due=100, wrong=99, worst_lag_ms=33.3333, unheard=2))
    ('99 of 100', '+1', '33.33 (2 segments not found)')
    """
    if truth is None:
        return ("", "", "")
    unheard = f" ({truth.unheard} segments not found)" if truth.unheard else ""
    wrong = f"{truth.wrong} of {truth.due}"
    return (wrong, f"{truth.extra:+d}", f"{truth.worst_lag_ms:.2f}{unheard}")


def hold(task: Task, ways: Sequence[Way], runs: int, expected: Expected) -> Contest:
    """Run all ways in turns, so often; what the first round makes is held against the truth."""
    contest = Contest(list(ways))
    for number in range(runs):
        for way in ways:
            if way.name in contest.failures or (way.is_slow and number):
                continue
            print(f"  {number + 1}/{runs} {way.label} ...", end=" ", file=sys.stderr, flush=True)
            try:
                if way.prepare is not None:
                    way.prepare()
                cost = measure(lambda meter, way=way: way.run(meter, task))  # type: ignore[misc]
                if way.makes_programme and not number:
                    contest.truths[way.name] = compare(task.output(way.name), expected)
            except (RuntimeError, OSError) as error:
                contest.failures[way.name] = str(error)
                print(error, file=sys.stderr)
                continue
            print(f"{cost.seconds:.1f} s", file=sys.stderr, flush=True)
            contest.costs.setdefault(way.name, []).append(cost)
        for way in ways:
            task.output(way.name).unlink(missing_ok=True)
    return contest
