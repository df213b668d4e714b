"""Sound that runs through the programme is the source's own, packet for packet, to the sample."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.engine.harness import Exported, assert_exported, config_of, export
from tests.media import footage
from tests.media.cameras import camera
from tests.media.decode import SOUND_RATE, Stereo
from tests.media.footage import Source
from tests.media.verify import measure_lag
from worker.ffmpeg.facts import gather
from worker.render.sound_proof import sound_fault
from worker.render.spec import CopiedSound

#: One camera, several segments of it, cut at no packet's beginning.
TURNS = ((0, 1.234, 4.0), (0, 4.0, 9.3), (0, 9.3, 15.077))


def coded_sound(path: Path) -> list[bytes]:
    """The packets of sound that a file holds, in order, without the headers of streams."""
    with av.open(str(path)) as media:
        track = media.streams.audio[0]
        skip = 0 if track.codec_context.extradata else 7
        return [bytes(packet)[skip:] for packet in media.demux(track) if packet.size]


def heard(path: Path) -> Stereo:
    """The sound as PyAV decodes it, each frame where its time says, from second 0 on."""
    with av.open(str(path)) as media:
        frames = [(frame.pts or 0, frame.to_ndarray().T) for frame in media.decode(audio=0)]
        track = np.zeros((frames[-1][0] + len(frames[-1][1]), 2), np.float32)
        for at, samples in frames:
            skip = max(0, -at)
            track[at + skip : at + len(samples)] = samples[skip:]
    return track


def assert_copied(exported: Exported, source: Source, *, off_samples: int = 0) -> None:
    """The source's packets, and what two decoders make of them lies where it belongs."""
    output = exported.rendered.report.output
    assert (output.sound, output.sound_codec) == ("copied", "aac"), output.sound_reason
    verdict = assert_exported(exported)
    assert verdict.worst_lag_ms <= off_samples * 1000 / SOUND_RATE
    whole, copied = coded_sound(source.path), coded_sound(exported.rendered.path)
    first = whole.index(copied[1]) - 1
    assert whole[first : first + len(copied)] == copied
    # From one packet early, and none too many.
    assert 0 <= len(copied) - exported.expected.samples // 1024 <= 3
    by_pyav, due = heard(exported.rendered.path), exported.expected.sound()
    middle = len(due) // 2
    for at in (4800, middle, len(due) - 14400):
        lag, match = measure_lag(by_pyav[:, 0], due[:, 0], at, at + 9600)
        assert match > 0.9
        assert abs(lag) <= off_samples


@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv"])
@pytest.mark.parametrize("codec", ["copy", "h264"])
def test_one_cameras_sound_is_copied_through_cuts_of_the_picture(
    suffix: str, codec: str, tmp_path: Path
) -> None:
    source = camera(1, "high", 2, suffix=suffix)
    config = config_of([source], TURNS, codec=codec, fps=30)
    assert_copied(export(tmp_path, config, [source]), source)


@pytest.mark.parametrize("start", [0.0, 0.0213, 0.034, 0.667, 3.333333])
def test_a_beginning_between_packets_is_trimmed_to_the_sample(start: float, tmp_path: Path) -> None:
    source = footage.get("sixty.mp4")
    config = config_of([source], [(0, start, start + 1.5)], codec="copy")
    assert_copied(export(tmp_path, config, [source]), source)


def test_a_whole_file_is_copied_with_its_sound(tmp_path: Path) -> None:
    source = camera(1, "high", 2)
    exported = export(tmp_path, config_of([source], [(0, 0, 20)], codec="copy"), [source])
    assert_copied(exported, source)
    totals = exported.rendered.report.totals
    assert (totals.copied_frames, totals.pieces) == (totals.frames, 0)


