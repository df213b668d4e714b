"""The long-winded middle of an HEVC sequence parameter set, read past."""

from __future__ import annotations

from itertools import compress

from worker.bitstream.bits import BitReader
from worker.bitstream.errors import Damaged

_MOST_SETS = 64
_MOST_PICTURES = 16


def skip_scaling_lists(reader: BitReader) -> None:
    """Read past the quantiser matrices (7.3.4)."""
    for size in range(4):
        for _ in range(2 if size == 3 else 6):
            if not reader.flag():
                reader.ue()
                continue
            if size > 1:
                reader.se()
            for _ in range(min(64, 16 << 2 * size)):
                reader.se()


def skip_reference_sets(reader: BitReader) -> None:
    """Read past the sets of short-term references (7.3.7), each of which may build on the last."""
    last: list[int] = []
    for index in range(reader.ue(_MOST_SETS)):
        predicted = index > 0 and reader.flag()
        last = _read_predicted(reader, last) if predicted else _read_plain(reader)
        if len(last) > _MOST_PICTURES:
            raise Damaged("The coded video keeps more references than HEVC knows.")


def _read_plain(reader: BitReader) -> list[int]:
    """How far away the pictures of a set are, nearest first, the earlier ones first."""
    before, after = reader.ue(_MOST_PICTURES), reader.ue(_MOST_PICTURES)
    distances = []
    for count, sign in ((before, -1), (after, 1)):
        distance = 0
        for _ in range(count):
            distance += sign * (1 + reader.ue(0x7FFF))
            reader.flag()  # whether this very picture uses it
            distances.append(distance)
    return distances


def _read_predicted(reader: BitReader, last: list[int]) -> list[int]:
    """A set made from the last one by moving every picture of it (7.4.8)."""
    back = reader.flag()
    move = (1 + reader.ue(0x7FFF)) * (-1 if back else 1)
    stays = [reader.flag() or reader.flag() for _ in range(len(last) + 1)]
    moved = [
        distance for distance in compress([*(d + move for d in last), move], stays) if distance
    ]
    return sorted((d for d in moved if d < 0), reverse=True) + sorted(d for d in moved if d > 0)


def skip_hrd(reader: BitReader, sub_layers: int) -> None:
    """Read past the buffering parameters (E.2.2)."""
    nal, vcl = reader.flags(2)
    by_parts = False
    if nal or vcl:
        by_parts = reader.flag()
        reader.u(19 if by_parts else 0)
        reader.u(8)
        reader.u(4 if by_parts else 0)
        reader.u(15)
    for _ in range(sub_layers):
        count = _read_layer(reader)
        for _ in range(count * (nal + vcl)):
            for _ in range(4 if by_parts else 2):
                reader.ue()
            reader.flag()


def _read_layer(reader: BitReader) -> int:
    """How many buffers a sub-layer describes."""
    fixed = reader.flag() or reader.flag()
    low_delay = False
    if fixed:
        reader.ue(2047)
    else:
        low_delay = reader.flag()
    return 1 if low_delay else 1 + reader.ue(31)
