"""One lane to the children that look into sources, for a process that must not do so itself.

Whoever looks waits in line for a thread, which has a nursery of its own: children die with the
thread that started their nursery, and a request's may be gone before they are done. Looks that
somebody waits for go first. With nothing to do for a while the thread ends, and its nursery with
it.
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from config_schema.errors import Cancelled, LookTooSlow, TooManyRequests
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.ffmpeg.sandbox.walls import Cell
from worker.ffmpeg.start import Command, make_nursery
from worker.jobs import disk

#: The module that has the verbs; it loads what reads media, so that it is only named here.
CHILD = "worker.render.child"
#: A nursery takes some 100 MB, and a second to be ready.
IDLE_SECONDS = 60.0
#: Each takes a thread of the web process while it waits.
MOST_WAITING = 3
MOST_IN_BACKGROUND = 1000
ANSWER_BYTES = 1 << 28
#: Leftovers of a process that was killed.
LITTER_SECONDS = 3600.0

T = TypeVar("T")
_log = logging.getLogger(__name__)


class _Errand(NamedTuple):
    go: Callable[[Looker], None]
    done: Future[None]


class Lane:
    """A thread with a nursery, made when there is something to do; made anew in a forked process.

    Children find their work in folders below `folder`.
    """

    def __init__(self, engine: Callable[[], EngineSettings], folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._changed = threading.Condition()
        self._pid = 0
        self._urgent: deque[_Errand] = deque()
        self._background: deque[_Errand] = deque()
        self._is_served = False

    def run(self, look: Callable[[Looker], T], seconds: float) -> T:
        """What `look` returns or raises; it has so many seconds from when its turn comes.

        TooManyRequests where too many wait, LookTooSlow where its turn did not come or took longer.
        """
        found: Future[T] = Future()
        ends_at: list[float] = []

        def go(looker: Looker) -> None:
            ends_at.append(time.monotonic() + seconds)
            looker.deadline = ends_at[0]
            try:
                found.set_result(look(looker))
            except BaseException as error:  # noqa: BLE001 - it is whoever waits that is told
                found.set_exception(error)

        errand = _Errand(go, Future())
        with self._changed:
            self._begin()
            if len(self._urgent) >= MOST_WAITING:
                raise TooManyRequests(
                    "Too many dry runs at once; try again in a moment.", retry_after_seconds=2
                )
            self._urgent.append(errand)
            self._changed.notify_all()
        try:
            return found.result(2 * seconds)
        except FutureTimeoutError as error:
            errand.done.cancel()
            raise LookTooSlow from error

    def run_later(self, look: Callable[[Looker], None]) -> bool:
        """Run `look` when nobody waits for another one; False where too many are waiting for that.

        What it raises is logged.
        """

        def go(looker: Looker) -> None:
            try:
                look(looker)
            except Exception:  # noqa: BLE001 - the next one has its turn all the same
                _log.exception("a look into a source went wrong")

        with self._changed:
            self._begin()
            if len(self._background) >= MOST_IN_BACKGROUND:
                return False
            self._background.append(_Errand(go, Future()))
            self._changed.notify_all()
        return True

    def _begin(self) -> None:
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._urgent, self._background, self._is_served = deque(), deque(), False
        if not self._is_served:
            self._is_served = True
            threading.Thread(target=self._serve, name="survey", daemon=True).start()

    def _serve(self) -> None:
        looker = Looker(self._engine(), self._folder)
        try:
            while (errand := self._next()) is not None:
                if errand.done.set_running_or_notify_cancel():
                    errand.go(looker)
        finally:
            looker.close()

    def _next(self) -> _Errand | None:
        with self._changed:
            self._changed.wait_for(lambda: self._urgent or self._background, IDLE_SECONDS)
            if self._urgent:
                return self._urgent.popleft()
            if self._background:
                return self._background.popleft()
            self._is_served = False
            return None


class Looker:
    """Asks children; belongs to the thread that made it."""

    def __init__(self, engine: EngineSettings, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._nursery: Nursery | None = None
        self.deadline = 0.0

    def ask(self, verb: str, spec: BaseModel, fds: tuple[int, ...], seconds: float = 0) -> bytes:
        """What the child answers, in so many seconds or, where none are said, until the deadline.

        Raises what the child says is wrong, LookTooSlow, or what became of it (RenderFault).
        """
        deadline = time.monotonic() + seconds if seconds else self.deadline
        left = max(1, round(deadline - time.monotonic()))
        keeping = replace(self._engine.keeping, cpu_seconds=left)
        engine = replace(self._engine, keeping=keeping)
        if self._nursery is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            self._nursery = make_nursery(CHILD, keeping.nice)
        work = self._folder / secrets.token_hex(8)
        work.mkdir()
        try:
            (work / "spec.json").write_text(spec.model_dump_json(), encoding="utf-8")
            told = (str(work / "spec.json"), str(work / "answer.json"))
            argv = (sys.executable, "-I", "-m", CHILD, verb, *told)
            command = Command(argv, fds, Cell(writes=(work,), file_bytes=ANSWER_BYTES))
            with Crew(
                engine,
                is_cancelled=lambda: time.monotonic() > deadline,
                log=_log.debug,
                nursery=self._nursery,
            ) as crew:
                crew.run(Work(verb, command, "done"))
            return (work / "answer.json").read_bytes()
        except Cancelled as error:
            raise LookTooSlow from error
        finally:
            disk.remove_path(work)

    def close(self) -> None:
        """End the nursery."""
        if self._nursery is not None:
            self._nursery.close()

    def _tidy(self) -> None:
        for path in self._folder.iterdir():
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > LITTER_SECONDS:
                    disk.remove_path(path)
