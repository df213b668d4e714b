"""Clients that ask for the status of a job each, all at a steady pace: the load of `queue`.

    python -m benchmarks.pollers URL CLIENTS EVERY_SECONDS SECONDS < a JSON list of job ids

Prints what the answers took, how many failed, and how much of a core this process used.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import httpx


async def poll(url: str, ids: list[str], clients: int, every: float, seconds: float) -> None:
    """Ask, and print what was found."""
    taken: list[float] = []
    failures = 0
    began, cpu = time.monotonic(), time.process_time()

    async def one(number: int) -> None:
        nonlocal failures
        target = f"{url}/api/export/{ids[number % len(ids)]}/status"
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            due = began + every * number / clients
            while due < began + seconds:
                await asyncio.sleep(due - time.monotonic())
                asked = time.monotonic()
                try:
                    answer = await client.get(target)
                    failures += answer.status_code != 200
                except httpx.HTTPError:
                    failures += 1
                # The first two rounds open the connections.
                if asked > began + 2 * every:
                    taken.append(time.monotonic() - asked)
                due += every

    await asyncio.gather(*(one(number) for number in range(clients)))
    share = (time.process_time() - cpu) / (time.monotonic() - began)
    print(json.dumps({"seconds": taken, "failures": failures, "share": share}))


if __name__ == "__main__":
    address, count, pace, length = sys.argv[1:]
    asyncio.run(poll(address, json.load(sys.stdin), int(count), float(pace), float(length)))
