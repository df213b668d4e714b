"""The operator's tour: a failed export is found, understood, repaired and retried, for real.

`python -m tests.stack.tour` runs it on a stack of its own and prints the transcript; with `--write`
it puts it into docs/operations.md, with pictures of Flower in docs/images/, which takes root (the
host is given another name first, for no picture is to show this one's) and Chromium.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

import httpx
from rich.console import Console

from export_service.demo import RATE, export_config, make_cameras, programme
from export_service.demo_check import check
from export_service.stack import RunningStack
from tests.players.browser import browser
from tests.stack.flower_pictures import FlowerPictures
from tests.worker.house import ROOT, until

DOCUMENT = ROOT / "docs" / "operations.md"
IMAGES = ROOT / "docs" / "images"
BEGIN, END = "<!-- the tour begins -->\n", "<!-- the tour ends -->\n"
HOST_NAME = "studio"
LATE = "close up.mov"
LONGEST_LINE = 100
#: As the editor's page does.
POLL_SECONDS = 2.0
#: On the slowest machine; nothing depends on it.
PATIENCE_SECONDS = 600
_CLONE_NEWUTS = 0x04000000


def name_host(name: str) -> None:
    """Give the host another name, for this process and all below it."""
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUTS) != 0:
        sys.exit(f"tour: pictures take root: {os.strerror(ctypes.get_errno())}")
    socket.sethostname(name)


def shortened(text: str, places: dict[str, str]) -> str:
    """The text with paths of this machine as a reader has them, and no line too long to read."""
    for path, short in places.items():
        text = text.replace(path, short)
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(
        line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 2] + " …" for line in lines
    )


class Transcript:
    """What an operator types and what comes of it, as Markdown."""

    def __init__(self, folder: Path, places: dict[str, str]) -> None:
        self._folder = folder
        self._places = places
        self.parts: list[str] = []

    def say(self, text: str) -> None:
        """A paragraph."""
        self.parts.append(text)

    def show(self, name: str, caption: str) -> None:
        """A picture."""
        self.parts.append(f"![{caption}](images/{name}.png)")

    def type(self, *commands: str) -> str:
        """Commands in a shell that knows the stack, and what the last of them prints."""
        script = "\n".join((". media/.stack/environment", *commands))
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=self._folder,
            env=os.environ | {"COLUMNS": str(LONGEST_LINE), "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.quote(*(f"$ {command}" for command in commands), done.stdout)
        return done.stdout

    def quote(self, *lines: str) -> None:
        """What a terminal shows."""
        text = shortened("\n".join(lines), self._places)
        self.parts.append(f"```console\n{text.rstrip()}\n```")

    def __str__(self) -> str:
        return "\n\n".join(self.parts) + "\n"


class Client:
    """A page that asks for an export and then polls its status, whatever happens."""

    def __init__(self, http: httpx.Client, job_id: str) -> None:
        self._http = http
        self._job_id = job_id
        self._began = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self.lines: list[str] = []
        self.state: dict[str, Any] = {}

    def __enter__(self) -> Self:
        answer = self._http.post("/api/export", json=config(self._job_id, "Episode 13"))
        answer.raise_for_status()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def is_(self, **wanted: object) -> Callable[[], bool]:
        """A question whether the last answer said so."""
        return lambda: wanted.items() <= self.state.items()

    def _poll(self) -> None:
        before = ""
        while not self._over.wait(POLL_SECONDS if before else 0):
            answer = self._http.get(f"/api/export/{self._job_id}/status")
            self.state = answer.json()
            told = "attempt {attempt}: {status}, {message}".format(**self.state)
            if told != before:
                seconds = time.monotonic() - self._began
                percent = f"{self.state['progress']:.0%}"
                self.lines.append(f"{seconds:5.0f} s  {answer.status_code}  {percent:>4}  {told}")
            before = told


def config(job_id: str, name: str) -> dict[str, Any]:
    """The demo's programme under another name."""
    return export_config(job_id, programme()) | {"projectName": name}


