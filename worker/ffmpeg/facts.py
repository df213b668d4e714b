"""What an opened camera file says of itself, as facts. Runs in a child process only."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.container import InputContainer

from config_schema.errors import SourceUnreadable
from worker.ffmpeg.media import (
    MOVIE_TIMELINE,
    only,
    open_media,
    packets_of,
    picture_stream,
    second_of,
    sound_stream,
    takes_too_much,
)
from worker.ffmpeg.movie_stamps import indexed_stamps
from worker.ffmpeg.stretches import Looker
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
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "linear",
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

#: Pictures a second; what says less is not believed.
SLOWEST = Fraction(1, 900)
#: A clock that goes back by less is one that strays.
JUMP_SECONDS = Fraction(1, 4)
#: So many pictures on each side of a jump tell it from one stray time.
AROUND = 16
FEW = 4

Report = Callable[[float], None]


def gather(fd: int, name: str, fingerprint: str, *, scan: bool, report: Report) -> Footage:
    """Everything the plan needs to know about the file behind `fd`.

    `scan` reads every packet; without it the container's index and a few looks into the file
    are asked first. `report` is told the bytes read so far. Raises SourceUnreadable with a
    sentence that names the source.
    """
    with open_media(fd, name) as container:
        video = picture_stream(container, name)
        walk = _Walk(name, video, sound_stream(container))
        walk.read(container, whole=scan, report=report)
        if walk.frame is None and not walk.is_whole:
            walk.read_on(report)
        if walk.frame is None:
            raise SourceUnreadable(f"{name}'s picture cannot be decoded.", detail=walk.complaint)
        seen = (
            _seen_whole(container, walk, name) if walk.is_whole else _indexed(fd, container, walk)
        )
        if seen is not None:
            if seen.times.rate < SLOWEST:
                raise SourceUnreadable(
                    f"{name} says that each of its pictures is shown for longer than a quarter "
                    "of an hour; no camera films like that."
                )
            return Footage(
                name,
                fingerprint,
                container.format.name,
                seen.zero,
                _picture(video, walk.frame, seen.times),
                _sound(walk, seen),
            )
    # Once more from the first packet on: after a seek there is no reading on from where one was.
    return gather(fd, name, fingerprint, scan=True, report=report)


@dataclass(frozen=True)
class _Seen:
    """The times of the picture, where second 0 is and where the sound ends on the clock."""

    times: FrameTimes
    zero: Fraction
    sound_end: Fraction | None


def _seen_whole(container: InputContainer, walk: _Walk, name: str) -> _Seen:
    """What reading every packet showed."""
    if not walk.stamps:
        raise SourceUnreadable(detail="no packet of the picture has a time")
    if _jumps_back(walk.stamps, Fraction(walk.video.time_base or Fraction(1, 90_000))):
        raise SourceUnreadable(
            f"{name}'s clock jumps back, so that one time stands for several pictures. "
            "Repack the file, or cut it where it jumps."
        )
    stamps = sorted(set(walk.stamps))
    tick = Fraction(walk.video.time_base or Fraction(1, 90_000))
    zero = _zero(container, walk, stamps[0])
    times = fit_times(
        stamps,
        tick,
        zero=zero,
        hint=_claimed_rate(walk.video),
        last_duration=_credible(walk.last_picture[1] * tick),
    )
    return _Seen(times, zero, walk.sound_end)


def _jumps_back(stamps: Sequence[int], tick: Fraction) -> bool:
    """Whether the times of the pictures, in decoding order, begin anew somewhere.

    One that strays is none, and neither is the order of display.
    """
    found = np.asarray(stamps, dtype=np.int64)
    back = round(JUMP_SECONDS / tick)
    for at in np.flatnonzero(np.diff(found) < -back) + 1:
        before, after = found[max(0, at - AROUND) : at], found[at : at + AROUND]
        if min(len(before), len(after)) < FEW:
            continue
        if np.median(after) < np.median(before) - back:
            return True
    return False


def _indexed(fd: int, container: InputContainer, walk: _Walk) -> _Seen | None:
    """What the container's index and a few looks tell; None where they do not."""
    if not walk.stamps or (walk.audio is not None and walk.first_sound is None):
        return None
    zero = _zero(container, walk, min(walk.stamps))
    if container.format.name != MOVIE_TIMELINE:
        looker = Looker(container, walk.video, walk.audio, walk.stamps, zero, walk.report)
        believed = looker.believe()
        return _Seen(believed.times, zero, believed.sound_end) if believed is not None else None
    stamps = indexed_stamps(fd, walk.video, walk.stamps)
    if stamps is None:
        return None
    tick = Fraction(walk.video.time_base or 0)
    times = fit_times(
        stamps.sorted,
        tick,
        hint=_claimed_rate(walk.video),
        last_duration=_credible(stamps.last_ticks * tick),
    )
    return _Seen(times, zero, _indexed_end(container, walk.audio))


