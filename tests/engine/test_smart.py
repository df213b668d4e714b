"""Copied programmes: exact to the frame, and copied to the pixel wherever the report says so."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import pytest

from tests.engine.harness import Exported, assert_exported, config_of, export
from tests.media import footage
from tests.media.cameras import NTSC, camera
from tests.media.footage import Source

#: Cuts at all phases of the groups, one camera after the other, over 20 s.
TURNS = ((0, 0, 3.2), (1, 3.2, 7.533333), (2, 7.533333, 12.1), (0, 12.1, 16.7), (1, 16.7, 20))


def hashes(path: Path) -> Iterator[bytes]:
    """What each presented frame's pixels are, in order."""
    with av.open(str(path)) as media:
        for frame in media.decode(video=0):
            planes = []
            for plane in frame.planes:
                rows = memoryview(plane)
                wide = 2 if frame.format.components[0].bits > 8 else 1
                planes += [
                    rows[y * plane.line_size : y * plane.line_size + plane.width * wide]
                    for y in range(plane.height)
                ]
            yield b"".join(planes)


def copied_to_the_pixel(exported: Exported, sources: Sequence[Source]) -> int:
    """How many frames of the programme are, to the pixel, the frames that were asked for."""
    known = {source.known.camera: list(hashes(source.path)) for source in sources}
    firsts = {source.known.camera: source.known.frames[0][1] for source in sources}
    same = 0
    for asked, pixels in zip(exported.expected.frames, hashes(exported.rendered.path), strict=True):
        camera_of = getattr(asked, "camera", None)
        if camera_of in known:
            same += known[camera_of][asked.frame - firsts[camera_of]] == pixels  # type: ignore[union-attr]
    return same


def assert_copied(
    exported: Exported, sources: Sequence[Source], share: float, *, pixels: bool = True
) -> None:
    """Exact, copied to at least `share`, and proven to the pixel where the report says copied."""
    assert_exported(exported)
    totals = exported.rendered.report.totals
    assert totals.copied_frames >= share * totals.frames, exported.rendered.warnings
    if pixels:
        assert copied_to_the_pixel(exported, sources) == totals.copied_frames


MIXES = {
    "high, main and CAVLC in slices, groups of 2, 1 and 8 s": (
        ("high", 2), ("main", 1), ("baseline", 8),
    ),
    "one with an open group of pictures": (("high", 2), ("open", 2), ("main", 1)),
    "HEVC, closed and open": (("hevc", 2), ("hevc open", 2), ("hevc", 1)),
    "HEVC in ten bits": (("hevc 10", 2), ("hevc 10", 1), ("hevc 10", 4)),
    "nothing but key frames": (("intra", 1), ("intra", 2), ("intra", 4)),
}  # fmt: skip
SHARES = {"one with an open": 0.4, "nothing but": 1.0}


@pytest.mark.parametrize("mix", MIXES)
def test_cameras_that_code_differently_are_copied_into_one_programme(
    mix: str, tmp_path: Path
) -> None:
    sources = [camera(n + 1, way, gop) for n, (way, gop) in enumerate(MIXES[mix])]
    exported = export(tmp_path, config_of(sources, TURNS, codec="copy", fps=30), sources)
    share = next((s for name, s in SHARES.items() if mix.startswith(name)), 0.6)
    assert_copied(exported, sources, share)


def test_ntsc_cameras_in_two_containers_asked_at_30_keep_their_rate(tmp_path: Path) -> None:
    sources = [
        camera(1, "high", 2, suffix="mov", rate=NTSC),
        camera(2, "main", 1, suffix="mkv", rate=NTSC),
        camera(3, "high", 1, suffix="mov", rate=NTSC),
    ]
    exported = export(tmp_path, config_of(sources, TURNS, codec="copy", fps=30), sources)
    assert exported.expected.rate == NTSC
    assert_copied(exported, sources, 0.6)


def test_a_transport_stream_a_cut_file_and_a_late_picture_are_copied(tmp_path: Path) -> None:
    names = ("ten seconds in.ts", "cut.mp4", "late picture.mp4")
    sources = [footage.get(name) for name in names]
    cuts = ((0, 0.6, 3.9), (1, 0.5, 4.2), (2, 0.9, 4.8), (0, 1.0, 4.6))
    exported = export(tmp_path, config_of(sources, cuts, codec="copy", fps=30), sources)
    assert_copied(exported, sources, 0.4, pixels=False)


def test_what_is_off_the_lead_format_is_converted_in_its_segments_only(tmp_path: Path) -> None:
    sources = [
        camera(1, "high", 2),
        footage.get("vfr.mp4"),
        camera(2, "main", 1, width=480, height=270),
        camera(3, "hevc", 2),
    ]
    cuts = ((0, 0, 5.2), (1, 1, 2.4), (0, 6, 12), (2, 3, 4.5), (3, 2, 3.3), (0, 12.4, 18))
    exported = export(tmp_path, config_of(sources, cuts, codec="copy", fps=30), sources)
    assert_copied(exported, sources, 0.6)
    text = " ".join(exported.rendered.warnings)
    for words in ("rate varies", "480 x 270", "H.265"):
        assert words in text


def test_ranges_used_twice_out_of_order_and_shorter_than_three_frames(tmp_path: Path) -> None:
    sources = [camera(1, "high", 2), camera(2, "main", 1)]
    cuts = (
        (0, 10, 15), (0, 10, 15), (1, 4, 4.066667), (0, 2, 7), (1, 0.5, 0.533333),
        (1, 15, 19), (0, 1.9, 6.1), (1, 15, 19),
    )  # fmt: skip
    exported = export(tmp_path, config_of(sources, cuts, codec="copy", fps=30), sources)
    assert_copied(exported, sources, 0.6)


def test_a_thousand_segments_between_and_within_groups(tmp_path: Path) -> None:
    sources = [camera(1, "high", 1), camera(2, "main", 0.5), camera(3, "intra", 1)]
    chance = random.Random(5)
    cuts = []
    lengths = Counter[int]()
    for _ in range(1000):
        frames = chance.choice((1, 2, 3, 5, 8, 13, 21, 34))
        lengths[frames] += 1
        start = chance.randrange(600 - frames)
        cuts.append((chance.randrange(3), round(start / 30, 6), round((start + frames) / 30, 6)))
    exported = export(tmp_path, config_of(sources, cuts, codec="copy", fps=30), sources)
    assert_copied(exported, sources, 0.2)


def test_most_of_a_programme_of_ten_second_segments_is_copied(tmp_path: Path) -> None:
    sources = [camera(1, "high", 2), camera(2, "high", 2), camera(3, "main", 2)]
    chance = random.Random(7)
    cuts = []
    for number in range(12):
        start = round(chance.uniform(0, 9.9), 6)
        cuts.append((number % 3, start, round(start + 10, 6)))
    exported = export(tmp_path, config_of(sources, cuts, codec="copy", fps=30), sources)
    assert_copied(exported, sources, 0.85)
