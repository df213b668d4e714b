"""Everybody at once: pollers, watchers, slow downloads and uploads, from one process.

    python -m benchmarks.crowd < a JSON object as in `Crowd`

Prints what the polls took, what went wrong, and how much of a core this process used. A client of
its own, because what measures must cost less than what is measured.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

_BLOCK = 64 * 1024


@dataclass(frozen=True)
class Crowd:
    """Who comes: numbers of clients, each of whom has an export of `ids`; `done` is to download."""

    port: int
    ids: list[str]
    done: str = ""
    seconds: float = 30
    pollers: int = 0
    every_seconds: float = 2.0
    watchers: int = 0
    downloads: int = 0
    uploads: int = 0
    bytes_per_second: int = 200_000
    #: So many ask one poll after the other, as fast as they can, of `path`.
    eager: int = 0
    path: str = ""


@dataclass
class Findings:
    """What was found."""

    polls_seconds: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    events: int = 0
    downloaded: int = 0
    uploaded: int = 0
    share: float = 0.0
    took: float = 0.0

    def count(self, what: str) -> None:
        """One more of these."""
        self.statuses[what] = self.statuses.get(what, 0) + 1


class Connection:
    """One connection that is kept, and asks one thing after the other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, what: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The status, the headers and the body of an answer of known length."""
        reader, _ = await self.begin(what, **headers)
        status, told = await answer_head(reader)
        length = int(told.get("content-length", 0))
        return status, told, await reader.readexactly(length) if length else b""

    async def begin(
        self, what: str, **headers: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Send the head of a request, and give the way back and on."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=_BLOCK)
        lines = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
        self._streams[1].write(f"{what} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())
        return self._streams

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def answer_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """The status and the headers of an answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


def sent(crowd: Crowd, cores: str) -> dict[str, Any]:
    """What the crowd found, as a process of its own that may use these cores ("0,1")."""
    argv = ["taskset", "-c", cores, sys.executable, "-m", "benchmarks.crowd"]
    told = json.dumps(asdict(crowd))
    done = subprocess.run(argv, input=told, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


async def come(crowd: Crowd) -> Findings:
    """Let them all come at once and stay for as long as was said."""
    found = Findings()
    began, cpu = time.monotonic(), time.process_time()
    end = began + crowd.seconds
    kinds = {
        _poll: crowd.pollers,
        _watch: crowd.watchers,
        _download: crowd.downloads,
        _upload: crowd.uploads,
        _ask_on: crowd.eager,
    }
    clients = [
        asyncio.create_task(kind(crowd, number, end, found))
        for kind, count in kinds.items()
        for number in range(count)
    ]
    await asyncio.wait(clients, timeout=crowd.seconds + 30)
    found.took = time.monotonic() - began
    found.share = (time.process_time() - cpu) / found.took
    for client in clients:
        client.cancel()
    for ended in await asyncio.gather(*clients, return_exceptions=True):
        if isinstance(ended, BaseException):
            found.count(f"{type(ended).__name__} {ended}")
    return found


async def _poll(crowd: Crowd, number: int, end: float, found: Findings) -> None:
    head = f"GET /api/export/{crowd.ids[number % len(crowd.ids)]}/status"
    with contextlib.closing(Connection(crowd.port)) as connection:
        begin = end - crowd.seconds
        due = begin + crowd.every_seconds * number / crowd.pollers
        while due < end:
            await asyncio.sleep(due - time.monotonic())
            asked = time.monotonic()
            status, _, _ = await connection.ask(head)
            found.count(f"poll {status}")
            # The first two rounds open the connections.
            if asked > begin + 2 * crowd.every_seconds:
                found.polls_seconds.append(time.monotonic() - asked)
            due += crowd.every_seconds


async def _watch(crowd: Crowd, number: int, end: float, found: Findings) -> None:
    with contextlib.closing(Connection(crowd.port)) as connection:
        head = f"GET /api/export/{crowd.ids[number % len(crowd.ids)]}/events"
        reader, _ = await connection.begin(head)
        status, _ = await answer_head(reader)
        found.count(f"watch {status}")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(end - time.monotonic()):
                while line := await reader.readline():
                    found.events += line.startswith(b"data:")


async def _download(crowd: Crowd, _number: int, end: float, found: Findings) -> None:
    with contextlib.closing(Connection(crowd.port)) as connection:
        reader, _ = await connection.begin(f"GET /api/export/{crowd.done}/download")
        status, _ = await answer_head(reader)
        found.count(f"download {status}")
        while time.monotonic() < end:
            block = await reader.read(crowd.bytes_per_second // 10)
            found.downloaded += len(block)
            await asyncio.sleep(len(block) / crowd.bytes_per_second)


async def _upload(crowd: Crowd, number: int, end: float, found: Findings) -> None:
    size = int(crowd.bytes_per_second * crowd.seconds * 2)
    name = base64.b64encode(f"load-{time.time_ns()}-{number}.mp4".encode()).decode()
    with contextlib.closing(Connection(crowd.port)) as connection:
        status, told, _body = await connection.ask(
            "POST /api/uploads",
            Tus_Resumable="1.0.0",
            Upload_Length=str(size),
            Upload_Metadata=f"filename {name}",
            Content_Length="0",
        )
        found.count(f"upload {status}")
        # One request that goes on and on, as a browser sends it.
        _reader, writer = await connection.begin(
            f"PATCH /api/{told['location'].partition('/api/')[2]}",
            Tus_Resumable="1.0.0",
            Upload_Offset="0",
            Content_Type="application/offset+octet-stream",
            Content_Length=str(size),
        )
        block = bytes(crowd.bytes_per_second // 10)
        while time.monotonic() < end:
            writer.write(block)
            await writer.drain()
            found.uploaded += len(block)
            await asyncio.sleep(0.1)


async def _ask_on(crowd: Crowd, number: int, end: float, found: Findings) -> None:
    ids = crowd.ids or ["x"]
    head = f"GET {crowd.path.replace('ID', ids[number % len(ids)])}"
    with contextlib.closing(Connection(crowd.port)) as connection:
        while time.monotonic() < end:
            status, _, _ = await connection.ask(head)
            found.count(f"poll {status}")


def main(told: dict[str, Any]) -> None:
    """Come as told, and print what was found."""
    print(json.dumps(asdict(asyncio.run(come(Crowd(**told))))))


if __name__ == "__main__":
    main(json.load(sys.stdin))
