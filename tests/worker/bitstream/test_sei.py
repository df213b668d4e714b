"""Information beside the pictures: found, sifted, and never a reason to fail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.worker.bitstream.made import calm
from worker.bitstream import sei
from worker.bitstream.nal import escape

MESSAGES = st.lists(
    st.tuples(st.sampled_from((0, 1, 4, 5, 6, 129, 130, 137, 300)), st.binary(max_size=300)),
    min_size=1,
    max_size=4,
)
HEADERS = {1: b"\x06", 2: b"\x4e\x01"}


def unit(messages: list[tuple[int, bytes]], header: int) -> bytes:
    """A SEI unit as the standards write it."""
    body = b"".join(number(kind) + number(len(data)) + data for kind, data in messages)
    return HEADERS[header] + escape(body + b"\x80")


def number(value: int) -> bytes:
    return b"\xff" * (value // 255) + bytes((value % 255,))


@calm
@given(MESSAGES, st.sampled_from((1, 2)))
def test_messages_are_read_as_they_were_written(
    messages: list[tuple[int, bytes]], header: int
) -> None:
    nal = unit(messages, header)
    found = [(kind, data) for kind, data in sei.messages(nal, header)]
    assert [kind for kind, _ in found] == [kind for kind, _ in messages]
    assert all(data.endswith(sent) for (_, data), (_, sent) in zip(found, messages, strict=True))
    for kind in (5, 6):
        assert sei.has_message(nal, header, kind) is any(kind == sent for sent, _ in messages)


@calm
@given(MESSAGES, st.sampled_from((1, 2)))
def test_what_is_bound_to_parameter_sets_is_left_out(
    messages: list[tuple[int, bytes]], header: int
) -> None:
    kept = [each for each in messages if each[0] not in sei.BOUND_TO_PARAMETER_SETS]
    sifted = sei.without(unit(messages, header), header, sei.BOUND_TO_PARAMETER_SETS)
    assert sifted == (unit(kept, header) if kept else b"")


@calm
@given(st.binary(max_size=30))
def test_damaged_information_is_left_out(data: bytes) -> None:
    sifted = sei.without(b"\x06" + data, 1, ())
    assert sifted in {b"", b"\x06" + data}
    sei.has_message(b"\x06" + data, 1, 6)


def test_a_message_longer_than_its_unit_is_damage() -> None:
    assert sei.without(b"\x06\x05\x10\x80", 1, ()) == b""
    assert sei.without(b"\x06", 1, ()) == b""
