"""The tombstones as a sweep sees them each second: thousands, of which hardly one ever changes.

They only change by renames, which move the time of their folder. Where that stands still, what was
read before is still so, and nothing is looked at again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

from config_schema.status import JobRecord

#: File systems count time in steps; two changes within one look like one.
_STEP_SECONDS = 2.0


class Graveyard:
    """The records of a folder of tombstones, read again only after a change."""

    def __init__(self, folder: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._known: list[JobRecord] = []
        self._changed_ns: int | None = None
        self._since = 0.0
        self._is_settled = False

    def records(self, read: Callable[[str], Iterable[JobRecord]]) -> list[JobRecord]:
        """What `read` yields of the folder, now or since its last change."""
        now = self._clock()
        try:
            changed_ns = os.stat(self._folder).st_mtime_ns  # noqa: PTH116 - each second, for ever
        except FileNotFoundError:
            self._changed_ns = None
            return []
        if changed_ns != self._changed_ns:
            self._changed_ns, self._since, self._is_settled = changed_ns, now, False
        if not self._is_settled:
            is_settled = now - self._since >= _STEP_SECONDS
            self._known = list(read(self._folder))
            # Only now: had it failed, the next look must read again.
            self._is_settled = is_settled
        return self._known
