"""From what a client names to what is wanted: sources are checked as those of configs are."""

from __future__ import annotations

import os
from collections.abc import Sequence

from config_schema.errors import MiniatureNotFound, SourceMissing
from worker.media.resolve import OpenSource, SourceRoots, open_source
from worker.miniatures.wants import Kind, Want


def want_of(
    kind: Kind,
    tenant: str,
    sources: Sequence[str],
    roots: SourceRoots,
    **how: float,
) -> Want:
    """The want of these sources as they lie there now.

    MiniatureNotFound where one is not there, SourceRefused where one may not be opened.
    """
    try:
        contents = tuple(content_of(name, roots) for name in sources)
    except SourceMissing as error:
        raise MiniatureNotFound(str(error), detail=error.detail) from error
    return Want.model_validate(
        {"kind": kind, "tenant": tenant, "sources": tuple(sources), "contents": contents, **how}
    )


def content_of(name: str, roots: SourceRoots) -> str:
    """Which content this source has now."""
    source = open_source(name, name, roots)
    os.close(source.fd)
    return content(source)


def content(source: OpenSource) -> str:
    """What identifies a content without reading it, the same on every host that has the volume.

    Each host numbers its devices in its own way; the source's name, which a want has beside it,
    stands for them.
    """
    return f"{source.inode}:{source.size}:{source.mtime_ns}"
