"""Where uploads lie, and how they go.

    uploads/{~tenant/}{key}/     an upload (see folder.py); the key is made of the file's name
    uploads/{~tenant/}.new-*     one being made; nobody looks in
    uploads/{~tenant/}.gone-*    one being removed
    uploads/{~tenant/}.lock      held while one is made, so that no two are given the same room

An upload appears and disappears by ONE rename, and its folder is called by the name that its file
is to have, so no two are ever under way for one name.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil

from worker.media.volume import TENANT_MARK

#: How the folder of all uploads is opened: it is the operator's, and may be a link.
SHELF = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

NEW, GONE, LOCK = ".new-", ".gone-", ".lock"


def key_of(name: str) -> str:
    """What the folder of an upload is called that is to make a file of this name.

    >>> key_of("a.mp4") == key_of("a.mp4"), key_of("a.mp4") == key_of("A.mp4"), len(key_of("a.mp4"))
    (True, False, 32)
    """
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def entries_in(parent: int) -> list[str]:
    """Everything in a folder of uploads, whatever it is."""
    with os.scandir(parent) as entries:
        return [entry.name for entry in entries]


def is_key(entry: str) -> bool:
    """Whether an entry of the folder is an upload."""
    return not entry.startswith((".", TENANT_MARK))


def keys_in(parent: int) -> list[str]:
    """The uploads in a folder of uploads."""
    return [entry for entry in entries_in(parent) if is_key(entry)]


def bury(parent: int, key: str) -> None:
    """Remove the upload, by its holder."""
    gone = GONE + secrets.token_hex(8)
    os.rename(key, gone, src_dir_fd=parent, dst_dir_fd=parent)
    os.fsync(parent)
    # What does not go now goes with the next sweep.
    shutil.rmtree(gone, ignore_errors=True, dir_fd=parent)
