"""The app of `celery -A tests.worker.fakeworker worker`: the real worker with the fake render."""

from __future__ import annotations

from tests.worker.fakes import fake_render
from worker.settings import WorkerSettings
from worker.tasks import celery_with

celery = celery_with(WorkerSettings(), fake_render)
