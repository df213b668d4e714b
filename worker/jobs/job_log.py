"""A job's log, for operators: two generations of a capped size in the job's folder."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime

from worker.jobs import disk

LOG = "job.log"
OLDER = "job.log.1"
_MOST_BYTES = 512 * 1024
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


def append(folder: int, line: str) -> None:
    """Add a line with the time; a full disk loses the line, never the job."""
    stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
    text = f"{stamp} {line.rstrip()}\n".encode("utf-8", "replace")
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    with suppress(OSError), disk.opened(LOG, flags, folder) as log:
        if os.fstat(log).st_size > _MOST_BYTES:
            os.rename(LOG, OLDER, src_dir_fd=folder, dst_dir_fd=folder)
        os.write(log, text[:_MOST_BYTES])


class LogReader:
    """Reads a log from its older generation on, each line once, whatever is written meanwhile."""

    def __init__(self, folder: int) -> None:
        self._folder = folder
        self._inode = 0
        self._read_bytes = 0

    def read(self) -> bytes:
        """What was written since the last call, at first all that there is."""
        descriptors = self._open()
        try:
            inodes = list(descriptors)
            # Whoever looks too rarely finds both generations to be new ones.
            start = inodes.index(self._inode) if self._inode in inodes else 0
            return b"".join([self._rest_of(inode, descriptors[inode]) for inode in inodes[start:]])
        finally:
            for descriptor in descriptors.values():
                os.close(descriptor)

    def _open(self) -> dict[int, int]:
        """The generations by inode, the older one first."""
        found = {}
        # The newer one is opened first: in this order one that is renamed in between is seen
        # twice, which the inode tells, and in the other order not at all.
        for name in (LOG, OLDER):
            with suppress(FileNotFoundError):
                descriptor = os.open(name, _READ, dir_fd=self._folder)
                inode = os.fstat(descriptor).st_ino
                if inode in found:
                    os.close(descriptor)
                else:
                    found[inode] = descriptor
        return dict(reversed(found.items()))

    def _rest_of(self, inode: int, descriptor: int) -> bytes:
        if inode != self._inode:
            self._inode, self._read_bytes = inode, 0
        os.lseek(descriptor, self._read_bytes, os.SEEK_SET)
        parts = []
        while part := os.read(descriptor, 1 << 20):
            parts.append(part)
            self._read_bytes += len(part)
        return b"".join(parts)
