"""Two hosts that share the volume, one of them cut off: `make chaos ARGS=two_hosts`.

Two groups of processes take themselves for hosts of their own; the clock of one is five minutes
ahead. In mid-job the one that holds the job is cut off for a minute:

    broker    its line to the broker is cut; the volume it still has
    all       the volume hangs too, as over a network that is gone: every process that touches it
              stops, which is done here by SIGSTOP
    guest     the one that only helps is cut off from all

The export must be exact, made whole by the one that is left when the other hangs, and what wakes
must harm nothing: the same output, nothing left over. In the control nobody sweeps.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from rich.console import Console

from tests.chaos.case import Case, Harm, one_by_one, town_of
from tests.chaos.doubles import Doubles
from tests.chaos.link import Link
from tests.chaos.processes import below, everybody
from tests.chaos.town import Town
from tests.worker.house import until
from worker.jobs.folder import RUN

CUT_SECONDS = 60.0
CLOCK_AHEAD_SECONDS = 300
HOSTS = ("north", "south")
_SETTINGS = {"EXPORT_PIECE_SECONDS": "2", "EXPORT_PIECE_CACHE_GB": "0"}
_OUTPUT = {"codec": "h264", "fps": 30, "width": 640, "height": 360}


class TwoHosts:
    """A town whose two workers are on hosts of their own, each with its line to the broker."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._links = {host: Link(town.broker.port) for host in HOSTS}
        for host, link in self._links.items():
            database = town.redis_url.rpartition("/")[2]
            town.add_worker(
                host,
                "tests.worker.otherhost",
                OTHER_HOST=host,
                CLOCK_AHEAD=str(CLOCK_AHEAD_SECONDS * HOSTS.index(host)),
                REDIS_URL=f"redis://127.0.0.1:{link.port}/{database}",
            )

    @contextmanager
    def cut_off(self, host: str, *, volume: bool) -> Iterator[None]:
        """The host without the broker, and with `volume` without the volume too."""
        main = self.town.process_of(host).pid
        self._links[host].cut()
        stopped: list[int] = []
        # One that was born while the others were stopped is found by the next look.
        while volume and (moving := sorted({main, *_all_below(main)} - {*stopped})):
            for pid in moving:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGSTOP)
            stopped += moving
        try:
            yield
        finally:
            for pid in stopped:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)
            self._links[host].mend()

    def close(self) -> None:
        """Let the lines go."""
        for link in self._links.values():
            link.mend()
            link.close()


def cut_off(what: str, console: Console, count: int, without: str) -> Harm:
    """Cut one host off `count` times, for a minute in mid-job."""
    harm = Harm()
    with town_of(0, without, **_SETTINGS) as town:
        hosts = TwoHosts(town)
        try:
            town.open()
            for number in range(count):
                harm.add(
                    "wrong",
                    *_once(
                        hosts,
                        Case(town, f"job-{number}", cuts=48, **_OUTPUT),
                        what,
                        console,
                        without,
                    ),
                )
            harm.add("litter", *town.litter())
        finally:
            hosts.close()
    return harm


def _once(hosts: TwoHosts, case: Case, what: str, console: Console, without: str) -> list[str]:
    town = hosts.town
    case.post()
    # Without a sweep nobody is asked to help.
    makers = 1 if without == "sweep" else len(HOSTS)
    until(lambda: len(_makers(case)) == makers, 60)
    (holder,) = town.holders(case.name, RUN)
    host = next(name for name in HOSTS if (name == holder.host) != (what == "guest"))
    begun = time.monotonic()
    with Doubles(town.media) as doubles, hosts.cut_off(host, volume=what != "broker"):
        # What is left of the minute passes after the export is made without that host.
        faults = case.judge(CUT_SECONDS * 2)
        made = time.monotonic() - begun
        before = _output(case)
        time.sleep(max(0.0, CUT_SECONDS - made))
    faults += [f"made twice at once: {piece}" for piece in sorted(doubles.found)]
    console.print(f"{what}: {host} cut off, made whole in {made:.0f} s", highlight=False)
    # It is awake when it works again.
    after = Case(town, f"{case.name}-after", cuts=16, **_OUTPUT)
    after.post()
    until(lambda: len(_makers(after)) == makers or town.is_over(after.name), 60)
    faults += after.judge(120) + case.judge(0)
    if (now := _output(case)) != before:
        faults.append(f"{case.name}: the output was {before} and is {now}")
    return faults


def _all_below(main: int) -> set[int]:
    return {known.pid for known in below(main, everybody())}


def _makers(case: Case) -> set[str]:
    """The hosts that make pieces of it now."""
    return {holder.host for holder in case.town.holders(case.name)}


def _output(case: Case) -> list[tuple[int, int]]:
    """What tells its output from every other one that ever was."""
    facts = [path.stat() for path in case.folder.glob("output.*")]
    return [(fact.st_ino, fact.st_mtime_ns) for fact in facts]


WHATS = ("broker", "all", "guest")


def main(argv: Sequence[str] | None = None) -> int:
    """Try all of it, or what is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("whats", nargs="*", choices=[*WHATS, []], help="default: all")
    parser.add_argument("--count", type=int, help="how often each (default: 1)")
    asked = parser.parse_args(argv)
    scripts = {what: (partial(cut_off, what), 1, "") for what in asked.whats or WHATS}
    console = Console()
    wrong = one_by_one(console, scripts, asked.count)
    control = {"all": (partial(cut_off, "all"), 1, "sweep")}
    return wrong | one_by_one(console, control, None, controls_only=True)


if __name__ == "__main__":
    sys.exit(main())
