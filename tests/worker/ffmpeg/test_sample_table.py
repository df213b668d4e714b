"""Sample tables say what libav's demuxer hands out; hostile ones say nothing, and quickly."""

from __future__ import annotations

import os
import random
import struct
import tempfile
import tracemalloc
from collections.abc import Callable, Iterable, Sequence, Sized
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.media.footage import CATALOGUE, get
from tests.worker.clips import CLIPS, clip, remuxed
from worker.ffmpeg.media import open_media, picture_stream
from worker.ffmpeg.movie_stamps import indexed_stamps
from worker.ffmpeg.sample_table import NoTable, SampleTable, read_sample_table

MOVIES = (".mp4", ".mov")
NESTED = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts")

Boxes = list[tuple[bytes, "Boxes | bytes"]]
#: What becomes of the content of a box, or None to leave the box out.
Change = Callable[[bytes], bytes | None]


def table_of(path: Path) -> SampleTable:
    """The table of the picture of a file."""
    with av.open(str(path)) as media:
        track = picture_stream(media, "it").id
    fd = os.open(path, os.O_RDONLY)
    try:
        return read_sample_table(fd, track)
    finally:
        os.close(fd)


def demuxed(path: Path) -> list[tuple[int | None, int | None, int, bool, bool]]:
    """What libav hands out of the picture: stamp, position, size, key, discarded."""
    with av.open(str(path)) as media:
        return [
            (packet.pts, packet.pos, packet.size, packet.is_keyframe, packet.is_discard)
            for packet in media.demux(picture_stream(media, "it"))
            if packet.size
        ]


def assert_same(path: Path) -> SampleTable:
    """Hold the table of a file against its packets."""
    table, packets = table_of(path), demuxed(path)
    assert table.presented is not None
    first = int(np.flatnonzero(table.position == packets[0][1])[0])
    rows = zip(
        table.presented.tolist(),
        table.position.tolist(),
        table.size.tolist(),
        table.is_key.tolist(),
        table.is_hidden.tolist(),
        strict=True,
    )
    assert list(rows)[first : first + len(packets)] == packets
    # libav leaves out some of what is hidden, and never anything else.
    assert table.is_hidden[:first].all()
    assert table.is_hidden[first + len(packets) :].all()
    return table


def take_apart(data: bytes) -> Boxes:
    found: Boxes = []
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + size]
        found.append((kind, take_apart(content) if kind in NESTED else content))
        at += size
    return found


def put_together(boxes: Boxes) -> bytes:
    parts = []
    for kind, content in boxes:
        inner = content if isinstance(content, bytes) else put_together(content)
        parts.append(struct.pack(">I4s", len(inner) + 8, kind) + inner)
    return b"".join(parts)


def changed(boxes: Boxes, changes: dict[bytes, Change], *, first_track_only: bool = True) -> Boxes:
    """The boxes with some replaced in the first track, which is the picture."""
    made: Boxes = []
    seen_track = False
    for kind, content in boxes:
        is_other_track = kind == b"trak" and seen_track and first_track_only
        seen_track |= kind == b"trak"
        if is_other_track:
            made.append((kind, content))
        elif not isinstance(content, bytes):
            made.append((kind, changed(content, changes)))
        elif kind not in changes:
            made.append((kind, content))
        elif (after := changes[kind](content)) is not None:
            made.append((kind, after))
    return made


def with_changes(source: Path, path: Path, changes: dict[bytes, Change]) -> Path:
    """A copy of a file whose moov stands behind its media, with boxes of its picture changed."""
    boxes = take_apart(source.read_bytes())
    kinds = [kind for kind, _ in boxes]
    assert kinds.index(b"moov") > kinds.index(b"mdat"), "positions would have to be rewritten"
    path.write_bytes(put_together(changed(boxes, changes)))
    return path


def edit_list(edits: Iterable[tuple[int, int]]) -> Change:
    """An elst of (length in movie ticks, start in media ticks)."""
    rows = [struct.pack(">IiHH", length, start, 1, 0) for length, start in edits]
    return lambda _: bytes(4) + struct.pack(">I", len(rows)) + b"".join(rows)


@pytest.mark.parametrize("name", [n for n in CATALOGUE if n.endswith(MOVIES)])
def test_the_catalogue_is_shown_as_libav_shows_it(name: str) -> None:
    source = get(name)
    if name == "fragmented.mp4":
        with pytest.raises(NoTable):
            table_of(source.path)
        return
    table = assert_same(source.path)
    assert table.presented is not None
    shown = np.sort(table.presented[~table.is_hidden]).tolist()
    times = [Fraction(stamp, table.timescale) for stamp in shown]
    assert len(times) == len(source.known.frames)
    slack = Fraction(1, table.timescale)
    for found, (due, _) in zip(times, source.known.frames, strict=True):
        assert abs(found - due) <= slack


@pytest.mark.parametrize("name", [n for n in CLIPS if n.endswith(MOVIES)])
def test_every_kind_of_group_is_shown_as_libav_shows_it(name: str) -> None:
    table = assert_same(clip(name))
    assert table.entry in ("avc1", "hvc1", "vp09")
    assert table.config


