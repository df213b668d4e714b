"""Edits as the page saves them, for tests that do not begin with cutting one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.page.reckon import Shown
from tests.page.scene import LATER, NAMES, RATE, SECONDS

CAMERAS = ("c1", "c2", "c3")


def people_call(name: str) -> str:
    """A camera as the page calls it: its file without the ending."""
    return name.rsplit(".", 1)[0]


def edit(
    switches: Sequence[tuple[int, str]] = ((0, "c1"), (150, "c2"), (310, "c3"), (475, "c1")),
    *,
    name: str = "Episode 12",
    frames: int = 600,
    sources: Sequence[str] = NAMES,
) -> dict[str, Any]:
    """An edit of the room's cameras, in sync, that begins with the last one to begin."""
    begin = max(LATER)
    return {
        "version": 1,
        "name": name,
        "rate": {"num": RATE.numerator, "den": RATE.denominator},
        "frames": frames,
        "cameras": [
            {
                "id": camera,
                "source": source,
                "name": people_call(source),
                "seconds": SECONDS,
                "width": 640,
                "height": 360,
                "fps": float(RATE),
                "hasSound": True,
                "offset": float(begin - later),
            }
            for camera, source, later in zip(CAMERAS, sources, LATER, strict=True)
        ],
        "switches": [{"frame": frame, "camera": camera} for frame, camera in switches],
    }


def many_switches(seconds: int, count: int) -> dict[str, Any]:
    """A long programme that goes to the next camera so many times."""
    frames = seconds * int(RATE)
    switches = [(n * frames // count, CAMERAS[n % len(CAMERAS)]) for n in range(count)]
    long = edit(switches, name="A long evening", frames=frames)
    for camera in long["cameras"]:
        camera["seconds"] = seconds + 10
    return long


def write(folder: Path, what: dict[str, Any]) -> Path:
    """The file of an edit."""
    path = folder / "saved.json"
    path.write_text(json.dumps(what))
    return path


def lines(what: dict[str, Any]) -> list[Shown]:
    """What the page's list has to say of an edit, at a whole rate below 100."""
    names = {camera["id"]: camera["name"] for camera in what["cameras"]}
    return [
        Shown(timecode(switch["frame"]), names[switch["camera"]]) for switch in what["switches"]
    ]


def timecode(frame: int) -> str:
    """A frame as people write it.

    >>> timecode(1863)
    '00:01:02:03'
    """
    seconds, frames = divmod(frame, int(RATE))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}:{frames:02}"
