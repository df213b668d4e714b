"""What is still to be told to clients, kept on the volume until they took it.

    exports/.state/.outbox/{job id}+{message id}/    one message
        delivery.json                  what is to be sent, and how often that failed
        send.lock@HOST, send.lease     the claim of who sends it (see claim.py)

Whoever counts the end of a run puts the message here first (see booking.py), so a run whose end is
counted has told it or has it lying here. The same message put twice is one, as long as it lies
here; one that was sent and is put again, by somebody who was killed in between, is sent again
under its old id.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from worker.jobs import disk
from worker.jobs.claim import Claim
from worker.jobs.delivery import Delivery

# Beside the tombstones, with a name that no job can have.
_FOLDER = Path(".state", ".outbox")
_DELIVERY = "delivery.json"
_SEND = "send"
#: In no job's id.
_SEPARATOR = "+"
_TRIES_TO_PUT = 3


class Parcel:
    """One message, held by who sends it."""

    def __init__(self, outbox: Path, name: str, folder: int) -> None:
        self._outbox = outbox
        self._name = name
        self._folder = folder

    def read(self) -> Delivery | None:
        """The message, or None where somebody else has sent it; ValidationError where it was
        written by another version and may mean something to that one.
        """
        with suppress(FileNotFoundError):
            return Delivery.model_validate_json(disk.read(self._folder, _DELIVERY))
        return None

    def keep(self, delivery: Delivery) -> None:
        """Put it back for another try."""
        disk.replace(self._folder, _DELIVERY, delivery.model_dump_json().encode())

    def discard(self) -> None:
        """Take it away for good."""
        disk.remove(self._folder, _DELIVERY)
        with suppress(OSError), disk.opened(self._outbox) as outbox:
            # Who knocks at this moment leaves a file behind; the next look takes it away.
            disk.remove(outbox, self._name)


class Outbox:
    """The messages beneath one `exports/` folder; any number of processes may put and send."""

    def __init__(self, exports: Path) -> None:
        self._path = exports / _FOLDER

    def put(self, delivery: Delivery) -> None:
        """Have the message sent, durably; called with the job's gate held. OSError if it cannot."""
        self._path.mkdir(parents=True, exist_ok=True)
        name = f"{delivery.job_id}{_SEPARATOR}{delivery.message_id}"
        for _ in range(_TRIES_TO_PUT):
            # What it makes may be taken for the rest of a message that is sent.
            with suppress(FileNotFoundError):
                self._fill(name, delivery)
                return
        raise disk.Busy(name)

    def _fill(self, name: str, delivery: Delivery) -> None:
        (self._path / name).mkdir(exist_ok=True)
        with disk.opened(self._path / name) as folder:
            # One that failed a few times must not begin anew.
            if not disk.exists(folder, _DELIVERY):
                disk.replace(folder, _DELIVERY, delivery.model_dump_json().encode())
        with disk.opened(self._path) as outbox:
            os.fsync(outbox)

    def names(self) -> list[str]:
        """What lies here, in no order."""
        try:
            return [path.name for path in self._path.iterdir()]
        except FileNotFoundError:
            return []

    def of_job(self, job_id: str) -> list[Delivery]:
        """The messages about this job, also those of earlier jobs under its id."""
        found = [self.peek(name) for name in sorted(self._names_of(job_id))]
        return [delivery for delivery in found if delivery is not None]

    def peek(self, name: str) -> Delivery | None:
        """The message as it lies here, or None where it was sent meanwhile or cannot be read."""
        with suppress(OSError, ValidationError), disk.opened(self._path / name) as folder:
            return Parcel(self._path, name, folder).read()
        return None

    def forget(self, job_id: str) -> None:
        """Take away all messages about this job, sent or not."""
        for name in self._names_of(job_id):
            with suppress(OSError), disk.opened(self._path / name) as folder:
                Parcel(self._path, name, folder).discard()

    def _names_of(self, job_id: str) -> list[str]:
        return [name for name in self.names() if name.startswith(f"{job_id}{_SEPARATOR}")]

    @contextmanager
    def claimed(self, name: str) -> Iterator[Parcel | None]:
        """Hold this message for the length of the block, or None where another one does."""
        with ExitStack() as held:
            try:
                folder = held.enter_context(disk.opened(self._path / name))
                claim = Claim.take(folder, _SEND)
            except FileNotFoundError:
                # Somebody else has just sent it.
                claim = None
            if claim is None:
                yield None
                return
            held.callback(claim.release)
            # Unlocked, not only closed: a pool process that was forked meanwhile has it.
            held.callback(fcntl.flock, claim.lock, fcntl.LOCK_UN)
            yield Parcel(self._path, name, folder)
