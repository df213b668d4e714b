"""JSON as the contract takes it: nothing that two parsers could read in two ways.

Syntax, encoding and depth are refused at once; what has a place in a readable document (NaN,
numbers beyond any float, fields given twice, half characters) becomes a complaint, so that it
can stand in one list with all other faults. Depth is measured on the bytes before any parser
recurses into them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from config_schema.errors import BodyNotJson, BodyTooLarge
from config_schema.limits import MOST_JSON_GROUPS
from config_schema.words import Complaint, Location

#: Enough to show; a body with more is hostile and not worth the walk.
_MOST_COMPLAINTS = 1000

_NOT_A_MARK = bytes(b for b in range(256) if b not in b'"[]{}')
_STRING = re.compile(rb'"[^"]*"')
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SMALLEST_INTEGER, _LARGEST_INTEGER = -(2**63), 2**63 - 1


class Document(NamedTuple):
    """What was read; where a complaint lies, `value` may hold a `Refused` instead of JSON."""

    value: Any
    complaints: tuple[Complaint, ...]


class Refused(NamedTuple):
    """Stands in the document where a number was that cannot be taken."""

    code: str
    said: str


# One of each serves: a hostile body has millions.
_INTEGER = Refused("too_large", "is a whole number with too many digits")
_LARGE = Refused("too_large", "is a number too large to calculate with")
_SMALL = Refused("too_small", "is a number too small to calculate with")
_CONSTANTS = {
    name: Refused("not_finite", f"is {name}, which is not a number one can calculate with")
    for name in ("NaN", "Infinity", "-Infinity")
}


class _Repeated(dict[str, Any]):
    """An object that gave some of its fields twice."""

    keys_repeated: tuple[str, ...] = ()


def read(body: bytes, *, longest: int, deepest: int) -> Document:
    """The document in these bytes; raises BodyTooLarge or BodyNotJson, whatever the bytes.

    >>> read(b'{"a": [1, 2.5, "x"]}', longest=100, deepest=8).value
    {'a': [1, 2.5, 'x']}
    >>> read(b'{"a": [1, NaN]}', longest=100, deepest=8).complaints[0].location
    ('a', 1)
    """
    if len(body) > longest:
        raise BodyTooLarge(f"The export config is larger than {_mebibytes(longest)}.")
    if not body.strip(b" \t\r\n\xef\xbb\xbf"):
        raise BodyNotJson("The request has no export config: its body is empty.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyNotJson(
            f"The request is not UTF-8 text: byte {error.start + 1} does not belong there.",
            place=f"byte {error.start + 1}",
        ) from error
    brackets = _brackets(body)
    if brackets.count(b"[") + brackets.count(b"{") > MOST_JSON_GROUPS:
        raise BodyNotJson(
            f"The request's JSON has more than {MOST_JSON_GROUPS:,} lists and groups."
        )
    if _is_deeper(brackets, deepest):
        raise BodyNotJson(f"The request's JSON is nested more than {deepest} levels deep.")
    return _parse(text, may_hold_surrogates=bool(_SURROGATE_ESCAPE.search(body)))


def _parse(text: str, *, may_hold_surrogates: bool) -> Document:
    doubtful = may_hold_surrogates

    def refuse(value: Refused) -> Refused:
        nonlocal doubtful
        doubtful = True
        return value

    def integer(digits: str) -> int | Refused:
        # The length comes first: Python refuses to convert thousands of digits.
        if len(digits) <= 20:
            number = int(digits)
            if _SMALLEST_INTEGER <= number <= _LARGEST_INTEGER:
                return number
        return refuse(_INTEGER)

    def decimal(digits: str) -> float | Refused:
        number = float(digits)
        if number in (float("inf"), float("-inf")):
            return refuse(_LARGE)
        if number == 0 and re.match(r"-?[0.]*[1-9]", digits):
            return refuse(_SMALL)
        return number

    def constant(name: str) -> Refused:
        return refuse(_CONSTANTS[name])

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        nonlocal doubtful
        doubtful = True
        repeated = _Repeated(found)
        times = Counter(key for key, _ in pairs)
        repeated.keys_repeated = tuple(key for key in times if times[key] > 1)
        return repeated

    try:
        value = json.loads(
            text,
            parse_int=integer,
            parse_float=decimal,
            parse_constant=constant,
            object_pairs_hook=fields,
        )
    except json.JSONDecodeError as error:
        raise _syntax_fault(error) from error
    complaints = tuple(islice(_walk(value, ()), _MOST_COMPLAINTS)) if doubtful else ()
    return Document(value, complaints)


def _syntax_fault(error: json.JSONDecodeError) -> BodyNotJson:
    where = f"line {error.lineno}, column {error.colno}"
    if error.msg == "Extra data":
        said = f"The request's JSON ends, and then there is more text at {where}."
    else:
        said = f"The request is not valid JSON: it breaks off or is mistyped at {where}."
    return BodyNotJson(said, place=where, detail=error.msg)


def _brackets(body: bytes) -> bytes:
    """The brackets outside of strings, found without parsing."""
    # Escaped pairs go first, from the left, then every quote left opens or closes a string.
    # Two adjacent quotes may go whatever they are, the others keep their meaning.
    plain = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    return _STRING.sub(b"", plain.translate(None, _NOT_A_MARK).replace(b'""', b""))


def _is_deeper(brackets: bytes, deepest: int) -> bool:
    depth = 0
    for mark in brackets:
        if mark in b"[{":
            depth += 1
            if depth > deepest:
                return True
        else:
            depth -= 1
    return False


def _walk(value: object, location: Location) -> Iterator[Complaint]:
    """Every complaint below this value, in the order of the document."""
    match value:
        case Refused():
            yield Complaint(location, value.code, value.said)
        case dict():
            if isinstance(value, _Repeated):
                for key in value.keys_repeated:
                    yield Complaint((*location, key), "duplicate_key", "is given more than once")
            for key, inner in value.items():
                if _SURROGATE.search(key):
                    said = "has half a character in its name"
                    yield Complaint((*location, key), "broken_text", said)
                yield from _walk(inner, (*location, key))
        case list():
            for index, inner in enumerate(value):
                yield from _walk(inner, (*location, index))
        case str():
            if not value.isascii() and _SURROGATE.search(value):
                yield Complaint(location, "broken_text", "holds half a character (a broken emoji)")


def _mebibytes(size: int) -> str:
    """A size in the unit that the setting has.

    >>> _mebibytes(16 * 2**20), _mebibytes(1000)
    ('16 MiB', '1000 bytes')
    """
    return f"{size // 2**20} MiB" if size % 2**20 == 0 else f"{size} bytes"
