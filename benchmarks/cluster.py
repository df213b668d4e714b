"""Many workers, many jobs, and the same edit again: what the queue adds to the engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx

from benchmarks.crowd import Crowd, sent
from benchmarks.footage import Form, footage
from benchmarks.options import Options
from benchmarks.page import Result, Row
from benchmarks.place import PATIENCE_SECONDS, cameras, export, middle, programme, stack
from benchmarks.ratios import ratio_row
from benchmarks.usage import own_cpu_seconds
from config_schema.config import parse_config
from tests.worker.house import Broker, free_port, until
from worker.client import ExportClient
from worker.settings import WorkerSettings

MINUTES, CUTS = 10, 60
FORM = Form("hd-gop2")
#: For what is exported whole and then again: of 720p that takes half an hour.
SMALL = Form("sd-gop2", 640, 360, megabits=2)
QUEUED, POLLERS, POLL_SECONDS, WATCH_SECONDS = 1000, 200, 2.0, 30
MOST_ANSWER_SECONDS, MOST_SWEEP_SHARE, MOST_START_SECONDS = 0.05, 0.05, 1.0
LEAST_SPEEDUP = {"h264": 1.8, "copy": 1.5}
MOST_AGAIN = 0.15

SPREAD = """Workers that may use one core each, one of them or two, with nothing kept from an export
before; x264 at `veryfast`, so that there is an end to it."""
QUEUE = """A web process and a worker whose sweep goes round but who takes no job, on one core; the
load comes from the other core: so many clients that ask for the status of a job of theirs, each
over a connection of its own."""
AGAIN = """The same edit with one of its switches moved by a second: the pieces that did not change
are those of the first export."""


@dataclass
class Cluster:
    """A broker and workers on one media folder."""

    media: Path
    folder: Path
    broker: Broker
    settings: WorkerSettings
    workers: list[subprocess.Popen[bytes]]

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        return {
            **os.environ,
            "MEDIA_BASE_PATH": str(self.media),
            "REDIS_URL": self.settings.redis_url,
            "EXPORT_NICE": "0",
            "EXPORT_PRESET": "veryfast",
            "EXPORT_PIECE_CACHE_GB": "0",
        }

    def start(self, cores: int | str, *argv: str) -> subprocess.Popen[bytes]:
        """A process of the service on one core, or on several ("0,1")."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                ["taskset", "-c", str(cores), sys.executable, "-m", *argv],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.workers.append(process)
        return process

    def start_worker(self, core: int, *options: str) -> subprocess.Popen[bytes]:
        """A worker on one core, once it lives."""
        argv = ("-A", "worker", "worker", "-n", f"core{core}@%h", "--without-gossip")
        process = self.start(core, "celery", *argv, "--without-mingle", *options)
        beats = self.settings.volume.exports / ".workers"
        until(lambda: list(beats.glob(f"core{core}*-{process.pid}")), 30)
        return process

    def export(self, config: dict[str, Any], *, keep: bool = False) -> float:
        """Seconds from asking to completed; the export is deleted afterwards, unless kept."""
        client = ExportClient(self.settings)
        began = time.monotonic()
        client.submit(parse_config(json.dumps(config).encode()))
        while not (view := client.status(config["id"])).status.is_final:
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise RuntimeError("the export took too long")
            time.sleep(0.1)
        took = time.monotonic() - began
        if view.status != "completed":
            raise RuntimeError(f"the export {view.status}: {view.error}")
        if not keep:
            client.cancel(config["id"])
        return took


