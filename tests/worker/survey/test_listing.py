"""What lies in a sources folder, told quickly, and each file looked into once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config_schema.errors import (
    ChildCrashed,
    ExportError,
    LookTooSlow,
    RequestRefused,
    SourceUnreadable,
)
from config_schema.source_facts import SourceEntry, SourceFacts, SourcePage
from tests.engine.harness import FAST
from tests.worker.clips import clip
from tests.worker.house import until
from worker.media.resolve import SourceRoots
from worker.media.volume import Volume
from worker.settings import WorkerSettings
from worker.survey import known as known_sources
from worker.survey.known import Key, Known, KnownSources
from worker.survey.lane import Lane, Looker
from worker.survey.listing import Listing
from worker.survey.shelf import paths_in

FACTS = SourceFacts(
    duration=1,
    fps=25,
    has_constant_rate=True,
    frames=25,
    width=2,
    height=2,
    rotation=0,
    codec="h264",
    pixel_format="yuv420p",
    key_frame_interval=None,
    sound=None,
    created_at=None,
)


class Bench(Lane):
    """A lane without children: looks wait here until they are run."""

    def __init__(self) -> None:
        self.looks: list[Callable[[Looker], None]] = []
        self.asked = 0
        self.answers: ExportError | SourceFacts = FACTS
        self.is_full = False

    def run_later(self, look: Callable[[Looker], None]) -> bool:
        if not self.is_full:
            self.looks.append(look)
        return not self.is_full

    def look(self) -> None:
        while self.looks:
            self.looks.pop(0)(self)  # type: ignore[arg-type]  # it asks for `ask` alone

    def ask(self, *_: object) -> bytes:
        self.asked += 1
        if isinstance(self.answers, ExportError):
            raise self.answers
        return self.answers.model_dump_json().encode()


@pytest.fixture
def roots(tmp_path: Path) -> SourceRoots:
    (tmp_path / "sources").mkdir()
    return SourceRoots(tmp_path / "sources", hidden="~")


@pytest.fixture
def bench() -> Bench:
    return Bench()


def listing_of(bench: Lane, tmp_path: Path) -> Listing:
    return Listing(KnownSources(tmp_path / "looks"), bench)


def put(roots: SourceRoots, name: str, content: bytes = b"film", age: float = 1000) -> Path:
    path = roots.base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def only(page: SourcePage) -> SourceEntry:
    (entry,) = page.sources
    return entry


def test_a_second_list_looks_into_nothing(roots: SourceRoots, bench: Bench, tmp_path: Path) -> None:
    put(roots, "day 1/a.mp4")
    first = only(listing_of(bench, tmp_path).page(roots, 50, None))
    assert (first.file_path, first.facts, first.probing) == ("day 1/a.mp4", None, True)
    bench.look()
    # Not even in another process.
    second = only(listing_of(bench, tmp_path).page(roots, 50, None))
    assert (second.facts, second.probing, second.bytes) == (FACTS, False, 4)
    assert (bench.asked, bench.looks) == (1, [])


def test_a_file_is_asked_for_once_however_often_it_is_listed(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "a.mp4")
    listing = listing_of(bench, tmp_path)
    for _ in range(3):
        assert only(listing.page(roots, 50, None)).probing
    assert len(bench.looks) == 1


def test_a_file_that_was_changed_is_looked_into_again(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "a.mp4")
    listing = listing_of(bench, tmp_path)
    listing.page(roots, 50, None)
    bench.look()
    put(roots, "a.mp4", b"another film", age=500)
    assert only(listing.page(roots, 50, None)).probing
    # Changed once more before it was looked into: what was asked for is not there any more.
    put(roots, "a.mp4", b"yet another film", age=400)
    bench.look()
    assert bench.asked == 1
    assert only(listing.page(roots, 50, None)).facts is None


def test_a_file_that_still_grows_is_said_to_and_not_looked_into(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "a.mp4", age=1)
    entry = only(listing_of(bench, tmp_path).page(roots, 50, None))
    assert (entry.growing, entry.probing) == (True, False)
    assert bench.looks == []


def test_what_cannot_be_read_is_listed_with_its_sentence(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "broken.mp4")
    bench.answers = SourceUnreadable("This file has no picture.")
    listing = listing_of(bench, tmp_path)
    listing.page(roots, 50, None)
    bench.look()
    entry = only(listing.page(roots, 50, None))
    assert (entry.error, entry.error_code) == ("This file has no picture.", "source_unreadable")
    assert not entry.probing


def test_what_takes_too_long_is_not_tried_for_ever(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "long.ts")
    bench.answers = LookTooSlow()
    listing = listing_of(bench, tmp_path)
    listing.page(roots, 50, None)
    bench.look()
    assert only(listing.page(roots, 50, None)).error_code == "look_too_slow"
    assert bench.looks == []


def test_what_ends_its_reader_is_said_and_left_alone_for_a_while(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "evil.mp4")
    bench.answers = ChildCrashed()
    listing = listing_of(bench, tmp_path)
    listing.page(roots, 50, None)
    bench.look()
    assert only(listing.page(roots, 50, None)).error_code == "source_unreadable"
    assert bench.looks == []
    # It may not have been the file's fault: another process tries for itself.
    assert only(listing_of(bench, tmp_path).page(roots, 50, None)).probing


def test_a_full_lane_leaves_files_for_the_next_list(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    put(roots, "a.mp4")
    bench.is_full = True
    listing = listing_of(bench, tmp_path)
    entry = only(listing.page(roots, 50, None))
    assert (entry.facts, entry.probing) == (None, False)
    bench.is_full = False
    assert only(listing.page(roots, 50, None)).probing


def test_links_and_devices_are_listed_as_refused(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.mp4").write_bytes(b"secret")
    (roots.base / "folder").symlink_to(outside)
    (roots.base / "link.mp4").symlink_to(outside / "secret.mp4")
    (roots.base / "hard.mp4").hardlink_to(outside / "secret.mp4")
    os.mkfifo(roots.base / "pipe.mp4")
    page = listing_of(bench, tmp_path).page(roots, 50, None)
    assert {entry.file_path for entry in page.sources} == {
        *("folder", "link.mp4", "hard.mp4", "pipe.mp4"),
    }
    assert {entry.error_code for entry in page.sources} == {"source_refused"}
    assert bench.looks == []


def test_what_is_hidden_half_made_or_anothers_is_left_out(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    for name in (".DS_Store", ".hidden/a.mp4", "~acme/a.mp4", "a.mp4.part", "b.mp4.CRDOWNLOAD"):
        put(roots, name)
    put(roots, "shown.mp4")
    assert only(listing_of(bench, tmp_path).page(roots, 50, None)).file_path == "shown.mp4"


def test_a_name_that_is_no_text_is_listed_with_a_sentence(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    (roots.base / os.fsdecode(b"caf\xe9.mp4")).write_bytes(b"film")
    entry = only(listing_of(bench, tmp_path).page(roots, 50, None))
    assert entry.file_path == "caf\N{REPLACEMENT CHARACTER}.mp4"
    assert "rename" in (entry.error or "")
    entry.model_dump_json()


def test_thousands_are_told_page_by_page_each_once(
    roots: SourceRoots, bench: Bench, tmp_path: Path
) -> None:
    names = {f"day {n % 7}/clip {n:04}.mp4" for n in range(3000)}
    for name in names:
        put(roots, name)
    listing = listing_of(bench, tmp_path)
    told: list[str] = []
    cursor: str | None = None
    while True:
        page = listing.page(roots, 200, cursor)
        told += [entry.file_path for entry in page.sources]
        cursor = page.next_cursor
        if cursor is None:
            break
        # What goes and comes meanwhile moves nothing else.
        (roots.base / told[-1]).unlink()
        put(roots, f"a new one/{len(told)}.mp4")
    assert told == sorted(names, key=os.fsencode)
    with pytest.raises(RequestRefused):
        listing.page(roots, 200, "not a cursor!")


def test_no_sources_folder_is_an_empty_list(bench: Bench, tmp_path: Path) -> None:
    page = listing_of(bench, tmp_path).page(SourceRoots(tmp_path / "nothing"), 50, None)
    assert page == SourcePage(sources=(), next_cursor=None)


def test_a_folder_without_end_has_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "a.mp4").touch()
    (tmp_path / "b.mp4").touch()
    assert paths_in(tmp_path) == ["b.mp4"]


def test_what_is_known_takes_bounded_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_sources, "MOST_IN_A_FOLDER", 8)
    known = KnownSources(tmp_path)
    keys = [Key(1, 256, size, 1) for size in range(50)]
    for key in keys:
        known.keep(key, Known(facts=FACTS))
    kept = [key for key in keys if known.find(key) is not None]
    assert len(kept) <= 8
    assert keys[-1] in kept


def test_half_a_record_counts_as_none(tmp_path: Path) -> None:
    known = KnownSources(tmp_path)
    key = Key(1, 2, 3, 4)
    known.keep(key, Known(facts=FACTS))
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(path.read_bytes()[:20])
    assert known.find(key) is None


@pytest.mark.parametrize(
    ("name", "codec", "interval"),
    [
        ("closed.mp4", "h264", 0.8008),
        ("hevc.mov", "hevc", 0.8008),
        ("closed.mkv", "h264", 0.801),
        ("closed.ts", "h264", None),
        ("vp9.mkv", "vp9", 1.335),
    ],
)
def test_a_look_finds_the_facts(
    roots: SourceRoots, tmp_path: Path, name: str, codec: str, interval: float | None
) -> None:
    put(roots, name, clip(name).read_bytes())
    listing = listing_of(Lane(lambda: FAST, tmp_path / "work"), tmp_path)
    until(lambda: only(listing.page(roots, 50, None)).facts)
    facts = only(listing.page(roots, 50, None)).facts
    assert facts is not None
    assert (facts.codec, facts.width, facts.height, facts.frames) == (codec, 128, 72, 180)
    assert facts.fps == pytest.approx(30000 / 1001)
    assert facts.duration == pytest.approx(6.006, abs=0.05)
    assert facts.key_frame_interval == interval
    assert facts.sound is not None
    assert (facts.sound.rate, facts.rotation) == (48_000, 0)


def test_a_tenant_sees_its_own_folder_alone(bench: Bench, tmp_path: Path) -> None:
    settings = WorkerSettings(media_base_path=tmp_path / "media")
    volume = Volume(tmp_path / "media")
    for folder in (volume.sources, volume.sources_of("acme"), volume.sources_of("other")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"of {folder.name}.mp4").write_bytes(b"film")
    listing = listing_of(bench, tmp_path)
    for tenant, name in (("", "of sources.mp4"), ("acme", "of ~acme.mp4")):
        assert only(listing.page(settings.roots_of(tenant), 50, None)).file_path == name
