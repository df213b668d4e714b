"""Answers what is no HTTP request, or is one that is too long: in the words and the form of every
other problem, for no app has seen it.
"""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus

from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)

from export_service.problems import MEDIA_TYPE, SENTENCE_BY_STATUS, phrase_of
from export_service.requests import ID_HEADER, SAFE_HEADERS

#: The first that an error is of; everything else that cannot be read is a bad request.
_STATUSES: tuple[tuple[type[ParseException], HTTPStatus], ...] = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (ParseException, HTTPStatus.BAD_REQUEST),
)


def answer_to(error: Exception) -> bytes | None:
    """The whole answer to what could not be read, or None where it is not the client's fault."""
    if isinstance(error, InvalidResponseHeader | InvalidResponseHeaderName):
        return None
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return _problem(status)
    return None


def _problem(status: HTTPStatus) -> bytes:
    code, sentence = SENTENCE_BY_STATUS[status]
    request_id, title = uuid.uuid4().hex, phrase_of(status)
    body = json.dumps(
        {
            "type": "about:blank",
            "title": title,
            "status": int(status),
            "detail": sentence,
            "error": sentence,
            "code": code,
            "requestId": request_id,
        }
    ).encode()
    headers = {
        "Connection": "close",
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        ID_HEADER: request_id,
        **SAFE_HEADERS,
    }
    lines = [f"HTTP/1.1 {status:d} {title}", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body
