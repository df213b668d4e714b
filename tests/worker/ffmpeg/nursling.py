"""What the nursery of `test_nursery.py` loads: it does as it is told."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.worker.ffmpeg import prisoner
from worker.ffmpeg.nursery import run

LOADED_IN: list[int] = []


def compute() -> None:
    while True:
        pass


def hoard(megabytes: str) -> None:
    print(len([bytearray(1 << 20) for _ in range(int(megabytes))]))


def fill(path: str, megabytes: str) -> None:
    Path(path).write_bytes(bytes(int(megabytes) << 20))


def become() -> None:
    os.execv("/bin/true", ["/bin/true"])


EXCESSES: dict[str, Callable[..., None]] = {
    "compute": compute,
    "hoard": hoard,
    "fill": fill,
    "become": become,
}


def prepare() -> None:
    LOADED_IN.append(os.getpid())


def main(argv: list[str]) -> int:
    verb, *rest = argv
    if verb == "tell":
        facts = {
            "loaded in": LOADED_IN,
            "pid": os.getpid(),
            "parent": os.getppid(),
            "group": os.getpgid(0),
            "environment": sorted(os.environ),
            "fds": sorted(int(entry.name) for entry in Path("/proc/self/fd").iterdir()),
        }
        print(json.dumps(facts))
    elif verb == "read":
        print(os.read(int(rest[0]), 100).decode())
    elif verb == "try":
        return prisoner.main(rest)
    elif verb in EXCESSES:
        EXCESSES[verb](*rest)
    elif verb == "exit":
        return int(rest[0])
    elif verb == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif verb == "raise":
        raise RuntimeError(rest[0])
    elif verb == "sleep":
        print("asleep", flush=True)
        time.sleep(300)
    return 0


if __name__ == "__main__":
    sys.exit(run(main, prepare))
