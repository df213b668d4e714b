"""Sound made in pieces is the sound of one encoder: to the sample, and as near to the wave."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from export_service.coded_media import AudioSpec, CameraSpec, make_camera
from tests.engine.harness import FAST, Exported, assert_exported, config_of, export
from tests.media.decode import SOUND_RATE, Stereo, decode
from tests.media.footage import Source, known_of
from worker.plan.sound_pieces import CODINGS

#: By container: the encoder, the samples that it is early by, and the frames of a piece that put
#: the first join beside the first cut, inside its fade; the cut is made at that frame of 30.
CODEC = {"mp4": "aac", "webm": "libopus"}
PRIMING = {"mp4": 1024, "webm": 312}
FRAMES = {"mp4": 37, "webm": 42}
FIRST_CUT = {"mp4": 23, "webm": 25}
#: Sources of twenty seconds by what their sound is: AAC in a file that counts samples, at a rate
#: that is resampled, and in one that counts milliseconds.
KINDS = {
    "stereo.mp4": AudioSpec(),
    "mono.mp4": AudioSpec(rate=44100, channels=1),
    "rounded.mkv": AudioSpec(rate=44100),
}
SECONDS = 14.0
Folder = pytest.TempPathFactory


@pytest.fixture(scope="module")
def cameras(tmp_path_factory: Folder) -> dict[str, Source]:
    folder = tmp_path_factory.mktemp("cameras")
    made = {}
    for number, (name, audio) in enumerate(KINDS.items(), 1):
        spec = CameraSpec(number, 600, Fraction(30), 320, 180, audio=audio)
        known = known_of(spec)
        if audio.channels == 1:
            assert known.sound is not None
            both = replace(known.sound, right=known.sound.left)
            known = replace(known, sound=both)
        made[name] = Source(make_camera(folder / name, spec), known)
    return made


def programme(container: str, two: list[Source]) -> dict[str, Any]:
    """A cut beside a join, a run of many pieces, silence over some joins, and a run after it."""
    first = FIRST_CUT[container] / 30
    cuts = [(0, 2.0, 2.0 + first), (1, 3.0, 11.0), (0, 5.0, 7.0), (0, 9.0, 13.0 - first)]
    asked = {"codec": "h264", "fps": 30, "width": 160, "height": 90, "format": container}
    config = config_of(two, cuts, **asked)
    config["segments"][2]["audioFromSource"] = False
    return config


def exported_in_pieces(
    folder: Path,
    config: dict[str, Any],
    sources: list[Source],
    frames: int,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Exported, list[int]]:
    """The export with so many frames in a piece of sound, and where packets are joined."""
    container = config["output"]["format"]
    length = frames * CODINGS[CODEC[container]].frame
    share = length / SOUND_RATE / FAST.piece_seconds
    monkeypatch.setattr("worker.plan.plan.SOUND_SHARE", share)
    exported = export(folder, config, sources)
    made = sum(line.startswith("run sound") for line in exported.watcher.lines)
    return exported, [length * number - PRIMING[container] for number in range(1, made)]


def heard(exported: Exported) -> Stereo:
    sound = decode(exported.rendered.path).sound
    assert sound is not None
    return sound[: exported.expected.samples]


def coded(path: Path) -> list[tuple[int, int]]:
    """When each packet of sound is heard, and for how long, in samples."""
    with av.open(str(path)) as media:
        track = media.streams.audio[0]
        scale = (track.time_base or Fraction(1)) * SOUND_RATE
        return [
            (round(packet.pts * scale), round((packet.duration or 0) * scale))
            for packet in media.demux(track)
            if packet.pts is not None
        ]


@pytest.mark.parametrize("container", ["mp4", "webm"])
@pytest.mark.parametrize("kind", KINDS)
def test_at_joins_the_wave_is_as_near_to_the_true_one_as_one_encoders(
    container: str,
    kind: str,
    cameras: dict[str, Source],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = [cameras["stereo.mp4"], cameras[kind]]
    config = programme(container, two)
    many, joins = exported_in_pieces(tmp_path / "many", config, two, FRAMES[container], monkeypatch)
    one, none = exported_in_pieces(tmp_path / "one", config, two, 100_000, monkeypatch)
    assert (len(joins) > 14, none) == (True, [])
    assert assert_exported(many).segments_heard == {0, 1, 3}
    assert many.rendered.report.output.samples == one.rendered.report.output.samples
    assert coded(many.rendered.path) == coded(one.rendered.path)
    due = many.expected.sound()
    ours, theirs = heard(many) - due, heard(one) - due
    cut = FIRST_CUT[container] * 1600
    assert 0 < joins[0] - cut < 120
    silent = [at for at in joins if not due[at - 1024 : at + 2048].any()]
    assert silent
    for at in joins:
        here = slice(max(0, at - 1024), at + 2048)
        assert rms(ours[here]) < 1.1 * rms(theirs[here]) + 0.0005
        assert np.abs(ours[here]).max() < 1.3 * np.abs(theirs[here]).max() + 0.002


@pytest.mark.parametrize(("container", "frames"), [("mp4", 26), ("webm", 17)])
def test_a_join_at_a_cut_is_not_heard(
    container: str,
    frames: int,
    cameras: dict[str, Source],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To the sample in mp4, to within 40 in webm, whose packets never begin nearer to a frame."""
    two = [cameras["stereo.mp4"], cameras["mono.mp4"]]
    first = {"mp4": 16, "webm": 10}[container]
    cuts = [(n % 2, 1.0 + n, 1.0 + n + first / 30) for n in range(12)]
    asked = {"codec": "h264", "fps": 30, "width": 160, "height": 90, "format": container}
    config = config_of(two, cuts, **asked)
    many, joins = exported_in_pieces(tmp_path, config, two, frames, monkeypatch)
    assert min(abs(at - cut * first * 1600) for at in joins for cut in range(12)) <= 8
    assert_exported(many)


def rms(block: Stereo) -> float:
    return float(np.sqrt((block.astype(np.float64) ** 2).mean()))
