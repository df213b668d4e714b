"""Makes a source of a whole upload: in one step, and never in the place of another file.

By `renameat2` with RENAME_NOREPLACE where the kernel and the file system have it: at every moment
the file has exactly one name. Elsewhere by a link and the removal of the old name; a crash in
between leaves two names, and who calls again removes the old one.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from config_schema.errors import NameTaken
from worker.jobs import disk
from worker.uploads.folder import DATA, UploadFolder
from worker.uploads.shelf import SHELF

_NOREPLACE = 1
#: Said by kernels and file systems that do not know the call or its flag.
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}


def finish(sources: Path, folder: UploadFolder) -> bool:
    """Make a source of the upload if it is whole; whether it was. The caller holds the upload.

    NameTaken where a source has the name by now; the upload then stays as it is.
    """
    if not folder.is_whole():
        return False
    with disk.opened(DATA, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, folder.descriptor) as data:
        os.fsync(data)
    try:
        with disk.opened(sources, SHELF) as target:
            move_without_replacing(folder.descriptor, DATA, target, folder.info.name)
    except FileExistsError as error:
        raise NameTaken(
            f'A source called "{folder.info.name}" has come meanwhile, and nothing is ever '
            "overwritten; upload the file under another name."
        ) from error
    return True


def move_without_replacing(folder: int, name: str, target: int, new_name: str) -> None:
    """Move the file to its new name in the folder `target`; durable when it returns.

    FileExistsError where that name is taken; then nothing has changed.
    """
    if not _renamed(folder, name, target, new_name):
        _linked(folder, name, target, new_name)
    os.fsync(target)
    os.fsync(folder)


def _renamed(folder: int, name: str, target: int, new_name: str) -> bool:
    rename = _renameat2()
    if rename is None:
        return False
    if rename(folder, os.fsencode(name), target, os.fsencode(new_name), _NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), new_name)


def _linked(folder: int, name: str, target: int, new_name: str) -> None:
    try:
        os.link(name, new_name, src_dir_fd=folder, dst_dir_fd=target, follow_symlinks=False)
    except FileExistsError:
        here = os.stat(name, dir_fd=folder, follow_symlinks=False)
        there = os.stat(new_name, dir_fd=target, follow_symlinks=False)
        if (here.st_dev, here.st_ino) != (there.st_dev, there.st_ino):
            raise
        # The crash of an earlier try came between the two steps.
    os.unlink(name, dir_fd=folder)


@lru_cache(maxsize=1)
def _renameat2() -> Callable[..., int] | None:
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is not None:
        function.argtypes = (
            *(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p),
            ctypes.c_uint,
        )
        function.restype = ctypes.c_int
    return function
