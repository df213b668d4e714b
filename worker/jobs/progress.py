"""How far a run has come: kept in the job's folder and told to Celery, never going back.

The disk is written first, so the result backend never knows more than it: after a crash the next
try starts from a mark at least as high as anything a client has seen.
"""

from __future__ import annotations

import time
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from config_schema.errors import NoSpace, Paused
from config_schema.status import JobRecord, Progress
from worker.jobs import disk
from worker.jobs.announce import Announcement, announcement_of
from worker.jobs.folder import JobFolder
from worker.jobs.space import Space
from worker.jobs.steering import Steering

PROGRESS = "progress.json"
_EVERY_SECONDS = 0.5
_SPACE_SECONDS = 1.0
#: So long a run goes on before it lets others that wait have their turn: planning anew takes a
#: second or two, which is to be little beside it.
TURN_SECONDS = 30.0


class Pinboard(Protocol):
    """Where notices for Celery go."""

    def pin(self, job_id: str, announcement: Announcement) -> None:
        """Put up the job's newest notice without waiting."""


class _Mark(BaseModel):
    model_config = ConfigDict(frozen=True)

    attempt: int
    progress: Progress


def read_progress(folder: JobFolder, record: JobRecord) -> Progress | None:
    """How far this run has come by the disk, or None before its first report."""
    try:
        mark = _Mark.model_validate_json(disk.read(folder.descriptor, PROGRESS))
    except (OSError, ValidationError):
        return None
    return mark.progress if mark.attempt == record.attempt else None


def never_back(before: Progress | None, now: Progress) -> Progress:
    """The newer report, lifted to where an earlier one of the same run had been.

    >>> from config_schema.status import Stage
    >>> high = Progress(stage=Stage.RENDERING, fraction=0.5, warnings=("a",))
    >>> again = never_back(high, Progress(stage=Stage.PLANNING, fraction=0.1))
    >>> again.stage.value, again.fraction, again.warnings
    ('planning', 0.5, ('a',))
    """
    if before is None:
        return now
    return now.model_copy(
        update={
            "fraction": max(before.fraction, now.fraction),
            "segments_done": max(before.segments_done, now.segments_done),
            "warnings": tuple(dict.fromkeys((*before.warnings, *now.warnings))),
        }
    )


def farther(one: Progress | None, other: Progress | None) -> Progress | None:
    """Of two reports of the same run the one that is farther."""
    if one is None or other is None:
        return one or other
    return other if other.fraction > one.fraction else one


class Reporter:
    """What the engine reports to: disk and board hear of it twice a second at most."""

    def __init__(
        self,
        folder: JobFolder,
        record: JobRecord,
        board: Pinboard,
        steering: Steering,
        space: Space = Space(),  # noqa: B008 - frozen
    ) -> None:
        self._folder = folder
        self._record = record
        self._board = board
        self._steering = steering
        self._turn_ends_at: float | None = None
        self._space = space
        self._space_looked_at = 0.0
        #: Why the engine was stopped, kept because the reason may have passed until it has.
        self.rest: Paused | NoSpace | None = None
        self.latest = read_progress(folder, record)
        self._is_fresh = True
        self._next_at = 0.0
        self._flush()

    def progress(self, progress: Progress) -> None:
        """Take the engine's newest report."""
        self.latest = never_back(self.latest, progress)
        self._is_fresh = True
        self._flush()

    def is_cancelled(self) -> bool:
        """Whether the engine is to stop at once: the job was cancelled or paused, the volume is
        nearly full, another host has taken the job over, or the worker shuts down and cannot wait
        any longer.
        """
        self._flush()
        self.rest = self.rest or self._reason_to_rest()
        claim = self._folder.claim
        is_lost = claim is not None and claim.is_lost
        is_over = self.rest is not None or is_lost or self._steering.is_time_up()
        return is_over or self._folder.is_cancelled()

    def _reason_to_rest(self) -> Paused | NoSpace | None:
        if self._folder.is_paused():
            return Paused()
        now = time.monotonic()
        if now - self._space_looked_at < _SPACE_SECONDS:
            return None
        self._space_looked_at = now
        return self._space.shortage(self._folder.descriptor)

    def is_turn_over(self) -> bool:
        """Whether nothing new is to be begun: the worker shuts down, or others wait."""
        if self._steering.is_stopping():
            return True
        now = time.monotonic()
        if self._turn_ends_at is None:
            # It begins with the first piece, not with the planning: else it might end before
            # anything was made, over and over.
            self._turn_ends_at = now + TURN_SECONDS
            return False
        return now > self._turn_ends_at and self._steering.others_wait(self._record.priority)

    def log(self, line: str) -> None:
        """Keep a line for operators."""
        self._folder.log(line)

    def _flush(self) -> None:
        now = time.monotonic()
        if not self._is_fresh or now < self._next_at:
            return
        self._next_at = now + _EVERY_SECONDS
        self._is_fresh = False
        if self.latest is not None:
            mark = _Mark(attempt=self._record.attempt, progress=self.latest)
            try:
                # Not fsynced: it must outlive processes, and after a power cut nobody remembers.
                data = mark.model_dump_json().encode()
                disk.replace(self._folder.descriptor, PROGRESS, data, durable=False)
            except OSError:
                # A full disk is the engine's to notice; what is not on disk is not told either.
                return
        self._board.pin(self._record.job_id, announcement_of(self._record, self.latest))
