"""The Celery tasks behind the doorbells: thin, and without results of their own."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from celery import Celery
from celery.exceptions import Ignore
from celery.signals import (
    after_setup_logger,
    after_setup_task_logger,
    celeryd_after_setup,
    celeryd_init,
    worker_process_init,
    worker_shutting_down,
)
from celery.utils.log import get_multiprocessing_logger

from config_schema.errors import SettingsInvalid
from config_schema.tenants import tenant_of
from worker.app import make_worker_app
from worker.jobs import disk
from worker.jobs.announce import HELP_TASK, TASK, Announcement
from worker.jobs.board import Board
from worker.jobs.doorbell import MINIATURE_TASK
from worker.jobs.folder import OFFER, PIECES
from worker.jobs.help import Help, Helper, help_job
from worker.jobs.progress import Reporter
from worker.jobs.run import Outcome, Render, Rendered, Workload, run_job
from worker.jobs.slots import Slots
from worker.jobs.space import copied_bytes, taken_bytes
from worker.jobs.steering import PoolSteering, ask_to_stop
from worker.jobs.store import JobStore
from worker.logs import about, dress
from worker.media.resolve import OpenSource, open_source
from worker.miniatures.making import Bench, Made, Make, Visit, Watcher
from worker.miniatures.wants import Want
from worker.settings import WorkerSettings

if TYPE_CHECKING:
    from worker.ffmpeg.nursery import Nursery
    from worker.render.job import RenderJob

_TELL_SECONDS = 2.0
_log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def worker_celery() -> Celery:
    """The app of `celery -A worker`, made from the environment on first use."""
    settings = WorkerSettings()
    renderer = Renderer(settings)
    worker_process_init.connect(lambda **_: renderer.warm(), weak=False)
    _tell_of_walls(settings)
    return celery_with(settings, renderer, renderer.help_out, renderer.miniature)


def celery_with(
    settings: WorkerSettings,
    render: Render,
    help_out: Help | None = None,
    miniature: Make | None = None,
) -> Celery:
    """A worker's app whose doorbell tasks render with `render`, help with `help_out`, and make
    what pages show of sources with `miniature`.
    """
    app = make_worker_app(settings)
    _dress_logs(settings)
    store = JobStore(settings.volume.exports, tells=True)
    steering = PoolSteering()
    space = settings.space

    # Celery's warm shutdown would wait for running renders until somebody kills it.
    def hand_back(**_: Any) -> None:
        ask_to_stop(settings.shutdown_seconds)

    worker_shutting_down.connect(hand_back, weak=False)

    @lru_cache(maxsize=1)
    def board(hostname: str) -> Board:
        # Made on first use, hence in the pool's child: its thread would not survive the fork.
        return Board(app, hostname)

    # Celery itself stores nothing for this task: not even the FAILURE of a killed pool process,
    # which says nothing about the job.
    @app.task(name=TASK, bind=True, ignore_result=True, store_errors_even_if_ignored=False)
    def export(self: Any, job_id: str) -> None:
        notices = board(self.request.hostname)
        with about(job=job_id):
            outcome = run_job(job_id, store, render, notices, steering, space, settings.quotas)
            # Of a run that ended the one line is written already.
            if outcome not in (Outcome.COMPLETED, Outcome.FAILED):
                _log.info("export %s: %s", job_id, outcome)
        notices.wait_until_told(job_id, _TELL_SECONDS)
        # Returning would make Celery call the job a success, whatever became of it.
        raise Ignore

    @app.task(name=HELP_TASK, bind=True, ignore_result=True, store_errors_even_if_ignored=False)
    def pieces(self: Any, job_id: str) -> str:
        notices, visit = board(self.request.hostname), self.request.id

        def tell(notice: Announcement) -> None:
            notices.pin(visit, notice)

        with about(job=job_id):
            made = help_job(job_id, store, help_out, steering, tell) if help_out else 0
            _log.info("export %s: helped with %d pieces", job_id, made)
        # Else the last of them would come after Celery's own word about the task.
        notices.wait_until_told(visit, _TELL_SECONDS)
        return f"{made} pieces"

    @app.task(name=MINIATURE_TASK, ignore_result=True)
    def miniature_of(tenant: str, key: str) -> str:
        if miniature is None:
            return "nobody makes miniatures here"
        outcome = Visit(settings.shelf, miniature, steering, space)(tenant, key)
        _log.info("miniature %s: %s", key, outcome)
        return outcome

    return app


def _dress_logs(settings: WorkerSettings) -> None:
    """Have Celery's own handlers write as the settings say, once it has made them."""

    def dress_this(logger: logging.Logger, **_: Any) -> None:
        dress(logger, settings.log_format, settings.secrets)

    def dress_pools(**_: Any) -> None:
        dress(get_multiprocessing_logger(), settings.log_format, settings.secrets)

    def say_nothing_beside(instance: Any, options: dict[str, Any], **_: Any) -> None:
        # A banner, and a word as it shuts down, go to stdout around the log.
        with disk.opened(os.devnull, os.O_WRONLY) as nothing:
            os.dup2(nothing, 1)
        # Celery warns of some things before it sets its log up.
        logs = instance.app.log
        logs.setup(options.get("loglevel"), options.get("logfile"), hostname=instance.hostname)

    for made in (after_setup_logger, after_setup_task_logger):
        made.connect(dress_this, weak=False)
    after_setup_logger.connect(dress_pools, weak=False)
    if settings.log_format == "json":
        celeryd_init.connect(say_nothing_beside, weak=False)


