"""The description of the API for programs, made from the code; prints itself when run.

APIFlask collects routes, queries and answers. What it cannot know is added here: that errors are
problems, that the config's schema is pydantic's and its body required, what headers say, and
everything about ranges. Two tables and a few small steps, each on its own operation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from apiflask import APIFlask

from config_schema.jsonschema import config_json_schema
from export_service import openapi_miniatures, openapi_surveys, openapi_uploads
from export_service.openapi_access import describe_access
from export_service.problems import MEDIA_TYPE, RETRY_AFTER_SECONDS

Spec = dict[str, Any]

DESCRIPTION = (
    "Makes a multicam programme from the camera originals, exact to the frame: "
    "POST a config, poll its status, download the file.\n\n"
    "Every error is a problem document (RFC 9457) with `error`, one sentence for a person, "
    "and `code` for programs."
)

PROBLEM: Spec = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "error", "code", "requestId"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The HTTP status in words."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "The same sentence as `error`."},
        "error": {"type": "string", "description": "One sentence for a person."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "requestId": {"type": "string", "description": "What the log knows this request by."},
        "errors": {
            "type": "array",
            "description": "Every fault of a refused request.",
            "items": {"$ref": "#/components/schemas/Fault"},
        },
        "missing": {
            "type": "array",
            "description": "With `not_ready`: what is missing.",
            "items": {"type": "string"},
        },
        "checks": {
            "type": "object",
            "description": "With `not_ready`: what was found of each thing.",
            "additionalProperties": {"type": "string"},
        },
    },
}
FAULT: Spec = {
    "type": "object",
    "description": "One thing wrong with a request.",
    "required": ["place", "code", "message"],
    "properties": {
        "place": {
            "type": "string",
            "description": "Such as `segments[41].endTime`; empty for the whole.",
        },
        "code": {"type": "string"},
        "message": {"type": "string", "description": "Words for a person."},
    },
}


def _header(description: str, **schema: Any) -> Spec:
    return {"description": description, "schema": {"type": "string", **schema}}


def _shared(name: str) -> Spec:
    return {"$ref": f"#/components/headers/{name}"}


SHARED_HEADERS: Spec = {
    "RequestId": _header("The id of this request in the log; a plain one of the client's is kept."),
    "NoStore": _header("`no-store`", const="no-store"),
    "StatusLocation": _header("Where to watch the export.", format="uri-reference"),
    "ETag": _header("Names these very bytes."),
    "RetryAfter": {
        "description": "Seconds to wait before asking again.",
        "schema": {"type": "integer", "const": RETRY_AFTER_SECONDS},
    },
}
VALIDATORS: Spec = {
    "ETag": _shared("ETag"),
    "Last-Modified": _header("When the file was finished."),
}
FILE_HEADERS: Spec = {
    **VALIDATORS,
    "Accept-Ranges": _header("`bytes`", const="bytes"),
    "Content-Disposition": _header("`attachment` with the project's name, safe on every system."),
    "Content-Length": {
        "description": "Bytes of this answer.",
        "schema": {"type": "integer", "minimum": 0},
    },
}
CONTENT_RANGE = _header("Which bytes these are, and of how many.")
#: A media type without a schema is how OpenAPI 3.1 says "bytes".
FILE_CONTENT: Spec = {"video/mp4": {}, "video/webm": {}}


def _json_of(schema: str) -> Spec:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


DOWNLOAD_ANSWERS: dict[str, Spec] = {
    "200": {"description": "The whole file.", "headers": FILE_HEADERS, "content": FILE_CONTENT},
    "206": {
        "description": "The part that was asked for.",
        "headers": {**FILE_HEADERS, "Content-Range": CONTENT_RANGE},
        "content": FILE_CONTENT,
    },
    "304": {
        "description": "The client has this file already.",
        "headers": {"ETag": _shared("ETag")},
    },
    "412": {"description": "The file is not the one named by `If-Match`."},
    "416": {
        "description": "The file ends before the range.",
        "headers": {"Content-Range": CONTENT_RANGE},
    },
}
DOWNLOAD_ASKS = {
    "Range": "One range of bytes; several at once are answered with the whole file.",
    "If-Range": "The ETag or date a part is wanted of; otherwise the whole file comes.",
    "If-None-Match": "ETags that the client has.",
    "If-Modified-Since": "The date of what the client has.",
    "If-Match": "ETags one of which the file must have.",
}
REPORT_ANSWERS: dict[str, Spec] = {
    "200": {
        "description": "Per segment what was asked and delivered; streams, length, SHA-256.",
        "headers": {"ETag": _shared("ETag")},
        "content": _json_of("Report"),
    },
    "304": {
        "description": "The client has this report already.",
        "headers": {"ETag": _shared("ETag")},
    },
}
METRICS_ANSWER: Spec = {
    "description": "Prometheus' text format; docs/operations.md says what each number means.",
    "content": {"text/plain": {}},
}


STATUS_ANSWER: Spec = {
    "description": "Where the export stands.",
    "content": _json_of("Status"),
}
EVENTS_ANSWERS: dict[str, Spec] = {
    "200": {
        "description": "Server-sent events until the export is over. The data of each is how the "
        "export stands then. A server that cannot hold connections sends one and ends: come back.",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "string",
                    "description": "Events with `id` and `data`, and `retry` at first.",
                    "contentMediaType": "application/json",
                    "contentSchema": {"$ref": "#/components/schemas/Status"},
                }
            }
        },
    },
    "204": {"description": "The export is over and `Last-Event-ID` is the last event there is."},
}
LAST_EVENT_ID: Spec = {
    "name": "Last-Event-ID",
    "in": "header",
    "description": "The id of the last event that the client has seen; it is not sent again.",
    "schema": {"type": "string"},
}
KNOWN_ANSWER: Spec = {
    "description": "The same config was posted before: today's state, also when it failed.",
    "headers": {"Location": _shared("StatusLocation")},
    "content": _json_of("Known"),
}


WEBHOOK_EVENTS = ("export.completed", "export.failed", "export.cancelled")
WEBHOOK_HEADERS = {
    "webhook-id": "The same however often the message is sent: whoever remembers it does it once.",
    "webhook-timestamp": "When this try was made, in Unix seconds.",
    "webhook-signature": "`v1,` and an HMAC-SHA256 in base64; several where secrets are changed.",
}
WEBHOOK: Spec = {
    "post": {
        "operationId": "exportEnded",
        "summary": "Tell the config's callbackUrl how a run ended.",
        "description": "Sent by the service, following Standard Webhooks, until it is taken or "
        "more than a day is over.",
        "tags": ["Exports"],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": meaning,
                "schema": {"type": "string"},
            }
            for name, meaning in WEBHOOK_HEADERS.items()
        ],
        "requestBody": {"required": True, "content": _json_of("ExportEvent")},
        "responses": {
            "2XX": {"description": "Taken: it is not sent again."},
            "410": {"description": "Not wanted: it is not sent again."},
            "default": {"description": "Not taken: it is sent again later."},
        },
    }
}
EXPORT_EVENT: Spec = {
    "type": "object",
    "description": "How a run of an export ended.",
    "required": ["type", "timestamp", "data"],
    "properties": {
        "type": {"type": "string", "enum": list(WEBHOOK_EVENTS)},
        "timestamp": {
            "type": "string",
            "format": "date-time",
            "description": "When the run ended.",
        },
        "data": {"$ref": "#/components/schemas/Status"},
    },
}

#: What Python calls an id, what the document calls it, and what it is.
PATH_IDS = {
    "job_id": ("jobId", "The `id` of the config that was posted."),
    "upload_id": ("uploadId", "The last part of the address that the creation told."),
    "miniature_id": ("miniatureId", "`miniatureId` of what was asked for."),
    "sync_id": ("syncId", "`syncId` of what was asked to be compared."),
}

VOLUME_UNAVAILABLE = "The media volume cannot be used."


def register(app: APIFlask) -> None:
    """Set APIFlask up for OpenAPI 3.1 and let the steps below finish what it collects."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=DESCRIPTION,
        LICENSE={"name": "MIT", "identifier": "MIT"},
        AUTO_SERVERS=False,  # clients resolve paths against where they found the description
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        VALIDATION_ERROR_STATUS_CODE=400,
    )

    @app.spec_processor
    def _finish(spec: Spec | str) -> Spec | str:
        assert isinstance(spec, dict)  # a string only where YAML is asked for
        return finished(spec)


