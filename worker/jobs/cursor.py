"""Where in the list of jobs, newest first, a page begins: opaque to clients, stable for us."""

from __future__ import annotations

import base64
import json
from datetime import datetime

from config_schema.errors import RequestRefused
from config_schema.status import JobRecord


def age_key(record: JobRecord) -> tuple[datetime, str]:
    """What the list is sorted by."""
    return (record.created_at, record.job_id)


def encoded(record: JobRecord) -> str:
    """The cursor of the page that begins behind this job."""
    text = json.dumps([record.created_at.isoformat(), record.job_id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(cursor: str) -> tuple[datetime, str]:
    """The `age_key` behind which the page begins; RequestRefused for what is no cursor."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        moment, job_id = json.loads(text)
        born = datetime.fromisoformat(moment)
        if born.tzinfo is None or not isinstance(job_id, str):
            raise ValueError(cursor)
    except (ValueError, TypeError) as error:
        raise RequestRefused("The cursor is not one that a list of exports gave out.") from error
    return (born, job_id)
