"""Whether a stack may stand here: one per media folder, on ports that nobody has."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from config_schema.errors import ServiceFault
from export_service.stack_parts import HOST

USUAL_FLOWER_PORT = 5555


class StackRefused(ServiceFault):
    """The embedded stack cannot be started here."""

    code = "stack_refused"


def wait_for_lock(fd: int, seconds: float = 5.0) -> None:
    """Take the lock of the broker's data, as soon as a killed broker has let go of it."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StackRefused("the broker of an earlier stack still runs here") from None
            time.sleep(0.05)
        else:
            return


@contextlib.contextmanager
def only_one(state: Path) -> Iterator[Callable[[str], None]]:
    """Hold the folder's lock, and write into it who holds it."""
    with (state / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read(200).strip()
            where = f" ({holder})" if holder else ""
            raise StackRefused(f"a stack already runs on {state.parent}{where}") from None

        def claim(url: str) -> None:
            lock.truncate(0)
            lock.write(f"process {os.getpid()}, {url}\n")
            lock.flush()

        yield claim


def write_private(path: Path, text: str) -> None:
    """Write a file with a secret in it, which only its owner can read."""
    path.touch(mode=0o600)
    # Also where it came from a backup, or a person wrote it.
    path.chmod(0o600)
    path.write_text(text)


def url_of_stack(state: Path) -> str | None:
    """Where the stack that runs on the folder answers, or None when none does."""
    try:
        with (state / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read(200).strip().rpartition(" ")[2] or None
    except FileNotFoundError:
        pass
    return None


def choose_port(port: int, option: str) -> int:
    """The port itself when nobody listens there, any free one for 0."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: a port in TIME_WAIT counts as free, one that is listened on does not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = error.strerror
            raise StackRefused(
                f"port {port} cannot be used ({reason}); choose another with {option}"
            ) from error
        chosen: int = probe.getsockname()[1]
        return chosen


def choose_flower_port(port: int | None) -> int:
    """The port that was asked for, or else Flower's usual one, or else any."""
    if port is not None:
        return choose_port(port, "--flower-port")
    try:
        return choose_port(USUAL_FLOWER_PORT, "--flower-port")
    except StackRefused:
        return choose_port(0, "--flower-port")
