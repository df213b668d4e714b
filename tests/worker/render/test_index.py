"""What the index child says of the pictures near cuts is what reading the whole file says."""

from __future__ import annotations

import os
import random
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config_schema.errors import SourceUnreadable
from tests.media.footage import get
from tests.worker.clips import CLIPS, CONTAINERS, clip, joined, looped, remuxed, without_frames
from worker.ffmpeg.facts import gather
from worker.ffmpeg.media import picture_stream
from worker.plan.footage import Footage
from worker.plan.gops import CutWindow, GopSample, SampleKind, longest_run
from worker.plan.smart import Wanted
from worker.render.index import look_near_cuts
from worker.render.spec import IndexAnswer, IndexSpec

Ranges = Sequence[tuple[int, int]]


@contextmanager
def opened(path: Path) -> Iterator[int]:
    fd = os.open(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


@cache
def footage_of(path: Path) -> Footage:
    with opened(path) as fd:
        return gather(fd, path.name, "print", scan=False, report=lambda _: None)


def look(path: Path, ranges: Ranges, footage: Footage | None = None) -> IndexAnswer:
    """What the child answers."""
    wanted = tuple(Wanted(3, start, end) for start, end in ranges)
    with opened(path) as fd:
        spec = IndexSpec({3: fd}, {3: footage or footage_of(path)}, wanted)
        return look_near_cuts(spec, lambda _: None)


@cache
def all_samples(path: Path) -> tuple[tuple[GopSample, bool], ...]:
    """Every sample in decoding order and whether it is a key sample, by reading the file."""
    with av.open(str(path)) as media:
        stream = picture_stream(media, "it")
        codec = stream.codec_context.name
        packets = [packet for packet in media.demux(stream) if packet.size]
        is_stream = path.suffix == ".ts"
        kinds = [plain_kind(codec, bytes(p), is_stream) if p.is_keyframe else None for p in packets]
    stamps = [packet.pts for packet in packets if packet.pts is not None]
    assert len(set(stamps)) == len(packets)
    first = min(p.pts for p in packets if not p.is_discard and p.pts is not None)
    ordered = sorted(stamps)
    return tuple(
        (
            GopSample(ordered.index(stamp) - ordered.index(first), kind or SampleKind.OTHER),
            kind is not None,
        )
        for stamp, kind in zip(stamps, kinds, strict=True)
    )


def plain_kind(codec: str, data: bytes, is_stream: bool) -> SampleKind:
    if codec == "vp9":
        return SampleKind.OTHER if data[0] & 4 else SampleKind.IDR
    heads = []
    if is_stream:
        heads = [part[0] for part in data.split(b"\0\0\1")[1:] if part]
    else:
        at = 0
        while at < len(data):
            heads.append(data[at + 4])
            at += 4 + int.from_bytes(data[at : at + 4], "big")
    if codec == "h264":
        return SampleKind.IDR if any(head & 31 == 5 for head in heads) else SampleKind.RECOVERY
    kind = next(head >> 1 & 63 for head in heads if head >> 1 & 63 < 32)
    return {19: SampleKind.IDR, 20: SampleKind.IDR, 21: SampleKind.CRA}.get(
        kind, SampleKind.RECOVERY
    )


def plain_window(path: Path, start: int, end: int) -> CutWindow:
    """The window by its definition, from all samples."""
    samples = [sample for sample, _ in all_samples(path)]
    inside = [n for n, sample in enumerate(samples) if start <= sample.display < end]
    key = next((n for n in inside if samples[n].kind.is_clean), None)
    if key is None:
        return CutWindow(None, ())
    last = max(n for n, sample in enumerate(samples) if sample.display < end)
    keys = [n for n in inside if n >= key and samples[n].kind is not SampleKind.OTHER]
    return CutWindow(samples[key], tuple(samples[keys[-1] : last + 1]))


def some_ranges(frames: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Ranges apart, side by side, one inside the other, twice, in any order."""
    pair = st.lists(st.integers(0, frames), min_size=2, max_size=2, unique=True)
    apart = st.lists(pair.map(lambda p: (min(p), max(p))), min_size=1, max_size=6)
    cuts = st.lists(st.integers(0, frames), min_size=2, max_size=8, unique=True).map(sorted)
    beside = cuts.map(lambda c: list(pairwise(c)))
    return st.tuples(apart, beside).map(lambda both: both[0] + both[1])


def assert_answers(path: Path, ranges: Ranges, answer: IndexAnswer) -> None:
    due = [plain_window(path, start, end) for start, end in ranges]
    if all(window.key is None for window in due) and answer.reasons:
        assert answer.reasons == {
            3: "no key frame inside its segments is a place to begin a copy at"
        }
        assert set(answer.windows) == {None}
    else:
        assert answer.reasons == {}
        assert list(answer.windows) == due


@pytest.mark.parametrize("name", CLIPS)
def test_windows_are_those_of_the_whole_file(name: str) -> None:
    path = clip(name)

    @settings(max_examples=12, deadline=None)
    @given(some_ranges(180))
    def hold(ranges: list[tuple[int, int]]) -> None:
        assert_answers(path, ranges, look(path, ranges))

    hold()


@pytest.mark.parametrize("name", ["cut.mp4", "late picture.mp4", "cover.mp4", "open gop.mp4"])
def test_edits_and_cover_pictures_do_not_shift_a_window(name: str) -> None:
    path = get(name).path
    count = footage_of(path).picture.times.count

    @settings(max_examples=12, deadline=None)
    @given(some_ranges(count))
    def hold(ranges: list[tuple[int, int]]) -> None:
        assert_answers(path, ranges, look(path, ranges))

    hold()


@pytest.mark.parametrize("name", ["closed.mkv", "hevc.ts", "open.mkv", "pyramid.ts", "vp9.mkv"])
def test_windows_of_a_long_file_are_found_in_it(name: str) -> None:
    coder, container = name.split(".")
    path = remuxed(f"20 x {coder} as {container}.{container}", looped(20, f"{coder}.mp4"))
    rng = random.Random(name)
    ranges = []
    for _ in range(40):
        start = rng.randrange(3590)
        ranges.append((start, min(3600, start + rng.randrange(1, 200))))
    assert_answers(path, ranges, look(path, ranges))


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_run_is_found_in_every_open_group_of_hevc(container: str) -> None:
    path = clip(f"hevc.{container}")
    (window,) = look(path, [(30, 170)]).windows
    assert window is not None
    run = longest_run(window, 170)
    assert run is not None
    assert run.kind is SampleKind.CRA
    assert run.frames > 100


@pytest.mark.parametrize(
    ("name", "reason"),
    [("vfr.mp4", "its frame rate varies"), ("interlaced.mp4", "it is interlaced")],
)
def test_what_cannot_be_copied_has_a_reason(name: str, reason: str) -> None:
    answer = look(get(name).path, [(10, 100)])
    assert answer.reasons == {3: reason}
    assert answer.windows == (None,)


def test_another_codec_cannot_be_copied(tmp_path: Path) -> None:
    path = remuxed("other codec.mp4", "plain.mp4", "-c:v", "mpeg4")
    assert look(path, [(10, 100)]).reasons == {3: "mpeg4 cannot be copied"}


def test_open_groups_of_h264_have_a_reason() -> None:
    for container in CONTAINERS:
        answer = look(clip(f"open.{container}"), [(20, 100), (90, 170)])
        assert answer.reasons == {
            3: "no key frame inside its segments is a place to begin a copy at"
        }


@pytest.mark.parametrize("container", CONTAINERS)
def test_coding_that_changes_inside_the_file_has_a_reason(container: str) -> None:
    streams = [remuxed(f"{coder}.h264", f"{coder}.mp4", "-an") for coder in ("plain", "intra")]
    both = joined("both.h264", streams, raw=True)
    path = remuxed(f"two encoders.{container}", both, reading=("-r", "30000/1001"))
    assert footage_of(path).picture.times.count == 360
    assert look(path, [(0, 100)]).reasons == {}
    answer = look(path, [(20, 100), (200, 300)])
    assert "changes in the middle" in answer.reasons[3]


def test_two_sample_entries_have_a_reason(tmp_path: Path) -> None:
    data = clip("plain.mp4").read_bytes()
    boxes = {kind: data.index(kind) for kind in (b"stsd", b"stsc")}
    # All that is needed is a run of chunks that uses another entry.
    at = boxes[b"stsc"] + 8
    rows = struct.unpack_from(">I", data, at)[0]
    assert rows > 1
    changed = bytearray(data)
    struct.pack_into(">I", changed, at + 4 + 12 * (rows - 1) + 8, 2)
    path = tmp_path / "it.mp4"
    path.write_bytes(changed)
    answer = look(path, [(20, 100)], footage_of(clip("plain.mp4")))
    assert "changes in the middle" in answer.reasons[3]


def test_a_key_sample_that_is_none_is_not_believed(tmp_path: Path) -> None:
    path = clip("plain.mp4")
    keys = [at for at, (sample, is_key) in enumerate(all_samples(path)) if is_key]
    with av.open(str(path)) as media:
        packets = [p for p in media.demux(media.streams.video[0]) if p.size]
        lying = packets[keys[2]]
        data = bytearray(path.read_bytes())
        assert lying.pos is not None
        at, units = lying.pos, bytes(lying)
        place = units.index(b"\x65")
        data[at + place] = 0x61
    changed = tmp_path / "it.mp4"
    changed.write_bytes(data)
    (window,) = look(changed, [(keys[2] - 5, keys[3] + 5)]).windows
    assert window is not None
    assert window.key == GopSample(keys[3], SampleKind.IDR)


def test_a_file_that_is_not_what_the_probe_found_is_named(tmp_path: Path) -> None:
    for container in CONTAINERS:
        other = looped(2, f"closed.{container}")
        late = remuxed(f"late.{container}", f"closed.{container}", reading=("-itsscale", "1.1"))
        for path in (other, late):
            answer = look(path, [(100, 170)], footage_of(clip(f"closed.{container}")))
            if answer.off_grid:
                assert answer.reasons == {3: "its pictures are not where its index says"}
            else:
                # A window whose pictures are all where they were said to be is a right one.
                assert answer.windows == (plain_window(clip(f"closed.{container}"), 100, 170),)
                assert path is other


@pytest.mark.parametrize("container", ["mkv", "ts"])
def test_a_frame_missing_where_nobody_looked_is_missed_near_a_cut(container: str) -> None:
    whole = looped(60, "plain.mp4")
    path = without_frames(f"one missing.{container}", whole, range(6000, 6001))
    assert footage_of(path).picture.times.is_constant
    assert look(path, [(1000, 2000)]).reasons == {}
    answer = look(path, [(1000, 2000), (5000, 6010)])
    assert answer.off_grid == (3,)
    with opened(path) as fd:
        scanned = gather(fd, "it", "print", scan=True, report=lambda _: None)
    assert look(path, [(5000, 6010)], scanned).reasons == {3: "its frame rate varies"}


@pytest.mark.parametrize("container", CONTAINERS)
def test_damaged_files_are_answered_or_refused_with_their_name(
    container: str, tmp_path: Path
) -> None:
    whole = clip(f"pyramid.{container}")
    data, footage, rng = whole.read_bytes(), footage_of(whole), random.Random(container)
    path = tmp_path / f"it.{container}"
    ranges = [(5, 60), (60, 61), (70, 179)]
    answered, refusals = 0, set[str]()
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(rng.choice((1, 5, 200))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        path.write_bytes(changed[: rng.choice((len(data), len(data), rng.randrange(len(data))))])
        try:
            answer = look(path, ranges, footage)
        except SourceUnreadable as error:
            refusals.add(str(error))
        else:
            assert len(answer.windows) == 3
            answered += 1
    assert answered > 20
    assert all(sentence.startswith(whole.name) for sentence in refusals)


def test_a_hundred_and_fifty_cuts_in_an_hour_are_answered_at_once() -> None:
    path = looped(600, "closed.mp4")
    rng = random.Random(155)
    count = footage_of(path).picture.times.count
    starts = [rng.randrange(count - 400) for _ in range(155)]
    ranges = [(start, start + rng.randrange(30, 400)) for start in starts]
    began = time.process_time()
    answer = look(path, ranges)
    took = time.process_time() - began
    print(f"155 windows of an hour in {took * 1000:.0f} ms of processor")
    assert took < 0.3
    for (start, end), window in zip(ranges, answer.windows, strict=True):
        assert window is not None
        assert window.key is not None
        assert start <= window.key.display < end
        assert max(sample.display for sample in window.tail) >= end - 1
