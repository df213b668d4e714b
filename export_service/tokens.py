"""JSON Web Tokens of frontends that have users of their own.

HS256 with a secret that the frontend's server shares, or RS256 with the public keys of whoever
signs (a JWKS file). Which algorithm counts follows from what was set, never from the token alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt

from config_schema.errors import NotKnown
from config_schema.tenants import is_tenant
from export_service.auth import Caller

#: How far the clocks of two servers may be apart.
LEEWAY_SECONDS = 30
_WRONG = "The token is not one that this service takes; sign in again."


@dataclass(frozen=True)
class Tokens:
    """Reads tokens: `secret` for HS256, `keys` (a JWKS) for RS256; without either takes none."""

    secret: str = field(default="", repr=False)
    keys: jwt.PyJWKSet | None = None
    audience: str = ""
    issuer: str = ""
    tenant_claim: str = "tenant"

    @property
    def are_taken(self) -> bool:
        """Whether any token can count."""
        return bool(self.secret) or self.keys is not None

    def caller_of(self, token: str) -> Caller:
        """Who sent this token, on behalf of the tenant that it names; NotKnown if it is no good."""
        try:
            algorithm, key = self._key_for(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self.audience or None,
                issuer=self.issuer or None,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp"], "verify_aud": bool(self.audience)},
            )
        except jwt.ExpiredSignatureError as error:
            raise NotKnown("The token is too old; sign in again.") from error
        except (jwt.PyJWTError, ValueError) as error:
            raise NotKnown(_WRONG, detail=str(error)) from error
        return Caller(_name_in(claims), self._tenant_in(claims))

    def _key_for(self, token: str) -> tuple[str, Any]:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm == "HS256" and self.secret:
            return algorithm, self.secret
        if algorithm == "RS256" and self.keys is not None:
            for known in self.keys.keys:
                if known.key_type == "RSA" and header.get("kid") in (None, known.key_id):
                    return algorithm, known.key
        raise jwt.InvalidTokenError("no key for it")

    def _tenant_in(self, claims: dict[str, Any]) -> str:
        tenant = claims.get(self.tenant_claim)
        # Of no tenant at all would be of the house, which has to be said by a key.
        if not isinstance(tenant, str) or not is_tenant(tenant):
            raise NotKnown("The token does not say which tenant it is for.")
        return tenant


def read_jwks(file: Path) -> jwt.PyJWKSet:
    """The public keys in a JWKS file; ValueError or OSError when there are none."""
    try:
        known = jwt.PyJWKSet.from_dict(json.loads(file.read_text()))
    except (jwt.PyJWTError, AttributeError, TypeError) as error:
        raise ValueError(f"is no JWKS with a usable key: {error}") from error
    if not any(key.key_type == "RSA" for key in known.keys):
        raise ValueError("has no RSA key")
    return known


def _name_in(claims: dict[str, Any]) -> str:
    subject = claims.get("sub")
    shown = "".join(letter for letter in str(subject or "")[:64] if letter.isprintable())
    return f"token:{shown}" if shown else "token"
