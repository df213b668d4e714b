"""The export config, version 1: its fields, and the way from bytes to a config or its faults.

What a single field may hold is said by the models, which the JSON Schema is made from. Rules
that span fields are in `rules`; they read the JSON as it came, so that all faults are found at
once. Unknown fields are accepted and named in the warnings; null in an optional field means
that it is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from config_schema import strict_json
from config_schema.callback import callback_address
from config_schema.errors import ConfigInvalid
from config_schema.faults import complaints_of, faults_of
from config_schema.limits import (
    DEEPEST_JSON,
    LONGEST_SOURCE_SECONDS,
    SMALLEST_SIDE_PIXELS,
    Limits,
)
from config_schema.paths import path_fault
from config_schema.rules import broken_rules, warnings_of
from config_schema.shape import Shape, UnknownFields
from config_schema.words import Complaint

_JOB_ID = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)", re.ASCII
)


def is_job_id(text: str) -> bool:
    """Whether the text can be the id of a job, and hence the name of its folder.

    >>> is_job_id("export-7.b"), is_job_id("a..b"), is_job_id("../a"), is_job_id("a\\n")
    (True, False, False, False)
    """
    return _JOB_ID.fullmatch(text) is not None


def _checked_id(value: str) -> str:
    if not is_job_id(value):
        raise PydanticCustomError(
            "bad_id",
            "must begin with a letter or digit and hold only letters, digits, dots, "
            "underscores and hyphens, at most 128, without two dots in a row",
        )
    return value


def _checked_path(value: str) -> str:
    if fault := path_fault(value):
        # As a value, not as the template: a path may hold braces.
        raise PydanticCustomError(fault.code, "{said}", {"said": fault.said})
    return value


def _checked_url(value: str) -> str:
    try:
        callback_address(value)
    except ValueError as error:
        raise PydanticCustomError("bad_url", "{said}", {"said": str(error)}) from None
    return value


def _moment(value: object) -> object:
    """The moment in UTC, so that equal moments are equal configs."""
    if not isinstance(value, str):
        return value
    try:
        if not _MOMENT.fullmatch(value):
            raise ValueError(value)
        return datetime.fromisoformat(value.upper().replace(",", ".")).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError(
            "bad_time",
            "must be a date and time with its offset, like 2026-11-22T19:41:41Z",
        ) from error


def _whole(value: object) -> object:
    """JSON knows no integers: 35.0 is one where one is asked, 1e300 is not."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _no_flag(value: object) -> object:
    """To Python true equals 1; to a client it does not."""
    if isinstance(value, bool):
        raise PydanticCustomError("not_allowed", "must be a number, not a yes or no")
    return value


