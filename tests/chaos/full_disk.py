"""Volumes that get full while an export is made: `make chaos ARGS=full_disk`, as root.

On a small tmpfs the real service makes an export. At one of its stages the volume is filled: to
below the reserve, or to its last byte. Until there is room again there must be no output, and the
export must say that it waits; then it must go on by itself and be exact to the frame. The control
leaves the reserve free: there nothing may wait, or the waiting above means nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from config_schema.config import parse_config
from config_schema.errors import NotCompleted
from config_schema.status import Stage
from tests.engine.harness import config_of
from tests.media.footage import get, place
from tests.media.oracle import expect
from tests.media.verify import assert_exact
from tests.worker.house import Broker, House, until

VOLUME_BYTES = 64 << 20
RESERVE_BYTES = 16 << 20
#: More than the export takes: its pieces of sound are of a second here, each with five of run-up.
ROOM_BYTES = 16 << 20
CUTS = [(0, 0.125 * n, 0.125 * n + 2) for n in range(16)]
STAGES = (Stage.PLANNING, Stage.RENDERING, Stage.ASSEMBLING, Stage.VERIFYING)
#: How long a volume stays full to the last byte, where not even "waiting" can be written down.
FULL_SECONDS = 8.0
#: The last stages are short: an export that was over before its volume was full shows nothing.
TOO_LATE = "good, but over before"
_CHUNK = b"\0" * (1 << 20)


@contextmanager
def small_volume(folder: Path) -> Iterator[Path]:
    """A tmpfs mounted at `media` in the folder."""
    libc = ctypes.CDLL(None, use_errno=True)
    media = folder / "media"
    media.mkdir()
    options = f"size={VOLUME_BYTES}".encode()
    if libc.mount(b"tmpfs", str(media).encode(), b"tmpfs", 0, options):
        message = f"cannot mount a tmpfs (are you root?): {os.strerror(ctypes.get_errno())}"
        raise SystemExit(message)
    try:
        yield media
    finally:
        libc.umount2(str(media).encode(), 2)


def fill(filler: Path, leave: int) -> None:
    """Fill the volume but for so many bytes."""
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while (room := free(filler.parent) - leave) > 0:
            file.write(_CHUNK[: min(room, len(_CHUNK))])


def free(path: Path) -> int:
    facts = os.statvfs(path)
    return facts.f_bavail * facts.f_frsize


class Case:
    """One export on a volume of its own, disturbed at one stage."""

    def __init__(self, house: House, codec: str) -> None:
        source = get("sixty.mp4")
        place(house.media / "sources", source)
        asked = {"codec": codec, "fps": 30, "width": 160, "height": 90}
        config = config_of([source], CUTS, **(asked if codec != "copy" else {"codec": codec}))
        self.config = config | {"id": "full"}
        self.expected = expect(self.config, [source.known])
        self.house = house

    def go(self, stage: Stage, leave: int) -> str:
        """What went wrong with the export whose volume was filled at `stage`; nothing is good."""
        house, filler = self.house, self.house.media / "filler"
        house.client.submit(parse_config(json.dumps(self.config).encode()))
        until(lambda: self._is_at(stage), 60)
        fill(filler, leave)
        is_control = leave >= RESERVE_BYTES
        begun = time.monotonic()
        while not is_control and time.monotonic() - begun < FULL_SECONDS:
            view = house.client.status("full")
            if view.status == "completed":
                # It was whole before the volume was full, or it is not exact.
                assert_exact(house.client.output("full").path, self.expected)
                return TOO_LATE
            if view.status.is_final:
                return f"{view.status} on a full volume: {view.error}"
            if list((house.store.exports / "full").glob("output.*")):
                return "an output is to be seen"
            with suppress(NotCompleted):
                house.client.output("full")
                return "an output can be downloaded"
            if leave and view.stage is Stage.WAITING:
                break
            time.sleep(0.05)
        else:
            if leave and not is_control:
                return f"does not wait, but is {view.stage}"
        if not is_control:
            filler.unlink()
        until(lambda: house.client.status("full").status.is_final, 90)
        view = house.client.status("full")
        if view.status != "completed":
            return f"{view.status}: {view.error}\n{house.job_log('full')[-3000:]}"
        if is_control and "no_space" in house.job_log("full"):
            return "the control waited: free space is not what is looked at"
        assert_exact(house.client.output("full").path, self.expected)
        until(lambda: not house.litter(), 10)
        return ""

    def _is_at(self, stage: Stage) -> bool:
        if stage is Stage.ASSEMBLING:
            # Told twice a second at most, which is too late for a stage as short as this.
            job = self.house.store.exports / "full"
            if list(job.glob("work/*/run-*/programme.*")) or list(job.glob("output.*")):
                return True
        view = self.house.client.status("full")
        return view.stage is stage or view.status.is_final


def main(argv: Sequence[str] | None = None) -> int:
    """Try every stage, full and nearly full, copied and encoded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, type=Stage, action="append")
    parser.add_argument("--codec", choices=("copy", "h264"), action="append")
    asked = parser.parse_args(argv)
    codecs = asked.codec or ["copy", "h264"]
    os.environ |= {
        "EXPORT_PIECE_SECONDS": "1",
        "EXPORT_PIECE_CACHE_GB": "0",
        "EXPORT_MIN_FREE_GB": str(RESERVE_BYTES / 1e9),
    }
    wrong = 0
    room = Path(tempfile.mkdtemp(prefix="full-disk-"))
    broker = Broker(room / "broker")
    broker.start()
    try:
        for codec in codecs:
            for stage in asked.stage or STAGES:
                for name, leave in (
                    ("nearly full", RESERVE_BYTES // 2),
                    ("full", 0),
                    ("control", RESERVE_BYTES + ROOM_BYTES),
                ):
                    said = _try(room / f"{codec}-{stage}-{name}", broker, codec, stage, leave)
                    print(f"{codec:5} {stage:10} {name:12} {said or 'good'}", flush=True)
                    wrong += bool(said) and said != TOO_LATE
    finally:
        broker.stop()
        shutil.rmtree(room, ignore_errors=True)
    print(f"{wrong} wrong")
    return 1 if wrong else 0


def _try(folder: Path, broker: Broker, codec: str, stage: Stage, leave: int) -> str:
    folder.mkdir()
    with small_volume(folder):
        house = House(folder, broker)
        try:
            house.start_worker("worker")
            return Case(house, codec).go(stage, leave)
        except AssertionError as fault:
            return f"{fault}\n{house.job_log('full')[-3000:]}"
        finally:
            house.close()


if __name__ == "__main__":
    sys.exit(main())
