"""The outline of a model on the wire: which fields it knows, which may be left out.

Reads a JSON object against that outline before the model sees it: null in an optional field
means that it is not given, and unknown fields are noted for the warnings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, Self

from pydantic import BaseModel

from config_schema.words import Location, place

#: More names than this in the warnings help nobody.
_MOST_UNKNOWN = 50


class UnknownFields:
    """Collects fields that no model knows; one seen in many segments counts as one."""

    def __init__(self) -> None:
        self._first: dict[Location, Location] = {}
        self._times: Counter[Location] = Counter()
        self._unnamed = 0

    def note(self, location: Location) -> None:
        """Remember one unknown field."""
        kind = tuple(step for step in location if isinstance(step, str))
        if len(self._first) >= _MOST_UNKNOWN and kind not in self._first:
            self._unnamed += 1
            return
        self._first.setdefault(kind, location)
        self._times[kind] += 1

    def warnings(self) -> Iterator[str]:
        """A sentence for each of them."""
        for kind, location in self._first.items():
            others = self._times[kind] - 1
            also = f" (and {others} more like it)" if others else ""
            yield f"The field {place(location)}{also} is not known here and is ignored."
        if self._unnamed:
            yield f"{self._unnamed} more fields are not known here and are ignored."


class Shape(NamedTuple):
    """The fields of one model as they are called on the wire, in order."""

    fields: dict[str, str]
    optional: frozenset[str]

    @classmethod
    def of(cls, model: type[BaseModel]) -> Self:
        """The outline of a model: its fields with their titles."""
        by_wire_name = {info.alias or name: info for name, info in model.model_fields.items()}
        return cls(
            {wire: info.title or wire for wire, info in by_wire_name.items()},
            frozenset(wire for wire, info in by_wire_name.items() if not info.is_required()),
        )

    def tidy(self, value: object, location: Location, unknown: UnknownFields) -> object:
        """The JSON object with known, given fields only; anything else comes back as it is."""
        if not isinstance(value, dict):
            return value
        tidied = {}
        for name, inner in value.items():
            if name not in self.fields:
                unknown.note((*location, name))
            elif inner is not None or name not in self.optional:
                tidied[name] = inner
        return tidied
