"""Where things lie on the media volume: the one place that spells its folders."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from config_schema.errors import VolumeUnavailable

#: The folder of a tenant begins with it; no path of a config may.
TENANT_MARK = "~"


@dataclass(frozen=True)
class Volume:
    """The folders beneath MEDIA_BASE_PATH."""

    base: Path

    @property
    def sources(self) -> Path:
        """What people drop in; never written by an export."""
        return self.base / "sources"

    def sources_of(self, tenant: str) -> Path:
        """What a tenant drops in: a folder of its own, which nobody else's configs reach."""
        return self.sources / f"{TENANT_MARK}{tenant}" if tenant else self.sources

    @property
    def uploads(self) -> Path:
        """What is on its way into the sources folder; no config reaches it."""
        return self.base / "uploads"

    def uploads_of(self, tenant: str) -> Path:
        """What is on its way into a tenant's sources."""
        return self.uploads / f"{TENANT_MARK}{tenant}" if tenant else self.uploads

    @property
    def looks(self) -> Path:
        """What is known of sources by looking into them; may be removed at any time."""
        return self.exports / ".looks"

    @property
    def miniatures(self) -> Path:
        """What is made of sources so that a page can show them; may be removed at any time."""
        return self.base / "proxies"

    def miniatures_of(self, tenant: str) -> Path:
        """What is made of a tenant's sources."""
        return self.miniatures / f"{TENANT_MARK}{tenant}" if tenant else self.miniatures

    @property
    def exports(self) -> Path:
        """One folder per job."""
        return self.base / "exports"

    def prepare(self) -> None:
        """Make the two folders, or raise VolumeUnavailable."""
        try:
            self.sources.mkdir(parents=True, exist_ok=True)
            self.exports.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise VolumeUnavailable(
                f"The media folder {self.base} cannot be written.", detail=str(error)
            ) from error

    def is_writable(self) -> bool:
        """Whether a file can be made durable where the jobs lie, tried for real."""
        probe = self.exports / f".probe-{secrets.token_hex(8)}"
        try:
            self.exports.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, b"probe")
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
                probe.unlink()
        except OSError:
            return False
        return True
