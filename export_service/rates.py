"""How many requests a minute are answered, of a tenant or of an address that fails to come in.

Counted in this process's memory: a broker that is gone or frozen must not keep anybody waiting.
Every web process counts its share, so the limit holds about, not exactly.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from config_schema.errors import TooManyRequests

#: Wrong keys that an address may send in a minute.
FAILURES_PER_MINUTE = 60


class Rates:
    """Counts for one web process of `processes`; 0 per minute is no limit."""

    def __init__(self, per_minute: int, processes: int = 1) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        share = math.ceil(per_minute / processes)
        self._requests = RateLimitItemPerMinute(share) if share else None
        self._failures = RateLimitItemPerMinute(FAILURES_PER_MINUTE)

    def count(self, tenant: str) -> None:
        """Count a request of the tenant; TooManyRequests when it was one too many."""
        if self._requests is not None:
            self._hit(self._requests, "tenant", tenant)

    def count_failure(self, address: str) -> None:
        """Count somebody who was not let in; TooManyRequests for one who keeps trying."""
        self._hit(self._failures, "address", address)

    def _hit(self, item: RateLimitItemPerMinute, *whose: str) -> None:
        if not self._limiter.hit(item, *whose):
            window = self._limiter.get_window_stats(item, *whose)
            seconds = max(1, math.ceil(window.reset_time - time.time()))
            raise TooManyRequests(
                f"That are more requests than are answered in a minute; try again in {seconds} "
                "seconds.",
                retry_after_seconds=seconds,
            )
