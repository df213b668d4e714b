"""All uploads, and the door to them: create, look, append, terminate.

What has become a source stays known for a while, because a client whose last answer was lost asks
how far it came.
"""

from __future__ import annotations

import errno
import hmac
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config_schema.errors import (
    NameTaken,
    NoRoom,
    OffsetWrong,
    UploadFinished,
    UploadInvalid,
    UploadLocked,
    UploadNotFound,
    UploadTooLarge,
    VolumeUnavailable,
)
from config_schema.paths import source_name_fault
from worker.jobs import disk
from worker.media.volume import Volume
from worker.uploads.checksum import ALGORITHMS, Checksum
from worker.uploads.folder import Upload, UploadFolder, UploadInfo
from worker.uploads.placing import finish
from worker.uploads.room import Room
from worker.uploads.shelf import LOCK, NEW, SHELF, bury, key_of
from worker.uploads.writing import Part, write_part

#: The whole door: who asks from outside needs no other module of this package.
__all__ = ["ALGORITHMS", "Checksum", "Part", "Upload", "Uploads"]

#: An upload that nothing was ever sent into gives its name free after so long: its creation's
#: answer was lost, and with it the only word of where it is.
FORSAKEN_SECONDS = 60.0
_LOCK_SECONDS = 10.0
_ID = re.compile(r"[0-9a-f]{64}")
_GB = 1e9


