"""The catalogue's files are what is said of them, as FFmpeg presents them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.media import footage
from tests.media.decode import Decoded, decode, read_facts
from tests.media.verify import measure_lag


@pytest.mark.parametrize("name", sorted(footage.CATALOGUE))
def test_a_source_shows_and_sounds_as_it_is_known(name: str) -> None:
    source = footage.get(name)
    seen = decode(source.path)
    known = source.known
    assert not seen.complaints
    assert [picture.code for picture in seen.pictures] == [
        (known.camera, number) for _, number in known.frames
    ]
    due = [at - known.frames[0][0] for at, _ in known.frames]
    off = [abs(at - seen.pts[0] - want) for at, want in zip(seen.pts, due, strict=True)]
    assert max(off) <= (Fraction(1, 1000) if source.path.suffix != ".mp4" else Fraction(1, 10**5))
    check_sound(source, seen)


def check_sound(source: footage.Source, seen: Decoded) -> None:
    sound = source.known.sound
    assert (seen.sound is None) == (sound is None)
    if sound is None or seen.sound is None:
        return
    for second in (Fraction(1, 2), Fraction(2)):
        due = sound.at(Fraction(0), len(seen.sound))
        left = int(second * 48000)
        for channel in (0, 1):
            lag, match = measure_lag(seen.sound[:, channel], due[:, channel], left, left + 9600)
            assert abs(lag) <= 1, (source.name, lag, match)
            assert match > 0.97, (source.name, lag, match)


def test_the_odd_files_are_odd_in_their_way() -> None:
    def facts(name: str) -> str:
        return str(read_facts(footage.get(name).path))

    assert "pix_fmt='yuv420p10le'" in facts("ten bit.mp4")
    assert "audio_rate=44100, audio_channels=1" in facts("mono 44100.mp4")
    assert "audio_channels=6" in facts("surround.mp4")
    assert "audio_codec=None" in facts("mute.mp4")


@pytest.mark.parametrize("name", ["bigbuckbunny.mp4", "bikes.mp4"])
def test_the_film_clips_are_there(name: str) -> None:
    assert read_facts(footage.film_clip(name)).rate == 25
