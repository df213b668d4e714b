"""Lets schemathesis come further than to the first refusal: bodies it has no words for, and files
that are there.
"""

from __future__ import annotations

from typing import Any

import schemathesis

SOURCE = "cam0.mp4"


@schemathesis.serializer("application/offset+octet-stream")
def as_it_is(ctx: Any, value: Any) -> bytes:
    """The bytes of an upload."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """A config whose files are there and whose times follow each other, as far as it has words and
    numbers in these places.
    """
    if isinstance(body, dict):
        for source in _objects(body.get("sources")):
            if isinstance(source.get("filePath"), str):
                source["filePath"] = SOURCE
        for segment in _objects(body.get("segments")):
            times = segment.get("startTime"), segment.get("endTime")
            if all(type(time) in (int, float) for time in times):
                segment |= {"startTime": 0.1, "endTime": 0.6}
            if type(segment.get("sourceIndex")) is int:
                segment["sourceIndex"] = 0
    return body


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
