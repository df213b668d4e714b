"""Lets a request in, or says why not: knows the keys, the tokens and the links.

What needs no key is written down here, by the names of the routes; everything else needs one, so
that a route that is added is not open by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from werkzeug.datastructures import Headers

from config_schema.errors import NotAllowed, NotKnown
from export_service.api_keys import KeyRing
from export_service.auth import ANYONE, Caller
from export_service.links import Links
from export_service.tokens import Tokens
from worker.client import StatusView

#: Routes that tell nothing about anybody: whether the service lives, its description, its pages.
OPEN = frozenset(
    {
        "health.healthz",
        "health.readyz",
        "openapi.spec",
        "page.asset",
        "page.built",
        "page.docs",
        "page.home",
        "static",
    }
)
#: Routes that tell about everybody, for callers of the house.
FOR_THE_HOUSE = frozenset({"metrics.metrics"})
#: Routes that a browser goes to by itself, with a link instead of a key.
LINKED = frozenset({"exports.download", "miniatures.miniature_file"})

KEY_HEADER = "X-API-Key"


@dataclass(frozen=True)
class Knock:
    """What a request says about who sends it: the route it is for, the key or token and the link
    that came along, and what such a link would be to; what is not there is empty.
    """

    endpoint: str
    credential: str = ""
    link: str | None = None
    linked: str = ""


@dataclass(frozen=True)
class Guard:
    """Who may come in. Without `links` the house is open: everybody is anyone."""

    keys: KeyRing
    tokens: Tokens
    links: Links | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has to say who they are."""
        return self.links is None

    def admit(self, knock: Knock) -> Caller:
        """Who sends this request; NotKnown or NotAllowed when it is not let in."""
        if self.links is None or knock.endpoint in OPEN:
            return ANYONE
        if knock.endpoint in LINKED and knock.link is not None:
            return Caller("link", self.links.tenant_of(knock.link, knock.linked))
        known = self._known(knock.credential)
        if knock.endpoint in FOR_THE_HOUSE and known.tenant:
            raise NotAllowed
        return known

    def shown(self, view: StatusView, asker: Caller) -> StatusView:
        """The view with a link in it that whoever asks can follow."""
        if self.links is None or view.download_url is None:
            return view
        url = self.linked(view.download_url, view.job_id, asker)
        return view.model_copy(update={"download_url": url})

    def linked(self, url: str, what: str, asker: Caller) -> str:
        """The URL of one of `LINKED` as whoever asks can follow it; `what` it is a link to."""
        return url if self.links is None else self.links.signed(url, what, asker.tenant)

    def _known(self, credential: str) -> Caller:
        if not credential:
            raise NotKnown
        # A token has two dots, a key has none.
        if credential.count(".") == 2 and self.tokens.are_taken:
            return self.tokens.caller_of(credential)
        key = self.keys.find(credential)
        if key is None:
            raise NotKnown("The key is not one that this service knows.")
        return Caller(key.name, key.tenant)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def credential_in(headers: Headers) -> str:
    """The key or token that came along; where both headers have one, that of `X-API-Key`."""
    scheme, _, bearer = headers.get("Authorization", "").partition(" ")
    return headers.get(KEY_HEADER, "").strip() or (
        bearer.strip() if scheme.lower() == "bearer" else ""
    )
