"""Rings Celery with a job id, and knows which rings nobody has answered yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from celery import Celery

from config_schema.status import JobRecord
from worker.jobs.announce import TASK, announcement_of, store

QUEUE = "exports"
#: 0 is served first by Celery's Redis transport.
PRIORITIES = {"high": 0, "normal": 3, "low": 6}


class Doorbell:
    """Rings for jobs through a bounded Celery app."""

    def __init__(self, app: Celery) -> None:
        self._app = app

    def announce_and_ring(self, record: JobRecord) -> None:
        """Forget the outcome of an earlier run under this id, then ring."""
        store(self._app, record.job_id, announcement_of(record))
        self.ring(record)

    def ring(self, record: JobRecord) -> None:
        """Ask for a worker; raises whatever Redis and its client raise, within bounded time."""
        self._app.send_task(
            TASK,
            args=(record.job_id,),
            task_id=record.job_id,
            priority=PRIORITIES[record.priority],
            kwargsrepr=repr({"project": record.project_name[:80]}),
            # Without these two a stopped Redis costs 19 s and a frozen one never returns.
            ignore_result=True,
            retry=False,
        )

    def unanswered(self) -> set[str]:
        """The job ids in the queue, or taken from it and not yet acknowledged."""
        with self._app.connection_for_write() as connection:
            client = connection.default_channel.client
            found: set[str] = set()
            for priority in PRIORITIES.values():
                key = f"{QUEUE}:{priority}" if priority else QUEUE
                found.update(_ids(client.lrange(key, 0, -1)))
            found.update(_ids(client.hvals("unacked")))
            return found


def _ids(messages: list[bytes]) -> Iterator[str]:
    for raw in messages:
        try:
            message: Any = json.loads(raw)
            # In `unacked` a message lies in a list with its exchange and routing key.
            message = message[0] if isinstance(message, list) else message
            yield str(message["headers"]["id"])
        except (ValueError, LookupError, TypeError):
            continue
