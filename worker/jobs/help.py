"""One visit of a guest: making pieces of a job that another process holds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from config_schema.errors import Cancelled, ExportError, JobNotFound
from config_schema.status import JobRecord, JobStatus, Progress
from worker.jobs.announce import Announcement, visit_of
from worker.jobs.folder import OFFER, PIECES, JobFolder
from worker.jobs.run import Workload
from worker.jobs.steering import Steering
from worker.jobs.store import JobStore
from worker.jobs.stored_config import load_config

_EVERY_SECONDS = 0.5
Tell = Callable[[Announcement], None]


class Helper:
    """What a guest's engine reports to.

    How far the job is, its holder tells, who reads the counts in the claims on the pieces; the
    guest tells only Flower, about its own visit.
    """

    def __init__(
        self, folder: JobFolder, record: JobRecord, steering: Steering, tell: Tell
    ) -> None:
        self._folder = folder
        self._record = record
        self._steering = steering
        self._tell = tell
        self._next_at = 0.0

    def progress(self, progress: Progress) -> None:
        """Take the engine's newest report."""
        now = time.monotonic()
        if now >= self._next_at:
            self._next_at = now + _EVERY_SECONDS
            self._tell(visit_of(self._record, progress))

    def is_cancelled(self) -> bool:
        """Whether the job was cancelled or paused, or the worker cannot wait any longer."""
        is_resting = self._folder.is_paused()
        return is_resting or self._steering.is_time_up() or self._folder.is_cancelled()

    def is_turn_over(self) -> bool:
        """Whether the worker shuts down or is wanted elsewhere."""
        return self._steering.is_stopping() or self._steering.others_wait(self._record.priority)

    def log(self, line: str) -> None:
        """Keep a line for operators, among those of the holder."""
        self._folder.log(f"guest: {line}")


Help = Callable[[Workload, Helper], int]


def help_job(
    job_id: str,
    store: JobStore,
    help_out: Help,
    steering: Steering,
    tell: Tell = lambda _: None,
) -> int:
    """Make pieces of the job if its holder offers some; how many. Never fails: nothing that goes
    wrong here is held against the job.
    """
    try:
        folder = store.open(job_id)
    except JobNotFound:
        return 0
    with folder:
        helper = None
        try:
            record = folder.record()
            work = folder.work_path(record)
            is_made = record.status is JobStatus.PROCESSING and not record.stage.is_resting
            if not is_made or not (work / OFFER).exists():
                return 0
            helper = Helper(folder, record, steering, tell)
            return help_out(Workload(job_id, load_config(folder.config_json()), work, None), helper)
        except (Cancelled, FileNotFoundError):
            # Taken away, or finished meanwhile and cleared.
            return 0
        except (ExportError, OSError, ValueError) as error:
            # ValueError: the holder is of another version, and its plan reads otherwise.
            if helper is not None:
                with suppress(OSError):
                    helper.log(f"went away: {error}")
            return 0


def has_free_pieces(work: Path) -> bool:
    """Whether there is an offer with pieces that nobody has made, makes or tried as a guest."""
    try:
        offered: list[str] = json.loads((work / OFFER).read_bytes())
        names = [path.name for path in (work / PIECES).iterdir()]
    except (OSError, ValueError):
        return False
    taken = {name.partition(".")[0] for name in names if ".lock@" not in name}
    return any(key not in taken for key in offered)
