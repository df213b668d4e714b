"""Raw pictures arrive whole, however slowly they are read and however soon they are forgotten."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path

import av
import numpy as np
import pytest

from worker.render.raw_pipe import RawPipe

FRAMES = 40


def frame(number: int, width: int, height: int, pixels: str) -> av.VideoFrame:
    """A frame of noise that is its own."""
    made = av.VideoFrame(width, height, pixels)
    for index, plane in enumerate(made.planes):
        noise = np.random.default_rng([number, index])
        plane.update(noise.integers(0, 256, plane.buffer_size, np.uint8).tobytes())
    return made


def visible(made: av.VideoFrame) -> bytes:
    """The bytes that FFmpeg expects, row by row."""
    wide = 2 if made.format.components[0].bits > 8 else 1
    return b"".join(
        bytes(memoryview(plane)[y * plane.line_size :][: plane.width * wide])
        for plane in made.planes
        for y in range(plane.height)
    )


@pytest.mark.parametrize("pixels", ["yuv420p", "yuv420p10le", "yuv444p"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (64, 36), (98, 54), (854, 480)])
def test_every_visible_byte_arrives_though_frames_are_forgotten_at_once(
    width: int, height: int, pixels: str
) -> None:
    reading, writing = os.pipe()
    arrived = bytearray()

    def read() -> None:
        while data := os.read(reading, 4097):
            arrived.extend(data)

    reader = threading.Thread(target=read)
    reader.start()
    pipe = RawPipe(writing)
    for number in range(FRAMES):
        pipe.write(frame(number, width, height, pixels))
        gc.collect(0)
    os.close(writing)
    reader.join()
    os.close(reading)
    wanted = b"".join(visible(frame(n, width, height, pixels)) for n in range(FRAMES))
    assert bytes(arrived) == wanted


def test_a_file_is_written_as_a_pipe_is(tmp_path: Path) -> None:
    made = frame(1, 98, 54, "yuv420p")
    with (tmp_path / "raw").open("wb") as file:
        RawPipe(file.fileno()).write(made)
    assert (tmp_path / "raw").read_bytes() == visible(made)


def test_a_reader_that_is_gone_is_an_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        RawPipe(writing).write(frame(1, 64, 36, "yuv420p"))
    os.close(writing)
