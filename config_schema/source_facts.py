"""What is told of a file in the sources folder."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class SoundFacts(_Told):
    """The sound that is heard of a source."""

    codec: str
    rate: int = Field(description="samples per second")
    channels: int


class SourceFacts(_Told):
    """What a look into a source found."""

    duration: float = Field(description="seconds of picture")
    fps: float = Field(description="frames per second; the average where it varies")
    has_constant_rate: bool
    frames: int
    width: int = Field(description="of the picture as a player shows it, turned, in square pixels")
    height: int
    rotation: int = Field(description="degrees clockwise by which the stored picture is turned")
    codec: str
    pixel_format: str
    key_frame_interval: float | None = Field(
        description="seconds from one key frame to the next, the usual number; null: no index tells"
    )
    sound: SoundFacts | None = Field(description="null: none can be heard")
    created_at: AwareDatetime | None = Field(description="by the camera's clock, where it says so")


class SourceEntry(_Told):
    """One file in the sources folder; `facts`, `error`, or neither while nobody has looked."""

    file_path: str = Field(description="what a config's `sources[].filePath` says to mean it")
    bytes: int
    modified_at: AwareDatetime
    facts: SourceFacts | None = None
    probing: bool = Field(default=False, description="it is about to be looked into: ask again")
    growing: bool = Field(default=False, description="it was written to only just now")
    error: str | None = Field(default=None, description="why it cannot be used, for a person")
    error_code: str | None = None


class SourcePage(_Told):
    """Some of the sources, by their paths."""

    sources: tuple[SourceEntry, ...]
    next_cursor: str | None = Field(
        description="pass it as `cursor` for the next page; null on the last"
    )
