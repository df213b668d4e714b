"""The app of `celery -A tests.worker.hasty worker`: the real worker, whose turns last as long as
the variable TURN_SECONDS says.
"""

from __future__ import annotations

import os

import worker
from worker.jobs import progress

# Whoever looks for doctests imports this too, and is to keep its turns.
if seconds := os.environ.get("TURN_SECONDS"):
    progress.TURN_SECONDS = float(seconds)
    celery = worker.celery
