"""Frames by their number, in any order, out of every kind of file: each says itself which it is."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from export_service.coded_media import read_code
from tests.chaos.boxes import TABLES, TRACK, changed, renamed, table
from tests.media import footage
from tests.media.cameras import camera
from tests.media.footage import Source, get
from worker.ffmpeg.facts import gather
from worker.plan.footage import FieldOrder, Footage
from worker.render.reader import PictureReader

LOOKS = 200


#: The coded source, and the container that its pictures are copied into.
FILES = {
    "closed groups": ("sixty.mp4", None),
    "open groups": ("open gop.mp4", None),
    "open groups in mkv": ("open gop.mp4", "mkv"),
    "open groups in ts": ("open gop.mp4", "ts"),
    "ts": ("ten seconds in.ts", None),
    "HEVC in mkv": ("guest's.mkv", None),
    "variable rate": ("vfr.mp4", None),
    "variable rate in mkv": ("vfr.mp4", "mkv"),
    "holes": ("holes.mp4", None),
    "fragments": ("fragmented.mp4", None),
    "edit list": ("cut.mp4", None),
    "interlaced": ("interlaced.mp4", None),
    "VP9": ("screen.webm", None),
}


def file_of(name: str, folder: Path) -> tuple[Source, Path]:
    source_name, container = FILES[name]
    source = get(source_name)
    if container is None:
        return source, source.path
    path = folder / f"copied.{container}"
    footage._ffmpeg("-i", source.path, "-map", "0:v", "-c", "copy", path)
    return source, path


@contextmanager
def opened(path: Path) -> Iterator[tuple[PictureReader, Footage]]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        found = gather(descriptor, "cam", "print", scan=False, report=lambda _: None)
        reader = PictureReader(descriptor, found, threads=1)
        yield reader, found
        reader.close()
    finally:
        os.close(descriptor)


def luma_of(frame: av.VideoFrame) -> np.ndarray[Any, np.dtype[np.uint8]]:
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width]


def numbers(source: Source) -> list[int]:
    return [number for _, number in source.known.frames]


def assert_reads(reader: PictureReader, source: Source, index: int) -> None:
    found = reader.frame(index)
    assert found is not None
    got, frame = found
    assert got == index
    code = read_code(luma_of(frame))
    assert code == (source.known.camera, numbers(source)[index]), index


@pytest.mark.parametrize("name", FILES)
def test_in_random_order_every_frame_is_the_one_asked_for(name: str, tmp_path: Path) -> None:
    source, path = file_of(name, tmp_path)
    rng = random.Random(name)
    with opened(path) as (reader, found):
        count = found.picture.times.count
        assert count == len(source.known.frames)
        index = 0
        for _ in range(LOOKS):
            # Now a jump, now a few frames further, as programmes of unequal rates read.
            ahead = rng.choice([0, 1, 1, 1, 2, 3])
            index = rng.randrange(count) if rng.random() < 0.4 else min(index + ahead, count - 1)
            assert_reads(reader, source, index)
        for index in (0, count - 1, 0, count // 2, count // 2 - 1):
            assert_reads(reader, source, index)
        assert reader.broken_packets == 0


@pytest.mark.parametrize("name", ["open groups", "open groups in ts", "HEVC in mkv"])
def test_from_first_to_last_no_frame_is_left_out(name: str, tmp_path: Path) -> None:
    source, path = file_of(name, tmp_path)
    with opened(path) as (reader, found):
        for index in range(found.picture.times.count):
            assert_reads(reader, source, index)


def test_a_deinterlaced_picture_is_the_same_wherever_one_comes_from() -> None:
    source = get("interlaced.mp4")
    with opened(source.path) as (reader, found):
        assert found.picture.fields == FieldOrder.TOP_FIRST
        in_order = [luma_of(frame[1]) for n in range(60) if (frame := reader.frame(n))]
        in_order = [picture.copy() for picture in in_order]
        for index in (37, 12, 45, 59, 44):
            frame = reader.frame(index)
            assert frame is not None
            assert np.array_equal(luma_of(frame[1]), in_order[index])


def test_a_damaged_stretch_shows_the_frame_before_and_no_other(tmp_path: Path) -> None:
    source = get("sixty.mp4")
    data = bytearray(source.path.read_bytes())
    with av.open(str(source.path)) as media:
        packets = [packet for packet in media.demux(video=0) if packet.size]
        spoilt = {}
        for packet in packets[100:103]:
            assert packet.pos is not None
            assert packet.pts is not None
            # All of it but the length in front, so that the next one is found.
            data[packet.pos + 5 : packet.pos + packet.size] = bytes(packet.size - 5)
            spoilt[round(packet.pts * Fraction(packet.time_base) * 60)] = packet
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)
    with opened(path) as (reader, _):
        for index in range(min(spoilt) - 30, max(spoilt) + 200):
            found = reader.frame(index)
            assert found is not None
            got, frame = found
            assert got <= index
            code = read_code(luma_of(frame))
            # A decoder may conceal; what it hands out as frame n must not be another frame.
            assert code is None or code.frame == got or got in spoilt
        last = reader.frame(299)
        assert last is not None
        assert read_code(luma_of(last[1])) == (source.known.camera, 299)


def damaged(path: Path, box: bytes, change: Callable[[list[int]], list[int]], width: int) -> Path:
    """A copy of an mp4 with the rows of one table of its picture changed."""
    made = path.with_name(f"liar {box.decode()}.mp4")
    made.write_bytes(changed(path.read_bytes(), (*TABLES, box), table(change, width=width)))
    return made


def copied(source: Source, folder: Path) -> Path:
    path = folder / "copied.mp4"
    footage._ffmpeg("-i", source.path, "-map", "0:v", "-c", "copy", path)
    return path


def test_pictures_before_the_first_key_frame_of_the_index_are_read(tmp_path: Path) -> None:
    source = get("sixty.mp4")
    path = damaged(copied(source, tmp_path), b"stss", lambda rows: rows[2:], 1)
    with opened(path) as (reader, found):
        for index in (130, 20, 21, 200, 3):
            assert_reads(reader, source, index)
        assert found.picture.times.count == 300


def test_times_in_another_order_than_the_pictures_are_what_counts(tmp_path: Path) -> None:
    source = get("sixty.mp4")

    def decoded_as_shown(rows: list[int]) -> list[int]:
        return [number for count in rows[::2] for number in (count, 0)]

    path = damaged(copied(source, tmp_path), b"ctts", decoded_as_shown, 2)
    with av.open(str(path)) as media:
        media.streams.video[0].thread_type = "NONE"
        due = {frame.pts: read_code(luma_of(frame)) for frame in media.decode(video=0)}
    by_time = [due[pts] for pts in sorted(pts for pts in due if pts is not None)]
    assert [code.frame for code in by_time if code] != list(range(300))
    with opened(path) as (reader, _):
        for index in (0, 1, 2, 3, 4, 100, 101, 102, 50, len(by_time) - 1):
            found = reader.frame(index)
            assert found is not None
            assert (found[0], read_code(luma_of(found[1]))) == (index, by_time[index])


def test_a_beginning_that_is_none_is_passed_over(tmp_path: Path) -> None:
    source = camera(1, "hevc", 2)
    path = damaged(copied(source, tmp_path), b"stss", lambda rows: sorted({*rows, 45, 50, 100}), 1)
    with opened(path) as (reader, _):
        for index in (110, 52, 47, 130, 104):
            assert_reads(reader, source, index)
            frame = reader.frame(index)
            assert frame is not None
            assert not reader.is_astray(frame[1])


def test_after_a_lost_picture_no_frame_is_taken_for_another(tmp_path: Path) -> None:
    source = get("sixty.mp4")
    path = copied(source, tmp_path)
    data = bytearray(path.read_bytes())
    with av.open(str(path)) as media:
        packets = [packet for packet in media.demux(video=0) if packet.size]
    lost = max(packets[100:106], key=lambda packet: packet.size)
    assert lost.pos is not None
    assert lost.pts is not None
    data[lost.pos : lost.pos + 4] = b"\0\xff\xff\xff"
    path.write_bytes(data)
    first = round(lost.pts * Fraction(lost.time_base) * 60)
    with opened(path) as (reader, _):
        frame = reader.frame(first + 12)
        assert frame is not None
        assert reader.is_astray(frame[1])
        assert reader.clean is not None
        assert reader.clean[0] < first
        # The next key frame refers to nothing that was lost.
        assert_reads(reader, source, 205)
        frame = reader.frame(205)
        assert frame is not None
        assert not reader.is_astray(frame[1])


def test_before_a_pause_of_the_recording_no_frame_is_skipped(tmp_path: Path) -> None:
    source = get("sixty.mp4")

    def pause(rows: list[int]) -> list[int]:
        runs = zip(rows[::2], rows[1::2], strict=True)
        steps = [step for count, step in runs for _ in range(count)]
        steps[200] *= 600
        return [number for step in steps for number in (1, step)]

    path = damaged(copied(source, tmp_path), b"stts", pause, 2)
    path.write_bytes(renamed(path.read_bytes(), (*TRACK, b"edts", b"elst"), b"free"))
    with opened(path) as (reader, found):
        assert found.picture.times.count == 300
        assert found.picture.times.rate < 30
        for index in (*range(150, 200), *range(91, 110), 290):
            assert_reads(reader, source, index)
