"""Publishes the JSON Schema of the export config, which other languages' types are made from.

python -m config_schema.jsonschema > docs/config.schema.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

from config_schema.config import ExportConfig

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = ("title", "description", "default")


def config_json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what a client may send."""
    schema = ExportConfig.model_json_schema(by_alias=True, mode="validation")
    for part in (schema, *schema["$defs"].values()):
        required = part.get("required", [])
        for name, field in part["properties"].items():
            if name not in required:
                part["properties"][name] = _nullable(field)
    return {"$schema": _DIALECT, **schema, "title": "Export config, version 1"}


def _nullable(field: dict[str, Any]) -> dict[str, Any]:
    """The field, null included: in an optional field it means that it is not given."""
    if "anyOf" in field:
        return field
    about = {key: value for key, value in field.items() if key in _ABOUT}
    kind = {key: value for key, value in field.items() if key not in _ABOUT}
    return {"anyOf": [kind, {"type": "null"}], **about}


def as_text() -> str:
    """The schema as it lies in the documentation."""
    return json.dumps(config_json_schema(), indent=2)


if __name__ == "__main__":
    sys.stdout.write(as_text() + "\n")
