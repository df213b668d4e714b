"""How an export is made: plan, engine, queue.

`celery -A worker` finds its app here as `celery`. It is made on first use, so that importing a
pure room such as `worker.plan` loads no Celery. (`worker.app` is the module that makes it.)
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "celery":
        from config_schema.errors import SettingsInvalid
        from worker.tasks import worker_celery

        try:
            return worker_celery()
        except SettingsInvalid as error:
            # Celery would bury the one clear line under a traceback.
            raise SystemExit(f"error: {error}") from error
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
