"""What is known of sources from earlier looks, kept on the volume: nobody looks twice.

    exports/.looks/facts-1/2c/64768-1081644-48211873-1796123456000000000.json

The name says which file it is about: device, inode, bytes and the time it was changed. Another
file, or the same one changed, has another name, and what is known of the old one is removed when
its folder is full. What cannot be read counts as not known.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from config_schema.source_facts import SourceFacts
from worker.jobs import disk
from worker.media.resolve import OpenSource

#: Raised when facts get another meaning.
VERSION = 1
#: Of 256 folders.
MOST_IN_A_FOLDER = 400


@dataclass(frozen=True)
class Key:
    """One state of one file."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, source: OpenSource) -> Key:
        """The state in which a source was opened."""
        return cls(source.device, source.inode, source.size, source.mtime_ns)

    @property
    def name(self) -> str:
        """What its file is called, below the folder of its shard."""
        return f"{self.device}-{self.inode}-{self.size}-{self.mtime_ns}.json"

    @property
    def shard(self) -> str:
        """The folder that it lies in."""
        return f"{self.inode % 256:02x}"


class Known(BaseModel):
    """What a look found: facts, or why there are none."""

    model_config = ConfigDict(frozen=True)

    facts: SourceFacts | None = None
    error: str | None = None
    error_code: str | None = None


class KnownSources:
    """The looks that are kept; any number of processes may have one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"facts-{VERSION}"

    def find(self, key: Key) -> Known | None:
        """What is known of this state of a file, or None."""
        try:
            return Known.model_validate_json((self._folder / key.shard / key.name).read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, key: Key, known: Known) -> None:
        """Remember it; on a full volume it is not."""
        folder = self._folder / key.shard
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._make_room(folder)
            with disk.opened(folder) as shard:
                part = f".{os.getpid()}.part"
                disk.write_new(shard, part, known.model_dump_json().encode(), durable=False)
                os.rename(part, key.name, src_dir_fd=shard, dst_dir_fd=shard)

    def _make_room(self, folder: Path) -> None:
        names = [entry.name for entry in os.scandir(folder)]
        if len(names) < MOST_IN_A_FOLDER:
            return
        oldest = sorted(names, key=lambda name: (folder / name).stat().st_mtime)
        for name in oldest[: MOST_IN_A_FOLDER // 4]:
            (folder / name).unlink(missing_ok=True)
