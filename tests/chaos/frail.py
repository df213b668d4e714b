"""The web app of `gunicorn tests.chaos.frail:create_app()`: the real one without one of the things
that make an acknowledged export safe, named by the variable DISARMED.

    durable  an export is acknowledged first, and written a moment later
    bounded  whoever rings waits for the broker as long as it takes
"""

from __future__ import annotations

import os
import threading
from typing import Any

import export_service
from worker import app, client
from worker.jobs.store import JobStore

WRITTEN_LATE_SECONDS = 1.0
_PATIENT_SECONDS = 30.0


def create_app() -> Any:
    """The disarmed app."""
    {"durable": _without_durability, "bounded": _without_bounds}[os.environ["DISARMED"]]()
    return export_service.create_app()


def _without_durability() -> None:
    create = JobStore.create

    def later(self: JobStore, *words: Any) -> None:
        threading.Timer(WRITTEN_LATE_SECONDS, create, (self, *words)).start()

    JobStore.create = later  # type: ignore[method-assign]


def _without_bounds() -> None:
    client.RING_SECONDS = app._BOUNDED_SECONDS = _PATIENT_SECONDS  # noqa: SLF001
    app._BOUNDED |= {  # noqa: SLF001
        "redis_socket_timeout": _PATIENT_SECONDS,
        "broker_connection_timeout": _PATIENT_SECONDS,
    }
