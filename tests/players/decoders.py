"""Players without a window: what they decode, and every word that they say."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from export_service.coded_media import Area, Code, read_code
from tests.media.decode import FFMPEG
from tests.media.oracle import Expected

DECODE_SECONDS = 300
#: Errors of all elements, and the warnings of those that read pictures and sound. What is left out
#: is about the machine, or about boxes that GStreamer does not know and need not know.
_WORDS = {
    "GST_DEBUG": "1,libav:2,videodecoder:2,audiodecoder:2,h264parse:2,h265parse:2,aacparse:2",
    "GST_DEBUG_NO_COLOR": "1",
}


def ffmpeg(program: str) -> Callable[[Path], list[str]]:
    """The command by which an FFmpeg decodes picture and sound, and gives the pictures."""

    def command(file: Path) -> list[str]:
        argv = [program, "-nostdin", "-v", "warning"]
        argv += ["-err_detect", "+crccheck+bitstream+buffer+careful+compliant+aggressive"]
        argv += ["-i", f"file:{file}", "-map", "0:v:0", "-fps_mode", "passthrough"]
        argv += ["-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]
        return [*argv, "-map", "0:a:0", "-f", "null", "-"]

    return command


def gstreamer(file: Path) -> list[str]:
    """The same by GStreamer, with whatever elements it finds for the file."""
    return [
        *("gst-launch-1.0", "-q", "filesrc", f"location={file}", "!", "decodebin", "name=d"),
        *("d.", "!", "queue", "!", "videoconvert", "!", "video/x-raw,format=I420"),
        *("!", "fdsink", "fd=1", "sync=false"),
        *("d.", "!", "queue", "!", "audioconvert", "!", "fakesink", "sync=false"),
    ]


DECODERS = {
    "the bundled FFmpeg": ffmpeg(FFMPEG),
    "the distribution's FFmpeg": ffmpeg("ffmpeg"),
    "GStreamer": gstreamer,
}


def decode(argv: Sequence[str], expected: Expected) -> tuple[list[Code | None], str]:
    """The codes of all pictures (4:2:0, eight bits) that a command writes, and what it says."""
    width, height = expected.width, expected.height
    assert width % 8 == height % 4 == 0, "rows without filling"
    whole = Area(0, 0, width, height)
    codes = []
    with tempfile.TemporaryFile() as log:
        with subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=os.environ | _WORDS,
        ) as process:
            assert process.stdout is not None
            size = width * height * 3 // 2
            while block := process.stdout.read(size):
                assert len(block) == size, "the last picture is cut off"
                luma = np.frombuffer(block, dtype=np.uint8)[: width * height]
                codes.append(read_code(luma.reshape(height, width), whole))
            code = process.wait(DECODE_SECONDS)
        log.seek(0)
        said = log.read().decode(errors="replace")
        return codes, said if not code else f"{said}gave {code}"
