"""When to try a job again and when to give up: pure decisions over one small value on disk.

Two things are counted, each since the job last finished a piece. Failures that we report and that
may pass (a crashed encoder, a stall, no memory): the third ends the run. Deaths from outside
(worker or child killed, power lost): they say little about the job, so only the tenth ends it. A
full volume is nobody's failure and counts as nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

MOST_FAILURES = 3
MOST_DEATHS = 10
_BACKOFF_SECONDS = (2, 8)
_SPACE_SECONDS = 5
_LONGEST_WAIT = timedelta(seconds=30)


class Tries(BaseModel):
    """How this run has fared."""

    model_config = ConfigDict(frozen=True)

    attempt: int = 1
    is_running: bool = False
    failures: int = 0
    deaths: int = 0
    pieces: int = 0
    next_at: AwareDatetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether the job may be tried now.

        A time that is farther off than any of ours was set by a host whose clock is ahead.
        """
        if self.next_at is None:
            return True
        return now >= self.next_at or self.next_at - now > _LONGEST_WAIT

    def begun(self, pieces: int) -> Tries:
        """As a try begins; one that never ended had been killed.

        >>> Tries().begun(0).begun(0).deaths, Tries().begun(0).begun(1).deaths
        (1, 1)
        >>> Tries(deaths=9, is_running=True).begun(1).deaths
        1
        """
        fresh = self._advanced(pieces)
        deaths = fresh.deaths + 1 if self.is_running else fresh.deaths
        return fresh.model_copy(update={"is_running": True, "deaths": deaths, "next_at": None})

    def handed_back(self, pieces: int) -> Tries:
        """As a try ends by the worker's wish: nothing is held against the job."""
        return self._advanced(pieces).model_copy(update={"is_running": False, "next_at": None})

    def failed(self, pieces: int, now: datetime) -> Tries | None:
        """As a try ends by a failure that may pass, or None: give up."""
        fresh = self._advanced(pieces)
        if fresh.failures + 1 >= MOST_FAILURES:
            return None
        wait = timedelta(seconds=_BACKOFF_SECONDS[fresh.failures])
        return fresh.model_copy(
            update={"is_running": False, "failures": fresh.failures + 1, "next_at": now + wait}
        )

    def killed(self, pieces: int, now: datetime) -> Tries:
        """As a try ends because somebody killed a child of it: as if it had been killed itself.

        >>> from datetime import UTC, datetime
        >>> Tries().killed(0, datetime.now(UTC)).deaths
        1
        """
        fresh = self._advanced(pieces)
        later = now + timedelta(seconds=_BACKOFF_SECONDS[0])
        update = {"is_running": False, "deaths": fresh.deaths + 1, "next_at": later}
        return fresh.model_copy(update=update)

    def out_of_space(self, pieces: int, now: datetime) -> Tries:
        """As a try ends because the volume is full."""
        later = now + timedelta(seconds=_SPACE_SECONDS)
        return self._advanced(pieces).model_copy(update={"is_running": False, "next_at": later})

    @property
    def is_hopeless(self) -> bool:
        """Whether the job has killed its workers too often."""
        return self.deaths >= MOST_DEATHS

    def _advanced(self, pieces: int) -> Tries:
        if pieces <= self.pieces:
            return self
        return self.model_copy(update={"pieces": pieces, "failures": 0, "deaths": 0})
