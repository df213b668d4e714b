"""What a file says of itself: title, time of creation, chapters; and no track more than it has."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from config_schema.timebase import FrameRange
from tests.engine.harness import Exported, assert_exported, config_of, export
from tests.media.decode import FFMPEG
from tests.media.footage import Source, tiny
from worker.plan.chapters import MOST_CHAPTERS, TITLE_CHARACTERS, Chapter
from worker.render import assemble
from worker.render.spec import AssembleSpec, read_spec

NAME = "Folge 12: „Wände“ \U0001f3ac / Teil\n2"
TITLE = "Folge 12: „Wände“ \U0001f3ac / Teil 2"
#: A look elsewhere of two seconds is no chapter.
TAKES = ((0, 0, 10), (1, 10, 22.5), (0, 22.5, 24.5), (1, 24.5, 26), (0, 26, 37))
CHAPTERS = [(Fraction(0), Fraction(10), "wide"), (Fraction(10), Fraction(26), "cłose up")]
CHAPTERS += [(Fraction(26), Fraction(37), "wide")]
FORMATS: dict[str, dict[str, Any]] = {
    "copied": {"codec": "copy"},
    "encoded": {"codec": "h264"},
    "webm": {"format": "webm", "codec": "h264"},
}


def exported(folder: Path, **output: Any) -> Exported:
    made = [tiny(camera, Fraction(40), Fraction(30)) for camera in (0, 1)]
    names = ("wide.mp4", "cłose up.MP4")
    sources = [Source(s.path, s.known, name) for s, name in zip(made, names, strict=True)]
    config = config_of(sources, TAKES, fps=30, **output) | {"projectName": NAME}
    return export(folder, config, sources)


def chapters(path: Path) -> list[tuple[Fraction, Fraction, str]]:
    with av.open(str(path)) as media:
        return [
            (c["start"] * c["time_base"], c["end"] * c["time_base"], c["metadata"]["title"])
            for c in media.chapters()
            if c["time_base"] is not None
        ]


@pytest.mark.parametrize("form", FORMATS)
def test_title_creation_time_and_chapters_arrive(form: str, tmp_path: Path) -> None:
    made = exported(tmp_path, **FORMATS[form])
    assert_exported(made)
    with av.open(str(made.rendered.path)) as media:
        assert [stream.type for stream in media.streams] == ["video", "audio"]
        assert media.metadata["title"] == TITLE
        created = datetime.fromisoformat(media.metadata["creation_time"])
    # mp4 counts whole seconds.
    assert created.replace(microsecond=0) == datetime(2026, 11, 22, 19, 41, 41, tzinfo=UTC)
    assert chapters(made.rendered.path) == CHAPTERS


def moov_size(path: Path) -> int:
    data = path.read_bytes()
    at = data.index(b"moov")
    return int.from_bytes(data[at - 4 : at], "big")


def test_a_large_file_has_room_for_the_longest_list_of_chapters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(tmp_path, codec="h264")
    spec = read_spec(tmp_path / "work" / "assemble.spec", AssembleSpec)
    title = "\U0001f3ac" * TITLE_CHARACTERS
    many = tuple(Chapter(FrameRange(11 * n, 11 * n + 11), title) for n in range(MOST_CHAPTERS))
    # Large files get their index into room that is left for it.
    monkeypatch.setattr(assemble, "REWRITE_BYTES", 0)
    sizes = []
    for number, marks in enumerate(((), many)):
        path = tmp_path / f"{number}.mp4"
        assemble.assemble(replace(spec, path=path, chapters=marks), lambda _: None)
        assert [mark for _, _, mark in chapters(path)] == [title] * len(marks)
        with av.open(str(path)) as media:
            assert [stream.type for stream in media.streams] == ["video", "audio"]
        sizes.append(moov_size(path))
    assert sizes[1] - sizes[0] <= MOST_CHAPTERS * assemble.INDEX_BYTES_PER_CHAPTER


def test_ffmpegs_own_program_sees_two_tracks_and_the_chapters(tmp_path: Path) -> None:
    made = exported(tmp_path, codec="copy")
    argv = [FFMPEG, "-hide_banner", "-i", f"file:{made.rendered.path}"]
    told = subprocess.run(argv, capture_output=True, check=False).stderr.decode()
    assert told.count("Stream #") == 2
    assert told.count("Chapter #") == 3
    assert "cłose up" in told
