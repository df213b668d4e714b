"""Which addresses may be called: public ones, and what an operator names.

Strangers choose these addresses, and this service can reach what they cannot: its own machine, the
network behind it, the notebook of the cloud it runs in. So a host is public or it is refused, and
what counts is the IP address that is connected to, in whatever way it was written down.

An operator's list (EXPORT_WEBHOOK_ALLOW) says more, entry by entry:

    hooks.example.com, *.example.com    these hosts, by https at port 443, at public addresses
    hooks.example.com:8443              the same at another port
    *                                   every public host, which is what holds without a list
    http://10.1.2.3:8080                this origin, wherever it lies: private and plain http too
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Self

from config_schema.callback import CallbackAddress, callback_address
from config_schema.errors import CallbackRefused

_SEPARATORS = re.compile(r"[\s,]+")
_WANTED = (
    "must be hosts (hooks.example.com, *.example.com, with or without a port, or *) and origins "
    "(https://host:port, http://host:port), separated by spaces"
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


class Reach(Enum):
    """Where the host of an address may lie."""

    PUBLIC = "at public addresses only"
    ANYWHERE = "at any address: an operator named it"


@dataclass(frozen=True)
class Allowed:
    """What an operator allows: hosts with their port, and whole origins."""

    hosts: tuple[tuple[str, int], ...] = (("*", 443),)
    origins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> Self:
        """The list in a setting; ValueError where an entry is none."""
        entries = [entry.lower() for entry in _SEPARATORS.split(text) if entry]
        if not entries:
            return cls()
        origins = frozenset(_origin(entry) for entry in entries if "://" in entry)
        return cls(tuple(_host(entry) for entry in entries if "://" not in entry), origins)

    @property
    def has_plain(self) -> bool:
        """Whether some http address may be called."""
        return any(origin.startswith("http:") for origin in self.origins)

    def reach(self, address: CallbackAddress) -> Reach:
        """Where the host of this address may lie; CallbackRefused where it may not be called.

        An address that needs no resolver to be seen as private is refused here already.
        """
        if address.origin in self.origins:
            return Reach.ANYWHERE
        if address.is_plain:
            raise CallbackRefused("The callback address must be an https address (https://...).")
        ports = [port for pattern, port in self.hosts if _fits(address.host, pattern)]
        if not ports:
            raise CallbackRefused(
                "The callback address is not one that this server may call; its operator names "
                "the hosts in EXPORT_WEBHOOK_ALLOW."
            )
        if address.port not in ports:
            raise CallbackRefused(
                f"The callback address must be at port {_listed(ports)}, not {address.port}."
            )
        if address.literal is not None and not is_public(address.literal):
            raise CallbackRefused("The callback address must lie on the public internet.")
        return Reach.PUBLIC


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet could reach it, and nobody reaches more through it.

    Of an IPv6 address that stands for an IPv4 one, both must be so.

    >>> is_public(IPv4Address("1.1.1.1")), is_public(IPv6Address("64:ff9b::101:101"))
    (True, True)
    >>> is_public(IPv4Address("127.0.0.1")), is_public(IPv6Address("64:ff9b::7f00:1"))
    (False, False)
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = list(_inside(address))
    is_outside = address in _GLOBAL_UNICAST and address.is_global
    return (bool(inner) or is_outside) and all(is_public(part) for part in inner)


def _inside(address: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that packets to this one may end at."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _fits(host: str, pattern: str) -> bool:
    """Whether the host is meant.

    >>> _fits("a.b.org", "*.b.org"), _fits("b.org", "*.b.org"), _fits("b.org", "*")
    (True, False, True)
    """
    if pattern == "*":
        return True
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _listed(ports: list[int]) -> str:
    return " or ".join(str(port) for port in sorted(set(ports)))


def _origin(entry: str) -> str:
    try:
        address = callback_address(entry)
    except ValueError:
        raise ValueError(_WANTED) from None
    if address.target != "/":
        raise ValueError(_WANTED)
    return address.origin


def _host(entry: str) -> tuple[str, int]:
    # The star stands for a label, so that the rest is read like any other host.
    star = "star"
    try:
        address = callback_address("https://" + entry.replace("*", star, 1))
    except ValueError:
        raise ValueError(_WANTED) from None
    is_wild = entry.startswith("*") and entry[1:2] in ("", ".", ":")
    if address.target != "/" or ("*" in entry and not is_wild):
        raise ValueError(_WANTED)
    return (address.host.replace(star, "*", 1) if is_wild else address.host), address.port
