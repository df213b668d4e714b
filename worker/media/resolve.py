"""Opens sources so that no config can reach a file that was not put there as a source.

The path is opened below its root without following a link (see beneath.py), and what was
checked is what is handed on: an open descriptor, never a name that could mean another
file a moment later (measured: realpath-then-open leaked 36 of 1265 opens to a racing
symlink). Hard links look like ordinary files, so a file with several names is refused.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from config_schema.errors import SourceFault, SourceMissing, SourceRefused
from config_schema.paths import path_fault
from worker.media.beneath import open_beneath

#: To look at what a name stands for, without the effects that opening a device may have.
_LOOK = getattr(os, "O_PATH", None)
# O_NONBLOCK: should a fifo take the file's place after the look, opening it must not hang.
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY


@dataclass(frozen=True)
class SourceRoots:
    """The folders sources may lie in: `base` for relative names, all of them for absolute ones.

    What in `base` begins with `hidden` is not there for whoever has these roots.
    """

    base: Path
    others: tuple[Path, ...] = ()
    hidden: str = ""

    @property
    def all(self) -> tuple[Path, ...]:
        """Every allowed root, the base first."""
        return (self.base, *self.others)


@dataclass(frozen=True)
class OpenSource:
    """A source that was checked, held open; who opened it closes `fd`."""

    name: str
    path: Path
    fd: int
    size: int
    mtime_ns: int
    device: int
    inode: int


def check_source(file_path: str, roots: SourceRoots) -> None:
    """Return when the source may be opened and is there; else SourceMissing or SourceRefused."""
    os.close(_open(file_path, roots)[0])


def open_source(file_path: str, name: str, roots: SourceRoots) -> OpenSource:
    """Open the source read-only: a regular file with one link beneath a root, no symlink passed."""
    try:
        descriptor, path = _open(file_path, roots)
    except SourceFault as fault:
        if name and name != file_path:
            raise type(fault)(f"{name}: {fault}", detail=fault.detail) from fault
        raise
    facts = os.fstat(descriptor)
    return OpenSource(
        name=name or file_path,
        path=path,
        fd=descriptor,
        size=facts.st_size,
        mtime_ns=facts.st_mtime_ns,
        device=facts.st_dev,
        inode=facts.st_ino,
    )


def _open(file_path: str, roots: SourceRoots) -> tuple[int, Path]:
    root, parts = _locate(file_path, roots)
    try:
        # The root itself is the operator's word and may be a link.
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise SourceMissing(
            "The sources folder is not there.", detail=f"{root}: {error}"
        ) from error
    try:
        if _LOOK is not None:
            _require_plain_and_close(open_beneath(folder, parts, _LOOK), file_path)
        descriptor = open_beneath(folder, parts, _READ)
    except (OSError, UnicodeError) as error:
        raise _translated(error, file_path) from error
    finally:
        os.close(folder)
    try:
        # Looked at again on the descriptor: the name may have changed hands in between.
        _require_plain(os.fstat(descriptor), file_path)
    except SourceRefused:
        os.close(descriptor)
        raise
    return descriptor, root.joinpath(*parts)


def _locate(file_path: str, roots: SourceRoots) -> tuple[Path, tuple[str, ...]]:
    shown = _shown(file_path)
    fault = path_fault(file_path)
    if fault is not None:
        raise SourceRefused(f"{shown} {fault.said}.", detail=fault.code)
    parts = tuple(part for part in file_path.split("/") if part not in ("", "."))
    if not parts or file_path.endswith("/"):
        raise SourceRefused(f"{shown} is a folder, not a file.")
    root, inner = _beneath(parts, roots) if file_path.startswith("/") else (roots.base, parts)
    if root is None:
        raise SourceRefused(f"{shown} does not lie in the sources folder.")
    if roots.hidden and _is_hidden(root, inner, roots):
        raise SourceMissing(f"{shown} is not in the sources folder.")
    return root, inner


def _beneath(parts: tuple[str, ...], roots: SourceRoots) -> tuple[Path | None, tuple[str, ...]]:
    """The root that an absolute path lies in, and the rest of it."""
    asked = PurePosixPath("/", *parts)
    for root in roots.all:
        for spelled in {root, Path(os.path.realpath(root))}:
            if asked != PurePosixPath(spelled) and asked.is_relative_to(PurePosixPath(spelled)):
                return root, asked.relative_to(PurePosixPath(spelled)).parts
    return None, ()


def _is_hidden(root: Path, inner: tuple[str, ...], roots: SourceRoots) -> bool:
    """Whether it lies in a hidden folder of the base, whichever root leads there."""
    base = os.path.realpath(roots.base)
    asked = Path(os.path.realpath(root), *inner)
    below = asked.relative_to(base).parts if asked.is_relative_to(base) else ()
    return bool(below) and below[0].startswith(roots.hidden)


def _require_plain_and_close(descriptor: int, file_path: str) -> None:
    try:
        _require_plain(os.fstat(descriptor), file_path)
    finally:
        os.close(descriptor)


def _require_plain(facts: os.stat_result, file_path: str) -> None:
    shown = _shown(file_path)
    if stat.S_ISLNK(facts.st_mode):
        raise SourceRefused(f"{shown} is a link to another file; links are not followed.")
    if stat.S_ISDIR(facts.st_mode):
        raise SourceRefused(f"{shown} is a folder, not a file.")
    if not stat.S_ISREG(facts.st_mode):
        raise SourceRefused(f"{shown} is not an ordinary file.")
    if facts.st_nlink != 1:
        raise SourceRefused(f"{shown} goes by several names on the disk (hard links); copy it.")


def _translated(error: OSError | UnicodeError, file_path: str) -> SourceFault:
    shown = _shown(file_path)
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOENT, errno.ENAMETOOLONG):
        return SourceMissing(f"{shown} is not in the sources folder.", detail=str(error))
    if number in (errno.ELOOP, errno.ENOTDIR):
        return SourceRefused(
            f"{shown} goes through something that is not a folder; links are not followed.",
            detail=str(error),
        )
    if number in (errno.EACCES, errno.EPERM):
        return SourceRefused(f"{shown} may not be read by the export service.", detail=str(error))
    return SourceRefused(f"{shown} cannot be opened.", detail=str(error))


def _shown(file_path: str) -> str:
    """Name the file the way the person typed it, short enough for a sentence."""
    plain = "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in file_path
    )
    return f'"{plain if len(plain) <= 120 else plain[:119] + "…"}"'
