"""tus 1.0.0 over HTTP, rule by rule; what lies behind it is tested in tests/worker/uploads."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from config_schema.errors import OverQuota
from export_service import create_app, tus
from export_service.api_keys import known_as, new_key
from export_service.settings import WebSettings
from tests.export_service.checked_client import CheckedClient
from tests.export_service.fakes import FakeDoor
from tests.uploads.sender import ALL, OCTETS, TUS, Sender, named, summed

FILM = bytes(range(256)) * 40


@pytest.fixture
def sender(web: FlaskClient) -> Sender:
    return Sender(web)


@pytest.fixture
def sources(settings: WebSettings) -> Path:
    return settings.volume.sources


def sender_with(settings: WebSettings) -> Sender:
    app = create_app(settings, FakeDoor())
    app.test_client_class = CheckedClient
    return Sender(app.test_client())


# --- the core


def test_a_file_that_is_sent_becomes_a_source(sender: Sender, sources: Path) -> None:
    address = sender.begin(len(FILM), "Kamera 2 – weit 🎬.mp4")
    sent = sender.patch(address, 0, FILM)
    assert (sent.status_code, sent.data) == (204, b"")
    assert sent.headers["Upload-Offset"] == str(len(FILM))
    assert sent.headers["Tus-Resumable"] == "1.0.0"
    (source,) = sources.iterdir()
    assert (source.name, source.read_bytes()) == ("Kamera 2 – weit 🎬.mp4", FILM)
    assert source.stat().st_nlink == 1


def test_nothing_is_a_source_before_the_last_byte(sender: Sender, sources: Path) -> None:
    address = sender.begin(len(FILM))
    sender.patch(address, 0, FILM[:-1])
    assert list(sources.iterdir()) == []
    sender.patch(address, len(FILM) - 1, FILM[-1:])
    assert [source.read_bytes() for source in sources.iterdir()] == [FILM]


def test_head_tells_how_far_it_is_and_is_never_cached(sender: Sender) -> None:
    address = sender.begin(len(FILM))
    sender.patch(address, 0, FILM[:100])
    told = sender.head(address)
    assert told.status_code == 200
    assert told.headers["Upload-Offset"] == "100"
    assert told.headers["Upload-Length"] == str(len(FILM))
    assert told.headers["Upload-Metadata"] == named("cam1.mp4")["Upload-Metadata"]
    assert told.headers["Cache-Control"] == "no-store"
    assert told.data == b""


def test_a_finished_upload_still_says_that_it_is(sender: Sender) -> None:
    address = sender.begin(len(FILM))
    sender.patch(address, 0, FILM)
    told = sender.head(address)
    assert told.headers["Upload-Offset"] == told.headers["Upload-Length"] == str(len(FILM))
    assert sender.patch(address, len(FILM)).status_code == 204
    assert sender.patch(address, len(FILM), b"more").status_code == 413


@pytest.mark.parametrize("offset", [0, 99, 101, 10**17])
def test_bytes_for_another_place_are_refused(sender: Sender, offset: int) -> None:
    address = sender.begin(len(FILM))
    sender.patch(address, 0, FILM[:100])
    refused = sender.patch(address, offset, b"x")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "wrong_offset")
    assert sender.offset(address) == 100


@pytest.mark.parametrize("offset", [None, "", "-1", "+1", "1.0", "0x1", "١", "9" * 19, "0, 0"])
def test_an_offset_that_is_none_is_refused(sender: Sender, offset: str | None) -> None:
    refused = sender.patch(sender.begin(10), 0, b"x", headers={"Upload-Offset": offset})
    assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid_upload")
    assert refused.get_json()["errors"][0]["place"] == "Upload-Offset"


@pytest.mark.parametrize("kind", [None, "video/mp4", "application/octet-stream", ""])
def test_a_body_of_another_type_is_refused(sender: Sender, kind: str | None) -> None:
    address = sender.begin(10)
    refused = sender.patch(address, 0, b"x", headers={"Content-Type": kind})
    assert (refused.status_code, refused.get_json()["code"]) == (415, "not_offset_octets")
    assert sender.offset(address) == 0


def test_more_than_was_announced_is_refused_and_nothing_of_it_kept(sender: Sender) -> None:
    address = sender.begin(10)
    refused = sender.patch(address, 0, b"x" * 11)
    assert (refused.status_code, refused.get_json()["code"]) == (413, "upload_too_large")
    assert sender.offset(address) == 0


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.1", ""])
@pytest.mark.parametrize(
    ("method", "address"), [("POST", ALL), *((m, f"{ALL}/{'0' * 64}") for m in tus.METHODS[:2])]
)
def test_another_version_is_refused_before_anything_else(
    web: FlaskClient, method: str, address: str, version: str | None
) -> None:
    headers = {} if version is None else {"Tus-Resumable": version}
    refused = web.open(address, method=method, headers=headers)
    assert refused.status_code == 412
    assert refused.headers["Tus-Version"] == refused.headers["Tus-Resumable"] == "1.0.0"


@pytest.mark.parametrize("address", [ALL, f"{ALL}/{'0' * 64}"])
def test_options_tell_what_is_spoken_without_a_version(web: FlaskClient, address: str) -> None:
    told = web.options(address)
    assert (told.status_code, told.data) == (204, b"")
    assert told.headers["Tus-Version"] == told.headers["Tus-Resumable"] == "1.0.0"
    assert told.headers["Tus-Max-Size"] == str(100 * 10**9)
    assert set(told.headers["Tus-Extension"].split(",")) == {
        *("creation", "creation-with-upload", "creation-defer-length"),
        *("expiration", "checksum", "termination"),
    }
    assert told.headers["Tus-Checksum-Algorithm"] == "sha1,sha256,md5,crc32"


def test_a_method_may_be_meant_by_a_header(sender: Sender, sources: Path) -> None:
    def post(address: str, method: str, body: bytes = b"", **more: str) -> Any:
        headers = {**TUS, **OCTETS, "X-HTTP-Method-Override": method, **more}
        return sender.web.post(address, headers=headers, data=body)

    address = sender.begin(6)
    offset = {"Upload-Offset": "0"}
    assert post(address, "PATCH", b"abc", **offset).status_code == 204
    assert post(address, "HEAD").headers["Upload-Offset"] == "3"
    assert post(address, "DELETE").status_code == 204
    assert post(address, "HEAD").status_code == 404
    refused = post(address, "PUT")
    assert refused.status_code == 405
    assert "PATCH" in refused.headers["Allow"]


# --- creation


def test_an_upload_is_created_where_location_says(sender: Sender) -> None:
    created = sender.create(len(FILM))
    assert (created.status_code, created.data) == (201, b"")
    address = created.headers["Location"]
    assert address.startswith(f"{ALL}/")
    assert len(address.rpartition("/")[2]) == 64
    assert sender.offset(address) == 0


def test_the_first_bytes_may_come_along(sender: Sender, sources: Path) -> None:
    created = sender.create(len(FILM), body=FILM[:1000])
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "1000")
    sender.patch(created.headers["Location"], 1000, FILM[1000:])
    whole = sender.create(len(FILM), "cam2.mp4", body=FILM)
    assert whole.headers["Upload-Offset"] == str(len(FILM))
    assert {source.read_bytes() for source in sources.iterdir()} == {FILM}


def test_a_creation_whose_bytes_are_refused_leaves_no_upload(sender: Sender) -> None:
    assert sender.create(10, body=b"x" * 11).status_code == 413
    assert sender.create(10, body=b"x", headers={"Content-Type": "video/mp4"}).status_code == 415
    assert sender.create(10, body=b"x", headers={"Upload-Checksum": "sha1"}).status_code == 400
    assert sender.create(10, body=b"x", headers=summed("sha1", b"y")).status_code == 460
    assert sender.create(10).status_code == 201


def test_the_length_may_be_told_later(sender: Sender, sources: Path) -> None:
    address = sender.begin(None)
    told = sender.head(address)
    assert told.headers["Upload-Defer-Length"] == "1"
    assert "Upload-Length" not in told.headers
    sender.patch(address, 0, FILM[:100])
    refused = sender.patch(address, 100, headers={"Upload-Length": "99"})
    assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid_upload")
    sent = sender.patch(address, 100, FILM[100:], headers={"Upload-Length": str(len(FILM))})
    assert sent.status_code == 204
    assert [source.read_bytes() for source in sources.iterdir()] == [FILM]


def test_a_length_that_was_told_stays(sender: Sender) -> None:
    address = sender.begin(10)
    refused = sender.patch(address, 0, b"x", headers={"Upload-Length": "11"})
    assert refused.status_code == 400
    assert sender.patch(address, 0, b"x", headers={"Upload-Length": "10"}).status_code == 204


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": None},
        {"Upload-Length": "0"},
        {"Upload-Length": "-1"},
        {"Upload-Length": "a"},
        {"Upload-Defer-Length": "1"},
        {"Upload-Length": None, "Upload-Defer-Length": "2"},
        {"Upload-Concat": "partial"},
        {"Upload-Metadata": None},
        {"Upload-Metadata": ""},
        {"Upload-Metadata": "filename"},
        {"Upload-Metadata": "filename cam1.mp4"},
        {"Upload-Metadata": "filename Y2FtMS5tcDQ=,filename Y2FtMS5tcDQ="},
        {"Upload-Metadata": "filename Y2FtMS5tcDQ=,,"},
        {"Upload-Metadata": "filename /y5tcDQ="},  # no UTF-8
        {"Upload-Metadata": "filename Y2FtMS5tcDQ=,x " + "QUFB" * 1500},
    ],
    ids=str,
)
def test_a_creation_that_makes_no_sense_is_refused(
    sender: Sender, headers: dict[str, str | None]
) -> None:
    refused = sender.create(10, headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid_upload")
    assert refused.get_json()["error"]


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", ".", "..", "../cam1.mp4", "a/b.mp4", "a\\b.mp4", "/etc/passwd", ".cam1.mp4"),
        *("~acme.mp4", "-i.mp4", "cam1", "cam1.txt", "cam1.mp4.exe", ".mp4", "http://a/b.mp4"),
        *("concat:a.mp4", "a\nb.mp4", "a\0b.mp4", "x" * 252 + ".mp4", "list.m3u8", "cam%03d.png"),
    ],
)
def test_a_name_that_no_source_may_have_is_refused(
    sender: Sender, sources: Path, name: str
) -> None:
    refused = sender.create(10, name)
    assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid_upload")
    assert not sources.exists()


@pytest.mark.parametrize(
    "name", ["cam1.MP4", "a b.mov", "été.mkv", "カメラ.mts", "x" * 251 + ".mp4"]
)
def test_other_names_are_taken(sender: Sender, sources: Path, name: str) -> None:
    sender.create(3, name, body=b"abc")
    assert [source.name for source in sources.iterdir()] == [name]


def test_a_source_is_never_overwritten(sender: Sender, sources: Path) -> None:
    sources.mkdir(parents=True)
    (sources / "cam1.mp4").write_bytes(b"precious")
    refused = sender.create(10)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "name_taken")
    assert "cam1.mp4" in refused.get_json()["error"]
    assert (sources / "cam1.mp4").read_bytes() == b"precious"


def test_a_name_is_reserved_while_its_upload_is_under_way(sender: Sender) -> None:
    address = sender.begin(10)
    assert sender.create(10).status_code == 409
    assert sender.create(10, "cam2.mp4").status_code == 201
    sender.delete(address)
    assert sender.create(10).status_code == 201


def test_a_source_that_came_meanwhile_keeps_its_name(sender: Sender, sources: Path) -> None:
    address = sender.begin(3)
    (sources / "cam1.mp4").write_bytes(b"precious")
    refused = sender.patch(address, 0, b"abc")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "name_taken")
    assert (sources / "cam1.mp4").read_bytes() == b"precious"
    # Nobody is told that it went well; where the file is moved away, it does.
    assert sender.head(address).status_code == 409
    (sources / "cam1.mp4").rename(sources / "old.mp4")
    assert sender.offset(address) == 3
    assert (sources / "cam1.mp4").read_bytes() == b"abc"


# --- checksums


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_part_with_the_right_checksum_counts(sender: Sender, algorithm: str) -> None:
    address = sender.begin(len(FILM))
    assert (
        sender.patch(address, 0, FILM[:100], headers=summed(algorithm, FILM[:100])).status_code
        == 204
    )
    assert sender.offset(address) == 100


def test_a_crc32_counts(sender: Sender) -> None:
    address = sender.begin(20)
    headers = {"Upload-Checksum": "crc32 y/Q5Jg=="}
    assert sender.patch(address, 0, b"123456789", headers=headers).status_code == 204
    refused = sender.patch(address, 9, b"123456780", headers=headers)
    assert (refused.status_code, sender.offset(address)) == (460, 9)


def test_a_part_with_another_checksum_is_thrown_away(sender: Sender, sources: Path) -> None:
    address = sender.begin(len(FILM))
    sender.patch(address, 0, FILM[:100])
    damaged = FILM[100:-1] + b"?"
    refused = sender.patch(address, 100, damaged, headers=summed("sha1", FILM[100:]))
    assert refused.status_code == 460
    assert refused.status == "460 CHECKSUM MISMATCH"
    assert refused.get_json()["code"] == "checksum_mismatch"
    assert sender.offset(address) == 100
    assert list(sources.iterdir()) == []
    assert (
        sender.patch(address, 100, FILM[100:], headers=summed("sha1", FILM[100:])).status_code
        == 204
    )
    assert (sources / "cam1.mp4").read_bytes() == FILM


@pytest.mark.parametrize("sent", ["", "sha1", "sha1 ", "sha1 ?", "sha512 YQ==", "SHA1 YQ=="])
def test_a_checksum_that_is_none_is_refused(sender: Sender, sent: str) -> None:
    address = sender.begin(10)
    assert sender.patch(address, 0, b"x", headers={"Upload-Checksum": sent}).status_code == 400
    assert sender.offset(address) == 0


# --- termination and expiration


def test_an_upload_that_is_ended_is_gone(sender: Sender, settings: WebSettings) -> None:
    address = sender.begin(len(FILM))
    sender.patch(address, 0, FILM[:100])
    assert (sender.delete(address).status_code, sender.delete(address).status_code) == (204, 404)
    assert sender.head(address).status_code == 404
    assert sender.patch(address, 100, b"x").status_code == 404
    assert [path.name for path in settings.volume.uploads.iterdir()] == [".lock"]


def test_a_finished_upload_is_not_ended(sender: Sender, sources: Path) -> None:
    address = sender.begin(3)
    sender.patch(address, 0, b"abc")
    refused = sender.delete(address)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "upload_finished")
    assert (sources / "cam1.mp4").exists()


def test_every_answer_says_until_when_it_waits_for_more(sender: Sender) -> None:
    created = sender.create(10)
    address = created.headers["Location"]
    for told in (created, sender.head(address), sender.patch(address, 0, b"x")):
        expires = parsedate_to_datetime(told.headers["Upload-Expires"])
        left = expires - datetime.now(UTC)
        assert timedelta(hours=23, minutes=50) < left <= timedelta(hours=24)


@pytest.mark.parametrize("upload_id", ["0" * 64, "nothing", "0" * 63, "g" * 64, "..", "%2e%2e"])
def test_an_unknown_upload_is_not_found(sender: Sender, upload_id: str) -> None:
    for answer in (
        sender.head(f"{ALL}/{upload_id}"),
        sender.delete(f"{ALL}/{upload_id}"),
        sender.patch(f"{ALL}/{upload_id}", 0, b"x"),
    ):
        assert answer.status_code == 404


def test_the_rest_of_an_address_cannot_be_guessed_from_its_name(sender: Sender) -> None:
    address = sender.begin(10)
    again = sender.begin(10, "cam2.mp4")
    secret = again[-32:]
    assert sender.head(address[:-32] + secret).status_code == 404
    sender.delete(address)
    assert sender.begin(10)[-32:] != address[-32:]


# --- limits


def test_a_file_above_the_limit_is_refused(settings: WebSettings) -> None:
    sender = sender_with(settings.model_copy(update={"max_upload_gb": 1e-6}))
    assert sender.create(1000).status_code == 201
    refused = sender.create(1001, "cam2.mp4")
    assert (refused.status_code, refused.get_json()["code"]) == (413, "upload_too_large")
    address = sender.begin(None, "cam3.mp4")
    assert sender.patch(address, 0, b"x" * 1001).status_code == 413
    assert sender.patch(address, 0, b"", headers={"Upload-Length": "1001"}).status_code == 413


def test_what_is_beyond_a_quota_is_refused(settings: WebSettings, sources: Path) -> None:
    sources.mkdir(parents=True)
    (sources / "old.mp4").write_bytes(b"x" * 400)
    sender = sender_with(settings.model_copy(update={"max_sources_gb": 1e-6}))
    address = sender.begin(500)
    refused = sender.create(101, "cam2.mp4")
    assert (refused.status_code, refused.get_json()["code"]) == (413, "over_quota")
    assert sender.create(100, "cam2.mp4").status_code == 201
    sender.delete(address)
    assert sender.create(500, "cam3.mp4").status_code == 201


def test_the_reserve_of_the_volume_is_kept(settings: WebSettings) -> None:
    sender = sender_with(settings.model_copy(update={"min_free_gb": 1e9}))
    refused = sender.create(10)
    assert (refused.status_code, refused.get_json()["code"]) == (507, "no_room")
    assert refused.get_json()["title"] == "Insufficient Storage"


def test_a_volume_that_cannot_be_written_is_said(settings: WebSettings) -> None:
    settings.media_base_path.mkdir(parents=True)
    settings.volume.uploads.write_bytes(b"no folder")
    refused = sender_with(settings).create(10)
    assert (refused.status_code, refused.get_json()["code"]) == (503, "volume_unavailable")


# --- tenants


@pytest.fixture
def tenants(settings: WebSettings) -> dict[str, Sender]:
    """A sender of each tenant; none sends what lets another one's requests through."""
    keys = {tenant: new_key() for tenant in ("", "acme", "other")}
    entries = ",".join(str(known_as(f"of-{name}", name, key)) for name, key in keys.items())
    guarded = {"api_keys": entries, "signing_keys": "a-secret-of-thirty-two-letters-or-more"}
    web = sender_with(settings.model_validate(dict(settings) | guarded)).web
    return {name: Sender(web, {"X-API-Key": key}) for name, key in keys.items()}


