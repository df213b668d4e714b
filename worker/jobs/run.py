"""One try at a job: take its lock, render, and write down what came of it.

May run twice or stop anywhere. Whatever happens, the folder then says one of: completed, failed,
to be tried (again), cancelled; and a killed try is noticed by the next one, because the mark of
its beginning is still there.
"""

from __future__ import annotations

import errno
import os
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ValidationError

from config_schema.config import ExportConfig
from config_schema.errors import (
    Cancelled,
    ChildKilled,
    ClaimLost,
    DiedTooOften,
    ExportError,
    InternalFault,
    JobNotFound,
    NoSpace,
    OutOfMemory,
    Paused,
    TurnOver,
)
from config_schema.status import JobRecord, JobStatus, Stage
from worker.jobs import disk
from worker.jobs.announce import announcement_of
from worker.jobs.booking import count_end
from worker.jobs.claim import Claim
from worker.jobs.folder import REPORT, RUN, WORK, JobFolder
from worker.jobs.progress import PROGRESS, Pinboard, Reporter
from worker.jobs.quotas import Quotas
from worker.jobs.space import Space
from worker.jobs.steering import Steering
from worker.jobs.store import JobStore
from worker.jobs.stored_config import load_config
from worker.jobs.tries import Tries

TRIES = "tries.json"
#: Beside the pieces lie those that are being made, claims on them, and what guests tried.
_NO_PIECES = (".part", ".lock@", ".lease", ".tried", ".tmp", "offer.", "plan.")
_KNOCKS = 5
_KNOCK_SECONDS = 0.02


class Outcome(StrEnum):
    """What came of a doorbell."""

    UNKNOWN = "unknown"
    BUSY = "busy"
    OVER = "over"
    NOT_YET = "not yet"
    COMPLETED = "completed"
    FAILED = "failed"
    AGAIN = "again"
    HANDED_BACK = "handed back"
    TURN_OVER = "turn over"
    PAUSED = "paused"
    LOST = "lost to another host"
    CANCELLED = "cancelled"


class Rendered(Protocol):
    """What a render hands over: the whole, verified file inside the work folder, and its proof."""

    @property
    def path(self) -> Path:
        """The complete file."""
        ...

    @property
    def report(self) -> BaseModel:
        """The proof."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the client should know."""
        ...


@dataclass(frozen=True)
class Workload:
    """What is to be rendered: `work` keeps finished pieces between tries, `lock` is inherited by
    every child so that an orphan still holds the job (a guest has none). What belongs to this try
    alone goes into `work/run-*`, which the next one removes.
    """

    job_id: str
    config: ExportConfig
    work: Path
    lock: int | None

    @property
    def fds(self) -> tuple[int, ...]:
        """What every child inherits."""
        return () if self.lock is None else (self.lock,)


Render = Callable[[Workload, Reporter], Rendered]


def run_job(
    job_id: str,
    store: JobStore,
    render: Render,
    board: Pinboard,
    steering: Steering = Steering(),  # noqa: B008 - it has no state
    space: Space = Space(),  # noqa: B008 - frozen
    quotas: Quotas = Quotas(),  # noqa: B008 - frozen
) -> Outcome:
    """Try the job if it is to be tried and nobody else does; what came of it."""
    try:
        folder = store.open(job_id)
    except JobNotFound:
        return Outcome.UNKNOWN

    def admits(record: JobRecord) -> bool:
        return not quotas.running or quotas.admits(record, store.records())

    with folder:
        claim = _claim(folder)
        if claim is None:
            return Outcome.BUSY
        folder.claim = claim
        try:
            outcome = _Try(folder, claim, render, board, steering, space, admits).go()
            if outcome in (Outcome.COMPLETED, Outcome.FAILED):
                # Else the sweep counts it.
                with suppress(OSError, ExportError):
                    count_end(folder, tells=store.tells)
        except ClaimLost:
            outcome = Outcome.LOST
        except (JobNotFound, Cancelled):
            # Cancelled and taken away while we knocked.
            outcome = Outcome.CANCELLED
        finally:
            folder.claim = None
            claim.release()
        if outcome is Outcome.CANCELLED:
            _clear_away(job_id, store, folder, board)
        return outcome


def _claim(folder: JobFolder) -> Claim | None:
    # A sweep that merely tries the lock holds it for microseconds: not worth losing a doorbell.
    for _ in range(_KNOCKS):
        try:
            claim = Claim.take(folder.descriptor, RUN)
        except OSError as error:
            # A full disk takes not even the lease; the sweep rings again.
            folder.log(f"cannot be claimed: {error}")
            return None
        if claim is not None:
            return claim
        time.sleep(_KNOCK_SECONDS)
    return None


