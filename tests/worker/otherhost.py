"""The app of `celery -A tests.worker.otherhost worker`: the real worker on what it takes for a
host of its own, called by the variable OTHER_HOST, whose clock is CLOCK_AHEAD seconds ahead.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import time_machine

import tests.chaos.disarmed  # noqa: F401 - a host may go without a safeguard as well
import worker
from worker.jobs import claim

# Whoever looks for doctests imports this too, and is to stay on its own host.
if host := os.environ.get("OTHER_HOST"):
    claim.this_host = lambda: host  # type: ignore[assignment]
    if ahead := float(os.environ.get("CLOCK_AHEAD", "0")):
        time_machine.travel(datetime.now(UTC) + timedelta(seconds=ahead), tick=True).start()
    celery = worker.celery