def test_every_tenant_has_uploads_and_sources_of_its_own(
    tenants: dict[str, Sender], settings: WebSettings
) -> None:
    for name, sender in tenants.items():
        address = sender.begin(len(name) + 1)
        assert sender.patch(address, 0, f"{name}!".encode()).status_code == 204
    for name in tenants:
        assert (settings.volume.sources_of(name) / "cam1.mp4").read_bytes() == f"{name}!".encode()


@pytest.mark.parametrize("owner", ["", "acme"])
def test_an_upload_of_another_tenant_is_not_found(tenants: dict[str, Sender], owner: str) -> None:
    address = tenants[owner].begin(10)
    for stranger in tenants.keys() - {owner}:
        for answer in (
            tenants[stranger].head(address),
            tenants[stranger].patch(address, 0, b"x"),
            tenants[stranger].delete(address),
        ):
            assert answer.status_code == 404
    assert tenants[owner].offset(address) == 0


def test_a_quota_counts_what_is_the_tenants_own(
    tenants: dict[str, Sender], settings: WebSettings
) -> None:
    room = settings.model_copy(update={"max_sources_gb": 1e-6}).uploads.room
    tenants["acme"].begin(900)
    for tenant, more in (("", 1000), ("other", 1000), ("acme", 100)):
        room.require_quota(tenant, more)
        with pytest.raises(OverQuota):
            room.require_quota(tenant, more + 1)


