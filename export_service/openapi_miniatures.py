"""The part of the API's description that says what APIFlask does not know of miniatures."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from export_service.miniature_view import MOST_SOUNDS

Spec = dict[str, Any]

FILES = "/api/preview/files/{miniature_id}"
#: A media type without a schema is how OpenAPI 3.1 says "bytes".
CONTENT: Spec = {"video/mp4": {}, "image/jpeg": {}, "application/octet-stream": {}}
LOCATION: Spec = {
    "description": "Where to ask how far it is.",
    "schema": {"type": "string", "format": "uri-reference"},
}
BODY: Spec = {
    "description": "Sources of one scene. Any content type is taken, the body must be JSON.",
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["sources"],
                "properties": {
                    "sources": {
                        "type": "array",
                        "minItems": 2,
                        "maxItems": MOST_SOUNDS,
                        "items": {"type": "string", "minLength": 1},
                    }
                },
            }
        }
    },
}


def describe(paths: Spec, answers: Spec, asks: dict[str, str]) -> None:
    """Complete the operations of miniatures; `answers` and `asks` are those of every file."""
    file = paths[FILES]["get"]
    file["responses"].update(deepcopy(answers))
    for status in ("200", "206"):
        file["responses"][status]["content"] = dict(CONTENT)
        file["responses"][status]["headers"].pop("Content-Disposition")
    file["parameters"].extend(
        {"name": name, "in": "header", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in asks.items()
    )
    compare = paths["/api/sync"]["post"]
    compare["requestBody"] = deepcopy(BODY)
    compare["responses"]["202"]["headers"] = {"Location": deepcopy(LOCATION)}
