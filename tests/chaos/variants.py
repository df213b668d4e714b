"""Damaged cameras, every kind of damage in turn. Deterministic by a seed."""

from __future__ import annotations

import random
from typing import NamedTuple

from tests.chaos import liar_matroska, liar_media, liar_streams, liar_tables
from tests.chaos.cast import clip
from tests.chaos.kinds import KINDS, Kind

#: What enters its kinds into the list.
ROOMS = (liar_tables, liar_media, liar_matroska, liar_streams)


class Variant(NamedTuple):
    """One damaged file: its kind, how the camera codes, its container, its seed."""

    kind: Kind
    way: str
    suffix: str
    seed: int

    @property
    def name(self) -> str:
        return f"{self.seed:03d} {self.kind.name}, {self.way} in {self.suffix}"

    def make(self) -> bytes:
        """The damaged file."""
        healthy = clip(self.way, self.suffix, moov_first=self.kind.moov_first)
        dice = random.Random(self.seed)
        for _ in range(100):
            made = self.kind.damage(healthy, dice)
            if made != healthy.data:  # else it was that already
                return made
        raise AssertionError(f"{self.name} changes nothing")


#: Groups closed and open, with and without pictures out of order, in slices, H.264 and HEVC.
CODED = ("high", "open", "hevc", "hevc open", "baseline")


def variants(count: int) -> list[Variant]:
    """`count` variants: every kind in turn, coded and packed in another way each time."""
    found = []
    for seed in range(count):
        turn, place = divmod(seed, len(KINDS))
        each = KINDS[place]
        way = CODED[(place + turn) % len(CODED)]
        found.append(Variant(each, way, each.containers[turn % len(each.containers)], seed))
    return found


def variant(name: str, way: str, suffix: str, seed: int) -> Variant:
    """One variant of the kind that is called `name`."""
    return Variant(next(kind for kind in KINDS if kind.name == name), way, suffix, seed)
