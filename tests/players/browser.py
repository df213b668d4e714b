"""A browser without a window, told what to do over two pipes (the DevTools protocol)."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

CHROMIUM = "chromium"
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    # The pages are ours, and as root there is no sandbox.
    "--no-sandbox",
    "--disable-gpu",
    # Containers have a /dev/shm that is too small for pictures.
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
)
#: Chromium reads commands from file 3 and writes answers to file 4.
_WITH_PIPES = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    "os.execvp(sys.argv[3], sys.argv[3:])"
)
#: For the slowest machine; nothing that is tested depends on it.
DEADLINE_SECONDS = 600


class Page:
    """The one page of a browser."""

    def __init__(self, commands: int, answers: int, log: Path) -> None:
        self._commands, self._answers, self._log = commands, answers, log
        self._numbers = itertools.count(1)
        self._waiting = b""
        self._session: str | None = None
        #: What the media player of the browser has reported, in order.
        self.media_events: list[dict[str, Any]] = []

    def attach(self) -> None:
        """Open a page, and listen to its media player."""
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        attached = self.command("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Media"):
            self.command(f"{domain}.enable")

    def go(self, url: str) -> None:
        """Make `url` the origin of the page, whatever stands there, and whatever it forbids."""
        self.command("Page.setBypassCSP", enabled=True)
        failed = self.command("Page.navigate", url=url).get("errorText")
        assert not failed, f"{url}: {failed}"
        self.evaluate("new Promise(done => document.readyState == 'complete' ? done()"
                      " : addEventListener('load', () => done()))")  # fmt: skip

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, waited for if it is a promise."""
        answer = self.command(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command of the protocol and wait for its answer."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._commands, data) :]
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            answer = self._next(deadline)
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result
            if answer.get("method", "").startswith("Media."):
                self.media_events.append(answer)

    def _next(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._answers], [], [], deadline - time.monotonic())
            block = os.read(self._answers, 1 << 20) if ready else b""
            assert block, f"the browser says no more: {self._log.read_text()[-2000:]}"
            self._waiting += block
        message, _, self._waiting = self._waiting.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextlib.contextmanager
def browser(folder: Path, flags: Sequence[str] = FLAGS) -> Iterator[Page]:
    """A page in a new Chromium whose profile and log lie in `folder`."""
    log = folder / "chromium.log"
    with contextlib.ExitStack() as stack:
        (read_commands, commands), (answers, write_answers) = _pipe(stack), _pipe(stack)
        argv = [sys.executable, "-c", _WITH_PIPES, str(read_commands), str(write_answers)]
        argv += [CHROMIUM, *flags, f"--user-data-dir={folder / 'profile'}"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(read_commands, write_answers),
                start_new_session=True,
            )
        stack.callback(_end, process)
        page = Page(commands, answers, log)
        page.attach()
        yield page


def _pipe(stack: contextlib.ExitStack) -> tuple[int, int]:
    """A pipe whose ends have numbers that leave 3 and 4 free."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
        stack.callback(os.close, ends[-1])
    return ends[0], ends[1]


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
