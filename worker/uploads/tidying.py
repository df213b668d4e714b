"""The sweep's part: finishes what a killed process left whole, removes what nobody goes on with."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from config_schema.errors import ExportError
from worker.jobs import disk
from worker.media.volume import TENANT_MARK
from worker.uploads.folder import UploadFolder
from worker.uploads.placing import finish
from worker.uploads.shelf import GONE, NEW, SHELF, bury, entries_in, is_key
from worker.uploads.store import Uploads

#: How often that is worth a look.
TIDY_SECONDS = 20.0
_STALE_NEW_SECONDS = 3600.0


def tidy(uploads: Uploads) -> int:
    """Go round over the uploads of all tenants; how many were finished or removed."""
    done = 0
    for tenant in _tenants(uploads.volume.uploads):
        with (
            suppress(FileNotFoundError),
            disk.opened(uploads.volume.uploads_of(tenant), SHELF) as parent,
        ):
            for name in entries_in(parent):
                # One that somebody holds, or that moves away meanwhile, is for the next round.
                with suppress(OSError, ExportError):
                    done += _tidied(uploads, tenant, parent, name)
    return done


def _tidied(uploads: Uploads, tenant: str, parent: int, name: str) -> bool:
    if is_key(name):
        with UploadFolder.opened(parent, name) as folder:
            return _settled(uploads, tenant, parent, folder, name)
    is_unborn = name.startswith(NEW) and _age(parent, name) > _STALE_NEW_SECONDS
    if name.startswith(GONE) or is_unborn:
        disk.remove(parent, name)
        return True
    return False


def _settled(uploads: Uploads, tenant: str, parent: int, folder: UploadFolder, name: str) -> bool:
    def has_expired() -> bool:
        return folder.standing(uploads.keep).expires_at <= datetime.now(UTC)

    if not has_expired() and not folder.is_whole():
        return False
    with folder.held(0):
        # Looked at again: its holder may have gone on, or have removed it.
        if not folder.is_current(parent, name):
            return False
        folder.roll_back()
        if has_expired():
            bury(parent, name)
            return True
        return finish(uploads.volume.sources_of(tenant), folder)


def _tenants(uploads: Path) -> list[str]:
    try:
        names = [entry.name for entry in uploads.iterdir()]
    except FileNotFoundError:
        return []
    marked = [name for name in names if name.startswith(TENANT_MARK)]
    return ["", *(name.removeprefix(TENANT_MARK) for name in marked)]


def _age(parent: int, name: str) -> float:
    return time.time() - os.stat(name, dir_fd=parent, follow_symlinks=False).st_mtime
