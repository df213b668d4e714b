"""What is kept of exports that are over, and for how long: after that, nothing.

A completed or failed job keeps its folder, a cancelled one its tombstone, for `EXPORT_KEEP_DAYS`
from its end. Then the id is free again, as if there had never been a job. Whoever has the output
open reads on to its end; a retry or a POST that comes at the same moment either finds the job, and
the job is not old any more, or finds none.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from config_schema.errors import ExportError, JobNotFound
from config_schema.status import JobRecord
from worker.jobs import disk
from worker.jobs.booking import count_last, say
from worker.jobs.folder import JobFolder
from worker.jobs.outbox import Outbox
from worker.jobs.store import TOMBSTONES, JobStore, Tombstone, gone_name

_ASIDE = ".purge-"
_ASIDE_SECONDS = 60.0
_MOST_A_ROUND = 20

MayGo = Callable[[JobRecord], bool]


def is_old(record: JobRecord, keep: timedelta, now: datetime) -> bool:
    """Whether the job is over for longer than `keep`.

    >>> from config_schema.status import JobStatus
    >>> born, now = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    >>> job = JobRecord(job_id="a", created_at=born, status=JobStatus.FAILED, finished_at=born)
    >>> is_old(job, timedelta(days=30), now), is_old(job, timedelta(days=32), now)
    (True, False)
    >>> is_old(job.model_copy(update={"status": JobStatus.PENDING}), timedelta(0), now)
    False
    """
    return record.status.is_final and now - (record.finished_at or record.created_at) >= keep


def older_than(days: float) -> MayGo:
    """Whether a job is over for so many days, by the clock of whoever asks."""
    keep = timedelta(days=days)
    return lambda record: is_old(record, keep, datetime.now(UTC))


def purge(store: JobStore, job_id: str, may_go: MayGo) -> bool:
    """Remove all that there is of the job if it may go; whether it did. Again is the same.

    What its client was not told yet, it is not told any more.
    """
    is_gone = _purge(store, job_id, may_go)
    if is_gone:
        Outbox(store.exports).forget(job_id)
    return is_gone


def _purge(store: JobStore, job_id: str, may_go: MayGo) -> bool:
    with suppress(JobNotFound, FileNotFoundError), store.open(job_id) as folder:
        return _purge_folder(store, folder, may_go)
    return _purge_stone(store, job_id, may_go)


def _purge_folder(store: JobStore, folder: JobFolder, may_go: MayGo) -> bool:
    job_id = folder.path.name
    with folder.gate():
        # A retry changes the state behind this very gate, so what is read here holds.
        if not folder.is_current() or not may_go(folder.record()):
            return False
        end = count_last(folder, tells=store.tells)
        # An older job's stone must not speak for this one afterwards.
        (store.exports / TOMBSTONES / f"{job_id}.json").unlink(missing_ok=True)
        with disk.opened(store.exports) as exports:
            os.rename(job_id, gone_name(job_id, folder.key), src_dir_fd=exports, dst_dir_fd=exports)
            os.fsync(exports)
    say(end)
    store.erase(job_id, folder)
    return True


def _purge_stone(store: JobStore, job_id: str, may_go: MayGo) -> bool:
    with suppress(JobNotFound):
        if may_go(store.tombstone(job_id).record):
            stone = store.exports / TOMBSTONES / f"{job_id}.json"
            aside = stone.with_name(f"{_ASIDE}{secrets.token_hex(4)}-{job_id}")
            with suppress(FileNotFoundError):
                stone.rename(aside)
                return _settle(aside, stone, may_go)
    return False


def _settle(aside: Path, stone: Path, may_go: MayGo) -> bool:
    """Remove the stone that was moved aside, or put it back: a newer job's may have come meanwhile
    under the same name, for nothing locks these.
    """
    try:
        is_to_go = may_go(Tombstone.model_validate_json(aside.read_bytes()).record)
    except ValidationError:
        is_to_go = False
    if not is_to_go:
        try:
            os.link(aside, stone)
        except FileExistsError:
            pass
        except OSError:
            # A file system without hard links.
            aside.rename(stone)
            return False
    aside.unlink()
    return is_to_go


class Retention:
    """The sweep's part: what is old goes, a few at a time; `keep_days` 0 keeps everything."""

    def __init__(self, store: JobStore, keep_days: float = 0) -> None:
        self._store = store
        self._keep_days = keep_days
        #: The ids that Celery's result backend is still to forget.
        self.to_forget: set[str] = set()

    def once(self, records: Iterable[JobRecord]) -> int:
        """Purge what is old among these; how many went."""
        if not self._keep_days:
            return 0
        may_go = older_than(self._keep_days)
        self._mend(may_go)
        gone = 0
        for record in records:
            if not may_go(record):
                continue
            with suppress(OSError, ExportError):
                if purge(self._store, record.job_id, may_go):
                    self.to_forget.add(record.job_id)
                    gone += 1
            # The others come next round: the workers still want their heartbeats.
            if gone >= _MOST_A_ROUND:
                break
        return gone

    def _mend(self, may_go: MayGo) -> None:
        """End what a purge that was killed half way began."""
        for aside in (self._store.exports / TOMBSTONES).glob(f"{_ASIDE}*"):
            with suppress(OSError):
                # Its change time is that of its moving aside.
                if time.time() - aside.stat().st_ctime > _ASIDE_SECONDS:
                    job_id = aside.name.removeprefix(_ASIDE).partition("-")[2]
                    _settle(aside, aside.with_name(f"{job_id}.json"), may_go)
