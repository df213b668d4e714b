"""Keys, tokens and links: who comes in, and that nobody finds what is another one's."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from config_schema.errors import SettingsInvalid
from export_service import create_app
from export_service.api_keys import digest_of, known_as, new_key, parse_keys
from export_service.application import assemble
from export_service.guard import OPEN
from export_service.settings import WebSettings
from tests.export_service.checked_client import CheckedClient
from tests.export_service.fakes import config
from tests.export_service.test_with_client import complete

NAMES = {"editor": "acme", "robot": "other", "ops": ""}
KEYS = {name: new_key() for name in NAMES}
ENTRIES = ", ".join(str(known_as(name, NAMES[name], key)) for name, key in KEYS.items())
SIGNING = "a-secret-of-thirty-two-letters-or-more"
JWT_SECRET = "another-secret-of-thirty-two-letters"
PEM = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def settings_of(media: Path, **changes: Any) -> WebSettings:
    for name in ("", "~acme", "~other"):
        folder = media / "sources" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cam0.mp4").write_bytes(name.encode())
    known: dict[str, Any] = {"api_keys": ENTRIES, "signing_keys": SIGNING}
    # A port that nobody listens on.
    return WebSettings(media_base_path=media, redis_url="redis://127.0.0.1:1/0", **known | changes)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def web(media: Path) -> FlaskClient:
    return client_of(settings_of(media))


def client_of(settings: WebSettings) -> FlaskClient:
    app = create_app(settings)
    app.test_client_class = CheckedClient
    return app.test_client()


def as_(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {KEYS[name]}"}


def error_of(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


# --- what needs a key

EXAMPLES = {
    "miniature_id": "0" * 32,
    "sync_id": "0" * 32,
    "job_id": "export-1",
    "upload_id": "0" * 64,
    "name": "swagger-ui.css",
    "filename": "plain.css",
}


def requests_of(rule: Rule) -> Iterator[tuple[str, str]]:
    """Every method and address of a route; a route with a new argument has to be added here."""
    values = {name: EXAMPLES[name] for name in rule.arguments}
    url = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], rule.rule)
    # In one order: workers that run tests side by side have to find the same ones.
    for method in sorted((rule.methods or set()) - {"OPTIONS"}):
        yield method, url


RULES = [rule for rule in assemble().url_map.iter_rules() if rule.endpoint != "static"]
GUARDED = [
    (rule.endpoint, *request)
    for rule in RULES
    if rule.endpoint not in OPEN
    for request in requests_of(rule)
]


def test_most_of_the_routes_are_guarded() -> None:
    assert {endpoint for endpoint, _, _ in GUARDED} >= {"exports.submit", "metrics.metrics"}
    assert {rule.endpoint for rule in RULES} >= OPEN - {"static"}


@pytest.mark.parametrize(("endpoint", "method", "url"), GUARDED)
def test_without_a_key_nothing_is_told_or_done(
    web: FlaskClient, media: Path, endpoint: str, method: str, url: str
) -> None:
    web.post("/api/export", json=config(), headers=as_("editor"))
    before = sorted(media.rglob("*"))
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"X-API-Key": digest_of("x")}):
        answer = web.open(url, method=method, headers=headers)
        assert answer.status_code == 401, endpoint
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        if method != "HEAD":
            assert "export-1" not in answer.text
    assert sorted(media.rglob("*")) == before


def test_what_tells_nothing_about_anybody_needs_no_key(web: FlaskClient) -> None:
    for url in ("/healthz", "/openapi.json", "/", "/docs", "/docs/assets/swagger.svg"):
        assert web.get(url).status_code == 200
    assert web.get("/readyz").status_code == 503


@pytest.mark.parametrize("scheme", ["Authorization", "X-API-Key"])
def test_either_header_is_taken(web: FlaskClient, scheme: str) -> None:
    value = KEYS["editor"] if scheme == "X-API-Key" else f"bearer {KEYS['editor']}"
    assert web.get("/api/export", headers={scheme: value}).status_code == 200


# --- tenants, routes and methods

OF_ONE_JOB = [
    (method, url) for _, method, url in GUARDED if "/export-1" in url and method != "HEAD"
]


@pytest.mark.parametrize("stranger", ["robot", "ops"])
@pytest.mark.parametrize(("method", "url"), OF_ONE_JOB)
def test_what_is_another_tenants_is_not_found(
    web: FlaskClient, media: Path, stranger: str, method: str, url: str
) -> None:
    web.post("/api/export", json=config(), headers=as_("editor"))
    complete(media, "export-1@acme", b"a programme of acme")
    nothing = web.open(url, method=method, headers=as_(stranger))
    assert error_of(nothing) == (404, "not_found")
    # Word for word what is said of an export that nobody has.
    absent = web.open(url.replace("export-1", "export-9"), method=method, headers=as_(stranger))
    different = {"requestId"}
    assert {k: v for k, v in nothing.get_json().items() if k not in different} == {
        k: v for k, v in absent.get_json().items() if k not in different
    }
    spelled = url.replace("export-1", "export-1@acme")
    assert web.open(spelled, method=method, headers=as_(stranger)).status_code == 404
    assert web.get("/api/export/export-1/download", headers=as_("editor")).data.endswith(b"acme")


def test_the_same_id_is_three_exports(web: FlaskClient) -> None:
    for name in KEYS:
        body = config(projectName=f"of {name}")
        assert web.post("/api/export", json=body, headers=as_(name)).status_code == 202
    for name in KEYS:
        (only,) = web.get("/api/export", headers=as_(name)).get_json()["exports"]
        assert only["jobId"] == "export-1"
    assert web.delete("/api/export/export-1", headers=as_("robot")).status_code == 200
    status = web.get("/api/export/export-1/status", headers=as_("editor")).get_json()
    assert status["status"] == "pending"


def test_a_cursor_of_another_tenant_shows_nothing_of_it(web: FlaskClient) -> None:
    for number in range(3):
        web.post("/api/export", json=config(id=f"theirs-{number}"), headers=as_("robot"))
    page = web.get("/api/export?limit=1", headers=as_("robot")).get_json()
    own = web.get(f"/api/export?cursor={page['nextCursor']}", headers=as_("editor")).get_json()
    assert own["exports"] == []


@pytest.mark.parametrize("path", ["~other/cam0.mp4", "../~other/cam0.mp4", "{other}/cam0.mp4"])
def test_no_source_of_another_tenant_is_taken(web: FlaskClient, media: Path, path: str) -> None:
    spelled = path.format(other=media / "sources" / "~other")
    sources = [{"id": "media-0", "name": "cam0.mp4", "filePath": spelled}]
    for name in ("editor", "ops"):
        refused = web.post("/api/export", json=config(sources=sources), headers=as_(name))
        assert refused.status_code == 400
    # Its own tenant calls it by its plain name.
    assert web.post("/api/export", json=config(), headers=as_("robot")).status_code == 202


def test_numbers_about_everybody_are_for_the_house(web: FlaskClient) -> None:
    assert error_of(web.get("/metrics", headers=as_("editor"))) == (403, "not_allowed")
    assert web.get("/metrics", headers=as_("ops")).status_code == 200


# --- links

DOWNLOAD = "/api/export/export-1/download"


@pytest.fixture
def link(web: FlaskClient, media: Path) -> str:
    web.post("/api/export", json=config(), headers=as_("editor"))
    complete(media, "export-1@acme", b"a programme")
    status = web.get("/api/export/export-1/status", headers=as_("editor")).get_json()
    return str(status["downloadUrl"])


def test_a_browser_follows_the_link_without_a_key(web: FlaskClient, link: str) -> None:
    assert urlsplit(link).path == DOWNLOAD
    assert web.get(link).data == b"a programme"
    assert web.get(link, headers={"Range": "bytes=2-4"}).data == b"pro"
    assert web.head(link).headers["Content-Length"] == "11"
    listed = web.get("/api/export", headers=as_("editor")).get_json()["exports"][0]
    posted = web.post("/api/export", json=config(), headers=as_("editor")).get_json()
    # The same for an hour, so that a status that did not change looks the same.
    assert {listed["downloadUrl"], posted["downloadUrl"]} == {link}


def test_a_link_opens_that_download_alone(web: FlaskClient, media: Path, link: str) -> None:
    query = urlsplit(link).query
    web.post("/api/export", json=config(id="export-2"), headers=as_("editor"))
    complete(media, "export-2@acme", b"another")
    another = f"/api/export/export-2/download?{query}"
    assert error_of(web.get(another)) == (403, "not_allowed")
    assert web.get(f"/api/export/export-1/status?{query}").status_code == 401
    assert web.delete(f"/api/export/export-1?{query}").status_code == 401


def test_a_link_that_was_changed_opens_nothing(web: FlaskClient, link: str) -> None:
    (text,) = parse_qs(urlsplit(link).query)["link"]
    for place in range(0, len(text), 5):
        letter = "A" if text[place] != "A" else "B"
        changed = text[:place] + letter + text[place + 1 :]
        assert error_of(web.get(f"{DOWNLOAD}?link={changed}")) == (403, "not_allowed")
    for nonsense in ("", "x", "%00", "a.b.c"):
        assert error_of(web.get(f"{DOWNLOAD}?link={nonsense}")) == (403, "not_allowed")


def test_a_link_of_a_day_ago_opens_nothing(web: FlaskClient, link: str) -> None:
    with time_machine.travel(time.time() + 23 * 3600, tick=False):
        assert web.get(link).status_code == 200
    with time_machine.travel(time.time() + 25 * 3600 + 1, tick=False):
        refused = web.get(link)
    assert error_of(refused) == (403, "not_allowed")
    assert "too old" in refused.get_json()["error"]


def test_signing_keys_are_changed_one_after_the_other(media: Path, link: str) -> None:
    new = "a-new-secret-of-thirty-two-letters-or-so"
    both = client_of(settings_of(media, signing_keys=f"{new},{SIGNING}"))
    assert both.get(link).status_code == 200
    fresh = both.get("/api/export/export-1/status", headers=as_("editor")).get_json()
    only_new = client_of(settings_of(media, signing_keys=new))
    assert only_new.get(fresh["downloadUrl"]).status_code == 200
    assert only_new.get(link).status_code == 403


# --- tokens


def token(secret: Any = JWT_SECRET, algorithm: str = "HS256", **claims: Any) -> dict[str, str]:
    body = {"sub": "ann", "tenant": "acme", "exp": time.time() + 60} | claims
    body = {name: value for name, value in body.items() if value is not None}
    signed = jwt.encode(body, secret, algorithm, headers={"kid": "k1"})
    return {"Authorization": f"Bearer {signed}"}


@pytest.fixture
def jwks(tmp_path: Path) -> Path:
    file = tmp_path / "jwks.json"
    public = jwt.algorithms.RSAAlgorithm.to_jwk(PEM.public_key(), as_dict=True)
    file.write_text(json.dumps({"keys": [{**public, "kid": "k1", "use": "sig"}]}))
    return file


def test_a_token_says_whose_exports_are_meant(media: Path, jwks: Path) -> None:
    for settings, headers in (
        (settings_of(media, jwt_secret=JWT_SECRET), token()),
        (settings_of(media, jwt_jwks_file=jwks), token(PEM, "RS256")),
    ):
        web = client_of(settings)
        assert web.post("/api/export", json=config(), headers=headers).status_code in (200, 202)
        assert web.get("/api/export/export-1/status", headers=headers).status_code == 200
        assert web.get("/api/export/export-1/status", headers=as_("robot")).status_code == 404
    assert (media / "exports" / "export-1@acme").is_dir()


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1},
        {"exp": None},
        {"tenant": None},
        {"tenant": ""},
        {"tenant": "../other"},
        {"tenant": ["acme"]},
        {"aud": "somebody else"},
        {"iss": "somebody else"},
        {"nbf": 9e9},
    ],
)
def test_a_token_that_does_not_hold_is_refused(media: Path, claims: dict[str, Any]) -> None:
    bounds = {"jwt_audience": "exports", "jwt_issuer": "editor"}
    web = client_of(settings_of(media, jwt_secret=JWT_SECRET, **bounds))
    good = {"aud": "exports", "iss": "editor"}
    assert web.get("/api/export", headers=token(**good)).status_code == 200
    refused = web.get("/api/export", headers=token(**good | claims))
    assert error_of(refused) == (401, "not_known")


def test_the_algorithm_is_not_the_tokens_choice(media: Path, jwks: Path) -> None:
    web = client_of(settings_of(media, jwt_jwks_file=jwks))
    # The classic: the public key taken for a shared secret, or no signature at all.
    public = jwks.read_text()[:64]
    unsigned = token(None, "none")
    for forged in (token(public), token(JWT_SECRET), unsigned, token("", "none")):
        assert error_of(web.get("/api/export", headers=forged)) == (401, "not_known")
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert web.get("/api/export", headers=token(stranger, "RS256")).status_code == 401


# --- keys


def test_a_file_of_keys_is_read_again_when_it_changes(
    media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("export_service.api_keys.LOOK_SECONDS", 0)
    file = tmp_path / "keys"
    old, new = new_key(), new_key()
    file.write_text(f"# of this year\n{known_as('old', 'acme', old)}\n")
    web = client_of(settings_of(media, api_keys="", api_keys_file=file))

    def status_of(key: str) -> int:
        return web.get("/api/export", headers={"X-API-Key": key}).status_code

    assert (status_of(old), status_of(new)) == (200, 401)
    for text, expected in (
        (f"{known_as('old', 'acme', old)}\n{known_as('new', 'acme', new)}", (200, 200)),
        ("what is this", (200, 200)),
        (f"{known_as('new', 'acme', new)}", (401, 200)),
    ):
        file.write_text(text)
        assert (status_of(old), status_of(new)) == expected


@pytest.mark.parametrize(
    "text", ["nonsense", "a:b", f"a@:{'0' * 64}", f"a@Acme:{'0' * 64}", f":{'0' * 64}", "a@b@c:0"]
)
def test_an_entry_that_is_none_is_told_by_its_number_alone(text: str) -> None:
    with pytest.raises(ValueError, match="entry 2 is not") as told:
        parse_keys(f"{ENTRIES.split(',')[0]}\n{text}")
    assert text not in str(told.value)


WRONG_SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({"api_keys": "secret-text"}, "EXPORT_API_KEYS: entry 1"),
    ({"signing_keys": ""}, "EXPORT_SIGNING_KEYS: where keys"),
    ({"signing_keys": "short"}, "EXPORT_SIGNING_KEYS: a secret has 32"),
    ({"jwt_secret": "short"}, "EXPORT_JWT_SECRET: a secret has 32"),
    ({"api_keys_file": "/nowhere"}, "EXPORT_API_KEYS_FILE: /nowhere cannot be read"),
    ({"jwt_jwks_file": "/dev/null"}, "EXPORT_JWT_JWKS_FILE"),
    ({"cors_origins": "editor.example"}, "EXPORT_CORS_ORIGINS"),
    ({"cors_origins": "https://a.example/path"}, "EXPORT_CORS_ORIGINS"),
]


@pytest.mark.parametrize(("changes", "told"), WRONG_SETTINGS)
def test_wrong_settings_stop_the_start_and_show_no_secret(
    media: Path, changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(SettingsInvalid) as stopped:
        settings_of(media, **changes)
    sentence = str(stopped.value)
    assert sentence.startswith(told)
    assert SIGNING not in sentence
    assert "secret-text" not in sentence


# --- pages of other addresses, and how often one may ask


def test_only_pages_of_the_listed_addresses_may_ask(media: Path) -> None:
    origins = "https://editor.example, http://localhost:3000"
    web = client_of(settings_of(media, cors_origins=origins))
    for origin, allowed in (
        ("https://editor.example", True),
        ("http://localhost:3000", True),
        ("https://editor.example.evil", False),
        ("https://editorxexample", False),
        ("null", False),
    ):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        asked["Access-Control-Request-Headers"] = "authorization, content-type"
        preflight = web.options("/api/export", headers=asked)
        assert (preflight.headers.get("Access-Control-Allow-Origin") == origin) is allowed
        refused = web.get("/api/export", headers={"Origin": origin})
        # Also an error has to be readable for the page that caused it.
        assert refused.status_code == 401
        assert (refused.headers.get("Access-Control-Allow-Origin") == origin) is allowed
        assert "Access-Control-Allow-Credentials" not in refused.headers


def test_without_a_list_no_page_of_another_address_may_ask(web: FlaskClient) -> None:
    answer = web.get("/api/export", headers={"Origin": "https://a.example", **as_("ops")})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_who_asks_too_often_is_told_to_wait(media: Path) -> None:
    web = client_of(settings_of(media, rate_per_minute=10, http_workers=2))
    statuses = [web.get("/api/export", headers=as_("editor")).status_code for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2
    refused = web.get("/api/export", headers=as_("editor"))
    assert error_of(refused) == (429, "too_many_requests")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    # Others are not to blame.
    assert web.get("/api/export", headers=as_("robot")).status_code == 200
    assert web.get("/healthz").status_code == 200


def test_who_tries_keys_is_stopped(web: FlaskClient) -> None:
    answers = [web.get("/api/export", headers={"X-API-Key": "x"}).status_code for _ in range(70)]
    assert answers == [401] * 60 + [429] * 10
    assert web.get("/api/export", headers=as_("editor")).status_code == 200


def test_a_tenant_with_enough_waiting_is_told_so(media: Path) -> None:
    web = client_of(settings_of(media, max_waiting_jobs=1))
    assert web.post("/api/export", json=config(), headers=as_("editor")).status_code == 202
    second = web.post("/api/export", json=config(id="export-2"), headers=as_("editor"))
    assert error_of(second) == (429, "quota_reached")
    assert second.headers["Retry-After"] == "60"
    assert web.post("/api/export", json=config(), headers=as_("robot")).status_code == 202
