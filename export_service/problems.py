"""Every error as the same document, and one table that says which HTTP status each error has.

RFC 9457 plus what the contract adds: `error`, the one sentence the editor's button shows, `code`
for programs, and `errors`, each fault with its place. Nothing of the house leaves by this door:
an unexpected exception is logged under the request's id, and the client gets that id.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, current_app, json
from werkzeug.exceptions import HTTPException

from config_schema import errors
from config_schema.errors import ExportError, Fault
from export_service.auth import caller
from export_service.requests import request_id

MEDIA_TYPE = "application/problem+json"

#: The nearest class in an error's family decides; what is not here is a defect of ours: 500.
STATUS_BY_ERROR: Mapping[type[ExportError], int] = {
    errors.RequestRefused: HTTPStatus.BAD_REQUEST,
    errors.NotKnown: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.QuotaReached: HTTPStatus.TOO_MANY_REQUESTS,
    errors.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.JobNotFound: HTTPStatus.NOT_FOUND,
    errors.JobConflict: HTTPStatus.CONFLICT,
    errors.NotRetryable: HTTPStatus.CONFLICT,
    errors.NotCompleted: HTTPStatus.CONFLICT,
    errors.SourceMissing: HTTPStatus.BAD_REQUEST,
    errors.SourceRefused: HTTPStatus.BAD_REQUEST,
    errors.LookTooSlow: HTTPStatus.BAD_REQUEST,
    errors.MiniatureNotFound: HTTPStatus.NOT_FOUND,
    errors.TusVersionWrong: HTTPStatus.PRECONDITION_FAILED,
    errors.NotOffsetOctets: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.UploadNotFound: HTTPStatus.NOT_FOUND,
    errors.NameTaken: HTTPStatus.CONFLICT,
    errors.OffsetWrong: HTTPStatus.CONFLICT,
    errors.UploadFinished: HTTPStatus.CONFLICT,
    errors.UploadLocked: HTTPStatus.LOCKED,
    errors.UploadTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.OverQuota: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.ChecksumMismatch: 460,
    errors.NoRoom: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.NoSpace: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.VolumeUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

#: What tus has beside HTTP's.
OTHER_PHRASES: Mapping[int, str] = {460: "Checksum Mismatch"}

#: What HTTP itself refuses, in words for a person; other statuses keep Werkzeug's.
SENTENCE_BY_STATUS: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "The request cannot be understood."),
    414: ("address_too_long", "The address of this request is too long."),
    417: ("expectation_failed", "This service does not do what the header Expect asks for."),
    431: ("headers_too_large", "The headers of this request are too many or too long."),
    404: ("no_such_address", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not answer that kind of request."),
    412: ("precondition_failed", "The file is not the one that the request is about."),
    413: (errors.BodyTooLarge.code, "The request's body is too large."),
    416: ("range_not_satisfiable", "The file ends before the range that was asked for."),
}

#: A refusal with one of these has `errors` even when there is only the one.
STATUSES_WITH_PLACES = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
RETRY_AFTER_SECONDS = 10


def status_of(error: ExportError) -> int:
    """The HTTP status of an error, by the nearest of its classes in the table.

    >>> status_of(errors.JobNotFound())
    <HTTPStatus.NOT_FOUND: 404>
    >>> status_of(errors.EncoderFailed())
    <HTTPStatus.INTERNAL_SERVER_ERROR: 500>
    """
    for family in type(error).__mro__:
        if family in STATUS_BY_ERROR:
            return STATUS_BY_ERROR[family]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def phrase_of(status: int) -> str:
    """A status in words.

    >>> phrase_of(404), phrase_of(460)
    ('Not Found', 'Checksum Mismatch')
    """
    return OTHER_PHRASES.get(status) or HTTPStatus(status).phrase


def problem(
    status: int,
    code: str,
    sentence: str,
    *,
    faults: tuple[Fault, ...] = (),
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer for an error; `extra` adds members of the problem's own."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": phrase_of(status),
        "status": int(status),
        "detail": sentence,
        "error": sentence,
        "code": code,
        "requestId": request_id(),
    }
    if not faults and status in STATUSES_WITH_PLACES:
        faults = (Fault("", code, sentence),)
    if faults:
        body["errors"] = [fault._asdict() for fault in faults]
    body.update(extra or {})
    answer = Response(
        json.dumps(body), status=f"{status:d} {phrase_of(status).upper()}", mimetype=MEDIA_TYPE
    )
    answer.headers.update(headers or {})
    answer.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def register(app: APIFlask) -> None:
    """Make every way in which this app can fail answer with a problem."""
    app.register_error_handler(ExportError, _of_export_error)
    app.register_error_handler(HTTPException, _of_http_exception)
    app.register_error_handler(Exception, _of_defect)
    app.error_processor(_of_bad_input)
    # error_processor takes Werkzeug's errors too, and drops what they know; take them back.
    app.register_error_handler(HTTPException, _of_http_exception)


def _of_export_error(error: ExportError) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log(error, error.detail)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _of_internal(errors.InternalFault())
    faults = error.faults if isinstance(error, errors.RequestRefused) else ()
    return problem(status, error.code, str(error), faults=faults, headers=_headers_of(error))


def _headers_of(error: ExportError) -> dict[str, str]:
    if isinstance(error, errors.NotKnown):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, errors.TooManyRequests | errors.QuotaReached):
        return {"Retry-After": str(error.retry_after_seconds)}
    return {}


def _of_http_exception(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return current_app.make_response(error.get_response())
    code, sentence = SENTENCE_BY_STATUS.get(
        error.code, (error.name.lower().replace(" ", "_"), error.description or error.name)
    )
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return problem(error.code, code, sentence, headers=headers)


def _of_bad_input(error: HTTPError) -> Response:
    """A query string that the schemas refuse."""
    faults = tuple(
        Fault(place, "invalid_query", " ".join(messages))
        for places in error.detail.values()
        for place, messages in places.items()
    )
    sentence = "; ".join(f"{fault.place}: {fault.message}" for fault in faults)
    return problem(
        error.status_code, "invalid_query", sentence or str(error.message), faults=faults
    )


def _of_defect(error: Exception) -> Response:
    _log(error)
    return _of_internal(errors.InternalFault())


def _log(error: Exception, detail: str = "") -> None:
    current_app.logger.error(
        "request %s of %s failed: %s", request_id(), caller().name, detail, exc_info=error
    )


def _of_internal(fault: errors.InternalFault) -> Response:
    sentence = f"{fault} Its log tells more under the request id {request_id()}."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, fault.code, sentence)
