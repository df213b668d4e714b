"""What a render is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config_schema.config import ExportConfig
from worker.media.resolve import OpenSource


@dataclass(frozen=True)
class RenderJob:
    """What to render, from which opened files, in which folder.

    `sources[i]` is `config.sources[i]`. `work` is kept between attempts: finished pieces found in
    it are used again. `keep_fds` are inherited by every child (the job's lock).
    """

    config: ExportConfig
    sources: tuple[OpenSource, ...]
    work: Path
    keep_fds: tuple[int, ...] = ()
