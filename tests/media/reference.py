"""A renderer that cheats: it paints the programme that the oracle expects.

Only to prove that the verifier passes what is right and finds what is wrong.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np

from export_service.coded_media import Luma, paint
from tests.media.decode import FFMPEG
from tests.media.oracle import Expected, Stereo
from tests.media.verify import fitted


def draw(
    expected: Expected,
    path: Path,
    *,
    frames: Callable[[list[Luma]], list[Luma]] = lambda pictures: pictures,
    sound: Callable[[Stereo], Stereo] = lambda track: track,
    arguments: tuple[str, ...] = (),
) -> Path:
    """Write the expected programme to `path`, bent by `frames` and `sound` on the way."""
    pictures: list[Luma] = []
    for part in expected.parts:
        lead = expected.known[part.source].lead
        area = fitted(expected, lead.width, lead.height)
        for n in range(part.start, part.end):
            canvas = np.full((expected.height, expected.width), 16, dtype=np.uint8)
            code = expected.frames[n]
            if code is not None:
                inner = paint(*code, area.right - area.left, area.bottom - area.top)
                canvas[area.top : area.bottom, area.left : area.right] = inner
            pictures.append(canvas)
    raw, wave = path.with_suffix(".gray"), path.with_suffix(".f32")
    raw.write_bytes(b"".join(picture.tobytes() for picture in frames(pictures)))
    wave.write_bytes(np.ascontiguousarray(sound(expected.sound()), dtype=np.float32).tobytes())
    size = f"{expected.width}x{expected.height}"
    argv = [FFMPEG, "-y", "-v", "error", "-nostdin", "-f", "rawvideo", "-pix_fmt", "yuv420p"]
    argv = [*argv[:-1], "gray", "-color_range", "tv", "-s", size, "-r", str(expected.rate)]
    argv += ["-i", f"file:{raw}", "-f", "f32le", "-ar", "48000", "-ac", "2", "-i", f"file:{wave}"]
    argv += ["-vf", "scale=in_range=tv:out_range=tv,format=yuv420p"]
    argv += ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-b:a", "160k"]
    subprocess.run([*argv, *arguments, f"file:{path}"], check=True)
    raw.unlink()
    wave.unlink()
    return path