def _clear_away(job_id: str, store: JobStore, folder: JobFolder, board: Pinboard) -> None:
    # Else the sweep comes by.
    with suppress(OSError, ExportError):
        store.bury(folder)
    with suppress(OSError, ExportError):
        store.erase(job_id, folder)
    with suppress(OSError, ExportError):
        record = store.record(job_id)
        if record.status is JobStatus.CANCELLED:
            board.pin(job_id, announcement_of(record))


def read_tries(folder: JobFolder, record: JobRecord) -> Tries:
    """How the job's present run has fared so far."""
    try:
        tries = Tries.model_validate_json(disk.read(folder.descriptor, TRIES))
    except (OSError, ValidationError):
        return Tries(attempt=record.attempt)
    return tries if tries.attempt == record.attempt else Tries(attempt=record.attempt)


def drop_parts(work: Path) -> None:
    """Remove what dead tries left half-made, and what guests tried, never a piece; called by who
    holds the job's claim.
    """
    for pattern in ("*.part*", "run-*", "guest-*", "pieces/*.tried"):
        for path in work.glob(pattern):
            disk.remove_path(path)


def count_pieces(work: Path) -> int:
    """How many finished files there are: a piece gets its name last, and its claim another one."""
    return sum(
        1
        for path in (*work.glob("*"), *work.glob("pieces/*"))
        if path.is_file() and not any(mark in path.name for mark in _NO_PIECES)
    )


