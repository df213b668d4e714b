"""Finished pieces are found again, the longest unused go first, and nothing else ever breaks."""

from __future__ import annotations

import os
from pathlib import Path

from worker.jobs.piece_cache import FOLDER, PieceCache


def piece(folder: Path, key: str, size: int = 1000) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{key}.mp4"
    path.write_bytes(key.encode() * size)
    path.with_suffix(".json").write_text(f'"{key}"')
    return path


def use_at(exports: Path, key: str, when: float) -> None:
    for path in (exports / FOLDER).glob(f"{key}.*"):
        os.utime(path, (when, when))


def kept(exports: Path) -> set[str]:
    return {path.stem for path in (exports / FOLDER).glob("*.mp4")}


def test_a_piece_kept_is_found_with_its_facts_and_without_a_copy(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, 10**9)
    made = piece(tmp_path / "one", "a")
    wanted = tmp_path / "two" / made.name
    wanted.parent.mkdir()
    assert not cache.fetch(wanted)
    cache.keep([made])
    cache.keep([made])
    assert cache.fetch(wanted)
    assert wanted.samefile(made)
    assert wanted.with_suffix(".json").read_text() == '"a"'
    assert cache.fetch(wanted)


def test_half_a_piece_is_none(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, 10**9)
    made = piece(tmp_path / "one", "a")
    made.with_suffix(".json").unlink()
    cache.keep([made])
    assert not cache.fetch(tmp_path / "one" / "b.mp4")
    wanted = tmp_path / made.name
    assert not cache.fetch(wanted)
    assert not wanted.exists()


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, 2500)
    cache.keep([piece(tmp_path / "one", key) for key in "abc"])
    now = (tmp_path / FOLDER).stat().st_mtime
    for age, key in enumerate("bca"):
        use_at(tmp_path, key, now - 100 + age)
    assert cache.fetch(tmp_path / "b.mp4")
    assert cache.evict() > 0
    assert kept(tmp_path) == {"a", "b"}
    assert cache.evict(needed_bytes=10**9) > 0
    assert kept(tmp_path) == set()


def test_what_nobody_used_for_a_week_goes(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, 10**9)
    cache.keep([piece(tmp_path / "one", key) for key in "ab"])
    now = (tmp_path / FOLDER).stat().st_mtime
    use_at(tmp_path, "a", now - 8 * 86_400)
    cache.evict()
    assert kept(tmp_path) == {"b"}


def test_a_cache_of_no_size_keeps_nothing(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, 0)
    made = piece(tmp_path / "one", "a")
    cache.keep([made])
    assert not cache.fetch(made)
    assert not (tmp_path / FOLDER).exists()
    assert cache.evict() == 0


def test_what_is_remembered_is_recalled_until_it_is_replaced_or_goes(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, 10**9)
    assert cache.recall("a") == b""
    for said in (b"once", b"twice"):
        made = tmp_path / "made"
        made.write_bytes(said)
        cache.remember("a", made)
        assert cache.recall("a") == said
    assert cache.size_bytes() == len(b"twice")
    assert cache.evict() == 0
    os.utime(tmp_path / FOLDER / "a", (0, 0))
    assert cache.evict() == len(b"twice")
    assert cache.recall("a") == b""


def test_a_cache_of_nothing_remembers_nothing(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"once")
    PieceCache(tmp_path, 0).remember("a", made)
    assert not (tmp_path / FOLDER).exists()
    assert PieceCache(tmp_path, 10**9).recall("a") == b""
