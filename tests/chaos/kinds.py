"""A kind of damage, and the list of all that there are."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.chaos.cast import Clip

Damage = Callable[[Clip, random.Random], bytes]


class Kind(NamedTuple):
    """A kind of damage: in which containers, and what it does.

    `retimes`: the file then says other times, and what it says is what counts. `moov_first`:
    the index is to stand in front.
    """

    name: str
    containers: tuple[str, ...]
    damage: Damage
    retimes: bool = False
    moov_first: bool = False


KINDS: list[Kind] = []
MP4, WHOLE, MKV, TS = ("mp4", "mov"), ("mp4", "mov", "mkv"), ("mkv",), ("ts",)


def kind(
    name: str, containers: tuple[str, ...], *, retimes: bool = False, moov_first: bool = False
) -> Callable[[Damage], Damage]:
    """Enter a kind of damage into the list."""

    def enter(damage: Damage) -> Damage:
        KINDS.append(Kind(name, containers, damage, retimes, moov_first))
        return damage

    return enter
