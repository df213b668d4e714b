"""The store of uploads without HTTP: who may write, how much, until when, and who tidies."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config_schema.errors import (
    NameTaken,
    NoRoom,
    OverQuota,
    UploadInvalid,
    UploadLocked,
    UploadNotFound,
    VolumeUnavailable,
)
from tests.worker.jobs.crash import killed_at
from worker.jobs.space import Space
from worker.media.volume import Volume
from worker.uploads import folder as folders
from worker.uploads import placing, store, writing
from worker.uploads.checksum import Checksum
from worker.uploads.room import Room
from worker.uploads.shelf import key_of
from worker.uploads.store import Part, Upload, Uploads
from worker.uploads.tidying import tidy

FILM = bytes(range(256)) * 4


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    volume = Volume(tmp_path / "media")
    return Uploads(volume, Room(volume, Space()), keep=timedelta(hours=24))


def folder_of(uploads: Uploads, upload: Upload, tenant: str = "") -> Path:
    return uploads.volume.uploads_of(tenant) / key_of(upload.name)


def left_in(uploads: Uploads, tenant: str = "") -> set[str]:
    return {path.name for path in uploads.volume.uploads_of(tenant).iterdir()} - {".lock"}


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


# --- who may write


class Held:
    """A part that is being written in another thread until it is let go."""

    def __init__(self, uploads: Uploads, upload: Upload, *first: bytes) -> None:
        self.has_begun, self.may_end = threading.Event(), threading.Event()
        self.is_silent = threading.Event()
        self.error: Exception | None = None
        self._first = first

        def write() -> None:
            try:
                uploads.append("", upload.upload_id, Part(0, self._blocks()))
            except Exception as error:  # noqa: BLE001 - looked at by the test
                self.error = error

        self.thread = threading.Thread(target=write)
        self.thread.start()
        self.has_begun.wait(30)

    def _blocks(self) -> Iterator[bytes]:
        yield from self._first
        self.has_begun.set()
        while not self.may_end.wait(0.01):
            if self.is_silent.is_set():
                yield b""

    def end(self) -> None:
        self.may_end.set()
        self.thread.join()


def test_nobody_writes_beside_a_client_that_is_sending(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    held = Held(uploads, upload, b"abc")
    try:
        monkeypatch.setattr(folders, "LOCK_SECONDS", 0.1)
        with pytest.raises(UploadLocked):
            uploads.append("", upload.upload_id, Part(3, [b"x"]))
        with pytest.raises(UploadLocked):
            uploads.terminate("", upload.upload_id)
        assert uploads.look("", upload.upload_id).offset == 3
    finally:
        held.end()
    # Nobody waits any more, so nobody is in the way of the next one either.
    assert held.error is None
    assert not (folder_of(uploads, upload) / "wanted").exists()
    assert uploads.append("", upload.upload_id, Part(3, [b"x"])).offset == 4


def test_a_silent_client_gives_way_and_keeps_what_it_sent(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    held = Held(uploads, upload, b"abc")
    held.is_silent.set()
    try:
        assert uploads.append("", upload.upload_id, Part(3, [b"defg"])).offset == 7
    finally:
        held.end()
    assert isinstance(held.error, UploadLocked)


def test_what_is_not_verified_yet_does_not_count(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    uploads.append("", upload.upload_id, Part(0, [b"abc"]))
    seen: list[int] = []

    def blocks() -> Iterator[bytes]:
        yield b"defg"
        seen.append(uploads.look("", upload.upload_id).offset)

    digest = bytes.fromhex("bd12ad61b5b8c5ea3e21d3a85e8e8b8b")
    with pytest.raises(Exception, match="not what was sent"):
        uploads.append("", upload.upload_id, Part(3, blocks(), checksum=Checksum("md5", digest)))
    assert seen == [3]
    assert uploads.look("", upload.upload_id).offset == 3


# --- how much may come


def test_what_is_written_is_stopped_at_the_reserve_and_kept(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SYNC_BYTES", 100)
    free = [10_000, 10_000, 10_000, 50]

    def look(_: int) -> int:
        return free.pop(0) if len(free) > 1 else free[0]

    tight = replace(uploads, room=Room(uploads.volume, Space(reserve_bytes=100, look=look)))
    upload = tight.create("", "a.mp4", len(FILM))
    with pytest.raises(NoRoom):
        tight.append("", upload.upload_id, Part(0, [FILM[:100], FILM[100:200], FILM[200:300]]))
    assert uploads.look("", upload.upload_id).offset == 200
    done = uploads.append("", upload.upload_id, Part(200, [FILM[200:]]))
    assert done.is_finished
    assert (uploads.volume.sources / "a.mp4").read_bytes() == FILM


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_volume_is_said_and_costs_nothing_that_arrived(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    real = os.pwrite

    def full(descriptor: int, data: bytes, position: int) -> int:
        if position >= 10:
            raise OSError(number, "full")
        return real(descriptor, data[: 10 - position], position)

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(NoRoom):
            uploads.append("", upload.upload_id, Part(0, [FILM]))
    assert uploads.look("", upload.upload_id).offset == 10
    uploads.append("", upload.upload_id, Part(10, [FILM[10:]]))
    assert (uploads.volume.sources / "a.mp4").read_bytes() == FILM


def test_an_announced_part_that_does_not_fit_is_not_begun(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    room = Room(uploads.volume, Space(reserve_bytes=100, look=lambda _: 599))
    tight = replace(uploads, room=room)

    blocks = iter([FILM[:500]])
    with pytest.raises(NoRoom):
        tight.append("", upload.upload_id, Part(0, blocks, announced=500))
    # Nothing of it was taken.
    assert next(blocks) == FILM[:500]


def test_an_upload_of_unknown_length_ends_at_the_quota(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SYNC_BYTES", 100)
    bounded = replace(uploads, room=Room(uploads.volume, Space(), quota_bytes=250))
    upload = bounded.create("", "a.mp4", None)
    with pytest.raises(OverQuota):
        bounded.append("", upload.upload_id, Part(0, [FILM[:100]] * 5))
    assert uploads.look("", upload.upload_id).offset == 300
    with pytest.raises(OverQuota):
        bounded.append("", upload.upload_id, Part(300, [], length=301))


def test_a_quota_is_never_given_twice(uploads: Uploads) -> None:
    bounded = replace(uploads, room=Room(uploads.volume, Space(), quota_bytes=500))
    begun: list[str] = []

    def create(number: int) -> None:
        try:
            bounded.create("", f"cam-{number}.mp4", 100)
        except OverQuota:
            return
        begun.append("begun")

    threads = [threading.Thread(target=create, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 5


def test_sources_of_others_and_folders_within_are_counted_rightly(uploads: Uploads) -> None:
    sources = uploads.volume.sources
    for name, size in (("a.mp4", 100), ("day 1/b.mp4", 50), ("~acme/c.mp4", 1000)):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_bytes(b"x" * size)
    (sources / "link.mp4").symlink_to(sources / "~acme" / "c.mp4")
    room = Room(uploads.volume, Space(), quota_bytes=1100)
    room.require_quota("", 950)
    room.require_quota("acme", 100)
    for tenant, more in (("", 951), ("acme", 101)):
        with pytest.raises(OverQuota, match="GB"):
            room.require_quota(tenant, more)


# --- until when


def test_what_nobody_goes_on_with_is_removed_and_its_name_is_free(uploads: Uploads) -> None:
    for tenant in ("", "acme"):
        upload = uploads.create(tenant, "a.mp4", len(FILM))
        uploads.append(tenant, upload.upload_id, Part(0, [b"abc"]))
        data = folder_of(uploads, upload, tenant) / "data"
        age(data, 24 * 3600 - 60)
        assert tidy(uploads) == 0
        assert uploads.look(tenant, upload.upload_id).offset == 3
        age(data, 24 * 3600 + 1)
        with pytest.raises(UploadNotFound):
            uploads.look(tenant, upload.upload_id)
        assert tidy(uploads) == 1
        assert left_in(uploads, tenant) - {"~acme"} == set()
        uploads.create(tenant, "a.mp4", 10)


def test_a_name_is_free_at_once_when_its_upload_has_expired(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    age(folder_of(uploads, upload) / "data", 25 * 3600)
    again = uploads.create("", "a.mp4", 10)
    assert uploads.look("", again.upload_id).length == 10


def test_an_upload_whose_address_was_lost_keeps_its_name_for_a_minute(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    data = folder_of(uploads, upload) / "data"
    age(data, store.FORSAKEN_SECONDS - 10)
    with pytest.raises(NameTaken):
        uploads.create("", "a.mp4", 10)
    age(data, store.FORSAKEN_SECONDS + 1)
    uploads.create("", "a.mp4", 10)
    with pytest.raises(UploadNotFound):
        uploads.look("", upload.upload_id)


def test_one_that_something_was_sent_into_keeps_its_name(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    uploads.append("", upload.upload_id, Part(0, [b"a"]))
    age(folder_of(uploads, upload) / "data", 3600)
    with pytest.raises(NameTaken):
        uploads.create("", "a.mp4", 10)


def test_a_name_whose_source_was_taken_away_is_free(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", 3)
    uploads.append("", upload.upload_id, Part(0, [b"abc"]))
    with pytest.raises(NameTaken):
        uploads.create("", "a.mp4", 3)
    (uploads.volume.sources / "a.mp4").unlink()
    uploads.create("", "a.mp4", 3)


def test_what_is_held_is_not_swept_away(uploads: Uploads) -> None:
    upload = uploads.create("", "a.mp4", len(FILM))
    held = Held(uploads, upload, b"abc")
    try:
        age(folder_of(uploads, upload) / "data", 25 * 3600)
        assert tidy(uploads) == 0
    finally:
        held.end()
    assert held.error is None


def test_half_made_and_half_removed_uploads_are_cleared(uploads: Uploads) -> None:
    uploads.create("", "a.mp4", 10)
    base = uploads.volume.uploads
    for name in (".new-young", ".new-old", ".gone-1"):
        (base / name).mkdir()
        (base / name / "data").write_bytes(b"x")
    age(base / ".new-old", 7200)
    assert tidy(uploads) == 2
    assert left_in(uploads) == {".new-young", key_of("a.mp4")}


def test_a_volume_without_uploads_has_nothing_to_tidy(uploads: Uploads) -> None:
    assert tidy(uploads) == 0


# --- how it becomes a source


def test_a_source_that_came_meanwhile_is_never_replaced(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, by_link in enumerate((False, True)):
        name = f"{number}.mp4"
        if by_link:
            monkeypatch.setattr(placing, "_renamed", lambda *_: False)
        upload = uploads.create("", name, 3)
        (uploads.volume.sources / name).write_bytes(b"precious")
        with pytest.raises(NameTaken):
            uploads.append("", upload.upload_id, Part(0, [b"abc"]))
        assert (uploads.volume.sources / name).read_bytes() == b"precious"
        assert tidy(uploads) == 0


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EPERM])
def test_a_file_system_that_cannot_rename_so_gets_a_link(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    import ctypes

    def refuse(*_: Any) -> int:
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(placing, "_renameat2", lambda: refuse)
    upload = uploads.create("", "a.mp4", 3)
    assert uploads.append("", upload.upload_id, Part(0, [b"abc"])).is_finished
    assert (uploads.volume.sources / "a.mp4").stat().st_nlink == 1


def test_the_data_is_durable_before_its_name_and_the_name_before_the_answer(
    uploads: Uploads,
) -> None:
    upload = uploads.create("", "a.mp4", 3)
    with killed_at(None, [(placing, "_renamed")]) as happened:
        uploads.append("", upload.upload_id, Part(0, [b"abc"]))
    durable = [call for call in happened if call in ("fsync", "_renamed")]
    assert durable[-3:] == ["_renamed", "fsync", "fsync"]
    assert durable[:-3]
    assert set(durable[:-3]) == {"fsync"}


def test_a_folder_of_sources_elsewhere_is_said_before_anything_is_sent(
    uploads: Uploads, tmp_path: Path
) -> None:
    # A file system of its own on every machine that this runs on; nothing is to be written there.
    elsewhere = Path("/proc")
    assert elsewhere.stat().st_dev != tmp_path.stat().st_dev
    uploads.volume.base.mkdir()
    uploads.volume.sources.symlink_to(elsewhere)
    with pytest.raises(VolumeUnavailable):
        uploads.create("", "a.mp4", 3)


def test_both_folders_may_be_links(uploads: Uploads, tmp_path: Path) -> None:
    uploads.volume.base.mkdir()
    for name in ("sources", "uploads"):
        (tmp_path / "large disk" / name).mkdir(parents=True)
        (uploads.volume.base / name).symlink_to(tmp_path / "large disk" / name)
    upload = uploads.create("", "a.mp4", 3)
    assert uploads.append("", upload.upload_id, Part(0, [b"abc"])).is_finished
    assert (tmp_path / "large disk" / "sources" / "a.mp4").read_bytes() == b"abc"


def test_the_store_itself_takes_no_other_name(uploads: Uploads) -> None:
    for name in ("../a.mp4", "a/b.mp4", ".a.mp4", "~b.mp4", "a.txt"):
        with pytest.raises(UploadInvalid):
            uploads.create("", name, 3)
