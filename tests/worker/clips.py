"""Small coded clips of every kind of group of pictures, in every container, and long ones.

A clip is made once and lies in `.cache/clips/`, keyed by the text of this module.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import av

from tests.media.decode import FFMPEG

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "clips"
#: Long enough for some groups of pictures, at a rate that no container can say without rounding.
SECONDS, FPS = 6, "30000/1001"
#: Shorter than the picture, so that clips join without a gap in it.
SOUND_SECONDS = 5.9

X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "40", "-x264-params")
X265 = ("-c:v", "libx265", "-preset", "veryfast", "-crf", "40", "-tag:v", "hvc1", "-x265-params")
CODERS = {
    "closed": (*X264, "keyint=24:min-keyint=24:scenecut=0:bframes=3"),
    "open": (*X264, "keyint=24:min-keyint=24:scenecut=0:bframes=3:open-gop=1"),
    "pyramid": (*X264, "keyint=48:scenecut=0:bframes=7:b-adapt=0:b-pyramid=normal:ref=4"),
    "uneven": (*X264, "keyint=60:scenecut=0:bframes=5:b-adapt=2"),
    "plain": (*X264, "keyint=30:scenecut=0:bframes=0"),
    "intra": (*X264, "keyint=1"),
    "hevc": (*X265, "log-level=error:keyint=24:min-keyint=24:scenecut=0:bframes=4:open-gop=1"),
    "hevc closed": (*X265, "log-level=error:keyint=30:scenecut=0:bframes=4:open-gop=0"),
    "vp9": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "40"),
}
CONTAINERS = ("mp4", "mov", "mkv", "ts")
CLIPS = [
    f"{coder}.{container}"
    for coder in CODERS
    for container in (("mp4", "mkv") if coder == "vp9" else CONTAINERS)
]


def clip(name: str) -> Path:
    """A clip by its coder and container, as in "open.mkv"."""
    coder, container = name.rsplit(".", 1)
    if container != "mp4":
        return _made(name, "-i", clip(f"{coder}.mp4"), "-c", "copy", "-map", "0")
    picture = f"testsrc2=s=128x72:r={FPS}:d={SECONDS}"
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=r=48000:d={SOUND_SECONDS}")
    sound = ("-c:a", "aac", "-b:a", "32k", "-pix_fmt", "yuv420p")
    return _made(name, *inputs, *CODERS[coder], *sound)


def remuxed(name: str, source: str | Path, *options: str, reading: tuple[str, ...] = ()) -> Path:
    """A clip, or another file, copied into file `name` with options of FFmpeg's for writing it
    and for reading.
    """
    path = clip(source) if isinstance(source, str) else source
    return _made(name, *reading, "-i", path, "-map", "0", "-c", "copy", *options)


def looped(times: int, name: str, *options: str) -> Path:
    """A clip over and over: "closed.mp4" 600 times is an hour."""
    return joined(f"{times} x {name}", [clip(name)] * times, *options)


def joined(name: str, paths: Sequence[Path], *options: str, raw: bool = False) -> Path:
    """Files one after the other, copied; raw ones byte by byte."""
    if raw:
        return _made(name, "-i", "concat:" + "|".join(map(str, paths)), "-c", "copy")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("".join(f"file '{path}'\n" for path in paths))
        listing.flush()
        inputs = ("-f", "concat", "-safe", "0", "-i", listing.name)
        return _made(name, *inputs, "-c", "copy", *options)


def without_frames(name: str, source: Path, gone: range) -> Path:
    """A copy of a file without these packets of its picture, and without its sound."""
    folder = _folder()
    if not (folder / name).exists():
        with (
            tempfile.TemporaryDirectory(dir=folder) as work,
            av.open(str(source)) as old,
            av.open(str(Path(work) / name), "w") as new,
        ):
            track = new.add_stream_from_template(old.streams.video[0])
            for number, packet in enumerate(old.demux(old.streams.video[0])):
                if packet.size and number not in gone:
                    packet.stream = track
                    new.mux(packet)
            new.close()
            (Path(work) / name).replace(folder / name)
    return folder / name


def _folder() -> Path:
    folder = CACHE / hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _made(name: str, *arguments: str | Path) -> Path:
    folder = _folder()
    path = folder / name
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=folder) as work:
            part = Path(work) / name
            argv = [FFMPEG, "-nostdin", "-y", "-v", "error", *map(str, arguments), str(part)]
            subprocess.run(argv, check=True)
            part.replace(path)
    return path
