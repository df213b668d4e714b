"""Writes what arrives to an upload's file: block by block, durable every so often."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from config_schema.errors import ChecksumMismatch, UploadLocked, UploadTooLarge
from worker.jobs import disk
from worker.uploads.checksum import Checksum, hasher
from worker.uploads.folder import DATA, UploadFolder

#: What a power cut can take back at most, and how often the room is looked at.
SYNC_BYTES = 16 * 2**20


class Part(NamedTuple):
    """Bytes that go behind `offset`. An empty block says that the client is silent.

    `announced` is how many there are, where that is known before they come; `length` is that of
    the whole upload, where its creation did not know it.
    """

    offset: int
    blocks: Iterable[bytes]
    announced: int | None = None
    length: int | None = None
    checksum: Checksum | None = None


def write_part(
    folder: UploadFolder, end: int, part: Part, at_sync: Callable[[], None] = lambda: None
) -> None:
    """Append the part to the upload, durable when it returns. The caller holds the upload.

    Whatever ends this early, the blocks themselves and `at_sync` among it, what has arrived
    counts, except where a checksum was to be held against the whole part. UploadLocked when the
    client is silent and somebody else wants to go on. UploadTooLarge when more comes than fits
    before `end`, and ChecksumMismatch: then nothing of the part counts.
    """
    if part.checksum is None:
        _append(folder, end, part, lambda _: None, at_sync)
        return
    seen = hasher(part.checksum.algorithm)
    folder.begin_unverified(part.offset)
    try:
        _append(folder, end, part, seen.update, at_sync)
        if seen.digest() != part.checksum.digest:
            raise ChecksumMismatch
    except BaseException:
        folder.roll_back()
        raise
    folder.end_unverified()


def _append(
    folder: UploadFolder,
    end: int,
    part: Part,
    see: Callable[[bytes], object],
    at_sync: Callable[[], None],
) -> None:
    position = synced = part.offset
    with disk.opened(DATA, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, folder.descriptor) as data:
        try:
            for block in part.blocks:
                if not block:
                    if folder.is_wanted():
                        raise UploadLocked("Another request goes on with this upload.")
                    continue
                if position + len(block) > end:
                    # Who sends more than was announced is not to be believed in the rest either.
                    os.ftruncate(data, part.offset)
                    raise UploadTooLarge("More bytes came than the upload was said to have.")
                _write(data, block, position)
                see(block)
                position += len(block)
                if position - synced >= SYNC_BYTES:
                    os.fsync(data)
                    synced = position
                    at_sync()
        finally:
            os.fsync(data)


def _write(data: int, block: bytes, position: int) -> None:
    rest = memoryview(block)
    while rest:
        written = os.pwrite(data, rest, position)
        position += written
        rest = rest[written:]
