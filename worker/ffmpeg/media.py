"""Opening a camera file inside a child process, with everything refused that is no camera file.

Used by the children only: no process that serves or schedules ever parses media.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import av
from av.container import InputContainer
from av.stream import Discard, Disposition

from config_schema.errors import SourceChanged, SourceUnreadable

Track = TypeVar("Track", av.VideoStream, av.AudioStream)

#: Containers that cameras and recorders write. No playlists, no image sequences, no devices:
#: each of those names other files.
FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,mxf"

#: Formats whose timestamps are a movie timeline that begins at 0, edit lists applied.
MOVIE_TIMELINE = "mov,mp4,m4a,3gp,3g2,mj2"

#: 8192 x 8192: what the largest cameras film in, twice. A file of a kilobyte can claim more, and
#: a decoder reserves what is claimed.
MOST_PIXELS = 1 << 26
#: What libav may reserve at once, whatever a file claims.
MOST_ALLOCATED = 1 << 30

OPEN_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": FORMATS,
    "max_streams": "64",
    "max_pixels": str(MOST_PIXELS),
    "probesize": "10000000",
    "analyzeduration": "10000000",
}


def open_media(fd: int, name: str) -> InputContainer:
    """The container behind descriptor `fd`; `name` is what people call it in errors."""
    try:
        return av.open(f"file:/proc/self/fd/{fd}", mode="r", options=dict(OPEN_OPTIONS))
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise SourceUnreadable(
            f"{name} is not a video file that can be read.", detail=str(error)
        ) from error


def picture_stream(container: InputContainer, name: str) -> av.VideoStream:
    """The video track: the default one, never a cover picture."""
    tracks = [
        stream
        for stream in container.streams.video
        if _is_known(stream)
        and not stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails)
    ]
    if not tracks:
        raise SourceUnreadable(f"{name} has no picture.")
    return _bounded(_default(tracks))


def sound_stream(container: InputContainer) -> av.AudioStream | None:
    """The audio track that a player would play, or None."""
    tracks = [stream for stream in container.streams.audio if _is_known(stream) and stream.rate]
    return _default(tracks) if tracks else None


def _bounded(stream: av.VideoStream) -> av.VideoStream:
    """The track, whose decoder refuses larger pictures, also where they grow on the way."""
    context = stream.codec_context
    context.options = {**context.options, "max_pixels": str(MOST_PIXELS)}
    return stream


def bound_allocations() -> None:
    """Have libav refuse to reserve more than a film needs at once, for as long as we live."""
    # PyAV does not pass this on; its wheel has the library beside it, loaded already.
    for library in Path(av.__file__).parents[1].glob("av.libs/libavutil-*"):
        ctypes.CDLL(str(library)).av_max_alloc(ctypes.c_size_t(MOST_ALLOCATED))


def takes_too_much(name: str, error: Exception) -> SourceUnreadable:
    """What to raise where decoding wants more memory than a process has: no damage of a packet."""
    return SourceUnreadable(
        f"{name} takes more memory to decode than one process may use.", detail=str(error)
    )


def _is_known(stream: av.stream.Stream) -> bool:
    """Whether there is a decoder for it; without one PyAV has nothing to ask."""
    return getattr(stream, "codec_context", None) is not None


def _default(tracks: list[Track]) -> Track:
    marked = [stream for stream in tracks if stream.disposition & Disposition.default]
    return (marked or tracks)[0]


def video_track(container: InputContainer, index: int) -> av.VideoStream:
    """The picture that a probe found at stream `index`."""
    stream = container.streams[index] if index < len(container.streams) else None
    if not isinstance(stream, av.VideoStream) or not _is_known(stream):
        raise SourceChanged(detail=f"no picture at stream {index}")
    return _bounded(stream)


def audio_track(container: InputContainer, index: int) -> av.AudioStream:
    """The sound that a probe found at stream `index`."""
    stream = container.streams[index] if index < len(container.streams) else None
    if not isinstance(stream, av.AudioStream) or not _is_known(stream):
        raise SourceChanged(detail=f"no sound at stream {index}")
    return stream


def only(container: InputContainer, *wanted: av.stream.Stream) -> None:
    """Have the demuxer skip every other track, so that its bytes are never read."""
    kept = {stream.index for stream in wanted}
    for stream in container.streams:
        stream.discard = Discard.default if stream.index in kept else Discard.all


def packets_of(
    container: InputContainer, *tracks: av.VideoStream | av.AudioStream
) -> Iterator[av.Packet[Any]]:
    """The packets of these tracks from where the container stands, as far as it can be read."""
    while True:
        try:
            yield from container.demux(*tracks)
        except IndexError:
            # PyAV does not know a track that a damaged file comes up with on the way: its packet
            # is passed over.
            continue
        except av.error.FFmpegError:
            return
        return


def stand_before(container: InputContainer, track: av.VideoStream, stamp: int) -> bool:
    """Go to a place to begin at or before `stamp`; False where the index knows none."""
    try:
        container.seek(stamp, stream=track, backward=True)
    except av.error.FFmpegError:
        return False
    return True


def second_of(stamped: av.Packet[Any] | av.VideoFrame | av.AudioFrame) -> Fraction:
    """When a packet or frame is presented, on the container's clock; it must have a stamp."""
    assert stamped.pts is not None
    assert stamped.time_base is not None
    return stamped.pts * Fraction(stamped.time_base)
