"""Rings Celery with a job id, and knows which rings nobody has answered yet."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from time import monotonic
from typing import Any

from celery import Celery

from config_schema.status import JobRecord
from worker.jobs.announce import HELP_TASK, TASK, announcement_of, store

QUEUE = "exports"
#: 0 is served first by Celery's Redis transport.
PRIORITIES = {"high": 0, "normal": 3, "low": 6}
#: Helping a job comes after beginning another one of its priority.
HELP_PRIORITIES = {name: step + 1 for name, step in PRIORITIES.items()}
#: What pages show of sources comes after everything else.
MINIATURE_PRIORITY = 9
MINIATURE_TASK = "worker.miniature"
STEPS = sorted((*PRIORITIES.values(), *HELP_PRIORITIES.values(), MINIATURE_PRIORITY))

#: A message is acknowledged milliseconds after it was taken. Whoever has not done so by then is
#: dead, and Celery's transport looks for such messages a hundred seconds apart, or five minutes
#: after somebody died looking.
_TAKEN_SECONDS = 5.0


class Doorbell:
    """Rings for jobs through a bounded Celery app."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        # When each of the messages that are taken was first seen so. Redis knows when it was taken,
        # but by the clock of the taker's host.
        self._seen_taken: dict[str, float] = {}

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

    def ring_for_help(self, record: JobRecord) -> None:
        """Ask an idle worker to make pieces of a job that another one holds."""
        self._app.send_task(
            HELP_TASK,
            args=(record.job_id,),
            task_id=f"{record.job_id}~{secrets.token_hex(4)}",
            priority=HELP_PRIORITIES[record.priority],
            kwargsrepr=repr({"project": record.project_name[:80]}),
            ignore_result=True,
            retry=False,
        )

    def ring_for_miniature(self, tenant: str, key: str, what: str) -> None:
        """Ask for a worker to make something that a page wants to show."""
        self._app.send_task(
            MINIATURE_TASK,
            args=(tenant, key),
            # No job is called so: a slash is in no id.
            task_id=miniature_task_id(tenant, key),
            priority=MINIATURE_PRIORITY,
            kwargsrepr=repr({"what": what[:80]}),
            ignore_result=True,
            retry=False,
        )

    def ring_anew(self, record: JobRecord) -> None:
        """Ring at the place that the job has by now, instead of where its last message lies.

        A message that is gone was heard: whoever heard it looks at the disk.
        """
        if self._take_back(record.job_id):
            self.ring(record)

    def _take_back(self, job_id: str) -> int:
        with self._app.connection_for_write() as connection:
            client = connection.default_channel.client
            return sum(
                client.lrem(key, 0, message)
                for key in map(_list_of, STEPS)
                for message in client.lrange(key, 0, -1)
                if job_id in _ids([message])
            )

    def unanswered(self) -> dict[str, str]:
        """The task ids in the queue, or only just taken from it and not yet acknowledged: job ids,
        and for calls for help the job id with something behind a `~`. With each the list of the
        queue that it lies in, or nothing.
        """
        with self._app.connection_for_write() as connection:
            client = connection.default_channel.client
            found: dict[str, str] = {}
            for key in map(_list_of, STEPS):
                found.update(dict.fromkeys(_ids(client.lrange(key, 0, -1)), key))
            taken = client.hgetall("unacked")
        now = monotonic()
        self._seen_taken = {tag: self._seen_taken.get(tag, now) for tag in taken}
        fresh = [
            message
            for tag, message in taken.items()
            if now - self._seen_taken[tag] < _TAKEN_SECONDS
        ]
        return found | dict.fromkeys(_ids(fresh), "")


def miniature_task_id(tenant: str, key: str) -> str:
    """What Celery calls the making of a miniature."""
    return f"miniature/{tenant}/{key}"


def queue_key(priority: str) -> str:
    """The list in Redis where messages of this priority wait.

    >>> queue_key("high"), queue_key("low")
    ('exports', 'exports:6')
    """
    return _list_of(PRIORITIES[priority])


def help_key(priority: str) -> str:
    """The list in Redis where calls for help with jobs of this priority wait.

    >>> help_key("high")
    'exports:1'
    """
    return _list_of(HELP_PRIORITIES[priority])


def _list_of(step: int) -> str:
    return f"{QUEUE}:{step}" if step else QUEUE


def _ids(messages: list[bytes]) -> Iterator[str]:
    for raw in messages:
        try:
            message: Any = json.loads(raw)
            # In `unacked` a message lies in a list with its exchange and routing key.
            message = message[0] if isinstance(message, list) else message
            yield str(message["headers"]["id"])
        except (ValueError, LookupError, TypeError):
            continue
