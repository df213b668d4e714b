"""The Celery task behind the doorbell: thin, and without a result of its own."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from celery import Celery
from celery.exceptions import Ignore
from celery.signals import worker_process_init, worker_shutting_down

from worker.app import make_worker_app
from worker.jobs.announce import TASK
from worker.jobs.board import Board
from worker.jobs.progress import Reporter
from worker.jobs.run import Render, Rendered, Workload, run_job
from worker.jobs.shutdown import ask_to_stop, is_stopping
from worker.jobs.store import JobStore
from worker.media.resolve import open_source
from worker.settings import WorkerSettings

if TYPE_CHECKING:
    from worker.ffmpeg.nursery import Nursery

_TELL_SECONDS = 2.0
_log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def worker_celery() -> Celery:
    """The app of `celery -A worker`, made from the environment on first use."""
    settings = WorkerSettings()
    renderer = Renderer(settings)
    worker_process_init.connect(lambda **_: renderer.warm(), weak=False)
    return celery_with(settings, renderer)


def celery_with(settings: WorkerSettings, render: Render) -> Celery:
    """A worker's app whose doorbell task renders with `render`."""
    app = make_worker_app(settings)
    store = JobStore(settings.volume.exports)

    @lru_cache(maxsize=1)
    def board(hostname: str) -> Board:
        # Made on first use, hence in the pool's child: its thread would not survive the fork.
        return Board(app, hostname)

    # Celery itself stores nothing for this task: not even the FAILURE of a killed pool process,
    # which says nothing about the job.
    @app.task(name=TASK, bind=True, ignore_result=True, store_errors_even_if_ignored=False)
    def export(self: Any, job_id: str) -> None:
        notices = board(self.request.hostname)
        outcome = run_job(job_id, store, render, notices, is_stopping)
        _log.info("export %s: %s", job_id, outcome)
        notices.wait_until_told(job_id, _TELL_SECONDS)
        # Returning would make Celery call the job a success, whatever became of it.
        raise Ignore

    return app


class Renderer:
    """The real engine, fed from a workload: sources opened and checked, and closed again.

    Its nursery belongs to the process and thread that first renders or warms it: to a pool's child.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._nursery: Nursery | None = None

    def warm(self) -> None:
        """Have the next job's children ready."""
        self._the_nursery().warm()

    def __call__(self, workload: Workload, reporter: Reporter) -> Rendered:
        """Render one workload."""
        from worker.render.export import render_export
        from worker.render.job import RenderJob

        with ExitStack() as opened:
            sources = []
            for source in workload.config.sources:
                handle = open_source(source.file_path, source.name, self._settings.roots)
                opened.callback(os.close, handle.fd)
                sources.append(handle)
            job = RenderJob(
                config=workload.config,
                sources=tuple(sources),
                work=workload.work,
                keep_fds=(workload.lock,),
            )
            rendered: Rendered = render_export(
                job, self._settings.engine(), reporter, self._the_nursery()
            )
            return rendered

    def _the_nursery(self) -> Nursery:
        if self._nursery is None:
            from worker.render.export import render_nursery

            self._nursery = render_nursery(self._settings.engine())
        return self._nursery


@worker_shutting_down.connect
def _hand_jobs_back(**_: Any) -> None:
    # Celery would wait for running renders until somebody kills it; their pieces are kept.
    ask_to_stop()
