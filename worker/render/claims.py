"""Who makes which piece: claims on pieces, and how many may be at work at a time."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from worker.jobs import disk
from worker.jobs.claim import Claim, look
from worker.jobs.slots import Slots
from worker.render.work import Piece

#: Laid down by a guest before it begins a piece: it tries a piece once. What fails there, or kills
#: its maker, is left to the one who holds the job and counts.
TRIED = ".tried"


@dataclass(frozen=True)
class PieceLimits:
    """How many pieces may be at work: `per_job` over all hosts, 0 for any; `slots` of this host."""

    per_job: int = 0
    slots: Slots | None = None


class Full(Exception):
    """As many pieces are at work as may be: of this job, or on this host."""


class Room:
    """A place among the pieces of the job that are at work, and one among those of this host."""

    def __init__(self, in_job: Claim | None, on_host: int | None) -> None:
        self._in_job = in_job
        self._on_host = on_host

    @property
    def fds(self) -> tuple[int, ...]:
        """The locks that have to live as long as a child."""
        in_job = () if self._in_job is None else (self._in_job.lock,)
        return in_job if self._on_host is None else (*in_job, self._on_host)

    def leave(self) -> None:
        """Let others have the place."""
        if self._in_job is not None:
            self._in_job.release()
        if self._on_host is not None:
            os.close(self._on_host)


class Held:
    """A piece that is ours to make; `fds` are for the children that make it."""

    def __init__(self, claim: Claim, room: Room, tried: tuple[int, str] | None) -> None:
        self.claim = claim
        self._room = room
        self._tried = tried

    @property
    def fds(self) -> tuple[int, ...]:
        """The locks that have to live as long as a child."""
        return (self.claim.lock, *self._room.fds)

    def forgive(self) -> None:
        """Nothing is held against the piece: it was made, or given back whole."""
        if self._tried is not None:
            folder, name = self._tried
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)

    def release(self) -> None:
        """Let others have it."""
        self.claim.release()
        self._room.leave()


class PieceClaims:
    """The claims on the pieces of one job, as one process sees them."""

    def __init__(self, folder: Path, limits: PieceLimits, *, as_guest: bool = False) -> None:
        self._folder = os.open(folder, disk.FOLDER)
        self._limits = limits
        self._as_guest = as_guest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._folder)

    def take(self, piece: Piece) -> Held | None:
        """The right to make the piece, or None while others do; raises Full."""
        room = self._enter()
        held = None
        try:
            held = self._claim(piece.key, room)
            # Only now nobody else can finish it any more.
            if held is not None and piece.is_finished:
                held.forgive()
                held.claim.release()
                held = None
        finally:
            if held is None:
                room.leave()
        return held

    def _enter(self) -> Room:
        """Claimed, not counted: of two that count at the same time each would see room."""
        in_job = None
        if self._limits.per_job:
            places = range(self._limits.per_job)
            claims = (Claim.take(self._folder, f"place-{number}") for number in places)
            in_job = next((claim for claim in claims if claim is not None), None)
            if in_job is None:
                raise Full
        if self._limits.slots is None:
            return Room(in_job, None)
        on_host = self._limits.slots.take()
        room = Room(in_job, on_host)
        if on_host is None:
            room.leave()
            raise Full
        return room

    def _claim(self, name: str, room: Room) -> Held | None:
        claim = Claim.take(self._folder, name)
        if claim is None:
            return None
        if not self._as_guest:
            return Held(claim, room, None)
        try:
            disk.write_new(self._folder, name + TRIED, b"", durable=False, exclusive=True)
        except FileExistsError:
            claim.release()
            return None
        return Held(claim, room, (self._folder, name + TRIED))

    def count_of(self, piece: Piece) -> float:
        """How far somebody else says to be with the piece."""
        with suppress(OSError):
            lease = look(self._folder, piece.key)
            return lease.count if lease is not None else 0.0
        return 0.0
