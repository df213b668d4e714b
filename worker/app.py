"""Celery and its few options, each with its reason (measured; docs/decisions tells the story).

Celery on Redis cannot promise to run an hour-long task exactly once whatever is set, so nothing
here tries: a message is a doorbell that may ring never, once or thrice, and the job on disk, its
lock and the sweep make up for it.
"""

from __future__ import annotations

from typing import Any

from celery import Celery, bootsteps
from celery.exceptions import CeleryCommandException, TaskRevokedError
from celery.result import AsyncResult
from celery.worker import state

from config_schema.errors import ExportError, JobNotFound
from worker.jobs.doorbell import PRIORITIES, QUEUE, STEPS, Doorbell
from worker.jobs.store import JobStore
from worker.jobs.sweep import Sweep, SweepThread
from worker.miniatures.tidying import RING_SECONDS, ring_for_wanted
from worker.miniatures.tidying import TIDY_SECONDS as TIDY_MINIATURES_SECONDS
from worker.miniatures.tidying import tidy as tidy_miniatures
from worker.settings import WorkerSettings
from worker.uploads.tidying import TIDY_SECONDS, tidy
from worker.webhooks.courier import Courier
from worker.webhooks.rounds import CourierThread, Rounds

#: Also covers a client that waits: every call to a frozen Redis ends after so long.
_BOUNDED_SECONDS = 2.0

_COMMON: dict[str, Any] = {
    "accept_content": ["json"],  # pickle would let anybody who reaches Redis run code here
    "task_serializer": "json",
    "result_serializer": "json",
    "task_default_queue": QUEUE,
    "task_default_priority": PRIORITIES["normal"],
    "task_send_sent_event": True,  # Flower shows a job from its POST on
    "result_expires": None,  # `celery result` knows a job for as long as its folder lies there
    "timezone": "UTC",
}

_TRANSPORT: dict[str, Any] = {
    "priority_steps": STEPS,
    "sep": ":",
    # Covers the milliseconds between taking a message and acknowledging it, nothing else.
    "visibility_timeout": 10,
}

_WORKER: dict[str, Any] = {
    # Early acknowledgement: late would deliver every render longer than the visibility timeout
    # again while it runs, for ever.
    "task_acks_late": False,
    "task_reject_on_worker_lost": False,
    # One job in hand; the others stay in the queue for workers that are free.
    "worker_prefetch_multiplier": 1,
    "worker_disable_prefetch": True,
    # An hour of rendering is no fault; the engine has its own stall watch and deadlines.
    "task_time_limit": None,
    "task_soft_time_limit": None,
    # Flower lives on events.
    "worker_send_task_events": True,
    # True would kill the render when Redis restarts and lose its message besides.
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    # The default gives up after 100 tries; a worker without a broker has nothing better to do.
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    # A state that cannot be stored now is stored when Redis is back; only the board's own thread
    # waits for it, never a render.
    "result_backend_always_retry": True,
    "redis_socket_timeout": 10,
    "redis_socket_connect_timeout": 5,
}

#: For whoever must not wait: the web process, the command line, the sweep.
_BOUNDED: dict[str, Any] = {
    "redis_socket_timeout": _BOUNDED_SECONDS,
    "redis_socket_connect_timeout": _BOUNDED_SECONDS,
    "redis_retry_on_timeout": False,
    "result_backend_transport_options": {
        "retry_policy": {"max_retries": 0, "timeout": _BOUNDED_SECONDS}
    },
    "broker_connection_timeout": _BOUNDED_SECONDS,
    "task_publish_retry": False,
}


def make_app(settings: WorkerSettings, *, bounded: bool = True) -> Celery:
    """A Celery app that rings: bounded in time for everybody except the worker itself."""
    app = Celery("worker", set_as_current=not bounded)
    transport: dict[str, Any] = dict(_TRANSPORT)
    if bounded:
        transport |= {
            "socket_timeout": _BOUNDED_SECONDS,
            "socket_connect_timeout": _BOUNDED_SECONDS,
            "retry_on_timeout": False,
            "max_retries": 0,
        }
    app.conf.update(
        **_COMMON,
        **(_BOUNDED if bounded else _WORKER),
        broker_url=settings.redis_url,
        result_backend=settings.redis_url,
        broker_transport_options=transport,
        worker_concurrency=settings.concurrency,
    )
    return app


def make_worker_app(settings: WorkerSettings) -> Celery:
    """The app that `celery -A worker worker` runs, with the sweep in it."""
    app = make_app(settings, bounded=False)
    app.steps["worker"].add(_SweepStep)
    app.steps["worker"].add(_CourierStep)
    app.settings = settings
    app.AsyncResult = app.subclass_with_self(_Result)
    return app


class _Result(AsyncResult):
    """What `celery result JOBID` waits for: its end, if there is such a job."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """See AsyncResult; how a job ended badly, or that there is none, is one line."""
        try:
            # To Celery an id that nobody knows is a task that may yet come.
            JobStore(self.app.settings.volume.exports).record(self.id)
            return super().get(*args, **kwargs)
        except JobNotFound as error:
            raise CeleryCommandException(f"{error} ({error.code})", 1) from error
        except ExportError as error:
            # It was stored with its code.
            raise CeleryCommandException(str(error), 1) from error
        except TaskRevokedError as error:
            raise CeleryCommandException("The export was cancelled.", 1) from error


class _SweepStep(bootsteps.StartStopStep):
    """Runs the sweep beside the consumer, in every worker."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._thread: SweepThread | None = None

    def start(self, worker: Any) -> None:
        settings: WorkerSettings = worker.app.settings
        settings.volume.prepare()
        sweep = Sweep(
            JobStore(settings.volume.exports, tells=True),
            make_app(settings),
            hostname=worker.hostname,
            idle_slots=lambda: settings.concurrency - len(state.reserved_requests),
            cache=settings.piece_cache,
            keep_days=settings.keep_days,
            quotas=settings.quotas,
        )
        sweep.also("uploads", TIDY_SECONDS, lambda: tidy(settings.uploads))
        miniatures = settings.shelf

        def clear() -> int:
            return tidy_miniatures(miniatures, settings.roots_of, settings.proxy_cache_bytes)

        sweep.also("miniatures", TIDY_MINIATURES_SECONDS, clear)
        doorbell = Doorbell(make_app(settings))
        sweep.also("wanted", RING_SECONDS, lambda: ring_for_wanted(miniatures, doorbell))
        self._thread = SweepThread(sweep)
        self._thread.start()

    def stop(self, worker: Any) -> None:  # noqa: ARG002 - Celery's signature
        if self._thread is not None:
            self._thread.stop()

    terminate = stop


class _CourierStep(bootsteps.StartStopStep):
    """Tells clients how their exports ended, in every worker."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._thread: CourierThread | None = None

    def start(self, worker: Any) -> None:
        settings: WorkerSettings = worker.app.settings
        self._thread = CourierThread(Rounds(Courier(settings.volume.exports, settings.webhooks)))
        self._thread.start()

    def stop(self, worker: Any) -> None:  # noqa: ARG002 - Celery's signature
        if self._thread is not None:
            self._thread.stop()

    terminate = stop
