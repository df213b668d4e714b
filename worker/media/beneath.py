"""Opens a path below a folder without going through a link: by one system call, or step by step.

Both ways answer alike. `openat2` has the kernel hold the whole path at once; the walk, for kernels
and containers without it, opens one folder after the other.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

#: Opens `parts`, one name each, below the folder of a descriptor, with flags of `os.open`.
#: Raises OSError: ELOOP or ENOTDIR where something on the way is a link. With O_PATH the last
#: of them may be one, and is what is opened.
OpenBeneath: TypeAlias = "Callable[[int, Sequence[str], int], int]"

#: The same number on every architecture that Linux has gained or kept since 2019.
_SYS_OPENAT2 = 437
_RESOLVE_NO_MAGICLINKS = 0x02
_RESOLVE_NO_SYMLINKS = 0x04
_RESOLVE_BENEATH = 0x08
_RESOLVE = _RESOLVE_BENEATH | _RESOLVE_NO_SYMLINKS | _RESOLVE_NO_MAGICLINKS

_CAREFULLY = os.O_NOFOLLOW | os.O_CLOEXEC


class _OpenHow(ctypes.Structure):
    _fields_ = (
        ("flags", ctypes.c_uint64),
        ("mode", ctypes.c_uint64),
        ("resolve", ctypes.c_uint64),
    )


def open_beneath(folder: int, parts: Sequence[str], flags: int) -> int:
    """Open in the best way that this kernel has; see OpenBeneath."""
    return (by_openat2 if has_openat2() else by_walking)(folder, parts, flags)


@cache
def has_openat2() -> bool:
    """Whether the kernel has the call, and whoever stands before the kernel lets it through."""
    if sys.platform != "linux":
        return False
    here = os.open("/", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.close(by_openat2(here, (".",), os.O_RDONLY | os.O_DIRECTORY))
    except OSError:
        # ENOSYS; or EPERM, from a container that does not know of it.
        return False
    finally:
        os.close(here)
    return True


def by_openat2(folder: int, parts: Sequence[str], flags: int) -> int:
    """Open with one call of the kernel's own; see OpenBeneath."""
    path = os.fsencode("/".join(parts))
    how = _OpenHow(flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0, _RESOLVE)
    descriptor = int(
        _syscall()(
            ctypes.c_long(_SYS_OPENAT2),
            ctypes.c_int(folder),
            ctypes.c_char_p(path),
            ctypes.byref(how),
            ctypes.c_size_t(ctypes.sizeof(how)),
        )
    )
    if descriptor < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fsdecode(path))
    return descriptor


def by_walking(folder: int, parts: Sequence[str], flags: int) -> int:
    """Open folder by folder, each without following a link; see OpenBeneath."""
    *folders, last = parts
    at = folder
    try:
        for name in folders:
            deeper = os.open(name, os.O_RDONLY | os.O_DIRECTORY | _CAREFULLY, dir_fd=at)
            if at != folder:
                os.close(at)
            at = deeper
        return os.open(last, flags | _CAREFULLY, dir_fd=at)
    finally:
        if at != folder:
            os.close(at)


@cache
def _syscall() -> Callable[..., int]:
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    found: Callable[..., int] = call
    return found
