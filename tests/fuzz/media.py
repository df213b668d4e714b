"""Damaged films through probe and render: each a programme, or a failure that names the source."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from config_schema.errors import ConfigInvalid
from tests.chaos.judge import judge_failure
from tests.engine.harness import FAST, Watcher, render
from tests.fuzz.damage import damaged
from tests.fuzz.seeds import SEEDS, film
from worker.ffmpeg.nursery import Nursery
from worker.render.export import render_nursery

#: A child that does not move is ended after so long, and a film that needs longer in all has hung.
STALL_SECONDS = 30.0
HUNG_SECONDS = 180.0
ENGINE = replace(FAST, stall_seconds=STALL_SECONDS, piece_seconds=60)


class Try(NamedTuple):
    """How one damaged film came out: `harm` in words, or nothing."""

    number: int
    name: str
    outcome: str
    harm: str
    seconds: float


def try_films(numbers: range, folder: Path, jobs: int) -> Iterator[Try]:
    """Try the damaged films of these numbers, in any order."""
    own = threading.local()
    nurseries: list[Nursery] = []

    def begin() -> None:
        own.nursery = render_nursery(ENGINE)
        nurseries.append(own.nursery)

    with ThreadPoolExecutor(jobs, initializer=begin) as pool:
        try:
            waiting = iter(numbers)
            yield from pool.map(lambda number: try_film(number, folder, own.nursery), waiting)
        finally:
            for nursery in nurseries:
                pool.submit(nursery.close).result()


def film_of(number: int, folder: Path) -> bytes:
    """The damaged film with this number."""
    dice = random.Random(number)
    seed, other = SEEDS[number % len(SEEDS)], dice.choice(SEEDS)
    return damaged(film(seed, folder), dice, film(other, folder))


def try_film(number: int, folder: Path, nursery: Nursery | None = None) -> Try:
    """Damage, export, judge."""
    seed = SEEDS[number % len(SEEDS)]
    return export(number, f"{seed.name}.{seed.suffix}", film_of(number, folder), nursery)


def export(number: int, name: str, data: bytes, nursery: Nursery | None = None) -> Try:
    """Export a programme of one film, and say how that came out."""
    began = time.monotonic()
    source = f"film.{name.rpartition('.')[2]}"
    with tempfile.TemporaryDirectory(prefix="fuzz") as work:
        place = Path(work)
        (place / "sources").mkdir()
        (place / "sources" / source).write_bytes(data)
        if nursery is None:
            with closing(render_nursery(ENGINE)) as own:
                outcome, harm = _outcome(place, config(number, source), source, own)
        else:
            outcome, harm = _outcome(place, config(number, source), source, nursery)
    seconds = time.monotonic() - began
    if seconds > HUNG_SECONDS:
        harm = f"took {seconds:.0f} s. {harm}"
    return Try(number, name, outcome, harm, seconds)


def _outcome(place: Path, asked: dict[str, Any], source: str, nursery: Nursery) -> tuple[str, str]:
    watcher = Watcher()
    try:
        render(place, asked, ENGINE, watcher, nursery)
    except Exception as error:  # noqa: BLE001 - what it is is what is judged
        # That a film says of itself to have a picture every two seconds is its own affair.
        wrong = "" if isinstance(error, ConfigInvalid) else judge_failure(error, source)
        if not wrong:
            return getattr(error, "code", "failed"), ""
        said = getattr(error, "detail", "") or "\n".join(watcher.lines[-5:])
        return "HARM", f"{wrong}\n{said[-3000:]}"
    return "completed", ""


def config(number: int, source: str) -> dict[str, Any]:
    """A programme of three looks at the film, one of them beyond its end."""
    return {
        "version": 1,
        "id": "fuzz",
        "projectId": "p",
        "projectName": "Fuzz",
        "createdAt": "2026-11-22T19:41:41.256Z",
        "sources": [{"id": "a", "name": source, "filePath": source}],
        "segments": [
            {"sourceIndex": 0, "startTime": start, "endTime": end}
            for start, end in ((0.1, 0.72), (0.4, 0.9), (0.8, 1.3))
        ],
        "output": {
            "filePath": "out.mp4",
            "codec": ("copy", "copy", "copy", "h264")[number // 20 % 4],
        },
    }
