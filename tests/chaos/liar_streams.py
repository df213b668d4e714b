"""Transport streams as a bad reception leaves them, and with times that are wrong."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.chaos.cast import Clip
from tests.chaos.kinds import TS, kind

PACKET = 188


def _packets(data: bytes) -> list[bytes]:
    return [data[at : at + PACKET] for at in range(0, len(data), PACKET)]


def _pid(packet: bytes) -> int:
    return int.from_bytes(packet[1:3], "big") & 0x1FFF


def _begins(packet: bytes) -> int | None:
    """Where in a packet a picture or a piece of sound begins, if one does."""
    at = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    return at if packet[1] & 0x40 and packet[at : at + 3] == b"\0\0\1" else None


def _of_picture(packets: list[bytes]) -> list[int]:
    """Which packets are of the picture."""
    video = next(
        _pid(packet)
        for packet in packets
        if (at := _begins(packet)) is not None and packet[at + 3] & 0xF0 == 0xE0
    )
    return [n for n, packet in enumerate(packets) if _pid(packet) == video]


@kind("packets dropped", TS)
def ts_dropped(clip: Clip, dice: random.Random) -> bytes:
    packets = _packets(clip.data)
    gone = set(dice.sample(_of_picture(packets), dice.choice((1, 5, 40))))
    return b"".join(packet for n, packet in enumerate(packets) if n not in gone)


@kind("a stretch of packets dropped", TS)
def ts_stretch_dropped(clip: Clip, dice: random.Random) -> bytes:
    packets = _packets(clip.data)
    first = dice.randrange(len(packets) // 10, len(packets) * 8 // 10)
    return b"".join(packets[:first] + packets[first + dice.choice((7, 60, 200)) :])


@kind("continuity errors", TS)
def ts_continuity(clip: Clip, dice: random.Random) -> bytes:
    packets = _packets(clip.data)
    for n in dice.sample(range(len(packets)), dice.choice((2, 20, 100))):
        packets[n] = (
            packets[n][:3] + bytes([packets[n][3] ^ dice.randrange(1, 16)]) + packets[n][4:]
        )
    return b"".join(packets)


@kind("bytes of packets overwritten", TS)
def ts_overwritten(clip: Clip, dice: random.Random) -> bytes:
    made = bytearray(clip.data)
    for _ in range(dice.choice((1, 10, 60))):
        at = dice.randrange(4 * PACKET, len(made))
        made[at] ^= dice.randrange(1, 256)
    return bytes(made)


def _stamped(packets: list[bytes]) -> list[tuple[int, int]]:
    """Packets that begin a picture with a time: which, and where the time lies in them."""
    found = []
    for n in _of_picture(packets):
        at = _begins(packets[n])
        if at is not None and packets[n][at + 7] & 0x80:
            found.append((n, at + 9))
    return found


def _moved(packet: bytes, at: int, ticks: int) -> bytes:
    raw = int.from_bytes(packet[at : at + 5], "big")
    time = (raw >> 33 & 7) << 30 | (raw >> 17 & 0x7FFF) << 15 | raw >> 1 & 0x7FFF
    time = (time + ticks) & (1 << 33) - 1
    made = raw >> 36 << 36 | (time >> 30) << 33 | 1 << 32
    made |= (time >> 15 & 0x7FFF) << 17 | 1 << 16 | (time & 0x7FFF) << 1 | 1
    return packet[:at] + made.to_bytes(5, "big") + packet[at + 5 :]


def _retimed(clip: Clip, which: Callable[[int, int], int]) -> bytes:
    packets = _packets(clip.data)
    stamped = _stamped(packets)
    for place, (n, at) in enumerate(stamped):
        ticks = which(place, len(stamped))
        if ticks:
            has_two = packets[n][at - 2] & 0x40
            packets[n] = _moved(packets[n], at, ticks)
            if has_two:
                packets[n] = _moved(packets[n], at + 5, ticks)
    return b"".join(packets)


@kind("times that jump", TS, retimes=True)
def ts_jump(clip: Clip, dice: random.Random) -> bytes:
    share, ticks = dice.uniform(0.2, 0.8), dice.choice((-270_000, 3000, 90_000, 900_000, -45_000))
    return _retimed(clip, lambda place, count: ticks if place > share * count else 0)


@kind("times that stray", TS, retimes=True)
def ts_stray(clip: Clip, dice: random.Random) -> bytes:
    return _retimed(
        clip, lambda *_: dice.choice((-9000, 3000, 1500)) if dice.random() < 0.03 else 0
    )


@kind("places to begin marked wrong", TS)
def ts_marks(clip: Clip, dice: random.Random) -> bytes:
    packets = _packets(clip.data)
    for n, _ in _stamped(packets):
        if packets[n][3] & 0x20 and packets[n][4] and dice.random() < 0.5:
            packets[n] = packets[n][:5] + bytes([packets[n][5] ^ 0x40]) + packets[n][6:]
    return b"".join(packets)


@kind("ts cut off", TS)
def ts_cut_off(clip: Clip, dice: random.Random) -> bytes:
    return clip.data[dice.choice((0, 0, 1000)) : int(len(clip.data) * dice.uniform(0.3, 0.95))]
