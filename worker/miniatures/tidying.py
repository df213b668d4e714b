"""The sweep's part: rings for what is wanted, removes what nobody wants or whose source is gone."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from pydantic import ValidationError

from config_schema.errors import ExportError
from worker.jobs import disk
from worker.jobs.claim import is_claimed, this_host
from worker.jobs.doorbell import Doorbell, miniature_task_id
from worker.media.resolve import SourceRoots
from worker.media.volume import TENANT_MARK
from worker.miniatures.asking import content_of
from worker.miniatures.shelf import ASK, INTEREST_SECONDS, WORK, Place, Shelf, names_in
from worker.miniatures.wants import Want, told

#: How often the folder is looked over for what can go.
TIDY_SECONDS = 60.0
#: How often what is wanted is rung for again, in case its message was lost.
RING_SECONDS = 2.0
#: Pieces of a proxy that nobody has asked for so long are not gone on with.
WORK_SECONDS = 600.0
_NAME = re.compile(r"\.?([0-9a-f]{32})\..+")


class _Kept(NamedTuple):
    asked_at: float
    bytes: int
    tenant: str
    key: str


def tidy(shelf: Shelf, roots_of: Callable[[str], SourceRoots], most_bytes: int) -> int:
    """Go round over the miniatures of all tenants; how many were removed."""
    removed = 0
    kept: list[_Kept] = []
    for tenant in tenants(shelf):
        with suppress(FileNotFoundError), shelf.place(tenant) as place:
            for key, names in _by_key(place).items():
                with suppress(OSError, ExportError):
                    found = _settled(place, tenant, key, names, roots_of(tenant))
                    removed += found is None
                    kept += [found] if found is not None else []
    left = sum(one.bytes for one in kept)
    for one in sorted(kept):
        if left <= most_bytes:
            break
        with shelf.place(one.tenant) as place:
            if _is_free(place, one.key):
                _drop(place, one.key)
                left -= one.bytes
                removed += 1
    return removed


def wanted(shelf: Shelf) -> list[Want]:
    """What somebody waits for and nobody makes, of all tenants."""
    found = []
    for tenant in tenants(shelf):
        with suppress(FileNotFoundError), shelf.place(tenant) as place:
            found += [want for want in shelf.due(place) if not is_claimed(place.fd, want.key)]
    return found


def ring_for_wanted(shelf: Shelf, doorbell: Doorbell) -> int:
    """Ring for what is wanted and has no message in the queue: it was lost, or whoever heard it
    let others go first; how often.
    """
    waiting = wanted(shelf)
    if not waiting:
        return 0
    unanswered = doorbell.unanswered()
    rung = 0
    for want in waiting:
        if miniature_task_id(want.tenant, want.key) not in unanswered:
            doorbell.ring_for_miniature(want.tenant, want.key, told(want))
            rung += 1
    return rung


def tenants(shelf: Shelf) -> list[str]:
    """Whose miniatures there are, the house's first."""
    try:
        names = names_in(shelf.volume.miniatures)
    except FileNotFoundError:
        return []
    return ["", *sorted(name.removeprefix(TENANT_MARK) for name in names if name[0] == TENANT_MARK)]


def _by_key(place: Place) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names_in(place.fd):
        match = _NAME.fullmatch(name)
        if match is not None:
            found[match[1]].append(name)
    return found


def _settled(
    place: Place, tenant: str, key: str, names: list[str], roots: SourceRoots
) -> _Kept | None:
    """What is kept under this name, or None once it is gone."""
    asked_at = max((_asked_at(place, name) for name in names if name == key + ASK), default=0.0)
    age = disk.clock(place.fd, f".clock@{this_host()}") - asked_at
    if age > INTEREST_SECONDS and _is_free(place, key):
        if not asked_at or not _is_current(place, key, roots):
            _drop(place, key)
            return None
        if age > WORK_SECONDS:
            disk.remove(place.fd, key + WORK)
        if age > WORK_SECONDS and f"{key}.facts" not in names:
            # Never made, or not to be made, and nobody asks.
            _drop(place, key)
            return None
    return _Kept(asked_at, sum(_bytes(place, name) for name in names), tenant, key)


def _is_current(place: Place, key: str, roots: SourceRoots) -> bool:
    """Whether its sources are still there, with the same content."""
    try:
        want = Want.model_validate_json(disk.read(place.fd, key + ASK))
        return tuple(content_of(name, roots) for name in want.sources) == want.contents
    except (ExportError, ValidationError, FileNotFoundError):
        return False


def _is_free(place: Place, key: str) -> bool:
    return not is_claimed(place.fd, key)


def _drop(place: Place, key: str) -> None:
    # The facts first: what has none is not ready.
    disk.remove(place.fd, f"{key}.facts")
    for name in names_in(place.fd):
        match = _NAME.fullmatch(name)
        if match is not None and match[1] == key:
            disk.remove(place.fd, name)


def _asked_at(place: Place, name: str) -> float:
    return os.stat(name, dir_fd=place.fd, follow_symlinks=False).st_mtime


def _bytes(place: Place, name: str) -> int:
    try:
        if name.endswith(WORK):
            whole = place.path / name
            return sum(path.stat().st_size for path in whole.rglob("*") if path.is_file())
        return os.stat(name, dir_fd=place.fd, follow_symlinks=False).st_size
    except FileNotFoundError:
        return 0
