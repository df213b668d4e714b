"""Looks up a running job's newest progress in the result backend, for at most a moment."""

from __future__ import annotations

import json
import time
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config_schema.status import JobRecord, Progress
from worker.jobs.announce import PROGRESS, run_name

_SECONDS = 0.25
_PATIENT_SECONDS = 1.0
_REST_SECONDS = 5.0


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
