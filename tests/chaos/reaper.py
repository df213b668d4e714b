"""Kills parts of a running service, and looks whether what belonged to them ends with them."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from tests.chaos.processes import Known, below, everybody, lives, look
from tests.chaos.town import Town

#: A child has to be gone so long after the process that it worked for.
ORPHAN_SECONDS = 5.0

#: How often each kind of victim is chosen. What assembles and verifies lives for so short a time
#: that it is taken whenever it is there.
WEIGHTS = {
    "encoder": 24,
    "reader": 18,
    "assembler": 40,
    "nursery": 5,
    "pool child": 10,
    "worker": 8,
    "worker and all": 5,
    "frozen encoder": 8,
    "web": 2,
    "web child": 2,
    "broker": 3,
}


class Reaper:
    """Chooses by a seed whom to kill next; `orphans` is what outlived its master."""

    def __init__(self, town: Town, seed: int) -> None:
        self._town = town
        self._dice = random.Random(seed)
        self._due: list[tuple[float, str, Sequence[Known]]] = []
        self.killed: Counter[str] = Counter()
        self.orphans: list[str] = []

    def strike(self) -> str:
        """Kill somebody with SIGKILL; what kind it was, empty when nobody was there."""
        all_ = everybody()
        # Chosen before it is known who is there: else most kills were of what is always there.
        kind = self._dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        there = list(_KINDS[kind](self._town, all_))
        if not there:
            return ""
        victim = self._dice.choice(there)
        bereaved = list(below(victim.pid, all_))
        try:
            if kind == "worker and all":
                os.killpg(victim.pid, signal.SIGKILL)
            elif kind == "frozen encoder":
                os.kill(victim.parent, signal.SIGKILL)
                _stop_without(victim, all_[victim.parent])
                bereaved = [victim]
            else:
                os.kill(victim.pid, signal.SIGKILL)
        except ProcessLookupError:
            return ""
        self.expect_the_end_of(bereaved, kind)
        self.killed[kind] += 1
        return kind

    def expect_the_end_of(self, bereaved: Sequence[Known], kind: str) -> None:
        """Have `look` note who of them is still there in five seconds."""
        self._due.append((time.monotonic() + ORPHAN_SECONDS, kind, bereaved))

    def pause(self, mean: float) -> float:
        """Seconds until the next kill: some follow each other closely, as in life."""
        return self._dice.expovariate(1 / mean)

    def look(self, *, wait: bool = False) -> None:
        """Note whom five seconds have not sufficed; with `wait`, also for the latest victims."""
        while self._due and (wait or self._due[0][0] <= time.monotonic()):
            at, kind, bereaved = self._due.pop(0)
            time.sleep(max(0.0, at - time.monotonic()))
            for known in filter(lives, bereaved):
                now = look(known.pid)
                self.orphans.append(f"{known.name}, {kind} was killed: was {known}, is {now}")
                with suppress(ProcessLookupError):
                    os.kill(known.pid, signal.SIGKILL)


def _stop_without(child: Known, parent: Known) -> None:
    """Stop the child once its parent is dead: a stopped process takes no hint, neither a closed
    pipe nor SIGTERM ends it. Stopped any sooner it would be woken: when a process group loses its
    last link to its session, the kernel sends SIGHUP and SIGCONT to those of it that are stopped.
    """
    deadline = time.monotonic() + 1
    while lives(parent) and time.monotonic() < deadline:
        time.sleep(0.0005)
    with suppress(ProcessLookupError):
        os.kill(child.pid, signal.SIGSTOP)


All = dict[int, Known]


def _mains(town: Town, all_: All) -> Iterator[Known]:
    # One that has not begun to work yet is no loss, and with it the others would never begin.
    for part in town.parts:
        process = part.process
        if part.name == "web" or process is None or process.pid not in all_:
            continue
        if town.is_up(process):
            yield all_[process.pid]


def _children(town: Town, all_: All) -> Iterator[Known]:
    """The processes that Celery's pools consist of."""
    for main in _mains(town, all_):
        yield from (known for known in all_.values() if known.parent == main.pid)


def _under_children(town: Town, all_: All) -> Iterator[Known]:
    for child in _children(town, all_):
        yield from below(child.pid, all_)


def _web(town: Town, all_: All) -> Iterator[Known]:
    process = next(part.process for part in town.parts if part.name == "web")
    if process is not None and process.pid in all_:
        yield all_[process.pid]


def _web_children(town: Town, all_: All) -> Iterator[Known]:
    for master in _web(town, all_):
        yield from below(master.pid, all_)


def _broker(town: Town, all_: All) -> Iterator[Known]:
    process = town.broker.process
    if process is not None and process.pid in all_:
        yield all_[process.pid]


def _encoders(town: Town, all_: All) -> Iterator[Known]:
    for known in _under_children(town, all_):
        if known.makes_media and not known.is_forked:
            yield known


def _forked(*verbs: str) -> Callable[[Town, All], Iterator[Known]]:
    def find(town: Town, all_: All) -> Iterator[Known]:
        for known in _under_children(town, all_):
            if known.is_forked and known.name in verbs:
                yield known

    return find


def _nurseries(town: Town, all_: All) -> Iterator[Known]:
    for known in _under_children(town, all_):
        if known.is_nursery and not known.is_forked:
            yield known


_KINDS: dict[str, Callable[[Town, All], Iterator[Known]]] = {
    "encoder": _encoders,
    "reader": _forked("probe", "index", "pictures", "sound"),
    "assembler": _forked("assemble", "verify", "prove"),
    "nursery": _nurseries,
    "pool child": _children,
    "worker": _mains,
    "worker and all": _mains,
    "frozen encoder": _encoders,
    "web": _web,
    "web child": _web_children,
    "broker": _broker,
}
