"""All jobs on the volume: a folder each, and a tombstone for each that was cancelled.

    exports/{id}/                  the job (see folder.py)
    exports/.state/{id}.json       its tombstone: state and config, once the folder is gone
    exports/.new-*                 a job being made; nobody looks in
    exports/.gone-*                a cancelled job's folder, until its last process has ended

A job appears and disappears by ONE rename, so every crash leaves either no job or a whole one.
Where a folder and a tombstone are both there, a crash came between a new POST's rename and the
removal of the old tombstone: the folder counts.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config_schema.errors import JobNotFound, NotUnderWay, VolumeUnavailable
from config_schema.status import JobRecord, JobStatus
from worker.jobs import disk
from worker.jobs.booking import count_last, say
from worker.jobs.claim import lock_name
from worker.jobs.folder import (
    CANCEL,
    CONFIG,
    GATE,
    OUTPUTS,
    RUN,
    STATE,
    WORK,
    JobFolder,
    as_cancelled,
)
from worker.jobs.graveyard import Graveyard
from worker.jobs.pause import PAUSE, as_paused, is_desk_paused

NEW = ".new-"
GONE = ".gone-"
TOMBSTONES = ".state"

_LOOKS = 3
_MOST_SEEN = 50_000
T = TypeVar("T")


class JobTaken(Exception):
    """The id has a folder already."""


class Tombstone(BaseModel):
    """What is kept of a cancelled job."""

    model_config = ConfigDict(frozen=True)

    record: JobRecord
    config: str


class JobStore:
    """The jobs beneath one `exports/` folder; any number of processes may have one.

    A worker's `tells` in the log how runs ended that it has counted.
    """

    def __init__(self, exports: Path, *, tells: bool = False) -> None:
        self.exports = exports
        self.tells = tells
        # Listing 10,000 jobs must not parse 10,000 files: every save makes a new inode.
        self._seen: dict[str, tuple[tuple[int, int, int], JobRecord]] = {}
        self._stones = Graveyard(f"{exports}/{TOMBSTONES}")

    # --- making and ending

    def create(self, record: JobRecord, config_json: bytes) -> None:
        """Make the job durable in one step, or raise JobTaken; VolumeUnavailable when it cannot."""
        try:
            self._create(record, config_json)
        except OSError as error:
            raise VolumeUnavailable(detail=f"{self.exports}: {error}") from error

    def _create(self, record: JobRecord, config_json: bytes) -> None:
        (self.exports / TOMBSTONES).mkdir(parents=True, exist_ok=True)
        target = self.exports / record.job_id
        # Asked before anything is written: on a full disk "exists already" is still the answer.
        if target.is_dir():
            raise JobTaken
        hidden = f"{NEW}{secrets.token_hex(8)}"
        with ExitStack() as cleanup:
            exports = cleanup.enter_context(disk.opened(self.exports))
            os.mkdir(hidden, 0o755, dir_fd=exports)
            cleanup.callback(_forget, exports, hidden)
            folder = cleanup.enter_context(
                JobFolder(target, os.open(hidden, disk.FOLDER, dir_fd=exports))
            )
            # The lock tells the sweep that this folder's maker lives.
            held = disk.try_lock(folder.descriptor, lock_name(RUN))
            if held is not None:
                cleanup.callback(disk.unlock, held)
            disk.write_new(folder.descriptor, GATE, b"")
            disk.write_new(folder.descriptor, CONFIG, config_json)
            disk.write_new(folder.descriptor, STATE, record.model_dump_json().encode())
            os.fsync(folder.descriptor)
            try:
                os.rename(hidden, record.job_id, src_dir_fd=exports, dst_dir_fd=exports)
            except OSError as error:
                if target.is_dir():
                    raise JobTaken from error
                raise
            os.fsync(exports)
            self.drop_tombstone(folder)

    def cancel(self, job_id: str) -> JobRecord:
        """Cancel the job, whatever it does; durable, and its folder has left its place."""

        def flagged(folder: JobFolder) -> JobRecord:
            folder.request_cancel()
            try:
                return self.bury(folder)
            except FileNotFoundError:
                raise
            except (OSError, VolumeUnavailable):
                # It is cancelled for good by now; the sweep takes the folder away.
                return as_cancelled(folder.stored_record())

        return self._find(job_id, flagged, lambda stone: stone.record)

    def bury(self, folder: JobFolder) -> JobRecord:
        """Turn a cancelled job's folder into its tombstone; again is the same.

        JobNotFound when the id means a newer job by now.

        The rename takes the folder from its place at once, also under a running render: that one
        sees the flag through its own descriptor, ends its children, and erases what is left.
        """
        with folder.gate():
            if not folder.is_current():
                return self.tombstone(folder.path.name).record
            record = folder.stored_record()
            if record.status is not JobStatus.CANCELLED:
                record = as_cancelled(record)
            cancelled = record
            end = _making_room(
                folder, lambda: count_last(folder, tells=self.tells, cancelled=cancelled)
            )
            # Now or before.
            record = record.model_copy(update={"counted": record.attempt})
            stone = Tombstone(record=record, config=folder.config_json().decode())
            _making_room(folder, lambda: self._write_tombstone(stone))
            with disk.opened(self.exports) as exports:
                gone = gone_name(record.job_id, folder.key)
                os.rename(record.job_id, gone, src_dir_fd=exports, dst_dir_fd=exports)
                os.fsync(exports)
        say(end)
        self.erase(record.job_id, folder)
        return record

    def _write_tombstone(self, stone: Tombstone) -> None:
        (self.exports / TOMBSTONES).mkdir(exist_ok=True)
        with disk.opened(self.exports / TOMBSTONES) as stones:
            name = f"{stone.record.job_id}.json"
            disk.replace(stones, name, stone.model_dump_json().encode())

    def steer(self, job_id: str, change: Callable[[JobFolder], None]) -> JobRecord:
        """The job's state after `change`, made inside its gate; NotUnderWay when it is over."""

        def changed(folder: JobFolder) -> JobRecord:
            with folder.gate():
                _require_under_way(folder.record())
                change(folder)
            return folder.record()

        def refused(stone: Tombstone) -> JobRecord:
            _require_under_way(stone.record)
            return stone.record

        return self._find(job_id, changed, refused)

    def erase(self, job_id: str, folder: JobFolder) -> bool:
        """Remove a buried folder unless a run still holds it; whether it is gone."""
        held = folder.hold()
        if held is None:
            return False
        try:
            with disk.opened(self.exports) as exports:
                disk.remove(exports, gone_name(job_id, folder.key))
        finally:
            disk.unlock(held)
        return True

    def drop_tombstone(self, folder: JobFolder) -> None:
        """Forget the cancelled job this id meant before."""
        # Without the gate it stays until the sweep comes by: the folder counts.
        with suppress(OSError, VolumeUnavailable), folder.gate():
            if folder.is_current():
                (self.exports / TOMBSTONES / f"{folder.path.name}.json").unlink(missing_ok=True)

    # --- looking

    def open(self, job_id: str) -> JobFolder:
        """The job's folder, to be closed; JobNotFound when there is none (a tombstone is none)."""
        try:
            return JobFolder.open(self._path(job_id))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise JobNotFound from error

    def record(self, job_id: str) -> JobRecord:
        """The job's state, be it alive or a tombstone."""
        return self._find(job_id, lambda folder: folder.record(), lambda stone: stone.record)

    def config_json(self, job_id: str) -> bytes:
        """The job's config, be it alive or a tombstone."""
        return self._find(
            job_id, lambda folder: folder.config_json(), lambda stone: stone.config.encode()
        )

    def _find(
        self, job_id: str, alive: Callable[[JobFolder], T], buried: Callable[[Tombstone], T]
    ) -> T:
        # A job moves between its two places while one looks: look again before saying no.
        for _ in range(_LOOKS):
            with suppress(JobNotFound, FileNotFoundError), self.open(job_id) as folder:
                return alive(folder)
            with suppress(JobNotFound):
                return buried(self.tombstone(job_id))
        raise JobNotFound

    def tombstone(self, job_id: str) -> Tombstone:
        """What is kept of a cancelled job; JobNotFound when nothing is."""
        self._path(job_id)
        try:
            data = (self.exports / TOMBSTONES / f"{job_id}.json").read_bytes()
            return Tombstone.model_validate_json(data)
        except FileNotFoundError as error:
            raise JobNotFound from error
        except ValidationError as error:
            raise VolumeUnavailable(
                "What was kept of this export is damaged.", detail=str(error)
            ) from error

    def job_ids(self) -> list[str]:
        """The ids of all jobs that have a folder, in no order."""
        return [name for name in self.names() if not name.startswith(".")]

    def names(self) -> list[str]:
        """Everything that lies in `exports/`, hidden folders too."""
        try:
            with os.scandir(self.exports) as entries:
                return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        except FileNotFoundError:
            return []

    def records(self) -> Iterator[JobRecord]:
        """The state of every job that has a folder; one that vanishes meanwhile is left out."""
        all_rest = is_desk_paused(self.exports)
        for job_id in self.job_ids():
            record = self._seen_now(job_id, all_rest=all_rest)
            if record is not None:
                yield record

    def record_at_a_glance(self, job_id: str) -> JobRecord:
        """The same as `record`, parsed again only after a change: for who polls."""
        self._path(job_id)
        seen = self._seen_now(job_id, all_rest=is_desk_paused(self.exports))
        return self.record(job_id) if seen is None else seen

    def _seen_now(self, job_id: str, *, all_rest: bool) -> JobRecord | None:
        """The state of a job that has a folder; None while it has none that can be read."""
        # Texts, not paths: with thousands of jobs those would be most of a round's work.
        folder = f"{self.exports}/{job_id}/"
        record = self._peek(job_id, folder + STATE)
        if record is None:
            return None
        if os.access(folder + CANCEL, os.F_OK):
            return as_cancelled(record)
        if not record.status.is_final and (all_rest or os.access(folder + PAUSE, os.F_OK)):
            return as_paused(record)
        return record

    def everything(self) -> Iterator[JobRecord]:
        """The state of every job, and of every tombstone whose id does not live again."""
        alive = {record.job_id: record for record in self.records()}
        yield from alive.values()
        for record in self.buried_records():
            if record.job_id not in alive:
                yield record

    def buried_records(self) -> Iterator[JobRecord]:
        """The state of every tombstone, also of those whose id lives again."""
        yield from self._stones.records(self._read_stones)

    def _read_stones(self, folder: str) -> tuple[list[JobRecord], bool]:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
        stones = [name for name in names if name.endswith(".json") and not name.startswith(".")]
        found = [self._peek(f".{name}", f"{folder}/{name}") for name in stones]
        return [record for record in found if record is not None], None not in found

    def _peek(self, key: str, path: str) -> JobRecord | None:
        """The record in a state file or tombstone, parsed again only after a change."""
        try:
            facts = os.stat(path)  # noqa: PTH116 - see `records`
            seal = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
            known = self._seen.get(key)
            if known is not None and known[0] == seal:
                return known[1]
            data = Path(path).read_bytes()
            record = (
                JobRecord.model_validate_json(data)
                if path.endswith(f"/{STATE}")
                else Tombstone.model_validate_json(data).record
            )
        except (OSError, ValidationError):
            self._seen.pop(key, None)
            return None
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        self._seen[key] = (seal, record)
        return record

    def _path(self, job_id: str) -> Path:
        # The schema allows no other id, but ids also come from the command line and from Redis.
        if not job_id or job_id.startswith(".") or "/" in job_id or "\0" in job_id:
            raise JobNotFound
        return self.exports / job_id


