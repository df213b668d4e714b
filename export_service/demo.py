"""`make demo`: three synthetic cameras, one programme through the real stack, every frame checked.

It does what the editor's export button does (POST, poll, download) and then, because the cameras
number their frames, can say of each frame of the result whether it is the one that was asked for.
"""

from __future__ import annotations

import shlex
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from config_schema.errors import ServiceFault
from export_service.coded_media import CameraSpec, make_camera
from export_service.demo_check import Shot, check
from export_service.progress_view import ProgressView
from export_service.stack import RunningStack

RATE = Fraction(30)
SECONDS = 50
POLL_SECONDS = 0.25
#: Longer than any machine that can run this at all needs.
PATIENCE_SECONDS = 1800

CAMERAS = {
    "wide shot.mp4": CameraSpec(1, SECONDS * 30, Fraction(30), 1280, 720),
    "close up.mov": CameraSpec(2, SECONDS * 25, Fraction(25), 1280, 720),
    "guest's.mkv": CameraSpec(3, SECONDS * 30, Fraction(30000, 1001), 640, 480, "libx265"),
}
#: Camera and the second at which the director leaves it: the cameras run in parallel.
CUTS = (
    (0, "2.5"),
    (1, "6.04"),
    (0, "9.733333"),
    (2, "14.2"),
    (1, "14.9"),
    (2, "20.02"),
    (0, "26.366667"),
    (1, "29.48"),
    (2, "33.1"),
    (0, "37.9"),
    (2, "41.241"),
    (1, "45"),
)


def programme() -> tuple[Shot, ...]:
    """The segments of the demo, in order."""
    cameras = tuple(CAMERAS.values())
    times = [Fraction(0), *(Fraction(text) for _, text in CUTS)]
    return tuple(
        Shot(cameras[number], start, end)
        for (number, _), start, end in zip(CUTS, times, times[1:], strict=False)
    )


def export_config(job_id: str, shots: tuple[Shot, ...]) -> dict[str, Any]:
    """The config that the editor would write for this programme."""
    cameras = list(CAMERAS.items())
    return {
        "version": 1,
        "id": job_id,
        "projectId": "demo",
        "projectName": "Three cameras",
        "createdAt": datetime.now(UTC).isoformat(),
        "sources": [
            {
                "id": f"media-{number}",
                "name": name,
                "filePath": name,
                "width": camera.width,
                "height": camera.height,
                "duration": SECONDS,
                "fps": round(float(camera.rate)),
                "hasAudio": True,
            }
            for number, (name, camera) in enumerate(cameras)
        ],
        "segments": [
            {
                "sourceIndex": [camera for _, camera in cameras].index(shot.camera),
                "startTime": float(shot.start),
                "endTime": float(shot.end),
                "audioFromSource": True,
            }
            for shot in shots
        ],
        "output": {
            "filePath": f"exports/{job_id}/output.mp4",
            "format": "mp4",
            "width": 1280,
            "height": 720,
            "fps": int(RATE),
            "codec": "h264",
            "includeAudio": True,
        },
        "status": "pending",
    }


def run_demo(folder: Path) -> bool:
    """Make, export and check the programme; whether all of it held."""
    console = Console(highlight=False)
    named, folder = folder, folder.resolve()
    began = time.monotonic()
    make_cameras(folder / "sources", console)
    with _running_stack(folder, console) as stack:
        file = export(stack.url, folder, console)
    console.print("checking every frame and the sound of every segment ...")
    verdict = check(file, programme(), RATE)
    console.print(
        str(verdict), style="green" if verdict.is_right else "red", markup=False, soft_wrap=True
    )
    console.print(f"the programme: {file}", markup=False, soft_wrap=True)
    console.print(f"the stack is stopped; all took {time.monotonic() - began:.0f} s")
    up = f"make up MEDIA={shlex.quote(str(named))}"
    console.print(
        f"to cut these cameras yourself: {up}, and open the page that it names",
        markup=False,
        soft_wrap=True,
    )
    return verdict.is_right


def make_cameras(sources: Path, console: Console) -> None:
    """Write the camera files, which are the same every time."""
    sources.mkdir(parents=True, exist_ok=True)
    for name, camera in CAMERAS.items():
        codec = camera.codec.removeprefix("lib")
        console.print(
            f"making camera {camera.camera}: {name}, {SECONDS} s of {camera.width}x{camera.height} "
            f"{codec} at {float(camera.rate):.4g} fps",
            markup=False,
        )
        make_camera(sources / name, camera)


@contextmanager
def _running_stack(folder: Path, console: Console) -> Iterator[RunningStack]:
    log = folder / ".stack" / "demo.log"
    console.print("starting broker, worker, web and Flower ...")
    with RunningStack(folder, log) as stack:
        console.print(f"ready at {stack.url} (log: {log})", markup=False, soft_wrap=True)
        console.print(f"its page, for as long as this runs: {stack.url}/", soft_wrap=True)
        yield stack


def export(url: str, folder: Path, console: Console) -> Path:
    """Export the programme over HTTP as the editor's button does, and download it."""
    job_id = f"demo-{uuid.uuid4()}"
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as http:
        accepted = _answer(http.post("/api/export", json=export_config(job_id, programme())))
        console.print(f"exporting {len(CUTS)} segments as {accepted['jobId']}", markup=False)
        _wait(http, job_id, console)
        target = folder / f"{job_id}.mp4"
        with http.stream("GET", f"/api/export/{job_id}/download") as download:
            if download.status_code != 200:
                raise ServiceFault(f"the download was answered with {download.status_code}")
            part = target.with_suffix(".part")
            with part.open("wb") as file:
                for block in download.iter_bytes(1 << 20):
                    file.write(block)
        part.replace(target)
        return target


def _wait(http: httpx.Client, job_id: str, console: Console) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with ProgressView(console) as view:
        while time.monotonic() < deadline:
            state = _answer(http.get(f"/api/export/{job_id}/status"))
            speed = state.get("speed")
            fps = speed * float(RATE) if speed is not None else None
            if state["status"] == "completed":
                view.show("completed", 1.0)
                return
            view.show(state["stage"], state["progress"], fps, state.get("etaSeconds"))
            if state["status"] != "pending" and state["status"] != "processing":
                raise ServiceFault(f"the export {state['status']}: {state.get('error')}")
            time.sleep(POLL_SECONDS)
    raise ServiceFault(f"the export took longer than {PATIENCE_SECONDS // 60} minutes")


def _answer(response: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    if response.is_error:
        raise ServiceFault(f"{response.status_code}: {body.get('error')}")
    return body
