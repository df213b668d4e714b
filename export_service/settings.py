"""The web process's settings: the worker's, and how HTTP is served; its one reader of the
environment.
"""

from __future__ import annotations

from pydantic import Field

from worker.settings import WorkerSettings


class WebSettings(WorkerSettings):
    """Everything an operator can set about the service; a wrong value raises SettingsInvalid."""

    http_host: str = Field(
        default="127.0.0.1",
        min_length=1,
        validation_alias="EXPORT_HTTP_HOST",
        description="the address gunicorn listens on; there is no login yet, so keep it private",
    )
    http_port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        validation_alias="EXPORT_HTTP_PORT",
        description="the port gunicorn listens on",
    )
    http_workers: int = Field(
        default=2,
        ge=1,
        le=64,
        validation_alias="EXPORT_HTTP_WORKERS",
        description="web processes",
    )
    http_threads: int = Field(
        default=8,
        ge=1,
        le=256,
        validation_alias="EXPORT_HTTP_THREADS",
        description="requests that one web process answers at a time; a download takes one",
    )
