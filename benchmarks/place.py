"""Where the benchmarks happen: their cameras, the stack that is measured, one export through it."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

from export_service.coded_media import CameraSpec, make_camera
from export_service.stack import RunningStack

CACHE = Path(__file__).resolve().parents[1] / ".cache" / "benchmarks"
PATIENCE_SECONDS = 1800.0
RATE = 30


@dataclass(frozen=True)
class Cameras:
    """Cameras that run in parallel, all of one kind."""

    folder: Path
    names: tuple[str, ...]
    spec: CameraSpec

    @property
    def first(self) -> Path:
        """One of them."""
        return self.folder / "sources" / self.names[0]


@dataclass(frozen=True)
class Run:
    """One export as a client saw it."""

    seconds: float
    #: When asked, since POST, and what was answered.
    states: tuple[tuple[float, dict[str, Any]], ...]


def cameras(name: str, seconds: int, width: int, height: int, *, noise: int = 0) -> Cameras:
    """Three cameras, made once, in a media folder of their own."""
    folder = CACHE / f"{name}-{seconds}"
    grain = ("-vf", f"noise=alls={noise}:allf=t") if noise else ()
    spec = CameraSpec(1, seconds * RATE, Fraction(RATE), width, height, extra_args=grain)
    names = tuple(f"cam{number}.mp4" for number in (1, 2, 3))
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(names, 1):
        path = folder / "sources" / file
        if not path.exists():
            part = path.with_suffix(".part.mp4")
            make_camera(part, CameraSpec(**{**vars(spec), "camera": number}))
            part.replace(path)
    return Cameras(folder, names, spec)


def programme(media: Cameras, seconds: Fraction, cuts: int, **output: Any) -> dict[str, Any]:
    """A config that goes from camera to camera `cuts` times, evenly, on no round second."""
    edges = [seconds * n / (cuts + 1) for n in range(cuts + 2)]
    times = [round(float(edge), 6) for edge in edges]
    return {
        "version": 1,
        "id": f"bench-{uuid.uuid4()}",
        "projectId": "benchmarks",
        "projectName": "Benchmark",
        "createdAt": "2026-01-01T00:00:00Z",
        "sources": [
            {"id": name, "name": name, "filePath": name, "hasAudio": True} for name in media.names
        ],
        "segments": [
            {"sourceIndex": n % len(media.names), "startTime": start, "endTime": end}
            for n, (start, end) in enumerate(pairwise(times))
        ],
        "output": {"filePath": "out.mp4", "codec": "h264", "fps": RATE, **output},
    }


@contextmanager
def stack(media: Cameras, **settings: str) -> Iterator[httpx.Client]:
    """A warm embedded stack on the cameras' folder, and a client of it."""
    # Every run makes its pieces itself: those of the run before would do else.
    wanted = {"EXPORT_NICE": "0", "EXPORT_PIECE_CACHE_GB": "0", **settings}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        with (
            RunningStack(media.folder, media.folder / ".stack" / "bench.log") as running,
            httpx.Client(base_url=running.url, timeout=60, trust_env=False) as client,
        ):
            export(client, programme(media, Fraction(1), 1))
            yield client
    finally:
        for name, text in before.items():
            if text is None:
                del os.environ[name]
            else:
                os.environ[name] = text


#: How often the editor asks for the status (contract).
EDITOR_SECONDS = 2.0


def export(
    client: httpx.Client, config: dict[str, Any], *, every_seconds: float = EDITOR_SECONDS
) -> Run:
    """From POST to completed, as the service has it; the export is deleted afterwards."""
    began, posted_at = time.monotonic(), datetime.now(UTC)
    answer = client.post("/api/export", json=config)
    if answer.status_code != 202:
        raise RuntimeError(f"POST was answered {answer.status_code}: {answer.text[:500]}")
    url = f"/api/export/{config['id']}"
    states: list[tuple[float, dict[str, Any]]] = []
    while time.monotonic() - began < PATIENCE_SECONDS:
        state = client.get(f"{url}/status").json()
        states.append((time.monotonic() - began, state))
        if state["status"] == "completed":
            client.delete(url).raise_for_status()
            took = datetime.fromisoformat(state["finishedAt"]) - posted_at
            return Run(took.total_seconds(), tuple(states))
        if state["status"] not in ("pending", "processing"):
            raise RuntimeError(f"the export {state['status']}: {state.get('error')}")
        time.sleep(every_seconds)
    raise RuntimeError("the export took too long")


def middle(numbers: Sequence[float]) -> float:
    """The median."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
