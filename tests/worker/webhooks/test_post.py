"""A message goes to the address that was looked at, in time, and to nobody else."""

from __future__ import annotations

import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest
import trustme

from config_schema.callback import callback_address
from tests.worker.webhooks.receiver import receiving
from worker.webhooks.post import Answer, IpAddress, NotSent, Resolve, Sender
from worker.webhooks.reach import Reach, is_public

HOST = "hooks.example.org"


def names(*answers: str) -> Resolve:
    """A resolver that answers so, one answer after the other; more are an error."""
    left: Iterator[str] = iter(answers)
    return lambda *_: [ip_address(ip) for ip in next(left).split()]


def send(url: str, reach: Reach = Reach.ANYWHERE, sender: Sender = Sender()) -> Answer:  # noqa: B008
    return sender.post(callback_address(url), reach, {"webhook-id": "msg_1"}, b'{"a":1}')


def test_the_message_arrives_as_it_was_given() -> None:
    with receiving((201, {"Retry-After": "7"})) as receiver:
        assert send(receiver.url("/done?x=1#y")) == Answer(201, "7")
        (came,) = receiver.came
    assert (came.method, came.target, came.body) == ("POST", "/done?x=1", b'{"a":1}')
    assert came.headers["webhook-id"] == "msg_1"
    assert came.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert came.headers["content-length"] == "7"


# --- whom it reaches


@pytest.mark.parametrize(
    "ips", ["127.0.0.1", "::1", "10.0.0.1", "::ffff:127.0.0.1", "1.1.1.1 127.0.0.1"]
)
def test_a_name_of_which_any_answer_is_private_is_not_called(ips: str) -> None:
    with receiving() as receiver:
        url = receiver.url(scheme="https", host=HOST)
        with pytest.raises(NotSent, match="public internet"):
            send(url, Reach.PUBLIC, Sender(resolve=names(ips)))
        assert receiver.came == []