def _zero(container: InputContainer, walk: _Walk, first_stamp: int) -> Fraction:
    """The second of the container's clock that is second 0 of the source."""
    if container.format.name == MOVIE_TIMELINE:
        return Fraction(0)
    first = first_stamp * Fraction(walk.video.time_base or Fraction(1, 90_000))
    return first if walk.first_sound is None else min(first, walk.first_sound)


def _claimed_rate(video: av.VideoStream) -> Fraction | None:
    rate = video.average_rate or video.guessed_rate
    return Fraction(rate) if rate else None


@dataclass
class _Walk:
    """One pass over the packets from the first on: never back, since seeking is not exact."""

    name: str
    video: av.VideoStream
    audio: av.AudioStream | None
    frame: av.VideoFrame | None = None
    first_sound: Fraction | None = None
    sound_end: Fraction | None = None
    last_picture: tuple[int, int] = (-(1 << 62), 0)
    stamps: array[int] = field(default_factory=lambda: array("q"))
    is_whole: bool = False
    complaint: str = ""
    report: Report = lambda _: None
    _packets: Iterator[av.Packet[Any]] = field(default_factory=lambda: iter(()))
    _tried: int = 0

    def read(self, container: InputContainer, *, whole: bool, report: Report) -> None:
        """Read until the opening is understood, or to the end."""
        self.report = report
        tracks = (self.video,) if self.audio is None else (self.video, self.audio)
        only(container, *tracks)
        self._packets = packets_of(container, *tracks)
        if whole:
            self.read_on(report)
            return
        for number, packet in enumerate(self._packets, 1):
            self._take(packet)
            heard = self.audio is None or self.first_sound is not None
            is_understood = self.frame is not None and len(self.stamps) >= OPENING_PACKETS
            if (is_understood and heard) or number >= 4 * TRIAL_PACKETS:
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
        except MemoryError as error:
            raise takes_too_much(self.name, error) from error
        except av.error.FFmpegError as error:
            self.complaint = str(error)
            return []


def _sound(walk: _Walk, seen: _Seen) -> Sound | None:
    """The facts of the sound track, or None where none can be heard."""
    audio = walk.audio
    if audio is None or walk.first_sound is None:
        return None
    start = walk.first_sound - seen.zero
    return Sound(
        audio.index,
        audio.codec_context.codec.canonical_name,
        audio.rate,
        audio.channels,
        start,
        max(seen.sound_end - seen.zero, start) if seen.sound_end is not None else start,
        audio.codec_context.profile or "",
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
        track=video.id,
    )


def _credible(seconds: Fraction) -> Fraction | None:
    """How long the last frame stays on screen, where the container says something credible."""
    return seconds if 0 < seconds <= 1 else None


def _indexed_end(container: InputContainer, audio: av.AudioStream | None) -> Fraction | None:
    """When the last packet of the sound ends: the index leads to it."""
    if audio is None or not len(audio.index_entries):
        return None
    only(container, audio)
    last = audio.index_entries[len(audio.index_entries) - 1].timestamp
    try:
        container.seek(last, stream=audio, backward=True)
        ends = [
            packet.pts + (packet.duration or 0)
            for packet in packets_of(container, audio)
            if packet.pts is not None
        ]
    except av.error.FFmpegError:
        return None
    return max(ends) * Fraction(audio.time_base or 0) if ends else None
