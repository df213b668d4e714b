"""The app of `celery -A tests.chaos.disarmed worker`: the real worker without one of the things
that keep jobs safe, named by the variable DISARMED. What then goes wrong shows that the scripts
of this folder see it.

    lock       whoever asks for a lock has it, whoever else has it too
    pdeathsig  encoders are not bound to their worker, nor are orphans ended
    sweep      nobody looks after the jobs on disk
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import worker
from worker.ffmpeg import run, start
from worker.jobs import claim, disk, sweep
from worker.jobs.folder import JobFolder
from worker.jobs.housekeeping import Housekeeper


def _without_lock() -> None:
    def anybodys(folder: int, name: str) -> int:
        return os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644, dir_fd=folder)

    disk.try_lock = anybodys
    claim.is_claimed = lambda *_: False
    JobFolder.is_held = lambda *_: False  # type: ignore[method-assign]


def _without_pdeathsig() -> None:
    """Neither by the kernel's signal nor by what stands in for it: where feeder and encoder are one
    process group the kernel ends a stopped encoder by SIGHUP once the feeder is gone.
    """

    def unbound(nice: int) -> Callable[[], None]:
        return lambda: _be_nice(nice)

    def apart(command: Any, keeping: Any, keep_fds: Any, stdin: Any, _group: int) -> Any:
        return start.start_encoder(command, keeping, keep_fds, stdin, 0)

    start.last_wishes = unbound
    vars(run)["start_encoder"] = apart
    Housekeeper._end_orphans = _nothing  # type: ignore[method-assign]


def _without_sweep() -> None:
    sweep.Sweep._go_round = _nothing  # type: ignore[method-assign,assignment]


def _be_nice(nice: int) -> None:
    os.nice(nice)


def _nothing(*_: Any, **__: Any) -> None: ...


WAYS: dict[str, Callable[[], None]] = {
    "lock": _without_lock,
    "pdeathsig": _without_pdeathsig,
    "sweep": _without_sweep,
}

# Whoever looks for doctests imports this too, and is to stay whole.
if harm := os.environ.get("DISARMED"):
    WAYS[harm]()
    celery = worker.celery
