"""What a probe finds in a camera file is what is known of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from config_schema.errors import SourceUnreadable
from tests.media import footage
from tests.media.footage import Source
from worker.ffmpeg.facts import gather
from worker.plan.footage import FieldOrder, Footage

NAMES = sorted(footage.CATALOGUE)
#: What no other source has.
ROTATED = {"phone.mp4": 90}
FIELDS = {"interlaced.mp4": FieldOrder.TOP_FIRST}
SHAPES = {"anamorphic.mp4": Fraction(4, 3)}
VARIABLE = {"vfr.mp4", "holes.mp4"}
CHANNELS = {"mono 44100.mp4": (44100, 1), "surround.mp4": (48000, 6)}
#: Without an edit list the encoder's run-up is a part of the track, before what is known of it.
RUN_UP = {"ten seconds in.ts": Fraction(1024, 48000), "fragmented.mp4": Fraction(1, 15)}
#: A packet of any codec: as exactly is it known where a track ends.
PACKET = Fraction(1100, 44100)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def probe(path: Path, *, scan: bool = False, name: str = "Camera 2") -> Footage:
    with opened(path) as descriptor:
        return gather(descriptor, name, "print", scan=scan, report=lambda _: None)


@cache
def probed(name: str, scan: bool) -> tuple[Source, Footage]:
    source = footage.get(name)
    return source, probe(source.path, scan=scan)


@pytest.mark.parametrize("scan", [False, True], ids=["by index", "by reading"])
@pytest.mark.parametrize("name", NAMES)
def test_every_frame_is_where_it_is_known_to_be(name: str, scan: bool) -> None:
    source, found = probed(name, scan)
    times = found.picture.times
    assert times.rate == source.known.lead.rate
    assert [times.start_of(n) for n in range(times.count)] == list(source.known.starts)
    assert times.end == source.known.ends
    assert times.is_constant == (name not in VARIABLE)


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_as_known(name: str) -> None:
    source, found = probed(name, False)
    picture, lead = found.picture, source.known.lead
    assert picture.codec == lead.codec
    assert picture.display_size == (lead.width, lead.height)
    assert picture.pixel_format == lead.pix_fmt
    assert picture.depth == (10 if "10" in lead.pix_fmt else 8)
    assert picture.rotation == ROTATED.get(name, 0)
    assert picture.fields == FIELDS.get(name, FieldOrder.PROGRESSIVE)
    assert picture.sar == SHAPES.get(name, 1)


@pytest.mark.parametrize("name", NAMES)
def test_the_sound_is_as_known(name: str) -> None:
    source, found = probed(name, False)
    known = source.known.sound
    if known is None:
        assert found.sound is None
        return
    assert found.sound is not None
    begins = known.starts - RUN_UP.get(name, 0)
    assert abs(found.sound.start - begins) < Fraction(1, 1000)
    assert abs(found.sound.end - known.ends) < PACKET
    assert (found.sound.rate, found.sound.channels) == CHANNELS.get(name, (48000, 2))


@pytest.mark.parametrize("name", NAMES)
def test_reading_everything_finds_nothing_else(name: str) -> None:
    _, quick = probed(name, False)
    _, thorough = probed(name, True)
    assert quick.picture == thorough.picture
    assert quick.zero == thorough.zero
    assert (quick.sound and quick.sound.start) == (thorough.sound and thorough.sound.start)


def test_second_zero_of_a_stream_is_its_earliest_picture_or_sound() -> None:
    _, found = probed("ten seconds in.ts", False)
    assert found.zero >= 9
    assert found.sound is not None
    assert min(found.picture.times.start, found.sound.start) <= Fraction(1024, 48000)


def test_a_movie_counts_from_its_own_zero() -> None:
    assert probed("late picture.mp4", False)[1].zero == 0
    assert probed("late picture.mp4", False)[1].picture.times.start == Fraction(1, 2)


def test_a_cover_is_not_the_picture() -> None:
    assert probed("cover.mp4", False)[1].picture.times.count == 150


@pytest.mark.parametrize(
    "content",
    [b"", b"this is no video at all\n" * 100, b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"],
    ids=["nothing", "text", "playlist"],
)
def test_what_is_no_video_is_named_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    sentence = r"^Camera 2 is not a video file that can be read\.$"
    with pytest.raises(SourceUnreadable, match=sentence):
        probe(path)


def test_a_file_cut_off_before_its_index_is_named_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    data = footage.get("sixty.mp4").path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(SourceUnreadable, match="Camera 2"):
        probe(path)


def test_sound_alone_is_no_camera(tmp_path: Path) -> None:
    path = tmp_path / "x.m4a"
    footage._ffmpeg("-f", "lavfi", "-i", "sine", "-t", "0.2", "-c:a", "aac", path)
    with pytest.raises(SourceUnreadable, match=r"^Camera 2 has no picture\.$"):
        probe(path)
