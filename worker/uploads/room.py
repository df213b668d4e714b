"""How much may still come: the reserve of the volume, and what a tenant's sources may take."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config_schema.errors import ExportError, NoRoom, OverQuota
from worker.jobs import disk
from worker.jobs.space import Space
from worker.media.volume import TENANT_MARK, Volume
from worker.uploads.folder import UploadFolder
from worker.uploads.shelf import SHELF, keys_in

_GB = 1e9


@dataclass(frozen=True)
class Room:
    """The two limits; `quota_bytes` 0 is none."""

    volume: Volume
    space: Space
    quota_bytes: int = 0

    def require_space(self, folder: int, more_bytes: int) -> None:
        """NoRoom when so many bytes do not fit above the reserve."""
        shortage = self.space.shortage(folder, more_bytes)
        if shortage is not None:
            raise NoRoom(detail=shortage.detail)

    def require_quota(self, tenant: str, more_bytes: int) -> None:
        """OverQuota when the tenant's sources and uploads would take more than they may."""
        if not self.quota_bytes:
            return
        taken = sources_bytes(self.volume, tenant) + claimed_bytes(self.volume.uploads_of(tenant))
        if taken + more_bytes > self.quota_bytes:
            raise OverQuota(
                f"Your sources and uploads may take {self.quota_bytes / _GB:g} GB together, and "
                f"{taken / _GB:.1f} GB are taken; remove some first."
            )


def sources_bytes(volume: Volume, tenant: str) -> int:
    """What the tenant's files in the sources folder take."""
    return sum(_sizes(volume.sources_of(tenant), without_tenants=not tenant))


def _sizes(folder: Path, *, without_tenants: bool) -> Iterator[int]:
    waiting = [str(folder)]
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            # Removed meanwhile, or nobody's to read.
            continue
        with entries:
            for entry in entries:
                if without_tenants and entry.name.startswith(TENANT_MARK):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    yield _size(entry)


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:
        return 0


def claimed_bytes(uploads: Path) -> int:
    """What the uploads under way will take, as far as their lengths are known."""
    claimed = 0
    try:
        with disk.opened(uploads, SHELF) as parent:
            for key in keys_in(parent):
                claimed += _claim(parent, key)
    except FileNotFoundError:
        return 0
    return claimed


def _claim(parent: int, key: str) -> int:
    try:
        with UploadFolder.opened(parent, key) as folder:
            if not folder.has_data():
                # It is a source by now, and counted there.
                return 0
            return folder.offset() if folder.info.length is None else folder.info.length
    except ExportError:
        return 0
