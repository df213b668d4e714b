"""Pictures of three kinds that are coded very differently, as raw frames of one size.

Texture under fresh grain in every frame, real film, and a screen with text that scrolls: what a
sensor, a scene and a screen recorder give an encoder to do.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tests.media.decode import FFMPEG
from tests.media.footage import film_clip

WIDTH, HEIGHT = 480, 272
RATE = Fraction(25)
FRAMES = 150

Plane = NDArray[np.uint8]


def grain() -> Iterator[bytes]:
    """A pan over soft texture, every frame with grain of its own as a small sensor makes it."""
    rng = np.random.default_rng(1)
    rows, columns = HEIGHT // 8 + 2, (WIDTH + 2 * FRAMES) // 8 + 2
    x, y = np.arange(WIDTH + 2 * FRAMES) / 8, np.arange(HEIGHT) / 8
    coarse = rng.uniform(40, 210, (rows, columns))
    across = np.stack([np.interp(x, np.arange(columns), row) for row in coarse])
    low = y.astype(np.intp)
    part = (y - low)[:, None]
    texture = across[low] * (1 - part) + across[low + 1] * part
    for n in range(FRAMES):
        noise = rng.normal(0, 4, (HEIGHT, WIDTH))
        luma = np.clip(texture[:, 2 * n : 2 * n + WIDTH] + noise, 16, 235).astype(np.uint8)
        chroma = rng.normal(0, 2, (2, HEIGHT // 2, WIDTH // 2)) + np.array([[[118]], [[138]]])
        yield luma.tobytes() + chroma.astype(np.uint8).tobytes()


def film() -> Iterator[bytes]:
    """Real film with people and things in motion."""
    argv = [FFMPEG, "-nostdin", "-v", "error", "-i", f"file:{film_clip('bikes.mp4')}"]
    argv += ["-vf", f"crop={WIDTH}:{HEIGHT}", "-frames:v", str(FRAMES)]
    argv += ["-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1"]
    raw = subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout
    size = WIDTH * HEIGHT * 3 // 2
    assert len(raw) == FRAMES * size
    return (raw[at : at + size] for at in range(0, len(raw), size))


def screen() -> Iterator[bytes]:
    """A window of coloured text that scrolls line by line, another that is dragged over it."""
    rng = np.random.default_rng(2)
    page = _text(rng, 1200, WIDTH - 40)
    ink = np.kron(rng.integers(96, 160, (2, 75, 1)), np.ones((1, 8, (WIDTH - 40) // 2)))
    window = _text(rng, 96, 160)
    for n in range(FRAMES):
        # As somebody reads: three quick lines, then nothing for a while.
        at = 16 * (n // 25 * 3 + min(n % 25, 3))
        luma = np.full((HEIGHT, WIDTH), 60, np.uint8)
        luma[24 : HEIGHT - 8, 20 : WIDTH - 20] = page[at : at + HEIGHT - 32]
        chroma = np.full((2, HEIGHT // 2, WIDTH // 2), 128, np.uint8)
        shown = ink[:, at // 2 : at // 2 + (HEIGHT - 32) // 2]
        chroma[:, 12 : HEIGHT // 2 - 4, 10 : WIDTH // 2 - 10] = shown
        left, top = 40 + 4 * min(n, 60), 60 + 2 * (n % 40 if n < 40 else 40)
        luma[top : top + 96, left : left + 160] = 255 - window
        chroma[:, top // 2 : top // 2 + 48, left // 2 : left // 2 + 80] = [[[150]], [[110]]]
        luma[top - 10 : top, left : left + 160] = 200
        yield luma.tobytes() + chroma.tobytes()


def _text(rng: np.random.Generator, height: int, width: int) -> Plane:
    """Lines of made-up letters, dark on white, a pixel sharp."""
    page = np.full((height, width), 235, np.uint8)
    letters = rng.random((40, 9, 6)) < 0.45
    for line in range(height // 16):
        column = 8
        while column < width - 8 - rng.integers(0, width // 2):
            if rng.random() < 0.83:
                letter = letters[rng.integers(len(letters))]
                area = page[16 * line + 3 : 16 * line + 12, column : column + 6]
                area[letter] = 30
            column += 7
    return page
