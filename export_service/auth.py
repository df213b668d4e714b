"""Who asks, settled once per request, and before anything else is done for it.

Without keys and tokens everybody who reaches the port is the same caller, which is why the service
then listens on loopback alone. With them everybody says who they are, by `Authorization: Bearer`
or `X-API-Key`, and finds what is their tenant's.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g


@dataclass(frozen=True)
class Caller:
    """Somebody who asks, by the name that the log knows, on behalf of a tenant.

    A tenant has exports and sources of its own, which no other caller can tell from ones that are
    not there. The tenant without a name has what lies in the folders of the contract.
    """

    name: str
    tenant: str = ""


ANYONE = Caller("anyone")


def caller() -> Caller:
    """Who sent the request that is being answered."""
    if "caller" not in g:
        g.caller = ANYONE
    known: Caller = g.caller
    return known