@dataclass(frozen=True)
class Uploads:
    """The uploads on one volume, each within the tenant it was made for.

    `most_bytes` of one upload, 0 is no limit; `keep` is how long one is kept after its last sign
    of life. Every method raises errors of `config_schema.errors` only.
    """

    volume: Volume
    room: Room
    keep: timedelta
    most_bytes: int = 0

    def create(self, tenant: str, name: str, length: int | None, metadata: str = "") -> Upload:
        """Reserve the name and the room for a file of so many bytes, None if that is not known yet.

        UploadInvalid when no source may be called so; NameTaken, UploadTooLarge, OverQuota, NoRoom.
        """
        fault = source_name_fault(name)
        if fault is not None:
            raise UploadInvalid(f"The file's name {fault.said}.", place="filename")
        with upload_faults():
            if length is not None:
                self._require_size(length)
            folder = self._prepared(tenant)
            with disk.opened(folder, SHELF) as uploads, disk.locked(uploads, LOCK, _LOCK_SECONDS):
                self._require_free(tenant, uploads, name)
                self.room.require_quota(tenant, length or 0)
                self.room.require_space(uploads, length or 0)
                return self._make(uploads, name, length, metadata)

    def look(self, tenant: str, upload_id: str) -> Upload:
        """Where the upload stands; one that was whole when its process died is finished first."""
        with upload_faults(), self._opened(tenant, upload_id) as (parent, folder):
            if folder.is_whole():
                with self._held(parent, folder):
                    finish(self.volume.sources_of(tenant), folder)
            return folder.standing(self.keep)

    def append(self, tenant: str, upload_id: str, part: Part) -> Upload:
        """Add the part; the last byte makes the file a source.

        See `write_part` for what counts when the part ends early. OffsetWrong, UploadLocked,
        UploadTooLarge, ChecksumMismatch, OverQuota, NoRoom, and whatever its blocks raise.
        """
        with upload_faults(), self._opened(tenant, upload_id) as (parent, folder):
            with self._held(parent, folder):
                stands = folder.offset()
                if part.offset != stands:
                    raise OffsetWrong(
                        f"The upload stands at byte {stands}, not at {part.offset}; go on from "
                        "there."
                    )
                if part.length is not None:
                    self._declare(tenant, parent, folder, part.length)
                end = self._end_of(folder)
                if stands + (part.announced or 0) > end:
                    raise UploadTooLarge("More bytes are sent than the upload may have.")
                if folder.has_data():
                    self.room.require_space(folder.descriptor, part.announced or 0)
                    write_part(folder, end, part, lambda: self._still_fits(tenant, folder))
                    finish(self.volume.sources_of(tenant), folder)
                elif any(part.blocks):
                    raise UploadTooLarge("The upload has all its bytes already.")
            return folder.standing(self.keep)

    def terminate(self, tenant: str, upload_id: str) -> None:
        """Forget the upload and what has arrived; UploadFinished when it is a source by now."""
        with (
            upload_faults(),
            self._opened(tenant, upload_id) as (parent, folder),
            self._held(parent, folder),
        ):
            if not folder.has_data():
                raise UploadFinished
            bury(parent, key_of(folder.info.name))

    # --- making one

    def _prepared(self, tenant: str) -> Path:
        uploads, sources = self.volume.uploads_of(tenant), self.volume.sources_of(tenant)
        for folder in (uploads, sources):
            folder.mkdir(parents=True, exist_ok=True)
        if uploads.stat().st_dev != sources.stat().st_dev:
            raise VolumeUnavailable(
                "Uploads cannot be taken: the service is set up in a way that does not allow it.",
                detail=f"{uploads} and {sources} must lie on the same file system",
            )
        return uploads

    def _require_size(self, length: int) -> None:
        if self.most_bytes and length > self.most_bytes:
            raise UploadTooLarge(
                f"The file has {length / _GB:.1f} GB; at most {self.most_bytes / _GB:g} GB can be "
                "uploaded."
            )

    def _require_free(self, tenant: str, uploads: int, name: str) -> None:
        with disk.opened(self.volume.sources_of(tenant), SHELF) as sources:
            if disk.exists(sources, name):
                raise NameTaken(
                    f'There is a source called "{name}" already; give the file another name.'
                )
        with suppress(UploadNotFound), UploadFolder.opened(uploads, key_of(name)) as folder:
            known = folder.standing(self.keep)
            is_over = known.is_finished or known.expires_at <= datetime.now(UTC)
            is_forsaken = known.offset == 0 and folder.idle_seconds() > FORSAKEN_SECONDS
            if not (is_over or is_forsaken):
                raise _under_way(name)
            try:
                with folder.held(0):
                    bury(uploads, key_of(name))
            except UploadLocked as error:
                raise _under_way(name) from error

    def _make(self, uploads: int, name: str, length: int | None, metadata: str) -> Upload:
        info = UploadInfo(
            upload_id=key_of(name) + secrets.token_hex(16),
            name=name,
            metadata=metadata,
            length=length,
            created_at=datetime.now(UTC),
        )
        hidden = NEW + secrets.token_hex(8)
        os.mkdir(hidden, 0o755, dir_fd=uploads)
        try:
            with disk.opened(hidden, disk.FOLDER, uploads) as made:
                UploadFolder.fill(made, info)
                # Over a folder that is not empty a rename fails, so this takes the name or nothing.
                os.rename(hidden, key_of(name), src_dir_fd=uploads, dst_dir_fd=uploads)
                os.fsync(uploads)
                return UploadFolder(made, info).standing(self.keep)
        except BaseException as error:
            disk.remove(uploads, hidden)
            if isinstance(error, OSError) and error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                raise _under_way(name) from error
            raise

    # --- going on with one

    @contextmanager
    def _opened(self, tenant: str, upload_id: str) -> Iterator[tuple[int, UploadFolder]]:
        if not _ID.fullmatch(upload_id):
            raise UploadNotFound
        try:
            parent = os.open(self.volume.uploads_of(tenant), SHELF)
        except FileNotFoundError as error:
            raise UploadNotFound from error
        try:
            with UploadFolder.opened(parent, upload_id[:32]) as folder:
                is_meant = hmac.compare_digest(folder.info.upload_id, upload_id)
                if not is_meant or folder.standing(self.keep).expires_at <= datetime.now(UTC):
                    raise UploadNotFound
                yield parent, folder
        finally:
            os.close(parent)

    @contextmanager
    def _held(self, parent: int, folder: UploadFolder) -> Iterator[None]:
        with folder.held():
            if not folder.is_current(parent, key_of(folder.info.name)):
                raise UploadNotFound
            folder.roll_back()
            yield

    def _declare(self, tenant: str, parent: int, folder: UploadFolder, length: int) -> None:
        if folder.info.length is not None:
            if folder.info.length != length:
                raise UploadInvalid(
                    f"The upload was begun as one of {folder.info.length} bytes, and stays that.",
                    place="Upload-Length",
                )
            return
        self._require_size(length)
        if length < folder.offset():
            raise UploadInvalid("More bytes than that have arrived already.", place="Upload-Length")
        with disk.locked(parent, LOCK, _LOCK_SECONDS):
            self.room.require_quota(tenant, length - folder.offset())
            folder.declare_length(length)

    def _end_of(self, folder: UploadFolder) -> int:
        if folder.info.length is not None:
            return folder.info.length
        return self.most_bytes or 2**63

    def _still_fits(self, tenant: str, folder: UploadFolder) -> None:
        self.room.require_space(folder.descriptor, 0)
        if folder.info.length is None:
            self.room.require_quota(tenant, 0)


@contextmanager
def upload_faults() -> Iterator[None]:
    """Say what a failing volume means in one of our own errors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(detail=str(error)) from error
        raise VolumeUnavailable(detail=str(error)) from error


def _under_way(name: str) -> NameTaken:
    return NameTaken(
        f'"{name}" is being uploaded already; go on with that upload, end it, or give the file '
        "another name."
    )
