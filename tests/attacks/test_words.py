"""Every text of a config, made to be taken for a filter, an option or a line of a list."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import av
import pytest

from tests.attacks.hostile import SECRET_WORDS, Place, colour_film, shows_secret
from tests.attacks.service import Service
from tests.media.decode import FFMPEG

OWN_COLOUR = (200, 120, 20)


def payloads(place: Place) -> list[str]:
    """Texts that get out of a quoted value, each in its way."""
    movie, words = place.movie, place.words
    return [
        f"x'[a];movie={movie}[b];[a][b]overlay,drawtext=text='x",
        f"x',drawtext=textfile={words}:fontcolor=white,drawtext=text='y",
        f"x:textfile={words}",
        f"%{{metadata\\:{words}}}",
        f"x\nfile '{movie}'\n",
        f"x -i {movie} -map 1",
        f'x" -i "{movie}" "',
        f"x;FFMETADATA1\n[CHAPTER]\ntitle={words}",
        f"$(cat {words})`cat {words}`",
        f"|{movie}",
        f"-vf movie={movie}",
    ]


def drawn(text: str) -> bytes:
    """The picture of a program that puts a title into a filter as it is."""
    return subprocess.run(
        (
            *(FFMPEG, "-v", "error", "-f", "lavfi", "-i", "color=black:s=64x64:d=1"),
            *("-vf", f"drawtext=text='{text}':fontcolor=white", "-frames:v", "1"),
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"),
        ),
        capture_output=True,
        check=False,
    ).stdout


def test_a_title_that_is_put_into_a_filter_shows_the_secret(place: Place) -> None:
    """The control."""
    film, words, *_ = payloads(place)
    assert shows_secret(drawn(film))
    before = drawn(words)
    place.words.write_text("a")
    after = drawn(words)
    place.words.write_text(SECRET_WORDS + "\n")
    assert before != after


@pytest.fixture
def pictures(place: Place, service: Service) -> list[bytes]:
    """What a config of plain words becomes."""
    colour_film(place.sources / "plain.mp4", OWN_COLOUR)
    config = service.config("plain.mp4")
    assert service.make(config)["status"] == "completed"
    return decoded(service.film(config))


def decoded(path: Path) -> list[bytes]:
    with av.open(str(path)) as media:
        return [frame.to_ndarray().tobytes() for frame in media.decode(video=0)]


@pytest.mark.parametrize("codec", ["h264", "copy"])
def test_no_word_of_a_config_is_more_than_a_word(
    codec: str, place: Place, service: Service, pictures: list[bytes]
) -> None:
    for text in payloads(place):
        output = {"filePath": text, "codec": codec}
        config = service.config("plain.mp4", projectName=text, projectId=text, output=output)
        config["sources"] = [{"id": text, "name": text, "filePath": "plain.mp4"}]
        config["status"] = config["unknown"] = text
        found = service.make(config)
        assert found["status"] == "completed", (text, found)
        service.assert_nothing_leaked(config)
        if codec == "h264":
            assert decoded(service.film(config)) == pictures


def test_as_the_name_of_a_file_or_of_an_export_they_are_refused(
    place: Place, service: Service
) -> None:
    for text in payloads(place):
        for config in (
            service.config(text),
            service.config("plain.mp4", id=text),
            service.config("plain.mp4", createdAt=text),
            service.config("plain.mp4", callbackUrl=text),
            service.config("plain.mp4", priority=text),
            service.config("plain.mp4", output={"filePath": "x", "format": text}),
            service.config("plain.mp4", output={"filePath": "x", "codec": text}),
            service.config("plain.mp4", output={"filePath": "x", "quality": text}),
            service.config("plain.mp4", output={"filePath": "x", "fps": text}),
        ):
            code, answer = service.post(config)
            assert code == 400, (text, answer)
            assert answer["errors"][0]["place"]
            assert SECRET_WORDS not in json.dumps(answer)
