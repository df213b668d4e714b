"""Sends one message to an address that a stranger chose, and reaches nothing else by it.

The host is resolved once; every answer has to be public (unless an operator named the origin), and
the connection goes to an address that was looked at: what the name means a moment later does not
matter. The certificate has to be that of the name. No proxy of the environment is asked, no
redirect followed, no cookie kept; of the answer its status counts, and a bounded part of its body
is read and thrown away, for the receiver's sake.

Everything together ends with the deadline. A timeout of the socket alone would not do: it begins
anew with every byte that a slow receiver gives.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from queue import Empty, Queue

import certifi

from config_schema.callback import CallbackAddress
from worker.webhooks.reach import Reach, is_public

DEADLINE_SECONDS = 15.0
_CONNECT_SECONDS = 5.0
_MOST_ADDRESSES = 3
_MOST_BODY_BYTES = 64 * 1024

IpAddress = IPv4Address | IPv6Address
#: The addresses that a name has; OSError when it has none.
Resolve = Callable[[str, int], list[IpAddress]]


class NotSent(Exception):
    """Nobody answered; why, in words that hold nothing of the address."""


@dataclass(frozen=True)
class Answer:
    """What a receiver said."""

    status: int
    retry_after: str | None = None


def resolve(host: str, port: int) -> list[IpAddress]:
    """The addresses that the system's resolver knows, the best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # A zone ("fe80::1%eth0") is part of an address that is not public anyway.
    return [ip_address(str(entry[4][0])) for entry in found]


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """Whose certificates count: of those that OpenSSL's variables name, else of certifi's list."""
    named = any(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    return ssl.create_default_context(cafile=None if named else certifi.where())


@dataclass(frozen=True)
class Sender:
    """How messages are sent; who has another resolver, trust or deadline than usual says so."""

    resolve: Resolve = resolve
    trust: Callable[[], ssl.SSLContext] = trust
    deadline_seconds: float = DEADLINE_SECONDS

    def post(
        self, address: CallbackAddress, reach: Reach, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """What the receiver answered to this body; NotSent when it did not in time."""
        deadline = time.monotonic() + self.deadline_seconds
        found = self._addresses(address, reach, deadline)
        with (
            _explained(deadline),
            _connected(found, address.port, deadline) as plain,
            _cut_at(plain, deadline),
        ):
            if address.is_plain:
                return _ask(plain, address, headers, body, deadline)
            with self._trust_in(plain, address.host) as secure:
                return _ask(secure, address, headers, body, deadline)

    def _trust_in(self, plain: socket.socket, host: str) -> ssl.SSLSocket:
        return self.trust().wrap_socket(plain, server_hostname=host)

    def _addresses(
        self, address: CallbackAddress, reach: Reach, deadline: float
    ) -> list[IpAddress]:
        if address.literal is not None:
            found: list[IpAddress] = [address.literal]
        else:
            found = _in_time(lambda: self.resolve(address.host, address.port), deadline)
        if reach is Reach.PUBLIC and not all(is_public(ip) for ip in found):
            raise NotSent("its host does not lie on the public internet")
        return found


def _in_time(look: Callable[[], list[IpAddress]], deadline: float) -> list[IpAddress]:
    # A resolver cannot be interrupted; it ends by its own timeouts, which are longer.
    answers: Queue[list[IpAddress]] = Queue()

    def go() -> None:
        found: list[IpAddress] = []
        with suppress(OSError, ValueError):
            found = look()
        answers.put(found)

    threading.Thread(target=go, name="resolver", daemon=True).start()
    try:
        found = answers.get(timeout=max(deadline - time.monotonic(), 0))
    except Empty:
        raise NotSent("its host's name was not looked up in time") from None
    if not found:
        raise NotSent("its host's name is not known")
    return found


@contextmanager
def _connected(found: list[IpAddress], port: int, deadline: float) -> Iterator[socket.socket]:
    failure: OSError = TimeoutError()
    for ip in found[:_MOST_ADDRESSES]:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            made = socket.create_connection((str(ip), port), min(left, _CONNECT_SECONDS))
        except OSError as error:
            failure = error
            continue
        with made:
            made.settimeout(max(deadline - time.monotonic(), 0.001))
            yield made
        return
    raise failure


@contextmanager
def _cut_at(connection: socket.socket, deadline: float) -> Iterator[None]:
    """Cut the connection when the time is over, whatever is being read or written then."""
    # A descriptor of its own: TLS takes the first one over.
    with connection.dup() as handle:

        def cut() -> None:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(max(deadline - time.monotonic(), 0), cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            # A pool process that was forked meanwhile would hold the connection open.
            cut()


def _ask(
    connection: socket.socket,
    address: CallbackAddress,
    headers: Mapping[str, str],
    body: bytes,
    deadline: float,
) -> Answer:
    client = http.client.HTTPConnection(address.host, address.port)
    client.sock = connection
    # Were the connection lost, it would be made anew: by the name, unchecked.
    client.auto_open = 0
    client.request("POST", address.target, body, {"Host": address.authority, **headers})
    answer = client.getresponse()
    if time.monotonic() >= deadline:
        # Cut in the middle of the headers, which looks like their end.
        raise TimeoutError
    with suppress(OSError, ValueError, http.client.HTTPException):
        answer.read(_MOST_BODY_BYTES)
    return Answer(answer.status, answer.getheader("Retry-After"))


@contextmanager
def _explained(deadline: float) -> Iterator[None]:
    """Say what went wrong in words of our own: those of libraries may quote the address."""
    try:
        yield
    except (OSError, ValueError, http.client.HTTPException) as error:
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            raise NotSent("no answer in time") from None
        for kind, said in _SAID:
            if isinstance(error, kind):
                raise NotSent(said) from None
        raise NotSent("its host cannot be reached") from None


_SAID: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not one to trust for its host"),
    (ssl.SSLError, "it speaks no TLS that is safe"),
    (ConnectionRefusedError, "the connection was refused"),
    (ConnectionError, "the connection was lost"),
    (http.client.HTTPException, "what it answered is no HTTP"),
)
