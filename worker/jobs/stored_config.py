"""Reads a config back from the disk, whatever the limits are by now."""

from __future__ import annotations

import sys

from config_schema.config import ExportConfig, parse_config
from config_schema.limits import Limits

# It was accepted under the limits of its day; a job does not fail because they were lowered.
_ANY = Limits(
    body_bytes=sys.maxsize,
    sources=sys.maxsize,
    segments=sys.maxsize,
    program_seconds=1e12,
    side_pixels=sys.maxsize,
    fps=1e9,
    http_callbacks=True,
)


def dump_config(config: ExportConfig) -> bytes:
    """The config as it lies in config.json."""
    return config.model_dump_json(by_alias=True).encode()


def load_config(data: bytes) -> ExportConfig:
    """The config that was dumped."""
    return parse_config(data, _ANY).config
