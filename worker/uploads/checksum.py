"""Checksums that a client sends along with a part of an upload.

They tell damage on the way, not malice: who could change the part could change its checksum.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import NamedTuple, Protocol

ALGORITHMS = ("sha1", "sha256", "md5", "crc32")


class Checksum(NamedTuple):
    """What a part must have: one of `ALGORITHMS`, and the digest's bytes (crc32: big-endian)."""

    algorithm: str
    digest: bytes


class Hasher(Protocol):
    """Eats the part block by block."""

    def update(self, data: bytes, /) -> object:
        """Take the next block."""
        ...

    def digest(self) -> bytes:
        """What the blocks so far come to."""
        ...


class _Crc32:
    def __init__(self) -> None:
        self._value = 0

    def update(self, data: bytes, /) -> None:
        self._value = zlib.crc32(data, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(4, "big")


def hasher(algorithm: str) -> Hasher:
    """A fresh hasher of one of `ALGORITHMS`.

    >>> crc32 = hasher("crc32")
    >>> crc32.update(b"123456789")
    >>> crc32.digest().hex()
    'cbf43926'
    """
    if algorithm == "crc32":
        return _Crc32()
    return hashlib.new(algorithm, usedforsecurity=False)
