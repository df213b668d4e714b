"""Media that is damaged or cut off, and pictures that are called what they are not."""

from __future__ import annotations

import random

from tests.chaos.boxes import find
from tests.chaos.cast import CUTS, LIAR, RATE, Clip
from tests.chaos.kinds import MP4, WHOLE, kind


@kind("cut off, index in front", MP4, moov_first=True)
def cut_off(clip: Clip, dice: random.Random) -> bytes:
    media = find(clip.data, b"mdat")
    share = dice.choice((0.03, 0.3, 0.6, 0.9, 0.99))
    return clip.data[
        : media.content + int((media.end - media.content) * share) + dice.randrange(40)
    ]


@kind("cut off, index lost", MP4)
def cut_off_with_index(clip: Clip, dice: random.Random) -> bytes:
    return clip.data[: dice.randrange(len(clip.data) // 2, len(clip.data))]


def _flipped(clip: Clip, dice: random.Random, samples: list[int], count: int) -> bytes:
    made = bytearray(clip.data)
    for n in samples:
        sample = clip.samples[n]
        for _ in range(count):
            made[sample.start + dice.randrange(sample.size)] ^= 1 << dice.randrange(8)
    return bytes(made)


@kind("bits flipped inside groups", WHOLE)
def flips_inside(clip: Clip, dice: random.Random) -> bytes:
    others = [n for n in range(len(clip.samples)) if not clip.samples[n].is_key]
    return _flipped(clip, dice, dice.sample(others, dice.choice((1, 3, 20))), 3)


@kind("bits flipped in key frames", WHOLE)
def flips_in_keys(clip: Clip, dice: random.Random) -> bytes:
    return _flipped(clip, dice, dice.sample(clip.keys, dice.choice((1, 3))), dice.choice((1, 10)))


@kind("bits flipped at the cuts", WHOLE)
def flips_at_cuts(clip: Clip, dice: random.Random) -> bytes:
    cuts = [round(at * RATE) for camera, *ends in CUTS if camera == LIAR for at in ends]
    near = {cut + off for cut in cuts for off in (-2, -1, 0, 1, 2)}
    there = [n for n in sorted(near) if 0 <= n < len(clip.samples)]
    return _flipped(clip, dice, dice.sample(there, dice.choice((2, 8))), 2)


@kind("pictures overwritten", WHOLE)
def overwritten(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    first = dice.randrange(len(clip.samples) - 8)
    for sample in clip.samples[first : first + dice.choice((1, 3, 8))]:
        made[sample.start : sample.start + sample.size] = bytes(sample.size)
    return bytes(made)


@kind("lengths of units wrong", WHOLE)
def unit_lengths(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    for n in dice.sample(range(len(clip.samples)), dice.choice((1, 4, 20))):
        at = clip.samples[n].start
        wrong = dice.choice((0, 1, 3, clip.samples[n].size, 0x00FFFFFF, 0xFFFFFFFF))
        made[at : at + 4] = wrong.to_bytes(4, "big")
    return bytes(made)


def _units(clip: Clip, n: int) -> list[int]:
    """Where the units of a sample begin, behind their lengths."""
    at, end = clip.samples[n].start, clip.samples[n].start + clip.samples[n].size
    starts = []
    while at + 4 < end:
        starts.append(at + 4)
        at += 4 + int.from_bytes(clip.data[at : at + 4], "big")
    return starts


def _is_slice(clip: Clip, at: int) -> bool:
    if clip.codec == "h264":
        return clip.data[at] & 31 in (1, 5)
    return clip.data[at] >> 1 & 63 < 32


def _typed(clip: Clip, samples: list[int], h264: int, hevc: int) -> bytes:
    """The slices of some samples called another type."""
    made = bytearray(clip.data)
    for n in samples:
        for at in _units(clip, n):
            if _is_slice(clip, at):
                if clip.codec == "h264":
                    made[at] = made[at] & 0xE0 | h264
                else:
                    made[at] = made[at] & 0x81 | hevc << 1
    return bytes(made)


@kind("key frames that are none", WHOLE)
def idr_to_other(clip: Clip, dice: random.Random) -> bytes:
    # Of open groups only the first has one that says so itself.
    some = dice.sample(clip.keys, dice.choice((1, len(clip.keys) - 1)))
    return _typed(clip, some, 1, 1)


@kind("others that say they are key", WHOLE)
def other_to_idr(clip: Clip, dice: random.Random) -> bytes:
    others = [n for n in range(len(clip.samples)) if not clip.samples[n].is_key]
    return _typed(clip, dice.sample(others, dice.choice((1, 5))), 5, dice.choice((19, 21)))
