"""How soon a killed piece is made again: `make chaos ARGS=recovery`.

Two workers share long exports. A maker of a piece is killed, or frozen with all of its worker, and
it is timed until somebody makes that piece again: 95 of 100 within ten seconds for what was
killed. Every export has to be exact. In the control nobody sweeps. (Frozen workers that wake again
are the subject of `two_hosts`: on its own host a frozen one is ended.)
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from tests.chaos.case import Case, Harm, one_by_one, percentile, town_of
from tests.chaos.processes import Known, below, everybody, look, pieces_held
from tests.chaos.town import Town
from tests.worker.house import until

AGAIN_SECONDS = 10.0
_GIVE_UP_SECONDS = 60.0
_SETTINGS = {"EXPORT_PIECE_SECONDS": "3", "EXPORT_PRESET": "medium", "EXPORT_PIECE_CACHE_GB": "0"}
_OUTPUT = {"codec": "h264", "fps": 30, "width": 640, "height": 360}


def recovered(way: str, console: Console, count: int, without: str) -> Harm:
    """Kill or freeze `count` makers of a piece in this way."""
    harm = Harm()
    times = []
    dice = random.Random(way)
    with town_of(2, without, **_SETTINGS) as town:
        town.open()
        for number in range(count):
            case = Case(town, f"job-{number}", cuts=6, **_OUTPUT)
            case.post()
            until(partial(_makers, case), 60)
            maker, lock = dice.choice(_makers(case))
            _WAYS[way](town, maker)
            seconds = _until_again(town, maker, lock)
            times.append(seconds)
            if seconds >= _GIVE_UP_SECONDS:
                harm.add("never again", f"{case.name}: {Path(lock).name}")
                break
            harm.add("not exact", *case.judge(180))
            _end_the_frozen(town)
        harm.add("litter", *([] if without else town.litter()))
    slow = percentile(times, 95)
    words = ", ".join(f"{seconds:.1f}" for seconds in sorted(times))
    console.print(f"{way}: again after p95 {slow:.1f} s ({words})", highlight=False)
    if way not in _FREEZING and slow > AGAIN_SECONDS:
        harm.add("slow", f"{way}: p95 {slow:.1f} s")
    return harm


def _makers(case: Case) -> list[tuple[Known, str]]:
    return [
        (known, piece)
        for known in everybody().values()
        if known.makes_media and known.state not in "Tt"
        for piece in pieces_held(known.pid)
        if f"/{case.name}/" in piece and "/place-" not in piece
    ]


def _until_again(town: Town, maker: Known, lock: str) -> float:
    """Seconds until another group of processes makes the piece, or has made it."""
    begun = time.monotonic()
    folder, name = Path(lock).parent, Path(lock).name.partition(".")[0]
    while time.monotonic() - begun < _GIVE_UP_SECONDS:
        town.keep()
        for known in everybody().values():
            if known.makes_media and known.group != maker.group and lock in pieces_held(known.pid):
                return time.monotonic() - begun
        files = [path.name for path in folder.glob(f"{name}.*")]
        is_made = any(not any(mark in file for mark in _UNMADE) for file in files)
        if is_made or not folder.exists():
            return time.monotonic() - begun
        time.sleep(0.05)
    return _GIVE_UP_SECONDS


# --- ways to lose a maker


def _kill_maker(_: Town, maker: Known) -> None:
    os.kill(maker.pid, signal.SIGKILL)


def _kill_pool_child(town: Town, maker: Known) -> None:
    os.kill(_pool_child(town, maker).pid, signal.SIGKILL)


def _kill_worker(town: Town, maker: Known) -> None:
    os.killpg(_pool_child(town, maker).parent, signal.SIGKILL)


def _freeze_worker(town: Town, maker: Known) -> None:
    main = _pool_child(town, maker).parent
    for pid in (main, *(known.pid for known in below(main, everybody()))):
        os.kill(pid, signal.SIGSTOP)


def _end_the_frozen(town: Town) -> None:
    for part in town.parts:
        known = part.process and look(part.process.pid)
        if known and known.state in "Tt":
            os.killpg(known.pid, signal.SIGKILL)


def _pool_child(town: Town, maker: Known) -> Known:
    """The process of Celery's pool that the maker works for; its parent is the worker."""
    all_ = everybody()
    mains = {part.process.pid for part in town.parts if part.process is not None}
    at = maker
    while at.parent not in mains:
        at = all_[at.parent]
    return at


_WAYS: dict[str, Callable[[Town, Known], None]] = {
    "encoder or reader killed": _kill_maker,
    "pool child killed": _kill_pool_child,
    "worker killed": _kill_worker,
    "worker frozen": _freeze_worker,
}
_FREEZING = ("worker frozen",)
_UNMADE = (".lock@", ".lease", ".tried", ".part", ".tmp")


def main(argv: Sequence[str] | None = None) -> int:
    """Try every way, or the ones named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ways", nargs="*", choices=[*_WAYS, []], help="default: all")
    parser.add_argument("--count", type=int, help="how often in each way (default: 20)")
    asked = parser.parse_args(argv)
    console = Console()
    ways = {way: (partial(recovered, way), 20, "") for way in asked.ways or _WAYS}
    wrong = one_by_one(console, ways, asked.count)
    way = "worker killed"
    control = {way: (partial(recovered, way), 2, "sweep")}
    return wrong | one_by_one(console, control, None, controls_only=True)


if __name__ == "__main__":
    sys.exit(main())
