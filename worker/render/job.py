"""What a render is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from config_schema.config import ExportConfig
from worker.jobs.piece_cache import PieceCache
from worker.media.resolve import OpenSource
from worker.render.claims import PieceLimits


@dataclass(frozen=True)
class RenderJob:
    """What to render, from which opened files, in which folders.

    `sources[i]` is `config.sources[i]`. `work` is this render's alone; `pieces` is kept between
    attempts and shared: finished pieces found in it are used, and others may make some at the
    same time, told by the file `offer` (see guest.py). `keep_fds` are inherited by every child
    (the job's lock).
    """

    config: ExportConfig
    sources: tuple[OpenSource, ...]
    work: Path
    pieces: Path
    keep_fds: tuple[int, ...] = ()
    offer: Path | None = None
    limits: PieceLimits = field(default_factory=PieceLimits)
    cache: PieceCache | None = None
    job_id: str = ""

    @property
    def name(self) -> str:
        """What the log calls it."""
        return self.job_id or self.config.id