def finished(spec: Spec) -> Spec:
    """The description with everything that APIFlask does not know."""
    # Several modules of routes may be about one thing.
    spec["tags"] = list({tag["name"]: tag for tag in spec["tags"]}.values())
    components = spec.setdefault("components", {})
    components["headers"] = SHARED_HEADERS
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update(Problem=PROBLEM, Fault=FAULT, ExportEvent=EXPORT_EVENT, **_config_components())
    schemas.update(openapi_surveys.components())
    spec["webhooks"] = {"exportEnded": deepcopy(WEBHOOK)}
    schemas["Known"] = _known(schemas["Status"])

    paths = spec["paths"]
    _describe_submit(paths["/api/export"]["post"])
    paths["/api/export/{job_id}/retry"]["post"]["responses"]["202"]["headers"] = {
        "Location": _shared("StatusLocation")
    }
    openapi_uploads.describe(paths)
    openapi_surveys.describe(paths)
    openapi_miniatures.describe(paths, DOWNLOAD_ANSWERS, DOWNLOAD_ASKS)
    describe_access(spec, _operations(paths))
    download = paths["/api/export/{job_id}/download"]
    _describe_download(download)
    download["head"] = _head_of(download["get"])
    paths["/api/export/{job_id}/status"]["get"]["responses"]["200"] = deepcopy(STATUS_ANSWER)
    paths["/api/export/{job_id}/report"]["get"]["responses"].update(deepcopy(REPORT_ANSWERS))
    watch = paths["/api/export/{job_id}/events"]["get"]
    watch["responses"].update(deepcopy(EVENTS_ANSWERS))
    watch["parameters"].append(deepcopy(LAST_EVENT_ID))
    paths["/metrics"]["get"]["responses"]["200"] = deepcopy(METRICS_ANSWER)
    for operation in _operations(paths):
        if {"Exports", "Miniatures"}.intersection(operation["tags"]):
            operation["responses"].setdefault("503", {"description": VOLUME_UNAVAILABLE})
        _describe_answers(operation)
        _describe_ids(operation)
    spec["paths"] = {_with_ids(path): item for path, item in sorted(paths.items())}
    return spec


