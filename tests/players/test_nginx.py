"""What a client finds that fetches a programme from nginx: the same as from the service itself."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.players.nginx import fronted

CONTENT = bytes(range(256)) * 4000
SIZE = len(CONTENT)
URL = "/api/export/done/download"
#: Of the answer to a download: what the contract promises.
PROMISED = (
    "Content-Type",
    "Content-Length",
    "Content-Range",
    "Content-Disposition",
    "Accept-Ranges",
    "ETag",
    "Last-Modified",
)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class House:
    front: int
    behind: int

    def ask(self, method: str = "GET", **headers: str) -> Answer:
        return _ask(self.front, method, {k.replace("_", "-"): v for k, v in headers.items()})


def _ask(port: int, method: str, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, URL, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return Answer(answer.status, answer.headers, body)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("media")
    file = folder / "exports" / "t~an export of 100%" / "output.mp4"
    file.parent.mkdir(parents=True)
    file.write_bytes(CONTENT)
    with fronted(folder, file, "x-accel") as (front, behind):
        yield House(front, behind)


def test_nginx_sends_the_file_and_the_service_only_says_which(house: House) -> None:
    behind = _ask(house.behind, "GET", {})
    assert behind.body == b""
    assert behind.headers["X-Accel-Redirect"] == "/_exports/t~an%20export%20of%20100%25/output.mp4"
    answer = house.ask(X_Request_Id="the-one")
    assert (answer.status, answer.body) == (200, CONTENT)
    assert answer.headers["X-Request-Id"] == "the-one"
    assert answer.headers["X-Accel-Redirect"] is None
    for name, value in {
        "Content-Type": "video/mp4",
        "Content-Length": str(SIZE),
        "Accept-Ranges": "bytes",
        "ETag": behind.headers["ETag"],
        "Last-Modified": behind.headers["Last-Modified"],
        "Content-Disposition": behind.headers["Content-Disposition"],
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": behind.headers["Content-Security-Policy"],
        "Referrer-Policy": "no-referrer",
    }.items():
        assert answer.headers[name] == value, name


def test_head_says_the_same_without_the_file(house: House) -> None:
    told, fetched = house.ask("HEAD"), house.ask()
    assert (told.status, told.body) == (200, b"")
    for name in PROMISED:
        assert told.headers[name] == fetched.headers[name], name


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=1000-1999", 1000, 2000),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-500", SIZE - 500, SIZE),
        (f"bytes=-{SIZE * 9}", 0, SIZE),
    ],
)
def test_a_range_is_answered_with_that_part(
    house: House, asked: str, start: int, stop: int
) -> None:
    answer = house.ask(Range=asked)
    assert (answer.status, answer.body) == (206, CONTENT[start:stop])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"


def test_a_range_beyond_the_end_is_416_and_tells_the_size(house: House) -> None:
    answer = house.ask(Range=f"bytes={SIZE}-")
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert b"range_not_satisfiable" in answer.body


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=0-5"])
def test_several_ranges_or_other_units_are_answered_with_the_whole_file(
    house: House, asked: str
) -> None:
    answer = house.ask(Range=asked)
    assert (answer.status, answer.body) == (200, CONTENT)


def test_conditions_hold_against_the_same_validators(house: House) -> None:
    known = house.ask("HEAD").headers
    etag, modified = known["ETag"], known["Last-Modified"]
    for condition in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
        answer = house.ask(**condition)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert house.ask(If_None_Match='"other"').body == CONTENT
    assert house.ask(If_Match='"other"').status == 412
    assert house.ask(If_Match=etag).body == CONTENT
    for same in (etag, modified):
        assert house.ask(Range="bytes=5-9", If_Range=same).body == CONTENT[5:10]
    assert house.ask(Range="bytes=5-9", If_Range='"other"').body == CONTENT


def test_the_folder_of_all_exports_is_nobodys_to_ask_for(house: House) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", house.front, timeout=30)
    connection.request("GET", "/_exports/t~an%20export%20of%20100%25/output.mp4")
    assert connection.getresponse().status == 404
    connection.close()
