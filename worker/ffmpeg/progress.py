"""What a working process says of its progress: `key=value` lines, as FFmpeg's -progress writes."""

from __future__ import annotations


class ProgressReader:
    """Follows one counting key through a stream of `key=value` lines.

    >>> reader = ProgressReader("frame", now=0.0)
    >>> reader.feed(b"frame=12\\nfps=25.0\\nfra", now=1.0)
    >>> reader.feed(b"me=30\\n", now=2.0)
    >>> reader.count, reader.seconds_still(now=5.0)
    (30.0, 3.0)
    """

    def __init__(self, key: str, now: float) -> None:
        self._prefix = key.encode() + b"="
        self._rest = b""
        self._moved_at = now
        self.count = 0.0

    def feed(self, data: bytes, now: float) -> None:
        """Take the next bytes of the stream, wherever they were cut."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(self._prefix):
                self._move(line[len(self._prefix) :], now)

    def forgive(self, now: float) -> None:
        """Count from `now` on how long it is still: until now it was not to move."""
        self._moved_at = now

    def seconds_still(self, now: float) -> float:
        """How long the count has not grown."""
        return now - self._moved_at

    def _move(self, value: bytes, now: float) -> None:
        try:
            count = float(value)
        except ValueError:
            return  # FFmpeg writes N/A before the first packet
        if count > self.count:
            self.count = count
            self._moved_at = now
