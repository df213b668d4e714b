"""What was acknowledged is done: `make chaos ARGS=acknowledged`.

    killed    an export is posted, and the moment it is acknowledged everything is killed, 100
              times. Afterwards none may be missing, and all have to be exact
    broker    the broker is down, then frozen: every POST is answered 202, the slowest but one in a
              hundred within 3 s, and all exports are made once it is back
    wiped     FLUSHALL with 20 exports in the queue and 2 being made: all are completed

Each has a control (`--without durable|bounded|sweep`) in which harm must be found.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import redis
from rich.console import Console
from rich.progress import track

from tests.chaos.case import Case, Harm, one_by_one, percentile, town_of
from tests.chaos.town import Town
from tests.worker.house import until

POST_SECONDS = 3.0
_CLIENTS = 4


def killed(console: Console, count: int, without: str) -> Harm:
    """POST and kill, `count` times."""
    harm = Harm()
    with town_of(1, without) as town:
        cases = [Case(town, f"posted-{n:03}") for n in range(count)]
        town.broker.start()
        for case in track(cases, "POST, then kill all", console=console):
            status, _ = town.insist("POST", "/api/export", case.config)
            town.kill_all()
            if status != 202:
                harm.add("not acknowledged", f"{case.name}: {status}")
        town.open()
        there = [case for case in cases if (town.store.exports / case.name).exists()]
        harm.add("missing", *(case.name for case in cases if case not in there))
        for case in track(there, "complete and exact", console=console):
            harm.add("not exact", *case.judge(seconds=300))
    return harm


def broker(console: Console, count: int, without: str) -> Harm:
    """POST while the broker is down, and while it is frozen."""
    harm = Harm()
    with town_of(1, without) as town:
        town.open()
        for way in ("down", "frozen"):
            cases = [Case(town, f"{way}-{n:03}") for n in range(count)]
            if way == "down":
                town.broker.stop()
            else:
                town.broker.freeze()
            with ThreadPoolExecutor(_CLIENTS) as clients:
                answers = list(clients.map(_timed_post, cases))
            town.broker.thaw() if way == "frozen" else town.broker.start()
            slow = percentile([seconds for seconds, _ in answers], 99)
            console.print(f"broker {way}: POST p99 {slow:.2f} s of {count}", highlight=False)
            if slow > POST_SECONDS:
                harm.add("slow", f"broker {way}: p99 {slow:.2f} s")
            harm.add("not 202", *(f"{way}: {status}" for _, status in answers if status != 202))
            if not without:
                for case in cases:
                    harm.add("not exact", *case.judge(seconds=300))
    return harm


def _timed_post(case: Case) -> tuple[float, int]:
    begun = time.monotonic()
    status = 0
    with suppress(OSError):
        status, _ = case.town.ask("POST", "/api/export", case.config)
    return time.monotonic() - begun, status


def wiped(console: Console, count: int, without: str) -> Harm:
    """FLUSHALL under two renders and a queue of `count`."""
    harm = Harm()
    with town_of(2, without) as town:
        town.open()
        running = [Case(town, f"running-{n}", cuts=24) for n in range(2)]
        for case in running:
            case.post()
        until(lambda: all(map(_is_made, running)), 60)
        queued = [Case(town, f"queued-{n:02}") for n in range(count)]
        for case in queued:
            case.post()
        _wipe(town)
        waiting = sum(town.status(case.name) == "pending" for case in queued)
        console.print(f"wiped with {waiting} in the queue", highlight=False)
        if waiting < count * 3 // 4:
            harm.add("too late", f"{waiting} of {count} were still queued")
        deadline = time.monotonic() + (60 if without else 300)
        for case in [*running, *queued]:
            harm.add("not completed", *case.judge(max(0.0, deadline - time.monotonic())))
    return harm


def _is_made(case: Case) -> bool:
    return case.town.status(case.name) == "processing"


def _wipe(town: Town) -> None:
    with redis.Redis(port=town.broker.port) as client:
        client.flushall()


SCRIPTS: dict[str, tuple[Callable[[Console, int, str], Harm], int, str]] = {
    "killed": (killed, 100, "durable"),
    "broker": (broker, 50, "bounded"),
    "wiped": (wiped, 20, "sweep"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run all of it, or what is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scripts", nargs="*", choices=[*SCRIPTS, []], help="default: all")
    parser.add_argument("--count", type=int, help="how often; the default is what is promised")
    parser.add_argument("--control", action="store_true", help="only the controls")
    asked = parser.parse_args(argv)
    console = Console()
    chosen = {name: SCRIPTS[name] for name in asked.scripts or SCRIPTS}
    return one_by_one(console, chosen, asked.count, controls_only=asked.control)


if __name__ == "__main__":
    sys.exit(main())
