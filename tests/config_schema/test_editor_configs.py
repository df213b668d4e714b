"""What becomes of every config that the real editor was seen to send."""

from __future__ import annotations

import json

import pytest

from config_schema.config import parse_config
from tests.config_schema.bodies import refusal_of
from tests.config_schema.mutate import FIXTURES

#: Segments of each config that is accepted, always without a warning from here.
ACCEPTED = {
    "01_basic_3cam": 7,
    "02_positive_offset": 5,
    "03_negative_offset": 3,
    "04_negative_offset_whole_segment": 4,
    "05_two_angles_webm": 4,
    "06_no_audio": 5,
    "07_500_switches": 501,
    "08_beyond_duration": 5,
    "09_missing_metadata": 3,
    "10_dup_names_and_micro_segments": 7,
    "11_no_project_settings_odd": 3,
    "12_one_segment_no_switch": 1,
    "x2_mediaBasePath": 2,
    "x4_lost_asset": 3,
}

REFUSED = {
    "x1_zero_duration": [("", "missing")],
    "x3_nan_offset": [("segments[0].startTime", "missing"), ("segments[0].endTime", "missing")],
}


def body_of(name: str) -> bytes:
    (path,) = FIXTURES.glob(f"**/{name}.json")
    return path.read_bytes()


def test_every_config_of_the_editor_has_an_expected_outcome() -> None:
    # Beside them lie the states of the editor that they were made from.
    paths = [path for path in FIXTURES.glob("**/*_*.json") if path.parent.name != "states"]
    names = {path.stem for path in paths}
    assert names == {*ACCEPTED, *REFUSED}


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_config_is_accepted_as_it_is_and_reads_back_the_same(name: str) -> None:
    body = body_of(name)
    parsed = parse_config(body)
    assert parsed.warnings == ()
    assert len(parsed.config.segments) == ACCEPTED[name]
    sent = json.loads(body)
    kept = json.loads(parsed.config.model_dump_json(by_alias=True, exclude_unset=True))
    assert {**kept, "createdAt": None} == {**sent, "createdAt": None}
    assert parse_config(parsed.config.model_dump_json(by_alias=True).encode()) == parsed


@pytest.mark.parametrize("name", REFUSED)
def test_the_config_is_refused_with_the_places(name: str) -> None:
    refusal = refusal_of(body_of(name))
    assert refusal is not None
    assert [(fault.place, fault.code) for fault in refusal.faults] == REFUSED[name]
