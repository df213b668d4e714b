"""Makes what a page shows of sources: proxies, stills, peaks, and how far apart sounds are."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from config_schema.config import ExportConfig, parse_config
from config_schema.errors import SourceChanged, SourceUnreadable, TurnOver
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.media.resolve import OpenSource, SourceRoots, open_source
from worker.miniatures.asking import content
from worker.miniatures.making import Bench, Made, Watcher
from worker.miniatures.wants import Kind, Want
from worker.plan.alignment import HEARING_RATE, Alignment
from worker.plan.footage import Footage
from worker.render.export import render_export
from worker.render.job import RenderJob
from worker.render.listening import PEAKS_PER_SECOND
from worker.render.miniature_specs import AlignSpec, HearingSpec, PeaksSpec, StillSpec
from worker.render.spec import ProbeSpec, read_answer, write_spec
from worker.render.work import child

#: What a proxy is at most; never more than its source.
PROXY_LONG, PROXY_SHORT = 1280, 720
#: A proxy's pieces: short, since so much is lost when an export wants the worker.
PROXY_PIECE_SECONDS = 15.0
PROXY_KEY_FRAME_SECONDS = Fraction(1, 2)
PROXY_PRESET = "ultrafast"
#: Behind exports, also those of other workers of the host.
NICE = 19
THUMBNAIL_WIDTH = 320
TILE_WIDTH = 160
STRIP_COLUMNS = 10
MOST_TILES = 100
_HEARING_BYTES = 2
#: Of a sync, what is spent on decoding; the rest is comparing.
HEARING_SHARE = 0.8


def miniature_engine(engine: EngineSettings) -> EngineSettings:
    """The engine as proxies are made with it: quick, easy to seek in, behind everything else."""
    return replace(
        engine,
        piece_seconds=PROXY_PIECE_SECONDS,
        keeping=replace(engine.keeping, nice=max(engine.keeping.nice, NICE)),
        presets={**engine.presets, "h264": PROXY_PRESET},
        key_frame_seconds=PROXY_KEY_FRAME_SECONDS,
    )


@dataclass(frozen=True)
class MiniatureMaker:
    """Makes one want in a bench; called from a thread that lives until it returns."""

    engine: EngineSettings
    roots_of: Callable[[str], SourceRoots]
    nursery: Nursery

    def __call__(self, want: Want, bench: Bench, watcher: Watcher) -> Made:
        """What came of it; raises ExportError, Cancelled or TurnOver where the watcher said so."""
        with _opened(want, self.roots_of(want.tenant)) as sources, _folder(bench.work) as folder:
            return _Making(self, want, bench, watcher, sources, folder).run()


@dataclass(frozen=True)
class _Task:
    """What a child is to do: its progress counts to `whole`, which is `share` of all there is to do
    from `begun` on.
    """

    verb: str
    spec: object
    fds: tuple[int, ...] = ()
    whole: float = 0
    begun: float = 0
    share: float = 1
    makes_bytes: int = 0
    reads: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Making:
    maker: MiniatureMaker
    want: Want
    bench: Bench
    watcher: Watcher
    sources: tuple[OpenSource, ...]
    folder: Path

    def run(self) -> Made:
        made = {
            Kind.PROXY: self._proxy,
            Kind.THUMBNAIL: self._thumbnail,
            Kind.STRIP: self._strip,
            Kind.WAVEFORM: self._waveform,
            Kind.SYNC: self._sync,
        }[self.want.kind]()
        if made.path is None:
            return made
        # Out of the folder that goes now; the bench goes when it has its name.
        kept = self.bench.work / f"made{self.want.kind.suffix}"
        made.path.rename(kept)
        return made._replace(path=kept)

    # --- pictures

    def _proxy(self) -> Made:
        footage = self._probe()[0]
        width, height = proxy_size(*footage.picture.display_size)
        pieces = self.bench.work / "pieces"
        pieces.mkdir(exist_ok=True)
        job = RenderJob(
            proxy_config(footage, width, height),
            self.sources,
            self.folder,
            pieces,
            keep_fds=self.bench.locks,
            job_id=f"proxy {self.want.key}",
        )
        rendered = render_export(job, self.maker.engine, self.watcher, self.maker.nursery)
        facts = {
            "width": width,
            "height": height,
            "fps": round(float(footage.picture.times.rate), 6),
            "seconds": round(rendered.report.output.seconds, 6),
            "bytes": rendered.path.stat().st_size,
        }
        return Made(facts, rendered.path)

    def _thumbnail(self) -> Made:
        footage = self._probe()[0]
        width, height = _fit(*footage.picture.display_size, self.want.width or THUMBNAIL_WIDTH)
        second = min(Fraction(self.want.time_ms, 1000), max(Fraction(0), _length(footage)))
        path = self._still(footage, (second,), width, height, 1)
        return Made({"width": width, "height": height, "time": round(float(second), 3)}, path)

    def _strip(self) -> Made:
        footage = self._probe()[0]
        width, height = _fit(*footage.picture.display_size, TILE_WIDTH)
        seconds = tile_seconds(_length(footage))
        columns = min(STRIP_COLUMNS, len(seconds))
        path = self._still(footage, seconds, width, height, columns)
        facts = {
            "tileWidth": width,
            "tileHeight": height,
            "columns": columns,
            "tiles": len(seconds),
            "secondsPerTile": round(float(_length(footage) / len(seconds)), 6),
        }
        return Made(facts, path)

    def _still(
        self,
        footage: Footage,
        seconds: tuple[Fraction, ...],
        width: int,
        height: int,
        columns: int,
    ) -> Path:
        path = self.folder / "still.jpg"
        fd = self.sources[0].fd
        rough = len(seconds) > 1
        spec = StillSpec(fd, footage, seconds, width, height, columns, path, rough)
        self._child(_Task("still", spec, (fd,), len(seconds)), int)
        return path

    # --- sound

    def _waveform(self) -> Made:
        footage = self._heard(self._probe()[0])
        path, fd = self.folder / "peaks", self.sources[0].fd
        spec = PeaksSpec(fd, footage, _sound_length(footage), path)
        pairs = self._child(_Task("peaks", spec, (fd,), float(_sound_length(footage))), int)
        return Made({"peaksPerSecond": PEAKS_PER_SECOND, "peaks": pairs}, path)

    def _sync(self) -> Made:
        footage = {index: self._heard(one) for index, one in self._probe().items()}
        heard = tuple(self._hearing(index, footage[index]) for index in range(len(footage)))
        spec = AlignSpec(heard[0], heard[1:], self.want.most_offset_seconds)
        task = _Task("align", spec, (), len(heard) - 1, HEARING_SHARE, 1 - HEARING_SHARE)
        found = self._child(replace(task, reads=heard), tuple[Alignment, ...])
        matches = [_told(*pair) for pair in zip(self.want.sources[1:], found, strict=True)]
        return Made({"matches": matches}, None)

    def _hearing(self, index: int, footage: Footage) -> Path:
        """What is compared of a source, kept for the next try."""
        path = self.bench.work / f"{index}.heard"
        if not path.exists():
            part, fd = self.folder / path.name, self.sources[index].fd
            length = _sound_length(footage)
            share = HEARING_SHARE / len(self.sources)
            spec = HearingSpec(fd, footage, length, part)
            task = _Task("hearing", spec, (fd,), float(length), share * index, share)
            most = (int(length) + 2) * HEARING_RATE * _HEARING_BYTES
            self._child(replace(task, makes_bytes=most), int)
            part.rename(path)
        return path

    # --- children

    def _probe(self) -> dict[int, Footage]:
        told = tuple(
            (index, source.fd, source.name, self.want.contents[index])
            for index, source in enumerate(self.sources)
        )
        fds = tuple(source.fd for source in self.sources)
        found: dict[int, Footage] = self._child(
            _Task("probe", ProbeSpec(told), fds), dict[int, Footage]
        )
        return found

    def _child(self, task: _Task, kind: type[Any]) -> Any:
        """A child's answer; the watcher is told of the share of all that it does."""
        asked, answer = self.folder / f"{task.verb}.spec", self.folder / f"{task.verb}.json"
        write_spec(asked, task.spec)
        command = child(
            task.verb, asked, answer, task.fds, reads=task.reads, makes_bytes=task.makes_bytes
        )

        def watch(done: float) -> None:
            if task.whole:
                self.watcher.share(task.begun + task.share * min(1.0, done / task.whole))
            self._rest()

        with Crew(
            self.maker.engine,
            is_cancelled=self.watcher.is_cancelled,
            log=self.watcher.log,
            keep_fds=self.bench.locks,
            nursery=self.maker.nursery,
        ) as crew:
            crew.run(Work(task.verb, command, "done"), watch)
        return read_answer(answer, kind)

    def _rest(self) -> None:
        """Let others have the worker at once; what is finished is kept."""
        if self.watcher.is_turn_over():
            raise TurnOver

    def _heard(self, footage: Footage) -> Footage:
        if footage.sound is None:
            raise SourceUnreadable(f"{footage.name} has no sound.")
        return footage


