"""A render that is stopped: quickly, without leaving a process, and taken up where it was left."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config_schema.config import parse_config
from config_schema.errors import Cancelled
from config_schema.status import Progress, Stage
from tests.engine.harness import FAST, Watcher, config_of
from tests.media.footage import get, place
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from worker.ffmpeg.run import EngineSettings
from worker.media.resolve import SourceRoots, open_source
from worker.render.export import Rendered, render_export
from worker.render.job import RenderJob

#: The contract: FFmpeg is gone 2 s after the DELETE.
GONE_SECONDS = 2
CUTS = ((0, 0.0, 2.5), (0, 1.0, 3.5), (0, 2.0, 4.5))


class Stopper(Watcher):
    """Cancels when it has seen what it waits for, and notes when that was."""

    def __init__(self, work: Path, stage: Stage, pieces: int = 0, suffix: str = ".mp4") -> None:
        super().__init__()
        self._work = work
        self._stage = stage
        self._pieces = pieces
        self._suffix = suffix
        self.cancelled_at = 0.0

    def is_turn_over(self) -> bool:
        return False

    def is_cancelled(self) -> bool:
        done = len(list((self._work / "pieces").glob(f"*{self._suffix}")))
        stages = {progress.stage for progress in self.seen}
        if self._stage in stages and done >= self._pieces and not self.cancelled_at:
            self.cancelled_at = time.monotonic()
        return self.cancelled_at > 0


class Folder:
    """A job that can be rendered again and again in the same work folder."""

    def __init__(self, path: Path, **output: Any) -> None:
        self.work = path / "work"
        self.work.mkdir()
        self.pieces = self.work / "pieces"
        self.pieces.mkdir()
        self.source = get("sixty.mp4")
        asked = {"codec": "h264", "fps": 30, "width": 160, "height": 90, **output}
        self.config = config_of([self.source], CUTS, **asked)
        self.roots = SourceRoots(path / "sources")
        place(self.roots.base, self.source)

    def render(
        self, watcher: Watcher, *, keep_fds: tuple[int, ...] = (), engine: EngineSettings = FAST
    ) -> Rendered:
        config = parse_config(json.dumps(self.config).encode()).config
        opened = open_source(self.source.name, self.source.name, self.roots)
        try:
            job = RenderJob(config, (opened,), self.work, self.pieces, keep_fds)
            return render_export(job, engine, watcher)
        finally:
            os.close(opened.fd)

    def assert_exact(self, rendered: Rendered) -> None:
        assert_exact(rendered.path, expect(self.config, [self.source.known]))


@contextlib.contextmanager
def held_by_children() -> Iterator[tuple[int, int]]:
    """A pipe whose writing end every child holds: at its end, all of them are gone."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


@pytest.mark.parametrize(
    ("stage", "codec"),
    [
        (Stage.PLANNING, "h264"),
        (Stage.RENDERING, "h264"),
        (Stage.RENDERING, "copy"),
        (Stage.ASSEMBLING, "copy"),
        (Stage.VERIFYING, "h264"),
    ],
)
def test_a_cancelled_render_is_gone_in_time_with_all_its_processes(
    stage: Stage, codec: str, tmp_path: Path
) -> None:
    folder = Folder(tmp_path, codec=codec)
    stopper = Stopper(folder.work, stage)
    with held_by_children() as (reading, writing):
        with pytest.raises(Cancelled):
            folder.render(stopper, keep_fds=(writing,))
        took = time.monotonic() - stopper.cancelled_at
        os.close(writing)
        ready, _, _ = select.select([reading], [], [], 0)
        assert ready, "a process is still there"
    assert took < GONE_SECONDS
    assert [progress.stage for progress in stopper.seen][-1] == stage


def test_a_render_goes_on_from_its_finished_pieces(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "worker.render.making")
    folder = Folder(tmp_path)
    with pytest.raises(Cancelled):
        folder.render(Stopper(folder.work, Stage.RENDERING, pieces=1))
    (first,) = (folder.work / "pieces").glob("*.mp4")
    made_at = first.stat().st_mtime_ns
    watcher = Watcher()
    rendered = folder.render(watcher)
    folder.assert_exact(rendered)
    assert rendered.report.totals.pieces_reused >= 1
    assert first.stat().st_mtime_ns == made_at
    runs = [line for line in watcher.lines if line.startswith("run picture")]
    sounds = len(list(folder.pieces.glob("*.m4a")))
    assert len(runs) == rendered.report.totals.pieces - sounds - 1  # without the first
    # The log names each once, by job and piece, over both tries.
    made = [(line.__dict__["job"], line.__dict__["piece"]) for line in caplog.records]
    pieces = [path.stem for path in folder.pieces.glob("*.m*")]
    assert sorted(made) == sorted((folder.config["id"], piece) for piece in pieces)


def test_the_sound_goes_on_from_its_finished_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.plan.plan.SOUND_SHARE", 0.4)  # of 2.5 s
    folder = Folder(tmp_path)
    with pytest.raises(Cancelled):
        folder.render(Stopper(folder.work, Stage.RENDERING, pieces=3, suffix=".m4a"))
    kept = {path: path.stat().st_mtime_ns for path in folder.pieces.glob("*.m4a")}
    watcher = Watcher()
    folder.assert_exact(folder.render(watcher))
    made = [line for line in watcher.lines if line.startswith("run sound")]
    assert (3 <= len(kept) < 8, len(made)) == (True, 8 - len(kept))
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_only_what_is_whole_is_used_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    first = folder.render(Watcher())
    again = folder.render(Watcher())
    assert again.report.totals.pieces_reused == first.report.totals.pieces
    assert again.report.output == first.report.output
    one, two, *_ = sorted((folder.work / "pieces").glob("*.mp4"))
    one.rename(one.with_suffix(".mp4.part"))
    two.with_suffix(".json").write_bytes(b"")
    rendered = folder.render(Watcher())
    folder.assert_exact(rendered)
    assert rendered.report.totals.pieces_reused == rendered.report.totals.pieces - 2


def test_the_same_shown_twice_is_made_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.config["segments"] = [dict(folder.config["segments"][0]) for _ in range(3)]
    watcher = Watcher()
    folder.assert_exact(folder.render(watcher))
    assert sum(line.startswith("run picture") for line in watcher.lines) == 1


def test_a_frame_in_every_piece_is_as_exact(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.config["segments"] = [{"sourceIndex": 0, "startTime": 1, "endTime": 1.2}]
    rendered = folder.render(Watcher(), engine=replace(FAST, piece_seconds=0.001))
    folder.assert_exact(rendered)
    assert rendered.report.totals.pieces == 6  # the sound is copied


def test_what_is_told_ends_below_one(tmp_path: Path) -> None:
    watcher = Watcher()
    Folder(tmp_path).render(watcher)
    told: list[Progress] = watcher.seen
    assert told[-1].fraction < 1
    assert {progress.stage for progress in told} >= {Stage.PLANNING, Stage.RENDERING}
