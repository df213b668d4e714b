"""A kill between any two system calls costs no acknowledged byte, and makes no half file."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from config_schema.errors import (
    ChecksumMismatch,
    NameTaken,
    OffsetWrong,
    UploadBroken,
    UploadFinished,
    UploadNotFound,
)
from tests.worker.jobs.crash import Killed, killed_at
from worker.jobs.space import Space
from worker.media.volume import Volume
from worker.uploads import placing
from worker.uploads.checksum import Checksum, hasher
from worker.uploads.room import Room
from worker.uploads.shelf import key_of
from worker.uploads.store import Part, Uploads
from worker.uploads.tidying import tidy

#: What an upload does beside a job's calls.
CALLS: list[tuple[Any, str]] = [
    *((os, "pwrite"), (os, "ftruncate"), (os, "link")),
    (placing, "_renamed"),
]
NAMES = ("a.mp4", "b.mp4")
LENGTH = 30
BY_HAND = b"by hand"


def uploads_in(base: Path) -> Uploads:
    volume = Volume(base)
    return Uploads(volume, Room(volume, Space()), timedelta(hours=24))


def part_of(
    film: bytes, start: int, end: int, how: str = "plain", length: int | None = None
) -> Part:
    body = film[start:end]
    blocks: Iterable[bytes] = [body[:3], b"", body[3:]]
    if how == "breaks":
        blocks = breaking(body[:-1])
    checksum = None
    if how in ("right", "wrong"):
        seen = hasher("md5")
        seen.update(body if how == "right" else body + b"?")
        checksum = Checksum("md5", seen.digest())
    return Part(start, blocks, length=length, checksum=checksum)


def breaking(body: bytes) -> Iterator[bytes]:
    yield body
    raise UploadBroken


@dataclass
class Known:
    """An upload whose address was told: its bytes, and how many of them may be there."""

    upload_id: str
    name: str
    film: bytes
    low: int = 0
    high: int = 0
    may_be_gone: bool = False


class UploadMachine(RuleBasedStateMachine):
    """Any sequence of verbs, each perhaps killed half way, against plain bytes in memory."""

    names = st.sampled_from(NAMES)
    steps = st.one_of(st.none(), st.integers(0, 15))

    @initialize(by_link=st.booleans())
    def begin(self, by_link: bool) -> None:
        self.patch = pytest.MonkeyPatch()
        if by_link:
            # As on a file system that cannot rename without replacing.
            self.patch.setattr(placing, "_renamed", lambda *_: False)
        self.base = Path(tempfile.mkdtemp())
        self.uploads = uploads_in(self.base)
        self.sources = self.uploads.volume.sources
        self.sources.mkdir()
        self.known: list[Known] = []
        self.films: dict[str, set[bytes]] = {name: set() for name in NAMES}
        self.by_hand: set[str] = set()
        #: Names that may be taken by uploads whose creation was killed.
        self.haunted: set[str] = set()
        self.count = 0

    def teardown(self) -> None:
        if not hasattr(self, "base"):
            return
        try:
            self.end_all()
        finally:
            self.patch.undo()
            shutil.rmtree(self.base)

    def end_all(self) -> None:
        """Whatever has happened, every upload that is there can be brought to its end."""
        tidy(self.uploads)
        for upload in list(self.known):
            self.look(upload)
        for upload in self.known:
            part = part_of(upload.film, upload.low, LENGTH, length=LENGTH)
            try:
                self.uploads.append("", upload.upload_id, part)
            except NameTaken:
                assert (self.sources / upload.name).read_bytes() == BY_HAND
            else:
                came = self.sources / upload.name
                assert not came.exists() or came.read_bytes() in self.films[upload.name]

    def killed(self, step: int | None, work: Callable[[], object]) -> bool:
        try:
            with killed_at(step, CALLS):
                work()
        except Killed:
            return True
        return False

    def look(self, upload: Known) -> None:
        try:
            stands = self.uploads.look("", upload.upload_id)
        except UploadNotFound:
            assert upload.may_be_gone
            self.known.remove(upload)
            return
        except NameTaken:
            assert upload.high == LENGTH
            assert (self.sources / upload.name).read_bytes() == BY_HAND
            upload.low = upload.high
            return
        assert upload.low <= stands.offset <= upload.high
        upload.low = upload.high = stands.offset
        if not stands.is_finished:
            data = self.uploads.volume.uploads / key_of(upload.name) / "data"
            assert data.read_bytes()[: stands.offset] == upload.film[: stands.offset]

    @rule(name=names, is_known=st.booleans(), step=steps)
    def create(self, name: str, is_known: bool, step: int | None) -> None:
        self.count += 1
        film = random.Random(self.count).randbytes(LENGTH)
        made: list[Known] = []

        def work() -> None:
            upload = self.uploads.create("", name, LENGTH if is_known else None)
            made.append(Known(upload.upload_id, name, film))

        try:
            died = self.killed(step, work)
        except NameTaken:
            is_taken = (self.sources / name).exists() or name in self.haunted
            assert is_taken or any(upload.name == name for upload in self.known)
            return
        if died:
            self.haunted.add(name)
        if died or made:
            # One that is a source, or was, is forgotten where its name is taken anew.
            for upload in self.known:
                upload.may_be_gone |= upload.name == name and upload.high == LENGTH
        if made:
            self.films[name].add(film)
            self.known.append(made[0])

    @rule(
        number=st.integers(0, 5),
        end=st.integers(1, LENGTH),
        how=st.sampled_from(["plain", "breaks", "right", "wrong"]),
        step=steps,
    )
    def append(self, number: int, end: int, how: str, step: int | None) -> None:
        if not self.known:
            return
        upload = self.known[number % len(self.known)]
        self.look(upload)
        if upload not in self.known or upload.low >= end:
            return
        start = upload.low
        part = part_of(upload.film, start, end, how, LENGTH)
        counts = {"plain": end, "right": end, "wrong": start, "breaks": end - 1}[how]
        try:
            died = self.killed(step, lambda: self.uploads.append("", upload.upload_id, part))
        except (ChecksumMismatch, UploadBroken):
            assert how in ("wrong", "breaks")
            died = False
        except NameTaken:
            assert (end, (self.sources / upload.name).read_bytes()) == (LENGTH, BY_HAND)
            died = False
        else:
            assert died or how in ("plain", "right")
        if died:
            upload.high = max(start, counts)
        else:
            upload.low = upload.high = counts

    @rule(number=st.integers(0, 5), offset=st.integers(0, LENGTH))
    def append_elsewhere(self, number: int, offset: int) -> None:
        if not self.known:
            return
        upload = self.known[number % len(self.known)]
        if upload.low <= offset <= upload.high:
            return
        with pytest.raises((OffsetWrong, UploadNotFound)) as refused:
            self.uploads.append("", upload.upload_id, Part(offset, [b"x"]))
        assert upload.may_be_gone or refused.type is OffsetWrong

    @rule(number=st.integers(0, 5), step=steps)
    def terminate(self, number: int, step: int | None) -> None:
        if not self.known:
            return
        upload = self.known[number % len(self.known)]
        try:
            self.killed(step, lambda: self.uploads.terminate("", upload.upload_id))
        except UploadFinished:
            assert upload.high == LENGTH
        except UploadNotFound:
            assert upload.may_be_gone
        else:
            upload.may_be_gone = True

    @rule(step=steps)
    def sweep(self, step: int | None) -> None:
        self.killed(step, lambda: tidy(self.uploads))

    @rule(name=names)
    def let_expire(self, name: str) -> None:
        with suppress(FileNotFoundError):
            folder = self.uploads.volume.uploads / key_of(name)
            is_finished = not (folder / "data").exists()
            os.utime(folder if is_finished else folder / "data", (1, 1))
            for upload in self.known:
                upload.may_be_gone |= upload.name == name
        tidy(self.uploads)
        self.haunted.discard(name)

    @rule(name=names)
    def put_by_hand(self, name: str) -> None:
        if not (self.sources / name).exists():
            (self.sources / name).write_bytes(BY_HAND)
            self.by_hand.add(name)

    @rule(name=names)
    def take_away(self, name: str) -> None:
        (self.sources / name).unlink(missing_ok=True)
        self.by_hand.discard(name)

    @invariant()
    def every_source_is_whole(self) -> None:
        if not hasattr(self, "base"):
            return
        for source in self.sources.iterdir():
            assert source.read_bytes() in {BY_HAND, *self.films[source.name]}
        for name in self.by_hand:
            assert (self.sources / name).read_bytes() == BY_HAND


UploadMachine.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestUploadMachine = UploadMachine.TestCase


@pytest.mark.parametrize(("how", "left"), [("plain", [10, 13, LENGTH]), ("right", [10, LENGTH])])
@pytest.mark.parametrize("by_link", [False, True])
def test_a_kill_at_any_step_of_the_last_part_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_link: bool, how: str, left: list[int]
) -> None:
    if by_link:
        monkeypatch.setattr(placing, "_renamed", lambda *_: False)
    film = random.Random(1).randbytes(LENGTH)
    seen, step, is_over = [], 0, False
    while not is_over:
        uploads = uploads_in(tmp_path / str(step))
        upload = uploads.create("", "a.mp4", LENGTH)
        uploads.append("", upload.upload_id, part_of(film, 0, 10))
        try:
            with killed_at(step, CALLS):
                uploads.append("", upload.upload_id, part_of(film, 10, LENGTH, how))
            is_over = True
        except Killed:
            pass
        source = uploads.volume.sources / "a.mp4"
        assert not source.exists() or source.read_bytes() == film
        # Whoever asks next finds it finished or goes on.
        stands = uploads.look("", upload.upload_id)
        seen.append(stands.offset)
        if stands.offset < LENGTH:
            uploads.append("", upload.upload_id, part_of(film, stands.offset, LENGTH))
        assert (source.read_bytes(), source.stat().st_nlink) == (film, 1)
        step += 1
    assert step > 5
    # The blocks of the part are three bytes and the rest; with a checksum it is all or nothing.
    assert sorted(set(seen)) == left
    assert seen == sorted(seen)


@pytest.mark.parametrize("by_link", [False, True])
def test_the_sweep_finishes_what_nobody_asks_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_link: bool
) -> None:
    if by_link:
        monkeypatch.setattr(placing, "_renamed", lambda *_: False)
    uploads = uploads_in(tmp_path)
    upload = uploads.create("", "a.mp4", 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "_linked" if by_link else "_renamed", _die)
        with pytest.raises(Killed):
            uploads.append("", upload.upload_id, Part(0, [b"abc"]))
    source = uploads.volume.sources / "a.mp4"
    assert not source.exists()
    assert tidy(uploads) == 1
    assert (source.read_bytes(), source.stat().st_nlink) == (b"abc", 1)
    assert tidy(uploads) == 0


def _die(*_: object) -> None:
    raise Killed
