"""No config reaches a file that was not put there as a source."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from config_schema.errors import SourceFault, SourceMissing, SourceRefused
from worker.media import beneath, resolve
from worker.media.beneath import OpenBeneath, by_openat2, by_walking, has_openat2, open_beneath
from worker.media.resolve import SourceRoots, check_source, open_source

SECRET = b"another person's film"
SWAPS = 1000
#: The walk is what kernels without the call get; it answers alike.
WAYS = [by_walking, *([by_openat2] if has_openat2() else [])]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__, autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> OpenBeneath:
    chosen: OpenBeneath = request.param
    monkeypatch.setattr(resolve, "open_beneath", chosen)
    return chosen


@pytest.fixture
def roots(tmp_path: Path) -> SourceRoots:
    sources, archive = tmp_path / "sources", tmp_path / "archive"
    for folder in (sources / "day 1", archive, tmp_path / "sources-of-others"):
        folder.mkdir(parents=True)
    (sources / "cam1.mp4").write_bytes(b"camera one")
    (sources / "day 1" / "cäm 2 'final' 🎬.mp4").write_bytes(b"camera two")
    (archive / "old.mov").write_bytes(b"archived")
    (tmp_path / "secret.mp4").write_bytes(SECRET)
    (tmp_path / "sources-of-others" / "x.mp4").write_bytes(SECRET)
    return SourceRoots(base=sources, others=(archive,))


def content(file_path: str, roots: SourceRoots) -> bytes:
    source = open_source(file_path, "Camera 1", roots)
    try:
        assert os.fstat(source.fd).st_size == source.size
        assert not os.get_inheritable(source.fd)
        return os.read(source.fd, 1000)
    finally:
        os.close(source.fd)


def test_a_relative_name_lies_in_the_sources_folder(roots: SourceRoots) -> None:
    assert content("cam1.mp4", roots) == b"camera one"
    assert content("./day 1//cäm 2 'final' 🎬.mp4", roots) == b"camera two"


def test_an_absolute_path_may_lie_in_any_root(roots: SourceRoots) -> None:
    assert content(str(roots.base / "cam1.mp4"), roots) == b"camera one"
    assert content(str(roots.others[0] / "old.mov"), roots) == b"archived"


def test_a_root_may_itself_be_reached_through_a_link(roots: SourceRoots, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(roots.base)
    linked = SourceRoots(base=tmp_path / "link")
    assert content("cam1.mp4", linked) == b"camera one"
    assert content(str(tmp_path / "link" / "cam1.mp4"), linked) == b"camera one"
    assert content(str(roots.base / "cam1.mp4"), linked) == b"camera one"


def test_the_facts_of_the_file_come_from_the_open_file(roots: SourceRoots) -> None:
    source = open_source("cam1.mp4", "Camera 1", roots)
    facts = (roots.base / "cam1.mp4").stat()
    assert (source.name, source.path) == ("Camera 1", roots.base / "cam1.mp4")
    assert (source.size, source.mtime_ns) == (facts.st_size, facts.st_mtime_ns)
    assert (source.device, source.inode) == (facts.st_dev, facts.st_ino)
    os.close(source.fd)


@pytest.mark.parametrize("name", ["cam9.mp4", "day 2/cam1.mp4", "x" * 250 + ".mp4"])
def test_a_file_that_is_not_there_is_missing(roots: SourceRoots, name: str) -> None:
    with pytest.raises(SourceMissing, match="not in the sources folder"):
        check_source(name, roots)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "/", ".", "day 1", "day 1/", "../secret.mp4", "day 1/../../secret.mp4",
        "day 1/..", "..", "http://example.org/a.mp4", "file:cam1.mp4", "concat:cam1.mp4",
        "subfile,,start,0,end,9,,:cam1.mp4", "/etc/passwd", "//etc/passwd", "cam1.mp4/x",
        "cam1.mp4/", "a\0b", "a\nb", "x" * 5000, "x" * 300, "\ud800.mp4",
    ],
)  # fmt: skip
def test_what_is_no_plain_name_of_a_source_is_refused(roots: SourceRoots, name: str) -> None:
    with pytest.raises(SourceFault):
        check_source(name, roots)


def test_a_neighbour_of_a_root_is_no_root(roots: SourceRoots, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="does not lie in the sources folder"):
        check_source(str(tmp_path / "sources-of-others" / "x.mp4"), roots)
    with pytest.raises(SourceRefused):
        check_source(str(tmp_path / "secret.mp4"), roots)
    with pytest.raises(SourceRefused):
        check_source(str(roots.base / ".." / "secret.mp4"), roots)


@pytest.fixture
def listening(roots: SourceRoots) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as server:
        folder = os.open(roots.base, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{folder}/socket.mp4")
        os.close(folder)
        yield


@pytest.mark.usefixtures("listening")
def test_nothing_but_a_plain_file_is_opened_and_nothing_hangs(
    roots: SourceRoots, tmp_path: Path
) -> None:
    base = roots.base
    (base / "link.mp4").symlink_to(tmp_path / "secret.mp4")
    (base / "inner.mp4").symlink_to("cam1.mp4")
    (base / "dangling.mp4").symlink_to("nowhere")
    (base / "linked folder").symlink_to(tmp_path)
    (base / "hard.mp4").hardlink_to(tmp_path / "secret.mp4")
    os.mkfifo(base / "fifo.mp4")
    for name in (
        "link.mp4", "inner.mp4", "dangling.mp4", "linked folder/secret.mp4",
        "linked folder/sources/cam1.mp4", "hard.mp4", "fifo.mp4", "socket.mp4",
    ):  # fmt: skip
        with pytest.raises(SourceRefused) as refused:
            check_source(name, roots)
        assert f'"{name}"' in str(refused.value)


def test_the_sentence_names_the_camera_and_the_file(roots: SourceRoots) -> None:
    with pytest.raises(SourceMissing) as missing:
        open_source("cam9.mp4", "Camera 2", roots)
    assert str(missing.value) == 'Camera 2: "cam9.mp4" is not in the sources folder.'


class Swapped:
    """A name in the sources folder that is a camera's file now and a link to a secret then."""

    def __init__(self, base: Path, secret: Path, name: str) -> None:
        self._path, self._plain, self._link = base / name, base / "plain", base / "link"
        self._secret = secret
        self.swaps = 0

    def be_plain(self) -> None:
        self._plain.write_bytes(b"mine")
        self._plain.rename(self._path)

    def be_link(self) -> None:
        self._link.symlink_to(self._secret)
        self._link.rename(self._path)
        self.swaps += 1


