"""The proof of an export: what was asked for, what was delivered, and why."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

SoundWay: TypeAlias = Literal["copied", "encoded", "none"]


class _Reported(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class SegmentReport(_Reported):
    """One segment: source frames asked for by the frame rule, and where they stand."""

    index: int
    source_index: int
    source_name: str
    program_start: int = Field(description="first programme frame")
    program_end: int = Field(description="programme frame after the last")
    first_frame: int | None = Field(description="source frame shown first; null: black or skipped")
    last_frame: int | None = Field(description="source frame shown last")
    copied_frames: int = 0
    converted_frames: int = 0
    black_frames: int = 0
    reasons: tuple[str, ...] = Field(default=(), description="why frames were converted")
    av_offset_ms: float = Field(
        default=0.0, description="how much later the sound is than the picture, by construction"
    )


class OutputReport(_Reported):
    """The delivered file."""

    container: str
    picture_codec: str
    sound_codec: str
    sound: SoundWay = Field(description="copied: the source's own packets; none: no track")
    sound_reason: str = Field(description="why it was copied or encoded")
    width: int
    height: int
    rate: str = Field(description="frames per second as an exact ratio")
    frames: int
    samples: int = Field(description="sound samples at 48 kHz; 0: no track")
    seconds: float
    bytes: int
    sha256: str


class StageSeconds(_Reported):
    """Where a render's time went, by the clock.

    `pictures` and `sound` lie within `rendering`. Pieces are made side by side, so that the sum of
    their times can be more than its.
    """

    planning: float = 0
    rendering: float = 0
    assembling: float = 0
    verifying: float = 0
    pictures: float = Field(default=0, description="the sum over the pieces of picture made")
    sound: float = Field(default=0, description="the sum over the pieces of sound made")


class TotalsReport(_Reported):
    """Sums over all segments, and the work they took."""

    frames: int
    copied_frames: int
    converted_frames: int
    black_frames: int
    stand_in_frames: int = Field(
        description="frames that a neighbour stands in for, because theirs could not be decoded"
    )
    undecodable_frames: int = Field(description="frames that are black because of damage")
    pieces: int
    pieces_reused: int
    render_seconds: float
    stage_seconds: StageSeconds = StageSeconds()


class Report(_Reported):
    """What `GET /api/export/{id}/report` answers."""

    job_id: str
    output: OutputReport
    segments: tuple[SegmentReport, ...]
    totals: TotalsReport
    warnings: tuple[str, ...]
