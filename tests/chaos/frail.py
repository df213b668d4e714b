"""The web app of `gunicorn tests.chaos.frail:create_app()`: the real one without one of the things
that make an acknowledged export safe, named by the variable DISARMED.

    durable  an export is acknowledged first, and written a moment later
    bounded  whoever rings waits for the broker as long as it takes
    cancel   DELETE says so and does nothing else
"""

from __future__ import annotations

import os
import threading
from typing import Any

import export_service
from config_schema.status import JobRecord
from worker import app, client
from worker.jobs.folder import as_cancelled
from worker.jobs.store import JobStore

WRITTEN_LATE_SECONDS = 1.0
_PATIENT_SECONDS = 30.0


def create_app() -> Any:
    """The disarmed app."""
    WAYS[os.environ["DISARMED"]]()
    return export_service.create_app()


def _without_durability() -> None:
    create = JobStore.create

    def later(self: JobStore, record: JobRecord, config_json: bytes) -> None:
        threading.Timer(WRITTEN_LATE_SECONDS, create, (self, record, config_json)).start()

    JobStore.create = later  # type: ignore[method-assign]


def _without_bounds() -> None:
    client.RING_SECONDS = app._BOUNDED_SECONDS = _PATIENT_SECONDS
    app._BOUNDED |= {
        "redis_socket_timeout": _PATIENT_SECONDS,
        "broker_connection_timeout": _PATIENT_SECONDS,
    }


def _without_cancel() -> None:
    def cancel(self: JobStore, job_id: str) -> JobRecord:
        return as_cancelled(self.open(job_id).stored_record())

    JobStore.cancel = cancel  # type: ignore[method-assign]


WAYS = {"durable": _without_durability, "bounded": _without_bounds, "cancel": _without_cancel}
