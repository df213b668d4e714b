"""What a source's path may look like, as far as one can tell without a disk.

Opening the file safely (roots, symlinks, hard links, devices) is the media room's work.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category

from config_schema.limits import LONGEST_NAME_BYTES, LONGEST_PATH_BYTES

#: FFmpeg's own grammar of a protocol, options after a comma included (`subfile,,start,0,:x`).
_PROTOCOL = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.,-]*):")
_SEPARATOR = re.compile(r"[/\\]")

#: The endings of the containers that a source can be.
MEDIA_ENDINGS = frozenset(
    (
        *("3gp", "avi", "m2ts", "m4a", "m4v", "mka", "mkv", "mov", "mp4", "mpeg", "mpg", "mts"),
        *("mxf", "ts", "webm"),
    )
)
#: Hidden files, tenants' folders and what a command line would take for an option.
_BAD_BEGINNINGS = (".", "~", "-")


class PathFault(NamedTuple):
    """Why a path is refused; `said` goes on after "The file path of source 1"."""

    code: str
    said: str


def path_fault(file_path: str) -> PathFault | None:
    """What is wrong with a source's path, or None.

    >>> path_fault("day 1/cam2.mp4"), path_fault("/data/media/sources/cam2.mp4")
    (None, None)
    >>> path_fault("http://example.org/a.mp4").code, path_fault("a/../../b").code
    ('protocol_prefix', 'parent_folder')
    """
    if not file_path.strip():
        return PathFault("empty_path", "is empty; give the name of the file")
    names = _SEPARATOR.split(file_path)
    sizes = [len(name.encode(errors="surrogatepass")) + 1 for name in names]
    if sum(sizes) > LONGEST_PATH_BYTES or max(sizes) > LONGEST_NAME_BYTES + 1:
        return PathFault("too_long", "is too long for a file name")
    if any(category(character) == "Cc" for character in file_path):
        return PathFault("control_character", "has invisible control characters; rename the file")
    if protocol := _PROTOCOL.match(file_path):
        return PathFault(
            "protocol_prefix",
            f'begins with "{protocol[1][:20]}:" like a web address; only files in the sources '
            "folder can be used, and their names may not begin like that",
        )
    if ".." in names:
        return PathFault(
            "parent_folder", 'has ".." in it; only files inside the sources folder can be used'
        )
    return None


def source_name_fault(name: str) -> PathFault | None:
    """What is wrong with the name of a file that is to become a source, or None.

    Stricter than for files that an operator puts there: one plain name, of a container we know.

    >>> source_name_fault("Kamera 2 (weit).MOV")
    >>> [source_name_fault(name).code for name in ("a/b.mp4", ".a.mp4", "-i.mp4", "notes.txt")]
    ['folder', 'bad_beginning', 'bad_beginning', 'bad_ending']
    """
    fault = path_fault(name)
    if fault is not None:
        return fault
    if _SEPARATOR.search(name):
        return PathFault("folder", "has folders in it; give the name of the file alone")
    if name.startswith(_BAD_BEGINNINGS):
        return PathFault("bad_beginning", f'begins with "{name[0]}"; rename the file')
    stem, _, ending = name.rpartition(".")
    if not stem or ending.lower() not in MEDIA_ENDINGS:
        endings = ", ".join(f".{known}" for known in sorted(MEDIA_ENDINGS))
        return PathFault("bad_ending", f"is not that of a video; it must end with one of {endings}")
    return None
