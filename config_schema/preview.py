"""What an export would be, said before it is asked for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from config_schema.report import SegmentReport, SoundWay


class _Previewed(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class OutputPreview(_Previewed):
    """The file that would be delivered."""

    container: str
    picture_codec: str
    sound_codec: str = Field(description="empty: no track")
    sound: SoundWay = Field(description="copied: the source's own packets; none: no track")
    sound_reason: str = Field(description="why it would be copied or encoded")
    width: int
    height: int
    rate: str = Field(description="frames per second as an exact ratio")
    frames: int
    seconds: float


class TotalsPreview(_Previewed):
    """Sums over all segments."""

    frames: int
    copied_frames: int
    converted_frames: int
    black_frames: int


class PlanPreview(_Previewed):
    """How a programme would be made; the estimates leave out what it would wait for others."""

    output: OutputPreview
    segments: tuple[SegmentReport, ...]
    totals: TotalsPreview
    estimated_seconds: float = Field(description="of work, on this machine if it were idle")
    estimated_bytes: int = Field(description="of the file")


class Preview(_Previewed):
    """What `POST /api/export/validate` answers."""

    plan: PlanPreview
    warnings: tuple[str, ...]
