"""One upload on the volume: a folder from its creation until it is forgotten.

    info.json     what its creation asked for
    data          what has arrived. Its size is the truth about how far the upload is; the file
                  leaves the folder in one step when it becomes a source
    unverified    while a part with a checksum arrives: where the part began. What is behind that
                  counts for nothing until the checksum was found to be right
    lock          held by whoever changes anything here
    wanted        somebody waits for that lock

So there is nothing that a crash could leave in disagreement with the data.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from config_schema.errors import UploadLocked, UploadNotFound
from worker.jobs import disk

INFO, DATA, UNVERIFIED, LOCK, WANTED = "info.json", "data", "unverified", "lock", "wanted"

#: A holder that hears nothing from its client gives way after a second.
LOCK_SECONDS = 3.0
_POLL_SECONDS = 0.05


class UploadInfo(BaseModel):
    """What was asked for: the name as a source, the client's own words, bytes if it knew them."""

    model_config = ConfigDict(frozen=True)

    upload_id: str
    name: str
    metadata: str
    length: int | None
    created_at: datetime


class Upload(NamedTuple):
    """Where an upload stands; `offset` and `length` in bytes, `length` None until it is known."""

    upload_id: str
    name: str
    metadata: str
    length: int | None
    offset: int
    expires_at: datetime
    is_finished: bool


class UploadFolder:
    """An upload's folder, held open: what is done here stays in this one, whatever comes after."""

    def __init__(self, descriptor: int, info: UploadInfo) -> None:
        self.descriptor = descriptor
        self.info = info

    @classmethod
    @contextmanager
    def opened(cls, parent: int, key: str) -> Iterator[Self]:
        """Hold the folder open for the length of the block; UploadNotFound where there is none."""
        try:
            descriptor = os.open(key, disk.FOLDER, dir_fd=parent)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise UploadNotFound from error
        try:
            try:
                info = UploadInfo.model_validate_json(disk.read(descriptor, INFO))
            except FileNotFoundError as error:
                # It is being removed.
                raise UploadNotFound from error
            yield cls(descriptor, info)
        finally:
            os.close(descriptor)

    @staticmethod
    def fill(descriptor: int, info: UploadInfo) -> None:
        """Make a new folder's files, durable when it returns."""
        disk.write_new(descriptor, INFO, info.model_dump_json().encode())
        disk.write_new(descriptor, DATA, b"")
        os.fsync(descriptor)

    def is_current(self, parent: int, key: str) -> bool:
        """Whether the folder still is where it was opened, and no other has come in its place."""
        try:
            there = os.stat(key, dir_fd=parent, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(self.descriptor))

    # --- where it stands

    def standing(self, keep: timedelta) -> Upload:
        """Where the upload stands when it is kept for so long from its last sign of life."""
        arrived = self._stat_of_data()
        seen = arrived if arrived is not None else os.fstat(self.descriptor)
        return Upload(
            upload_id=self.info.upload_id,
            name=self.info.name,
            metadata=self.info.metadata,
            length=self.info.length,
            offset=self.offset(),
            expires_at=datetime.fromtimestamp(seen.st_mtime, UTC) + keep,
            is_finished=arrived is None,
        )

    def offset(self) -> int:
        """How many bytes have arrived for good."""
        arrived = self._stat_of_data()
        if arrived is None:
            return self.info.length or 0
        start = self._unverified_from()
        return arrived.st_size if start is None else min(start, arrived.st_size)

    def is_whole(self) -> bool:
        """Whether everything has arrived and is not a source yet."""
        return self._stat_of_data() is not None and self.offset() == self.info.length

    def has_data(self) -> bool:
        """Whether the data is still here."""
        return self._stat_of_data() is not None

    def idle_seconds(self) -> float:
        """How long ago the last byte arrived; where none did, how long ago the creation was."""
        arrived = self._stat_of_data()
        return 0.0 if arrived is None else time.time() - arrived.st_mtime

    def _stat_of_data(self) -> os.stat_result | None:
        try:
            return os.stat(DATA, dir_fd=self.descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    # --- for its holder only

    def declare_length(self, length: int) -> None:
        """Remember the length that the client knows by now."""
        self.info = self.info.model_copy(update={"length": length})
        disk.replace(self.descriptor, INFO, self.info.model_dump_json().encode())

    def begin_unverified(self, start: int) -> None:
        """Let nothing count from here on until `end_unverified`, whatever happens."""
        disk.replace(self.descriptor, UNVERIFIED, str(start).encode())

    def end_unverified(self) -> None:
        """Let what has arrived count."""
        disk.remove(self.descriptor, UNVERIFIED)
        os.fsync(self.descriptor)

    def roll_back(self) -> None:
        """Throw away what never was verified."""
        start = self._unverified_from()
        if start is None:
            return
        with disk.opened(DATA, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, self.descriptor) as data:
            os.ftruncate(data, min(start, os.fstat(data).st_size))
            os.fsync(data)
        self.end_unverified()

    def _unverified_from(self) -> int | None:
        try:
            return int(disk.read(self.descriptor, UNVERIFIED))
        except FileNotFoundError:
            return None

    # --- who may change it

    def is_wanted(self) -> bool:
        """Whether somebody waits for the holder to give way."""
        return disk.exists(self.descriptor, WANTED)

    @contextmanager
    def held(self, wait_seconds: float | None = None) -> Iterator[None]:
        """Be the only one to change the upload; UploadLocked when the holder does not give way."""
        lock = self._lock(LOCK_SECONDS if wait_seconds is None else wait_seconds)
        try:
            disk.remove(self.descriptor, WANTED)
            yield
        finally:
            disk.unlock(lock)

    def _lock(self, wait_seconds: float) -> int:
        deadline = time.monotonic() + wait_seconds
        try:
            while (lock := disk.try_lock(self.descriptor, LOCK)) is None:
                if time.monotonic() >= deadline:
                    disk.remove(self.descriptor, WANTED)
                    raise UploadLocked
                disk.write_new(self.descriptor, WANTED, b"", durable=False)
                time.sleep(_POLL_SECONDS)
        except FileNotFoundError as error:
            # The folder itself was removed.
            raise UploadNotFound from error
        return lock
