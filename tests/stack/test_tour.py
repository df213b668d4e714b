"""What the operator's tour writes down; the tour itself is `python -m tests.stack.tour`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stack.tour import BEGIN, DOCUMENT, END, LONGEST_LINE, Transcript, shortened

PLACES = {"/here/": "", "http://127.0.0.1:41": "http://127.0.0.1:8000"}


def test_a_transcript_names_no_place_of_this_machine_and_has_no_long_lines() -> None:
    text = f"run /here/.venv/bin/python /here/media  \nat http://127.0.0.1:41/\n{'x' * 500}"
    first, second, third = shortened(text, PLACES).split("\n")
    assert first == "run .venv/bin/python media"
    assert second == "at http://127.0.0.1:8000/"
    assert (len(third), third[-1]) == (LONGEST_LINE, "…")


def test_what_is_typed_is_run_in_a_shell_that_knows_the_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    (tmp_path / "media" / ".stack").mkdir(parents=True)
    (tmp_path / "media" / ".stack" / "environment").write_text("export REDIS_URL=redis://x\n")
    tour = Transcript(tmp_path, PLACES)
    assert tour.type("true", "echo $REDIS_URL") == "redis://x\n"
    assert str(tour) == "```console\n$ true\n$ echo $REDIS_URL\nredis://x\n```\n"


def test_the_tour_in_the_docs_ends_well() -> None:
    told = DOCUMENT.read_text().partition(BEGIN)[2].partition(END)[0]
    lines = told.splitlines()
    assert any("attempt 1: failed" in line for line in lines)
    assert any("attempt 2: completed" in line for line in lines)
    assert "frames are exactly the frames asked for" in told