def _tell_of_walls(settings: WorkerSettings) -> None:
    """Have every worker that starts say how well its children are walled in, or refuse to start."""

    def refuse(**_: Any) -> None:
        try:
            settings.standing()
        except SettingsInvalid as error:
            # Celery would bury the one clear line under a traceback.
            raise SystemExit(f"error: {error}") from error

    def say(**_: Any) -> None:
        found = settings.standing()
        _log.log(logging.INFO if found.is_whole else logging.WARNING, found.said)

    celeryd_init.connect(refuse, weak=False)
    celeryd_after_setup.connect(say, weak=False)


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

    def close(self) -> None:
        """End what is kept ready."""
        if self._nursery is not None:
            self._nursery.close()

    def __call__(self, workload: Workload, reporter: Reporter) -> Rendered:
        """Render one workload."""
        from worker.render.export import render_export

        with self._job(workload, "run") as job:
            self._require_room(workload, job.sources)
            rendered: Rendered = render_export(
                job, self._settings.engine(), reporter, self._the_nursery()
            )
            return rendered

    def help_out(self, workload: Workload, observer: Helper) -> int:
        """Make pieces of a workload that another process holds; how many."""
        from worker.render.guest import help_out

        with self._job(workload, "guest") as job:
            made: int = help_out(job, self._settings.engine(), observer, self._the_nursery())
            shutil.rmtree(job.work, ignore_errors=True)
            return made

    def miniature(self, want: Want, bench: Bench, watcher: Watcher) -> Made:
        """Make what a page wants to show of sources."""
        from worker.render.export import render_nursery
        from worker.render.miniatures import MiniatureMaker, miniature_engine

        engine = miniature_engine(self._settings.engine())
        # One of its own: children inherit from it how far they step back.
        with closing(render_nursery(engine)) as nursery:
            return MiniatureMaker(engine, self._settings.roots_of, nursery)(want, bench, watcher)

    @contextmanager
    def _job(self, workload: Workload, role: str) -> Iterator[RenderJob]:
        from worker.render.claims import PieceLimits
        from worker.render.job import RenderJob

        settings = self._settings
        roots = settings.roots_of(tenant_of(workload.job_id))
        exports = settings.volume.exports
        work = workload.work / f"{role}-{secrets.token_hex(8)}"
        pieces = workload.work / PIECES
        with ExitStack() as opened:
            sources = []
            for source in workload.config.sources:
                handle = open_source(source.file_path, source.name, roots)
                opened.callback(os.close, handle.fd)
                sources.append(handle)
            # Never their parents: whoever takes the job away takes those too.
            work.mkdir()
            pieces.mkdir(exist_ok=True)
            per_host = settings.max_pieces_per_host
            try:
                yield RenderJob(
                    job_id=workload.job_id,
                    config=workload.config,
                    sources=tuple(sources),
                    work=work,
                    pieces=pieces,
                    keep_fds=workload.fds,
                    offer=workload.work / OFFER,
                    limits=PieceLimits(
                        settings.max_pieces_per_job, Slots(exports, per_host) if per_host else None
                    ),
                    cache=settings.piece_cache,
                )
            except BaseException:
                # Half a programme must not take the room that the job may be waiting for.
                shutil.rmtree(work, ignore_errors=True)
                raise

    def _require_room(self, workload: Workload, sources: Sequence[OpenSource]) -> None:
        sizes = {index: source.size for index, source in enumerate(sources)}
        needed = copied_bytes(workload.config, sizes) - taken_bytes(workload.work)
        with disk.opened(workload.work) as work:
            shortage = self._settings.space.shortage(work, max(needed, 0))
        if shortage is not None:
            raise shortage

    def _the_nursery(self) -> Nursery:
        if self._nursery is None:
            from worker.render.export import render_nursery

            self._nursery = render_nursery(self._settings.engine())
        return self._nursery