def test_without_a_key_nothing_is_taken(tenants: dict[str, Sender], settings: WebSettings) -> None:
    nobody = Sender(tenants[""].web)
    assert nobody.create(10).status_code == 401
    assert not settings.volume.uploads.exists()


# --- pages of other addresses


def test_a_page_that_is_let_in_may_send_and_read_all_that_tus_needs(settings: WebSettings) -> None:
    origin = "https://editor.example"
    sender = sender_with(settings.model_validate(dict(settings) | {"cors_origins": origin}))
    asked = "tus-resumable,upload-length,upload-metadata,upload-offset,upload-checksum"
    preflight = {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": asked,
    }
    told = sender.web.options(f"{ALL}/{'0' * 64}", headers=preflight).headers
    assert told["Access-Control-Allow-Origin"] == origin
    assert "PATCH" in told["Access-Control-Allow-Methods"]
    allowed = told["Access-Control-Allow-Headers"].lower().replace(" ", "").split(",")
    assert set(asked.split(",")) <= set(allowed)
    created = Sender(sender.web, {"Origin": origin}).create(10)
    shown = created.headers["Access-Control-Expose-Headers"].replace(" ", "").split(",")
    assert {"Location", "Upload-Offset", "Upload-Expires", "Tus-Resumable"} <= set(shown)


