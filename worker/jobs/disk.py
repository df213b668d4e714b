"""Files that survive a crash: the few durable moves everything about a job is made of.

All of them work on an open directory descriptor, so what a process writes stays in the very
folder it opened, whatever the folder is called by then.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_POLL_SECONDS = 0.02


class Busy(OSError):
    """Somebody else holds the lock."""


@contextmanager
def opened(path: Path | str, flags: int = FOLDER, dir_fd: int | None = None) -> Iterator[int]:
    """Hold a descriptor of the path for the length of the block."""
    descriptor = os.open(path, flags, 0o644, dir_fd=dir_fd)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_new(
    folder: int, name: str, data: bytes, *, durable: bool = True, exclusive: bool = False
) -> None:
    """Write a whole file under this name, made anew; durable when it returns, its name is not.

    FileExistsError where it is there and `exclusive` was asked for.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    flags |= os.O_EXCL if exclusive else 0
    descriptor = os.open(name, flags, 0o644, dir_fd=folder)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(folder: int, name: str, data: bytes, *, durable: bool = True) -> None:
    """Put the data under this name in one step: a reader sees the old whole or the new whole.

    The temporary name is fixed, hence callers hold a lock; a crash leaves at most one such file,
    which the next writer takes over.
    """
    temporary = f".{name}.tmp"
    write_new(folder, temporary, data, durable=durable)
    os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    if durable:
        os.fsync(folder)


def read(folder: int, name: str) -> bytes:
    """The file's whole content; FileNotFoundError when there is none."""
    with opened(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, folder) as descriptor:
        parts = []
        while part := os.read(descriptor, 1 << 20):
            parts.append(part)
        return b"".join(parts)


def exists(folder: int, name: str) -> bool:
    """Whether the folder has an entry of this name."""
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def remove(folder: int, name: str) -> None:
    """Remove a file or a whole tree; nothing there is as good."""
    try:
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISDIR(facts.st_mode):
            shutil.rmtree(name, ignore_errors=False, dir_fd=folder)
        else:
            os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return


def remove_path(path: Path) -> None:
    """Remove a file or a whole tree by its path; nothing there is as good."""
    try:
        with opened(path.parent) as folder:
            remove(folder, path.name)
    except FileNotFoundError:
        return


def place(made: Path, path: Path) -> None:
    """Give a finished file its name, unless another one of the same content has it already.

    By a link, which never takes the place of a file that somebody may be reading.
    """
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):
            raise
        # A file system without hard links.
        made.rename(path)
        return
    made.unlink()


def clock(folder: int, name: str) -> float:
    """What time it is by the volume's own clock, the one that dates its files: hosts that share it
    differ in theirs. Told by touching the file of this name, whose content nobody wants.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    with opened(name, flags, folder) as touched:
        os.utime(touched)
        return os.fstat(touched).st_mtime


def try_lock(folder: int, name: str) -> int | None:
    """A descriptor that holds the file's lock, or None while somebody else does."""
    descriptor = os.open(
        name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder
    )
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def unlock(descriptor: int) -> None:
    """Give a lock back at once, also where a fork copied the descriptor meanwhile."""
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


@contextmanager
def locked(folder: int, name: str, timeout_seconds: float) -> Iterator[None]:
    """Hold the file's lock for the length of the block; Busy when it cannot be had in time."""
    deadline = time.monotonic() + timeout_seconds
    while (descriptor := try_lock(folder, name)) is None:
        if time.monotonic() > deadline:
            message = f"{name} is held by another process"
            raise Busy(message)
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        unlock(descriptor)
