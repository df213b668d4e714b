"""Miniatures on the wire: what is asked in, and how a view of one goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Float, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range

from config_schema.errors import BodyNotJson, Fault, SyncInvalid
from config_schema.strict_json import read
from worker.client import MiniatureView

STATES = ("waiting", "making", "ready", "failed")
MOST_PATH = 4096
MOST_THUMBNAIL_WIDTH = 1280
MOST_SECONDS = 86_400
#: So many recordings of one scene are compared at a time.
MOST_SOUNDS = 16
BODY_BYTES = 128 * 1024
_DEPTH = 8


class SourceQuery(Schema):
    """Of which source."""

    source = String(
        required=True,
        validate=Length(min=1, max=MOST_PATH),
        metadata={"description": "The source's path, as a config's `filePath`."},
    )


class ThumbnailQuery(SourceQuery):
    """Of which source, when, and how large."""

    time = Float(
        load_default=0.0,
        allow_nan=False,
        validate=Range(min=0, max=MOST_SECONDS),
        metadata={"description": "Source seconds; beyond the end: the last frame."},
    )
    width = Integer(
        load_default=320,
        validate=Range(min=16, max=MOST_THUMBNAIL_WIDTH),
        metadata={"description": "The longer side in pixels, at most; never more than the source."},
    )


class Miniature(Schema):
    """Where something that is made of a source stands."""

    miniature_id = String(required=True, data_key="miniatureId")
    kind = String(required=True, validate=OneOf(["proxy", "thumbnail", "strip", "waveform"]))
    source = String(required=True)
    status = String(
        required=True,
        validate=OneOf(STATES),
        metadata={"description": "Asked for again, something that failed is tried again."},
    )
    progress = Float(required=True, validate=Range(min=0, max=1))
    url = String(
        required=True,
        allow_none=True,
        metadata={"format": "uri-reference", "description": "The file, once it is ready."},
    )
    error = String(required=True, allow_none=True)
    error_code = String(required=True, allow_none=True, data_key="errorCode")


class ProxyFacts(Schema):
    """What a proxy is."""

    width = Integer(required=True)
    height = Integer(required=True)
    fps = Float(required=True)
    seconds = Float(required=True)
    bytes = Integer(required=True)


class ThumbnailFacts(Schema):
    """What a thumbnail shows."""

    width = Integer(required=True)
    height = Integer(required=True)
    time = Float(required=True, metadata={"description": "Source seconds."})


class StripFacts(Schema):
    """Where which picture of a strip lies: row by row, each in the middle of its time."""

    tile_width = Integer(required=True, data_key="tileWidth")
    tile_height = Integer(required=True, data_key="tileHeight")
    columns = Integer(required=True)
    tiles = Integer(required=True)
    seconds_per_tile = Float(required=True, data_key="secondsPerTile")


class WaveformFacts(Schema):
    """What the bytes of a waveform are: pairs of signed bytes, lowest and highest, 127 at most."""

    peaks_per_second = Integer(required=True, data_key="peaksPerSecond")
    peaks = Integer(required=True)


class Proxy(Miniature):
    """Where a proxy stands."""

    facts = Nested(ProxyFacts, required=True, allow_none=True)


class Thumbnail(Miniature):
    """Where a thumbnail stands."""

    facts = Nested(ThumbnailFacts, required=True, allow_none=True)


class Strip(Miniature):
    """Where a strip of thumbnails stands."""

    facts = Nested(StripFacts, required=True, allow_none=True)


class Waveform(Miniature):
    """Where a waveform stands."""

    facts = Nested(WaveformFacts, required=True, allow_none=True)


class Match(Schema):
    """How one sound lies to the first."""

    source = String(required=True)
    found = Boolean(required=True)
    offset_seconds = Float(
        required=True,
        allow_none=True,
        data_key="offsetSeconds",
        metadata={
            "description": "Second 0 of this source is heard at this second of the first; null "
            "where it was not found."
        },
    )
    drift_ppm = Float(
        required=True,
        allow_none=True,
        data_key="driftPpm",
        metadata={
            "description": "By how many millionths the first's clock runs faster; null where the "
            "overlap is too short to tell."
        },
    )
    confidence = Float(
        required=True,
        validate=Range(min=0, max=1),
        metadata={"description": "The share of the windows compared that agree."},
    )


class Sync(Schema):
    """Where a comparison of sounds stands."""

    sync_id = String(required=True, data_key="syncId")
    sources = List(String(), required=True)
    status = String(required=True, validate=OneOf(STATES))
    progress = Float(required=True, validate=Range(min=0, max=1))
    matches = List(
        Nested(Match),
        required=True,
        allow_none=True,
        metadata={"description": "One for each source but the first, once it is ready."},
    )
    status_url = String(required=True, data_key="statusUrl", metadata={"format": "uri-reference"})
    error = String(required=True, allow_none=True)
    error_code = String(required=True, allow_none=True, data_key="errorCode")


def miniature_dump(view: MiniatureView, url: str | None) -> Mapping[str, Any]:
    """A view as the schemas above take it; `url` is where its file is."""
    return {
        "miniature_id": view.miniature_id,
        "kind": view.kind.value,
        "source": view.sources[0],
        "status": view.status,
        "progress": view.progress,
        "url": url,
        "facts": None if view.facts is None else _snake(view.facts),
        "error": view.error,
        "error_code": view.error_code,
    }


def sync_dump(view: MiniatureView, status_url: str) -> Mapping[str, Any]:
    """A view of a comparison as its schema takes it."""
    facts = view.facts or {}
    matches = None if view.facts is None else [_snake(match) for match in facts["matches"]]
    return {
        "sync_id": view.miniature_id,
        "sources": view.sources,
        "status": view.status,
        "progress": view.progress,
        "matches": matches,
        "status_url": status_url,
        "error": view.error,
        "error_code": view.error_code,
    }


def sources_of(body: bytes) -> tuple[str, ...]:
    """The sources whose sounds are to be compared; BodyNotJson or SyncInvalid with the place."""
    document = read(body, longest=BODY_BYTES, deepest=_DEPTH)
    if document.complaints or not isinstance(document.value, dict):
        raise BodyNotJson("The request is not an object of JSON with a list of sources.")
    asked = document.value.get("sources")
    if not isinstance(asked, list) or not 2 <= len(asked) <= MOST_SOUNDS:
        said = f"Name 2 to {MOST_SOUNDS} sources whose sounds are to be compared."
        raise SyncInvalid((Fault("sources", "invalid_sync", said),))
    wrong = tuple(
        Fault(f"sources[{index}]", "invalid_sync", "A source's path is a text of some length.")
        for index, name in enumerate(asked)
        if not isinstance(name, str) or not 1 <= len(name) <= MOST_PATH
    )
    if wrong:
        raise SyncInvalid(wrong)
    return tuple(asked)


def _snake(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts by the names of Python, as marshmallow takes them.

    >>> _snake({"secondsPerTile": 1})
    {'seconds_per_tile': 1}
    """
    return {
        "".join(f"_{char.lower()}" if char.isupper() else char for char in name): value
        for name, value in facts.items()
    }
