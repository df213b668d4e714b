"""A test client that holds every answer against the OpenAPI document: what is said is what is sent.

Each answer must have a documented status, media type and headers, and a body that its schema
accepts. Pages for people are not in the document and pass unread.
"""

from __future__ import annotations

from typing import Any, cast

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from export_service.openapi import document

DOCUMENT = document()


class CheckedClient(FlaskClient):
    """Flask's client, which fails when an answer is not as documented."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **{"buffered": True, **kwargs})  # closes what it sends
        check(answer)
        return answer


def check(answer: TestResponse) -> None:
    """Fail unless the document promises such an answer to such a request."""
    operation = _operation(answer.request.path, answer.request.method)
    if operation is None:
        return
    status = str(answer.status_code)
    assert status in operation["responses"], f"{status} of {answer.request.path} is not documented"
    promised = operation["responses"][status]
    for name, header in promised.get("headers", {}).items():
        assert name in answer.headers, f"{status} of {answer.request.path} lacks {name}"
        schema = _resolved(header)["schema"]
        if "const" in schema:
            assert answer.headers[name] == str(schema["const"])
    if "content" in promised and answer.request.method != "HEAD":
        assert answer.mimetype in promised["content"]
        schema = promised["content"][answer.mimetype].get("schema")
        if schema is not None:
            is_json = (answer.mimetype or "").endswith("json")
            assert_is(answer.get_json(force=True) if is_json else answer.text, schema)


def assert_is(value: object, schema: dict[str, Any]) -> None:
    """Fail unless the value is what a schema of the document says."""
    Draft202012Validator(
        {**schema, "components": DOCUMENT["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    ).validate(value)


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    found: Any = DOCUMENT
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return cast("dict[str, Any]", found)


def _operation(path: str, method: str) -> dict[str, Any] | None:
    parts = path.split("/")
    for template, item in DOCUMENT["paths"].items():
        steps = template.split("/")
        if len(steps) == len(parts) and all(
            step == part or (step.startswith("{") and part)
            for step, part in zip(steps, parts, strict=True)
        ):
            return cast("dict[str, Any] | None", item.get(method.lower()))
    return None
