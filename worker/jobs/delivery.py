"""What is to be told to a client when a run has ended: one message, and how telling it fares."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from config_schema.status import JobRecord, Progress
from config_schema.tenants import export_id_of
from worker.jobs.announce import run_name
from worker.jobs.view import known_as, view_of


class Delivery(BaseModel):
    """A message to the callback address of a job; the same one however often it is sent.

    `message_id` is that of Standard Webhooks; `born` tells this job from others of its id.
    """

    model_config = ConfigDict(frozen=True)

    message_id: str
    job_id: str
    born: AwareDatetime
    event: str
    url: str
    body: str
    #: So many were made, all in vain; of the last one, what came of it.
    tries: int = 0
    last_failure: str = ""
    not_before: AwareDatetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether to try now."""
        return self.not_before is None or self.not_before <= now

    def standing(self) -> str:
        """How telling it fares, in a line for operators."""
        if self.not_before is None:
            return f"{self.event}: to be sent"
        return (
            f"{self.event}: {self.tries} in vain, the last one: {self.last_failure}; "
            f"next at {self.not_before:%Y-%m-%d %H:%M:%S} UTC"
        )

    def failed(self, failure: str, not_before: datetime) -> Self:
        """After one more try in vain."""
        return self.model_copy(
            update={
                "tries": self.tries + 1,
                "last_failure": failure,
                "not_before": not_before,
            }
        )


def delivery_of(record: JobRecord, progress: Progress | None = None) -> Delivery | None:
    """What is to be told of the run that ended so, or None where nobody wants to know.

    >>> from datetime import UTC
    >>> record = JobRecord(job_id="a", created_at=datetime(2026, 11, 26, tzinfo=UTC),
    ...     status="failed", callback_url="https://example.org")
    >>> told = delivery_of(record)
    >>> told.event, told.message_id == delivery_of(record).message_id, told.body[:40]
    ('export.failed', True, '{"type":"export.failed","timestamp":"202')
    """
    if record.callback_url is None:
        return None
    event = f"export.{record.status}"
    ended = record.finished_at or record.created_at
    seen = known_as(export_id_of(record.job_id), view_of(record, progress))
    payload = {
        "type": event,
        "timestamp": ended,
        "data": seen.model_dump(by_alias=True),
    }
    return Delivery(
        message_id=_message_id(record, event),
        job_id=record.job_id,
        born=record.created_at,
        event=event,
        url=record.callback_url,
        body=json.dumps(payload, separators=(",", ":"), default=_moment),
    )


def _message_id(record: JobRecord, event: str) -> str:
    # Made of what it is about, so that who is killed and does it again makes the same one.
    about = f"{record.job_id}/{run_name(record)}/{event}"
    return f"msg_{hashlib.sha256(about.encode()).hexdigest()[:32]}"


def _moment(value: Any) -> str:
    # As the status route writes it.
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(value)