def proxy_size(width: int, height: int) -> tuple[int, int]:
    """The size of a proxy of pictures shown at this size: even, aspect kept, never larger.

    >>> proxy_size(1920, 1080), proxy_size(1080, 1920), proxy_size(640, 361)
    ((1280, 720), (720, 1280), (640, 360))
    """
    long, short = max(width, height), min(width, height)
    scale = min(Fraction(1), Fraction(PROXY_LONG, long), Fraction(PROXY_SHORT, short))
    return max(2, int(width * scale / 2) * 2), max(2, int(height * scale / 2) * 2)


def tile_seconds(length: Fraction) -> tuple[Fraction, ...]:
    """Where in a source of this length the pictures of a strip are taken: in the middle of each
    of at most a hundred parts, which last a second at least.

    >>> [float(second) for second in tile_seconds(Fraction(3))]
    [0.5, 1.5, 2.5]
    """
    count = min(MOST_TILES, max(1, int(length)))
    return tuple((number + Fraction(1, 2)) * length / count for number in range(count))


def proxy_config(footage: Footage, width: int, height: int) -> ExportConfig:
    """The export that a proxy is: the whole source from its second 0 on, at its own rate."""
    body = {
        "version": 1,
        "id": "proxy",
        "projectId": "",
        "projectName": "proxy",
        "createdAt": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
        "sources": [{"id": "source", "name": "source", "filePath": "source"}],
        "segments": [{"sourceIndex": 0, "startTime": 0, "endTime": float(_length(footage))}],
        "output": {
            "filePath": "proxy.mp4",
            "codec": "h264",
            "width": width,
            "height": height,
            "quality": "low",
        },
    }
    return parse_config(json.dumps(body).encode()).config


