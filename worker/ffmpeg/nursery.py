"""A process that has its imports done and from which our own children are forked.

Loading the libraries that read media takes a child longer than most of what it is then told to
do, and an export has many children. Both ends of the conversation are here: `Nursery` lives in
the worker, `serve` in the process it starts. Messages are JSON in packets of a socket, descriptors
ride along with them:

    {"start": [arguments], "group": N, "fds": [numbers], "walls": ...}   ->   {"born": pid}
    {"ended": pid, "code": N}    told when a child has exited; it stays a zombie, so that nobody
                                 else can have its number, nor its group's, until
    {"reap": pid}

The nursery never opens media itself and knows no secret, so it needs no walls; its children have
theirs before they look at what they are told. It is started as any child is, and its children are
bound to it as it is to the worker, by the kernel.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from fcntl import F_DUPFD, fcntl
from pathlib import Path
from typing import IO, Any, TypeAlias

from worker.ffmpeg.sandbox import walls
from worker.ffmpeg.sandbox.walls import Walls

#: A nursery that does not answer for so long is given up; its children end with it.
ANSWER_SECONDS = 60.0
#: What it gets to go by itself when its worker hangs up.
GOODBYE_SECONDS = 0.5
MESSAGE_BYTES = 1 << 16
MOST_FDS = 250
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
#: The first argument of a module that is started as a nursery; a descriptor follows.
SERVE = "--serve"


Main: TypeAlias = "Callable[[list[str]], int]"


class NurseryLost(OSError):
    """The nursery is gone or does not answer; what it had forked has ended with it."""


class Born:
    """A child that was forked for us, used as a Popen is."""

    def __init__(
        self, nursery: Nursery, link: socket.socket, pid: int, stdout: IO[bytes], stderr: IO[bytes]
    ) -> None:
        self._nursery = nursery
        self._link = link
        self.pid = pid
        self.stdout = stdout
        self.stderr = stderr
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal, or None while it runs; it is not reaped."""
        if self.returncode is not None:
            return self.returncode
        return self._nursery.code_of(self.pid, self._link)

    def wait(self) -> int:
        """Wait for its end, and let go of its number."""
        if self.returncode is None:
            self.returncode = self._nursery.reap(self.pid, self._link)
        return self.returncode


class Nursery:
    """Forks children of `module`, which calls `run`; started on first use, and anew if it is lost.

    Like every child it dies with the thread that first used it.
    """

    def __init__(
        self, module: str, environment: Mapping[str, str], wishes: Callable[[], None]
    ) -> None:
        self._environment = environment
        self._wishes = wishes
        self._prefix = (sys.executable, "-I", "-m", module)
        self._process: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None
        self._codes: dict[int, int] = {}
        self._births: list[int] = []

    def serves(self, argv: Sequence[str]) -> bool:
        """Whether `argv` is a call of its module."""
        return hasattr(os, "pidfd_open") and tuple(argv[: len(self._prefix)]) == self._prefix

    def warm(self) -> None:
        """Have it started, so that the first child need not wait."""
        if self._link is None:
            self._open()

    def start(
        self, argv: Sequence[str], fds: Sequence[int], group: int, around: Walls | None
    ) -> Born:
        """Fork a child that runs `argv` in process group `group` (0: its own), within walls."""
        try:
            return self._start(argv, fds, group, around)
        except NurseryLost:
            return self._start(argv, fds, group, around)

    def close(self) -> None:
        """End it, and with it all that it has forked."""
        if self._link is not None:
            self._link.close()
            self._link = None
        if self._process is not None:
            # It goes by itself, once it has buried whom it was told to.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GOODBYE_SECONDS)
            self._process.kill()
            self._process.wait()
            self._process = None

    def code_of(self, pid: int, link: socket.socket) -> int | None:
        """The exit code of a child born over `link`, if it has ended."""
        with contextlib.suppress(NurseryLost):
            while link is self._link and pid not in self._codes and self._hear(0):
                pass
        # A nursery takes its children along; another one knows nothing of them.
        return self._codes.get(pid) if link is self._link else -signal.SIGKILL

    def reap(self, pid: int, link: socket.socket) -> int:
        """Wait for the end of a child born over `link`, and let go of its number."""
        try:
            while link is self._link:
                if pid in self._codes:
                    self._say({"reap": pid})
                    return self._codes.pop(pid)
                self._hear(None)
        except NurseryLost:
            pass
        return -signal.SIGKILL

    def _start(
        self, argv: Sequence[str], fds: Sequence[int], group: int, around: Walls | None
    ) -> Born:
        self.warm()
        if around is not None and around.ruleset is not None:
            fds = (*fds, around.ruleset)
        out_reading, out = os.pipe()
        err_reading, err = os.pipe()
        try:
            request = {
                "start": list(argv[len(self._prefix) :]),
                "group": group,
                "fds": [1, 2, *fds],
                "walls": around.told() if around is not None else None,
            }
            self._say(request, (out, err, *fds))
            self._births.clear()
            while not self._births:
                self._hear(ANSWER_SECONDS)
        except BaseException:
            os.close(out_reading)
            os.close(err_reading)
            raise
        finally:
            os.close(out)
            os.close(err)
        stdout, stderr = (os.fdopen(fd, "rb", 0) for fd in (out_reading, err_reading))
        assert self._link is not None
        return Born(self, self._link, self._births.pop(), stdout, stderr)

    def _open(self) -> None:
        self._codes.clear()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                (*self._prefix, SERVE, str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
                env=dict(self._environment),
                preexec_fn=self._wishes,  # noqa: PLW1509 - see `start.last_wishes`
            )
        self._link = ours

    def _say(self, message: dict[str, Any], fds: Sequence[int] = ()) -> None:
        if self._link is None:
            raise NurseryLost
        try:
            self._link.settimeout(ANSWER_SECONDS)
            socket.send_fds(self._link, [json.dumps(message).encode()], list(fds))
        except OSError as error:
            raise self._lost() from error

    def _hear(self, patience: float | None) -> bool:
        """Take in one message; False where none came in time and none had to."""
        if self._link is None:
            raise NurseryLost
        try:
            self._link.settimeout(patience)
            data = self._link.recv(MESSAGE_BYTES)
        except BlockingIOError:
            return False
        except OSError as error:
            raise self._lost() from error
        if not data:
            raise self._lost()
        message = json.loads(data)
        if "born" in message:
            self._births.append(message["born"])
        else:
            self._codes[message["ended"]] = message["code"]
        return True

    def _lost(self) -> NurseryLost:
        self.close()
        return NurseryLost()


