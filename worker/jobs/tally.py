"""What has come of all runs since the volume is in use, kept where no purge takes it away.

    exports/.state/.tally.json   the sums, and the runs that were just counted
    exports/.state/.tally.lock   flock of a moment: whoever counts holds it

A run is counted once, whatever dies in between: sums and the name of the run are written in ONE
step, and the name stays until the job's own state says that it was counted (see booking.py). Who
was killed between these two finds the name there, and does not count again. Ends that were counted
by a process without a log of its own lie beside them until a worker has told them.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config_schema.status import JobStatus
from worker.jobs import disk
from worker.jobs.ends import End

Key = TypeVar("Key", bound=str)

# Beside the tombstones, with names that no job can have.
_FOLDER = ".state"
_SUMS = ".tally.json"
_LOCK = ".tally.lock"
_LOCK_SECONDS = 2.0
#: Without any worker they would make the file ever longer.
_MOST_UNTOLD = 1000

_SECONDS = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800, 86400)
_SPEEDS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128)


class Histogram(BaseModel):
    """How often a value was at most each bound; it keeps the bounds it was begun with."""

    model_config = ConfigDict(frozen=True)

    bounds: tuple[float, ...]
    #: One more than there are bounds: the last is for what is above all of them.
    counts: tuple[int, ...]
    sum: float = 0.0

    @classmethod
    def empty(cls, bounds: tuple[float, ...]) -> Histogram:
        """Nothing seen yet."""
        return cls(bounds=bounds, counts=(0,) * (len(bounds) + 1))

    def plus(self, value: float | None) -> Histogram:
        """With one more value, if there is one.

        >>> Histogram.empty((1, 2)).plus(2).plus(0.5).plus(9).plus(None).counts
        (1, 1, 1)
        """
        if value is None:
            return self
        counts = list(self.counts)
        counts[bisect.bisect_left(self.bounds, value)] += 1
        return self.model_copy(update={"counts": tuple(counts), "sum": self.sum + value})


class Sums(BaseModel):
    """The sums over all runs that ended."""

    model_config = ConfigDict(frozen=True)

    ended: Mapping[JobStatus, int] = {}
    failed: Mapping[str, int] = {}
    wait_seconds: Histogram = Histogram.empty(_SECONDS)
    render_seconds: Histogram = Histogram.empty(_SECONDS)
    speed: Histogram = Histogram.empty(_SPEEDS)
    programme_seconds: float = 0.0
    copied_frames: int = 0
    converted_frames: int = 0
    pieces_made: int = 0
    pieces_reused: int = 0
    output_bytes: int = 0
    #: What came of messages to clients, and of tries to send them (see webhooks.courier).
    webhooks: Mapping[str, int] = {}

    def plus(self, end: End) -> Sums:
        """With one more run.

        >>> end = End(job="a", project="", outcome=JobStatus.FAILED, error_code="stalled")
        >>> Sums().plus(end).plus(end).failed
        {'stalled': 2}
        """
        is_made = end.outcome is JobStatus.COMPLETED
        code = end.error_code
        return Sums(
            ended=_one_more(self.ended, end.outcome),
            failed=self.failed if code is None else _one_more(self.failed, code),
            wait_seconds=self.wait_seconds.plus(end.wait_seconds),
            # A run that failed at once would make the house look quick.
            render_seconds=self.render_seconds.plus(end.render_seconds if is_made else None),
            speed=self.speed.plus(end.speed),
            programme_seconds=self.programme_seconds + (end.programme_seconds or 0),
            copied_frames=self.copied_frames + (end.copied_frames or 0),
            converted_frames=self.converted_frames + (end.converted_frames or 0),
            pieces_made=self.pieces_made + (end.pieces_made or 0),
            pieces_reused=self.pieces_reused + (end.pieces_reused or 0),
            output_bytes=self.output_bytes + (end.output_bytes or 0),
            webhooks=self.webhooks,
        )

    def plus_webhook(self, outcome: str) -> Sums:
        """With one more word about a message to a client."""
        return self.model_copy(update={"webhooks": _one_more(self.webhooks, outcome)})


class _Page(BaseModel):
    """The file: the sums, the ids of the jobs whose runs were counted lately, by the run, and the
    ends that are still to be told.
    """

    sums: Sums = Sums()
    unmarked: dict[str, str] = {}
    untold: tuple[End, ...] = ()


#: Whether the job with this id says itself that this run was counted, or means another run by now.
IsMarked = Callable[[str, str], bool]


class Tally:
    """The sums beneath one `exports/` folder; any number of processes may count."""

    def __init__(self, exports: Path) -> None:
        self._folder = exports / _FOLDER

    def count(self, run: str, end: End, is_marked: IsMarked, *, tell_later: bool = False) -> bool:
        """Count the run's end, durably; whether it was new. Called with the job's gate held.

        With `tell_later` a worker's sweep tells it. OSError when it cannot be counted now.
        """
        self._folder.mkdir(exist_ok=True)
        with (
            disk.opened(self._folder) as folder,
            disk.locked(folder, _LOCK, _LOCK_SECONDS),
        ):
            page = _read(folder)
            if run in page.unmarked:
                return False
            unmarked = {
                name: job for name, job in page.unmarked.items() if not is_marked(job, name)
            }
            untold = (*page.untold, end)[-_MOST_UNTOLD:] if tell_later else page.untold
            _write(
                folder,
                _Page(sums=page.sums.plus(end), unmarked={**unmarked, run: end.job}, untold=untold),
            )
        return True

    def count_webhook(self, outcome: str) -> None:
        """Count what came of telling a client something. OSError when it cannot be counted now."""
        self._folder.mkdir(exist_ok=True)
        with (
            disk.opened(self._folder) as folder,
            disk.locked(folder, _LOCK, _LOCK_SECONDS),
        ):
            page = _read(folder)
            _write(folder, page.model_copy(update={"sums": page.sums.plus_webhook(outcome)}))

    def take_untold(self) -> tuple[End, ...]:
        """The ends that are to be told, each to one caller only."""
        try:
            with disk.opened(self._folder) as folder:
                if not _read(folder).untold:
                    return ()
                with disk.locked(folder, _LOCK, _LOCK_SECONDS):
                    page = _read(folder)
                    _write(folder, page.model_copy(update={"untold": ()}))
                    return page.untold
        except FileNotFoundError:
            return ()

    def sums(self) -> Sums:
        """The sums as they are."""
        try:
            with disk.opened(self._folder) as folder:
                return _read(folder).sums
        except FileNotFoundError:
            return Sums()


def _read(folder: int) -> _Page:
    # Every write is whole, so what cannot be read was written by somebody else: what counts is
    # what comes from now on, and a counter that falls to zero is one that Prometheus understands.
    with suppress(FileNotFoundError, ValidationError):
        return _Page.model_validate_json(disk.read(folder, _SUMS))
    return _Page()


def _write(folder: int, page: _Page) -> None:
    disk.replace(folder, _SUMS, page.model_dump_json().encode())


def _one_more(counts: Mapping[Key, int], key: Key) -> dict[Key, int]:
    return {**counts, key: counts.get(key, 0) + 1}
