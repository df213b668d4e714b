"""The app of `celery -A tests.worker.hasty worker`: the real worker, whose turns are short."""

from __future__ import annotations

import os

import worker
from worker.jobs import progress

progress.TURN_SECONDS = float(os.environ["TURN_SECONDS"])

celery = worker.celery
