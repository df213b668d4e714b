"""Where the finished file is looked at, decided. Pure.

Decoding the surroundings of every join would cost as much as making the bridges, so the place is
chosen that tells most (docs/decisions/0007-where-to-look.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from worker.render.spec import CopiedPart, MadePart

Part = MadePart | CopiedPart

#: Frames decoded on each side of a join that is looked at from both.
JOIN_FRAMES = 12
#: So many joins, spread over the programme, are decoded from both sides, and the first between
#: each two ways of coding besides. In programmes of fewer parts all are.
JOINS_FROM_BOTH_SIDES = 12
#: So many copied parts, spread likewise, are compared with their source in their middle too.
MIDDLES = 6


class Look(StrEnum):
    """How a place of the programme is looked at."""

    ACROSS = "across"
    START = "start"
    MIDDLE = "middle"


@dataclass(frozen=True)
class Check:
    """One look at the programme: what is decoded, and the parts that are faulty if it fails."""

    look: Look
    frame: int
    parts: tuple[Part, ...]


def checks_of(parts: Sequence[Part]) -> tuple[Check, ...]:
    """All that is to be looked at, in programme order."""
    joins = list(pairwise(parts))
    step = max(1, -(-len(joins) // JOINS_FROM_BOTH_SIDES))
    seen: set[tuple[int | None, int | None]] = set()
    found = [Check(Look.START, part.start, (part,)) for part in parts]
    for number, (before, after) in enumerate(joins):
        kind = (_coding(before), _coding(after))
        if number % step == 0 or kind not in seen:
            found.append(Check(Look.ACROSS, after.start, _near(parts, number + 1, after.start)))
        seen.add(kind)
    # What ends the programme is decoded to its very end.
    end = parts[-1].start + parts[-1].frames
    found.append(Check(Look.ACROSS, end, _near(parts, len(parts), end)))
    copied = [part for part in parts if isinstance(part, CopiedPart)]
    found += [
        Check(Look.MIDDLE, part.start + part.frames // 2, (part,))
        for part in copied[:: max(1, -(-len(copied) // MIDDLES))]
    ]
    return tuple(sorted(found, key=lambda check: check.frame))


def _near(parts: Sequence[Part], after: int, join: int) -> tuple[Part, ...]:
    """The parts that a look across the join before part number `after` decodes.

    Beside the two of them it is those that a short bridge does not cover: what is wrong at its join
    may lie in the run in front of it.
    """
    first = after - 1
    while first > 0 and parts[first].start > join - JOIN_FRAMES:
        first -= 1
    past = after
    while past < len(parts) and parts[past].start < join + JOIN_FRAMES:
        past += 1
    return tuple(parts[first:past])


def share_of(checks: Sequence[Check], number: int, of: int) -> Sequence[Check]:
    """The share of the work that child `number` of `of` does: a stretch of the programme."""
    return checks[len(checks) * number // of : len(checks) * (number + 1) // of]


def _coding(part: Part) -> int | None:
    """What says how it is coded: its camera; bridges are all coded alike."""
    return part.source if isinstance(part, CopiedPart) else None
