from __future__ import annotations

from email.utils import formatdate
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from export_service.download import (
    NAME_BYTES,
    NAME_CHARACTERS,
    attachment_name,
    disposition_options,
)
from tests.export_service.fakes import FakeDoor, config

CONTENT = bytes(range(256)) * 1000
SIZE = len(CONTENT)
URL = "/api/export/export-1/download"


@pytest.fixture
def file(web: FlaskClient, door: FakeDoor, tmp_path: Path) -> Path:
    path = tmp_path / "output.mp4"
    path.write_bytes(CONTENT)
    web.post("/api/export", json=config())
    door.complete("export-1", path)
    return path


@pytest.fixture
def etag(web: FlaskClient, file: Path) -> str:
    return web.head(URL).headers["ETag"]


def test_the_whole_file_comes_with_what_a_client_needs_to_go_on(
    web: FlaskClient, file: Path
) -> None:
    answer = web.get(URL)
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Content-Length"] == str(SIZE)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Last-Modified"] == formatdate(file.stat().st_mtime, usegmt=True)
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="My Podcast Episode 12.mp4"; '
        "filename*=UTF-8''My%20Podcast%20Episode%2012.mp4"
    )


def test_head_says_the_same_without_the_file(web: FlaskClient, file: Path) -> None:
    told, fetched = web.head(URL), web.get(URL)
    assert (told.status_code, told.data) == (200, b"")
    aside = {"X-Request-Id"}
    assert {k: v for k, v in told.headers if k not in aside} == {
        k: v for k, v in fetched.headers if k not in aside
    }


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, SIZE),
        ("bytes=1000-1999", 1000, 2000),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        (f"bytes=1000-{SIZE * 9}", 1000, SIZE),
        ("bytes=-500", SIZE - 500, SIZE),
        (f"bytes=-{SIZE}", 0, SIZE),
        (f"bytes=-{SIZE * 9}", 0, SIZE),
        ("BYTES=5-9", 5, 10),
    ],
)
@pytest.mark.usefixtures("file")
def test_a_range_is_answered_with_that_part(
    web: FlaskClient, asked: str, start: int, stop: int
) -> None:
    answer = web.get(URL, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.data == CONTENT[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer.headers["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE * 2}-{SIZE * 3}"])
@pytest.mark.usefixtures("file")
def test_a_range_beyond_the_end_is_416_and_tells_the_size(web: FlaskClient, asked: str) -> None:
    answer = web.get(URL, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert answer.get_json(force=True)["code"] == "range_not_satisfiable"


@pytest.mark.parametrize(
    "asked",
    [
        *("bytes=0-1,5-6", "bytes=0-1,0-1", "bytes=0-0,-1", "bytes=9-3", "bytes=x-", "bytes"),
        *("lines=0-5", "bytes=-0", "bytes=" + "9" * 5000 + "-"),
    ],
)
@pytest.mark.usefixtures("file")
def test_several_ranges_or_odd_ones_are_answered_with_the_whole_file(
    web: FlaskClient, asked: str
) -> None:
    answer = web.get(URL, headers={"Range": asked})
    assert (answer.status_code, len(answer.data)) == (200, SIZE)


def test_if_range_guards_a_part_of_another_file(web: FlaskClient, file: Path, etag: str) -> None:
    modified = formatdate(file.stat().st_mtime, usegmt=True)
    for known in (etag, modified):
        answer = web.get(URL, headers={"Range": "bytes=5-9", "If-Range": known})
        assert (answer.status_code, answer.data) == (206, CONTENT[5:10])
    for stale in ('"other"', "Sat, 01 Jan 2000 00:00:00 GMT", "nonsense"):
        answer = web.get(URL, headers={"Range": "bytes=5-9", "If-Range": stale})
        assert (answer.status_code, len(answer.data)) == (200, SIZE)


def test_a_file_that_the_client_has_is_304(web: FlaskClient, file: Path, etag: str) -> None:
    modified = formatdate(file.stat().st_mtime, usegmt=True)
    for known in (
        {"If-None-Match": etag},
        {"If-None-Match": "*"},
        {"If-None-Match": f'"x", W/{etag}'},
        {"If-Modified-Since": modified},
        {"If-None-Match": etag, "Range": "bytes=5-9"},
    ):
        answer = web.get(URL, headers=known)
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert web.get(URL, headers={"If-None-Match": '"other"'}).status_code == 200


def test_if_match_of_another_file_is_412(web: FlaskClient, etag: str) -> None:
    for range_header in ({}, {"Range": "bytes=5-9"}):
        answer = web.get(URL, headers={"If-Match": '"other"', **range_header})
        assert answer.status_code == 412
        assert answer.get_json(force=True)["code"] == "precondition_failed"
    assert web.get(URL, headers={"If-Match": "*", "Range": "bytes=5-9"}).status_code == 206
    assert web.get(URL, headers={"If-Match": etag}).status_code == 200


def test_another_file_under_the_same_id_has_another_etag(
    web: FlaskClient, file: Path, etag: str
) -> None:
    file.write_bytes(CONTENT[::-1])
    assert web.head(URL).headers["ETag"] != etag


def test_a_file_that_vanishes_in_the_moment_is_409(web: FlaskClient, file: Path) -> None:
    file.unlink()
    assert web.get(URL).status_code == 409


def test_an_empty_file_is_an_empty_file(web: FlaskClient, file: Path) -> None:
    file.write_bytes(b"")
    for asked in ({}, {"Range": "bytes=0-"}, {"Range": "bytes=-5"}):
        answer = web.get(URL, headers=asked)
        assert (answer.status_code, answer.data) == (200, b"")


NASTY_TITLES = {
    'say "hi"': "say 'hi'.mp4",
    "a\r\nSet-Cookie: x=1": "a Set-Cookie- x=1.mp4",
    "../../etc/passwd": "-..-etc-passwd.mp4",
    "C:\\temp\\x": "C--temp-x.mp4",
    "": "export.mp4",
    " .. . ": "export.mp4",
    "NUL": "_NUL.mp4",
    "com1.backup": "_com1.backup.mp4",
    "console": "console.mp4",
    "evil\u202egpj.exe": "evilgpj.exe.mp4",
    "Folge 3 🎬 Größe": "Folge 3 🎬 Größe.mp4",
    "família 👩\u200d👩\u200d👧": "família 👩\u200d👩\u200d👧.mp4",
    "日本語のタイトル": "日本語のタイトル.mp4",
    "\x00\x1b[31mred": "[31mred.mp4",
    'a"; filename="evil.exe': "a'; filename='evil.exe.mp4",
    "-rf *": "-rf.mp4",
    "100%": "100%.mp4",
}


@pytest.mark.parametrize(("title", "name"), NASTY_TITLES.items())
def test_a_title_becomes_a_name_that_is_safe_everywhere(title: str, name: str) -> None:
    assert attachment_name(title, ".mp4") == name


@settings(deadline=None)  # other work on the machine is no fault of a name
@given(st.text(alphabet=st.characters(), max_size=400), st.sampled_from([".mp4", ".webm"]))
def test_any_title_becomes_one_short_visible_name(title: str, suffix: str) -> None:
    name = attachment_name(title, suffix)
    assert name.endswith(suffix)
    assert name != suffix
    assert len(name) <= NAME_CHARACTERS
    assert len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('/\\:|"<>*?\r\n\0')
    assert name == name.strip(" .")
    assert attachment_name(name.removesuffix(suffix), suffix) == name


@settings(deadline=None)  # other work on the machine is no fault of a name
@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_name_survives_the_header(title: str) -> None:
    name = attachment_name(title, ".mp4")
    options = disposition_options(name)
    fallback = options["filename"]
    assert fallback.isascii()
    assert fallback.isprintable()
    assert not set(fallback) & set('/\\:|"<>*?%')
    assert fallback.endswith(".mp4")
    assert len(fallback) > 4
    header = f"attachment; filename*={options['filename*']}"
    assert header.isascii()
    assert header.isprintable()
    assert parse_options_header(header) == ("attachment", {"filename": name})


def test_no_title_can_add_a_header_or_a_parameter(
    web: FlaskClient, door: FakeDoor, tmp_path: Path
) -> None:
    (path := tmp_path / "output.webm").touch()
    for number, title in enumerate([*NASTY_TITLES, "x" * 300, "🎬" * 300]):
        posted = web.post("/api/export", json=config(id=f"e{number}", projectName=title))
        assert posted.status_code == 202, title
        door.complete(f"e{number}", path)
        answer = web.get(f"/api/export/e{number}/download")
        assert answer.status_code == 200, title
        assert answer.mimetype == "video/webm"
        assert "Set-Cookie" not in answer.headers
        kind, options = parse_options_header(answer.headers["Content-Disposition"])
        assert kind == "attachment"
        assert set(options) == {"filename"}
        assert options["filename"] == attachment_name(title, ".webm")
