"""Serves clients that take their time, all of a process from one thread.

A download waits for the network nearly all its time, and a thread for each would let some hundred
slow clients, or some that stopped reading on purpose, shut everybody else out. Here a download is a
socket, an open file and a place in it; the kernel copies from the one to the other.
"""

from __future__ import annotations

import os
import selectors
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Protocol

#: A client that takes nothing for so long is let go; it can go on with a range.
STALL_SECONDS = 300.0
#: How long a client that was answered may take to hang up, or what it still sends be thrown away.
FAREWELL_SECONDS = 2.0
#: At most this much is sent to one client before the others have their turn.
BLOCK_BYTES = 1024 * 1024
_LOOK_SECONDS = 1.0


class OpenFile(Protocol):
    """What is needed of a file: the kernel reads it."""

    def fileno(self) -> int:
        """Its descriptor, standing where the download begins."""
        ...

    def close(self) -> None:
        """Give the descriptor back."""
        ...


class _Visit(ABC):
    """One client: what it waits for, and what is done for it whenever that comes about."""

    event: int

    def __init__(self, client: socket.socket, patience_seconds: float) -> None:
        self.client = client
        self._patience_seconds = patience_seconds
        self._deadline = time.monotonic() + patience_seconds

    @abstractmethod
    def go_on(self) -> bool:
        """Do what can be done without waiting; whether the visit is over. OSError ends it too."""

    @abstractmethod
    def end(self) -> None:
        """Say that it is over."""

    def is_out_of_patience(self, now: float) -> bool:
        """Whether the client has not moved for too long."""
        return now > self._deadline

    def _moved(self) -> None:
        self._deadline = time.monotonic() + self._patience_seconds


class _Download(_Visit):
    event = selectors.EVENT_WRITE

    def __init__(
        self,
        client: socket.socket,
        file: OpenFile,
        length: int,
        patience_seconds: float,
        when_over: Callable[[bool], None],
    ) -> None:
        super().__init__(client, patience_seconds)
        self._file = file
        self._place = os.lseek(file.fileno(), 0, os.SEEK_CUR)
        self._left = length
        self._when_over = when_over

    def go_on(self) -> bool:
        count = min(self._left, BLOCK_BYTES)
        sent = os.sendfile(self.client.fileno(), self._file.fileno(), self._place, count)
        if not sent:
            return True  # the file has become shorter; what was promised cannot be kept
        self._place += sent
        self._left -= sent
        self._moved()
        return not self._left

    def end(self) -> None:
        self._file.close()
        self._when_over(not self._left)


class _Farewell(_Visit):
    event = selectors.EVENT_READ

    def __init__(self, client: socket.socket) -> None:
        super().__init__(client, FAREWELL_SECONDS)

    def go_on(self) -> bool:
        return not self.client.recv(BLOCK_BYTES)

    def end(self) -> None:
        self.client.close()


class SlowClients:
    """The clients of one process that take their time; its thread starts with the first one."""

    def __init__(self, stall_seconds: float = STALL_SECONDS) -> None:
        self._stall_seconds = stall_seconds
        self._new: SimpleQueue[_Visit] = SimpleQueue()
        self._lock = threading.Lock()
        self._bell: socket.socket | None = None

    def send(
        self, client: socket.socket, file: OpenFile, length: int, when_over: Callable[[bool], None]
    ) -> None:
        """Send `length` bytes of the file from where it stands, then close it.

        `when_over` is called from another thread, with whether all of it was sent; the socket is
        the caller's again by then, and does not block.
        """
        self._welcome(_Download(client, file, length, self._stall_seconds, when_over))

    def see_off(self, client: socket.socket) -> None:
        """Close a connection so that the last answer arrives: what the client still sends is read.

        Closed at once, the kernel would answer that with a reset, and the client might lose what it
        has not read yet (RFC 9112, section 9.6).
        """
        try:
            client.shutdown(socket.SHUT_WR)
        except OSError:
            client.close()
            return
        self._welcome(_Farewell(client))

    def _welcome(self, visit: _Visit) -> None:
        visit.client.setblocking(False)
        self._new.put(visit)
        with self._lock:
            if self._bell is None:
                ours, self._bell = socket.socketpair()
                for end in (ours, self._bell):
                    end.setblocking(False)
                threading.Thread(
                    target=self._serve, args=(ours,), name="slow clients", daemon=True
                ).start()
        with suppress(BlockingIOError):  # rung often enough, and not heard yet
            self._bell.send(b"\0")

    def _serve(self, bell: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(bell, selectors.EVENT_READ, None)
            looked = time.monotonic()
            while True:
                is_alone = len(selector.get_map()) == 1
                for key, _ in selector.select(None if is_alone else _LOOK_SECONDS):
                    if key.data is None:
                        self._let_in(selector, bell)
                    elif _is_over(key.data):
                        _let_go(selector, key.data)
                now = time.monotonic()
                if now - looked > _LOOK_SECONDS:
                    looked = now
                    _end_the_patience(selector, now)

    def _let_in(self, selector: selectors.BaseSelector, bell: socket.socket) -> None:
        bell.recv(BLOCK_BYTES)
        while True:
            try:
                visit = self._new.get_nowait()
            except Empty:
                return
            try:
                selector.register(visit.client, visit.event, visit)
            except (OSError, ValueError):
                visit.end()  # hung up already


def _is_over(visit: _Visit) -> bool:
    try:
        return visit.go_on()
    except (BlockingIOError, InterruptedError):
        return False
    except OSError:
        return True


def _let_go(selector: selectors.BaseSelector, visit: _Visit) -> None:
    selector.unregister(visit.client)
    visit.end()


def _end_the_patience(selector: selectors.BaseSelector, now: float) -> None:
    for key in list(selector.get_map().values()):
        if key.data is not None and key.data.is_out_of_patience(now):
            _let_go(selector, key.data)
