"""Holds the connections of all who watch exports: one thread for hundreds of them.

A thread of gunicorn answers the request and hands its connection over; here it costs a descriptor
and the little that its client has not yet taken. Each export that is watched is looked at once a
tick, however many watch it, through the same door as `/status` has: the disk is the truth, and
nothing is missed while the broker is away.
"""

from __future__ import annotations

import logging
import os
import resource
import selectors
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from config_schema.errors import ExportError, JobNotFound
from export_service.events import HEARTBEAT, Event, Watch

#: A worker writes its progress down twice a second.
TICK_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0
#: A client that takes nothing for so long is cut off.
PATIENCE_SECONDS = 30.0
#: So long a stream lasts; who comes back says anew who it is.
LIFETIME_SECONDS = 3600.0
MOST_STREAMS = 1000
#: What a client that ought to listen may say before it is cut off.
MOST_HEARD_BYTES = 65_536

_log = logging.getLogger(__name__)


class Newcomer(NamedTuple):
    """A connection that is handed over, what it is sent first, and the id of the event in that."""

    connection: socket.socket
    opening: bytes
    watch: Watch
    seen: str


class EventHub:
    """One daemon thread that serves all streams of a process; made anew in a forked one."""

    def __init__(self, most_streams: int = MOST_STREAMS) -> None:
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        # Polls and downloads need descriptors too.
        self._most = min(most_streams, files // 2)
        self._lock = threading.Lock()
        self._pid = 0
        self._rooms: _Rooms | None = None

    @property
    def has_room(self) -> bool:
        """Whether one more stream can be taken."""
        return self._rooms is None or self._rooms.size < self._most

    def take(self, newcomer: Newcomer) -> None:
        """Serve this connection from now on, and close it in the end."""
        self._the_rooms().enter(newcomer)

    def _the_rooms(self) -> _Rooms:
        with self._lock:
            if self._rooms is None or self._pid != os.getpid():
                self._pid, self._rooms = os.getpid(), _Rooms()
                threading.Thread(target=self._rooms.serve, name="events", daemon=True).start()
            return self._rooms


@dataclass(eq=False)
class _Room:
    """All who watch one export."""

    watch: Watch
    event: Event | None = None
    clients: set[_Client] = field(default_factory=set)


class _Client:
    """One connection: what it has not taken yet, and what it is to be told after that.

    Of what came about while it took nothing only the newest is kept.
    """

    def __init__(self, newcomer: Newcomer, room: _Room, now: float) -> None:
        self.connection = newcomer.connection
        self.connection.setblocking(False)
        self.room = room
        self.seen = newcomer.seen
        self._rest = memoryview(newcomer.opening)
        self._next: Event | None = None
        self._is_ending = False
        self._heard_bytes = 0
        self._taken_at = now
        self._ends_at = now + LIFETIME_SECONDS

    @property
    def wants_to_write(self) -> bool:
        return bool(self._rest)

    @property
    def is_done(self) -> bool:
        return self._is_ending and not self._rest

    def tell(self, event: Event) -> None:
        if event.id == self.seen:
            self._next = None
            return
        if self._rest:
            self._next = event
        else:
            self._begin(event)

    def end(self) -> None:
        """Let go of it once it has taken what there is."""
        self._is_ending = True

    def breathe(self, now: float) -> bool:
        """Say that we are still here, when it is time for that; False: it is to be cut off."""
        if self._rest:
            return now - self._taken_at < PATIENCE_SECONDS
        if now > self._ends_at:
            self.end()
        elif now - self._taken_at > HEARTBEAT_SECONDS:
            self._rest = memoryview(HEARTBEAT)
        return True

    def write(self, now: float) -> None:
        """Send what it takes; OSError when it is gone."""
        while self._rest:
            try:
                count = self.connection.send(self._rest)
            except BlockingIOError:
                return
            self._taken_at = now
            self._rest = self._rest[count:]
            if not self._rest and self._next is not None:
                self._begin(self._next)

    def hear(self) -> None:
        """Take what it says, which nobody wants; OSError when it has hung up or says too much."""
        with suppress(BlockingIOError):
            heard = len(self.connection.recv(4096))
            self._heard_bytes += heard
            if not heard or self._heard_bytes > MOST_HEARD_BYTES:
                raise ConnectionResetError

    def _begin(self, event: Event) -> None:
        self._next = None
        self.seen = event.id
        self._rest = memoryview(event.data)


class _Rooms:
    """All that the thread has; others only call `enter` and ask for `size`."""

    def __init__(self) -> None:
        self.size = 0
        self._rooms: dict[tuple[str, str], _Room] = {}
        self._waiting: deque[Newcomer] = deque()
        self._selector = selectors.DefaultSelector()
        self._bell, self._ringer = socket.socketpair()
        self._bell.setblocking(False)
        self._ringer.setblocking(False)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._tick_at = 0.0

    def enter(self, newcomer: Newcomer) -> None:
        self._waiting.append(newcomer)
        # A bell that is full rings already.
        with suppress(BlockingIOError):
            self._ringer.send(b"!")

    def serve(self) -> None:
        while True:
            try:
                self._go_round()
            except Exception:  # noqa: BLE001 - the thread outlives whatever becomes of one stream
                _log.exception("the streams of events stumbled")

    def _go_round(self) -> None:
        wait = max(0.0, self._tick_at - time.monotonic()) if self._rooms else None
        for key, mask in self._selector.select(wait):
            client = key.data
            if client is None:
                with suppress(BlockingIOError):
                    self._bell.recv(4096)
            elif mask & selectors.EVENT_READ:
                self._attend(client, hears=True)
            else:
                self._attend(client)
        while self._waiting:
            self._let_in(self._waiting.popleft())
        if time.monotonic() >= self._tick_at:
            self._tick()

    def _let_in(self, newcomer: Newcomer) -> None:
        room = self._rooms.setdefault(newcomer.watch.key, _Room(newcomer.watch))
        client = _Client(newcomer, room, time.monotonic())
        room.clients.add(client)
        self.size += 1
        self._selector.register(client.connection, selectors.EVENT_READ, client)
        with suppress(OSError):
            client.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._attend(client)

    def _tick(self) -> None:
        self._tick_at = time.monotonic() + TICK_SECONDS
        for room in list(self._rooms.values()):
            self._look(room)
            for client in list(room.clients):
                if client.breathe(time.monotonic()):
                    self._attend(client)
                else:
                    self._let_go(client)

    def _look(self, room: _Room) -> None:
        is_over = False
        try:
            view = room.watch.look()
            is_over = view.status.is_final
            event = room.watch.event(view)
            if room.event is None or event.id != room.event.id:
                room.event = event
        except JobNotFound:
            # Who comes back is told so.
            is_over = True
        except ExportError:
            # The volume does not answer; it may the next time.
            return
        except Exception:  # noqa: BLE001 - a defect is told once; who comes back gets the same answer
            _log.exception("an export that is watched cannot be looked at")
            is_over = True
        for client in room.clients:
            if room.event is not None:
                client.tell(room.event)
            if is_over:
                client.end()

    def _attend(self, client: _Client, *, hears: bool = False) -> None:
        """Hear it and send what it takes, and let it go when that was all."""
        try:
            if hears:
                client.hear()
            client.write(time.monotonic())
        except OSError:
            self._let_go(client)
            return
        if client.is_done:
            with suppress(OSError):
                client.connection.shutdown(socket.SHUT_WR)
            self._let_go(client)
            return
        both = selectors.EVENT_READ | selectors.EVENT_WRITE
        wanted = both if client.wants_to_write else selectors.EVENT_READ
        if self._selector.get_key(client.connection).events != wanted:
            self._selector.modify(client.connection, wanted, client)

    def _let_go(self, client: _Client) -> None:
        if client not in client.room.clients:
            return
        client.room.clients.discard(client)
        self.size -= 1
        if not client.room.clients:
            self._rooms.pop(client.room.watch.key, None)
        self._selector.unregister(client.connection)
        client.connection.close()