def test_a_name_is_resolved_once_and_what_it_means_a_moment_later_does_not_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[object] = []

    def connect(address: object, *_: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("worker.webhooks.post.socket.create_connection", connect)
    turning = names("1.1.1.1", "127.0.0.1")
    with pytest.raises(NotSent, match="refused"):
        send(f"https://{HOST}/", Reach.PUBLIC, Sender(resolve=turning))
    assert connected == [("1.1.1.1", 443)]
    assert turning(HOST, 443) == [ip_address("127.0.0.1")]


def test_who_looks_first_and_has_the_name_resolved_again_reaches_this_machine() -> None:
    """What resolving once is for: the same turning name, looked at and then called."""
    turning = names("1.1.1.1", "127.0.0.1")
    with receiving() as inside:
        url = inside.url(host=HOST)
        assert all(is_public(ip) for ip in turning(HOST, inside.port))
        send(url, Reach.ANYWHERE, Sender(resolve=turning))
        assert len(inside.came) == 1


def test_a_client_that_follows_and_resolves_as_it_likes_does_reach_this_machine() -> None:
    """What the walls are for: a common client with the same addresses."""
    with receiving() as inside:
        for disguise in ("127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost"):
            with urllib.request.urlopen(inside.url(host=disguise), timeout=5):
                pass
        with (
            receiving((302, {"Location": inside.url("/secret")})) as outside,
            urllib.request.urlopen(outside.url(), timeout=5),
        ):
            pass
        assert [came.target for came in inside.came] == ["/done"] * 5 + ["/secret"]


def test_a_redirect_is_an_answer_like_another_and_not_followed() -> None:
    with receiving() as inside, receiving((302, {"Location": inside.url("/secret")})) as outside:
        assert send(outside.url()).status == 302
        assert inside.came == []


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        monkeypatch.setenv("no_proxy", "")
        assert send(receiver.url()).status == 204
        assert proxy.came == []


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer() -> None:
    with receiving() as receiver:
        sender = Sender(resolve=names("127.0.0.2 127.0.0.1"))
        assert send(receiver.url(host=HOST), Reach.ANYWHERE, sender).status == 204


# --- who it is


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(key_type=trustme.KeyType.ECDSA)


@pytest.fixture
def certified(authority: trustme.CA) -> Callable[[str], ssl.SSLContext]:
    """A server's context with a certificate for this name."""

    def context(name: str) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(made)
        return made

    return context


def trusting(authority: trustme.CA) -> Sender:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return Sender(resolve=names("127.0.0.1"), trust=lambda: context)


def test_tls_is_for_the_name_although_the_address_is_called(
    authority: trustme.CA, certified: Callable[[str], ssl.SSLContext]
) -> None:
    asked_for = []
    context = certified(HOST)
    context.sni_callback = lambda _, name, __: asked_for.append(name)
    with receiving(tls=context) as receiver:
        assert (
            send(receiver.url(scheme="https", host=HOST), sender=trusting(authority)).status == 204
        )
        assert receiver.came[0].headers["host"] == f"{HOST}:{receiver.port}"
    assert asked_for == [HOST]


@pytest.mark.parametrize("name", ["other.example.org", "127.0.0.1"])
def test_the_certificate_of_another_name_is_none(
    authority: trustme.CA, certified: Callable[[str], ssl.SSLContext], name: str
) -> None:
    with receiving(tls=certified(name)) as receiver:
        with pytest.raises(NotSent, match="certificate"):
            send(receiver.url(scheme="https", host=HOST), sender=trusting(authority))
        assert receiver.came == []


def test_a_certificate_that_nobody_vouches_for_is_none(
    certified: Callable[[str], ssl.SSLContext],
) -> None:
    with receiving(tls=certified(HOST)) as receiver:
        with pytest.raises(NotSent, match="certificate"):
            send(receiver.url(scheme="https", host=HOST), sender=Sender(resolve=names("127.0.0.1")))
        assert receiver.came == []


def test_what_speaks_no_tls_is_not_spoken_to() -> None:
    with receiving() as receiver:
        with pytest.raises(NotSent, match="TLS"):
            send(receiver.url(scheme="https"))
        assert receiver.came == []


# --- how long it takes


def drip(request: BaseHTTPRequestHandler, line: bytes) -> None:
    """Give a byte now and then, for ever: no single wait is long."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n" if line == b"x" else b"")
    while True:
        request.wfile.write(line)
        time.sleep(0.02)


def silent(request: BaseHTTPRequestHandler) -> None:
    request.connection.recv(1)


@pytest.mark.parametrize(
    "act", [silent, partial(drip, line=b"x"), partial(drip, line=b"HTTP/1.1 100 Continue\r\n\r\n")]
)
def test_a_receiver_that_does_not_come_to_an_end_is_left(
    act: Callable[[BaseHTTPRequestHandler], None],
) -> None:
    with receiving(act) as receiver:
        begun = time.monotonic()
        with pytest.raises(NotSent, match="in time"):
            send(receiver.url(), sender=Sender(deadline_seconds=0.3))
        # Far from what a wait for the end would take, however busy the machine is.
        assert time.monotonic() - begun < 10


def test_a_body_without_end_is_cut_and_the_status_counts() -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            request.wfile.write(b"x" * 65536)

    with receiving(endless) as receiver:
        assert send(receiver.url()).status == 200


def test_a_resolver_that_does_not_answer_is_left() -> None:
    def never(host: str, port: int) -> list[IpAddress]:
        time.sleep(5)
        return []

    with pytest.raises(NotSent, match="looked up in time"):
        send(f"https://{HOST}/", sender=Sender(resolve=never, deadline_seconds=0.1))


@pytest.mark.parametrize("trouble", [OSError("no such name canary"), UnicodeError("canary")])
def test_a_name_that_is_not_known_is_a_failure_in_our_words(trouble: Exception) -> None:
    def unknown(host: str, port: int) -> list[IpAddress]:
        raise trouble

    with pytest.raises(NotSent, match="not known") as failure:
        send(f"https://{HOST}/canary", sender=Sender(resolve=unknown))
    assert "canary" not in str(failure.value)


def test_what_answers_no_http_is_a_failure() -> None:
    def babble(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")

    with receiving(babble) as receiver, pytest.raises(NotSent, match="no HTTP"):
        send(receiver.url())
