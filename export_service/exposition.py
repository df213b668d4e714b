"""What Prometheus reads, from two values: how things stand, and the sums of what came of them.

Pure: the values come from the volume, so it does not matter which process answers, or how often
one was restarted. Every series that is known in advance is there from the start, at zero: a
counter that appears with its first event hides that event from `increase()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import get_args

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from config_schema.errors import ExportError, InternalFault, RenderFault, SourceFault
from config_schema.status import JobStatus, Priority, Stage
from worker.client import Census, Histogram, Sums

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_PRIORITIES: tuple[Priority, ...] = get_args(Priority)


def exposition(census: Census, sums: Sums) -> bytes:
    """The text that answers a scrape."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(census, sums))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, census: Census, sums: Sums) -> None:
        self._census = census
        self._sums = sums

    def collect(self) -> Iterator[Metric]:
        yield from _jobs(self._census)
        yield from _house(self._census)
        yield from _ends(self._sums)
        yield from _work(self._sums)
        yield from _webhooks(self._census, self._sums)


def _jobs(census: Census) -> Iterator[Metric]:
    standing = census.standing
    jobs = GaugeMetricFamily(
        "export_jobs",
        "Exports on the volume, those that are over included.",
        labels=("status", "priority"),
    )
    stages = GaugeMetricFamily(
        "export_stage_jobs", "Exports that are not over, by what they are at.", labels=("stage",)
    )
    line = GaugeMetricFamily(
        "export_queue_jobs", "Exports that wait for a worker.", labels=("priority",)
    )
    for priority in _PRIORITIES:
        line.add_metric((priority,), standing.line.get(priority, 0))
        for status in JobStatus:
            jobs.add_metric((status, priority), standing.jobs.get((status, priority), 0))
    for stage in Stage:
        stages.add_metric((stage,), standing.stages.get(stage, 0))
    yield from (jobs, stages, line)
    yield GaugeMetricFamily(
        "export_queue_oldest_seconds",
        "How long the export that waits longest for a worker has been waiting.",
        standing.longest_wait_seconds,
    )
    yield GaugeMetricFamily("export_running_jobs", "Exports that are being made.", standing.running)


def _house(census: Census) -> Iterator[Metric]:
    yield GaugeMetricFamily("export_workers", "Workers that are alive.", census.workers)
    yield GaugeMetricFamily(
        "export_broker_up", "Whether the broker answers.", float(census.messages is not None)
    )
    if census.messages is not None:
        messages = GaugeMetricFamily(
            "export_broker_messages",
            "Messages in the broker that no worker has taken: rings for a job, calls for help.",
            labels=("kind", "priority"),
        )
        for waiting, count in census.messages.items():
            messages.add_metric(waiting, count)
        yield messages
    if census.free_bytes is not None:
        yield GaugeMetricFamily(
            "export_volume_free_bytes", "What is free on the media volume.", census.free_bytes
        )
    yield GaugeMetricFamily(
        "export_piece_cache_bytes",
        "What the pieces take that are kept for later exports.",
        census.piece_cache_bytes,
    )


def _ends(sums: Sums) -> Iterator[Metric]:
    ended = CounterMetricFamily("export_runs_ended", "Runs that ended.", labels=("status",))
    for status in JobStatus:
        if status.is_final:
            ended.add_metric((status,), sums.ended.get(status, 0))
    failed = CounterMetricFamily(
        "export_runs_failed", "Runs that failed, by the code of their error.", labels=("code",)
    )
    for code in sorted(_ENDING_CODES | sums.failed.keys()):
        failed.add_metric((code,), sums.failed.get(code, 0))
    yield from (ended, failed)
    yield _histogram(
        "export_wait_seconds",
        "From the POST or the retry to the start of the run; known when the run has ended.",
        sums.wait_seconds,
    )
    yield _histogram(
        "export_render_seconds",
        "From the start of a completed run to its end.",
        sums.render_seconds,
    )
    yield _histogram(
        "export_speed_ratio",
        "Programme seconds per second of a completed run.",
        sums.speed,
    )


def _work(sums: Sums) -> Iterator[Metric]:
    for name, about, ways in (
        (
            "export_frames",
            "Frames of completed programmes, copied from their source or converted.",
            {"copied": sums.copied_frames, "converted": sums.converted_frames},
        ),
        (
            "export_pieces",
            "Pieces of completed programmes, made for them or found finished.",
            {"made": sums.pieces_made, "reused": sums.pieces_reused},
        ),
    ):
        counter = CounterMetricFamily(name, about, labels=("way",))
        for way, count in ways.items():
            counter.add_metric((way,), count)
        yield counter
    yield CounterMetricFamily(
        "export_programme_seconds",
        "Length of all completed programmes.",
        sums.programme_seconds,
    )
    yield CounterMetricFamily(
        "export_output_bytes", "Size of all completed programmes.", sums.output_bytes
    )


def _webhooks(census: Census, sums: Sums) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "export_webhooks_pending", "Messages that clients are still to be told.", census.untold
    )
    ends = CounterMetricFamily(
        "export_webhooks", "Messages to clients that are not sent any more.", labels=("outcome",)
    )
    for outcome in ("delivered", "gone", "given_up"):
        ends.add_metric((outcome,), sums.webhooks.get(outcome, 0))
    yield ends
    yield CounterMetricFamily(
        "export_webhook_failures",
        "Tries to send a message after which another one was due.",
        sums.webhooks.get("failed", 0),
    )


def _histogram(name: str, about: str, seen: Histogram) -> Metric:
    bounds = [*(str(bound) for bound in seen.bounds), "+Inf"]
    buckets = list(zip(bounds, accumulate(seen.counts), strict=True))
    return HistogramMetricFamily(name, about, buckets, seen.sum)


def _leaves(family: type[ExportError]) -> Iterator[type[ExportError]]:
    below = family.__subclasses__()
    if not below:
        yield family
    for child in below:
        yield from _leaves(child)


#: With what a run may fail.
_ENDING_CODES = frozenset(
    leaf.code for family in (SourceFault, RenderFault, InternalFault) for leaf in _leaves(family)
)
