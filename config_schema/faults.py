"""From complaints to the list of faults a client gets: in order, in words, not endless.

Pydantic's own errors are translated here, by a table; its texts speak to programmers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config_schema.errors import Fault
from config_schema.limits import MOST_FAULTS
from config_schema.words import Complaint, Location, named, place, shown


def complaints_of(error: ValidationError) -> list[Complaint]:
    """What pydantic found, as complaints."""
    return [
        _complaint(details)
        for details in error.errors(include_url=False, include_context=True, include_input=True)
    ]


def faults_of(complaints: Iterable[Complaint], titles: Mapping[str, str]) -> tuple[Fault, ...]:
    """The faults in the order of the fields in `titles`.

    A list that is too long ends with an entry that tells how many are not shown.
    """
    rank = {path: number for number, path in enumerate(titles)}

    def order(complaint: Complaint) -> list[int]:
        key, path = [], ""
        for step in complaint.location:
            if isinstance(step, int):
                key.append(step)
            else:
                path = f"{path}.{step}" if path else step
                key.append(rank.get(path, len(rank)))
        return key

    ordered = sorted(complaints, key=order)
    faults = [
        Fault(place(found.location), found.code, f"{named(found.location, titles)} {found.said}.")
        for found in ordered[:MOST_FAULTS]
    ]
    if more := len(ordered) - len(faults):
        faults.append(Fault("", "more_faults", f"There are at least {more} more faults."))
    return tuple(faults)


def _complaint(details: ErrorDetails) -> Complaint:
    location, kind, value = details["loc"], details["type"], details["input"]
    if kind == "missing":
        return Complaint(location, "missing", "is missing")
    if value is None and location:
        return Complaint(
            location, "missing", "is missing: the editor sent nothing (null)" + _hint(location)
        )
    if said := _SAID.get(kind):
        code, say = said
        return Complaint(location, code, say(value, details.get("ctx", {})))
    # Our own validators give code and words themselves.
    return Complaint(location, kind, details["msg"])


Say = Callable[[object, Mapping[str, object]], str]


def _must_be(wanted: str) -> tuple[str, Say]:
    return "wrong_type", lambda value, _: f"must be {wanted}, not {shown(value)}"


def _whole(value: object, _: Mapping[str, object]) -> str:
    return f"must be a whole number, not {shown(value)}"


def _one_of(value: object, context: Mapping[str, object]) -> str:
    allowed = re.sub("'", '"', str(context["expected"]))
    return f"must be {allowed}, not {shown(value)}"


#: What pydantic calls it: our code, and the words.
_SAID: Mapping[str, tuple[str, Say]] = {
    "string_type": _must_be("text"),
    "datetime_type": _must_be("text with a date and time"),
    "float_type": _must_be("a number"),
    "int_type": ("wrong_type", _whole),
    "bool_type": _must_be("true or false"),
    "tuple_type": _must_be("a list"),
    "model_type": _must_be("a group of fields"),
    "literal_error": ("not_allowed", _one_of),
    "finite_number": ("not_finite", lambda *_: "must be a finite number"),
    "greater_than_equal": (
        "too_small",
        lambda value, context: f"must be at least {shown(context['ge'])}, not {shown(value)}",
    ),
    "less_than_equal": (
        "too_large",
        lambda value, context: f"must be at most {shown(context['le'])}, not {shown(value)}",
    ),
    "string_unicode": ("broken_text", lambda *_: "holds half a character"),
}


def _hint(location: Location) -> str:
    if location[-1] in ("startTime", "endTime"):
        return ", so it could not work out where this cut is; check the sync of the camera"
    return ""
