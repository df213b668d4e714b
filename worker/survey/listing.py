"""The sources with what is known of them; what is not known is looked into in the background."""

from __future__ import annotations

import logging
import os
import threading
import time
from bisect import bisect_right
from contextlib import suppress
from datetime import UTC, datetime

from config_schema.errors import (
    ExportError,
    LookTooSlow,
    SourceFault,
    SourceMissing,
    SourceRefused,
    SourceUnreadable,
)
from config_schema.source_facts import SourceEntry, SourceFacts, SourcePage
from worker.media.resolve import OpenSource, SourceRoots, open_source
from worker.survey.known import Key, Known, KnownSources
from worker.survey.lane import Lane, Looker
from worker.survey.shelf import decoded, encoded, is_a_name, paths_in
from worker.survey.spec import FactsSpec

#: Who is still copying a file has written to it within so long.
GROWING_SECONDS = 10.0
LOOK_SECONDS = 20.0
#: What went wrong for no fault of the file's is tried again after so long.
AGAIN_SECONDS = 300.0
_MOST_FAILED = 10_000
#: Facts are kept whatever the file will be called.
NAME = "This file"
NO_TEXT = SourceRefused("The name of this file is not text that a config could hold; rename it.")

_log = logging.getLogger(__name__)


class Listing:
    """Pages of sources. One for each process: it knows what it has asked its lane to look into."""

    def __init__(self, known: KnownSources, lane: Lane) -> None:
        self._known = known
        self._lane = lane
        self._lock = threading.Lock()
        self._asked: set[Key] = set()
        self._failed: dict[Key, float] = {}

    def page(self, roots: SourceRoots, limit: int, cursor: str | None) -> SourcePage:
        """At most `limit` of the sources in the base of `roots`, behind `cursor`."""
        behind = decoded(cursor) if cursor else b""
        paths = paths_in(roots.base)
        at = bisect_right(paths, behind, key=os.fsencode) if behind else 0
        chosen = paths[at : at + limit]
        entries = [entry for path in chosen if (entry := self._entry(path, roots)) is not None]
        is_more = at + limit < len(paths)
        return SourcePage(
            sources=tuple(entries), next_cursor=encoded(chosen[-1]) if is_more else None
        )

    def _entry(self, path: str, roots: SourceRoots) -> SourceEntry | None:
        try:
            if not is_a_name(path):
                raise NO_TEXT
            opened = open_source(path, path, roots)
        except SourceMissing:
            return None
        except SourceFault as fault:
            return _refused(path, fault, roots)
        os.close(opened.fd)
        entry = SourceEntry(
            file_path=path,
            bytes=opened.size,
            modified_at=datetime.fromtimestamp(opened.mtime_ns / 1e9, UTC),
        )
        if abs(time.time() - opened.mtime_ns / 1e9) < GROWING_SECONDS:
            return entry.model_copy(update={"growing": True})
        known = self._known.find(Key.of(opened))
        if known is None:
            known = self._failure(Key.of(opened))
        if known is not None:
            return entry.model_copy(update=dict(known))
        return entry.model_copy(update={"probing": self._ask(path, roots, opened)})

    def _failure(self, key: Key) -> Known | None:
        failed_at = self._failed.get(key)
        if failed_at is None or time.monotonic() - failed_at > AGAIN_SECONDS:
            return None
        return _known_as(SourceUnreadable("This file cannot be looked into; it may be damaged."))

    def _ask(self, path: str, roots: SourceRoots, opened: OpenSource) -> bool:
        key = Key.of(opened)
        with self._lock:
            if key in self._asked:
                return True
            is_asked = self._lane.run_later(lambda looker: self._look(looker, path, roots, key))
            if is_asked:
                self._asked.add(key)
            return is_asked

    def _look(self, looker: Looker, path: str, roots: SourceRoots, key: Key) -> None:
        """Look into a source, in the lane's thread, and keep what was found."""
        try:
            known = self._found(looker, path, roots, key)
            if known is not None:
                self._known.keep(key, known)
        except (ExportError, OSError) as error:
            _log.warning("a source cannot be looked into: %s", getattr(error, "detail", error))
            if len(self._failed) >= _MOST_FAILED:
                self._failed.clear()
            self._failed[key] = time.monotonic()
        finally:
            with self._lock:
                self._asked.discard(key)

    def _found(self, looker: Looker, path: str, roots: SourceRoots, key: Key) -> Known | None:
        try:
            opened = open_source(path, path, roots)
        except SourceFault:
            return None  # the next list tells what became of it
        try:
            if Key.of(opened) != key:
                return None
            spec = FactsSpec(fd=opened.fd, name=NAME)
            answer = looker.ask("facts", spec, (opened.fd,), LOOK_SECONDS)
            return Known(facts=SourceFacts.model_validate_json(answer))
        except LookTooSlow:
            slow = "This file has no index, and takes longer to read through than a look may take."
            return _known_as(LookTooSlow(slow))
        except SourceFault as fault:
            return _known_as(fault)
        finally:
            os.close(opened.fd)


def _known_as(fault: SourceFault) -> Known:
    return Known(error=str(fault), error_code=fault.code)


def _refused(path: str, fault: SourceFault, roots: SourceRoots) -> SourceEntry:
    size, changed = 0, 0.0
    with suppress(OSError):
        facts = (roots.base / path).lstat()
        size, changed = facts.st_size, facts.st_mtime
    return SourceEntry(
        file_path=os.fsencode(path).decode(errors="replace"),
        bytes=size,
        modified_at=datetime.fromtimestamp(changed, UTC),
        error=str(fault),
        error_code=fault.code,
    )
