"""Coded sound is taken as it is, from one packet early, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import av
import pytest

from tests.worker.clips import clip
from worker.ffmpeg.facts import gather
from worker.render.sound_copy import STEP, SoundNotCopyable, SoundPackets

SECONDS_OF_SOUND = Fraction(59, 10)


class Changing:
    """A packet that says that other settings hold from it on, as a file of two entries does."""

    is_corrupt = False
    size = 3

    def has_sidedata(self, dtype: str) -> bool:
        return dtype == "new_extradata"


@contextmanager
def packets_of(path: Path, **sound: Any) -> Iterator[SoundPackets]:
    with path.open("rb") as file:
        footage = gather(file.fileno(), path.name, "", scan=False, report=lambda _: None)
        assert footage.sound is not None
        told = replace(footage, sound=replace(footage.sound, **sound))
        packets = SoundPackets(file.fileno(), told)
        yield packets
        packets.close()


@pytest.fixture(scope="module")
def stereo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip with 48 kHz stereo sound, whose decoder's settings are asked of its packets."""
    path = tmp_path_factory.mktemp("clips") / "stereo.mp4"
    with av.open(str(clip("plain.mp4"))) as old, av.open(str(path), "w") as new:
        picture = new.add_stream_from_template(old.streams.video[0])
        sound = new.add_stream("aac", rate=48_000, layout="stereo")
        for packet in old.demux(video=0):
            if packet.dts is not None:
                packet.stream = picture
                new.mux(packet)
        old.seek(0)
        for frame in old.decode(audio=0):
            for made in av.AudioResampler("fltp", "stereo", 48_000).resample(frame):
                new.mux(sound.encode(made))
        new.mux(sound.encode(None))
    return path


@pytest.mark.parametrize("second", [0, 0.01, 1.7, 4.2, 5.5])
def test_packets_begin_one_early_and_stand_on_one_grid(second: float, stereo: Path) -> None:
    with packets_of(stereo) as sound:
        placed = list(sound.packets(Fraction(repr(second))))
    positions = [position for position, _ in placed]
    assert -2048 < positions[0] <= -1024
    assert all(after - before == 1024 for before, after in pairwise(positions))
    whole = SECONDS_OF_SOUND / STEP
    assert len(placed) == pytest.approx(float(whole - Fraction(repr(second)) / STEP), abs=2.5)


def test_sound_that_is_not_yet_there_is_refused(stereo: Path) -> None:
    with packets_of(stereo) as sound, pytest.raises(SoundNotCopyable, match="later"):
        next(sound.packets(Fraction(-1)))


def test_sound_that_is_over_is_refused(stereo: Path) -> None:
    with packets_of(stereo) as sound, pytest.raises(SoundNotCopyable):
        list(sound.packets(Fraction(60)))


def test_another_way_of_coding_than_the_index_says_is_refused() -> None:
    with pytest.raises(SoundNotCopyable, match="way of coding"), packets_of(clip("plain.mp4")):
        pass


def test_settings_that_change_on_the_way_are_refused(stereo: Path) -> None:
    with packets_of(stereo) as sound, pytest.raises(SoundNotCopyable, match="changes"):
        sound._bare(cast("av.Packet[Any]", Changing()))