@contextmanager
def stack_and_folder() -> Iterator[tuple[RunningStack, Path]]:
    """A stack of two workers on a folder that looks like a clone of the project."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        make_cameras(folder / "media" / "sources", Console(stderr=True))
        # A short programme, but with pieces for a guest, and none left by the one before.
        os.environ |= {"EXPORT_PIECE_SECONDS": "5", "EXPORT_PIECE_CACHE_GB": "0"}
        with RunningStack(folder / "media", folder / "up.log", workers=2) as stack:
            yield stack, folder


def take(stack: RunningStack, folder: Path, pictures: FlowerPictures | None) -> Transcript:
    """The tour itself; whatever does not come out as it is told ends it with an error."""
    sources = folder / "media" / "sources"
    places = {
        f"{folder}/": "",
        f"{ROOT}/": "",
        stack.url: "http://127.0.0.1:8000",
        f"@{socket.gethostname()}": f"@{HOST_NAME}",
    }
    tour = Transcript(folder, places)
    with httpx.Client(base_url=stack.url, timeout=60, trust_env=False) as http:
        http.post("/api/export", json=config("episode-12", "Episode 12")).raise_for_status()
        first = "/api/export/episode-12/status"
        until(lambda: http.get(first).json()["status"] == "completed", PATIENCE_SECONDS)
        whole = folder / LATE
        (sources / LATE).rename(whole)
        (sources / LATE).write_bytes(whole.read_bytes()[:4096])
        with Client(http, "episode-13") as client:
            until(client.is_(status="failed"), PATIENCE_SECONDS)
            find_it(tour, pictures)
            mend_it(tour, client, pictures)
        tour.say("All the while the page that had asked for it polled its status route:")
        tour.quote(*client.lines)
        made = folder / "made.mp4"
        made.write_bytes(http.get("/api/export/episode-13/download").raise_for_status().content)
    verdict = check(made, programme(), RATE)
    assert verdict.is_right, verdict
    tour.say(f"The programme, looked at frame by frame: {verdict}.")
    return tour


def find_it(tour: Transcript, pictures: FlowerPictures | None) -> None:
    """The failed export in Flower, in the list and in its log."""
    tour.say(
        "Episode 13 was asked for while a camera's file was still being copied. In Flower, under "
        "Tasks, its row is red and says why:"
    )
    tour.show("flower-failed", "Flower's list of tasks: episode-12 succeeded, episode-13 failed")
    tour.say("The task's own page has the times and the worker:")
    tour.show("flower-failed-task", "Flower's page of the failed task episode-13")
    if pictures:
        pictures.of_tasks("flower-failed", wanted=("episode-13", "FAILURE"))
        pictures.of_task("flower-failed-task", "episode-13", wanted=("FAILURE", LATE))
    tour.say(
        "The same at a terminal, in a shell that has read `. media/.stack/environment`, and what "
        "FFmpeg had to say:"
    )
    assert "episode-13" in tour.type(".venv/bin/celery -A worker exports list --status failed")
    assert LATE in tour.type(".venv/bin/celery -A worker result episode-13")
    log = tour.type(".venv/bin/celery -A worker exports log episode-13")
    assert "source_unreadable" in log, log


def mend_it(tour: Transcript, client: Client, pictures: FlowerPictures | None) -> None:
    """The file is put right, and the export made under its id."""
    tour.say("The copy had not ended. With the whole file in its place:")
    retried = tour.type(
        f'mv "{LATE}" media/sources/', ".venv/bin/celery -A worker exports retry episode-13"
    )
    assert re.search(r"attempt +2\b", retried)
    until(lambda: client.state["progress"] > 0.2, PATIENCE_SECONDS)
    tour.say(
        "Flower shows it on its way, by its name, stage and percent, and the visit of the other "
        "worker, which makes some of the pieces:"
    )
    tour.show("flower-retried", "Flower's list of tasks: episode-13 and a visit at it in progress")
    if pictures:
        pictures.of_tasks("flower-retried", wanted=("PROGRESS", "episode-13~", "rendering,"))
    tour.say("`result` waits for the end:")
    assert "'percent': 100.0" in tour.type(".venv/bin/celery -A worker result episode-13")
    tour.type(".venv/bin/celery -A worker exports list")
    until(client.is_(status="completed"), PATIENCE_SECONDS)
    tour.show("flower-completed", "Flower's list of tasks: all of episode-13 succeeded")
    if pictures:
        pictures.of_tasks("flower-completed", wanted=("completed", "SUCCESS"))


def main() -> None:
    """Take the tour, and print or keep what was seen."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="into docs/")
    write = options.parse_args().write
    if write:
        name_host(HOST_NAME)
    with stack_and_folder() as (stack, folder):
        page_of = browser(folder) if write else nullcontext(None)
        with page_of as page:
            kept = IMAGES if write else None
            pictures = FlowerPictures(page, folder, kept) if page and kept else None
            tour = take(stack, folder, pictures)
    if not write:
        print(tour)
        return
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{tour}\n{END}{after}")


if __name__ == "__main__":
    main()
