"""Running processes to their end: nothing outlives the crew that started it.

A crew runs a few pieces of work side by side. Each is one process, or a feeder whose output is
an encoder's input, in a process group of its own. Every way out of a crew, an exception and a
cancel included, ends the groups; a child whose worker dies gets SIGKILL from the kernel.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import IO, Self

from config_schema.errors import Cancelled, Stalled
from worker.ffmpeg.diagnosis import TOLD_TO_STOP, diagnose
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.progress import ProgressReader
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.start import Child, Command, start_child, start_encoder
from worker.ffmpeg.vitals import cpu_seconds, exit_code

#: How often a waiting crew looks for a cancel: the contract gives FFmpeg 2 s to be gone.
TICK_SECONDS = 0.1
#: What a process gets between SIGTERM and SIGKILL. Nothing that a child writes is kept anyway.
GRACE_SECONDS = 0.3
#: What the partner of a failed process gets to end by itself, before it is taken along.
PARTNER_SECONDS = 2.0
#: A process without progress that uses so much of a core is slow, not hung, and gets so many
#: times the stall limit.
BUSY_SHARE = 0.02
PATIENCE = 10
#: The end of what a child says, kept for the log.
STDERR_TAIL_BYTES = 16_384


@dataclass(frozen=True)
class EngineSettings:
    """What the engine needs to know about this machine and its operator's wishes.

    `ffmpeg` is the encoder's path; `threads` 0 lets it decide; `piece_seconds` is the length of
    programme one piece holds; `stall_seconds` without progress end a child; `keeping` is how
    children are kept; `presets` override the catalogue's by codec ("h264", "h265", "vp9");
    `key_frame_seconds` is how far apart key frames are at most, where it is not as usual.
    """

    ffmpeg: str
    threads: int = 0
    piece_seconds: float = 60
    stall_seconds: float = 60
    keeping: Keeping = field(default_factory=Keeping)
    presets: Mapping[str, str] = field(default_factory=dict)
    key_frame_seconds: Fraction | None = None


@dataclass(frozen=True)
class Work:
    """A process to run to its end, fed by another where `feeder` is given.

    `key` is the progress key that counts the work done ("frame", "out_time_us", "done").
    """

    name: str
    command: Command
    key: str
    feeder: Command | None = None


@dataclass(frozen=True)
class Done:
    """Work that ended well, and how far its progress said it came."""

    work: Work
    count: float


class Crew:
    """Runs work side by side and lets none of it outlive the `with` block."""

    def __init__(
        self,
        engine: EngineSettings,
        *,
        is_cancelled: Callable[[], bool],
        log: Callable[[str], None],
        keep_fds: tuple[int, ...] = (),
        nursery: Nursery | None = None,
    ) -> None:
        self._engine = engine
        self._nursery = nursery
        self._is_cancelled = is_cancelled
        self._log = log
        self._keep_fds = keep_fds
        self._running: list[_Running] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for running in self._running:
            running.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for running in self._running:
            running.end(deadline)
        self._selector.close()

    @property
    def size(self) -> int:
        """How many pieces of work are running."""
        return len(self._running)

    def counts(self) -> dict[str, float]:
        """How far each running work says it has come, by its name."""
        return {running.work.name: running.progress.count for running in self._running}

    def start(self, work: Work, keep_fds: tuple[int, ...] = ()) -> None:
        """Start `work`, whose processes inherit `keep_fds`; must be called from the thread that
        stays until it ends.
        """
        # PDEATHSIG is bound to the thread that forks, not to the process.
        if work.feeder is not None:
            self._log(f"run {work.name}: {work.feeder} | {work.command}")
        else:
            self._log(f"run {work.name}: {work.command}")
        running = _Running(work, self._engine, self._keep_fds + keep_fds, self._nursery)
        self._running.append(running)
        running.register(self._selector)

    def forgive(self) -> None:
        """What was not watched until now may have waited for others; it moves from now on."""
        for running in self._running:
            running.progress.forgive(time.monotonic())

    def wait(self) -> Done | None:
        """Watch for one tick and return a work that ended well, if one did.

        Raises Cancelled, Stalled, or what the failed process's words mean.
        """
        if self._is_cancelled():
            raise Cancelled
        for key, _ in self._selector.select(TICK_SECONDS):
            key.data(self._selector)
        now = time.monotonic()
        for running in self._running:
            if running.has_ended(now):
                self._running.remove(running)
                return self._finish(running)
            if running.is_hung(now):
                raise Stalled(detail=f"{running.work.name}\n{running.last_words()}")
        return None

    def run(self, work: Work, watch: Callable[[float], None] = lambda _: None) -> Done:
        """Run one work to its end, telling `watch` its count at every tick."""
        self.start(work)
        while True:
            done = self.wait()
            if done is not None:
                return done
            watch(self.counts().get(work.name, 0.0))

    def _finish(self, running: _Running) -> Done:
        codes = running.codes()
        # What they left behind goes with them, and what they said last is complete.
        running.signal_group(signal.SIGKILL)
        running.drain(self._selector)
        running.end(0)
        if any(codes):
            error = diagnose(running.work.name, codes, running.last_words())
            self._log(f"failed {running.work.name}: exit {codes}\n{error.detail}")
            raise error
        return Done(running.work, running.progress.count)


class _Running:
    """The processes of one work, their output, and whether they still move."""

    def __init__(
        self,
        work: Work,
        engine: EngineSettings,
        keep_fds: tuple[int, ...],
        nursery: Nursery | None,
    ) -> None:
        self.work = work
        self.progress = ProgressReader(work.key, time.monotonic())
        self._stall_seconds = engine.stall_seconds
        self._keeping = engine.keeping
        self._looked_at = time.monotonic()
        self._cpu_seconds = 0.0
        self._failed_at: float | None = None
        self._tails: list[bytearray] = []
        self._open: list[IO[bytes]] = []
        self._processes: list[Child] = []
        source: IO[bytes] | None = None
        if work.feeder is not None:
            feeder = start_child(work.feeder, engine.keeping, keep_fds, nursery)
            self._processes.append(feeder)
            source = feeder.stdout
        group = self._processes[0].pid if self._processes else 0
        try:
            last = (
                start_child(work.command, engine.keeping, keep_fds, nursery)
                if source is None
                else start_encoder(work.command, engine.keeping, keep_fds, source, group)
            )
            self._processes.append(last)
        except BaseException:
            self.end(0)
            raise
        finally:
            if source is not None:
                # Ours must be closed, else the encoder never sees the end of its input and the
                # feeder never hears that the encoder is gone.
                source.close()

    def register(self, selector: selectors.BaseSelector) -> None:
        """Have what the processes say read as it comes."""
        for process in self._processes:
            tail = bytearray()
            self._tails.append(tail)
            if process.stderr is not None:
                self._watch(selector, process.stderr, partial(_append, tail))
        last = self._processes[-1].stdout
        if last is not None:
            self._watch(selector, last, lambda data: self.progress.feed(data, time.monotonic()))

    def _watch(
        self,
        selector: selectors.BaseSelector,
        stream: IO[bytes],
        take: Callable[[bytes], None],
    ) -> None:
        os.set_blocking(stream.fileno(), False)

        def read(selector: selectors.BaseSelector) -> None:
            try:
                data = os.read(stream.fileno(), 65_536)
            except BlockingIOError:
                return
            if data:
                take(data)
                return
            selector.unregister(stream)
            self._open.remove(stream)
            stream.close()

        selector.register(stream, selectors.EVENT_READ, read)
        self._open.append(stream)

    def has_ended(self, now: float) -> bool:
        """Whether every process has exited, or one has failed and its partner hangs on."""
        ends = [exit_code(process) for process in self._processes]
        if None not in ends:
            return True
        if any(ends) and self._failed_at is None:
            self._failed_at = now
        return self._failed_at is not None and now - self._failed_at > PARTNER_SECONDS

    def is_hung(self, now: float) -> bool:
        """Whether nothing has moved for too long; who computes gets more time."""
        still = self.progress.seconds_still(now)
        if still <= self._stall_seconds or now - self._looked_at <= self._stall_seconds:
            return False
        if still > PATIENCE * self._stall_seconds:
            return True
        seconds = sum(cpu_seconds(process.pid) for process in self._processes)
        is_busy = seconds - self._cpu_seconds > BUSY_SHARE * self._stall_seconds
        self._looked_at, self._cpu_seconds = now, seconds
        return not is_busy

    def codes(self) -> tuple[int, ...]:
        """The exit codes, the feeder's first; 0 for one that has not exited by itself."""
        return tuple(self._code(process) for process in self._processes)

    def _code(self, process: Child) -> int:
        code = exit_code(process) or 0
        # Told that its time is up FFmpeg ends in good order, as if somebody had wished it.
        may_be_up = self._keeping.confined and code in (TOLD_TO_STOP, -signal.SIGKILL)
        # What is read is rounded down, twice.
        if may_be_up and round(cpu_seconds(process.pid)) >= self._keeping.cpu_seconds:
            return -signal.SIGXCPU
        return code

    def last_words(self) -> str:
        """The end of what each process wrote to standard error."""
        return "\n".join(tail.decode("utf-8", "replace").strip() for tail in self._tails)

    def drain(self, selector: selectors.BaseSelector) -> None:
        """Read what is left after the end, and close."""
        for stream in list(self._open):
            key = selector.get_key(stream)
            while stream in self._open:
                before = len(self._open)
                key.data(selector)
                if len(self._open) == before and not _has_data(stream):
                    selector.unregister(stream)
                    self._open.remove(stream)
                    stream.close()

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the whole group, if any of it was born and is left."""
        if not self._processes:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._processes[0].pid, number)

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill; reap and close everything."""
        while time.monotonic() < deadline and None in map(exit_code, self._processes):
            time.sleep(0.01)
        # Before they are reaped: until then nobody else can have the group's number.
        self.signal_group(signal.SIGKILL)
        for process in self._processes:
            process.wait()
            for stream in (process.stdout, process.stderr):
                if stream is not None:
                    stream.close()


def _append(tail: bytearray, data: bytes) -> None:
    tail += data
    del tail[:-STDERR_TAIL_BYTES]


def _has_data(stream: IO[bytes]) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return bool(selector.select(0))
