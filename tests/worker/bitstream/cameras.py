"""Recorded samples, made by FFmpeg on the fly, and programmes put together from them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg

from worker.bitstream import h264
from worker.bitstream.entry import Codec, Entry, from_extradata, to_extradata
from worker.bitstream.joins import begin_run, idr_pic_id
from worker.bitstream.merge import Merged
from worker.bitstream.nal import join_prefixed, split_prefixed
from worker.bitstream.recode import rewrite_h264
from worker.bitstream.rewrite import rewrite_sample

FFMPEG: str = imageio_ffmpeg.get_ffmpeg_exe()
FRAMES = 24
RATE = Fraction(30)
#: Every GOP has eight frames, so a camera has three.
GOP = 8
_CLOSED = f"keyint={GOP}:min-keyint={GOP}:scenecut=0"
_X265 = f"{_CLOSED}:log-level=none:pools=none:frame-threads=1"


@dataclass(frozen=True)
class Recipe:
    """How a camera is made: a lavfi picture, an encoder and what it is told."""

    params: str = _CLOSED
    codec: str = "libx264"
    picture: str = "testsrc2"
    filters: str = "null"
    pix_fmt: str = "yuv420p"
    more: tuple[str, ...] = ()
    suffix: str = "mp4"


RECIPES = {
    "high": Recipe(f"{_CLOSED}:bframes=3:b-pyramid=normal:ref=4:8x8dct=1", more=("-g", "8")),
    "high, faded": Recipe(
        f"{_CLOSED}:bframes=2:weightp=2:weightb=1:ref=3:direct=auto",
        filters="fade=in:0:24",
    ),
    "main": Recipe(f"{_CLOSED}:bframes=1", picture="testsrc", more=("-profile:v", "main")),
    "baseline, four slices": Recipe(
        f"{_CLOSED}:slices=4", picture="rgbtestsrc", more=("-profile:v", "baseline")
    ),
    "high, CAVLC, three slices": Recipe(f"{_CLOSED}:cabac=0:slices=3:bframes=2:8x8dct=1"),
    "small slices": Recipe(f"{_CLOSED}:slice-max-mbs=1:bframes=0", picture="smptebars"),
    "sps 3": Recipe(f"{_CLOSED}:sps-id=3:bframes=2:ref=2", picture="testsrc"),
    "buffered": Recipe(
        f"{_CLOSED}:nal-hrd=cbr:vbv-maxrate=600:vbv-bufsize=600:bitrate=600:aud=1:filler=1"
        ":repeat-headers=1"
    ),
    "fields": Recipe(f"{_CLOSED}:tff=1:bframes=2:ref=2"),
    "fields, CAVLC": Recipe(f"{_CLOSED}:bff=1:cabac=0"),
    "open": Recipe(f"keyint={GOP}:scenecut=0:open-gop=1:bframes=3", more=("-forced-idr", "0")),
    "ten bits": Recipe(pix_fmt="yuv420p10le"),
    "4:2:2": Recipe(pix_fmt="yuv422p"),
    "4:4:4": Recipe(pix_fmt="yuv444p"),
    "matrices": Recipe(f"{_CLOSED}:cqm=jvt"),
    "colourful": Recipe(
        f"{_CLOSED}:fullrange=on:colorprim=bt709:transfer=bt709:colormatrix=bt709:sar=4/3"
        ":overscan=show:chromaloc=1:videoformat=pal",
        filters="crop=190:110",
    ),
    "all key": Recipe("keyint=1"),
    "stream": Recipe(f"{_CLOSED}:bframes=2:aud=1", suffix="ts"),
    "hevc": Recipe(f"{_X265}:open-gop=0:bframes=3", codec="libx265"),
    "hevc, plain": Recipe(
        f"{_X265}:open-gop=0:bframes=0:no-sao=1:ref=1", codec="libx265", picture="testsrc"
    ),
    "hevc, slices": Recipe(
        f"{_CLOSED}:log-level=none:frame-threads=1:open-gop=0:slices=2:hash=1",
        codec="libx265",
        filters="scale=192:320",
    ),
    "hevc, open": Recipe(f"{_X265}:open-gop=1:bframes=3", codec="libx265"),
    "hevc, ten bits": Recipe(f"{_X265}:open-gop=0", codec="libx265", pix_fmt="yuv420p10le"),
    "hevc, buffered": Recipe(
        f"{_X265}:open-gop=0:hrd=1:vbv-maxrate=600:vbv-bufsize=600:bitrate=600:aud=1"
        ":repeat-headers=1:hash=2",
        codec="libx265",
    ),
    "hevc, colourful": Recipe(
        f"{_X265}:open-gop=0:range=full:colorprim=bt2020:transfer=arib-std-b67"
        ":colormatrix=bt2020nc:sar=16\\:11:scaling-list=default:temporal-layers=1"
        ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
        ":max-cll=1000,400",
        codec="libx265",
        filters="crop=190:110",
        pix_fmt="yuv420p10le",
    ),
    "hevc, stream": Recipe(f"{_X265}:open-gop=0", codec="libx265", suffix="ts"),
}


@dataclass(frozen=True)
class Sample:
    """A coded picture and its number as shown."""

    data: bytes
    number: int
    is_key: bool


@dataclass(frozen=True)
class Camera:
    """A file that FFmpeg made, its samples in decoding order."""

    path: Path
    codec: Codec
    extradata: bytes
    samples: tuple[Sample, ...]
    width: int
    height: int
    pix_fmt: str
    level: int

    @cached_property
    def entry(self) -> Entry:
        return from_extradata(self.codec, self.extradata)

    @cached_property
    def hashes(self) -> list[str]:
        """The decoded pictures, in the order in which they are shown."""
        return picture_hashes(self.path)

    def gops(self) -> list[list[Sample]]:
        starts = [index for index, sample in enumerate(self.samples) if sample.is_key]
        ends = [*starts[1:], len(self.samples)]
        return [list(self.samples[a:b]) for a, b in zip(starts, ends, strict=True)]


def record(folder: Path, name: str) -> Camera:
    """The camera of that name, made now."""
    recipe = RECIPES[name]
    path = folder / f"{name}.{recipe.suffix}"
    params = "-x264-params" if recipe.codec == "libx264" else "-x265-params"
    source = f"{recipe.picture}=size=192x112:rate={RATE}"
    argv = ["-f", "lavfi", "-i", source, "-frames:v", str(FRAMES), "-vf", recipe.filters]
    argv += ["-c:v", recipe.codec, "-preset", "veryfast", "-pix_fmt", recipe.pix_fmt]
    argv += ["-threads", "1", params, recipe.params, *recipe.more, str(path)]
    subprocess.run([FFMPEG, "-nostdin", "-y", "-v", "error", *argv], check=True)
    return read(path)


def read(path: Path) -> Camera:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        packets = [packet for packet in container.demux(stream) if packet.size]
        times = sorted(_pts(packet) for packet in packets)
        samples = tuple(
            Sample(bytes(packet), times.index(_pts(packet)), packet.is_keyframe)
            for packet in packets
        )
        codec: Codec = "h264" if context.name == "h264" else "hevc"
        assert context.pix_fmt is not None
        return Camera(
            path=path,
            codec=codec,
            extradata=bytes(context.extradata or b""),
            samples=samples,
            width=context.width,
            height=context.height,
            pix_fmt=context.pix_fmt,
            level=stream.codec_context.level,
        )


def _pts(packet: av.Packet[Any]) -> int:
    assert packet.pts is not None
    return packet.pts


@dataclass(frozen=True)
class Part:
    """A run of samples in a programme: from which camera, and shown from which number on."""

    camera: Camera
    which: int  # the place of the camera among those merged
    samples: Sequence[Sample]

    @property
    def first(self) -> int:
        return min(sample.number for sample in self.samples)

    @property
    def hashes(self) -> list[str]:
        return self.camera.hashes[self.first : self.first + len(self.samples)]


def put_together(out: Path, merged: Merged, parts: Sequence[Part], *, bla: bool = False) -> Path:
    """A file of `parts` under the one sample entry, as the engine would write it."""
    shown = 0
    items: list[tuple[bytes, int, bool]] = []
    last_idr: int | None = None
    for part in parts:
        for position, sample in enumerate(part.samples):
            is_cra = bla and not position
            data = rewrite_sample(sample.data, merged.rewrites[part.which], bla=is_cra)
            if not position:
                data = begin_run(data, merged.entry, after_idr=last_idr)
            last_idr = idr_pic_id(data, merged.entry)
            items.append((data, shown + sample.number - part.first, sample.is_key))
        shown += len(part.samples)
    return write(out, parts[0].camera.path, merged.extradata, items)


def write(
    out: Path, template: Path, extradata: bytes, items: Sequence[tuple[bytes, int, bool]]
) -> Path:
    delay = max(index - number for index, (_, number, _) in enumerate(items))
    with av.open(str(template)) as like, av.open(str(out), "w") as container:
        stream = container.add_stream_from_template(like.streams.video[0])
        stream.codec_context.extradata = extradata
        if stream.codec_context.name == "hevc":
            stream.codec_context.codec_tag = "hvc1"
        for index, (data, number, is_key) in enumerate(items):
            packet: av.Packet[Any] = av.Packet(data)
            packet.stream = stream
            packet.time_base = 1 / RATE
            packet.dts, packet.pts, packet.duration = index - delay, number, 1
            packet.is_keyframe = is_key
            container.mux(packet)
    return out


def picture_hashes(path: Path) -> list[str]:
    """The MD5 of every decoded picture; a word of complaint from the decoder is an error."""
    argv = [FFMPEG, "-nostdin", "-v", "error", "-err_detect", "crccheck+bitstream+buffer"]
    argv += ["-i", str(path), "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "-"]
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    assert done.stderr == "", done.stderr
    return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if line[0] != "#"]


def with_second_pps(made: Camera) -> Camera:
    """The camera with every other sample under a second PPS of the same words."""
    second = h264.with_pps_ids(made.entry.pps[0], 1, 0)
    samples = [
        replace(sample, data=under_pps(made, sample.data, 1)) if number % 2 else sample
        for number, sample in enumerate(made.samples)
    ]
    entry = replace(made.entry, pps=(*made.entry.pps, second))
    return replace(made, extradata=to_extradata(entry), samples=tuple(samples))


def under_pps(made: Camera, data: bytes, pps_id: int) -> bytes:
    sps, pps = made.entry.h264_sets[0]
    return join_prefixed(
        rewrite_h264(nal, sps, pps, pps_id) if h264.nal_type(nal) in h264.SLICES else nal
        for nal in split_prefixed(data, 4)
    )
