"""A probe that looks into a file here and there finds what one that reads it all finds."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest

from config_schema.errors import SourceUnreadable
from tests.media.footage import CATALOGUE, get
from tests.worker.clips import CLIPS, CONTAINERS, clip, joined, looped, remuxed
from worker.ffmpeg import facts
from worker.plan.footage import Footage

TICK = Fraction(1, 90_000)


def probe(path: Path, *, scan: bool = False) -> Footage:
    """What a probe finds."""
    with opened(path) as fd:
        return facts.gather(fd, path.name, "print", scan=scan, report=lambda _: None)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    fd = os.open(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


def bytes_read() -> int:
    """What this process has read so far, the page cache counted like the disk."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"])


@contextmanager
def reading_at_most(share: float, path: Path) -> Iterator[None]:
    """Hold what is read inside the block against the file's size."""
    before = bytes_read()
    yield
    assert bytes_read() - before < share * path.stat().st_size, path.name


def assert_same(path: Path) -> Footage:
    """Hold a quick probe against one that reads every packet."""
    quick, whole = probe(path), probe(path, scan=True)
    assert quick == whole
    return whole


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_catalogue_is_found_as_a_scan_finds_it(name: str) -> None:
    assert_same(get(name).path)


@pytest.mark.parametrize("name", CLIPS)
def test_every_kind_of_group_is_found_as_a_scan_finds_it(name: str) -> None:
    found = assert_same(clip(name)).picture.times
    assert found.is_constant
    assert found.rate == Fraction(30000, 1001)
    assert found.count == 180


@pytest.mark.parametrize("name", ["closed.mp4", "open.mp4", "hevc.mp4", "closed.mkv", "vp9.mkv"])
def test_a_long_file_is_not_read(name: str) -> None:
    path = looped(60, name)
    with reading_at_most(0.35, path):
        probe(path)
    found = assert_same(path)
    assert found.picture.times.is_constant
    assert found.picture.times.count == 60 * 180


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("from ten.ts", ("-output_ts_offset", "10")),
        ("over the wrap.ts", ("-muxdelay", "0", "-output_ts_offset", "95300")),
        ("at the wrap.ts", ("-output_ts_offset", "95442")),
        ("blu ray.ts", ("-mpegts_m2ts_mode", "1")),
        ("by milliseconds.ts", ()),
        ("no sound.ts", ("-an",)),
        ("cues in front.mkv", ("-cues_to_front", "1", "-reserve_index_space", "100000")),
        ("clusters.mkv", ("-cluster_time_limit", "500")),
        ("faststart.mp4", ("-movflags", "+faststart")),
        ("by milliseconds.mp4", ()),
        ("no edits.mp4", ("-use_editlist", "0")),
    ],
)
def test_a_long_file_is_told_from_a_few_looks(name: str, options: tuple[str, ...]) -> None:
    path = long_copy(name, *options)
    with reading_at_most(0.75, path):
        probe(path)
    found = assert_same(path).picture.times
    assert found.is_constant
    assert found.count == 60 * 180


def long_copy(name: str, *options: str) -> Path:
    """Six minutes with B-frames and open groups, copied into another file."""
    base = looped(60, "open.mkv" if "milliseconds" in name else "open.mp4")
    return remuxed(f"long {name}", base, *options)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("live.mkv", ("-live", "1")),
        ("fragments.mp4", ("-movflags", "frag_keyframe+empty_moov")),
    ],
)
def test_a_file_without_an_index_is_read(name: str, options: tuple[str, ...]) -> None:
    path = long_copy(name, *options)
    before = bytes_read()
    assert_same(path)
    assert bytes_read() - before > 1.5 * path.stat().st_size


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("share", [0.5, 0.97])
def test_a_file_that_was_cut_off_is_what_can_be_read_of_it(
    container: str, share: float, tmp_path: Path
) -> None:
    source = looped(60, "open.mp4")
    options = ("-movflags", "+faststart") if container in ("mp4", "mov") else ()
    whole = remuxed(f"long whole.{container}", source, *options).read_bytes()
    path = tmp_path / f"it.{container}"
    path.write_bytes(whole[: int(len(whole) * share)])
    found = assert_same(path)
    assert found.picture.times.count < 60 * 180


@pytest.mark.parametrize("container", ["mkv", "ts", "mp4"])
def test_two_rates_one_after_the_other_are_no_constant_rate(container: str) -> None:
    slow = remuxed(f"slow.{container}", "plain.mp4", reading=("-itsscale", "1.25"))
    path = joined(f"two rates.{container}", [clip(f"plain.{container}")] * 9 + [slow] * 4)
    assert not assert_same(path).picture.times.is_constant


def test_three_hours_of_footage_are_probed_in_a_second() -> None:
    path = looped(600, "closed.mp4")
    began = time.process_time()
    for _ in range(3):
        found = probe(path)
    took = time.process_time() - began
    assert found.picture.times.count == 600 * 180
    print(f"three sources of an hour probed in {took * 1000:.0f} ms of processor")
    assert took < 0.8


def test_what_is_no_media_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    for content in (b"", b"words " * 999, clip("plain.mp4").read_bytes()[:2000]):
        path.write_bytes(content)
        with pytest.raises(SourceUnreadable, match=r"notes\.mp4"):
            probe(path)


@pytest.mark.parametrize("name", ["pyramid.mp4", "pyramid.mkv", "pyramid.ts", "hevc.mov"])
def test_damaged_files_are_probed_or_refused_with_their_name(name: str, tmp_path: Path) -> None:
    data, rng, path = clip(name).read_bytes(), random.Random(name), tmp_path / name
    found, refusals = 0, set[str]()
    for number in range(60):
        changed = bytearray(data)
        for _ in range(rng.choice((1, 5, 200))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        path.write_bytes(changed[: rng.choice((len(data), len(data), rng.randrange(len(data))))])
        try:
            probe(path, scan=number % 2 == 1)
        except SourceUnreadable as error:
            refusals.add(str(error))
        else:
            found += 1
    assert found > 20
    assert all(sentence.startswith(name) for sentence in refusals)


@pytest.mark.parametrize("back", [1.5, 3, 7200])
def test_a_clock_that_begins_anew_is_found(back: float) -> None:
    stamps = [3000 * n for n in range(300)]
    assert facts._jumps_back(
        [*stamps, *(at + 900_000 - round(back * 90_000) for at in stamps)], TICK
    )


@pytest.mark.parametrize("stray", [-900_000, 900_000, -30_000])
def test_times_that_stray_and_the_order_of_display_are_no_such_clock(stray: int) -> None:
    shown = [n + d for n in range(0, 400, 4) for d in (3, 1, 0, 2)]
    stamps = [3000 * n for n in shown]
    assert not facts._jumps_back(stamps, TICK)
    for at in (0, 150, 399):
        assert not facts._jumps_back([*stamps[:at], stamps[at] + stray, *stamps[at + 1 :]], TICK)
    # A pause, after which the clock goes on.
    assert not facts._jumps_back([*stamps[:200], *(at + 9_000_000 for at in stamps[200:])], TICK)
