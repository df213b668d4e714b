"""One export by the engine alone, as the worker's task would ask for it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config_schema.config import parse_config
from config_schema.status import Progress
from tests.media.decode import FFMPEG
from tests.media.footage import Source, place
from tests.media.oracle import Expected, expect
from tests.media.verify import Verdict, assert_exact
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.run import EngineSettings
from worker.ffmpeg.sandbox.walls import Keeping
from worker.jobs.piece_cache import PieceCache
from worker.media.resolve import SourceRoots, open_source
from worker.render.export import Rendered, render_export
from worker.render.job import RenderJob

#: The pictures are small and the clips short; what is tested does not depend on the preset.
FAST = EngineSettings(
    ffmpeg=FFMPEG,
    piece_seconds=2.5,
    keeping=Keeping(nice=0),
    presets={"h264": "ultrafast", "h265": "ultrafast", "vp9": "8"},
)


@dataclass
class Watcher:
    """An observer that keeps what it is told."""

    seen: list[Progress] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def progress(self, progress: Progress) -> None:
        self.seen.append(progress)

    def is_turn_over(self) -> bool:
        return False

    def is_cancelled(self) -> bool:
        return False

    def log(self, line: str) -> None:
        self.lines.append(line)


@dataclass(frozen=True)
class Exported:
    """A finished export and what was due."""

    rendered: Rendered
    expected: Expected
    watcher: Watcher


def config_of(
    sources: Sequence[Source], segments: Sequence[tuple[int, float, float]], **output: Any
) -> dict[str, Any]:
    """A config over `sources`, its segments given as (source, start, end)."""
    return {
        "version": 1,
        "id": "a-programme",
        "projectId": "p",
        "projectName": "A programme",
        "createdAt": "2026-11-22T19:41:41.256Z",
        "sources": [source.config() for source in sources],
        "segments": [
            {"sourceIndex": index, "startTime": start, "endTime": end}
            for index, start, end in segments
        ],
        "output": {"filePath": "out.mp4", **output},
    }


def export(
    folder: Path,
    config: dict[str, Any],
    sources: Sequence[Source],
    *,
    engine: EngineSettings = FAST,
) -> Exported:
    """Render a config whose sources are these, in its own order of sources."""
    place(folder / "sources", *sources)
    watcher = Watcher()
    rendered = render(folder, config, engine, watcher)
    return Exported(rendered, expect(config, [source.known for source in sources]), watcher)


def render(
    folder: Path,
    config: dict[str, Any],
    engine: EngineSettings,
    watcher: Watcher,
    nursery: Nursery | None = None,
    *,
    cache: PieceCache | None = None,
) -> Rendered:
    """Render a config whose sources lie in the folder's `sources/` already."""
    roots = SourceRoots(folder / "sources")
    parsed = parse_config(json.dumps(config).encode())
    work = folder / "work"
    work.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        opened = []
        for entry in parsed.config.sources:
            source = open_source(entry.file_path, entry.name, roots)
            stack.callback(os.close, source.fd)
            opened.append(source)
        pieces = work / "pieces"
        pieces.mkdir(exist_ok=True)
        job = RenderJob(parsed.config, tuple(opened), work, pieces, cache=cache)
        return render_export(job, engine, watcher, nursery)


def assert_exported(exported: Exported) -> Verdict:
    """Hold the file against the oracle, and the engine's words against the file."""
    verdict = assert_exact(exported.rendered.path, exported.expected)
    fractions = [progress.fraction for progress in exported.watcher.seen]
    assert fractions == sorted(fractions)
    return verdict
