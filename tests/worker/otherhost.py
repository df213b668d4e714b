"""The app of `celery -A tests.worker.otherhost worker`: the real worker on what it takes for a
host of its own, called by the variable OTHER_HOST.
"""

from __future__ import annotations

import os

import worker
from worker.jobs import claim

# Whoever looks for doctests imports this too, and is to stay on its own host.
if host := os.environ.get("OTHER_HOST"):
    claim.this_host = lambda: host  # type: ignore[assignment]
    celery = worker.celery
