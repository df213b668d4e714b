"""One visit of a worker at something that is wanted: claimed, made or left, and told on disk."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from config_schema.errors import (
    Cancelled,
    DiedTooOften,
    ExportError,
    InternalFault,
    MiniatureNotFound,
    NoSpace,
    TurnOver,
)
from config_schema.status import Progress
from worker.jobs import disk
from worker.jobs.claim import Claim, lock_name
from worker.jobs.space import Space
from worker.jobs.steering import Steering
from worker.miniatures.shelf import (
    WORK,
    Fault,
    Place,
    Shelf,
    count_try,
    finish,
    forget_work,
    give_up,
    is_over,
)
from worker.miniatures.wants import Want

#: So many makers may die of it; after that it is the source.
MOST_TRIES = 4
#: Whether it is still wanted is looked at so often; a render asks ten times a second.
_LOOK_SECONDS = 1.0
#: What may be made of any source at a time, on top of what is to stay free.
_NEEDED_BYTES = 0
_log = logging.getLogger(__name__)


class Made(NamedTuple):
    """What was made: facts, and a file in the work folder where there is one."""

    facts: dict[str, Any]
    path: Path | None


class Watcher:
    """What a maker reports to, and asks whether it is to go on."""

    def __init__(self, shelf: Shelf, place: Place, want: Want, claim: Claim, steering: Steering):
        self._shelf, self._place, self._want = shelf, place, want
        self._claim = claim
        self._steering = steering
        self._looked_at = 0.0
        self._is_wanted = True
        self._is_in_the_way = False

    def progress(self, progress: Progress) -> None:
        """Take a render's newest report."""
        self.share(progress.fraction)

    def share(self, share: float) -> None:
        """Take what share is made, from 0 to 1."""
        self._claim.count = max(self._claim.count, share)

    def is_cancelled(self) -> bool:
        """Whether nobody wants it any more, or nothing may be waited for."""
        self._look()
        return not self._is_wanted or self._claim.is_lost or self._steering.is_time_up()

    def is_turn_over(self) -> bool:
        """Whether an export waits for a worker, or something that is made in a moment does."""
        self._look()
        is_called = self._steering.is_stopping() or self._steering.others_wait("low")
        return is_called or self._is_in_the_way

    def log(self, line: str) -> None:
        """Keep a line for operators."""
        _log.debug("miniature %s: %s", self._want.key, line)

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = now
        self._is_wanted = self._shelf.is_wanted(self._place, self._want)
        self._is_in_the_way = self._want.kind.is_long and any(
            not want.kind.is_long for want in self._shelf.due(self._place)
        )


@dataclass(frozen=True)
class Bench:
    """Where a want is made: its folder, kept between tries, and the locks children inherit."""

    work: Path
    locks: tuple[int, ...]


Make = Callable[[Want, Bench, Watcher], Made]


@dataclass(frozen=True)
class Visit:
    """All that a visit needs beside what it is about."""

    shelf: Shelf
    make: Make
    steering: Steering
    space: Space

    def __call__(self, tenant: str, key: str) -> str:
        """Make it if it is wanted and nobody else does; in a word what came of it."""
        try:
            want = self.shelf.want(tenant, key)
        except MiniatureNotFound:
            return "unknown"
        with self.shelf.place(tenant) as place, _lane(self.shelf, want) as lane:
            if lane is None:
                return "another one is being made on this host"
            if self.steering.others_wait("low") or not self.shelf.is_wanted(place, want):
                return "not now"
            claim = Claim.take(place.fd, key)
            if claim is None:
                return "being made"
            try:
                if is_over(place, want):
                    return "made already"
                return self._made(place, want, claim, lane)
            finally:
                claim.release()

    def _made(self, place: Place, want: Want, claim: Claim, lane: int) -> str:
        if count_try(place, want) > MOST_TRIES:
            give_up(place, want, Fault.of(DiedTooOften()))
            return "given up"
        work = place.path / f"{want.key}{WORK}"
        work.mkdir(exist_ok=True)
        watcher = Watcher(self.shelf, place, want, claim, self.steering)
        try:
            shortage = self.space.shortage(place.fd, _NEEDED_BYTES)
            if shortage is not None:
                raise shortage
            made = self.make(want, Bench(work, (claim.lock, lane)), watcher)
            finish(place, want, made.facts, made.path)
        except TurnOver:
            disk.remove(place.fd, f"{want.key}.tries")
            return "others wait"
        except Cancelled:
            disk.remove(place.fd, f"{want.key}.tries")
            return "not wanted any more"
        except ExportError as error:
            _log.warning("miniature %s of %s failed: %s\n%s", *_names(want), error, error.detail)
            give_up(place, want, Fault.of(error))
            return f"failed: {error.code}"
        except OSError as error:
            is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            fault = NoSpace() if is_full else InternalFault()
            _log.warning("miniature %s of %s failed", *_names(want), exc_info=error)
            give_up(place, want, Fault.of(fault))
            return f"failed: {fault.code}"
        return "made"


@contextmanager
def _lane(shelf: Shelf, want: Want) -> Iterator[int | None]:
    """The right to make one of its sort on this host, where it is free."""
    name = "long" if want.kind.is_long else "short"
    with shelf.place("") as house:
        lock = disk.try_lock(house.fd, lock_name(f".{name}"))
    try:
        yield lock
    finally:
        if lock is not None:
            # A child that inherited it holds it on.
            os.close(lock)


def _names(want: Want) -> tuple[str, str]:
    return want.kind, ", ".join(want.sources)


__all__ = ["Bench", "Made", "Make", "Visit", "Watcher", "forget_work"]
