"""Looking at all exports again and again over HTTP, for `export-service status --watch`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

import httpx

from config_schema.errors import ServiceFault
from config_schema.status import JobStatus
from worker.client import StatusView

EVERY_SECONDS = 0.5
#: The most that the service lists at a time.
MOST_LISTED = 200


class Look(NamedTuple):
    """What one look found: some exports, whether there are others, and what went wrong."""

    exports: tuple[StatusView, ...]
    has_more: bool
    trouble: str = ""


def ranked(running: Iterable[StatusView], newest: Iterable[StatusView]) -> tuple[StatusView, ...]:
    """The exports that are being made, then all others, each once, in the order they come in."""
    views = {view.job_id: view for view in (*running, *newest)}.values()
    return tuple(sorted(views, key=lambda view: view.status is not JobStatus.PROCESSING))


class Watcher:
    """Asks one service; `count` says each time how many exports the onlooker has room for."""

    def __init__(self, http: httpx.Client, count: Callable[[], int]) -> None:
        self._http = http
        self._count = count

    def looks(self, rest: Callable[[float], None] = time.sleep) -> Iterator[Look]:
        """One look after the other; ServiceFault when not even the first one succeeds."""
        look = self._look()
        while True:
            yield look
            rest(EVERY_SECONDS)
            try:
                look = self._look()
            except ServiceFault as fault:
                # A service that is restarted is back in a moment; until then the last picture.
                look = look._replace(trouble=str(fault))

    def _look(self) -> Look:
        count = max(1, min(self._count(), MOST_LISTED))
        # What is being made may be older than all that the first page of the newest shows.
        running, others_run = self._page(limit=count, status=JobStatus.PROCESSING.value)
        newest, others = self._page(limit=count)
        views = ranked(running, newest)
        return Look(views[:count], others_run or others or len(views) > count)

    def _page(self, **query: str | int) -> tuple[list[StatusView], bool]:
        where = self._http.base_url
        try:
            answer = self._http.get("/api/export", params=query)
            body: dict[str, Any] = answer.json()
            if answer.status_code != HTTPStatus.OK:
                raise ServiceFault(f"{where} says: {body.get('error', answer.status_code)}")
            views = [StatusView.model_validate(one) for one in body["exports"]]
            return views, body["nextCursor"] is not None
        except httpx.TransportError as error:
            raise ServiceFault(f"No service answers at {where} ({error}).") from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ServiceFault(f"What answers at {where} is no export service.") from error
