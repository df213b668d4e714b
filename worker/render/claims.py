"""Who makes which piece: claims on pieces, and how many may be at work at a time."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from worker.jobs import disk
from worker.jobs.claim import LEASE, Claim, is_claimed, look
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


class Held:
    """A piece that is ours to make; `fds` are for the children that make it."""

    def __init__(self, claim: Claim, slot: int | None, tried: tuple[int, str] | None) -> None:
        self.claim = claim
        self._slot = slot
        self._tried = tried

    @property
    def fds(self) -> tuple[int, ...]:
        """The locks that have to live as long as a child."""
        return (self.claim.lock,) if self._slot is None else (self.claim.lock, self._slot)

    def forgive(self) -> None:
        """Nothing is held against the piece: it was made, or given back whole."""
        if self._tried is not None:
            folder, name = self._tried
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)

    def release(self) -> None:
        """Let others have it."""
        self.claim.release()
        if self._slot is not None:
            os.close(self._slot)


class PieceClaims:
    """The claims on the pieces of one job, as one process sees them."""

    def __init__(self, folder: Path, limits: PieceLimits, *, as_guest: bool = False) -> None:
        self._path = folder
        self._folder = os.open(folder, disk.FOLDER)
        self._limits = limits
        self._as_guest = as_guest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._folder)

    def take(self, piece: Piece) -> Held | None:
        """The right to make the piece; None while others do, or while enough is being made."""
        name = piece.key
        if self._limits.per_job and self._at_work() >= self._limits.per_job:
            return None
        slot = self._limits.slots.take() if self._limits.slots is not None else None
        if slot is None and self._limits.slots is not None:
            return None
        held = None
        try:
            held = self._claim(name, slot)
            # Only now nobody else can finish it any more.
            if held is not None and piece.is_finished:
                held.forgive()
                held.release()
                held = slot = None
        finally:
            if held is None and slot is not None:
                os.close(slot)
        return held

    def _claim(self, name: str, slot: int | None) -> Held | None:
        claim = Claim.take(self._folder, name)
        if claim is None:
            return None
        if not self._as_guest:
            return Held(claim, slot, None)
        try:
            disk.write_new(self._folder, name + TRIED, b"", durable=False, exclusive=True)
        except FileExistsError:
            claim.release()
            return None
        return Held(claim, slot, (self._folder, name + TRIED))

    def count_of(self, piece: Piece) -> float:
        """How far somebody else says to be with the piece."""
        with suppress(OSError):
            lease = look(self._folder, piece.key)
            return lease.count if lease is not None else 0.0
        return 0.0

    def _at_work(self) -> int:
        leases = self._path.glob(f"*{LEASE}")
        return sum(is_claimed(self._folder, lease.stem) for lease in leases)