def _length(footage: Footage) -> Fraction:
    return footage.picture.times.end


def _sound_length(footage: Footage) -> Fraction:
    assert footage.sound is not None
    return max(footage.sound.end, Fraction(0))


def _fit(width: int, height: int, most: int) -> tuple[int, int]:
    """The size in a square of `most` pixels: even, aspect kept, never larger."""
    scale = min(Fraction(1), Fraction(most, max(width, height)))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _told(source: str, found: Alignment) -> dict[str, Any]:
    return {
        "source": source,
        "found": found.found,
        "offsetSeconds": round(found.offset_seconds, 6) if found.found else None,
        "driftPpm": None if found.drift_ppm is None else round(found.drift_ppm, 2),
        "confidence": round(found.confidence, 3),
    }


@contextmanager
def _opened(want: Want, roots: SourceRoots) -> Iterator[tuple[OpenSource, ...]]:
    with ExitStack() as stack:
        opened = []
        for name, meant in zip(want.sources, want.contents, strict=True):
            source = open_source(name, name, roots)
            stack.callback(os.close, source.fd)
            if content(source) != meant:
                raise SourceChanged(f"{name} is not the file any more that was asked about.")
            opened.append(source)
        yield tuple(opened)


@contextmanager
def _folder(work: Path) -> Iterator[Path]:
    """A folder of this try alone."""
    # What a killed try left behind is of no use; who made it held the claim that is ours now.
    for left in work.glob("try-*"):
        shutil.rmtree(left, ignore_errors=True)
    path = work / f"try-{secrets.token_hex(8)}"
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
