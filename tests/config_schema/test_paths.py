"""A source's path is judged by its text alone, without a disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config_schema.paths import path_fault


@pytest.mark.parametrize(
    "path",
    [
        "cam0.mp4",
        "day 1/C0001.MP4",
        "Studio CAM 2 'final' #1 (ü).mp4",
        "/data/media/sources/cam0.mp4",
        "a..b.mp4",
        "...",
        ".hidden.mp4",
        "-i",
        "img%03d.png",
        "Episode 12: intro.mp4",
        "12:30.mp4",
        "日本語/カメラ.mp4",
        "👩‍👩‍👧.mp4",
        "a" * 255,
        "ü" * 127,
    ],
)
def test_names_that_people_give_their_files_pass(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", "empty_path"),
        ("  ", "empty_path"),
        ("..", "parent_folder"),
        ("../cam0.mp4", "parent_folder"),
        ("a/../b.mp4", "parent_folder"),
        ("/data/media/sources/..", "parent_folder"),
        ("..\\cam0.mp4", "parent_folder"),
        ("cam\0.mp4", "control_character"),
        ("cam\n.mp4", "control_character"),
        ("cam\x7f.mp4", "control_character"),
        ("cam\x85.mp4", "control_character"),
        ("http://example.org/cam0.mp4", "protocol_prefix"),
        ("HTTPS://example.org/cam0.mp4", "protocol_prefix"),
        ("file:cam0.mp4", "protocol_prefix"),
        ("file:///etc/passwd", "protocol_prefix"),
        ("concat:a.mp4|b.mp4", "protocol_prefix"),
        ("subfile,,start,0,end,9,,:cam0.mp4", "protocol_prefix"),
        ("hls+http://example.org", "protocol_prefix"),
        (" tcp://127.0.0.1", "protocol_prefix"),
        ("pipe:0", "protocol_prefix"),
        ("C:\\cam0.mp4", "protocol_prefix"),
        ("a" * 256, "too_long"),
        ("ü" * 128, "too_long"),
        ("a/" * 2049, "too_long"),
    ],
)
def test_paths_that_lead_elsewhere_are_refused(path: str, code: str) -> None:
    fault = path_fault(path)
    assert fault is not None
    assert fault.code == code
    assert fault.said.isprintable()


@given(st.text(st.characters()))
def test_any_text_is_judged(path: str) -> None:
    fault = path_fault(path)
    assert fault is None or fault.said.isprintable()
