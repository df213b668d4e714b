"""API keys: who has which, known by their hashes alone.

An entry says whose a key is and what its hash is; a tenant may have any number of keys, so a new
one is handed out before the old one is taken away:

    editor@acme:5f0c…      the key called editor, of the tenant acme, and its SHA-256 in hex
    ops:91be…              a key of the house

A key is 256 random bits, so one round of a hash is as good as many: nobody can guess what to hash.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import time
from hmac import compare_digest
from pathlib import Path
from typing import NamedTuple

from config_schema.tenants import is_tenant

#: So that scanners for lost secrets, and people, know one when they see it.
PREFIX = "mcx_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
LOOK_SECONDS = 1.0
_log = logging.getLogger(__name__)


class ApiKey(NamedTuple):
    """What the service knows of a key: what it is called, whose it is, its SHA-256 in hex."""

    name: str
    tenant: str
    digest: str

    def __str__(self) -> str:
        owner = f"{self.name}@{self.tenant}" if self.tenant else self.name
        return f"{owner}:{self.digest}"


def new_key() -> str:
    """A key that nobody has had."""
    return PREFIX + secrets.token_urlsafe(32)


def known_as(name: str, tenant: str, key: str) -> ApiKey:
    """What the service is to know of this key; ValueError when nothing can be called so.

    >>> str(known_as("editor", "acme", "mcx_example"))[:24]
    'editor@acme:a63fe757753f'
    """
    return _checked(ApiKey(name, tenant, digest_of(key)))


def digest_of(key: str) -> str:
    """The SHA-256 of a key, in hex."""
    return hashlib.sha256(key.encode()).hexdigest()


def parse_keys(text: str) -> tuple[ApiKey, ...]:
    """The entries in a text, separated by commas or white space; `#` begins a remark.

    ValueError names the first entry that is none, by its number: the text itself is a secret's
    neighbour.
    """
    lines = (line.partition("#")[0] for line in text.splitlines())
    entries = re.split(r"[,\s]+", " ".join(lines).strip())
    return tuple(_parsed(entry, number) for number, entry in enumerate(entries, start=1) if entry)


def _parsed(entry: str, number: int) -> ApiKey:
    owner, _, digest = entry.rpartition(":")
    name, at, tenant = owner.partition("@")
    try:
        if at and not tenant:
            raise ValueError("a tenant is missing")
        return _checked(ApiKey(name, tenant, digest.lower()))
    except ValueError as error:
        raise ValueError(f"entry {number} is not NAME@TENANT:SHA256 ({error})") from None


def _checked(key: ApiKey) -> ApiKey:
    if not _NAME.fullmatch(key.name):
        raise ValueError("a key's name has letters, digits, dots, hyphens and underscores")
    if key.tenant and not is_tenant(key.tenant):
        raise ValueError("a tenant's name has small letters, digits and hyphens, 32 at most")
    if not _DIGEST.fullmatch(key.digest):
        raise ValueError("a SHA-256 has 64 hexadecimal digits")
    return key


class KeyRing:
    """The keys that count: those of the setting, and those of a file, as it is by now."""

    def __init__(self, fixed: tuple[ApiKey, ...] = (), file: Path | None = None) -> None:
        self._fixed = fixed
        self._file = file
        self._of_file: tuple[ApiKey, ...] = ()
        self._seal: tuple[int, int, int] | None = None
        self._looked_at = 0.0
        if file is not None:
            self._of_file = parse_keys(file.read_text())
            self._seal = _seal(file)
            self._looked_at = time.monotonic()

    def find(self, key: str) -> ApiKey | None:
        """Whose key this is, if it counts."""
        self._look()
        digest = digest_of(key)
        found = None
        for known in (*self._fixed, *self._of_file):
            if compare_digest(known.digest, digest):
                found = known
        return found

    def _look(self) -> None:
        """Take in a file that was changed; one that is broken changes nothing and is told."""
        if self._file is None or time.monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        try:
            seal = _seal(self._file)
            if seal != self._seal:
                self._of_file = parse_keys(self._file.read_text())
                self._seal = seal
        except (OSError, ValueError) as error:
            _log.error("the file of API keys cannot be used, the keys of before count: %s", error)


def _seal(file: Path) -> tuple[int, int, int]:
    facts = file.stat()
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
