"""Nothing that two parsers could read in two ways passes, and nothing makes the parser fall."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config_schema import strict_json
from config_schema.errors import BodyNotJson, BodyTooLarge
from config_schema.words import Location


def read(body: bytes) -> strict_json.Document:
    return strict_json.read(body, longest=1_000_000, deepest=64)


def complaints(body: bytes) -> list[tuple[Location, str]]:
    return [(found.location, found.code) for found in read(body).complaints]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_honest_json_is_read_as_the_standard_library_reads_it(
    value: object, is_ascii: bool, indent: int | None
) -> None:
    body = json.dumps(value, ensure_ascii=is_ascii, indent=indent).encode()
    assert read(body) == (json.loads(body), ())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_a_refusal(body: bytes) -> None:
    with suppress(BodyNotJson):
        read(body)


@given(st.text('[]{}",:\\ 1aeE-.+\u00e9\ud83d\n', max_size=60))
def test_any_mixture_of_json_marks_is_a_document_or_a_refusal(text: str) -> None:
    with suppress(BodyNotJson):
        read(text.encode(errors="surrogatepass"))


@given(st.text('[]{}",:\\ a', max_size=40), st.integers(0, 5))
def test_depth_is_counted_as_a_parser_counts_it(inside: str, levels: int) -> None:
    body = ("[" * levels + json.dumps(inside) + "]" * levels).encode()
    assert strict_json.read(body, longest=1000, deepest=levels).complaints == ()
    if levels:
        with pytest.raises(BodyNotJson, match="nested"):
            strict_json.read(body, longest=1000, deepest=levels - 1)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"a":"\\\\\\"",' + b'"b":' + b"[" * 65 + b"]" * 65 + b"}",
    ],
)
def test_json_that_is_a_hundred_thousand_levels_deep_is_refused_cleanly(body: bytes) -> None:
    with pytest.raises(BodyNotJson, match="nested more than 64 levels"):
        read(body)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", ""),
        (b" \n", ""),
        (b"\xef\xbb\xbf", ""),
        (b"{", "line 1, column 2"),
        (b'{"a": 1,\n "b" 2}', "line 2, column 6"),
        (b"{} {}", "line 1, column 4"),
        (b"{}\0", "line 1, column 3"),
        (b"[1,]", "line 1, column 4"),
        (b"{'a': 1}", "line 1, column 2"),
        (b"[01]", "line 1, column 3"),
        (b"[0x10]", "line 1, column 3"),
        (b"[+1]", "line 1, column 2"),
        (b'["\x01"]', "line 1, column 3"),
        (b'["\\x41"]', "line 1, column 3"),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", "line 1, column 1"),
        (b"\xff\xfe{\x00}\x00", "byte 1"),
        (b'["\xed\xa0\x80"]', "byte 3"),
        (b'["\xc0\xaf"]', "byte 3"),
        (b'"abc', "line 1, column 1"),
    ],
)
def test_what_is_not_json_is_refused_with_the_place(body: bytes, place: str) -> None:
    with pytest.raises(BodyNotJson) as caught:
        read(body)
    (fault,) = caught.value.faults
    assert (fault.place, fault.code, fault.message) == (place, "not_json", str(caught.value))


def test_a_body_above_the_limit_is_not_even_decoded() -> None:
    assert strict_json.read(b"[1]", longest=3, deepest=1).value == [1]
    with pytest.raises(BodyTooLarge, match="larger than 3 bytes"):
        strict_json.read(b"\xff\xff\xff\xff", longest=3, deepest=1)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b'\xef\xbb\xbf{"a": 1}').value == {"a": 1}


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (b"NaN", "not_finite"),
        (b"Infinity", "not_finite"),
        (b"-Infinity", "not_finite"),
        (b"1e999", "too_large"),
        (b"-1E+400", "too_large"),
        (b"1" + b"0" * 400 + b".0", "too_large"),
        (b"1e-999", "too_small"),
        (b"-0.0000001e-400", "too_small"),
        (b"9223372036854775808", "too_large"),
        (b"-9223372036854775809", "too_large"),
        (b"9" * 5000, "too_large"),
        (rb'"\ud800"', "broken_text"),
        (rb'"x\uDFFFy"', "broken_text"),
        (rb'"\udc00\ud800"', "broken_text"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named_with_its_place(token: bytes, code: str) -> None:
    assert complaints(b'{"a": [0, ' + token + b"]}") == [(("a", 1), code)]
    assert complaints(token) == [((), code)]


@pytest.mark.parametrize(
    "token",
    [b"0.0", b"-0", b"0e-999", b"0.000e5", b"1e308", b"5e-324", b"9223372036854775807", b"1E2",
     rb'"\ud83d\ude00"', '"\U0001f600"'.encode(), rb'"\u0000"', rb'"\\ud800"', b"0." + b"3" * 5000],
)  # fmt: skip
def test_unusual_but_good_values_are_taken(token: bytes) -> None:
    assert read(b"[" + token + b"]") == ([json.loads(token)], ())


def test_fields_given_twice_are_named_with_their_place() -> None:
    body = b'{"a": 1, "b": [{"c": 1, "d": 2, "c": 3}], "a": 2, "a": 2}'
    assert complaints(body) == [(("a",), "duplicate_key"), (("b", 0, "c"), "duplicate_key")]


def test_a_field_whose_name_is_half_a_character_is_named() -> None:
    assert complaints(rb'{"\ud800": 1}') == [(("\ud800",), "broken_text")]


def test_all_complaints_of_a_document_come_at_once_but_not_without_end() -> None:
    assert len(complaints(b"[NaN, 1e999, NaN]")) == 3
    assert len(complaints(b"[" + b"NaN," * 5000 + b"1]")) == 1000


def test_a_body_of_a_million_lists_is_not_given_to_the_parser() -> None:
    body = b"[" + b"[]," * 1_000_000 + b"1]"
    with pytest.raises(BodyNotJson, match="more than 1,000,000 lists and groups"):
        strict_json.read(body, longest=len(body), deepest=64)
