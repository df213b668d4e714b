"""What the scripts of this folder have in common: a town of one's own, exports, and their harm."""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from tests.chaos import disarmed, frail
from tests.chaos.town import Town
from tests.engine.harness import config_of
from tests.media.footage import get, place
from tests.media.oracle import expect

CAMERA = "sixty.mp4"
_DETAILS, _DETAIL_CHARACTERS = 4, 700


@dataclass
class Harm:
    """What was found to be wrong, by kind; nothing is good."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, *words: str) -> None:
        """Note harm of a kind."""
        if words:
            self.found.setdefault(kind, []).extend(words)

    def __bool__(self) -> bool:
        return bool(self.found)

    def __str__(self) -> str:
        lines = [f"{kind}: {len(words)}" for kind, words in self.found.items()]
        shown = [word for words in self.found.values() for word in words[:_DETAILS]]
        return "\n".join([*lines, *(f"  {word[:_DETAIL_CHARACTERS]}" for word in shown)]) or "good"


@contextmanager
def town_of(workers: int, without: str = "", **settings: str) -> Iterator[Town]:
    """A town in a folder of its own, not yet open, with the camera in place; ended at the end.

    `without` one of the safeguards that `disarmed` and `frail` know.
    """
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    settings |= {"DISARMED": without} if without else {}
    app = "tests.chaos.disarmed" if without in disarmed.WAYS else "worker"
    web = "tests.chaos.frail" if without in frail.WAYS else "export_service"
    town = Town(folder, workers, app, web, **{"EXPORT_PIECE_SECONDS": "1", **settings})
    place(town.media / "sources", get(CAMERA))
    try:
        yield town
    finally:
        town.close()
        shutil.rmtree(folder, ignore_errors=True)


class Case:
    """One export of `cuts` segments, encoded or copied, asked of a town."""

    def __init__(self, town: Town, name: str, cuts: int = 1, **output: Any) -> None:
        self.town = town
        self.name = name
        source = get(CAMERA)
        asked = output or {"codec": "h264", "fps": 30, "width": 160, "height": 90}
        times = [
            (0, 0.125 * (n % 12), 0.125 * (n % 12) + (3 if cuts > 1 else 1)) for n in range(cuts)
        ]
        self.config = config_of([source], times, **asked) | {"id": name}
        self.expected = expect(self.config, [source.known])

    def post(self) -> None:
        """Ask for it."""
        status, answer = self.town.insist("POST", "/api/export", self.config)
        assert status in (200, 202), answer

    @property
    def folder(self) -> Path:
        """Where the job is, while it is there."""
        return self.town.store.exports / self.name

    def judge(self, seconds: float) -> list[str]:
        """What is wrong with it after so long at most; nothing is good."""
        deadline = time.monotonic() + seconds
        while not self.town.is_over(self.name) and time.monotonic() < deadline:
            self.town.keep()
            time.sleep(0.05)
        fault = self.town.fault_of(self.name, self.expected)
        return [fault] if fault else []


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all do not exceed.

    >>> percentile([1, 2, 3, 4], 50), percentile([1, 2, 3, 4], 95)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


Script = Callable[[Console, int, str], Harm]


def one_by_one(
    console: Console,
    scripts: Mapping[str, tuple[Script, int, str]],
    count: int | None,
    *,
    controls_only: bool = False,
) -> int:
    """Run scripts of (script, how often, what its control goes without); the exit code.

    A script has to find no harm, and its control has to find some.
    """
    wrong = 0
    for name, (script, times, safeguard) in scripts.items():
        for without in dict.fromkeys(("", safeguard)):
            if controls_only and not without:
                continue
            title = f"{name}, without {without}" if without else name
            console.rule(title)
            # A control only has to show that harm is seen.
            often = count or (min(times, 10) if without else times)
            harm = script(console, often, without)
            is_right = bool(harm) == bool(without)
            console.print(str(harm), markup=False, highlight=False, emoji=False)
            console.print(f"{title}: {'as it should be' if is_right else 'WRONG'}")
            wrong += not is_right
    return 1 if wrong else 0
