"""A plan that believed an index learns better before a frame is rendered."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from config_schema.config import parse_config
from tests.engine.harness import FAST, Watcher
from tests.worker.clips import looped, without_frames
from worker.ffmpeg.run import Crew
from worker.media.resolve import SourceRoots, open_source
from worker.plan.plan import Plan
from worker.render.planner import Lessons, Planner


def plan_of(
    folder: Path, source: Path, segments: list[tuple[float, float]]
) -> tuple[Plan, Lessons]:
    """The plan of a copy of parts of one source, and what was learnt on the way."""
    (folder / "sources").mkdir()
    (folder / "sources" / source.name).write_bytes(source.read_bytes())
    body = {
        "version": 1,
        "id": "a-plan",
        "projectId": "p",
        "projectName": "p",
        "createdAt": "2026-11-22T19:41:41Z",
        "sources": [{"id": "a", "name": source.name, "filePath": source.name}],
        "segments": [{"sourceIndex": 0, "startTime": a, "endTime": b} for a, b in segments],
        "output": {"filePath": "out.mp4", "codec": "copy", "includeAudio": False},
    }
    config = parse_config(json.dumps(body).encode()).config
    watcher, lessons = Watcher(), Lessons()
    with contextlib.ExitStack() as stack:
        opened = open_source(source.name, source.name, SourceRoots(folder / "sources"))
        stack.callback(os.close, opened.fd)
        crew = stack.enter_context(Crew(FAST, is_cancelled=watcher.is_cancelled, log=watcher.log))
        planner = Planner(config, (opened,), folder, FAST)
        return planner.plan(crew, lessons, lambda _: None), lessons


def test_a_source_is_scanned_once_a_frame_is_missing_near_a_cut(tmp_path: Path) -> None:
    source = without_frames("one missing.mkv", looped(60, "plain.mp4"), range(6000, 6001))
    plan, lessons = plan_of(tmp_path, source, [(20.0, 60.0), (150.0, 200.3)])
    assert lessons.scan == {0}
    assert plan.footage[0].picture.times.count == 60 * 180 - 1
    assert not plan.footage[0].picture.times.is_constant


def test_a_source_that_is_what_its_index_says_is_not_scanned(tmp_path: Path) -> None:
    plan, lessons = plan_of(tmp_path, looped(60, "plain.mp4"), [(20.0, 60.0), (150.0, 200.3)])
    assert lessons.scan == set()
    assert any(span.copied for span in plan.program.spans)
