"""What a dry run says is what the export then does, and it says it at once."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from config_schema.config import ParsedConfig, parse_config
from config_schema.errors import ConfigInvalid
from config_schema.preview import Preview
from tests.engine.harness import FAST, Watcher
from tests.worker.clips import clip, looped
from tests.worker.survey.large import enlarged
from worker.ffmpeg.run import Crew
from worker.media.resolve import SourceRoots, open_source
from worker.render.export import render_nursery
from worker.render.planner import Lessons, Planner
from worker.render.reporting import segment_reports
from worker.survey import dry_run
from worker.survey.dry_run import preview
from worker.survey.lane import Lane


@pytest.fixture
def roots(tmp_path: Path) -> SourceRoots:
    (tmp_path / "sources").mkdir()
    return SourceRoots(tmp_path / "sources")


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    return Lane(lambda: FAST, tmp_path / "looks")


def config_of(*names: str, count: int = 40, **output: Any) -> ParsedConfig:
    body = {
        "version": 1,
        "id": "a",
        "projectId": "p",
        "projectName": "p",
        "createdAt": "2026-11-22T19:41:41Z",
        "sources": [{"id": name, "name": name, "filePath": name} for name in names],
        "segments": [
            {"sourceIndex": n % len(names), "startTime": n * 2.5, "endTime": n * 2.5 + 2.5}
            for n in range(count)
        ],
        "output": {"filePath": "out.mp4", **output},
    }
    return parse_config(json.dumps(body).encode())


def planned(parsed: ParsedConfig, roots: SourceRoots, folder: Path) -> Any:
    """The plan that the export itself would have."""
    watcher = Watcher()
    with contextlib.ExitStack() as stack:
        nursery = stack.enter_context(contextlib.closing(render_nursery(FAST)))
        opened = []
        for source in parsed.config.sources:
            opened.append(open_source(source.file_path, source.name, roots))
            stack.callback(os.close, opened[-1].fd)
        crew = stack.enter_context(
            Crew(FAST, is_cancelled=watcher.is_cancelled, log=watcher.log, nursery=nursery)
        )
        planner = Planner(parsed.config, tuple(opened), folder, FAST)
        return planner.plan(crew, Lessons(), lambda _: None)


@pytest.mark.parametrize("output", [{}, {"codec": "h264"}, {"format": "webm"}])
def test_it_says_what_the_export_plans(
    tmp_path: Path, roots: SourceRoots, lane: Lane, output: dict[str, Any]
) -> None:
    for name in ("closed.mp4", "plain.mp4"):
        (roots.base / name).write_bytes(looped(20, name).read_bytes())
    parsed = config_of("closed.mp4", "plain.mp4", **output)
    said = Preview.model_validate_json(preview(parsed, roots, lane, FAST.piece_seconds))
    plan = planned(parsed, roots, tmp_path)
    assert said.plan.segments == segment_reports(plan)
    assert said.warnings == plan.warnings
    totals = said.plan.totals
    assert totals.frames == plan.program.frames
    assert (totals.copied_frames > 0) == (not output)
    assert totals.copied_frames + totals.converted_frames + totals.black_frames == totals.frames
    assert said.plan.estimated_seconds > 0
    assert said.plan.estimated_bytes > 0


def test_copying_is_thought_quicker_and_the_file_as_large_as_what_is_copied(
    roots: SourceRoots, lane: Lane
) -> None:
    source = roots.base / "closed.mp4"
    source.write_bytes(looped(200, "closed.mp4").read_bytes())
    plans = {}
    for codec in ("copy", "h264", "h265"):
        parsed = config_of("closed.mp4", count=1, codec=codec, includeAudio=False)
        half = parsed.config.segments[0].model_copy(update={"end_time": 600})
        config = parsed.config.model_copy(update={"segments": (half,)})
        said = preview(ParsedConfig(config, ()), roots, lane, 60)
        plans[codec] = Preview.model_validate_json(said).plan
    seconds = [plans[codec].estimated_seconds for codec in ("copy", "h264", "h265")]
    assert seconds == sorted(seconds)
    assert plans["copy"].totals.copied_frames > 0.99 * plans["copy"].totals.frames
    # Half of 1201 seconds is asked for.
    half_bytes = source.stat().st_size / 2
    assert plans["copy"].estimated_bytes == pytest.approx(half_bytes, rel=0.02)


def test_28_gb_are_planned_from_their_indexes(
    roots: SourceRoots, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("wide.mp4", "close.mp4")
    for name in names:
        enlarged(looped(20, "closed.mp4"), roots.base / name, 14 * 10**9)
    # Reading them, holes and all, would take longer, and computing that long is not allowed.
    monkeypatch.setattr(dry_run, "DRY_RUN_SECONDS", 6.0)
    said = Preview.model_validate_json(preview(config_of(*names), roots, lane, 60))
    assert said.plan.totals.copied_frames > said.plan.totals.converted_frames
    assert said.plan.output.seconds == pytest.approx(100, abs=0.05)


def test_every_source_that_cannot_be_read_is_named(roots: SourceRoots, lane: Lane) -> None:
    (roots.base / "good.mp4").write_bytes(clip("closed.mp4").read_bytes())
    (roots.base / "text.mp4").write_bytes(b"nothing of a film")
    (roots.base / "half.mp4").write_bytes(clip("closed.mp4").read_bytes()[:3000])
    with pytest.raises(ConfigInvalid) as refused:
        preview(config_of("text.mp4", "good.mp4", "half.mp4", count=3), roots, lane, 60)
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [
        ("sources[0].filePath", "source_unreadable"),
        ("sources[2].filePath", "source_unreadable"),
    ]
    assert "text.mp4" in refused.value.faults[0].message


def test_a_programme_shorter_than_a_frame_is_refused_as_the_export_is(
    roots: SourceRoots, lane: Lane
) -> None:
    (roots.base / "a.mp4").write_bytes(clip("closed.mp4").read_bytes())
    parsed = config_of("a.mp4", count=1)
    short = parsed.config.segments[0].model_copy(update={"end_time": 0.001})
    config = parsed.config.model_copy(update={"segments": (short,)})
    with pytest.raises(ConfigInvalid) as refused:
        preview(ParsedConfig(config, ()), roots, lane, 60)
    assert refused.value.faults[0].code == "empty_programme"


def test_a_source_that_has_to_be_read_through_ends_the_dry_run_and_says_so(
    roots: SourceRoots, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    (roots.base / "a.mp4").write_bytes(clip("closed.mp4").read_bytes())
    monkeypatch.setattr(dry_run, "DRY_RUN_SECONDS", 1e-6)
    with pytest.raises(ConfigInvalid) as refused:
        preview(config_of("a.mp4", count=1), roots, lane, 60)
    assert refused.value.faults[0].code == "look_too_slow"
