"""Signs what is sent as Standard Webhooks says, with every secret that counts at the moment.

Several secrets sign side by side, so that one can take the place of another while receivers
change over: they take a message of which any signature holds.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config_schema.tenants import is_tenant

_PREFIX = "whsec_"
_FEWEST_BYTES, _MOST_BYTES = 24, 64
_SEPARATORS = re.compile(r"[\s,]+")
_WANTED = (
    f"must be secrets like {_PREFIX}... ({_FEWEST_BYTES} to {_MOST_BYTES} random bytes as base64), "
    "separated by spaces, those of a tenant as tenant:whsec_..."
)


@dataclass(frozen=True)
class Secrets:
    """What each tenant's messages are signed with; nothing of it shows when this is printed.

    A tenant has secrets of its own: with another one's it could speak in this service's name.
    """

    by_tenant: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)

    def of(self, tenant: str) -> tuple[bytes, ...]:
        """The tenant's secrets; the tenant without a name has those that name none."""
        return self.by_tenant.get(tenant, ())


def secrets_of(text: str) -> Secrets:
    """The secrets in a setting; ValueError, which quotes nothing of it, where one is none.

    >>> text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    >>> secrets_of(f"{text} acme:{text}").by_tenant.keys()
    dict_keys(['', 'acme'])
    """
    found: dict[str, tuple[bytes, ...]] = {}
    for entry in filter(None, _SEPARATORS.split(text)):
        tenant, _, secret = entry.rpartition(":")
        if tenant and not is_tenant(tenant):
            raise ValueError(_WANTED)
        found[tenant] = (*found.get(tenant, ()), _key(secret))
    return Secrets(found)


def spellings_of(text: str) -> tuple[str, ...]:
    """The secrets in a setting as they may be quoted somewhere, for whoever hides them."""
    entries = [entry.rpartition(":")[2] for entry in filter(None, _SEPARATORS.split(text))]
    return tuple(form for entry in entries for form in (entry, entry.removeprefix(_PREFIX)))


def headers_of(
    message_id: str, body: bytes, secrets: Sequence[bytes], timestamp: int
) -> dict[str, str]:
    """The headers of one try to send this message; `timestamp` is that of the try, in Unix seconds.

    >>> key = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    >>> body = b'{"test": 2432232314}'
    >>> sent = headers_of("msg_p5jXN8AQM9LWM0D4loKWxJek", body, [key], 1614265330)
    >>> sent["webhook-signature"]
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signatures = " ".join(_signature(secret, message_id, timestamp, body) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures,
    }


def _signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    try:
        if not secret.startswith(_PREFIX):
            raise ValueError
        key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (ValueError, binascii.Error):
        raise ValueError(_WANTED) from None
    if not _FEWEST_BYTES <= len(key) <= _MOST_BYTES:
        raise ValueError(_WANTED)
    return key
