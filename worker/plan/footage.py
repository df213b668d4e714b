"""What a probe found in a camera file: facts, never the editor's belief."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from worker.plan.times import FrameTimes


class FieldOrder(StrEnum):
    """Whether a frame is one picture or two fields."""

    PROGRESSIVE = "progressive"
    TOP_FIRST = "top_first"
    BOTTOM_FIRST = "bottom_first"


@dataclass(frozen=True)
class Colour:
    """How sample values mean colours, in FFmpeg's names; "" where the file does not say."""

    matrix: str = ""
    primaries: str = ""
    transfer: str = ""
    full_range: bool = False

    @property
    def is_hdr(self) -> bool:
        """Whether the transfer is one of the two that HDR uses."""
        return self.transfer in ("smpte2084", "arib-std-b67")


@dataclass(frozen=True)
class Picture:
    """The video track: stored size in pixels, and all that decides how it is shown.

    `stream` counts the file's tracks from 0; `track` is the number its own header gives it.
    """

    stream: int
    codec: str
    profile: str
    width: int
    height: int
    sar: Fraction
    rotation: int  # degrees clockwise to turn the stored picture by: 0, 90, 180, 270
    pixel_format: str
    depth: int
    colour: Colour
    fields: FieldOrder
    times: FrameTimes
    track: int = 0

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height in square pixels as a player shows them, not yet made even."""
        width = max(1, int(self.width * self.sar + Fraction(1, 2)))
        return (self.height, width) if self.rotation in (90, 270) else (width, self.height)


@dataclass(frozen=True)
class Sound:
    """The audio track that is heard: rate in Hz, start and end in source seconds.

    `profile` is the codec's own, in FFmpeg's words; "" where there is none.
    """

    stream: int
    codec: str
    rate: int
    channels: int
    start: Fraction
    end: Fraction
    profile: str = ""


@dataclass(frozen=True)
class Footage:
    """One source: its name for people, what identifies its content, its tracks.

    `zero` is the second on the container's own clock that is second 0 of the source.
    """

    name: str
    fingerprint: str
    container: str
    zero: Fraction
    picture: Picture
    sound: Sound | None
