"""How quickly proxies are made, and how quickly one seeks in a long one."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import av

from benchmarks.options import Options
from benchmarks.page import Result, Row
from benchmarks.place import CACHE, RATE
from config_schema.status import Progress
from export_service import create_app
from export_service.coded_media import CameraSpec, make_camera
from export_service.settings import WebSettings
from tests.media.decode import FFMPEG
from worker.ffmpeg.media import only
from worker.miniatures import shelf
from worker.miniatures.asking import want_of
from worker.miniatures.making import Bench
from worker.miniatures.wants import Kind, Want
from worker.render.export import render_nursery
from worker.render.miniatures import MiniatureMaker, miniature_engine

ABOUT = """A 1080p30 camera with sensor noise, H.264 and AAC, made into its proxy by the engine as a
worker makes it. On a machine that does other things as well the clock says little: what the
processors had to do, divided by the cores, is what it takes where nothing else runs."""
LONG_SECONDS = 2 * 3600
SEEKS = 20


class _Nobody:
    """Whom nobody waits for and nobody disturbs."""

    def progress(self, progress: Progress) -> None: ...

    def share(self, share: float) -> None: ...

    def is_cancelled(self) -> bool:
        return False

    def is_turn_over(self) -> bool:
        return False

    def log(self, line: str) -> None: ...


def proxies(options: Options) -> Result:
    """Proxies of one camera, and seeking in one of two hours."""
    seconds = options.seconds(1)
    settings = WebSettings(media_base_path=CACHE / f"proxies-{seconds}")
    source = _camera(settings.volume.sources, seconds)
    want = want_of(Kind.PROXY, "", [source.name], settings.roots_of(""))
    cores = len(os.sched_getaffinity(0))
    clock, work = [], []
    with TemporaryDirectory(dir=CACHE) as folder:
        proxy = Path(folder) / "proxy.mp4"
        for _ in range(options.runs):
            began, before = time.monotonic(), _processor_seconds()
            make_proxy(settings, want, proxy)
            clock.append(seconds / (time.monotonic() - began))
            work.append(seconds * cores / (_processor_seconds() - before))
        waits, index, group = _seeks(settings, want, proxy)
    size = f"{index / 1e6:.1f} MB of index and {group / 1e3:.0f} kB of pictures"
    rows = (
        Row(
            f"{seconds} s of 1080p30: times real time on {cores} cores, by processor time",
            f"{median(work):.1f}",
            ">= 4",
            median(work) >= 4,
        ),
        Row(
            "the same by the clock, beside whatever else ran",
            f"{median(clock):.1f}",
            "",
            is_met=True,
        ),
        Row(
            f"seek in a proxy of 2 h: {size} over ranges, the first frame decoded",
            f"{median(waits) * 1000:.0f} ms ({max(waits) * 1000:.0f} ms at most)",
            "<= 300 ms",
            median(waits) <= 0.3,
        ),
    )
    return Result("Proxies", ABOUT, rows, load=os.getloadavg()[0])


def _camera(folder: Path, seconds: int) -> Path:
    """One camera, made once."""
    path = folder / "camera.mp4"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        noise = ("-vf", "noise=alls=6:allf=t")
        part = path.with_suffix(".part.mp4")
        make_camera(part, CameraSpec(1, seconds * RATE, width=1920, height=1080, extra_args=noise))
        part.replace(path)
    return path


def _processor_seconds() -> float:
    """Of this process and of all below it that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def make_proxy(settings: WebSettings, want: Want, proxy: Path) -> None:
    """Make the proxy as a worker does."""
    engine = miniature_engine(settings.engine())
    work = proxy.parent / "work"
    work.mkdir()
    with closing(render_nursery(engine)) as nursery:
        maker = MiniatureMaker(engine, settings.roots_of, nursery)
        made = maker(want, Bench(work, ()), _Nobody())  # type: ignore[arg-type]
    assert made.path is not None
    made.path.replace(proxy)
    shutil.rmtree(work)


def _seeks(settings: WebSettings, want: Want, proxy: Path) -> tuple[list[float], int, int]:
    """Seconds for the index and one group of pictures by ranges, and how large both are."""
    with av.open(str(proxy)) as short:
        loops = LONG_SECONDS // max(1, int((short.duration or 0) / 1e6)) + 1
    long = proxy.with_name("long.mp4")
    argv = (FFMPEG, "-v", "error", "-y", "-stream_loop", str(loops), "-i", str(proxy))
    subprocess.run((*argv, "-c", "copy", "-movflags", "+faststart", str(long)), check=True)
    with settings.shelf.place("") as place:
        settings.shelf.ask(want)
        shelf.finish(place, want, {}, long)
    web = create_app(settings).test_client()
    address = f"/api/preview/files/{want.key}"

    def part(start: int, count: int) -> bytes:
        found = web.get(address, headers={"Range": f"bytes={start}-{start + count - 1}"})
        assert found.status_code == 206
        return bytes(found.data)

    path = settings.shelf.file("", want.key)[1]
    try:
        places, index = _groups(path)
        chosen = random.Random(1).sample(places, SEEKS)
        waits = [_seek(part, index, start, count) for start, count in chosen]
    finally:
        shutil.rmtree(settings.volume.miniatures)
    return waits, index, round(median(count for _, count in places))


def _seek(part: Callable[[int, int], bytes], index: int, start: int, count: int) -> float:
    began = time.monotonic()
    front = part(0, index)
    group = part(start, count)
    # A player knows the rest from the index; what it then decodes is the group's first picture.
    assert len(front) == index
    with av.open(_Sparse(front, start, group), mode="r", format="mp4") as film:
        track = film.streams.video[0]
        entries = track.index_entries
        only(film, track)
        stamp = next(entry.timestamp for entry in entries if entry.pos == start)
        film.seek(stamp, stream=track)
        key = next(packet for packet in film.demux(track) if packet.pos == start)
        assert [*key.decode(), *track.codec_context.decode(None)][0].key_frame
    return time.monotonic() - began


class _Sparse:
    """A file of which only the front and one part are there."""

    def __init__(self, front: bytes, start: int, part: bytes) -> None:
        self._front, self._start, self._part = front, start, part
        self._at = 0

    def read(self, count: int) -> bytes:
        """What is there from here on, at most so many bytes."""
        at = self._at
        if at < len(self._front):
            found = self._front[at : at + count]
        else:
            found = self._part[at - self._start : at - self._start + count]
            found = found if at >= self._start else bytes(min(count, self._start - at))
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        end = self._start + len(self._part)
        self._at = offset + (0, self._at, end)[whence]
        return self._at

    def tell(self) -> int:
        """Where it stands."""
        return self._at


def _groups(path: Path) -> tuple[list[tuple[int, int]], int]:
    """Where each group of pictures lies, first byte and bytes with the sound between, and how many
    bytes the front of the file takes.
    """
    with av.open(str(path)) as film:
        entries = film.streams.video[0].index_entries
        keys = [entry.pos for entry in entries if entry.is_keyframe]
        front = min(entry.pos for entry in entries)
    return [(a, b - a) for a, b in pairwise(keys)], front
