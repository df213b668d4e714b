"""Small configs to change one thing in, and what `parse_config` makes of them."""

from __future__ import annotations

import json
from typing import Any

from config_schema.config import ParsedConfig, parse_config
from config_schema.errors import Fault, RequestRefused
from config_schema.limits import Limits


def a_config(**changes: Any) -> dict[str, Any]:
    """A good config of two cameras and three segments, with some fields replaced."""
    config = {
        "version": 1,
        "id": "export-1",
        "projectId": "p",
        "projectName": "Episode 12",
        "createdAt": "2026-11-22T19:41:41.256Z",
        "sources": [a_source("cam0.mp4"), a_source("cam1.mp4")],
        "segments": [a_segment(0, 0, 12.5), a_segment(1, 12.5, 28), a_segment(0, 28, 45.033333)],
        "output": an_output(),
    }
    return {**config, **changes}


def a_source(name: str = "cam0.mp4", **changes: Any) -> dict[str, Any]:
    return {"id": f"media-{name}", "name": name, "filePath": name, **changes}


def a_segment(source: Any = 0, start: Any = 0, end: Any = 1, **changes: Any) -> dict[str, Any]:
    return {"sourceIndex": source, "startTime": start, "endTime": end, **changes}


def an_output(**changes: Any) -> dict[str, Any]:
    return {"filePath": "exports/export-1/output.mp4", "format": "mp4", **changes}


def without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}


def as_body(config: Any) -> bytes:
    return json.dumps(config).encode()


def accepted(config: Any, limits: Limits = Limits()) -> ParsedConfig:
    return parse_config(as_body(config), limits)


def refusal_of(body: bytes, limits: Limits = Limits()) -> RequestRefused | None:
    """Why a body is refused, or None; any other exception is a defect and passes through."""
    try:
        parse_config(body, limits)
    except RequestRefused as refusal:
        return refusal
    return None


def faults_in(config: Any, limits: Limits = Limits()) -> tuple[Fault, ...]:
    refusal = refusal_of(as_body(config), limits)
    return refusal.faults if refusal else ()


def places_and_codes(config: Any, limits: Limits = Limits()) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in faults_in(config, limits)]
