"""What a child is asked about sources, and what it answers: files of JSON beside each other."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from config_schema.errors import Fault


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True)


class SurveyedSource(_Said):
    """A source of a config, open at `fd`; `name` is what people call it."""

    index: int
    fd: int
    name: str
    fingerprint: str
    bytes: int


class PreviewSpec(_Said):
    """A config, as `dump_config` writes it, whose plan is wanted; `cores` make the export."""

    config: str
    warnings: tuple[str, ...]
    sources: tuple[SurveyedSource, ...]
    piece_seconds: float
    cores: int


class PreviewAnswer(_Said):
    """The preview as JSON, or all that is in its way."""

    preview: str | None = None
    faults: tuple[Fault, ...] = ()


class FactsSpec(_Said):
    """A source, open at `fd`, whose facts are wanted."""

    fd: int
    name: str
