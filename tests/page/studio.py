"""Three cameras in a studio that is drawn, for the pictures of the page in the docs."""

from __future__ import annotations

import subprocess
import wave
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.media.decode import FFMPEG
from tests.page.scene import FIRST, LATER, SOUND_RATE, room

Picture = NDArray[np.float64]
Colour = tuple[float, float, float]

WIDTH, HEIGHT, RATE = 1280, 720, 30
SECONDS = 50
#: So many pictures, over and over: who sits breathes.
_PICTURES = 45
SKIN: tuple[Colour, ...] = ((238, 190, 160), (150, 98, 70))
HAIR: tuple[Colour, ...] = ((70, 45, 35), (28, 24, 26))
SHIRT: tuple[Colour, ...] = ((52, 96, 140), (176, 72, 60))


class View(NamedTuple):
    """A camera's view: who sits where (across, size; as shares of the picture), and the wall."""

    name: str
    people: tuple[tuple[int, float, float], ...]
    wall: Colour


VIEWS = (
    View("wide.mp4", ((0, 0.3, 0.62), (1, 0.7, 0.62)), (96, 110, 122)),
    View("host.mp4", ((0, 0.47, 1.15),), (104, 112, 116)),
    View("guest.mp4", ((1, 0.53, 1.15),), (88, 104, 122)),
)


def paint(view: View, phase: float) -> NDArray[np.uint8]:
    """One picture of a view; `phase` from 0 to 1 is where its people are in their breath."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    x, y = (x - WIDTH / 2) / HEIGHT, y / HEIGHT
    light = 1.15 - 0.5 * np.hypot(x + 0.25, y - 0.25)
    picture = np.stack([light * tone for tone in view.wall], axis=-1)
    _lamp(picture, x, y)
    for person, across, size in view.people:
        sway = 0.006 * size * np.sin(2 * np.pi * (phase + 0.37 * person))
        _person(picture, x - (across - 0.5) * WIDTH / HEIGHT, y, person, size, float(sway))
    _put(picture, y > 0.86, (86, 62, 48))
    _put(picture, (y > 0.86) & (y < 0.875), (122, 92, 72))
    return np.asarray(np.clip(picture, 16, 240), dtype=np.uint8)


def _lamp(picture: Picture, x: Picture, y: Picture) -> None:
    glow = np.exp(-((x - 0.02) ** 2 + (y - 0.1) ** 2) * 14)[..., None]
    picture += glow * np.array([70.0, 58.0, 34.0])


def _person(picture: Picture, x: Picture, y: Picture, who: int, size: float, sway: float) -> None:
    """Shoulders, neck, hair, face and a microphone, from back to front."""
    head = 0.9 - 0.5 * size + sway
    across = x / size
    down = (y - head) / size
    _put(picture, (across / 0.36) ** 2 + ((down - 0.5) / 0.3) ** 2 < 1, SHIRT[who])
    _put(picture, (np.abs(across) < 0.055) & (down > 0) & (down < 0.24), _dark(SKIN[who]))
    _put(picture, (across / 0.145) ** 2 + ((down + 0.03) / 0.18) ** 2 < 1, HAIR[who])
    _put(picture, (across / 0.118) ** 2 + ((down - 0.015) / 0.15) ** 2 < 1, SKIN[who])
    fringe = (across / 0.122) ** 2 + ((down + 0.075) / 0.075) ** 2 < 1
    _put(picture, fringe, HAIR[who])
    for side in (-1, 1):
        eye = ((across - side * 0.045) / 0.012) ** 2 + (down / 0.014) ** 2 < 1
        _put(picture, eye, (40, 32, 32))
    mouth = (across / 0.035) ** 2 + ((down - 0.085) / (0.012 + abs(sway) * 2)) ** 2 < 1
    _put(picture, mouth, (150, 70, 66))
    stand = (np.abs(across - 0.2) < 0.008) & (down > 0.16)
    _put(picture, stand, (36, 36, 40))
    _put(picture, ((across - 0.2) / 0.035) ** 2 + ((down - 0.14) / 0.055) ** 2 < 1, (46, 46, 52))


def _dark(colour: Colour) -> Colour:
    red, green, blue = (0.85 * part for part in colour)
    return red, green, blue


def _put(picture: Picture, where: NDArray[np.bool_], colour: Colour) -> None:
    picture[where] = colour


def make(folder: Path) -> tuple[str, ...]:
    """Write the cameras into a folder; their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for view, later in zip(VIEWS, LATER, strict=True):
        _make(folder / view.name, view, FIRST + later)
    return tuple(view.name for view in VIEWS)


def _make(path: Path, view: View, begins: Fraction) -> None:
    sound = path.with_suffix(".wav")
    heard = room()[round(begins * SOUND_RATE) :][: SECONDS * SOUND_RATE]
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, SOUND_RATE, 0, "NONE", ""))
        file.writeframes((heard * 32000).astype("<i2").tobytes())
    pictures = [paint(view, n / _PICTURES).tobytes() for n in range(_PICTURES)]
    argv = [FFMPEG, "-nostdin", "-y", "-v", "error"]
    argv += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE)]
    argv += ["-i", "pipe:0", "-i", str(sound), "-c:v", "libx264", "-preset", "ultrafast"]
    argv += ["-crf", "20", "-g", str(2 * RATE), "-pix_fmt", "yuv420p", "-c:a", "aac"]
    argv += ["-ac", "2", "-shortest", str(path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for n in range(SECONDS * RATE):
            process.stdin.write(pictures[n % _PICTURES])
        process.stdin.close()
    assert process.returncode == 0
    sound.unlink()
