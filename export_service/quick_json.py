"""Writes the answer that everybody polls for, as quickly as its fields can be read.

To make marshmallow's schema and have it dump one status (find each field, ask whether it may be
missing, format it) took longer than all else that answers a poll. Here the schema is asked once
what its fields are called; what is written is what it would write, which a test holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields

from export_service import envelopes

#: A value of such a field is written as it is, once its type is settled.
_PLAIN = (fields.String, fields.Integer, fields.Float)


class Writer:
    """Writes values whose types are settled already (a pydantic model's) as a schema has them.

    Raises TypeError for a schema with other fields than texts, numbers, times and lists of texts.
    """

    def __init__(self, schema: Schema) -> None:
        self._keys = [(name, field.data_key or name) for name, field in schema.dump_fields.items()]
        for name, field in schema.dump_fields.items():
            inner = field.inner if isinstance(field, fields.List) else field
            if not isinstance(inner, (*_PLAIN, fields.DateTime)):
                msg = f"{name} is a {type(field).__name__}"
                raise TypeError(msg)

    def said(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is told, ready for JSON; `values` by the names of the schema's fields, all there."""
        return {
            key: value.isoformat() if isinstance(value := values[name], datetime) else value
            for name, key in self._keys
        }

    def json(self, values: Mapping[str, Any]) -> bytes:
        """The same as an answer's body."""
        # ASCII, so that whatever a text holds can be encoded.
        return json.dumps(self.said(values)).encode()


STATUS, KNOWN = Writer(envelopes.Status()), Writer(envelopes.Known())
