"""Files and names that are made to show what nobody put there as a source.

The secret is a film of one colour that nothing else here has, and a sentence. `naive` is what most
programs do: FFmpeg, as it comes, on the name that somebody gave.
"""

from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import numpy as np

from tests.media.decode import FFMPEG

#: Of the secret film's pictures, in red, green and blue.
SECRET_COLOUR = (16, 32, 240)
SECRET_WORDS = "the-secret-of-another-tenant-7f3a"
SIZE = "64x64"
SECONDS = 2
PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Place:
    """A sources folder, and beside it what no export may show."""

    base: Path
    port: int

    @property
    def sources(self) -> Path:
        return self.base / "sources"

    @property
    def film(self) -> Path:
        return self.base / "secret" / "film.ts"

    @property
    def movie(self) -> Path:
        return self.base / "secret" / "film.mp4"

    @property
    def words(self) -> Path:
        return self.base / "secret" / "words.txt"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, name: str, text: str) -> Path:
        path = self.sources / name
        path.write_text(text)
        return path


def colour_film(path: Path, colour: tuple[int, int, int]) -> None:
    """A film of one colour."""
    red, green, blue = colour
    ffmpeg(
        *("-f", "lavfi", "-i", f"color=0x{red:02x}{green:02x}{blue:02x}:s={SIZE}:r=25:d={SECONDS}"),
        *("-f", "lavfi", "-i", f"sine=r=48000:d={SECONDS}", "-shortest"),
        *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac", f"file:{path}"),
    )


def ffmpeg(*arguments: str) -> None:
    subprocess.run((FFMPEG, "-v", "error", "-y", *arguments), check=True)


class Counter(http.server.SimpleHTTPRequestHandler):
    """Serves the secret folder, as a host inside the house would."""

    calls: list[str] = []  # noqa: RUF012 - of the one server of a test run

    def do_GET(self) -> None:
        self.calls.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def house(base: Path) -> Iterator[Place]:
    """A place, with a server that answers whoever calls it."""
    for name in ("sources", "secret"):
        (base / name).mkdir()
    handler = partial(Counter, directory=str(base / "secret"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        place = Place(base, server.server_address[1])
        colour_film(place.film, SECRET_COLOUR)
        colour_film(place.movie, SECRET_COLOUR)
        place.words.write_text(SECRET_WORDS + "\n")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield place
        finally:
            server.shutdown()


def naive(name: Path | str, *options: str, cwd: Path | None = None) -> bytes:
    """The first picture that FFmpeg makes of a name."""
    argv = (FFMPEG, "-nostdin", *options, "-i", str(name), "-frames:v", "1")
    done = subprocess.run(
        (*argv, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"),
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        cwd=cwd,
    )
    return done.stdout


def words_of(name: Path | str, *options: str) -> str:
    """What FFmpeg says of a name."""
    argv = (FFMPEG, "-nostdin", *options, "-i", str(name), "-f", "null", "-")
    done = subprocess.run(argv, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    return done.stderr.decode(errors="replace")


def shows_secret(pixels: bytes) -> bool:
    """Whether a row of the secret colour is among raw pictures in red, green and blue."""
    found = np.frombuffer(pixels[: len(pixels) // 3 * 3], np.uint8).reshape(-1, 3).astype(int)
    near = np.abs(found - SECRET_COLOUR).max(axis=1) < 12 if len(found) else np.zeros(0)
    return bool(near.sum() >= 16)


def film_shows_secret(path: Path) -> bool:
    """Whether any picture of a film has the secret colour somewhere."""
    with av.open(str(path)) as media:
        return any(
            shows_secret(frame.to_ndarray(format="rgb24").tobytes())
            for frame in media.decode(video=0)
        )
