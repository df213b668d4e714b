"""The right to be the only one at something, among the processes of a host and among hosts.

    NAME.lock@HOST   flock. Every child inherits it, so an orphan still excludes others, and the
                     kernel frees it with the last of them. Only this host asks for it: over a
                     network a flock may be silently local, or outlive a host that is frozen
    NAME.lease       who holds it and how far it is; written to every second. A lease of another
                     host that was not written to for a while may be taken by anybody

Its age is told by the volume's own clock (the times it gives to two files it touches), so hosts
whose clocks differ agree. Who loses a lease finds out within a second by looking, and before every
word that counts by looking again: a late one wastes work and harms nothing.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from worker.jobs import disk
from worker.jobs.holders import Process, this_process

BEAT_SECONDS = 1.0
#: A busy disk may delay a write by seconds; longer is a host that is gone, cut off or frozen.
STALE_SECONDS = 8.0
LEASE = ".lease"
_COUNT_BYTES = 24


class Holder(BaseModel):
    """Who holds a lease; `process` is None where there is no /proc."""

    model_config = ConfigDict(frozen=True)

    host: str
    process: Process | None


@dataclass(frozen=True)
class Lease:
    """A lease as somebody else sees it: its holder, its age by the volume's clock, its count."""

    holder: Holder
    age_seconds: float
    count: float

    @property
    def is_foreign(self) -> bool:
        """Whether another host holds it."""
        return self.holder.host != this_host()

    @property
    def is_fresh(self) -> bool:
        """Whether it was written to lately."""
        return self.age_seconds < STALE_SECONDS


class Claim:
    """A held claim. `lock` is for children to inherit; `count` tells others how far it is."""

    def __init__(self, folder: int, name: str, lock: int) -> None:
        self.name = name
        self.lock = lock
        self.count = 0.0
        self.is_lost = False
        self._folder = os.dup(folder)
        self._lease = self._write()
        _beater.add(self)

    @classmethod
    def take(cls, folder: int, name: str) -> Self | None:
        """The claim on `name` in this folder, or None while somebody else has it."""
        lock = disk.try_lock(folder, lock_name(name))
        if lock is None:
            return None
        try:
            lease = look(folder, name)
            if lease is not None and lease.is_foreign and lease.is_fresh:
                disk.unlock(lock)
                return None
            return cls(folder, name, lock)
        except BaseException:
            os.close(lock)
            raise

    def _write(self) -> int:
        # A lease of this host needs no age: its lock is ours, so its holder has ended.
        temporary = f".{self.name}.{secrets.token_hex(8)}.tmp"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        lease = os.open(temporary, flags, 0o644, dir_fd=self._folder)
        try:
            told = Holder(host=this_host(), process=this_process()).model_dump_json().encode()
            os.write(lease, _counted(0) + told)
            os.rename(
                temporary,
                self.name + LEASE,
                src_dir_fd=self._folder,
                dst_dir_fd=self._folder,
            )
        except BaseException:
            os.close(lease)
            with suppress(OSError):
                os.unlink(temporary, dir_fd=self._folder)
            raise
        return lease

    def is_mine(self) -> bool:
        """Whether the claim still holds at this moment; OSError while that cannot be told."""
        try:
            here = os.stat(self.name + LEASE, dir_fd=self._folder, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return here.st_ino == os.fstat(self._lease).st_ino

    def beat(self) -> None:
        """Say that the holder lives; through the lease's own descriptor, so that a late beat
        cannot touch the lease of a successor.
        """
        with suppress(OSError):
            self.is_lost = self.is_lost or not self.is_mine()
        with suppress(OSError):
            os.pwrite(self._lease, _counted(self.count), 0)
        with suppress(OSError):
            os.utime(self._lease)

    def release(self) -> None:
        """Give the claim back.

        The lock is closed, never unlocked: a child that inherited it keeps others out.
        """
        _beater.remove(self)
        try:
            with suppress(OSError):
                if self.is_mine():
                    os.unlink(self.name + LEASE, dir_fd=self._folder)
        finally:
            for descriptor in (self._lease, self._folder, self.lock):
                os.close(descriptor)


def look(folder: int, name: str) -> Lease | None:
    """The lease on `name`, or None when there is none."""
    try:
        with disk.opened(name + LEASE, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, folder) as file:
            data = os.read(file, 4096)
            beaten_at = os.fstat(file).st_mtime
    except FileNotFoundError:
        return None
    try:
        holder = Holder.model_validate_json(data[_COUNT_BYTES:])
        count = float(data[:_COUNT_BYTES])
    except (ValidationError, ValueError):
        # A power cut left half of it: of nobody, hence nobody's to respect for long.
        holder, count = Holder(host="", process=None), 0.0
    now = disk.clock(folder, lock_name(name))
    return Lease(holder, now - beaten_at, count)


def is_claimed(folder: int, name: str) -> bool:
    """Whether somebody holds the claim on `name`: an orphan too, and a frozen process."""
    lease = look(folder, name)
    if lease is not None and lease.is_foreign and lease.is_fresh:
        return True
    if not disk.exists(folder, lock_name(name)):
        return False
    lock = disk.try_lock(folder, lock_name(name))
    if lock is None:
        return True
    # Unlocked before it is closed: the pool may fork between, and the copy would hold it on.
    disk.unlock(lock)
    return False


def lock_name(name: str) -> str:
    """The file by which the processes of this host exclude each other."""
    return f"{name}.lock@{this_host()}"


@lru_cache(maxsize=1)
def this_host() -> str:
    """What this host is called: by its name, for containers of one machine are hosts here."""
    name = socket.gethostname() or "localhost"
    return "".join(char if char.isalnum() or char in "._-" else "_" for char in name)[:100]


def _counted(count: float) -> bytes:
    return f"{count:<{_COUNT_BYTES - 1}.3f}\n".encode()


class _Beater:
    """One thread that beats for all claims of this process; made anew in a forked one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: set[Claim] = set()
        self._pid = 0

    def add(self, claim: Claim) -> None:
        with self._lock:
            if self._pid != os.getpid():
                self._pid, self._claims = os.getpid(), set()
                threading.Thread(target=self._go, name="leases", daemon=True).start()
            self._claims.add(claim)

    def remove(self, claim: Claim) -> None:
        # Under the lock a beat never meets a descriptor that was closed.
        with self._lock:
            self._claims.discard(claim)

    def _go(self) -> None:
        rest = threading.Event()
        while not rest.wait(BEAT_SECONDS):
            with self._lock:
                for claim in self._claims:
                    claim.beat()


_beater = _Beater()