@contextmanager
def cluster(media: Path) -> Iterator[Cluster]:
    """A broker of its own on the media folder, and an end to all that was started on it."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        broker = Broker(folder / "broker")
        broker.start()
        ends.callback(broker.stop)
        url = f"redis://127.0.0.1:{broker.port}/0"
        settings = WorkerSettings(media_base_path=media, redis_url=url)
        # Jobs that an interrupted run left would be made now: nothing is ever lost.
        shutil.rmtree(settings.volume.exports, ignore_errors=True)
        settings.volume.prepare()
        made = Cluster(media, folder, broker, settings, [])
        try:
            yield made
        finally:
            for process in made.workers:
                process.terminate()
            for process in made.workers:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def spread(options: Options) -> Result:
    """Two workers of a core each against one of them."""
    seconds, cuts = options.seconds(MINUTES), options.switches(CUTS)
    rows = []
    with footage(FORM, seconds + 1) as media:
        for codec, least in LEAST_SPEEDUP.items():
            pairs = []
            for _ in range(options.runs):
                taken = []
                for cores in (1, 2):
                    with cluster(media.cameras.folder) as made:
                        for core in range(cores):
                            made.start_worker(core)
                        config = programme(
                            media.cameras, Fraction(seconds), cuts, codec=codec,
                            width=FORM.width, height=FORM.height,
                        )  # fmt: skip
                        taken.append(made.export(config))
                pairs.append((taken[0], taken[1]))
            what = f"{seconds / 60:g} min of 720p30, {cuts} cuts, {codec}: one worker / two workers"
            rows.append(ratio_row(what, pairs, least=least))
    return Result("Workers", SPREAD, tuple(rows), load=os.getloadavg()[0])


def again(options: Options) -> Result:
    """The second export of nearly the same edit against the first one."""
    seconds, cuts = options.seconds(25), options.switches(155)
    rows = []
    with (
        footage(SMALL, seconds + 1) as media,
        stack(media.cameras, EXPORT_PRESET="veryfast", EXPORT_PIECE_CACHE_GB="10") as client,
    ):
        for codec in ("copy", "h264"):
            pairs = []
            # H.264 encodes all of it: once is enough.
            for run in range(options.runs if codec == "copy" else 1):
                # Another edit in each run: nothing of it is known yet.
                length = Fraction(seconds) - Fraction(run + 1, 2)
                first = programme(
                    media.cameras,
                    length,
                    cuts,
                    codec=codec,
                    width=SMALL.width,
                    height=SMALL.height,
                )
                runs = [
                    export(client, config, every_seconds=0.1).seconds
                    for config in (first, moved(first, cuts // 2, 1.0))
                ]
                pairs.append((runs[1], runs[0]))
            what = (
                f"{seconds / 60:g} min of {SMALL.height}p30, {codec}, one of {cuts} switches moved"
            )
            rows.append(ratio_row(f"{what}: again / first", pairs, MOST_AGAIN))
    return Result("The same edit again", AGAIN, tuple(rows), load=os.getloadavg()[0])


def moved(config: dict[str, Any], switch: int, by: float) -> dict[str, Any]:
    """The config with one switch later, under an id of its own; its length is the same."""
    segments = [dict(segment) for segment in config["segments"]]
    segments[switch]["endTime"] = round(segments[switch]["endTime"] + by, 6)
    segments[switch + 1]["startTime"] = round(segments[switch + 1]["startTime"] + by, 6)
    return {**config, "id": f"bench-{uuid.uuid4()}", "segments": segments}


def queue(options: Options) -> Result:
    """How quickly a full queue answers, what its sweep costs, and how soon an idle one starts."""
    media = cameras("small", 290, 480, 270)
    with cluster(media.folder) as made:
        ids = [queued(made, media.names) for _ in range(QUEUED)]
        worker = made.start_worker(0, "-Q", "nothing-comes-here")
        port = free_port()
        bind = ("--bind", f"127.0.0.1:{port}", "export_service:create_app()")
        made.start(0, "gunicorn", "--config", "python:export_service.gunicorn", *bind)
        url = f"http://127.0.0.1:{port}"
        until(lambda: answers_at(url), 30)
        time.sleep(5)
        before = own_cpu_seconds(worker.pid), time.monotonic()
        load = sent(
            Crowd(
                port, ids[:POLLERS], seconds=WATCH_SECONDS, pollers=POLLERS,
                every_seconds=POLL_SECONDS,
            ), "1",
        )  # fmt: skip
        share = (own_cpu_seconds(worker.pid) - before[0]) / (time.monotonic() - before[1])
        for job_id in ids:
            ExportClient(made.settings).cancel(job_id)
    answers = sorted(load["polls_seconds"])
    failed = sum(count for told, count in load["statuses"].items() if told != "poll 200")
    slowest = answers[int(0.99 * len(answers))]
    starts = _starts(media, options.runs)
    rows = (
        Row(f"{QUEUED} jobs queued, {POLLERS} clients that ask every {POLL_SECONDS:g} s: "
            "p99 of an answer",
            f"{1000 * slowest:.0f} ms ({len(answers)} answers, {failed} failed, median "
            f"{1000 * middle(answers):.0f} ms; the load took {100 * load['share']:.0f} % of its "
            "core)", "at most 50 ms", slowest <= MOST_ANSWER_SECONDS and not failed),
        Row("… the sweep's share of a core", f"{100 * share:.1f} %", "at most 5 %",
            share <= MOST_SWEEP_SHARE),
        Row("an idle stack: from POST to the start of the job",
            f"{middle(starts):.2f} s (slowest of {len(starts)}: {max(starts):.2f} s)",
            "at most 1 s", max(starts) <= MOST_START_SECONDS),
    )  # fmt: skip
    return Result("A full queue", QUEUE, rows, load=os.getloadavg()[0])


def queued(made: Cluster, names: Sequence[str]) -> str:
    """The id of an export that waits."""
    job_id = f"bench-{uuid.uuid4()}"
    body = {
        "version": 1, "id": job_id, "projectId": "p", "projectName": "Queued",
        "createdAt": "2026-01-01T00:00:00Z",
        "sources": [{"id": "a", "name": names[0], "filePath": names[0]}],
        "segments": [{"sourceIndex": 0, "startTime": 0, "endTime": 2}],
        "output": {"filePath": "out.mp4"},
    }  # fmt: skip
    ExportClient(made.settings).submit(parse_config(json.dumps(body).encode()))
    return job_id


def answers_at(url: str) -> bool:
    """Whether a web process answers there, whatever it says."""
    try:
        return httpx.get(f"{url}/healthz", timeout=1).status_code in (200, 404)
    except httpx.HTTPError:
        return False


def _starts(media: Any, runs: int) -> list[float]:
    starts = []
    with stack(media) as client:
        for _ in range(2 * runs + 1):
            config = programme(media, Fraction(2), 3, width=480, height=270)
            _, state = export(client, config, every_seconds=0.1).states[-1]
            born, began = (_moment(state[name]) for name in ("createdAt", "startedAt"))
            starts.append(began - born)
    return starts


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
