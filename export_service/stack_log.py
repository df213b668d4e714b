"""One log for many processes, that never makes the one who writes it wait.

A terminal can be paused and a pipe can be left unread; the supervisor must still restart what dies
and end what must end. So a thread does the writing, and lines that nobody takes are counted and
dropped.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from datetime import UTC, datetime
from typing import TextIO

import click

KEPT_LINES = 2000


class StackLog:
    """Prefixed, coloured lines on a stream, or JSON objects that name their part."""

    def __init__(self, stream: TextIO, width: int, *, as_json: bool = False) -> None:
        self._stream = stream
        self._width = width
        self._as_json = as_json
        self._lines: queue.Queue[str | None] = queue.Queue(KEPT_LINES)
        self._dropped = 0
        self._thread = threading.Thread(target=self._write, name="stack-log", daemon=True)
        self._thread.start()

    def line(self, name: str, colour: str, text: str) -> None:
        """Put one line into the log; returns at once."""
        prefix = click.style(f"{name:<{self._width}} |", fg=colour)
        line = as_object(name, text) if self._as_json else f"{prefix} {text}"
        try:
            self._lines.put_nowait(f"{line}\n")
        except queue.Full:
            self._dropped += 1

    def close(self) -> None:
        """Write what is left, but wait no longer than a second for it."""
        with contextlib.suppress(queue.Full):
            self._lines.put(None, timeout=0.5)
        self._thread.join(timeout=0.5)

    def _write(self) -> None:
        while (text := self._lines.get()) is not None:
            if self._dropped:
                said = f"({self._dropped} lines were dropped, because nobody read them)"
                text += f"{as_object('stack', said) if self._as_json else said}\n"
                self._dropped = 0
            # A closed terminal is no reason to end the stack.
            with contextlib.suppress(OSError, ValueError):
                click.echo(text, file=self._stream, nl=False)


def as_object(name: str, text: str) -> str:
    """A part's line as JSON: what it wrote as an object with the part's name, else a message.

    >>> as_object("web", '{"level": "INFO", "message": "ready"}')
    '{"part": "web", "level": "INFO", "message": "ready"}'
    """
    with contextlib.suppress(ValueError):
        told = json.loads(text)
        if isinstance(told, dict):
            return json.dumps({"part": name, **told}, ensure_ascii=False)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"part": name, "time": now, "level": "INFO", "message": click.unstyle(text)}
    return json.dumps(told, ensure_ascii=False)


class LineSplitter:
    """Turns what arrives from a pipe into whole lines.

    >>> splitter = LineSplitter()
    >>> splitter.feed(b"one\\ntw"), splitter.feed(b"o\\n"), splitter.rest()
    (['one'], ['two'], [])
    """

    LONGEST = 8000

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[str]:
        """The lines that are complete now."""
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        if len(self._buffer) > self.LONGEST:
            lines.append(self._buffer)
            self._buffer = b""
        return [line.decode(errors="replace").rstrip("\r") for line in lines]

    def rest(self) -> list[str]:
        """What came after the last line's end."""
        left, self._buffer = self._buffer, b""
        return [left.decode(errors="replace")] if left else []
