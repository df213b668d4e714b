"""The part of the API's description that says who may ask, and how often."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from export_service.guard import KEY_HEADER
from export_service.links import PARAMETER

Spec = dict[str, Any]

SCHEMES: Spec = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, or a token of the frontend (JWT).",
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": KEY_HEADER,
        "description": "An API key.",
    },
}
#: The empty one: a service on loopback may ask nobody.
SECURITY: list[Spec] = [{"bearer": []}, {"apiKey": []}, {}]
#: Groups of operations that nobody needs a key for.
OPEN_TAGS = frozenset({"Health"})

UNKNOWN = "No key or token came along, or none that counts."
TOO_MANY = "More requests than are answered in a minute, or more exports than the tenant may have."
FORBIDDEN = {
    "downloadExport": "The link is too old, or none of this export.",
    "getMiniatureFile": "The link is too old, or none to this file.",
    "getMetrics": "The key is a tenant's.",
}
LINKED = frozenset({"downloadExport", "getMiniatureFile"})
LINK: Spec = {
    "name": PARAMETER,
    "in": "query",
    "description": "Opens this file without a key; part of the `url` that tells of it.",
    "schema": {"type": "string"},
}


def describe_access(spec: Spec, operations: Iterable[Spec]) -> None:
    """Say of every operation what it is answered to whom."""
    spec["components"]["securitySchemes"] = SCHEMES
    for operation in operations:
        if OPEN_TAGS.intersection(operation["tags"]):
            continue
        operation["security"] = SECURITY
        answers = operation["responses"]
        answers["401"] = {
            "description": UNKNOWN,
            "headers": {"WWW-Authenticate": {"schema": {"type": "string", "const": "Bearer"}}},
        }
        answers["429"] = {
            "description": TOO_MANY,
            "headers": {
                "Retry-After": {
                    "description": "Seconds to wait before asking again.",
                    "schema": {"type": "integer", "minimum": 1},
                }
            },
        }
        name = operation["operationId"]
        if name in FORBIDDEN:
            answers["403"] = {"description": FORBIDDEN[name]}
        if name in LINKED:
            operation["parameters"].append(LINK)
