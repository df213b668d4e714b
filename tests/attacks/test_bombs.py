"""Small files that claim to be huge: refused by name, before they cost anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import pytest

from tests.attacks import bombs
from tests.attacks.hostile import Place
from tests.attacks.service import Service, renderer_for
from worker.ffmpeg.media import MOST_PIXELS, OPEN_OPTIONS, picture_stream

Bomb = Callable[[Path], None]


@pytest.fixture
def limited(service: Service, place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The service on a small machine."""
    renderer = renderer_for(place.base, child_memory_gb=0.25)
    monkeypatch.setattr(service, "renderer", renderer)
    yield service
    renderer.close()


@pytest.mark.parametrize("bomb", [bombs.many_pixels, bombs.many_samples, bombs.long_steps])
def test_what_claims_too_much_is_refused_by_name(
    bomb: Bomb, place: Place, service: Service
) -> None:
    path = place.sources / f"{bomb.__name__}.mov"
    bomb(path)
    assert path.stat().st_size < 1 << 20
    service.assert_fails_by_name(service.config(path.name))


def test_a_decoder_without_limits_takes_a_picture_of_any_size(tmp_path: Path) -> None:
    """The control, and the same decoder as we open it."""
    path = tmp_path / "x.mov"
    bombs.many_pixels(path)
    with av.open(str(path)) as media:
        frame = next(media.decode(video=0))
        assert frame.width * frame.height > MOST_PIXELS
    with av.open(str(path), options=OPEN_OPTIONS) as media, pytest.raises(av.error.FFmpegError):
        next(media.decode(picture_stream(media, "x")))


def test_pictures_that_grow_on_the_way_are_damage_and_no_more(
    place: Place, service: Service
) -> None:
    bombs.growing_pixels(place.sources / "growing.mov")
    segments = [{"sourceIndex": 0, "startTime": 0.5, "endTime": 1.5}]
    config = service.config("growing.mov", segments=segments)
    found = service.make(config)
    assert found["status"] == "completed", found
    assert any("is damaged" in text for text in found["warnings"]), found["warnings"]


def test_a_picture_that_takes_more_memory_than_a_child_may_have_is_refused_by_name(
    place: Place, limited: Service, service: Service
) -> None:
    bombs.many_bytes(place.sources / "bytes.mov")
    config = limited.config("bytes.mov")
    limited.assert_fails_by_name(config)
    assert b"takes more memory to decode" in b"".join(limited.said)


def test_of_many_streams_only_some_are_opened(place: Place, service: Service) -> None:
    path = place.sources / "streams.mkv"
    bombs.many_streams(path)
    with av.open(str(path)) as media:
        assert len(media.streams) == bombs.STREAMS
    with av.open(str(path), options=OPEN_OPTIONS) as media:
        assert len(media.streams) <= int(OPEN_OPTIONS["max_streams"])
    found = service.make(service.config("streams.mkv"))
    assert found["status"] == "completed", found


def test_a_clock_of_a_million_frames_a_second_makes_no_such_programme(
    place: Place, service: Service
) -> None:
    bombs.fast_clock(place.sources / "clock.mp4")
    for codec in ("copy", "h264"):
        config = service.config("clock.mp4", output={"filePath": "x", "codec": codec})
        found = service.make(config)
        assert found["status"] == "completed", found
        with av.open(str(service.film(config))) as media:
            rate = media.streams.video[0].average_rate
            assert rate is not None
            assert rate <= 1000
