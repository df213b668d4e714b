"""Where an export's end is to be told: the address of a callback, taken apart once.

Whoever calls it uses these parts and never reads the text again, so no two readers can disagree
about which host it means. What is accepted here is an address; whether it may be called is for
the service that calls it to say.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import urlsplit

from config_schema.limits import LONGEST_URL

PORTS = {"https": 443, "http": 80}
_WEB_ADDRESS = "must be an https address (https://...)"
_HOST = re.compile(
    r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LONGEST_HOST = 253


class CallbackAddress(NamedTuple):
    """An http or https address: `host` in small letters and without brackets, `target` is what
    stands in the request line.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_plain(self) -> bool:
        """Whether nothing protects what is sent there."""
        return self.scheme == "http"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them.

        >>> callback_address("https://[2606:4700::1]/").authority
        '[2606:4700::1]'
        >>> callback_address("https://Hooks.Example.org:8443").authority
        'hooks.example.org:8443'
        """
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def literal(self) -> IPv4Address | IPv6Address | None:
        """The IP address that the host is, if it is one and no name."""
        return _literal(self.host)


def callback_address(url: str) -> CallbackAddress:
    """The parts of the address; ValueError with what it must be.

    >>> callback_address("https://example.org/done?job=1#x")
    CallbackAddress(scheme='https', host='example.org', port=443, target='/done?job=1')
    """
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST_URL:
        raise ValueError(f"{_WEB_ADDRESS} of at most {LONGEST_URL} plain letters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(_WEB_ADDRESS) from None
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise ValueError(_WEB_ADDRESS)
    if "@" in parts.netloc:
        raise ValueError("must not hold a user name or a password")
    query = f"?{parts.query}" if parts.query else ""
    return CallbackAddress(
        scheme=parts.scheme,
        host=_checked_host(parts.hostname, is_bracketed="[" in parts.netloc),
        port=PORTS[parts.scheme] if port is None else port,
        target=f"{parts.path or '/'}{query}",
    )


def _checked_host(host: str, *, is_bracketed: bool) -> str:
    if is_bracketed:
        try:
            return str(IPv6Address(_no_zone(host)))
        except AddressValueError:
            raise ValueError(f"{_WEB_ADDRESS} with a real host") from None
    host = host.removesuffix(".")
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        raise ValueError(f"{_WEB_ADDRESS} with a real host; names in other scripts as xn--...")
    # What ends in a number is an IP address to everybody who opens it, in whatever disguise.
    if _NUMBER.fullmatch(host.rpartition(".")[2]) and _literal(host) is None:
        raise ValueError("must name its host by a name, or by an IP address like 203.0.113.7")
    return host


def _no_zone(host: str) -> str:
    if "%" in host:
        raise AddressValueError(host)
    return host


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    for kind in (IPv4Address, IPv6Address):
        try:
            return kind(host)
        except AddressValueError:
            continue
    return None
