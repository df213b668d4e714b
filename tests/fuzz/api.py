"""Calls that schemathesis makes up from the API's description, sent to the service as it is served.

All of its checks hold: every answer is documented and looks as documented, what the description
allows is taken and what it forbids is refused, nothing is answered by a server's error; alone and
in chains of calls (make an export, ask for it, end it, ask again).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from tests.fuzz.schemathesis_hooks import SOURCE
from tests.fuzz.seeds import SEEDS, film
from tests.worker.house import ROOT, Broker, free_port, until

CONFIG = Path(__file__).parent / "schemathesis.toml"
_CASES = re.compile(r"(\d+) generated")


class Found(NamedTuple):
    """How many calls were made, and what schemathesis had to say; no `harm` where all held."""

    cases: int
    harm: str
    words: str


def try_calls(cache: Path, examples: int, seed: int = 1) -> Found:
    """`examples` of each kind of call, and of chains of calls."""
    with served(cache) as url:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"),
            *(f"{url}/openapi.json", "--max-examples", str(examples)),
            *("--seed", str(seed), "--no-color", "--suppress-health-check", "all"),
            *("--request-timeout", "60", "--generation-database", "none"),
        ]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    words = ended.stdout + ended.stderr
    counted = _CASES.search(words)
    cases = int(counted[1]) if counted else 0
    return Found(cases, words if ended.returncode or not cases else "", words)


@contextmanager
def served(cache: Path) -> Iterator[str]:
    """The address of a service with a broker and a worker, who takes no job."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="fuzz")))
        broker = Broker(folder / "broker")
        broker.start()
        ends.callback(broker.stop)
        media = folder / "media"
        for name in ("sources", "exports"):
            (media / name).mkdir(parents=True)
        (media / "sources" / SOURCE).write_bytes(film(SEEDS[0], cache))
        port = free_port()
        environment = os.environ | {
            "MEDIA_BASE_PATH": str(media),
            "REDIS_URL": f"redis://127.0.0.1:{broker.port}/0",
        }
        worker = ("celery", "-A", "worker", "worker", "-Q", "nothing-comes-here", "-c", "1")
        web: tuple[str, ...] = ("gunicorn", "--config", "python:export_service.gunicorn")
        web = (*web, "--bind", f"127.0.0.1:{port}", "export_service:create_app()")
        log = ends.enter_context((folder / "log").open("wb"))
        for argv in (worker, web):
            process = subprocess.Popen(
                [sys.executable, "-m", *argv], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
            ends.callback(process.wait)
            ends.callback(process.terminate)
        until(lambda: _is_ready(f"http://127.0.0.1:{port}"), 90)
        yield f"http://127.0.0.1:{port}"


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