# --- nonsense


@hypothesis.settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@given(
    headers=st.dictionaries(
        st.sampled_from(tus.ASKED_HEADERS[:-1]),
        st.one_of(
            st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30),
            st.integers(-1, 2**70).map(str),
            st.sampled_from(["filename", "filename YS5tcDQ=", "1", "0", *OCTETS.values()]),
        ),
    ),
    method=st.sampled_from(["POST", "PATCH", "HEAD", "DELETE", "OPTIONS"]),
    is_one=st.booleans(),
    body=st.binary(max_size=20),
)
def test_no_headers_are_a_fault_of_ours(
    sender: Sender, headers: dict[str, str], method: str, is_one: bool, body: bytes
) -> None:
    created = sender.create(10, f"{uuid.uuid4()}.mp4")
    address = created.headers["Location"] if is_one else ALL
    answer = sender.web.open(address, method=method, headers={**TUS, **headers}, data=body)
    assert answer.status_code < 500
    if answer.status_code >= 400 and method != "HEAD":
        assert answer.get_json()["error"]


# --- bodies that break off


class Broken(io.RawIOBase):
    """A body that ends with an error behind its last byte, as a server's does; then the rest."""

    def __init__(self, *steps: bytes | Exception) -> None:
        self._steps = list(steps)

    def read(self, _: int = -1) -> bytes:
        step = self._steps.pop(0) if self._steps else b""
        if isinstance(step, Exception):
            raise step
        return step


