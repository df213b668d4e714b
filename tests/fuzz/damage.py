"""Damage that knows next to nothing about media; the same seed does the same."""

from __future__ import annotations

import random
from collections.abc import Callable

Damage = Callable[[bytearray, random.Random, bytes], None]

#: Numbers that readers stumble over, in the widths that containers use.
_ODD_NUMBERS: tuple[int, ...] = (
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
)
_ODD_NUMBERS += (0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
#: Where the headers are: at both ends of a file.
_HEADER_BYTES = 2048


def damaged(film: bytes, dice: random.Random, other: bytes) -> bytes:
    """The film after one to four accidents, some of which put bytes of another film into it."""
    made = bytearray(film)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        dice.choice(_ACCIDENTS)(made, dice, other)
    return bytes(made)


def _place(made: bytearray, dice: random.Random) -> int:
    """Somewhere, half of the time where the headers are."""
    length = max(len(made), 1)
    near = min(length, _HEADER_BYTES)
    match dice.randrange(4):
        case 0:
            return dice.randrange(near)
        case 1:
            return length - near + dice.randrange(near)
        case _:
            return dice.randrange(length)


def _flip_bits(made: bytearray, dice: random.Random, _other: bytes) -> None:
    for _ in range(dice.choice((1, 1, 3, 10, 100))):
        at = _place(made, dice)
        made[at : at + 1] = bytes(byte ^ 1 << dice.randrange(8) for byte in made[at : at + 1])


def _throw_bytes(made: bytearray, dice: random.Random, _: bytes) -> None:
    at, count = _place(made, dice), dice.choice((1, 2, 4, 16, 300))
    made[at : at + count] = dice.randbytes(min(count, len(made) - at))


def _odd_number(made: bytearray, dice: random.Random, _: bytes) -> None:
    width = dice.choice((1, 2, 4, 4, 4, 8))
    number = dice.choice(_ODD_NUMBERS) & (1 << 8 * width) - 1
    at = _place(made, dice)
    made[at : at + width] = number.to_bytes(width, dice.choice(("big", "little")))


def _cut_off(made: bytearray, dice: random.Random, _: bytes) -> None:
    del made[_place(made, dice) :]


def _lose_the_beginning(made: bytearray, dice: random.Random, _: bytes) -> None:
    del made[: dice.choice((1, 4, 8, 32, 188, _place(made, dice)))]


def _take_out(made: bytearray, dice: random.Random, _: bytes) -> None:
    at = _place(made, dice)
    del made[at : at + dice.choice((1, 2, 4, 8, 188, 5000))]


def _repeat(made: bytearray, dice: random.Random, _: bytes) -> None:
    at = _place(made, dice)
    made[at:at] = made[at : at + dice.choice((1, 4, 8, 188, 3000))] * dice.choice((1, 1, 2, 20))


def _blank(made: bytearray, dice: random.Random, _: bytes) -> None:
    at = _place(made, dice)
    count = min(dice.choice((4, 64, 1000, 20_000)), len(made) - at)
    made[at : at + count] = dice.choice((b"\0", b"\xff")) * count


def _graft(made: bytearray, dice: random.Random, other: bytes) -> None:
    at, there = _place(made, dice), dice.randrange(len(other))
    piece = other[there : there + dice.choice((8, 200, 4000, len(other)))]
    made[at : at + dice.choice((0, len(piece)))] = piece


def _swap(made: bytearray, dice: random.Random, _: bytes) -> None:
    a, b, count = _place(made, dice), _place(made, dice), dice.choice((4, 8, 188, 2000))
    piece, made[a : a + count] = made[a : a + count], made[b : b + count]
    made[b : b + count] = piece


_ACCIDENTS: tuple[Damage, ...] = (
    _flip_bits,
    _flip_bits,
    _throw_bytes,
    _odd_number,
    _odd_number,
    _odd_number,
    _cut_off,
    _lose_the_beginning,
    _take_out,
    _repeat,
    _blank,
    _graft,
    _swap,
)
