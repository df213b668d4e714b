"""One job's folder, held open by descriptor.

    config.json    the config as it was accepted; never changes
    state.json     the JobRecord; every write is tmp, fsync, rename, fsync
    cancel         its being there is the cancellation
    pause          while it is there the job rests (see pause.py)
    run.lock@HOST, run.lease   the claim of who runs the job (see claim.py)
    gate           flock of a moment: whoever changes state or name of the folder holds it
    tries.json     deaths and failures of this run, and when to try again
    progress.json  how far this run has come
    job.log*       what happened, for operators (see job_log.py)
    work/*/pieces/      the finished pieces, and a claim on each that is being made
    work/*/run-*        what the present run alone needs; guest-* the same of who helps it
    work/*/offer.json   while there is something to help with: its plan
    output.*, report.json   once completed

A `JobFolder` means one incarnation of a job id: after DELETE and a new POST under the same id an
old holder goes on in its own, renamed, folder and cannot touch the new one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from config_schema.errors import (
    Cancelled,
    ClaimLost,
    InternalFault,
    JobNotFound,
    VolumeUnavailable,
)
from config_schema.status import MOVES, JobRecord, JobStatus, Priority, Stage
from worker.jobs import claim, disk, job_log
from worker.jobs.claim import Claim
from worker.jobs.pause import as_paused, is_job_paused

CONFIG = "config.json"
STATE = "state.json"
CANCEL = "cancel"
RUN = "run"
GATE = "gate"
REPORT = "report.json"
WORK = "work"
PIECES = "pieces"
OFFER = "offer.json"
OUTPUTS = ("output.mp4", "output.webm")

_GATE_SECONDS = 2.0


class JobFolder:
    """One incarnation of a job; a context manager that closes its descriptor."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.descriptor = descriptor
        self.key = os.fstat(descriptor).st_ino
        #: Of the run that writes here: nothing is written once another host has taken it over.
        self.claim: Claim | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the folder; FileNotFoundError when there is no job."""
        return cls(path, os.open(path, disk.FOLDER))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    # --- what it says

    def config_json(self) -> bytes:
        """The config as it was accepted."""
        return disk.read(self.descriptor, CONFIG)

    def record(self) -> JobRecord:
        """The job's state; a set cancel flag counts as cancelled before anybody wrote it down."""
        record = self.stored_record()
        if record.status is JobStatus.CANCELLED:
            return record
        if self.is_cancelled():
            return as_cancelled(record)
        return as_paused(record) if self.is_paused() else record

    def stored_record(self) -> JobRecord:
        """The job's state as it was last written; JobNotFound while a buried folder is erased."""
        try:
            return JobRecord.model_validate_json(disk.read(self.descriptor, STATE))
        except (FileNotFoundError, ValidationError) as error:
            if not self.is_current():
                raise JobNotFound from error
            raise VolumeUnavailable(
                "The folder of this export is damaged.", detail=f"{self.path}: {error}"
            ) from error

    def is_cancelled(self) -> bool:
        """Whether the job was cancelled, also when its folder was buried or erased already."""
        return disk.exists(self.descriptor, CANCEL) or not self.is_current()

    def is_paused(self) -> bool:
        """Whether an operator lets the job rest."""
        return is_job_paused(self.descriptor, self.path.parent)

    def is_current(self) -> bool:
        """Whether the job id still means this incarnation."""
        try:
            return self.path.lstat().st_ino == self.key
        except FileNotFoundError:
            return False

    def work_path(self, record: JobRecord) -> Path:
        """Where the pieces go, a path no other incarnation of this id ever has.

        The engine works with names: without this a render that is still unwinding after DELETE
        could rename its own half-made piece into the work of the job posted next.
        """
        return self.path / WORK / _incarnation(record)

    def make_work(self, record: JobRecord) -> None:
        """Make the folder of the pieces in this incarnation, wherever that lies by now.

        By its path it would make the job's folder anew, without a state, where DELETE has just
        taken the real one away.
        """
        for name in (WORK, f"{WORK}/{_incarnation(record)}"):
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=self.descriptor)

    def output(self) -> str | None:
        """The name of the finished file, if there is one."""
        return next((name for name in OUTPUTS if disk.exists(self.descriptor, name)), None)

    # --- what changes it

    @contextmanager
    def gate(self) -> Iterator[None]:
        """Be the only one to change the state or the name of this folder for a moment."""
        try:
            with disk.locked(self.descriptor, GATE, _GATE_SECONDS):
                yield
        except disk.Busy as error:
            raise VolumeUnavailable(
                "Another process is busy with this export; try again.", detail=str(error)
            ) from error

    def save(self, record: JobRecord) -> JobRecord:
        """Write the state down for good: legal moves only; Cancelled when the flag was faster.

        Priority and count stay what they are: an operator may have changed the one since `record`
        was read, the sweep the other.
        """
        with self.gate():
            self.check()
            current = self.stored_record()
            kept = {"priority": current.priority, "counted": current.counted}
            record = record.model_copy(update=kept)
            if record.status is not current.status and record.status not in MOVES[current.status]:
                raise InternalFault(
                    detail=f"{record.job_id}: {current.status} cannot become {record.status}"
                )
            disk.replace(self.descriptor, STATE, record.model_dump_json().encode())
        return record

    def prioritize(self, priority: Priority) -> None:
        """Change how early the job is served; called with the gate held."""
        self._amend(priority=priority)

    def mark_counted(self, run: int) -> None:
        """Write down that the end of this run is in the tally; called with the gate held."""
        self._amend(counted=run)

    def _amend(self, **changes: object) -> None:
        record = self.stored_record().model_copy(update=changes)
        disk.replace(self.descriptor, STATE, record.model_dump_json().encode())

    def request_cancel(self) -> None:
        """Set the cancel flag; it is durable when this returns."""
        disk.write_new(self.descriptor, CANCEL, b"")
        os.fsync(self.descriptor)

    def check(self) -> None:
        """Raise Cancelled where the job is, ClaimLost where another host runs it by now.

        Inside the gate this holds until the gate is left.
        """
        if self.is_cancelled():
            raise Cancelled
        if self.claim is not None and not self.claim.is_mine():
            raise ClaimLost

    def hold(self) -> int | None:
        """A lock against every run for a moment, or None while one or its orphan lives."""
        lease = claim.look(self.descriptor, RUN)
        if lease is not None and lease.is_foreign and lease.is_fresh:
            return None
        return disk.try_lock(self.descriptor, claim.lock_name(RUN))

    def is_held(self) -> bool:
        """Whether somebody runs the job at this moment, or an orphan of a run lives."""
        return claim.is_claimed(self.descriptor, RUN)

    def log(self, line: str) -> None:
        """Append a line to the job's log; a full disk loses the line, never the job."""
        job_log.append(self.descriptor, line)


def _incarnation(record: JobRecord) -> str:
    return record.created_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")


def as_cancelled(record: JobRecord) -> JobRecord:
    """The record of the same job after its cancellation."""
    return record.model_copy(
        update={
            "status": JobStatus.CANCELLED,
            "stage": Stage.QUEUED,
            "finished_at": datetime.now(UTC),
            "error": None,
            "error_code": None,
        }
    )