def send(sender: Sender, address: str, stream: Any, announced: int | None, **headers: str) -> int:
    """The status of a PATCH whose body comes from this stream, as a server would hand it over."""
    asked = {**TUS, **OCTETS, "Upload-Offset": "0", **headers}
    environ = EnvironBuilder(address, method="PATCH", headers=Headers(asked)).get_environ()
    environ["wsgi.input"] = stream
    if announced is None:
        environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    else:
        environ["CONTENT_LENGTH"] = str(announced)
    _, status, _ = run_wsgi_app(sender.web.application, environ, buffered=True)
    return int(status.split()[0])


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        ((b"abc",), 3),
        ((b"abc", ConnectionResetError()), 3),
        ((b"abc", ConnectionResetError(), b"de"), 5),
        ((ConnectionResetError(),), 0),
        ((b"abc", TimeoutError(), b"de"), 5),
        ((b"abc", ValueError("a server's own word")), 3),
    ],
    ids=str,
)
@pytest.mark.parametrize("announced", [10, None])
def test_what_arrived_is_kept_when_the_connection_breaks(
    sender: Sender, steps: tuple[bytes | Exception, ...], kept: int, announced: int | None
) -> None:
    address = sender.begin(10)
    status = send(sender, address, Broken(*steps), announced)
    is_clean_end = announced is None and not any(isinstance(step, Exception) for step in steps)
    assert status == (204 if is_clean_end else 400)
    assert sender.offset(address) == kept


def test_a_chunked_body_that_is_too_long_is_refused(sender: Sender) -> None:
    address = sender.begin(10)
    assert send(sender, address, io.BytesIO(b"x" * 11), None) == 413
    assert sender.offset(address) == 0
    assert send(sender, address, io.BytesIO(b"x" * 10), None) == 204


def test_a_part_with_a_checksum_that_breaks_off_counts_for_nothing(sender: Sender) -> None:
    address = sender.begin(10)
    headers = summed("md5", b"0123456789")
    assert send(sender, address, io.BytesIO(b"01234"), 10, **headers) == 400
    assert sender.offset(address) == 0
