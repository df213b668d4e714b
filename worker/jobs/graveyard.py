"""The tombstones as a sweep sees them each second: thousands, of which hardly one ever changes.

They only change by renames, which move the time of their folder. Where that stands still, what was
read before is still so, and nothing is looked at again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from config_schema.status import JobRecord

#: File systems count time in steps; two changes within one look like one.
_STEP_SECONDS = 2.0


class _Seen(NamedTuple):
    """What was read while the folder had one time, which was first seen at `since`."""

    changed_ns: int
    since: float
    is_settled: bool
    records: Sequence[JobRecord]


class Graveyard:
    """The records of a folder of tombstones, read again only after a change."""

    def __init__(self, folder: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        # Replaced as a whole: of several threads that read at once, one that was slower leaves
        # what it read together with the time that this was of, never with a newer one.
        self._seen: _Seen | None = None

    def records(
        self, read: Callable[[str], tuple[Sequence[JobRecord], bool]]
    ) -> Sequence[JobRecord]:
        """The records that `read` finds in the folder, now or since its last change.

        `read` also says whether that was all: if not, the next look reads again.
        """
        now = self._clock()
        try:
            changed_ns = os.stat(self._folder).st_mtime_ns  # noqa: PTH116 - each second, for ever
        except FileNotFoundError:
            return ()
        seen = self._seen
        since = seen.since if seen is not None and seen.changed_ns == changed_ns else now
        if seen is None or seen.changed_ns != changed_ns or not seen.is_settled:
            records, is_all = read(self._folder)
            is_settled = is_all and now - since >= _STEP_SECONDS
            seen = self._seen = _Seen(changed_ns, since, is_settled, records)
        return seen.records
