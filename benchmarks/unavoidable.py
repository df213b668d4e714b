"""The work that no way of making the programme can do without: its bridges, and copying the rest.

One FFmpeg per core gets a small file with exactly the groups of pictures that its bridges lie in,
decodes them, and encodes exactly the frames of the bridges, as the service's encoder is set.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from benchmarks.meter import Meter
from benchmarks.rivals import Task
from config_schema.config import parse_config
from tests.media.decode import FFMPEG
from worker.ffmpeg.commands import encode_picture
from worker.ffmpeg.run import Crew
from worker.media.resolve import open_source
from worker.plan.output import OutputFormat
from worker.plan.plan import Plan
from worker.render.export import render_nursery
from worker.render.planner import Lessons, Planner
from worker.settings import WorkerSettings

#: A picture is shown at most so many places from where it is decoded.
REORDERED = 4


@dataclass(frozen=True)
class Bridge:
    """Frames [start, end) of a source, to be encoded."""

    source: int
    start: int
    end: int


@dataclass(frozen=True)
class Share:
    """What one FFmpeg has to do: frames [start, end) of its small file, one range a bridge."""

    file: Path
    ranges: tuple[tuple[int, int], ...]

    @property
    def frames(self) -> int:
        """How many it encodes."""
        return sum(end - start for start, end in self.ranges)


@dataclass(frozen=True)
class Unavoidable:
    """The shares of all cores, and how they are encoded."""

    output: OutputFormat
    shares: tuple[Share, ...]

    def run(self, meter: Meter, threads: int) -> None:
        """Do it, every FFmpeg with so many threads (0: as many as it likes)."""
        made = [share.file.with_suffix(".bridges.mp4") for share in self.shares]
        meter.run_all(
            [
                command(self.output, share, path, threads)
                for share, path in zip(self.shares, made, strict=True)
            ]
        )
        for share, path in zip(self.shares, made, strict=True):
            count = count_frames(path)
            if count != share.frames:
                raise RuntimeError(f"{count} frames where {share.frames} are due")
            path.unlink()


def plan_of(task: Task) -> Plan:
    """The plan that the engine makes of a task."""
    settings = WorkerSettings(media_base_path=task.media)
    parsed = parse_config(json.dumps(task.config).encode(), settings.limits)
    engine = settings.engine()
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=task.folder)))
        opened = []
        for entry in parsed.config.sources:
            source = open_source(entry.file_path, entry.name, settings.roots_of(""))
            stack.callback(os.close, source.fd)
            opened.append(source)
        planner = Planner(parsed.config, opened, work, engine)
        nursery = render_nursery(engine)
        stack.callback(nursery.close)
        crew = stack.enter_context(
            Crew(engine, is_cancelled=lambda: False, log=lambda _: None, nursery=nursery)
        )
        return planner.plan(crew, Lessons(), lambda _: None)


def bridges_of(plan: Plan) -> list[Bridge]:
    """Every frame that is converted."""
    found = []
    for span in plan.program.spans:
        if span.copied is None and span.source is not None:
            times = plan.footage[span.source].picture.times
            second = span.source_second(span.frames.start, plan.program.rate)
            first = times.index_at(second)
            found.append(Bridge(span.source, first, first + span.count))
    return found


def prepare(plan: Plan, task: Task, cores: int) -> Unavoidable:
    """The small files, one a core, with bridges dealt out in turn."""
    names = [source["filePath"] for source in task.config["sources"]]
    cameras = [task.media / "sources" / name for name in names]
    bridges = bridges_of(plan)
    shares = []
    for core in range(cores):
        path = task.folder / f"needed-{core}.mp4"
        if mine := bridges[core::cores]:
            shares.append(Share(path, _write_needed(path, cameras, mine)))
    return Unavoidable(plan.output, tuple(shares))


def sum_of(terms: Sequence[str]) -> str:
    """The sum as FFmpeg reads it, nested by halves: it takes no chain of a hundred.

    >>> sum_of(["a", "b", "c"])
    '(a+(b+c))'
    """
    half = len(terms) // 2
    return terms[0] if not half else f"({sum_of(terms[:half])}+{sum_of(terms[half:])})"


def command(output: OutputFormat, share: Share, path: Path, threads: int) -> list[str]:
    """The service's own encoder, fed with a choice of decoded pictures and not with raw ones."""
    sizes = [end - start for start, end in share.ranges]
    starts = [sum(sizes[:n]) for n in range(1, len(sizes))]
    argv = list(encode_picture(FFMPEG, output, str(path), threads=threads, key_frames=starts))
    argv = argv[argv.index("-map") :]
    rate = f"{output.rate.numerator}/{output.rate.denominator}"
    chosen = sum_of([f"between(pts,{start},{end - 1})" for start, end in share.ranges])
    clock = f"settb=1/({rate})"
    place = argv.index("-vf") + 1
    argv[place] = f"{clock},select='{chosen}',setpts=N,{argv[place]}"
    decode = ["-threads", str(threads)] if threads else []
    return [FFMPEG, "-nostdin", "-v", "error", *decode, "-i", f"file:{share.file}", *argv]


