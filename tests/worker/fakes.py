"""A render that obeys the engine's protocol without any video.

What it does is told by the config's `projectId`, for example `pieces=4 seconds=0.3 child`:

    pieces=N      pieces to make (default 2)      seconds=S   time per piece (default 0)
    child         a child process holds the job's lock while a piece is made
    deaf          that child ignores the death of its parent
    fail=CODE     raise the error with this code once `fail_after` pieces are there
    die           end the own process as `kill -9` does, once `fail_after` pieces are there
    die_once=NAME the same, unless the file NAME is in the sources folder; it is put there
    until=NAME    go on only once the file NAME is in the sources folder
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from config_schema.errors import Cancelled, ExportError
from config_schema.status import Progress, Stage
from worker.jobs.announce import Announcement
from worker.jobs.progress import Reporter
from worker.jobs.run import Workload

_TICK_SECONDS = 0.05


class FakeReport(BaseModel):
    """The proof of nothing."""

    pieces_made: int


@dataclass(frozen=True)
class FakeRendered:
    """What the engine would hand over."""

    path: Path
    report: FakeReport
    warnings: tuple[str, ...] = ()


@dataclass
class PlainBoard:
    """A board that remembers what was pinned."""

    pinned: list[tuple[str, Announcement]] = field(default_factory=list)

    def pin(self, job_id: str, announcement: Announcement) -> None:
        self.pinned.append((job_id, announcement))

    @property
    def states(self) -> list[str | None]:
        return [notice.state for _, notice in self.pinned]


def fake_render(workload: Workload, reporter: Reporter) -> FakeRendered:
    """Make the pieces that are missing, report, and put a file together."""
    told = dict(part.partition("=")[::2] for part in workload.config.project_id.split())
    pieces = int(told.get("pieces", "2"))
    made = 0
    for number in range(pieces):
        _trouble(told, number, workload)
        piece = workload.work / f"piece-{number}"
        if piece.exists():
            continue
        reporter.log(f"piece {number}")
        part = piece.with_suffix(".part")
        part.write_bytes(b"half")
        _spend(float(told.get("seconds", "0")), told, workload, reporter)
        _await(told, workload, reporter)
        part.write_bytes(b"whole")
        part.rename(piece)
        made += 1
        reporter.progress(
            Progress(
                stage=Stage.RENDERING,
                fraction=(number + 1) / pieces,
                segments_done=number + 1,
                segments_total=pieces,
                warnings=("a fake camera",),
            )
        )
    _trouble(told, pieces, workload)
    whole = workload.work / "whole.mp4"
    whole.write_bytes(b"".join((workload.work / f"piece-{n}").read_bytes() for n in range(pieces)))
    return FakeRendered(whole, FakeReport(pieces_made=made), ("a fake camera",))


def error_of(code: str) -> ExportError:
    """The error class with this code, as the engine would raise it."""
    open_ends = [ExportError]
    while open_ends:
        kind = open_ends.pop()
        if kind.code == code:
            return kind()
        open_ends += kind.__subclasses__()
    raise LookupError(code)


def _trouble(told: dict[str, str], number: int, workload: Workload) -> None:
    if number != int(told.get("fail_after", "0")):
        return
    if "fail" in told:
        raise error_of(told["fail"])
    if "die_once" in told:
        mark = _sources(workload) / told["die_once"]
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "die" in told:
        os.kill(os.getpid(), signal.SIGKILL)


def _spend(seconds: float, told: dict[str, str], workload: Workload, reporter: Reporter) -> None:
    child = _child(workload, "deaf" in told) if {"child", "deaf"} & told.keys() else None
    try:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if reporter.is_cancelled():
                raise Cancelled
            time.sleep(_TICK_SECONDS)
    finally:
        if child is not None:
            child.kill()
            child.wait()


def _await(told: dict[str, str], workload: Workload, reporter: Reporter) -> None:
    if "until" not in told:
        return
    awaited = _sources(workload) / told["until"]
    while not awaited.exists():
        if reporter.is_cancelled():
            raise Cancelled
        time.sleep(_TICK_SECONDS)


def _sources(workload: Workload) -> Path:
    # work/ lies four levels below the media folder: exports, the job, work, its incarnation.
    return workload.work.parents[3] / "sources"


def _child(workload: Workload, deaf: bool) -> subprocess.Popen[bytes]:
    def die_with_parent() -> None:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)

    return subprocess.Popen(
        ["sleep", "600"],
        pass_fds=workload.fds,
        preexec_fn=None if deaf else die_with_parent,  # noqa: PLW1509 - the engine does the same
    )
