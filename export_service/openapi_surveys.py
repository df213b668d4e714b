"""What the API's description says of dry runs, reports and sources: pydantic's own schemas."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from config_schema.preview import Preview
from config_schema.report import Report
from config_schema.source_facts import SourcePage

Spec = dict[str, Any]

VALIDATE = "/api/export/validate"
SOURCES = "/api/sources"


def components() -> Spec:
    """The schemas of the answers, and those that they are made of, each under its own name."""
    _, schema = models_json_schema(
        [(kind, "serialization") for kind in (Preview, Report, SourcePage)],
        by_alias=True,
        ref_template="#/components/schemas/{model}",
    )
    found: Spec = schema["$defs"]
    return found


def describe(paths: Spec) -> None:
    """Say what a dry run takes, and what each answers."""
    validate = paths[VALIDATE]["post"]
    validate["requestBody"] = {
        "description": "The export config. Any content type is taken, the body must be JSON.",
        "required": True,
        "content": _json_of("ExportConfig"),
    }
    validate["responses"]["200"] = {
        "description": "What the export would be.",
        "content": _json_of("Preview"),
    }
    sources = paths[SOURCES]["get"]["responses"]
    sources["200"] = {"description": "Some of the sources.", "content": _json_of("SourcePage")}
    sources["503"] = {"description": "The media volume cannot be used."}


def _json_of(schema: str) -> Spec:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
