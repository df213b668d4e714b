"""A programme's file by the letter: MediaInfo and a strict reader of its boxes find no fault."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.players.boxes import Movie, Track, read_movie
from tests.players.programmes import ORDERS, Programme

MP4 = [name for name, order in ORDERS.items() if order.format == "mp4"]
FORMATS = {"mp4": "MPEG-4", "webm": "WebM"}
CODECS = {name: {"HEVC": "HEVC", "VP9": "VP9"}.get(name, "AVC") for name in ORDERS}
ENTRIES = {"AVC": b"avc1", "HEVC": b"hvc1"}
#: The NAL unit types that may stand at a place to seek to, and the bits of the type in a unit.
KEYS = {"AVC": {5}, "HEVC": set(range(16, 22))}


def mediainfo(file: Path) -> dict[str, dict[str, Any]]:
    """What MediaInfo knows of each track, each kind once."""
    argv = ["mediainfo", "--Full", "--Output=JSON", str(file)]
    report = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)
    tracks = report["media"]["track"]
    kinds = {track["@type"]: track for track in tracks}
    assert len(kinds) == len(tracks)
    return kinds


def remarks(value: Any, name: str = "") -> Iterator[str]:
    """What MediaInfo holds against a file, wherever it says it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if "onformance" in key or "Truncated" in key:
                yield f"{name}/{key}: {inner}"
            yield from remarks(inner, f"{name}/{key}")


@pytest.mark.parametrize("name", ORDERS)
def test_mediainfo_finds_what_was_asked_for_and_no_fault(
    name: str, programme: Callable[[str], Programme]
) -> None:
    due = programme(name)
    found = mediainfo(due.path)
    chapters = {"Menu"} if ORDERS[name].has_chapters else set()
    assert set(found) == {"General", "Video", "Audio"} | chapters
    assert not list(remarks(found))
    general, video = found["General"], found["Video"]
    assert general["Format"] == FORMATS[ORDERS[name].format]
    assert general["IsStreamable"] == "Yes"
    assert video["Format"] == CODECS[name]
    assert video["FrameRate_Mode"] == "CFR"
    assert (int(video["Width"]), int(video["Height"])) == (due.expected.width, due.expected.height)
    assert float(video["Duration"]) == pytest.approx(float(due.seconds), abs=0.001)
    if ORDERS[name].format == "mp4":  # of a webm it guesses from the length of the sound
        assert int(video["FrameCount"]) == len(due.expected.frames)
        assert float(video["FrameRate"]) == pytest.approx(float(due.expected.rate), abs=0.001)
        assert float(found["Audio"]["Duration"]) == pytest.approx(float(due.seconds), abs=0.001)


def test_mediainfo_finds_a_file_that_was_cut_off(
    tmp_path: Path, programme: Callable[[str], Programme]
) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(programme("H.264").path.read_bytes()[:-20_000])
    assert list(remarks(mediainfo(cut)))


@pytest.mark.parametrize("name", MP4)
def test_the_boxes_agree_with_each_other(name: str, programme: Callable[[str], Programme]) -> None:
    due = programme(name)
    assert_whole(due.path.read_bytes(), name, due)


@pytest.mark.parametrize("table", [b"stts", b"ctts", b"stsz", b"stss", b"stco", b"stsc", b"elst"])
def test_one_wrong_number_in_a_table_is_found(
    table: bytes, programme: Callable[[str], Programme]
) -> None:
    due = programme("H.264")
    data = bytearray(due.path.read_bytes())
    # In the first row of the first such table, which is the picture's.
    row = 16 if table in {b"stts", b"ctts", b"stsz", b"stsc"} else 12
    data[data.index(table) + row + 3] ^= 1
    with pytest.raises(AssertionError):
        assert_whole(bytes(data), "H.264", due)


def assert_whole(data: bytes, name: str, due: Programme) -> None:
    """Nothing in an mp4 contradicts the rest of it, or what is due."""
    movie = read_movie(data)
    kinds = [box.kind for box in movie.boxes if box.kind != b"free"]
    assert kinds == [b"ftyp", b"moov", b"mdat"]
    picture, sound = movie.tracks
    assert (picture.handler, sound.handler) == (b"vide", b"soun")
    assert (picture.entries, sound.entries) == ([ENTRIES[CODECS[name]]], [b"mp4a"])
    assert abs(movie.seconds - due.seconds) < Fraction(1, movie.timescale_and_duration[0])
    assert_data_is_used_once(movie, has_hidden=ORDERS[name].has_chapters)
    for track in movie.tracks:
        assert_edited(track, movie)
    assert_on_the_grid(picture, due)
    assert_keys_are_keys(picture, movie.data, CODECS[name])


def assert_data_is_used_once(movie: Movie, *, has_hidden: bool) -> None:
    """Every sample lies within the data, none in another, and nothing is left over.

    The names of chapters lie in front: a track's samples whose track is taken out of the header.
    """
    (data,) = (box for box in movie.boxes if box.kind == b"mdat")
    places = sorted(place for track in movie.tracks for place in track.places)
    assert places[0][0] >= data.start if has_hidden else places[0][0] == data.start
    assert places[-1][1] == data.start + len(data.payload)
    assert all(end == start for (_, end), (start, _) in pairwise(places))


def assert_edited(track: Track, movie: Movie) -> None:
    """One edit shows the whole track from its first picture or sound on."""
    ((duration, start, rate, fraction),) = track.edits
    timescale, whole = movie.timescale_and_duration
    assert (rate, fraction) == (1, 0)
    # The movie counts milliseconds, and the muxer rounds each of its numbers by itself.
    assert abs(duration - track.duration) <= 1
    assert max(duration, track.duration) <= whole
    assert start >= min(track.times)
    filled = 1024 if track.handler == b"soun" else 0  # the last packet of sound is filled up
    left = Fraction(track.end - start, track.timescale) - Fraction(duration, timescale)
    assert -1 < left * timescale <= 1 + Fraction(filled * timescale, track.timescale)


def assert_on_the_grid(picture: Track, due: Programme) -> None:
    """As many frames as are due, in equal steps from the first one shown."""
    (edit,) = picture.edits
    step = int(picture.timescale / due.expected.rate)
    assert step * due.expected.rate == picture.timescale
    assert picture.deltas == [(len(due.expected.frames), step)]
    assert sorted(picture.times) == [edit[1] + n * step for n in range(len(due.expected.frames))]
    assert picture.times[0] == edit[1]


def assert_keys_are_keys(picture: Track, data: bytes, codec: str) -> None:
    """Samples are whole NAL units, and those that one may seek to begin a picture afresh."""
    keys = set()
    for n, (at, end) in enumerate(picture.places):
        kinds = set()
        while at < end:
            size = int.from_bytes(data[at : at + 4], "big")
            assert size
            kinds.add(data[at + 4] & 31 if codec == "AVC" else data[at + 4] >> 1 & 63)
            at += 4 + size  # noqa: PLW2901
        assert at == end
        if kinds & KEYS[codec]:
            keys.add(n)
    assert keys == picture.key_samples
