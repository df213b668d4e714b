"""Any JSON gives a config or a list of faults; what is a config stays the same when saved."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config_schema.config import ExportConfig, parse_config, same_job
from config_schema.errors import RequestRefused
from config_schema.words import FAULT_CODES
from tests.config_schema.bodies import a_config, as_body, refusal_of

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["..", "https://a.b", "h264", "webm", "2026-11-22T19:41:41Z", 0, 1, 30, 1920])
)
NAMES = st.text(max_size=20)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)

TIMES = st.floats(-1e5, 1e5) | st.integers(-100, 100_000)
LENGTHS = st.floats(1e-3, 1000) | st.integers(1, 1000)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def good_configs(draw: st.DrawFn) -> dict[str, Any]:
    """Configs that keep every rule, with any of the optional fields."""
    source = optional(
        width=st.integers(0, 10_000),
        height=st.none() | st.integers(0, 10_000),
        duration=st.floats(0, 1e300),
        fps=st.floats(0, 1000),
        hasAudio=st.booleans(),
    )
    sources = [
        {"id": draw(NAMES), "name": draw(NAMES), "filePath": f"cam{n}.mp4", **draw(source)}
        for n in range(draw(st.integers(1, 4)))
    ]
    segments = []
    for _ in range(draw(st.integers(1, 5))):
        start = draw(TIMES)
        segment = {
            "sourceIndex": draw(st.integers(0, len(sources) - 1)),
            "startTime": start,
            "endTime": start + draw(LENGTHS),
        }
        segments.append({**segment, **draw(optional(audioFromSource=st.booleans()))})
    output = optional(
        filePath=NAMES,
        format=st.sampled_from(["mp4", "webm"]),
        width=st.integers(16, 16_384),
        height=st.integers(16, 16_384).map(float),
        fps=st.none() | st.floats(1, 240),
        codec=st.sampled_from(["copy", "h264", "h265"]),
        includeAudio=st.booleans(),
        quality=st.sampled_from(["low", "medium", "high", "very_high"]),
    )
    aside = optional(
        priority=st.sampled_from(["high", "normal", "low", None]),
        callbackUrl=st.just("https://example.org/done"),
        status=NAMES,
    )
    return a_config(
        id=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}", fullmatch=True)),
        projectName=draw(NAMES),
        sources=sources,
        segments=segments,
        output=draw(output),
        **draw(aside),
    )


def assert_config_or_faults(body: bytes) -> None:
    refusal = refusal_of(body)
    if refusal is None:
        return
    assert refusal.faults
    for fault in refusal.faults:
        assert fault.code in {*FAULT_CODES, "not_json"}
        # Whoever sends it on must be able to encode it.
        assert (fault.place + fault.message).isprintable()


@given(JSON)
def test_any_json_value_is_a_config_or_faults(value: Any) -> None:
    assert_config_or_faults(json.dumps(value).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_config_or_faults(body: bytes) -> None:
    assert_config_or_faults(body)


@given(good_configs())
def test_a_config_that_keeps_the_rules_is_accepted_and_stays_the_same_when_saved(
    config: dict[str, Any],
) -> None:
    parsed = parse_config(as_body(config)).config
    saved = parsed.model_dump_json(by_alias=True).encode()
    again = parse_config(saved)
    assert again.config == parsed
    assert same_job(again.config, parsed)
    assert again.warnings == () or parsed.output.format == "webm"
    assert ExportConfig.model_validate(parsed.model_dump()) == parsed


@given(good_configs(), st.data())
def test_a_good_config_with_a_value_replaced_is_a_config_or_faults(
    config: dict[str, Any], data: st.DataObject
) -> None:
    config = copy.deepcopy(config)
    for _ in range(data.draw(st.integers(1, 3))):
        holder: Any = config
        while True:
            keys = list(holder) if isinstance(holder, dict) else range(len(holder))
            key = data.draw(st.sampled_from(keys))
            inside = holder[key]
            if not inside or not isinstance(inside, dict | list) or data.draw(st.booleans()):
                break
            holder = inside
        holder[key] = data.draw(JSON)
    assert_config_or_faults(json.dumps(config).encode())


@given(good_configs(), st.data())
def test_a_fault_in_one_segment_hides_no_fault_in_another(
    config: dict[str, Any], data: st.DataObject
) -> None:
    faults = {"endTime": -1e6, "sourceIndex": 99, "startTime": None}
    expected = set()
    for index, segment in enumerate(config["segments"]):
        for field in data.draw(st.sets(st.sampled_from(sorted(faults)))):
            segment[field] = faults[field]
            expected.add(f"segments[{index}].{field}")
        if segment["startTime"] is None:
            # Without a start nothing can be said about the end.
            expected.discard(f"segments[{index}].endTime")
    refusal = refusal_of(as_body(config))
    assert {fault.place for fault in refusal.faults} == expected if refusal else not expected


def test_a_refusal_is_never_without_faults() -> None:
    with pytest.raises(RequestRefused) as caught:
        parse_config(b"{}")
    assert len(caught.value.faults) == 8
