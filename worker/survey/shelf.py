"""What lies in a sources folder, by its paths, without opening anything but folders."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from config_schema.errors import RequestRefused
from worker.jobs import disk

#: Hidden by their owner, or a tenant's, or a lock or backup of an editor.
HIDDEN = (".", "~")
#: What browsers and copying programs call a file until it is whole.
PARTIAL = (".crdownload", ".download", ".filepart", ".part", ".partial", ".tmp")
MOST_DEPTH = 32
MOST_FILES = 100_000


def paths_in(root: Path) -> list[str]:
    """The paths of all files below `root`, sorted by their bytes; links are files.

    Undecodable bytes are in them as `os.fsdecode` has them. More than MOST_FILES are not told of.
    """
    found: list[str] = []
    with suppress(FileNotFoundError), disk.opened(root, os.O_RDONLY | os.O_DIRECTORY) as folder:
        for path in _below(folder, "", MOST_DEPTH):
            found.append(path)
            if len(found) >= MOST_FILES:
                break
    return sorted(found, key=os.fsencode)


def _below(folder: int, path: str, depth: int) -> Iterator[str]:
    with os.scandir(folder) as entries:
        names = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in names:
        if name.startswith(HIDDEN) or name.lower().endswith(PARTIAL):
            continue
        if not is_folder:
            yield f"{path}{name}"
        elif depth:
            # Gone by now, not ours to read, or a link in its place.
            with suppress(OSError), disk.opened(name, disk.FOLDER, folder) as deeper:
                yield from _below(deeper, f"{path}{name}/", depth - 1)


def encoded(path: str) -> str:
    """The cursor of the page that begins behind this path."""
    return base64.urlsafe_b64encode(os.fsencode(path)).decode().rstrip("=")


def decoded(cursor: str) -> bytes:
    """The path behind which the page begins; RequestRefused for what is no cursor.

    >>> decoded(encoded("day 1/cam ä.mp4")).decode()
    'day 1/cam ä.mp4'
    """
    try:
        text = cursor.encode("ascii")
        path = base64.b64decode(text + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise RequestRefused("The cursor is not one that a list of sources gave out.") from error
    return path


def is_a_name(path: str) -> bool:
    """Whether a config can name it: text, and no bytes that stand for none."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