def document() -> Spec:
    """The whole description, as the service serves it."""
    from export_service.application import assemble

    spec = assemble().spec
    assert isinstance(spec, dict)
    return spec


def _operations(paths: Spec) -> Iterator[Spec]:
    for item in paths.values():
        yield from item.values()


def _config_components() -> Spec:
    """The config's schema and those it is made of, each under its own name."""
    schema = json.loads(
        json.dumps(config_json_schema()).replace('"#/$defs/', '"#/components/schemas/')
    )
    components: Spec = schema.pop("$defs", {})
    for key in ("$schema", "$id"):
        schema.pop(key, None)
    return {**components, "ExportConfig": schema}


def _known(status: Spec) -> Spec:
    known = deepcopy(status)
    known["properties"]["statusUrl"] = {"type": "string", "format": "uri-reference"}
    known["required"] = sorted([*known["required"], "statusUrl"])
    return known


#: What can be asked of an export that was accepted, by the operations' names.
_ABOUT_AN_EXPORT = (
    "getExportStatus",
    "watchExport",
    "getExportReport",
    "downloadExport",
    "cancelExport",
    "retryExport",
)


def _describe_submit(operation: Spec) -> None:
    operation["requestBody"] = {
        "description": "The export config. Any content type is taken, the body must be JSON.",
        "required": True,
        "content": _json_of("ExportConfig"),
    }
    operation["responses"]["200"] = deepcopy(KNOWN_ANSWER)
    operation["responses"]["202"]["headers"] = {"Location": _shared("StatusLocation")}
    operation["responses"]["202"]["links"] = {
        name: {"operationId": name, "parameters": {"jobId": "$response.body#/jobId"}}
        for name in _ABOUT_AN_EXPORT
    }


def _describe_download(item: Spec) -> None:
    operation = item["get"]
    operation["responses"].update(deepcopy(DOWNLOAD_ANSWERS))
    operation["parameters"].extend(
        {"name": name, "in": "header", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in DOWNLOAD_ASKS.items()
    )


def _head_of(get: Spec) -> Spec:
    """The same without bodies and without ranges, which HTTP defines for GET alone."""
    head = deepcopy(get)
    head.update(operationId="headExportDownload", summary="Look at the finished programme's facts.")
    for status in ("206", "416"):
        del head["responses"][status]
    for answer in head["responses"].values():
        answer.pop("content", None)
    head["parameters"] = [
        asked for asked in head["parameters"] if asked["name"] not in ("Range", "If-Range")
    ]
    head["x-no-body"] = True
    return head


def _describe_answers(operation: Spec) -> None:
    has_body = not operation.pop("x-no-body", False)
    answers = operation["responses"]
    answers["414"] = {"description": "The address, with all that is asked in it, is too long."}
    answers["500"] = {"description": "A defect of the service; its log has the `requestId`."}
    for status, answer in answers.items():
        headers = answer.setdefault("headers", {})
        headers["X-Request-Id"] = _shared("RequestId")
        if status >= "400":
            answer.pop("content", None)
            headers["Cache-Control"] = _shared("NoStore")
            if has_body:
                answer["content"] = {
                    MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
                }
        elif "ETag" not in headers:
            headers["Cache-Control"] = _shared("NoStore")
        if status == "503":
            headers["Retry-After"] = _shared("RetryAfter")
    operation["responses"] = dict(sorted(answers.items()))


def _describe_ids(operation: Spec) -> None:
    for asked in operation.get("parameters", ()):
        if asked["name"] in PATH_IDS:
            asked["name"], asked["description"] = PATH_IDS[asked["name"]]


def _with_ids(path: str) -> str:
    for ours, (theirs, _) in PATH_IDS.items():
        path = path.replace(f"{{{ours}}}", f"{{{theirs}}}")
    return path


if __name__ == "__main__":
    json.dump(document(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
