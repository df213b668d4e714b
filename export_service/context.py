"""What the routes may reach: the settings, the door to the jobs, the readiness probes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from apiflask import APIFlask
from flask import current_app

from config_schema.config import ParsedConfig
from config_schema.source_facts import SourcePage
from export_service.auth import caller
from export_service.guard import Guard
from export_service.rates import Rates
from export_service.readiness import Readiness
from export_service.settings import WebSettings
from worker.client import (
    Census,
    Kind,
    MiniatureFile,
    MiniatureView,
    OutputFile,
    Page,
    StatusView,
    Submitted,
    Sums,
)

_KEY = "export_service"


class ExportDoor(Protocol):
    """The verbs of `worker.client.ExportClient` that the web uses, as one tenant finds them; every
    id in it is well formed.

    Each raises errors of `config_schema.errors` and nothing else.
    """

    def of(self, tenant: str) -> Self:
        """The same door as this tenant finds it."""
        ...

    def submit(self, parsed: ParsedConfig) -> Submitted:
        """Put the job on disk and ring for a worker."""
        ...

    def preview(self, parsed: ParsedConfig) -> bytes:
        """What the export would be, as JSON."""
        ...

    def sources(self, limit: int = 50, cursor: str | None = None) -> SourcePage:
        """Some of the sources, by their paths."""
        ...

    def status(self, job_id: str) -> StatusView:
        """Where the job stands."""
        ...

    def cancel(self, job_id: str) -> StatusView:
        """End the job and remove its files."""
        ...

    def retry(self, job_id: str) -> StatusView:
        """Start the next run of a failed or cancelled job."""
        ...

    def list(
        self,
        status: str | None = None,
        project_id: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """Some of the jobs, newest first."""
        ...

    def output(self, job_id: str) -> OutputFile:
        """The finished programme's file."""
        ...

    def report(self, job_id: str) -> bytes:
        """The proof of a completed export, as JSON."""
        ...

    def miniature(self, kind: Kind, sources: Sequence[str], **how: float) -> MiniatureView:
        """Have something made of sources, and tell where it stands."""
        ...

    def miniature_again(self, miniature_id: str) -> MiniatureView:
        """The same of what was asked for before."""
        ...

    def miniature_file(self, miniature_id: str) -> MiniatureFile:
        """The file that was made."""
        ...

    def census(self) -> Census:
        """How everything stands, at most a few seconds old."""
        ...

    def sums(self) -> Sums:
        """What came of all runs."""
        ...

    def broker_alive(self) -> bool:
        """Whether the broker answers."""
        ...

    def workers_alive(self) -> int:
        """How many workers answer."""
        ...

    def volume_writable(self) -> bool:
        """Whether the media volume takes a file."""
        ...

    def ffmpeg_present(self) -> bool:
        """Whether FFmpeg can be started."""
        ...


@dataclass(frozen=True)
class Context:
    """One app's settings and doors."""

    settings: WebSettings
    door: ExportDoor
    readiness: Readiness
    guard: Guard
    rates: Rates

    @classmethod
    def around(cls, settings: WebSettings, door: ExportDoor) -> Self:
        """A context whose readiness is what the door's own probes find."""
        probes = {
            "broker": door.broker_alive,
            "volume": door.volume_writable,
            "worker": lambda: door.workers_alive() > 0,
            "ffmpeg": door.ffmpeg_present,
        }
        rates = Rates(settings.rate_per_minute, settings.http_workers)
        return cls(settings, door, Readiness(probes), settings.guard, rates)


def install(app: APIFlask, context: Context) -> None:
    """Give the app's routes their context."""
    app.extensions[_KEY] = context


def context() -> Context:
    """The context of the app that answers this request."""
    found: Context = current_app.extensions[_KEY]
    return found


def door() -> ExportDoor:
    """The door of the app that answers this request, as the tenant finds it for whom one asks."""
    return context().door.of(caller().tenant)
