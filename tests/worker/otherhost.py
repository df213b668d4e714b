"""The app of `celery -A tests.worker.otherhost worker`: the real worker on what it takes for a
host of its own, called by the variable OTHER_HOST.
"""

from __future__ import annotations

import os

import worker
from worker.jobs import claim

claim.this_host = lambda: os.environ["OTHER_HOST"]  # type: ignore[assignment]

celery = worker.celery
