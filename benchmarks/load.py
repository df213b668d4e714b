"""Everybody at once at the web process, a status against the least that Flask does, and a download
against nginx.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from benchmarks.cluster import Cluster, answers_at, cluster, queued
from benchmarks.crowd import Crowd, sent
from benchmarks.options import Options
from benchmarks.page import Result, Row
from benchmarks.place import cameras, middle, programme
from benchmarks.usage import descendants
from tests.worker.house import free_port, until
from worker.client import ExportClient

POLLERS, WATCHERS, DOWNLOADS, UPLOADS = 500, 100, 50, 20
WATCH_SECONDS, EAGER, EAGER_SECONDS = 30.0, 32, 8.0
FILE_BYTES = 2**30
MOST_POLL_SECONDS, MOST_BYTES = 0.1, 400e6
LEAST_OF_BARE, LEAST_OF_NGINX = 0.6, 0.8

ABOUT = f"""One web service as it comes (two processes), the load from one process beside it, both
on the same two cores, nothing rendering: {POLLERS} clients that ask for a status every 2 s,
{WATCHERS} that watch events, {DOWNLOADS} downloads of 200 kB/s and {UPLOADS} uploads of as much.
Then {EAGER} clients that ask one thing after the other, the web on one core and they on the other:
for a status, and, from the same gunicorn, for a route of bare Flask that looks at nothing. Last one
client that takes a file of 1 GiB as fast as it comes, from the service and from nginx."""


def load(options: Options) -> Result:
    """How the web process holds up, and what a status and a download cost."""
    media = cameras("small", 290, 480, 270)
    with cluster(media.folder) as made:
        done = _completed(made, media)
        ids = [queued(made, media.names) for _ in range(POLLERS)]
        try:
            crowd_row = _crowd(made, ids, done)
            rows = [*crowd_row, _of_bare(made, ids, options.runs)]
            rows += _of_nginx(made, done, options.runs)
        finally:
            for job_id in [*ids, done]:
                ExportClient(made.settings).cancel(job_id)
    return Result("The web under load", ABOUT, tuple(rows), load=os.getloadavg()[0])


def _completed(made: Cluster, media: Any) -> str:
    """An export that is completed, whose file is then made as large as a film."""
    config = programme(media, Fraction(2), 3, width=480, height=270)
    worker = made.start_worker(0)
    made.export(config, keep=True)
    worker.terminate()
    worker.wait()
    os.truncate(made.settings.volume.exports / config["id"] / "output.mp4", FILE_BYTES)
    job_id: str = config["id"]
    return job_id


@contextmanager
def _web(
    made: Cluster, cores: str, app: str = "export_service:create_app()"
) -> Iterator[tuple[int, int]]:
    """A gunicorn of ours with this app: its port and its process."""
    port = free_port()
    options = ("--bind", f"127.0.0.1:{port}", "--backlog", "2048", app)
    process = made.start(cores, "gunicorn", "--config", "python:export_service.gunicorn", *options)
    until(lambda: answers_at(f"http://127.0.0.1:{port}"), 60)
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _crowd(made: Cluster, ids: list[str], done: str) -> list[Row]:
    with _web(made, "0,1") as (port, pid), _Memory(pid) as memory:
        crowd = Crowd(
            port, ids, done, seconds=WATCH_SECONDS, pollers=POLLERS, watchers=WATCHERS,
            downloads=DOWNLOADS, uploads=UPLOADS,
        )  # fmt: skip
        found = sent(crowd, "0,1")
    answers = sorted(found["polls_seconds"])
    slowest = answers[int(0.99 * len(answers))]
    told = found["statuses"]
    due = {"watch 200": WATCHERS, "download 200": DOWNLOADS, "upload 201": UPLOADS}
    polled = told.pop("poll 200", 0)
    what = f"{POLLERS} pollers, {WATCHERS} watchers, {DOWNLOADS} downloads, {UPLOADS} uploads"
    other = ", ".join(f"{count} × {name}" for name, count in told.items() if due.get(name) != count)
    return [
        Row(f"{what}: p99 of a status",
            f"{1000 * slowest:.0f} ms (median {1000 * middle(answers):.1f} ms, {polled} answers; "
            f"{found['events']} events, {found['downloaded'] / 1e6:.0f} MB down, "
            f"{found['uploaded'] / 1e6:.0f} MB up; the load took "
            f"{100 * found['share']:.0f} % of a core)", "at most 100 ms",
            slowest <= MOST_POLL_SECONDS),
        Row("… what else was answered", other or "nothing but what is due", "nothing",
            told == due),
        Row("… memory of the web, all processes", f"{memory.highest / 1e6:.0f} MB",
            "under 400 MB", memory.highest < MOST_BYTES),
    ]  # fmt: skip


def _of_bare(made: Cluster, ids: list[str], runs: int) -> Row:
    rates: list[tuple[float, float]] = []
    shares = []
    with (
        _web(made, "0") as (service, _),
        _web(made, "0", "benchmarks.bare:app()") as (bare, _),
    ):
        for _ in range(runs):
            pair = []
            for port, path in ((service, "/api/export/ID/status"), (bare, "/status")):
                crowd = Crowd(port, ids, seconds=EAGER_SECONDS, eager=EAGER, path=path)
                found = sent(crowd, "1")
                pair.append(found["statuses"]["poll 200"] / found["took"])
                shares.append(found["share"])
            rates.append((pair[0], pair[1]))
    return _ratio(
        "requests per second: a status / a bare Flask route", rates, LEAST_OF_BARE, "{:.0f}",
        f"; the load took at most {100 * max(shares):.0f} % of its core",
    )  # fmt: skip


def _of_nginx(made: Cluster, done: str, runs: int) -> list[Row]:
    if shutil.which("nginx") is None:
        return [Row("a download / from nginx", "no nginx here", "", is_met=True)]
    file = made.settings.volume.exports / done / "output.mp4"
    rates = []
    with _web(made, "0") as (service, _), _nginx(file) as front:
        for _ in range(runs + 1):
            pair = [
                _taken(port, path)
                for port, path in (
                    (service, f"/api/export/{done}/download"),
                    (front, "/output.mp4"),
                )
            ]
            rates.append((pair[0], pair[1]))
    # The first one reads the file into memory.
    what = "one client that takes 1 GiB, GB/s: from the service / from nginx"
    return [_ratio(what, rates[1:], LEAST_OF_NGINX, "{:.2f}")]


def _ratio(
    what: str, pairs: Sequence[tuple[float, float]], least: float, form: str, more: str = ""
) -> Row:
    ratios = sorted(a / b for a, b in pairs)
    ours, theirs = (form.format(middle([pair[n] for pair in pairs])) for n in (0, 1))
    return Row(
        what,
        f"{middle(ratios):.2f} ({ours} / {theirs}; {len(pairs)} runs, {ratios[0]:.2f} to "
        f"{ratios[-1]:.2f}{more})",
        f"at least {least:g}",
        middle(ratios) >= least,
    )


def _taken(port: int, path: str) -> float:
    """GB per second of a download by one client."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        began = time.monotonic()
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        block = bytearray(2**20)
        taken = 0
        while count := client.recv_into(block):
            taken += count
    if taken < FILE_BYTES:
        raise RuntimeError(f"only {taken} bytes came")
    return taken / 1e9 / (time.monotonic() - began)


@contextmanager
def _nginx(file: Path) -> Iterator[int]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "nginx.conf"
        config.write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/log;\n"
            "events { }\n"
            f"http {{ access_log off; sendfile on; client_body_temp_path {folder}/1;\n"
            f"proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;\n"
            f"uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;\n"
            f"server {{ listen 127.0.0.1:{port}; root {file.parent}; }} }}\n"
        )
        argv = ["taskset", "-c", "0", "nginx", "-e", f"{folder}/log", "-c", str(config)]
        process = subprocess.Popen(argv)
        try:
            until(lambda: _listens(port), 20)
            yield port
        finally:
            process.terminate()
            process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class _Memory:
    """The most memory that a process and those below it held together, shared pages once."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.highest = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            pids = (self._root, *descendants(self._root))
            self.highest = max(self.highest, sum(_share_bytes(pid) for pid in pids))


def _share_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
