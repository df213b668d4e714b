"""Tables of an mp4 or mov that do not say what is in the file."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.chaos.boxes import TABLES, TRACK, changed, find, has, packed, renamed, table, words
from tests.chaos.cast import Clip
from tests.chaos.kinds import MP4, kind


@kind("key frames moved", MP4)
def stss_moved(clip: Clip, dice: random.Random) -> bytes:
    def move(rows: list[int]) -> list[int]:
        moved = {
            min(max(1, row + dice.choice((-3, -2, -1, 1, 2, 5))), len(clip.samples)) for row in rows
        }
        return sorted(moved)

    return changed(clip.data, (*TABLES, b"stss"), table(move))


@kind("key frames added", MP4)
def stss_added(clip: Clip, dice: random.Random) -> bytes:
    def add(rows: list[int]) -> list[int]:
        others = [n + 1 for n in range(len(clip.samples)) if n + 1 not in rows]
        return sorted({*rows, *dice.sample(others, dice.choice((3, 30, len(others) // 2)))})

    return changed(clip.data, (*TABLES, b"stss"), table(add))


@kind("some key frames missing", MP4)
def stss_thinned(clip: Clip, dice: random.Random) -> bytes:
    def thin(rows: list[int]) -> list[int]:
        return sorted(dice.sample(rows, dice.randint(1, len(rows) - 1)))

    return changed(clip.data, (*TABLES, b"stss"), table(thin))


@kind("no key frames at all", MP4)
def stss_emptied(clip: Clip, dice: random.Random) -> bytes:
    return changed(clip.data, (*TABLES, b"stss"), table(lambda _: []))


@kind("everything a key frame", MP4)
def stss_removed(clip: Clip, dice: random.Random) -> bytes:
    return renamed(clip.data, (*TABLES, b"stss"), b"free")


@kind("display order changed", MP4, retimes=True)
def ctts_changed(clip: Clip, dice: random.Random) -> bytes:
    if not has(clip.data, *TABLES, b"ctts"):
        return stts_wrong(clip, dice)

    def change(rows: list[int]) -> list[int]:
        made = list(rows)
        for _ in range(dice.choice((1, 4, 40))):
            a, b = (2 * dice.randrange(len(rows) // 2) + 1 for _ in range(2))
            made[a], made[b] = made[b], made[a]
        if made == rows:
            made[1] += 512
        return made

    return changed(clip.data, (*TABLES, b"ctts"), table(change, width=2))


@kind("display order lost", MP4, retimes=True)
def ctts_lost(clip: Clip, dice: random.Random) -> bytes:
    if not has(clip.data, *TABLES, b"ctts"):
        return stts_wrong(clip, dice)
    return renamed(clip.data, (*TABLES, b"ctts"), b"free")


@kind("durations of pictures wrong", MP4, retimes=True)
def stts_wrong(clip: Clip, dice: random.Random) -> bytes:
    def change(rows: list[int]) -> list[int]:
        steps = [
            step for count, step in zip(rows[::2], rows[1::2], strict=True) for _ in range(count)
        ]
        if dice.random() < 0.3:
            factor = dice.choice((2, 3, 5))
            steps = [step * factor // 2 for step in steps]
        else:
            for _ in range(dice.choice((1, 3, 20))):
                steps[dice.randrange(len(steps))] = dice.choice((0, 1, steps[0] // 2, 2 * steps[0]))
            if len(set(steps)) == 1:
                steps[7] += 1
        return [number for step in steps for number in (1, step)]

    return changed(clip.data, (*TABLES, b"stts"), table(change, width=2))


@kind("sizes of pictures wrong", MP4)
def stsz_wrong(clip: Clip, dice: random.Random) -> bytes:
    def change(content: bytes) -> bytes:
        sizes = words(content, 12)
        for _ in range(dice.choice((1, 5, 60))):
            n = dice.randrange(len(sizes))
            sizes[n] = max(0, sizes[n] + dice.choice((-7, -3, -1, 1, 2, 6)))
        return content[:12] + packed(sizes)

    return changed(clip.data, (*TABLES, b"stsz"), change)


@kind("pictures of no bytes", MP4)
def stsz_zero(clip: Clip, dice: random.Random) -> bytes:
    def change(content: bytes) -> bytes:
        sizes = words(content, 12)
        for n in dice.sample(range(len(sizes)), dice.choice((1, 4, 30))):
            sizes[n] = 0
        return content[:12] + packed(sizes)

    return changed(clip.data, (*TABLES, b"stsz"), change)


@kind("places of pictures shifted", MP4)
def stco_shifted(clip: Clip, dice: random.Random) -> bytes:
    def change(rows: list[int]) -> list[int]:
        some = range(len(rows)) if dice.random() < 0.3 else dice.sample(range(len(rows)), 3)
        by = dice.choice((-4, -1, 1, 3, 8))
        return [max(0, row + by) if n in some else row for n, row in enumerate(rows)]

    return changed(clip.data, (*TABLES, b"stco"), table(change))


@kind("places of pictures elsewhere", MP4)
def stco_elsewhere(clip: Clip, dice: random.Random) -> bytes:
    def change(rows: list[int]) -> list[int]:
        made = list(rows)
        for _ in range(dice.choice((1, 3))):
            a, b = dice.sample(range(len(rows)), 2)
            made[a] = dice.choice((rows[b], rows[b], 0, len(clip.data) - 100, 1 << 31))
        return made

    return changed(clip.data, (*TABLES, b"stco"), table(change))


@kind("pictures counted wrong by chunk", MP4)
def stsc_wrong(clip: Clip, dice: random.Random) -> bytes:
    def change(rows: list[int]) -> list[int]:
        made = list(rows)
        made[dice.randrange(len(rows) // 3) * 3 + 1] += dice.choice((-1, 1, 2, 1000))
        return [max(0, number) for number in made]

    return changed(clip.data, (*TABLES, b"stsc"), table(change, width=3))


def _elst(change: Callable[[list[int]], list[int]]) -> Callable[[bytes], bytes]:
    return table(change, width=3)


@kind("edit list of another length", MP4, retimes=True)
def elst_length(clip: Clip, dice: random.Random) -> bytes:
    def change(rows: list[int]) -> list[int]:
        rows[-3] = dice.choice((0, 1, rows[-3] // 2, rows[-3] * 3, 0x7FFFFFFF))
        return rows

    return changed(clip.data, (*TRACK, b"edts", b"elst"), _elst(change))


@kind("edit list of another start", MP4, retimes=True)
def elst_start(clip: Clip, dice: random.Random) -> bytes:
    def change(rows: list[int]) -> list[int]:
        rows[-2] = dice.choice((0, rows[-2] + 512, rows[-2] + 20000, 0x7FFFFF00, 0xFFFFFFFF, 77))
        return rows

    return changed(clip.data, (*TRACK, b"edts", b"elst"), _elst(change))


@kind("headers of another length", MP4)
def header_durations(clip: Clip, dice: random.Random) -> bytes:
    places = (((b"moov", b"mvhd"), 16), ((*TRACK, b"tkhd"), 20), ((*TRACK, b"mdia", b"mdhd"), 16))
    made = clip.data
    for path, skip in dice.sample(places, dice.randint(1, 3)):
        value = dice.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF))
        at = find(made, *path).content + skip
        made = made[:at] + value.to_bytes(4, "big") + made[at + 4 :]
    return made


@kind("decoder settings damaged", MP4)
def settings_damaged(clip: Clip, dice: random.Random) -> bytes:
    letters = b"avcC" if clip.codec == "h264" else b"hvcC"
    at = clip.data.index(letters, find(clip.data, *TABLES, b"stsd").start)
    size = int.from_bytes(clip.data[at - 4 : at], "big") - 8
    made = bytearray(clip.data)
    for _ in range(dice.choice((1, 2, 6))):
        made[at + 4 + dice.randrange(size)] ^= 1 << dice.randrange(8)
    return bytes(made)