def _require_under_way(record: JobRecord) -> None:
    if record.status.is_final:
        raise NotUnderWay(
            "Only an export that waits or is being made can be paused, resumed or served earlier; "
            f"this one is {record.status}."
        )


def gone_name(job_id: str, key: int) -> str:
    """What a buried folder is called: unique while any process has it open."""
    return f"{GONE}{key}-{job_id}"


def _making_room(folder: JobFolder, write: Callable[[], T]) -> T:
    """What `write` returns; where the volume is full, once there is room for it."""
    try:
        return write()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT) or not _make_room(folder):
            raise
        return write()


def _make_room(folder: JobFolder) -> bool:
    """Whether the pieces and the output of a cancelled job could be removed ahead of its burial.

    On a full volume a DELETE has to work above all: it is how room is made.
    """
    held = folder.hold()
    if held is None:
        return False
    try:
        for name in (WORK, *OUTPUTS):
            disk.remove(folder.descriptor, name)
    finally:
        disk.unlock(held)
    return True


def _forget(exports: int, hidden: str) -> None:
    with suppress(OSError):
        disk.remove(exports, hidden)


@contextmanager
def volume_faults() -> Iterator[None]:
    """Say what a failing volume means in one of our own errors."""
    try:
        yield
    except OSError as error:
        raise VolumeUnavailable(detail=str(error)) from error
