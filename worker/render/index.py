"""What lies near the cuts of each source: key frames, and the order of pictures around them.

Runs in a child process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import av

from worker.ffmpeg.media import only, open_media, second_of, video_track
from worker.plan.footage import Footage
from worker.plan.gops import CutWindow, GopSample, SampleKind
from worker.plan.smart import Wanted
from worker.render.spec import IndexAnswer, IndexSpec

Report = Callable[[float], None]


def look_near_cuts(spec: IndexSpec, report: Report) -> IndexAnswer:
    """The windows of all wanted ranges; `report` is told how many are answered."""
    samples = {index: list(_samples(spec.fds[index], spec.footage[index])) for index in spec.fds}
    windows = []
    for number, want in enumerate(spec.wanted):
        windows.append(None if want is None else _window(samples[want.source], want))
        report(number + 1)
    return IndexAnswer(tuple(windows), {})


def _samples(fd: int, footage: Footage) -> Iterator[GopSample]:
    times = footage.picture.times
    with open_media(fd, footage.name) as container:
        stream = video_track(container, footage.picture.stream)
        only(container, stream)
        extradata = stream.codec_context.extradata or b""
        is_annexb = extradata[:1] == b"\0" or not extradata
        for packet in container.demux(stream):
            if packet.pts is None or packet.is_discard:
                continue
            number = times.index_shown_at(second_of(packet) - footage.zero)
            if number is not None:
                yield GopSample(number, _kind(packet, footage.picture.codec, is_annexb))


def _kind(packet: av.Packet[Any], codec: str, is_annexb: bool) -> SampleKind:
    if not packet.is_keyframe:
        return SampleKind.OTHER
    if codec == "vp9":
        return SampleKind.IDR
    data = bytes(packet)
    for nal in _nals(data, is_annexb):
        kind = nal[0] & 31 if codec == "h264" else nal[0] >> 1 & 63
        if codec == "h264" and kind in (1, 5):
            return SampleKind.IDR if kind == 5 else SampleKind.RECOVERY
        if codec == "hevc" and kind < 32:
            if kind == 21:
                return SampleKind.CRA
            return SampleKind.IDR if 16 <= kind <= 20 else SampleKind.RECOVERY
    return SampleKind.OTHER


def _nals(data: bytes, is_annexb: bool) -> Iterator[bytes]:
    if is_annexb:
        for part in data.split(b"\0\0\1")[1:]:
            if part:
                yield part[:2]
        return
    position = 0
    while position + 5 <= len(data):
        yield data[position + 4 : position + 6]
        position += 4 + int.from_bytes(data[position : position + 4], "big")


def _window(samples: list[GopSample], want: Wanted) -> CutWindow:
    keys = [
        i for i, s in enumerate(samples) if s.kind.is_clean and want.start <= s.display < want.end
    ]
    if not keys:
        return CutWindow(None, ())
    last = max(i for i, s in enumerate(samples) if s.display < want.end)
    tails = [
        i
        for i, s in enumerate(samples[: last + 1])
        if i >= keys[0] and s.kind is not SampleKind.OTHER and s.display < want.end
    ]
    return CutWindow(samples[keys[0]], tuple(samples[tails[-1] : last + 1]))
