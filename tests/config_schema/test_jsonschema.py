"""The published JSON Schema is current and takes whatever the service takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from config_schema.config import ExportConfig, OutputSpec, Segment, SourceRef
from config_schema.jsonschema import as_text, config_json_schema
from tests.config_schema.bodies import a_config, a_segment, a_source, an_output, refusal_of
from tests.config_schema.mutate import mutations
from tests.config_schema.test_properties import good_configs

PUBLISHED = Path(__file__).parents[2] / "docs" / "config.schema.json"
VALIDATOR = Draft202012Validator(config_json_schema())


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text() == as_text() + "\n", (
        "run: python -m config_schema.jsonschema > docs/config.schema.json"
    )


def test_the_module_prints_the_schema() -> None:
    command = [sys.executable, "-m", "config_schema.jsonschema"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    assert printed == as_text() + "\n"


def test_the_schema_is_valid_and_says_something_about_every_field() -> None:
    schema = config_json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    parts = {"ExportConfig": schema, **schema["$defs"]}
    for model in (ExportConfig, SourceRef, Segment, OutputSpec):
        properties: dict[str, dict[str, Any]] = parts[model.__name__]["properties"]
        assert len(properties) == len(model.model_fields)
        for name, field in properties.items():
            assert field.get("title"), name
            assert field.get("description") or "$ref" in field, name


@given(good_configs())
def test_the_schema_takes_every_good_config(config: dict[str, Any]) -> None:
    VALIDATOR.validate(config)


def test_the_schema_refuses_nothing_that_the_service_takes() -> None:
    taken = [body for body in mutations(seed=2, count=1000) if refusal_of(body) is None]
    assert len(taken) > 50
    for body in taken:
        VALIDATOR.validate(json.loads(body.decode("utf-8-sig")))


@pytest.mark.parametrize(
    "config",
    [
        {},
        a_config(version=2),
        a_config(id="a..b"),
        a_config(id=""),
        a_config(sources=[]),
        a_config(sources=[a_source(width=-1)]),
        a_config(segments=[a_segment(0.5)]),
        a_config(segments=[a_segment(start=None)]),
        a_config(output=an_output(codec="av1")),
        a_config(output=an_output(width=8)),
        a_config(output=an_output(fps="30")),
    ],
)
def test_the_schema_refuses_what_a_single_field_may_not_hold(config: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(config)
