"""Looks into Redis for at most a moment: a running job's newest progress, the queue's length."""

from __future__ import annotations

import json
import time
from typing import Any, Literal, NamedTuple

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config_schema.status import RANKS, JobRecord, Progress
from worker.jobs.announce import PROGRESS, run_name
from worker.jobs.doorbell import help_key, queue_key

_SECONDS = 0.25
_PATIENT_SECONDS = 1.0
_REST_SECONDS = 5.0


class Waiting(NamedTuple):
    """What a message in the queue asks for, and how early it is served."""

    kind: Literal["job", "help"]
    priority: str


class Glance:
    """Reads progress; after a failure it rests, so that polls stay quick while Redis is away."""

    def __init__(self, redis_url: str) -> None:
        self._client = _client(redis_url, _SECONDS)
        self._patient = _client(redis_url, _PATIENT_SECONDS)
        self._rests_until = 0.0

    def progress(self, record: JobRecord) -> Progress | None:
        """The newest progress of exactly this run, or None when Redis does not know."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            raw: Any = self._client.get(f"celery-task-meta-{record.job_id}")
            meta = json.loads(raw) if raw else {}
            if meta.get("status") != PROGRESS or meta["result"]["run"] != run_name(record):
                return None
            known = meta["result"]["progress"]
            return Progress.model_validate(known) if known else None
        except redis.RedisError:
            self._rests_until = time.monotonic() + _REST_SECONDS
            return None
        except (ValueError, LookupError, TypeError, AttributeError):
            return None

    def messages(self) -> dict[Waiting, int] | None:
        """How many messages wait in the queue, or None when Redis does not say."""
        keys = {Waiting("job", priority): queue_key(priority) for priority in RANKS}
        keys |= {Waiting("help", priority): help_key(priority) for priority in RANKS}
        if time.monotonic() < self._rests_until:
            return None
        try:
            with self._client.pipeline(transaction=False) as asked:
                for key in keys.values():
                    asked.llen(key)
                return dict(zip(keys, asked.execute(), strict=True))
        except redis.RedisError:
            self._rests_until = time.monotonic() + _REST_SECONDS
            return None

    def alive(self) -> bool:
        """Whether Redis answers within a second."""
        try:
            return bool(self._patient.ping())
        except redis.RedisError:
            return False


def _client(redis_url: str, timeout_seconds: float) -> redis.Redis:
    return redis.Redis.from_url(
        redis_url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        retry=Retry(NoBackoff(), 0),
    )