class _Try:
    def __init__(
        self,
        folder: JobFolder,
        claim: Claim,
        render: Render,
        board: Pinboard,
        steering: Steering,
        space: Space,
        admits: Callable[[JobRecord], bool],
    ) -> None:
        self._folder = folder
        self._lock = claim.lock
        self._render = render
        self._board = board
        self._steering = steering
        self._space = space
        self._admits = admits
        self._record = folder.record()
        self._tries = read_tries(folder, self._record)
        self._work = folder.work_path(self._record)
        self._reporter: Reporter | None = None

    def go(self) -> Outcome:
        record = self._record
        if record.status is JobStatus.CANCELLED:
            return Outcome.CANCELLED
        if record.status.is_final:
            return Outcome.OVER
        if self._folder.is_paused():
            return Outcome.PAUSED
        if self._steering.is_stopping() or not self._tries.is_due(datetime.now(UTC)):
            return Outcome.NOT_YET
        if record.status is JobStatus.PENDING and not self._admits(record):
            return Outcome.NOT_YET
        try:
            return self._render_and_commit()
        except Exception as error:  # noqa: BLE001 - every end of a try is written down
            return self._settle(error)
        except BaseException:
            # The process is told to exit; the job goes back into the queue first.
            with suppress(Exception):
                self._hand_back()
            raise

    def _render_and_commit(self) -> Outcome:
        folder = self._folder
        drop_parts(self._work)
        shortage = self._space.shortage(folder.descriptor)
        if shortage is not None:
            raise shortage
        self._keep(self._tries.begun(self._pieces()))
        if self._tries.is_hopeless:
            raise DiedTooOften
        self._save(
            status=JobStatus.PROCESSING,
            stage=Stage.PLANNING,
            started_at=self._record.started_at or datetime.now(UTC),
        )
        if not self._admits(self._record):
            return self._hand_back()
        reporter = Reporter(folder, self._record, self._board, self._steering, self._space)
        self._reporter = reporter
        config = load_config(folder.config_json())
        if folder.output() is None or not disk.exists(folder.descriptor, REPORT):
            folder.make_work(self._record)
            workload = Workload(self._record.job_id, config, self._work, self._lock)
            rendered = self._render(workload, reporter)
            self._publish(rendered, f"output.{config.output.format}")
        # Else a try was killed between publishing and saying so: nothing is left but to say it.
        self._save(status=JobStatus.COMPLETED, finished_at=datetime.now(UTC))
        for litter in (WORK, TRIES, PROGRESS):
            with suppress(OSError):
                disk.remove(folder.descriptor, litter)
        self._pin()
        return Outcome.COMPLETED

    def _publish(self, rendered: Rendered, name: str) -> None:
        report = rendered.report.model_dump_json(by_alias=True).encode()
        disk.replace(self._folder.descriptor, REPORT, report)
        warnings = tuple(dict.fromkeys((*self._record.warnings, *rendered.warnings)))
        self._save(stage=Stage.VERIFYING, warnings=warnings)
        with disk.opened(rendered.path, os.O_RDONLY | os.O_CLOEXEC) as output:
            os.fsync(output)
        with self._folder.gate():
            self._folder.check()
            os.rename(rendered.path, name, dst_dir_fd=self._folder.descriptor)
            os.fsync(self._folder.descriptor)

    def _settle(self, error: Exception) -> Outcome:
        if self._folder.is_cancelled():
            return Outcome.CANCELLED
        try:
            self._folder.check()
            return self._settle_fault(error)
        except ClaimLost:
            return Outcome.LOST
        except Cancelled:
            return Outcome.CANCELLED
        except OSError as full:
            # Not even the state could be written: it stays "processing" and is tried again.
            self._folder.log(f"could not write down how this try ended: {full}")
            return Outcome.AGAIN

    def _settle_fault(self, error: Exception) -> Outcome:
        if isinstance(error, Cancelled) and self._steering.is_stopping():
            return self._hand_back()
        if isinstance(error, TurnOver):
            # It stays "processing": from its pieces it goes on when the others had their turn.
            self._keep(self._tries.handed_back(self._pieces()))
            return Outcome.TURN_OVER
        if isinstance(error, Cancelled) and self._reporter is not None:
            error = self._reporter.rest or error
        if isinstance(error, Paused):
            return self._rest()
        fault = _as_fault(error)
        now = datetime.now(UTC)
        # One that waits for space is tried every few seconds, and would fill its log with that.
        if not (isinstance(fault, NoSpace) and self._record.stage is Stage.WAITING):
            self._folder.log(f"{fault.code}: {fault}")
            if fault.detail:
                self._folder.log(fault.detail)
        if isinstance(fault, NoSpace):
            drop_parts(self._work)
            self._keep(self._tries.out_of_space(self._pieces(), now))
            self._save(stage=Stage.WAITING)
            self._pin()
            return Outcome.AGAIN
        next_try = self._next_try(fault, now)
        if next_try is not None:
            self._keep(next_try)
            self._save(status=JobStatus.PENDING, stage=Stage.QUEUED)
            self._pin()
            return Outcome.AGAIN
        self._save(
            status=JobStatus.FAILED,
            stage=self._stage_reached(),
            error=str(fault),
            error_code=fault.code,
            finished_at=now,
        )
        drop_parts(self._work)
        disk.remove(self._folder.descriptor, TRIES)
        self._pin()
        return Outcome.FAILED

    def _next_try(self, fault: ExportError, now: datetime) -> Tries | None:
        if isinstance(fault, ChildKilled):
            return self._tries.killed(self._pieces(), now)
        return self._tries.failed(self._pieces(), now) if fault.retryable else None

    def _stage_reached(self) -> Stage:
        latest = self._reporter.latest if self._reporter else None
        return latest.stage if latest else self._record.stage

    def _hand_back(self) -> Outcome:
        self._keep(self._tries.handed_back(self._pieces()))
        self._save(status=JobStatus.PENDING, stage=Stage.QUEUED)
        self._pin()
        return Outcome.HANDED_BACK

    def _rest(self) -> Outcome:
        # Its state stays as it is; the flag says that it rests, and resuming it is all it takes.
        self._folder.log("paused by the operator")
        drop_parts(self._work)
        self._keep(self._tries.handed_back(self._pieces()))
        latest = self._reporter.latest if self._reporter else None
        self._board.pin(self._record.job_id, announcement_of(self._folder.record(), latest))
        return Outcome.PAUSED

    def _save(self, **changes: object) -> None:
        self._record = self._folder.save(self._record.model_copy(update=changes))

    def _keep(self, tries: Tries) -> None:
        with self._folder.gate():
            self._folder.check()
            disk.replace(self._folder.descriptor, TRIES, tries.model_dump_json().encode())
        self._tries = tries

    def _pin(self) -> None:
        self._board.pin(self._record.job_id, announcement_of(self._record))

    def _pieces(self) -> int:
        return count_pieces(self._work)


def _as_fault(error: Exception) -> ExportError:
    if isinstance(error, Cancelled):
        return InternalFault(detail="the render stopped as if it had been cancelled")
    if isinstance(error, ExportError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace(detail=str(error))
    if isinstance(error, MemoryError):
        return OutOfMemory(detail=str(error))
    return InternalFault(detail="".join(traceback.format_exception(error)))
