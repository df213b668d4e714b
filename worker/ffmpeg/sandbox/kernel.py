"""What the kernel offers to wall in a process: Landlock for files, a filter for system calls."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from worker.ffmpeg.sandbox.refused import MACHINES, filter_program

#: The same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_GET_VERSION = 1
_RULE_BENEATH = 1
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_FILE, MAKE_REG, REFER, TRUNCATE = 1 << 5, 1 << 8, 1 << 13, 1 << 14
#: Of these a rule about a file may speak, and of the others only one about a folder.
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE

#: By version: how many rights about files there are, and about what else it can be asked.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_WITH_NETWORK, _WITH_SCOPES = 4, 6
_ALL_TCP = 0b11
#: Sockets without a file, and signals, to whoever is outside.
_ALL_SCOPES = 0b11


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _BeneathAttributes(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("descriptor", ctypes.c_int32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


@cache
def landlock_version() -> int:
    """Which version of Landlock the kernel has switched on; 0: none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, 0, 0, _GET_VERSION))


@cache
def has_filter() -> bool:
    """Whether system calls can be filtered here, on an architecture whose numbers are known."""
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return False
    # Asked with a bad address: who has it complains of that, who has it not knows no such thing.
    _libc().prctl(_PR_SET_SECCOMP, _MODE_FILTER, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT


def handled_rights() -> int:
    """All rights about files that this kernel can withhold."""
    return (1 << _RIGHTS[min(landlock_version(), max(_RIGHTS))]) - 1


class Ruleset:
    """A list of what may be touched, made before there is anybody to keep to it."""

    def __init__(self) -> None:
        version = landlock_version()
        told = _RulesetAttributes(
            handled_rights(),
            _ALL_TCP if version >= _WITH_NETWORK else 0,
            _ALL_SCOPES if version >= _WITH_SCOPES else 0,
        )
        size = 8 * (1 + (version >= _WITH_NETWORK) + (version >= _WITH_SCOPES))
        # The kernel has it closed on exec.
        self.fd = _checked(_call(_CREATE_RULESET, ctypes.addressof(told), size))

    def allow(self, path: Path | str, rights: int) -> None:
        """Allow what is at or below `path`, if there is such a thing."""
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                self.allow_open(descriptor, rights)
            finally:
                os.close(descriptor)

    def allow_open(self, descriptor: int, rights: int) -> None:
        """Allow what a descriptor stands for: a file, or a folder and all below it."""
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rights &= handled_rights() if is_folder else handled_rights() & FILE_RIGHTS
        told = _BeneathAttributes(rights, descriptor)
        _checked(_call(_ADD_RULE, self.fd, _RULE_BENEATH, ctypes.addressof(told)))

    def close(self) -> None:
        """Let go of the list; who keeps to it goes on to."""
        os.close(self.fd)


def renounce_privileges() -> None:
    """Never gain a right again by becoming another program; what follows demands it."""
    _checked(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def keep_to(ruleset: int) -> None:
    """Touch nothing from now on but what the ruleset behind this descriptor allows."""
    _checked(_call(_RESTRICT_SELF, ruleset))


def filter_calls(*, may_become_another: bool) -> None:
    """Have the kernel refuse system calls from now on, as `refused` tells."""
    program, _ = prepared_filter(may_become_another=may_become_another)
    _checked(_libc().prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0))


@cache
def prepared_filter(*, may_become_another: bool) -> tuple[_Program, ctypes.Array[ctypes.c_char]]:
    """The filter's program, and what keeps its memory."""
    code = filter_program(platform.machine(), may_become_another=may_become_another)
    kept = ctypes.create_string_buffer(code, len(code))
    return _Program(len(code) // 8, ctypes.addressof(kept)), kept


def _call(number: int, *arguments: int) -> int:
    return int(_syscall()(number, *arguments, *(0,) * (4 - len(arguments))))


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer


@cache
def _syscall() -> Callable[..., int]:
    call = _libc().syscall
    call.restype = ctypes.c_long
    call.argtypes = (ctypes.c_long,) * 5
    found: Callable[..., int] = call
    return found


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
