"""What a job can be, which moves are legal, and what its progress says."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from config_schema.tenants import tenant_of


class JobStatus(StrEnum):
    """The five states a client sees."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether no worker will touch the job any more."""
        return self in (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)


class Stage(StrEnum):
    """What is being done right now, for people who watch."""

    QUEUED = "queued"
    PLANNING = "planning"
    RENDERING = "rendering"
    ASSEMBLING = "assembling"
    VERIFYING = "verifying"
    WAITING = "waiting"
    PAUSED = "paused"

    @property
    def is_resting(self) -> bool:
        """Whether nothing is being made, whatever an older report says."""
        return self in (Stage.WAITING, Stage.PAUSED)


#: Who is served first: the lowest rank.
RANKS = {"high": 0, "normal": 1, "low": 2}

#: A retry moves a failed or cancelled job to PENDING and starts the next run (attempt + 1);
#: a completed job can only be deleted, which shows as CANCELLED.
MOVES: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.PENDING: frozenset({JobStatus.PROCESSING, JobStatus.FAILED, JobStatus.CANCELLED}),
    JobStatus.PROCESSING: frozenset(
        {JobStatus.PENDING, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}
    ),
    JobStatus.COMPLETED: frozenset({JobStatus.CANCELLED}),
    JobStatus.FAILED: frozenset({JobStatus.PENDING, JobStatus.CANCELLED}),
    JobStatus.CANCELLED: frozenset({JobStatus.PENDING}),
}


Priority = Literal["high", "normal", "low"]


class Progress(BaseModel):
    """One report of a running render; `fraction` runs from 0 to 1 over all stages of a run."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    fraction: float = Field(ge=0, le=1)
    segments_done: int = 0
    segments_total: int = 0
    eta_seconds: float | None = None
    speed: float | None = Field(default=None, description="programme seconds per second of work")
    fps: float | None = Field(default=None, description="frames rendered per second of work")
    warnings: tuple[str, ...] = ()


class JobRecord(BaseModel):
    """A job's state on disk: the truth that survives every process."""

    model_config = ConfigDict(frozen=True)

    job_id: str = Field(description="with its tenant, see `tenants`")
    status: JobStatus = JobStatus.PENDING
    stage: Stage = Stage.QUEUED
    attempt: int = Field(default=1, ge=1, description="runs so far, this one included")
    project_id: str = ""
    project_name: str = ""
    priority: Priority = "normal"
    created_at: AwareDatetime
    asked_at: AwareDatetime | None = Field(default=None, description="of a retry: when it came")
    started_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None
    callback_url: str | None = Field(default=None, description="who is told how a run ends")
    counted: int = Field(default=0, description="the last run whose end is in the tally")
    segments_total: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None
    error_code: str | None = None

    @property
    def tenant(self) -> str:
        """Whose job it is; nothing for the house's."""
        return tenant_of(self.job_id)
