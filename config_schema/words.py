"""How faults and warnings speak: where something lies, and what a person calls it.

The place is for programs (`segments[41].endTime`), counted from 0; the words are for people
and count from 1 (segment 42).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

#: The way to a value: field names, and positions in lists.
Location = tuple[str | int, ...]


class Complaint(NamedTuple):
    """A fault before it has words: `said` goes on where the name of the place ends."""

    location: Location
    code: str
    said: str


#: Every code that a fault of a config can have, and what it says.
FAULT_CODES: Mapping[str, str] = {
    "missing": "a field that must be there is absent or null",
    "wrong_type": "another kind of value than the field takes (text for a number, and so on)",
    "not_whole": "a whole number is wanted",
    "not_allowed": "not one of the values the field knows",
    "not_finite": "NaN or Infinity",
    "too_small": "a number below what is possible",
    "too_large": "a number above what is possible",
    "too_few": "a list that must not be empty is",
    "too_many": "more sources or segments than allowed",
    "too_long": "a text or a programme above its limit",
    "bad_id": "an export id that cannot name a folder",
    "bad_time": "not an ISO 8601 date and time with its offset",
    "bad_url": "not an https address",
    "callback_refused": "a callback address that this installation does not call",
    "end_before_start": "a segment that does not end after its start",
    "no_such_source": "a segment that asks for a source which is not in the list",
    "empty_path": "a source without a file name",
    "parent_folder": "a file path with `..` in it",
    "protocol_prefix": "a web address or another protocol instead of a file",
    "control_character": "a file path with invisible characters",
    "duplicate_key": "a field given twice",
    "broken_text": "text with half a character (a lone surrogate)",
    "source_missing": "a source that is not in the sources folder",
    "source_refused": "a source whose file may not be opened",
    "more_faults": "the list was cut: how many faults are not shown",
}

_PLAIN_KEY = re.compile(r"[A-Za-z_$][\w$-]*", re.ASCII)


def place(location: Location) -> str:
    """The place as a program writes it.

    >>> place(("segments", 41, "endTime")), place(("a b",)), place(())
    ('segments[41].endTime', '["a b"]', '')
    """
    written = ""
    for step in location:
        if isinstance(step, int):
            written += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step) and len(step) <= 60:
            written += f".{step}" if written else step
        else:
            written += f"[{quoted(step)}]"
    return written


def named(location: Location, titles: Mapping[str, str]) -> str:
    """What a person calls the place, ready to begin a sentence.

    `titles` holds the title of every field by its path without positions.

    >>> named(("segments", 41, "endTime"), {"segments.endTime": "End time"})
    'The end time of segment 42'
    >>> named(("sources", 0), {}), named((), {}), named(("note", 2), {})
    ('Source 1', 'The export config', 'The field note[2]')
    """
    match location:
        case ():
            return "The export config"
        case ("segments" | "sources" as group, int() as index):
            return f"{_SINGULAR[group].capitalize()} {index + 1}"
    path = ".".join(step for step in location if isinstance(step, str))
    title = titles.get(path)
    if title is None:
        return f"The field {place(location)}"
    title = f"The {title[0].lower()}{title[1:]}"
    match location:
        case ("segments" | "sources" as group, int() as index, _):
            return f"{title} of {_SINGULAR[group]} {index + 1}"
        case ("output", _):
            return f"{title} of the output"
    return title


_SINGULAR = {"segments": "segment", "sources": "source"}


def quoted(text: str, longest: int = 60) -> str:
    r"""The text in quotes on one line, shortened, with everything invisible spelled out.

    >>> print(quoted('Bob\n\ud800'))
    "Bob\n\ud800"
    """
    kept = text if len(text) <= longest else text[: longest - 3] + "..."
    if not kept.isprintable():
        kept = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in kept)
    return f'"{kept}"'


def shown(value: object) -> str:
    """A JSON value as a message shows it.

    >>> [shown(value) for value in (14.0, 12.5, True, None, "x", [1], {})]
    ['14', '12.5', 'true', 'nothing (null)', '"x"', 'a list', 'a group of fields']
    """
    match value:
        case None:
            return "nothing (null)"
        case bool():
            return json.dumps(value)
        case int():
            return str(value)
        case float():
            return repr(value).removesuffix(".0")
        case str():
            return quoted(value)
        case list():
            return "a list"
        case dict():
            return "a group of fields"
    return "something else"


def clock(seconds: float) -> str:
    """A length of time as a player shows it.

    >>> clock(3130), clock(90000.5)
    ('52:10', '25:00:00')
    """
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
