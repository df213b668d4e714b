"""Cues, blocks and ends of mkv files that are wrong."""

from __future__ import annotations

import random

from tests.chaos.cast import Clip
from tests.chaos.kinds import MKV, kind


def _after(data: bytes, pattern: bytes) -> list[int]:
    found, at = [], data.find(pattern)
    while at >= 0:
        found.append(at + len(pattern))
        at = data.find(pattern, at + 1)
    return found


@kind("mkv cut off, cues lost", MKV)
def mkv_cut_off(clip: Clip, dice: random.Random) -> bytes:
    return clip.data[: int(len(clip.data) * dice.choice((0.2, 0.5, 0.8, 0.97)))]


@kind("cues that point elsewhere", MKV)
def cues_wrong(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    cues = clip.data.rindex(b"\x1c\x53\xbb\x6b")
    for at in _after(clip.data, b"\xf1\x82" if dice.random() < 0.5 else b"\xf1"):
        # CueClusterPosition, behind the one byte of its length
        if at > cues and dice.random() < 0.7:
            size = made[at] & 15 if made[at - 1] == 0xF1 else 2
            where = at + 1 if made[at - 1] == 0xF1 else at
            made[where : where + size] = dice.randrange(1 << 8 * size).to_bytes(size, "big")
    if made == clip.data:
        made[cues] ^= 0xFF
    return bytes(made)


@kind("cues of other times", MKV)
def cue_times_wrong(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    cues = clip.data.rindex(b"\x1c\x53\xbb\x6b")
    for at in _after(clip.data, b"\xb3\x82"):
        if at > cues:
            time = int.from_bytes(made[at : at + 2], "big") + dice.choice((-700, 300, 900, 1000))
            made[at : at + 2] = max(0, time).to_bytes(2, "big")
    if made == clip.data:
        made[cues] ^= 0xFF
    return bytes(made)


def _block(clip: Clip, n: int) -> int:
    """Where the block of a sample has its time of two bytes and its flags."""
    return clip.samples[n].start - 3


@kind("blocks of other times", MKV, retimes=True)
def block_times_wrong(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    for n in dice.sample(range(len(clip.samples)), dice.choice((1, 4, 30))):
        at = _block(clip, n)
        time = int.from_bytes(made[at : at + 2], "big", signed=True)
        moved = max(-32768, min(32767, time + dice.choice((-40, -33, 20, 33, 500))))
        made[at : at + 2] = moved.to_bytes(2, "big", signed=True)
    return bytes(made)


@kind("blocks with wrong key flags", MKV)
def block_flags_wrong(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    for n in {*dice.sample(range(len(clip.samples)), 12), *dice.sample(clip.keys, 2)}:
        made[_block(clip, n) + 2] ^= 0x80
    return bytes(made)
