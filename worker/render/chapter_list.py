"""Chapters of an mp4 as a list in its header, without the text track that libav adds.

Why: [0006](../../docs/decisions/0006-chapters-as-a-list.md). The muxer has no option against the
track, so its box and the references to it are renamed to `free`, which every reader passes
over. Nothing moves, whatever the size of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

#: Where a handler box names its kind of track: behind its header, version and a reserved word.
HANDLER_OFFSET = 16


class _Box(NamedTuple):
    kind: bytes
    start: int
    content: int
    end: int


def hide_text_track(path: Path) -> None:
    """Leave the programme at `path` its list of chapters, and its tracks for picture and sound."""
    with path.open("r+b") as file:
        whole = _Box(b"", 0, 0, path.stat().st_size)
        for track in (
            t for moov in _inner(file, whole, b"moov") for t in _inner(file, moov, b"trak")
        ):
            if _handler(file, track) == b"text":
                _free(file, track)
                continue
            for reference in _inner(file, track, b"tref"):
                _free(file, reference)


def _handler(file: BinaryIO, track: _Box) -> bytes:
    media = next(_inner(file, track, b"mdia"))
    handler = next(_inner(file, media, b"hdlr"))
    file.seek(handler.start + HANDLER_OFFSET)
    return file.read(4)


def _free(file: BinaryIO, box: _Box) -> None:
    file.seek(box.start + 4)
    file.write(b"free")


def _inner(file: BinaryIO, box: _Box, kind: bytes) -> Iterator[_Box]:
    """The boxes of a kind directly inside `box`."""
    start = box.content
    while start + 8 <= box.end:
        file.seek(start)
        head = file.read(16)
        size, content = int.from_bytes(head[:4], "big"), start + 8
        if size == 1:
            size, content = int.from_bytes(head[8:], "big"), start + 16
        size = size or box.end - start
        if head[4:8] == kind:
            yield _Box(kind, start, content, start + size)
        start += max(8, size)
