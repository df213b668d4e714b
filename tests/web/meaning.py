"""What a multicam state means, frame by frame: reckoned from angles, offsets and switches alone.

Nothing here knows of export configs or of the planner, so that both can be held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any, NamedTuple

MILLISECOND = Fraction(1, 1000)
#: A file that is shorter than it should be by this much shows its first or last frame.
HELD = Fraction(1, 10)
#: A frame of a camera; None is black.
Seen = tuple[int, int] | None


class Camera(NamedTuple):
    """A file of constant rate whose first frame is at second 0."""

    rate: Fraction
    frames: int

    def frame_at(self, time: Fraction) -> int:
        """The frame on screen, as if there were some before the first and after the last."""
        number = floor(time * self.rate)
        is_nearly_next = (number + 1) / self.rate - time < MILLISECOND
        return number + 1 if is_nearly_next else number


class Turn(NamedTuple):
    """A camera that is on from one second of the clip to another."""

    camera: int
    start: Fraction
    end: Fraction


def meaning(state: Mapping[str, Any], cameras: Sequence[Camera], rate: Fraction) -> list[Seen]:
    """What each frame of the programme shows."""
    seen: list[Seen] = []
    for turn in turns(state):
        camera = cameras[turn.camera]
        offset = decimal(clip_of(state)["angles"][turn.camera]["syncOffset"])
        first, past = half_up(turn.start * rate), half_up(turn.end * rate)
        anchor = camera.frame_at(turn.start + offset) / camera.rate
        numbers = [camera.frame_at(anchor + n / rate) for n in range(past - first)]
        before = sum(number < 0 for number in numbers)
        after = sum(number >= camera.frames for number in numbers)
        for number in numbers:
            there = min(max(number, 0), camera.frames - 1)
            gap = before if number < 0 else after
            is_held = number == there or gap / rate <= HELD
            seen.append((turn.camera, there) if is_held else None)
    return seen


def turns(state: Mapping[str, Any]) -> Iterator[Turn]:
    """Who is on when; who is switched to while on stays on."""
    clip = clip_of(state)
    places = {angle["id"]: place for place, angle in enumerate(clip["angles"])}
    switches = [(decimal(s["time"]), places[s["angleId"]]) for s in clip["switchPoints"]]
    end = max(decimal(clip["duration"]), switches[-1][0])
    on: Turn | None = None
    for (start, camera), (stop, _) in pairwise([*switches, (end, -1)]):
        if on and on.camera == camera:
            on = on._replace(end=stop)
            continue
        if on:
            yield on
        on = Turn(camera, start, stop)
    if on and on.end > on.start:
        yield on


def clip_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """The clip that is edited."""
    multicam = state["multicam"]
    clip: dict[str, Any] = next(c for c in multicam["clips"] if c["id"] == multicam["activeClipId"])
    return clip


def decimal(number: float) -> Fraction:
    """The number as it is written."""
    return Fraction(repr(number))


def half_up(number: Fraction) -> int:
    """The whole number next to it, of two the greater."""
    return floor(number + Fraction(1, 2))
