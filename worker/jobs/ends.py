"""How a run ended, as one value: counted in the tally, and said in one line of the log."""

from __future__ import annotations

import json
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from config_schema.status import JobRecord, JobStatus


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class End(_Told):
    """A run that is over. What is not known is None: the wait of a run that never began, the
    frames of one that made no programme.

    `render_seconds` are those from the start of the run to its end, whatever it waited for in
    between; `attempt` counts runs.
    """

    job: str
    project: str
    outcome: JobStatus
    error_code: str | None = None
    attempt: int = 1
    wait_seconds: float | None = None
    render_seconds: float | None = None
    speed: float | None = None
    programme_seconds: float | None = None
    copied_frames: int | None = None
    converted_frames: int | None = None
    pieces_made: int | None = None
    pieces_reused: int | None = None
    output_bytes: int | None = None

    def fields(self) -> dict[str, object]:
        """What is known of it, by the names of the API."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def line(self) -> str:
        """The same in one line of text.

        >>> End(job="a", project="My talk", outcome=JobStatus.FAILED, error_code="stalled").line()
        'export a failed: project="My talk" errorCode=stalled attempt=1'
        """
        told = self.fields()
        del told["job"], told["outcome"]
        # Quoted as JSON does, so that no name of a project begins a line of its own.
        told["project"] = json.dumps(self.project, ensure_ascii=False)
        said = " ".join(f"{name}={value}" for name, value in told.items())
        return f"export {self.job} {self.outcome}: {said}"


class _ProofOutput(_Told):
    seconds: float
    bytes: int


class _ProofTotals(_Told):
    copied_frames: int
    converted_frames: int
    pieces: int
    pieces_reused: int


class _Proof(_Told):
    """Of a report what an end tells: its thousands of segments are not even looked at."""

    output: _ProofOutput
    totals: _ProofTotals


def end_of(record: JobRecord, report: bytes | None = None) -> End:
    """How the job's present run ended; `report` is the proof of a completed one."""
    rendered = _seconds(record.started_at, record.finished_at)
    end = End(
        job=record.job_id,
        project=record.project_name,
        outcome=record.status,
        error_code=record.error_code,
        attempt=record.attempt,
        wait_seconds=_seconds(record.asked_at or record.created_at, record.started_at),
        render_seconds=rendered,
    )
    try:
        proof = _Proof.model_validate_json(report or b"")
    except ValidationError:
        return end
    made = proof.output.seconds
    return end.model_copy(
        update={
            "programme_seconds": round(made, 3),
            "speed": round(made / rendered, 2) if rendered else None,
            "copied_frames": proof.totals.copied_frames,
            "converted_frames": proof.totals.converted_frames,
            "pieces_made": proof.totals.pieces - proof.totals.pieces_reused,
            "pieces_reused": proof.totals.pieces_reused,
            "output_bytes": proof.output.bytes,
        }
    )


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None:
        return None
    # The hosts that wrote them down may disagree about the time.
    return round(max((end - start).total_seconds(), 0), 3)
