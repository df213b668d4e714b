"""Names that are no plain name of a file in the sources folder."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.hostile import (
    Counter,
    Place,
    colour_film,
    ffmpeg,
    film_shows_secret,
    naive,
    shows_secret,
)
from tests.attacks.service import Service
from worker import tasks
from worker.media.resolve import OpenSource, SourceRoots, open_source

OWN_COLOUR = (200, 120, 20)

#: FFmpeg reads each as the secret film; a way to spell it for a place.
NAMES: dict[str, Callable[[Place], str]] = {
    "absolute": lambda place: str(place.movie),
    "upwards": lambda _: "../secret/film.mp4",
    "up and down": lambda _: "folder/../../secret/film.mp4",
    "file:": lambda place: f"file:{place.movie}",
    "file: and upwards": lambda _: "file:../secret/film.mp4",
    "http:": lambda place: f"{place.url}/film.mp4",
    "concat:": lambda place: f"concat:{place.film}",
    "subfile:": lambda place: f"subfile,,start,0,end,9999999,,:{place.movie}",
    "async:": lambda place: f"async:{place.movie}",
    "cache:": lambda place: f"cache:{place.movie}",
    "concatf:": lambda place: f"concatf:{listing(place)}",
    "data:": lambda place: f"data:video/mp4;base64,{encoded(place.movie)}",
    "a pattern": lambda _: "shot%03d.png",
    "a symlink": lambda place: linked(place, "link.mp4", Path.symlink_to, place.movie),
    "a relative symlink": lambda place: linked(
        place, "relative.mp4", Path.symlink_to, Path("../secret/film.mp4")
    ),
    "a hard link": lambda place: linked(place, "hard.mp4", Path.hardlink_to, place.movie),
    "below a linked folder": lambda place: (
        linked(place, "linked", Path.symlink_to, place.movie.parent) + "/film.mp4"
    ),
    "through a process": lambda place: f"/proc/{os.getpid()}/root{place.movie}",
}


def linked(place: Place, name: str, link: Callable[[Path, Path], None], target: Path) -> str:
    (place.sources / name).unlink(missing_ok=True)
    link(place.sources / name, target)
    return name


def encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def listing(place: Place) -> Path:
    path = place.sources / "listing.txt"
    path.write_text(f"file:{place.film}\n")
    return path


def assert_refused(service: Service, name: str) -> None:
    config = service.config(name)
    code, answer = service.post(config)
    assert code == 400, answer
    assert [fault["place"] for fault in answer["errors"]] == ["sources[0].filePath"]
    assert not (service.store.exports / config["id"]).exists()
    service.assert_nothing_leaked(config)


@pytest.mark.parametrize("spell", NAMES.values(), ids=NAMES)
def test_no_other_name_is_a_source(
    spell: Callable[[Place], str], place: Place, service: Service
) -> None:
    (place.sources / "folder").mkdir(exist_ok=True)
    if not (place.sources / "shot001.png").exists():
        ffmpeg("-i", str(place.movie), "-frames:v", "1", str(place.sources / "shot001.png"))
    name = spell(place)
    assert shows_secret(naive(name, cwd=place.sources)), "the control does not leak"
    Counter.calls.clear()
    assert_refused(service, name)


@pytest.mark.parametrize("name", ["tcp://127.0.0.1:{}", "udp://127.0.0.1:{}", "pipe:0", "fd:0"])
def test_no_name_waits_for_anybody(name: str, place: Place, service: Service) -> None:
    assert_refused(service, name.format(place.port))


def test_what_hangs_or_never_ends_when_it_is_read_is_refused(
    place: Place, service: Service
) -> None:
    fifo = place.sources / "fifo.mp4"
    if not fifo.exists():
        os.mkfifo(fifo)
    assert_refused(service, "fifo.mp4")
    assert_refused(service, linked(place, "zero.mp4", Path.symlink_to, Path("/dev/zero")))
    assert_refused(service, "/dev/zero")
    # Even where an operator has allowed the folder that devices are in.
    with pytest.raises(Exception, match="not an ordinary file"):
        open_source("/dev/zero", "x", SourceRoots(place.sources, (Path("/dev"),)))


@pytest.mark.parametrize("name", ["cam%03d.mp4", "-y.mp4", "-i", "$(id).mp4", "x';reboot;'.mp4"])
def test_an_odd_name_is_the_name_of_that_file_and_nothing_else(
    name: str, place: Place, service: Service
) -> None:
    colour_film(place.sources / "own.mp4", OWN_COLOUR)
    (place.sources / "own.mp4").rename(place.sources / name)
    # What a pattern would mean.
    (place.sources / "cam001.mp4").write_bytes(place.movie.read_bytes())
    config = service.config(name)
    found = service.make(config)
    assert found["status"] == "completed", found
    assert not film_shows_secret(service.film(config))
    service.assert_nothing_leaked(config)


def test_what_was_checked_is_what_is_read_whatever_its_name_means_by_then(
    place: Place, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FFmpeg and PyAV get the descriptor: the name leads to the secret before they begin."""
    path = place.sources / "swapped.mp4"
    colour_film(path, OWN_COLOUR)

    def swapping(file_path: str, name: str, roots: SourceRoots) -> OpenSource:
        opened = open_source(file_path, name, roots)
        path.unlink()
        path.symlink_to(place.movie)
        return opened

    config = service.config("swapped.mp4")
    assert service.post(config)[0] == 202
    monkeypatch.setattr(tasks, "open_source", swapping)
    found = service.resume(config)
    assert found["status"] == "completed", found
    assert shows_secret(naive(path)), "the control does not leak"
    service.assert_nothing_leaked(config)
    log = (service.store.exports / config["id"] / "job.log").read_text()
    assert "swapped.mp4" not in "".join(line for line in log.splitlines() if "run " in line)
