"""Real film, which carries no numbers: each delivered frame is nearest to the one that is due."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from export_service.coded_media import Luma
from tests.engine.harness import config_of, export
from tests.media.decode import lumas, read_facts, read_pts
from tests.media.footage import Source, film_clip
from tests.media.oracle import Known, LeadFormat
from tests.media.verify import fitted

LEAST_DB = 38.0


def film(name: str, camera: int) -> Source:
    """A film clip with its frames numbered in the order in which FFmpeg shows them."""
    path = film_clip(name)
    facts = read_facts(path)
    frames = tuple((at, n) for n, at in enumerate(read_pts(path)))
    lead = LeadFormat(facts.video_codec, facts.width, facts.height, facts.pix_fmt, facts.rate)
    return Source(path, Known(camera, frames, 1 / facts.rate, lead, None))


def psnr(a: Luma, b: Luma) -> float:
    error = float(((a.astype(np.float32) - b.astype(np.float32)) ** 2).mean())
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


@pytest.mark.parametrize("fps", [25, 30])
def test_each_frame_of_film_is_the_one_that_is_due(fps: int, tmp_path: Path) -> None:
    clips = [film("bigbuckbunny.mp4", 0), film("bikes.mp4", 1)]
    cuts = ((0, 0.5, 1.3), (1, 2.0, 3.1), (0, 3.28, 4.1), (1, 8.4, 9.16), (0, 4.9, 5.28))
    output = {"codec": "h264", "fps": fps, "width": 1280, "height": 720, "quality": "very_high"}
    exported = export(tmp_path, config_of(clips, cuts, **output), clips)
    expected = exported.expected
    areas = [fitted(expected, clip.known.lead.width, clip.known.lead.height) for clip in clips]
    sizes = [(area.right - area.left, area.bottom - area.top) for area in areas]
    due = [list(lumas(clip.path, size)) for clip, size in zip(clips, sizes, strict=True)]
    delivered = list(itertools.islice(lumas(exported.rendered.path), len(expected.frames) + 1))
    assert len(delivered) == len(expected.frames)
    worst, compared = 99.0, 0
    for n, (code, picture) in enumerate(zip(expected.frames, delivered, strict=True)):
        assert code is not None
        left, top, right, bottom = areas[code.camera]
        inside = picture[top:bottom, left:right]
        here = psnr(inside, due[code.camera][code.frame])
        worst = min(worst, here)
        assert here >= LEAST_DB, (n, code, here)
        for neighbour in neighbours(due[code.camera], code.frame):
            compared += 1
            assert psnr(inside, neighbour) < here, (n, code)
        assert picture[:top].max(initial=16) <= 24, (n, "bars")
    assert compared > len(delivered)
    print(f"worst of {len(delivered)} frames: {worst:.1f} dB")


def neighbours(pictures: list[NDArray[np.uint8]], n: int) -> list[NDArray[np.uint8]]:
    """The pictures before and after, those that differ from picture n to the eye."""
    near = [pictures[i] for i in (n - 1, n + 1) if 0 <= i < len(pictures)]
    return [picture for picture in near if psnr(picture, pictures[n]) < 50]
