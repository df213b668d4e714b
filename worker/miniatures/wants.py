"""What may be asked for about sources, as values that name themselves."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

#: Part of every name: raise it when the same want would give something else.
RECIPE_VERSION = 1
_KEY = re.compile(r"[0-9a-f]{32}")


class Kind(StrEnum):
    """What can be made of sources."""

    PROXY = "proxy"
    THUMBNAIL = "thumbnail"
    STRIP = "strip"
    WAVEFORM = "waveform"
    SYNC = "sync"

    @property
    def suffix(self) -> str:
        """How the file is called that it consists of; nothing where its facts are all of it."""
        return _SUFFIXES[self]

    @property
    def media_type(self) -> str:
        """What the file is."""
        return _MEDIA_TYPES[self.suffix]

    @property
    def is_long(self) -> bool:
        """Whether making it takes minutes: the others need not wait for that."""
        return self in (Kind.PROXY, Kind.SYNC)


_SUFFIXES = {
    Kind.PROXY: ".mp4",
    Kind.THUMBNAIL: ".jpg",
    Kind.STRIP: ".jpg",
    Kind.WAVEFORM: ".peaks",
    Kind.SYNC: "",
}
_MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".jpg": "image/jpeg",
    ".peaks": "application/octet-stream",
    "": "application/json",
}


class Want(BaseModel):
    """What somebody wants: of which sources, as they are now.

    `contents` says of each source which content is meant. `time_ms` and `width` (pixels) are a
    thumbnail's, `most_offset_seconds` is how far apart a sync looks.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    tenant: str
    sources: tuple[str, ...]
    contents: tuple[str, ...]
    time_ms: int = 0
    width: int = 0
    most_offset_seconds: float = 0

    @property
    def key(self) -> str:
        """Its name: the same for the same want of the same content."""
        told = f"{RECIPE_VERSION}\n{self.model_dump_json()}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]


class MiniatureView(BaseModel):
    """Where a want stands; `facts` say about what was made what its file does not."""

    model_config = ConfigDict(frozen=True)

    miniature_id: str
    kind: Kind
    sources: tuple[str, ...]
    status: Literal["waiting", "making", "ready", "failed"]
    progress: float = 0
    facts: dict[str, Any] | None = None
    error: str | None = None
    error_code: str | None = None


def is_key(text: str) -> bool:
    """Whether a want can be called so: nothing else gets near a path.

    >>> is_key("0" * 32), is_key("../" + "0" * 29)
    (True, False)
    """
    return _KEY.fullmatch(text) is not None


def told(want: Want) -> str:
    """What it is in words for operators."""
    return f"{want.kind} of {', '.join(want.sources)}"
