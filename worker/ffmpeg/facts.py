"""What an opened camera file says of itself, as facts. Runs in a child process only."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
from av.container import InputContainer

from config_schema.errors import SourceUnreadable
from worker.ffmpeg.media import (
    MOVIE_TIMELINE,
    only,
    open_media,
    picture_stream,
    second_of,
    sound_stream,
)
from worker.plan.footage import Colour, FieldOrder, Footage, Picture, Sound
from worker.plan.times import FrameTimes, fit_times

#: Numbers of ITU-T H.273, as FFmpeg names them. 2 is "unspecified" and has no name here.
MATRICES = {
    0: "gbr", 1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m",
    9: "bt2020nc", 10: "bt2020c",
}  # fmt: skip
PRIMARIES = {
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film",
    9: "bt2020", 11: "smpte431", 12: "smpte432",
}  # fmt: skip
TRANSFERS = {
    1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear",
    11: "iec61966-2-4", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12",
    16: "smpte2084", 18: "arib-std-b67",
}  # fmt: skip
FULL_RANGE = 2
TOP_FIRST_ORDERS = (2, 5)  # AV_FIELD_TT, AV_FIELD_BT: what matters is which is displayed first
BOTTOM_FIRST_ORDERS = (3, 4)
#: So many packets show where the display order of the first frames begins, reordering included.
OPENING_PACKETS = 64
#: A track from which nothing could be decoded after so many packets is taken for unreadable.
TRIAL_PACKETS = 600

Report = Callable[[float], None]


def gather(fd: int, name: str, fingerprint: str, *, scan: bool, report: Report) -> Footage:
    """Everything the plan needs to know about the file behind `fd`.

    `scan` reads every packet instead of trusting the container's index. `report` is told the
    bytes read so far. Raises SourceUnreadable with a sentence that names the source.
    """
    with open_media(fd, name) as container:
        video = picture_stream(container, name)
        audio = sound_stream(container)
        is_movie = container.format.name == MOVIE_TIMELINE
        walk = _Walk(video, audio)
        walk.read(container, whole=scan or not is_movie, report=report)
        if walk.frame is None:
            raise SourceUnreadable(f"{name}'s picture cannot be decoded.", detail=walk.complaint)
        stamps = None if walk.is_whole else _indexed_stamps(video, walk.opening)
        if stamps is None:
            walk.read_on(report)
            stamps = sorted(set(walk.stamps))
        tick = video.time_base or Fraction(1, 90_000)
        zero = Fraction(0)
        if not is_movie:
            zero = min(stamps[0] * tick, walk.first_sound or stamps[0] * tick)
        times = fit_times(
            stamps,
            tick,
            zero=zero,
            hint=video.average_rate or video.guessed_rate,
            last_duration=_last_duration(video, walk, stamps[-1]),
        )
        return Footage(
            name,
            fingerprint,
            container.format.name,
            zero,
            _picture(video, walk.frame, times),
            _sound(audio, walk, zero),
        )


@dataclass
class _Walk:
    """One pass over the packets from the first on: never back, since seeking is not exact."""

    video: av.VideoStream
    audio: av.AudioStream | None
    frame: av.VideoFrame | None = None
    first_sound: Fraction | None = None
    sound_end: Fraction | None = None
    last_picture: tuple[int, int] = (-(1 << 62), 0)
    opening: list[tuple[int, int]] = field(default_factory=list)
    stamps: array[int] = field(default_factory=lambda: array("q"))
    is_whole: bool = False
    complaint: str = ""
    _packets: Iterator[av.Packet[Any]] = field(default_factory=lambda: iter(()))
    _tried: int = 0

    def read(self, container: InputContainer, *, whole: bool, report: Report) -> None:
        """Read until the opening is understood, or to the end."""
        tracks = [self.video] if self.audio is None else [self.video, self.audio]
        only(container, *tracks)
        self._packets = iter(container.demux(*tracks))
        if whole:
            self.read_on(report)
            return
        for packet in self._packets:
            self._take(packet)
            heard = self.audio is None or self.first_sound is not None
            if self.frame is not None and heard and len(self.opening) >= OPENING_PACKETS:
                return
            if self._tried > 4 * TRIAL_PACKETS:
                return
        self.is_whole = True

    def read_on(self, report: Report) -> None:
        """Read what is left."""
        for number, packet in enumerate(self._packets):
            self._take(packet)
            if number % 512 == 0 and packet.pos is not None:
                report(max(packet.pos, 0))
        self.is_whole = True

    def _take(self, packet: av.Packet[Any]) -> None:
        if packet.stream.index == self.video.index:
            self._take_picture(packet)
        else:
            self._take_sound(packet)

    def _take_picture(self, packet: av.Packet[Any]) -> None:
        if self.frame is None and self._tried < TRIAL_PACKETS:
            self._tried += 1
            self.frame = next(
                (f for f in self._decoded(packet) if isinstance(f, av.VideoFrame)), None
            )
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or packet.is_discard:
            return
        self.stamps.append(stamp)
        self.last_picture = max(self.last_picture, (stamp, packet.duration or 0))
        if len(self.opening) < OPENING_PACKETS and packet.dts is not None:
            self.opening.append((stamp, packet.dts))

    def _take_sound(self, packet: av.Packet[Any]) -> None:
        if packet.pts is None:
            return
        if self.first_sound is None:
            self._tried += 1
            for frame in self._decoded(packet):
                if frame.pts is not None:
                    # What the decoder hands out first is what is heard first: priming left out.
                    self.first_sound = second_of(frame)
                    break
        end = (packet.pts + (packet.duration or 0)) * Fraction(packet.time_base)
        self.sound_end = end if self.sound_end is None else max(self.sound_end, end)

    def _decoded(self, packet: av.Packet[Any]) -> list[av.VideoFrame] | list[av.AudioFrame]:
        try:
            return packet.decode()
        except av.error.FFmpegError as error:
            self.complaint = str(error)
            return []


def _sound(audio: av.AudioStream | None, walk: _Walk, zero: Fraction) -> Sound | None:
    """The facts of the sound track, or None where none can be heard."""
    if audio is None or walk.first_sound is None:
        return None
    end = walk.sound_end if walk.is_whole else _indexed_end(audio)
    start = walk.first_sound - zero
    return Sound(
        audio.index,
        audio.codec_context.codec.canonical_name,
        audio.rate,
        audio.channels,
        start,
        max(end - zero, start) if end is not None else start,
    )


def _picture(video: av.VideoStream, frame: av.VideoFrame, times: FrameTimes) -> Picture:
    context = video.codec_context
    order = FieldOrder.PROGRESSIVE
    if context.field_order in BOTTOM_FIRST_ORDERS:
        order = FieldOrder.BOTTOM_FIRST
    elif context.field_order in TOP_FIRST_ORDERS or frame.interlaced_frame:
        order = FieldOrder.TOP_FIRST
    sar = Fraction(video.sample_aspect_ratio or context.sample_aspect_ratio or 1)
    pixel = frame.format
    return Picture(
        stream=video.index,
        codec=context.codec.canonical_name,
        profile=context.profile or "",
        width=frame.width,
        height=frame.height,
        sar=sar if Fraction(1, 8) <= sar <= 8 else Fraction(1),
        rotation=round(-frame.rotation / 90) * 90 % 360,
        pixel_format=pixel.name,
        depth=max(component.bits for component in pixel.components),
        colour=Colour(
            MATRICES.get(frame.colorspace, ""),
            PRIMARIES.get(frame.color_primaries, ""),
            TRANSFERS.get(frame.color_trc, ""),
            frame.color_range == FULL_RANGE or pixel.name.startswith("yuvj"),
        ),
        fields=order,
        times=times,
    )


def _indexed_stamps(video: av.VideoStream, opening: list[tuple[int, int]]) -> list[int] | None:
    """Sorted presentation stamps from the container's index, or None where it does not say.

    The index holds decoding times. At a constant rate the presentation times are the same grid,
    shifted by the reordering delay that the first packets show; without reordering they are the
    same times.
    """
    entries = [entry.timestamp for entry in video.index_entries if not entry.is_discard]
    if len(entries) < 2 or not opening:
        return None
    if all(pts == dts for pts, dts in opening):
        return entries if all(a < b for a, b in pairwise(entries)) else None
    steps = {b - a for a, b in pairwise(entries)}
    if max(steps) - min(steps) > 1 or min(steps) <= 0:
        return None
    shift = min(pts for pts, _ in opening) - opening[0][1]
    return [stamp + shift for stamp in entries]


def _last_duration(video: av.VideoStream, walk: _Walk, last: int) -> Fraction | None:
    """How long the last frame stays on screen, where the container says something credible."""
    ticks = walk.last_picture[1] if walk.is_whole else 0
    if not ticks and video.duration is not None and video.start_time is not None:
        ticks = video.start_time + video.duration - last
    seconds = ticks * Fraction(video.time_base or 0)
    return seconds if 0 < seconds <= 1 else None


def _indexed_end(audio: av.AudioStream) -> Fraction | None:
    """When the last indexed packet of the sound ends."""
    entries = audio.index_entries
    if len(entries) < 2:
        return None
    last, before = entries[len(entries) - 1].timestamp, entries[len(entries) - 2].timestamp
    return (2 * last - before) * Fraction(audio.time_base or 0)
