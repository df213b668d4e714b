"""What a line of the log looks like: text for people, or one JSON object for programs.

Either way no secret is in it: clients of the broker quote addresses in their errors, and the
broker's address holds its password. What a line is about (a job, a piece) comes from the one who
logs, by `extra`, or from whoever works on it at the moment, by `about`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

LogFormat = Literal["text", "json"]

HIDDEN = "***"
#: What Celery adds to its lines about tasks, arguments and all; of it only the id is told.
_CELERYS = "data"
_NOTHING: dict[str, str] = {}
_about: ContextVar[dict[str, str]] = ContextVar("about", default=_NOTHING)


def think_of(**ids: str) -> None:
    """From now on this thread's lines are about this, until something else is said."""
    _about.set(ids)


def think_of_more(**ids: str) -> None:
    """The same, and this besides."""
    _about.set({**_about.get(), **ids})


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Have the lines of the block, in this thread, say what they are about."""
    before = _about.set({**_about.get(), **ids})
    try:
        yield
    finally:
        _about.reset(before)


def secrets_in(url: str) -> tuple[str, ...]:
    """The password in an address, in every form it may be quoted in.

    >>> secrets_in("redis://:p%40ss@host:6379/0"), secrets_in("redis://host:6379/0")
    (('p%40ss', 'p@ss'), ())
    """
    parts = urlsplit(url)
    found = [parts.password or "", *parse_qs(parts.query).get("password", ())]
    forms = {form for secret in found for form in (secret, unquote(secret)) if form}
    # The longest first: a shorter one may be a part of it.
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def formatter_of(
    log_format: LogFormat, secrets: Sequence[str], text: logging.Formatter | None = None
) -> logging.Formatter:
    """The formatter for this format; `text` is how text has looked so far."""
    if log_format == "json":
        return JsonLines(secrets)
    return Discreet(text or logging.Formatter(), secrets)


def dress(logger: logging.Logger, log_format: LogFormat, secrets: Sequence[str]) -> None:
    """Have the handlers that a logger has write in this format."""
    for handler in logger.handlers:
        handler.setFormatter(formatter_of(log_format, secrets, handler.formatter))


class Discreet(logging.Formatter):
    """What another formatter says, without the secrets."""

    def __init__(self, said_by: logging.Formatter, secrets: Sequence[str]) -> None:
        super().__init__()
        self._said_by = said_by
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return _without(self._said_by.format(record), self._secrets)


class JsonLines(JsonFormatter):
    """One object per line: time, level, logger, pid, ids, message, exception, and `extra`."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        super().__init__(
            ["message"],
            rename_fields={"exc_info": "exception", "stack_info": "stack"},
            reserved_attrs=[*RESERVED_ATTRS, _CELERYS, "color_message"],
        )
        self._secrets = tuple(secrets)

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """The object, in the order in which it is read."""
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(
            timespec="milliseconds"
        )
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["pid"] = record.process
        log_data |= _task_id(record) | _about.get()
        super().add_fields(log_data, record, message_dict)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """The object without the secrets."""
        hidden: dict[str, Any] = _hide(log_data, self._secrets)
        return hidden


def _task_id(record: logging.LogRecord) -> dict[str, str]:
    told = getattr(record, _CELERYS, None)
    task_id = told.get("id") if isinstance(told, dict) else None
    # A call for help has the job's id with something behind it.
    return {"job": task_id.partition("~")[0]} if isinstance(task_id, str) else _NOTHING


def _hide(value: Any, secrets: Sequence[str]) -> Any:
    # Before they are written as JSON, which may quote a password's letters.
    if isinstance(value, str):
        return _without(value, secrets)
    if isinstance(value, dict):
        return {key: _hide(inner, secrets) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_hide(inner, secrets) for inner in value]
    return value if isinstance(value, bool | int | float | None) else _without(str(value), secrets)


def _without(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text
