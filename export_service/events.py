"""What is sent to whoever watches an export: its status as server-sent events.

An event holds the whole status, so that any one of them may be left out but the last. Its id is
made of what it says alone: every web process, also one that was started a moment ago, knows by the
id that comes back in `Last-Event-ID` whether the client has seen how things stand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from worker.client import StatusView

MEDIA_TYPE = "text/event-stream"
#: How long a client waits before it comes back, as long as the button waits between its polls.
OPENING = b"retry: 2000\n\n"
HEARTBEAT = b": still here\n\n"


@dataclass(frozen=True)
class Event:
    """How an export stood: what the client will send back, and the bytes that it is sent."""

    id: str
    data: bytes


@dataclass(frozen=True)
class Watch:
    """What somebody watches: whose export, a way to look at it, and to say what was seen.

    `look` raises errors of `config_schema.errors`. Watchers with one `key` are told the same.
    """

    key: tuple[str, str]
    look: Callable[[], StatusView]
    say: Callable[[StatusView], Mapping[str, Any]]

    def event(self, view: StatusView) -> Event:
        """The event that tells of this view."""
        return event_of(view, self.say(view))


def event_of(view: StatusView, said: Mapping[str, Any]) -> Event:
    """The event that tells of `view` in the words of `/status`.

    The id is of the view: a link in `said` that is signed anew is nothing new.
    """
    digest = hashlib.blake2b(view.model_dump_json().encode(), digest_size=12).hexdigest()
    # ASCII, without a line break: a line of the stream ends where the text says so and not before.
    text = json.dumps(said, separators=(",", ":"))
    return Event(digest, f"id: {digest}\ndata: {text}\n\n".encode())