def run(main: Main, prepare: Callable[[], None]) -> int:
    """What a module whose children may be forked does when it is run: obey, or be a nursery."""
    if sys.argv[1:2] != [SERVE]:
        return main(sys.argv[1:])
    with socket.socket(fileno=int(sys.argv[2])) as link:
        prepare()
        walls.prepare()
        serve(main, link)
    # At once: whoever hung up waits for it, and nothing is left to be tidied.
    os._exit(0)


def serve(main: Main, link: socket.socket) -> None:
    """Fork a child that runs `main` for every request, until the worker hangs up."""
    gc.collect()
    gc.freeze()
    with selectors.DefaultSelector() as selector:
        selector.register(link, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is not link:
                    selector.unregister(key.fileobj)
                    os.close(key.fd)
                    link.send(json.dumps({"ended": key.data, "code": _code(key.data)}).encode())
                elif not _obey(link, selector, main):
                    return


def _obey(link: socket.socket, selector: selectors.BaseSelector, main: Main) -> bool:
    data, fds, _, _ = socket.recv_fds(link, MESSAGE_BYTES, MOST_FDS)
    if not data:
        return False
    message = json.loads(data)
    if "reap" in message:
        os.waitpid(message["reap"], 0)
        return True
    mother = os.getpid()
    pid = os.fork()
    if pid == 0:
        _live(main, message, dict(zip(message["fds"], fds, strict=True)), mother)
    with contextlib.suppress(OSError):
        # The child does the same; whoever is first, the group is there before anyone joins it.
        os.setpgid(pid, message["group"])
    for fd in fds:
        os.close(fd)
    selector.register(os.pidfd_open(pid), selectors.EVENT_READ, pid)
    link.send(json.dumps({"born": pid}).encode())
    return True


def _live(main: Main, message: dict[str, Any], fds: dict[int, int], mother: int) -> None:
    """Be the child: never returns."""
    code = 70
    try:
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # What `top` shows: the arguments are the nursery's.
        libc.prctl(PR_SET_NAME, " ".join(message["start"][:1]).encode())
        if os.getppid() != mother:
            os._exit(1)
        os.setpgid(0, message["group"])
        _place(fds)
        if message["walls"] is not None:
            around = Walls.heard(message["walls"])
            around.enter()
            if around.ruleset is not None:
                os.close(around.ruleset)
        code = main(message["start"])
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - as at the end of any program
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _place(fds: Mapping[int, int]) -> None:
    """Give each descriptor the number it is known by, and close all that is not for us."""
    above = max(fds) + 1
    moved = {number: fcntl(fd, F_DUPFD, above) for number, fd in fds.items()}
    for number, fd in moved.items():
        os.dup2(fd, number)
    for entry in Path("/proc/self/fd").iterdir():
        if int(entry.name) > 2 and int(entry.name) not in fds:
            with contextlib.suppress(OSError):
                os.close(int(entry.name))


def _code(pid: int) -> int:
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert ended is not None
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
