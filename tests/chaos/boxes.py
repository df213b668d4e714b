"""The boxes of an mp4 or mov as bytes that can be changed; without a line of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

#: Where the tables of the picture lie.
TABLES = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
TRACK = (b"moov", b"trak")

Change = Callable[[bytes], bytes]


class Box(NamedTuple):
    """A box's letters, where it begins, its content, and where it ends."""

    kind: bytes
    start: int
    content: int
    end: int


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes that stand side by side in a range."""
    at, stop = start, len(data) if end is None else end
    while at + 8 <= stop:
        size, kind, content = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, content = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        yield Box(kind, at, at + content, at + size)
        at += size


def find(data: bytes, *path: bytes) -> Box:
    """The box at a path; of several tracks the one of the picture."""
    start, end = 0, len(data)
    found: Box | None = None
    for kind in path:
        found = next(
            box
            for box in boxes(data, start, end)
            if box.kind == kind and (kind != b"trak" or is_picture(data, box))
        )
        start, end = found.content, found.end
    assert found is not None
    return found


def has(data: bytes, *path: bytes) -> bool:
    """Whether there is such a box."""
    try:
        find(data, *path)
    except StopIteration:
        return False
    return True


def is_picture(data: bytes, trak: Box) -> bool:
    """Whether a track is one of pictures."""
    return b"vmhd" in data[trak.start : trak.end]


def changed(data: bytes, path: tuple[bytes, ...], change: Change) -> bytes:
    """The file with the content of one box changed, all sizes around it made right again.

    The box lies behind the media, or keeps its size: places in the file are not moved.
    """
    box = find(data, *path)
    content = change(data[box.content : box.end])
    grown = len(content) - (box.end - box.content)
    made = bytearray(data[: box.content] + content + data[box.end :])
    for depth in range(1, len(path) + 1):
        around = find(data, *path[:depth])
        size = around.end - around.start + grown
        made[around.start : around.start + 4] = size.to_bytes(4, "big")
    return bytes(made)


def renamed(data: bytes, path: tuple[bytes, ...], kind: bytes) -> bytes:
    """The file with a box called otherwise, so that nobody finds it."""
    box = find(data, *path)
    return data[: box.start + 4] + kind + data[box.start + 8 :]


def words(content: bytes, skip: int = 0) -> list[int]:
    """What follows `skip` bytes as numbers of 32 bits."""
    end = len(content) - (len(content) - skip) % 4
    return [int.from_bytes(content[at : at + 4], "big") for at in range(skip, end, 4)]


def packed(numbers: list[int]) -> bytes:
    """Numbers of 32 bits as bytes."""
    return b"".join((number & 0xFFFFFFFF).to_bytes(4, "big") for number in numbers)


def table(change: Callable[[list[int]], list[int]], *, width: int = 1, head: int = 4) -> Change:
    """A change of a table's rows: `width` numbers each, behind `head` bytes and their count."""

    def whole(content: bytes) -> bytes:
        rows = change(words(content, head + 4))
        return content[:head] + packed([len(rows) // width, *rows])

    return whole
