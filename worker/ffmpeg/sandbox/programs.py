"""Where the programs lie that children run, with all that they load.

Folders of programs and libraries only: never a home, never the project's own root, below which a
media folder may lie.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import config_schema

#: What a C library, a threaded encoder and Python ask of a machine.
FILES_OF_THE_SYSTEM = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/urandom",
    "/dev/zero",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)
NOTHING = os.devnull

_OURS = Path(__file__).parents[2]

_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")


@cache
def folders_of_programs(program: str | None) -> tuple[Path, ...]:
    """Files and folders that `program` is read from and run from, and Python with our own code."""
    named = () if program is None else _of(Path(program))
    return tuple(dict.fromkeys((*_libraries(), *named, *_of_python())))


def listed_folders(program: str | None) -> tuple[Path, ...]:
    """Folders of which `program` has to see the names in them, and no content.

    Where there is no nursery our own children start anew, and Python looks for our code.
    """
    return (_OURS.parent,) if program == sys.executable else ()


def _libraries() -> Iterator[Path]:
    yield from map(Path, _LIBRARIES)
    for named in os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep):
        if named:
            yield Path(named)


def _of(program: Path) -> Iterator[Path]:
    path = Path(shutil.which(program) or program).resolve()
    yield path
    if path.parent.name == "bin" and len(path.parents) > 2:
        # A program with libraries of its own beside it, as from a package manager in a folder.
        yield path.parent.parent / "lib"


def _of_python() -> Iterator[Path]:
    yield Path(sys.executable).resolve()
    yield Path(sys.prefix) / "pyvenv.cfg"
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    yield Path(str(sysconfig.get_config_var("LIBDIR")))
    yield from map(Path, config_schema.__path__)
    yield _OURS
