"""What is generated for TypeScript is generated from today's descriptions; needs no Node.js."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest

from tests.web.client import CLIENT, ROOT

SCRIPT = CLIENT / "scripts" / "generate.mjs"


def number(text: str) -> int | float:
    """As JavaScript writes it: 1.0 is 1."""
    value = float(text)
    return int(value) if value.is_integer() else value


def described(name: str) -> Any:
    return json.loads((ROOT / "docs" / name).read_text(), parse_float=number)


def digest() -> str:
    """What `generate.mjs` writes at the head of its files."""
    listed = re.search(r"SPOKEN = \[(.*?)\]", SCRIPT.read_text(), re.DOTALL)
    assert listed
    schemas = described("openapi.json")["components"]["schemas"]
    spoken = {name: schemas[name] for name in re.findall(r'"(\w+)"', listed[1])}
    told = {"spoken": spoken, "config": described("config.schema.json")}
    text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", ["contract.ts", "schemas.ts"])
def test_types_and_schemas_are_those_of_the_service(name: str) -> None:
    head = (CLIENT / "src" / "generated" / name).read_text().splitlines()[0]
    assert digest() in head, "run `make api`"
