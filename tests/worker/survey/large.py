"""Camera files of many gigabytes that take no room: a hole lies between film and index."""

from __future__ import annotations

import os
from pathlib import Path

MOOV, FREE = b"moov", b"free"


def enlarged(source: Path, target: Path, size: int) -> Path:
    """The mp4 `source` as `target`, `size` bytes large: a box of nothing stands before its index.

    The index has to come last in `source`, so that no place that it tells of moves.
    """
    data = source.read_bytes()
    at = data.rindex(MOOV) - 4
    assert int.from_bytes(data[at : at + 4], "big") == len(data) - at
    hole = size - len(data)
    with target.open("wb") as file:
        file.write(data[:at])
        file.write((1).to_bytes(4, "big") + FREE + hole.to_bytes(8, "big"))
        file.seek(hole - 16, os.SEEK_CUR)
        file.write(data[at:])
    assert target.stat().st_size == size
    return target