@pytest.mark.parametrize("coder", ["closed", "open", "pyramid", "hevc"])
def test_negative_composition_offsets_are_taken_as_libav_takes_them(coder: str) -> None:
    path = remuxed(f"{coder} negative.mov", f"{coder}.mp4", "-movflags", "negative_cts_offsets")
    table = assert_same(path)
    assert (table.shown < table.decoded).any()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["closed", "open", "pyramid", "plain", "hevc"]),
    st.lists(st.integers(0, 1500), max_size=2),
    st.integers(0, 150),
    st.integers(-700, 700),
    st.integers(5, 7000),
    st.booleans(),
)
def test_any_single_edit_is_applied_as_libav_applies_it(
    coder: str, empty: list[int], frame: int, off: int, length: int, negative: bool
) -> None:
    # Lengths are in movie ticks: milliseconds; starts in media ticks of which a frame has 1001.
    edits = [*((delay, -1) for delay in empty), (length, max(0, frame * 1001 + off))]
    source = clip(f"{coder}.mp4")
    if negative:
        options = ("-movflags", "negative_cts_offsets")
        source = remuxed(f"{coder} negative.mov", f"{coder}.mp4", *options)
    with tempfile.TemporaryDirectory() as folder:
        path = with_changes(source, Path(folder) / "it.mp4", {b"elst": edit_list(edits)})
        table = table_of(path)
        if table.presented is None:
            assert not table.shown.size or not (~table.is_hidden).any()
            return
        assert_same(path)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["closed", "open", "pyramid"]),
    st.lists(st.tuples(st.integers(100, 3000), st.integers(0, 5000)), min_size=2, max_size=4),
)
def test_an_edit_list_of_several_parts_is_left_to_libav(
    coder: str, edits: list[tuple[int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = clip(f"{coder}.mp4")
        path = with_changes(source, Path(folder) / "it.mp4", {b"elst": edit_list(edits)})
        assert table_of(path).presented is None
        due = sorted(
            {stamp for stamp, *_, hidden in demuxed(path) if not hidden and stamp is not None}
        )
        opening = [stamp for stamp, *_, hidden in demuxed(path)[:70] if not hidden]
        fd = os.open(path, os.O_RDONLY)
        with open_media(fd, "it") as media:
            found = indexed_stamps(fd, picture_stream(media, "it"), opening)  # type: ignore[arg-type]
        os.close(fd)
        assert found is None or found.sorted == due


def test_without_an_edit_list_the_picture_is_as_late_as_it_is_reordered(tmp_path: Path) -> None:
    path = with_changes(clip("closed.mp4"), tmp_path / "it.mp4", {b"elst": lambda _: None})
    table = assert_same(path)
    assert table.presented is not None
    assert int(table.presented.min()) > 0


def test_large_offsets_and_compact_sizes_are_read(tmp_path: Path) -> None:
    def wide(stco: bytes) -> bytes:
        return stco[:8] + b"".join(bytes(4) + stco[at : at + 4] for at in range(8, len(stco), 4))

    def compact(stsz: bytes) -> bytes:
        sizes = struct.unpack(f">{len(stsz[12:]) // 4}I", stsz[12:])
        return bytes(7) + b"\x10" + stsz[8:12] + struct.pack(f">{len(sizes)}H", *sizes)

    boxes = take_apart(clip("pyramid.mp4").read_bytes())
    made = put_together(changed(boxes, {b"stco": wide, b"stsz": compact}))
    # Only the picture's boxes, which come first, have changed.
    path = tmp_path / "it.mp4"
    path.write_bytes(made.replace(b"stco", b"co64", 1).replace(b"stsz", b"stz2", 1))
    assert_same(path)


def test_partial_sync_samples_are_key_samples(tmp_path: Path) -> None:
    boxes = take_apart(clip("open.mp4").read_bytes())
    path = tmp_path / "it.mp4"
    path.write_bytes(put_together(boxes).replace(b"stss", b"stps", 1))
    assert_same(path)


HOSTILE = (0, 1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFF00, 1 << 20)


def hostile_variants(source: Path, count: int) -> Iterable[bytes]:
    """The file with a few words of its moov replaced, or cut off somewhere."""
    data = source.read_bytes()
    start = data.index(b"moov") - 4
    rng = random.Random(3)
    for number in range(count):
        made = bytearray(data)
        for _ in range(rng.choice((1, 1, 1, 3))):
            at = rng.randrange(start, len(made) - 4)
            if rng.random() < 0.7:
                # Words are mostly aligned to the boxes before them.
                made[at : at + 4] = rng.choice(HOSTILE).to_bytes(4, "big")
            else:
                made[at] = rng.randrange(256)
        yield bytes(made[: rng.randrange(start, len(made))] if number % 10 == 9 else made)


@pytest.mark.parametrize("name", ["pyramid.mp4", "hevc.mov"])
def test_hostile_tables_are_refused_and_nothing_else_happens(name: str, tmp_path: Path) -> None:
    path = tmp_path / "it"
    source = clip(name)
    whole = table_of(source)
    read = refused = 0
    tracemalloc.start()
    for data in hostile_variants(source, 700):
        path.write_bytes(data)
        del data
        fd = os.open(path, os.O_RDONLY)
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        try:
            table = read_sample_table(fd, 1)
        except NoTable:
            refused += 1
        else:
            read += 1
            assert int((table.position + table.size).max(initial=0)) <= path.stat().st_size
            lengths = {len(column) for column in columns_of(table)}
            assert lengths == {table.count}
        finally:
            os.close(fd)
        # A hundred and eighty samples, and what Python itself needs.
        assert tracemalloc.get_traced_memory()[1] - before < 300_000
    tracemalloc.stop()
    assert read > 50
    assert refused > 50
    assert whole.count


def columns_of(table: SampleTable) -> Sequence[Sized]:
    columns = [table.decoded, table.shown, table.position, table.size, table.is_key]
    return [*columns, table.is_hidden, *([] if table.presented is None else [table.presented])]