ODD = {
    "cut.mp4": (0.5, 4.1),
    "ten seconds in.ts": (0.7, 4.4),
    "late picture.mp4": (0.9, 4.8),
    "fragmented.mp4": (1.1, 4.3),
    "cover.mp4": (0.2, 3.9),
    "short sound.mp4": (0.1, 2.4),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_source_is_copied_from_where_it_is_heard(name: str, tmp_path: Path) -> None:
    source = footage.get(name)
    exported = export(tmp_path, config_of([source], [(0, *ODD[name])], codec="copy"), [source])
    assert_copied(exported, source)


REFUSED: dict[str, tuple[tuple[tuple[int, float, float], ...], str]] = {
    "mono 44100.mp4": (((0, 1, 3),), "44.1 kHz mono AAC-LC"),
    "surround.mp4": (((0, 1, 3),), "6-channel"),
    "short sound.mp4": (((0, 1, 3),), "ends after it"),
    "sixty.mp4": (((0, -1, 3),), "begins before"),
    "cover.mp4": (((0, 1, 2), (0, 2.5, 3)), "several places"),
    "mute.mp4": (((0, 1, 2),), "silent"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_sound_that_cannot_be_copied_is_encoded_for_a_reason(name: str, tmp_path: Path) -> None:
    source = footage.get(name)
    cuts, reason = REFUSED[name]
    exported = export(tmp_path, config_of([source], cuts, codec="copy"), [source])
    assert_exported(exported)
    output = exported.rendered.report.output
    assert output.sound == "encoded"
    assert reason in output.sound_reason


def test_webm_and_no_sound_say_so(tmp_path: Path) -> None:
    source = footage.get("sixty.mp4")
    webm = config_of([source], [(0, 1, 2)], codec="copy", format="webm", width=160)
    output = export(tmp_path / "webm", webm, [source]).rendered.report.output
    assert (output.sound, output.sound_codec) == ("encoded", "opus")
    mute = config_of([source], [(0, 1, 2)], codec="copy", includeAudio=False)
    output = export(tmp_path / "mute", mute, [source]).rendered.report.output
    assert (output.sound, output.samples) == ("none", 0)


def broken(source: Source, path: Path, change: Callable[[int, av.Packet[Any]], bool]) -> Source:
    """The source with its packets of sound changed; those for which `change` is False are lost."""
    with av.open(str(source.path)) as old, av.open(str(path), "w") as new:
        tracks = {stream.index: new.add_stream_from_template(stream) for stream in old.streams}
        number = 0
        for packet in old.demux():
            if packet.dts is None:
                continue
            if packet.stream.type == "audio":
                number += 1
                if not change(number, packet):
                    continue
            packet.stream = tracks[packet.stream.index]
            new.mux(packet)
    return Source(path, source.known)


def test_a_hole_in_the_packets_is_found_and_the_sound_encoded(tmp_path: Path) -> None:
    whole = camera(1, "high", 2, suffix="mkv")
    source = broken(whole, tmp_path / "hole.mkv", lambda number, _: number not in range(400, 410))
    exported = export(tmp_path, config_of([source], [(0, 2, 14)], codec="copy"), [source])
    output = exported.rendered.report.output
    assert output.sound == "encoded"
    assert "gap" in output.sound_reason
    # The hole is silent, and what follows it is where it belongs.
    track, due = heard(exported.rendered.path), exported.expected.sound()
    hole = round(399 * 1024 - 1024 - 2 * SOUND_RATE)
    assert np.abs(track[hole + 3000 : hole + 7000]).max() < 0.01
    for at in (4800, hole + 24000, len(due) - 14400):
        lag, match = measure_lag(track[:, 0], due[:, 0], at, at + 9600)
        assert (abs(lag) <= 24, match > 0.9) == (True, True)


def test_sound_behind_a_hole_is_copied(tmp_path: Path) -> None:
    whole = camera(1, "high", 2, suffix="mkv")
    source = broken(whole, tmp_path / "hole.mkv", lambda number, _: number not in range(400, 410))
    exported = export(tmp_path, config_of([source], [(0, 10, 14)], codec="copy"), [source])
    # Its milliseconds were rounded a second time: the grid that fits best is a third of one off.
    assert_copied(exported, source, off_samples=16)


def test_a_packet_that_cannot_be_decoded_has_the_sound_encoded(tmp_path: Path) -> None:
    def spoil(number: int, packet: av.Packet[Any]) -> bool:
        if 280 < number < 290:
            packet.update(b"\xff" * packet.size)
        return True

    source = broken(camera(1, "high", 2), tmp_path / "spoilt.mp4", spoil)
    # The last packets are among those that are looked at.
    exported = export(tmp_path, config_of([source], [(0, 2, 6.1)], codec="copy"), [source])
    output = exported.rendered.report.output
    assert output.sound == "encoded"
    assert "decode" in output.sound_reason


def test_the_proof_finds_sound_that_is_late_or_another(tmp_path: Path) -> None:
    sources = [camera(1, "high", 2), camera(2, "main", 1)]
    exported = export(tmp_path, config_of(sources, [(0, 2, 6)], codec="copy"), sources)
    programme = exported.rendered.path

    def fault(source: Source, second: Fraction) -> str:
        with source.path.open("rb") as file:
            facts = gather(file.fileno(), source.name, "", scan=False, report=lambda _: None)
            return sound_fault(programme, CopiedSound(file.fileno(), facts, second), 4 * SOUND_RATE)

    assert fault(sources[0], Fraction(2)) == ""
    assert "is heard at" in fault(sources[0], Fraction(201, 100))
    assert "not the source's" in fault(sources[0], 2 + Fraction(1024, SOUND_RATE))
    assert "not the source's" in fault(sources[1], Fraction(2))
