"""The web process's settings: the worker's, and how HTTP is served; its one reader of the
environment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from export_service.api_keys import KeyRing, parse_keys
from export_service.guard import Guard
from export_service.links import Links
from export_service.tokens import Tokens, read_jwks
from worker.settings import WorkerSettings

#: So many letters make a secret that nobody guesses: 32 hexadecimal digits are 128 bits.
SECRET_LETTERS = 32
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|\*")


class WebSettings(WorkerSettings):
    """Everything an operator can set about the service; a wrong value raises SettingsInvalid."""

    http_host: str = Field(
        default="127.0.0.1",
        min_length=1,
        validation_alias="EXPORT_HTTP_HOST",
        description="the address gunicorn listens on; beyond loopback only with keys or tokens",
    )
    http_port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        validation_alias="EXPORT_HTTP_PORT",
        description="the port gunicorn listens on",
    )
    http_workers: int = Field(
        default=2,
        ge=1,
        le=64,
        validation_alias="EXPORT_HTTP_WORKERS",
        description="web processes",
    )
    http_threads: int = Field(
        default=64,
        ge=1,
        le=1024,
        validation_alias="EXPORT_HTTP_THREADS",
        description="requests that one web process answers at a time; an upload takes one",
    )
    sendfile: Literal["off", "x-accel", "x-sendfile"] = Field(
        default="off",
        validation_alias="EXPORT_SENDFILE",
        description="who sends finished files: this service, or the server in front of it, told so "
        "by X-Accel-Redirect (nginx) or X-Sendfile (Apache, lighttpd)",
    )
    sendfile_prefix: str = Field(
        default="/_exports",
        pattern=r"^/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]$",
        validation_alias="EXPORT_SENDFILE_PREFIX",
        description="with x-accel: the internal location that is `exports/` on the volume",
    )
    answer_anyone: bool = Field(
        default=False,
        validation_alias="EXPORT_ANSWER_ANYONE",
        description="serve beyond loopback without keys or tokens: whoever reaches it may do all",
    )
    api_keys: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="EXPORT_API_KEYS",
        description="the keys that count, NAME@TENANT:SHA256 each (`export-service keys new`)",
    )
    api_keys_file: Path | None = Field(
        default=None,
        validation_alias="EXPORT_API_KEYS_FILE",
        description="a file with more of them, read again when it changes",
    )
    jwt_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="EXPORT_JWT_SECRET",
        description="takes tokens (HS256) signed with this secret",
    )
    jwt_jwks_file: Path | None = Field(
        default=None,
        validation_alias="EXPORT_JWT_JWKS_FILE",
        description="takes tokens (RS256) signed with one of these public keys",
    )
    jwt_audience: str = Field(
        default="",
        validation_alias="EXPORT_JWT_AUDIENCE",
        description="what a token's `aud` has to be; empty: anything",
    )
    jwt_issuer: str = Field(
        default="",
        validation_alias="EXPORT_JWT_ISSUER",
        description="what a token's `iss` has to be; empty: anything",
    )
    jwt_tenant_claim: str = Field(
        default="tenant",
        min_length=1,
        validation_alias="EXPORT_JWT_TENANT_CLAIM",
        description="the claim of a token that names the tenant",
    )
    signing_keys: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="EXPORT_SIGNING_KEYS",
        description="secrets that sign download links, separated by commas; the first one signs",
    )
    link_hours: float = Field(
        default=24,
        gt=0,
        le=24 * 365,
        validation_alias="EXPORT_LINK_HOURS",
        description="how long a download link can be followed, at least",
    )
    cors_origins: str = Field(
        default="",
        validation_alias="EXPORT_CORS_ORIGINS",
        description="addresses whose pages may ask, such as https://editor.example, or *",
    )
    rate_per_minute: int = Field(
        default=0,
        ge=0,
        validation_alias="EXPORT_RATE_PER_MINUTE",
        description="requests of one tenant that are answered in a minute; 0: no limit",
    )

    @field_validator("api_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        parse_keys(value.get_secret_value())
        return value

    @field_validator("api_keys_file")
    @classmethod
    def _has_keys(cls, value: Path | None) -> Path | None:
        if value is not None:
            _read(value, lambda: KeyRing(file=value))
        return value

    @field_validator("jwt_jwks_file")
    @classmethod
    def _has_public_keys(cls, value: Path | None) -> Path | None:
        if value is not None:
            _read(value, lambda: read_jwks(value))
        return value

    @field_validator("jwt_secret", "signing_keys")
    @classmethod
    def _is_long(cls, value: SecretStr) -> SecretStr:
        if any(len(secret) < SECRET_LETTERS for secret in _several(value)):
            msg = f"a secret has {SECRET_LETTERS} letters or more; `export-service keys secret`"
            raise ValueError(msg)
        return value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        wrong = [origin for origin in _words(value) if not _ORIGIN.fullmatch(origin)]
        if wrong:
            msg = f"{wrong[0][:80]!r} is no origin such as https://editor.example"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _can_sign(self) -> Self:
        if self.asks_who and not _several(self.signing_keys):
            msg = (
                "EXPORT_SIGNING_KEYS: where keys or tokens are asked for, links to downloads are "
                "signed; set a secret (`export-service keys secret` makes one)"
            )
            raise ValueError(msg)
        return self

    @property
    def asks_who(self) -> bool:
        """Whether callers have to say who they are."""
        return bool(
            self.api_keys.get_secret_value()
            or self.api_keys_file
            or self.jwt_secret.get_secret_value()
            or self.jwt_jwks_file
        )

    @cached_property
    def guard(self) -> Guard:
        """Who lets requests in."""
        tokens = Tokens(
            self.jwt_secret.get_secret_value(),
            read_jwks(self.jwt_jwks_file) if self.jwt_jwks_file else None,
            self.jwt_audience,
            self.jwt_issuer,
            self.jwt_tenant_claim,
        )
        keys = KeyRing(parse_keys(self.api_keys.get_secret_value()), self.api_keys_file)
        links = Links(_several(self.signing_keys), self.link_hours * 3600)
        return Guard(keys, tokens, links if self.asks_who else None)

    @property
    def origins(self) -> list[str]:
        """The addresses whose pages may ask."""
        return _words(self.cors_origins)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be in a log."""
        own = (*_several(self.jwt_secret), *_several(self.signing_keys))
        return (*super().secrets, *own)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", text) if word]


def _several(secret: SecretStr) -> list[str]:
    return _words(secret.get_secret_value())


def _read(file: Path, read: Callable[[], object]) -> None:
    try:
        read()
    except OSError as error:
        msg = f"{file} cannot be read: {error.strerror}"
        raise ValueError(msg) from error
