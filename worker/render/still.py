"""Single pictures of a source as JPEG: one, or many in a strip. Runs in a child process only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

from config_schema.errors import SourceUnreadable
from worker.ffmpeg.media import only, open_media, packets_of, stand_before, video_track
from worker.plan.footage import Colour
from worker.plan.output import ENCODERS, OutputFormat
from worker.render.fit import Fitter, black_frame
from worker.render.miniature_specs import StillSpec
from worker.render.reader import OffGrid, PictureReader

Report = Callable[[float], None]
#: What JPEG means by its samples.
_JPEG = Colour("smpte170m", "bt709", "bt709", full_range=True)
#: JPEG's quantiser of FFmpeg, 2 to 31: small files that look well at this size.
_QUALITY = 5


def make_still(spec: StillSpec, report: Report) -> int:
    """Write the JPEG; how many of the pictures were found, the others are black."""
    output = OutputFormat(
        container="mp4",
        width=spec.width,
        height=spec.height,
        rate=Fraction(1),
        encoder=ENCODERS["h264"],
        crf=0,
        pixel_format="yuv420p",
        colour=_JPEG,
        has_sound=False,
    )
    fitter = Fitter(spec.footage.picture, output)
    black = black_frame(output)
    sheet = _Sheet(spec)
    found = 0
    pictures = _rough(spec) if spec.is_rough else _exact(spec)
    for number, picture in enumerate(pictures):
        found += picture is not None
        sheet.put(number, black if picture is None else fitter.fit(picture))
        report(number + 1)
    if not found:
        raise SourceUnreadable(f"{spec.footage.name} has no picture there that can be decoded.")
    spec.path.write_bytes(sheet.jpeg())
    return found


def _exact(spec: StillSpec) -> Iterator[av.VideoFrame | None]:
    """The very frames that are on screen at those seconds."""
    times = spec.footage.picture.times
    reader = PictureReader(spec.fd, spec.footage, threads=1)
    try:
        for second in spec.seconds:
            index = min(max(times.index_at(second), 0), times.count - 1)
            try:
                found = reader.frame(index)
            except OffGrid:
                # An index that lies; what is near will do for a look.
                found = None
                yield from _rough(spec)
                return
            yield None if found is None else found[1]
    finally:
        reader.close()


def _rough(spec: StillSpec) -> Iterator[av.VideoFrame | None]:
    """The key frames at or before those seconds."""
    container = open_media(spec.fd, spec.footage.name)
    try:
        track = video_track(container, spec.footage.picture.stream)
        only(container, track)
        tick = Fraction(track.time_base or 1)
        for second in spec.seconds:
            stamp = int((second + spec.footage.zero) // tick)
            yield _key_picture(container, track, stamp)
    finally:
        container.close()


def _key_picture(
    container: av.container.InputContainer, track: av.VideoStream, stamp: int
) -> av.VideoFrame | None:
    decoder = track.codec_context
    decoder.flush_buffers()
    if not stand_before(container, track, stamp):
        container.seek(0)
    try:
        for packet in packets_of(container, track):
            if not packet.is_keyframe or packet.size == 0:
                continue
            # The second call has it handed out without waiting for pictures behind it.
            frames = [*decoder.decode(packet), *decoder.decode(None)]
            decoder.flush_buffers()
            return frames[0] if frames else None
    except av.error.FFmpegError:
        return None
    return None


class _Sheet:
    """The three planes of a picture that holds many."""

    def __init__(self, spec: StillSpec) -> None:
        rows = -(-len(spec.seconds) // spec.columns)
        self._spec = spec
        width, height = spec.width * spec.columns, spec.height * rows
        # Each plane's samples, and by how much it is smaller than the picture.
        self._planes: list[tuple[NDArray[np.uint8], int]] = [
            (np.full((height, width), 0, np.uint8), 1),
            (np.full((height // 2, width // 2), 128, np.uint8), 2),
            (np.full((height // 2, width // 2), 128, np.uint8), 2),
        ]

    def put(self, number: int, picture: av.VideoFrame) -> None:
        """Lay a picture at its place."""
        row, column = divmod(number, self._spec.columns)
        for (samples, share), plane in zip(self._planes, picture.planes, strict=True):
            width, height = self._spec.width // share, self._spec.height // share
            lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
            top, left = row * height, column * width
            samples[top : top + height, left : left + width] = lines[:height, :width]

    def jpeg(self) -> bytes:
        """The picture, encoded."""
        height, width = self._planes[0][0].shape
        whole = av.VideoFrame(width, height, "yuvj420p")
        for plane, (samples, _) in zip(whole.planes, self._planes, strict=True):
            lines = np.zeros((plane.height, plane.line_size), np.uint8)
            lines[:, : samples.shape[1]] = samples
            plane.update(lines.tobytes())
        encoder = av.CodecContext.create("mjpeg", "w")
        assert isinstance(encoder, av.VideoCodecContext)
        encoder.width, encoder.height = width, height
        encoder.pix_fmt, encoder.time_base = "yuvj420p", Fraction(1)
        encoder.options = {"qmin": str(_QUALITY), "qmax": str(_QUALITY)}
        whole.pts = 0
        return b"".join(bytes(packet) for packet in [*encoder.encode(whole), *encoder.encode(None)])
