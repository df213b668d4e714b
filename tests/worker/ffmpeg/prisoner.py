"""Tries what a child must not do, and what it must be able to; says how each ended.

Given a folder of its own, one it may only read, one that is none of its business, and a descriptor
of a file that lies there. Of the standard library alone, so that it also runs by itself.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

PR_GET_NO_NEW_PRIVS = 39
BAD = -1


def syscall(number: int) -> None:
    """A call with arguments that nothing takes: who is let through hears of those."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *(ctypes.c_long(BAD),) * 5) < 0:
        raise OSError(ctypes.get_errno(), "")


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def thread() -> None:
    started = threading.Thread(target=lambda: None)
    started.start()
    started.join()


def tcp(port: int) -> None:
    with socket.socket() as caller:
        caller.connect(("127.0.0.1", port))


def udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.sendto(b"x", ("127.0.0.1", 9))


def attempts(
    own: Path, shared: Path, alien: Path, fd: int, port: int
) -> dict[str, Callable[[], object]]:
    return {
        "read what it was handed": lambda: Path(f"/proc/self/fd/{fd}").read_bytes(),
        "write in its folder": lambda: (own / "new").write_bytes(b"x"),
        "read in its folder": (own / "new").read_bytes,
        "remove from its folder": (own / "new").unlink,
        "read what is shared": (shared / "file").read_bytes,
        "start a thread": thread,
        "read its own limits": lambda: resource.getrlimit(resource.RLIMIT_DATA),
        "read elsewhere": (alien / "file").read_bytes,
        "list elsewhere": lambda: list(alien.iterdir()),
        "write elsewhere": lambda: (alien / "new").write_bytes(b"x"),
        "cut short elsewhere": lambda: os.truncate(alien / "file", 0),
        "remove elsewhere": (alien / "other").unlink,
        "write what it was handed": lambda: Path(f"/proc/self/fd/{fd}").write_bytes(b"x"),
        "write what is shared": lambda: (shared / "new").write_bytes(b"x"),
        "link elsewhere": lambda: (own / "link").hardlink_to(alien / "file"),
        "follow a link elsewhere": (own / "symlink").read_bytes,
        "make a symlink": lambda: (own / "sym").symlink_to(alien),
        "make a fifo": lambda: os.mkfifo(own / "fifo"),
        "read the passwords": lambda: Path("/etc/passwd").read_bytes(),
        "read its parent's environment": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
        "signal its parent": lambda: os.kill(os.getppid(), 0),
        "limit its parent": lambda: resource.prlimit(
            os.getppid(), resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)
        ),
        "call by tcp": lambda: tcp(port),
        "send by udp": udp,
        "make a pair of sockets": socket.socketpair,
        "fork": fork,
        "be somebody else": lambda: os.setuid(os.getuid()),
    }


def ended(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "?")
    return "done"


def main(argv: list[str]) -> int:
    own, shared, alien = map(Path, argv[:3])
    fd, port, numbers = int(argv[3]), int(argv[4]), json.loads(argv[5])
    found = {name: ended(act) for name, act in attempts(own, shared, alien, fd, port).items()}
    calls = {name: ended(lambda number=number: syscall(number)) for name, number in numbers.items()}  # type: ignore[misc]
    libc = ctypes.CDLL(None)
    gives_up = libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)
    kinds = ("CORE", "CPU", "DATA", "FSIZE", "NOFILE")
    limits = {kind: resource.getrlimit(getattr(resource, f"RLIMIT_{kind}")) for kind in kinds}
    print(json.dumps({"found": found, "calls": calls, "no_new_privs": gives_up, "limits": limits}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