Whole = Annotated[int, BeforeValidator(_whole)]
Pixels = Annotated[int, Field(ge=0), BeforeValidator(_whole)]
EvenPixels = Annotated[
    int,
    Field(ge=SMALLEST_SIDE_PIXELS),
    AfterValidator(lambda side: side - side % 2),
    BeforeValidator(_whole),
]
SourceSeconds = Annotated[float, Field(ge=-LONGEST_SOURCE_SECONDS, le=LONGEST_SOURCE_SECONDS)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


class SourceRef(_Part):
    """A camera file. The numbers are the editor's belief; the truth is found in the file."""

    id: str = Field(title="Source id", description="The editor's id of the media.")
    name: str = Field(title="Name", description="What the person calls the file.")
    file_path: Annotated[str, AfterValidator(_checked_path)] = Field(
        title="File path",
        description="The file below the sources folder, or an absolute path inside an allowed "
        "root. No `..`, no address of a server, no control characters.",
    )
    width: Pixels | None = Field(None, title="Width", description="Pixels.")
    height: Pixels | None = Field(None, title="Height", description="Pixels.")
    duration: float | None = Field(None, ge=0, title="Duration", description="Seconds.")
    fps: float | None = Field(None, ge=0, title="Frame rate", description="Frames per second.")
    has_audio: bool = Field(True, title="Sound flag", description="Whether it has sound.")


class Segment(_Part):
    """A range of one source; the programme plays the segments one after the other."""

    source_index: Whole = Field(
        title="Source index",
        description="Which source, counted from 0.",
        json_schema_extra={"minimum": 0},
    )
    start_time: SourceSeconds = Field(
        title="Start time",
        description="Seconds in the source file. Before 0 the picture is black and silent.",
    )
    end_time: SourceSeconds = Field(
        title="End time",
        description="Seconds in the source file, later than the start. Beyond the end of the "
        "source the picture is black and silent.",
    )
    audio_from_source: bool = Field(
        True, title="Sound switch", description="Whether the source's sound is heard."
    )


class OutputSpec(_Part):
    """The file to make."""

    file_path: str = Field(
        "",
        title="File path",
        description="Accepted for compatibility; never decides where anything is written.",
    )
    format: Literal["mp4", "webm"] = Field(
        "mp4", title="Format", description="webm is VP9 and Opus, whatever `codec` says."
    )
    width: EvenPixels | None = Field(
        None,
        title="Width",
        description="Pixels, at most 16,384 unless the installation says otherwise; odd sizes "
        "are rounded down. Left out: the lead format's.",
    )
    height: EvenPixels | None = Field(None, title="Height", description="Pixels, as for the width.")
    fps: float | None = Field(
        None,
        ge=1,
        title="Frame rate",
        description="Frames per second, at most 240 unless the installation says otherwise. "
        "29.97 and its like mean n * 1000/1001; a whole number that is the lead format's rate "
        "rounded means that rate. Left out: the lead format's.",
    )
    codec: Literal["copy", "h264", "h265"] = Field(
        "copy",
        title="Codec",
        description="copy: as much as possible is taken over without encoding, frame-exact.",
    )
    include_audio: bool = Field(True, title="Sound switch", description="Whether it has sound.")
    quality: Literal["low", "medium", "high", "very_high"] = Field(
        "high", title="Quality", description="Of whatever has to be encoded."
    )


class ExportConfig(_Part):
    """What a client asks for: cameras, the cuts between them, and the file to make."""

    version: Annotated[Literal[1], BeforeValidator(_no_flag)] = Field(
        title="Version", description="The version of this format."
    )
    id: Annotated[str, AfterValidator(_checked_id)] = Field(
        title="Export id",
        description="The job's id, chosen by the client; names its folder.",
        json_schema_extra={"pattern": rf"^{_JOB_ID.pattern}$"},
    )
    project_id: str = Field(title="Project id", description="The editor's id of the project.")
    project_name: str = Field(
        title="Project name", description="Names the downloaded file; any characters."
    )
    created_at: Annotated[AwareDatetime, BeforeValidator(_moment)] = Field(
        title="Creation time", description="ISO 8601 with an offset or Z."
    )
    sources: tuple[SourceRef, ...] = Field(
        strict=False,
        title="List of sources",
        description="The camera files, at most 64 unless the installation says otherwise.",
        json_schema_extra={"minItems": 1},
    )
    segments: tuple[Segment, ...] = Field(
        strict=False,
        title="List of segments",
        description="The cuts in the order they are played, at most 20,000 and 24 hours unless "
        "the installation says otherwise.",
        json_schema_extra={"minItems": 1},
    )
    output: OutputSpec = Field(title="Output", description="The file to make.")
    priority: Literal["high", "normal", "low"] | None = Field(
        None, title="Priority", description="Its place in the queue."
    )
    callback_url: Annotated[str, AfterValidator(_checked_url)] | None = Field(
        None,
        title="Callback address",
        description="An https address that is told when a run of the export ends, by a signed "
        "webhook. Taken where the installation has webhooks set up.",
        json_schema_extra={"format": "uri"},
    )
    status: str | None = Field(None, title="Status", description="Ignored.")


class ParsedConfig(NamedTuple):
    """A config that was accepted, and what its client should know."""

    config: ExportConfig
    warnings: tuple[str, ...]


_CONFIG, _OUTPUT = Shape.of(ExportConfig), Shape.of(OutputSpec)
_SOURCE, _SEGMENT = Shape.of(SourceRef), Shape.of(Segment)
_TITLES = {
    **_CONFIG.fields,
    **{f"sources.{wire}": title for wire, title in _SOURCE.fields.items()},
    **{f"segments.{wire}": title for wire, title in _SEGMENT.fields.items()},
    **{f"output.{wire}": title for wire, title in _OUTPUT.fields.items()},
}


def parse_config(body: bytes, limits: Limits = Limits()) -> ParsedConfig:
    """The config in a request's body, with warnings.

    Raises BodyTooLarge, BodyNotJson or ConfigInvalid with every fault, whatever the bytes.
    """
    value, found = strict_json.read(body, longest=limits.body_bytes, deepest=DEEPEST_JSON)
    if not isinstance(value, dict):
        raise ConfigInvalid(faults_of(found or [_no_config(value)], _TITLES))
    unknown = UnknownFields()
    complaints = list(found)
    try:
        config = ExportConfig.model_validate(
            _tidied(value, limits, unknown), by_alias=True, by_name=False
        )
    except ValidationError as error:
        complaints += _elsewhere(complaints, complaints_of(error))
    complaints += _elsewhere(complaints, broken_rules(value, limits))
    if complaints:
        raise ConfigInvalid(faults_of(complaints, _TITLES))
    return ParsedConfig(config, (*unknown.warnings(), *warnings_of(value)))


def same_job(a: ExportConfig, b: ExportConfig) -> bool:
    """Whether both ask for the same: equal, the time of creation and the status aside."""
    aside = {"created_at", "status"}
    return a.model_dump(exclude=aside) == b.model_dump(exclude=aside)


def _elsewhere(known: list[Complaint], more: Iterable[Complaint]) -> list[Complaint]:
    """The complaints about places that are not known as faulty: what is NaN is not also text."""
    places = {complaint.location for complaint in known}
    return [complaint for complaint in more if complaint.location not in places]


def _no_config(value: object) -> Complaint:
    if value is None:
        said = "is empty (null): the editor found nothing to export"
        return Complaint((), "missing", said)
    return Complaint((), "wrong_type", "must be a group of fields (a JSON object)")


def _tidied(value: dict[str, object], limits: Limits, unknown: UnknownFields) -> object:
    """The config with what its models know; of lists that are too long, as much as may be."""
    tidied = _CONFIG.tidy(value, (), unknown)
    assert isinstance(tidied, dict)
    if "output" in tidied:
        tidied["output"] = _OUTPUT.tidy(tidied["output"], ("output",), unknown)
    for field, shape, most in (
        ("sources", _SOURCE, limits.sources),
        ("segments", _SEGMENT, limits.segments),
    ):
        items = value.get(field)
        if isinstance(items, list):
            tidied[field] = [
                shape.tidy(item, (field, index), unknown) for index, item in enumerate(items[:most])
            ]
    return tidied
