"""A file goes by tus-js-client over a network that breaks, and comes out byte for byte."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from tests.uploads.cutter import END, RESET, SILENCE, cutting
from tests.uploads.web import ROOT, Web

BLOCK = 2**20
SEND = Path(__file__).parent / "send.mjs"


class Journey(NamedTuple):
    """What came of it: the client's words, how often the network broke, and of what length."""

    said: list[dict[str, Any]]
    cuts: list[str]
    seconds: float
    sent_sha256: str
    came_sha256: str


class NoClient(Exception):
    """tus-js-client is not here, and cannot be fetched."""


def node() -> str:
    """The Node.js that has tus-js-client; fetches what is missing, or raises NoClient."""
    ready = subprocess.run(
        [str(ROOT / ".ci" / "tus-client")], capture_output=True, text=True, timeout=300, check=False
    )
    if ready.returncode:
        raise NoClient(ready.stderr.strip())
    return ready.stdout.strip()


def travel(web: Web, folder: Path, size: int, breaks: int, name: str = "wide.mp4") -> Journey:
    """Send a file of so many random bytes while the network breaks so often."""
    program = node()
    file = folder / "sent.mp4"
    sent = _random_file(file, size)
    every = size // (breaks + 1)
    marks = [every * number for number in range(1, breaks + 1)]
    ways = islice(cycle((RESET, END, SILENCE)), breaks)
    begun = time.monotonic()
    with cutting(web.port, list(zip(marks, ways, strict=True))) as cutter:
        endpoint = f"http://127.0.0.1:{cutter.port}/api/uploads"
        run = subprocess.run(
            [program, str(SEND), endpoint, str(file), name],
            capture_output=True,
            text=True,
            timeout=3600,
            check=False,
        )
    seconds = time.monotonic() - begun
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0, (said, run.stderr)
    file.unlink()
    return Journey(said, cutter.done, seconds, sent, sha256_of(web.sources / name))


def sha256_of(file: Path) -> str:
    """The file's SHA-256."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _random_file(file: Path, size: int) -> str:
    dice, digest = random.Random(size), hashlib.sha256()
    with file.open("wb") as stream:
        for start in range(0, size, BLOCK):
            block = dice.randbytes(min(BLOCK, size - start))
            stream.write(block)
            digest.update(block)
    return digest.hexdigest()
