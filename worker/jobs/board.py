"""A worker process's notice board: tells Celery how jobs stand, from a thread of its own.

The render's main thread only pins its newest notice and goes on; it never touches Redis, so a
frozen or stopped Redis cannot slow a render down. One thread for all jobs of the process keeps
the order: a notice can only be followed by a newer one.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

from celery import Celery

from worker.jobs.announce import PROGRESS, Announcement, store, tell_flower

_RETRY_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Board:
    """Pins notices and delivers the newest of each job as soon as Redis takes it."""

    def __init__(self, app: Celery, hostname: str) -> None:
        self._app = app
        self._hostname = hostname
        self._notices: dict[str, Announcement] = {}
        self._in_hand: str | None = None
        self._begun: str | None = None
        self._changed = threading.Condition()
        threading.Thread(target=self._deliver, name="board", daemon=True).start()

    def pin(self, job_id: str, announcement: Announcement) -> None:
        """Put up the job's newest notice; never waits."""
        with self._changed:
            self._notices[job_id] = announcement
            self._changed.notify_all()

    def wait_until_told(self, job_id: str, timeout_seconds: float) -> bool:
        """Whether the job's newest notice was delivered within the time."""
        with self._changed:
            return self._changed.wait_for(
                lambda: job_id not in self._notices and self._in_hand != job_id, timeout_seconds
            )

    def _show(self, job_id: str, notice: Announcement) -> None:
        is_running = notice.state == PROGRESS
        anew = is_running and self._begun != job_id
        self._begun = job_id if is_running else None
        tell_flower(self._app, job_id, notice, self._hostname, anew=anew)

    def _deliver(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._notices)
                job_id, notice = next(iter(self._notices.items()))
                del self._notices[job_id]
                self._in_hand = job_id
            try:
                store(self._app, job_id, notice)
                # An event is for onlookers; when one is lost, the next shows the same.
                with suppress(Exception):
                    self._show(job_id, notice)
            except Exception as error:  # noqa: BLE001 - whatever Redis and its client invent
                _log.warning(
                    "could not tell Celery about %s yet: %s", job_id, error, extra={"job": job_id}
                )
                with self._changed:
                    self._notices.setdefault(job_id, notice)
                time.sleep(_RETRY_SECONDS)
            finally:
                with self._changed:
                    self._in_hand = None
                    self._changed.notify_all()