def count_frames(path: Path) -> int:
    """How many pictures a file holds."""
    with av.open(str(path)) as media:
        return sum(packet.dts is not None for packet in media.demux(video=0))


def _write_needed(
    path: Path, cameras: Sequence[Path], bridges: Sequence[Bridge]
) -> tuple[tuple[int, int], ...]:
    """Write the groups that bridges lie in, one after the other; where each bridge is in it."""
    ranges = []
    with ExitStack() as stack:
        media = [stack.enter_context(av.open(str(camera))) for camera in cameras]
        settings = {m.streams.video[0].codec_context.extradata for m in media}
        if len(settings) != 1:
            raise RuntimeError("the cameras are not set alike: one track cannot hold them")
        out = stack.enter_context(av.open(str(path), "w"))
        stream = out.add_stream_from_template(media[0].streams.video[0])
        base = 0
        last: av.Packet[Any] | None = None
        for bridge in bridges:
            packets = _group(media[bridge.source], bridge)
            first = packets[0][0]
            extent = max(number for number, _, _ in packets) + 1 - first
            for number, decoded, packet in packets:
                if last is not None:
                    out.mux(last)
                last = _placed(packet, base + number - first, base + decoded - first)
                last.stream = stream
            ranges.append((base + bridge.start - first, base + bridge.end - first))
            base += extent
        assert last is not None
        # The file's length must reach to the picture that is shown last.
        last.duration = 4 * REORDERED
        out.mux(last)
    return tuple(ranges)


def _placed(packet: av.Packet[Any], shown: int, decoded: int) -> av.Packet[Any]:
    again = av.Packet(bytes(packet))
    again.pts, again.dts, again.duration = shown, decoded, 1
    again.time_base = Fraction(1, 30)
    again.is_keyframe = packet.is_keyframe
    return again


def _group(
    media: av.container.InputContainer, bridge: Bridge
) -> list[tuple[int, int, av.Packet[Any]]]:
    """(shown, decoded, packet) from the key frame before a bridge until all of it can be shown."""
    stream = media.streams.video[0]
    base, rate = stream.time_base, stream.average_rate
    assert base is not None
    assert rate is not None
    begin = stream.start_time or 0
    tick = 1 / (rate * base)
    media.seek(
        max(0, begin + round((bridge.start - REORDERED) * tick)), stream=stream, backward=True
    )
    missing = set(range(bridge.start, bridge.end))
    packets: list[tuple[int, int, av.Packet[Any]]] = []
    for packet in media.demux(stream):
        if packet.pts is None or packet.dts is None:
            continue
        shown = round((packet.pts - begin) / tick)
        if packet.is_keyframe and shown <= bridge.start:
            packets = []
        packets.append((shown, round((packet.dts - begin) / tick), packet))
        missing.discard(shown)
        if not missing:
            return packets
    raise RuntimeError(f"no such frames: {bridge}")
