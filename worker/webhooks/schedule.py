"""When to try again what could not be told, and when to give up: pure decisions.

The first rows of the schedule that Standard Webhooks recommends, for somewhat more than a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: What to wait after the first try, the second, and so on; after the last one nobody waits.
DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
)
#: So that those who failed together do not come back together.
_JITTER = 0.2
#: A receiver may ask for patience, not for ever.
_LONGEST_WISH = timedelta(hours=14)


def next_try(
    tries: int, now: datetime, dice: float, wish: timedelta | None = None
) -> datetime | None:
    """When to try after so many tries that failed, or None to give up.

    `dice` is a number from 0 to 1; `wish` is what the receiver asked to wait at least.

    >>> now = datetime(2026, 11, 26, tzinfo=UTC)
    >>> [(next_try(tries, now, 0.5) or now) - now for tries in (1, 2, 8)] == [
    ...     timedelta(seconds=5), timedelta(minutes=5), timedelta(0)]
    True
    >>> next_try(1, now, 0.5, timedelta(days=9)) - now == timedelta(hours=14)
    True
    """
    if tries > len(DELAYS):
        return None
    delay = DELAYS[tries - 1] * (1 + _JITTER * (2 * dice - 1))
    return now + max(delay, min(wish or timedelta(0), _LONGEST_WISH))


def wish_of(status: int, retry_after: str | None, now: datetime) -> timedelta | None:
    """How long a receiver that is overloaded asks to be left alone: seconds, or a date.

    >>> now = datetime(2026, 11, 26, tzinfo=UTC)
    >>> wish_of(503, "120", now), wish_of(429, "Thu, 26 Nov 2026 00:01:00 GMT", now)
    (datetime.timedelta(seconds=120), datetime.timedelta(seconds=60))
    >>> [wish_of(*answer, now) for answer in ((500, "120"), (429, None), (429, "soon"))]
    [None, None, None]
    """
    if status not in (429, 503) or retry_after is None:
        return None
    text = retry_after.strip()
    try:
        if text.isascii() and text.isdigit():
            return timedelta(seconds=int(text[:9]))
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta(0))