def naive(path: Path, base: Path, between: Callable[[], None]) -> bytes:
    """What most programs do."""
    assert Path(os.path.realpath(path)).is_relative_to(base)
    assert not path.is_symlink()
    between()
    return path.read_bytes()


def test_a_file_swapped_for_a_link_between_look_and_open_never_leaks(
    roots: SourceRoots, tmp_path: Path, way: OpenBeneath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the very instant that realpath-and-then-open loses, each time."""
    swapped = Swapped(roots.base, tmp_path / "secret.mp4", "t.mp4")
    calls = 0

    def interrupted(folder: int, parts: Sequence[str], flags: int) -> int:
        nonlocal calls
        calls += 1
        if calls % 2 == 0:
            swapped.be_link()
        return way(folder, parts, flags)

    monkeypatch.setattr(resolve, "open_beneath", interrupted)
    for _ in range(SWAPS):
        swapped.be_plain()
        with pytest.raises(SourceRefused):
            content("t.mp4", roots)
    assert swapped.swaps == SWAPS
    swapped.be_plain()
    assert naive(roots.base / "t.mp4", roots.base, swapped.be_link) == SECRET


def test_a_folder_swapped_for_a_link_on_the_way_never_leaks(
    roots: SourceRoots, tmp_path: Path, way: OpenBeneath, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "cam.mp4").write_bytes(SECRET)
    mine, link, name = (roots.base / part for part in ("mine", "link", "day 2"))
    mine.mkdir()
    (mine / "cam.mp4").write_bytes(b"mine")
    calls = 0

    def interrupted(folder: int, parts: Sequence[str], flags: int) -> int:
        nonlocal calls
        calls += 1
        if calls % 2 == 0:
            name.rename(mine)
            link.symlink_to(tmp_path / "elsewhere")
            link.rename(name)
        return way(folder, parts, flags)

    monkeypatch.setattr(resolve, "open_beneath", interrupted)
    for _ in range(SWAPS):
        mine.rename(name)
        with pytest.raises(SourceRefused):
            content("day 2/cam.mp4", roots)
        assert (name / "cam.mp4").read_bytes() == SECRET
        name.unlink()


def test_a_file_swapped_for_a_link_at_any_moment_never_leaks(
    roots: SourceRoots, tmp_path: Path
) -> None:
    swapped = Swapped(roots.base, tmp_path / "secret.mp4", "t.mp4")
    ended = threading.Event()

    def swap() -> None:
        while not (ended.is_set() and swapped.swaps >= SWAPS):
            swapped.be_plain()
            swapped.be_link()

    swapper = threading.Thread(target=swap)
    swapper.start()
    seen = set()
    try:
        for _ in range(1500):
            try:
                seen.add(content("t.mp4", roots))
            except SourceFault:
                continue
    finally:
        ended.set()
        swapper.join()
    assert SECRET not in seen


def test_the_kernels_own_call_is_used_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, roots: SourceRoots
) -> None:
    used = []
    for way in (by_openat2, by_walking):

        def noted(folder: int, parts: Sequence[str], flags: int, way: OpenBeneath = way) -> int:
            used.append(way)
            return way(folder, parts, flags)

        monkeypatch.setattr(beneath, way.__name__, noted)
    monkeypatch.setattr(resolve, "open_beneath", open_beneath)
    for best in WAYS:
        monkeypatch.setattr(beneath, "has_openat2", lambda best=best: best is by_openat2)
        used.clear()
        assert content("cam1.mp4", roots) == b"camera one"
        assert set(used) == {best}


def test_a_container_that_does_not_know_the_call_is_told_by_walking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(beneath, "by_openat2", refused)
    has_openat2.cache_clear()
    try:
        assert not has_openat2()
    finally:
        has_openat2.cache_clear()


def test_no_descriptor_is_left_open(roots: SourceRoots) -> None:
    (roots.base / "hard.mp4").hardlink_to(roots.base / "cam1.mp4")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("cam1.mp4", "nobody.mp4", "day 1/nobody.mp4", "../x", "day 1"):
        for _ in range(20):
            with pytest.raises(SourceFault):
                check_source(name, roots)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
