"""The body of an upload, block by block, from a client that may fall silent or vanish."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any

from config_schema.errors import UploadBroken

BLOCK_BYTES = 256 * 1024

#: A client that is silent for so long gives way to a request that wants to go on in its place.
SILENT_SECONDS = 1.0
#: One that is silent for so long is gone; nothing else would ever free its thread.
STALL_SECONDS = 30.0


def announced_bytes(environ: Mapping[str, Any]) -> int | None:
    """How long the body is, by its head; None where only its end will tell."""
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() else 0


def body_blocks(environ: Mapping[str, Any]) -> Generator[bytes]:
    """The body's blocks; an empty one for every second in which nothing came.

    UploadBroken behind the last byte that arrived, when that was not the last one of the body.
    """
    announced = announced_bytes(environ)
    stream, socket = environ["wsgi.input"], environ.get("gunicorn.socket")
    return _until_its_end(stream, socket) if announced is None else _all(stream, socket, announced)


def _all(stream: IO[bytes], socket: Any, left: int) -> Generator[bytes]:
    heard_at = time.monotonic()
    with _listening(socket, SILENT_SECONDS):
        while left > 0:
            wanted = min(BLOCK_BYTES, left)
            try:
                block = stream.read(wanted)
            except TimeoutError as error:
                block = _scraped(stream, socket, wanted)
                if not block and time.monotonic() - heard_at > STALL_SECONDS:
                    raise UploadBroken from error
            except Exception as error:  # servers have words of their own for a body that broke off
                yield from _rest(stream, wanted)
                raise UploadBroken from error
            else:
                if not block:
                    raise UploadBroken
            if block:
                heard_at = time.monotonic()
            left -= len(block)
            yield block


def _until_its_end(stream: IO[bytes], socket: Any) -> Generator[bytes]:
    # Under gunicorn such a body cannot be read on after a pause that was noticed.
    with _listening(socket, STALL_SECONDS):
        while True:
            try:
                block = stream.read(BLOCK_BYTES)
            except Exception as error:  # the same
                yield from _rest(stream, BLOCK_BYTES)
                raise UploadBroken from error
            if not block:
                return
            yield block


def _scraped(stream: IO[bytes], socket: Any, wanted: int) -> bytes:
    """What the server holds back until it has all of `wanted`, taken in halves without waiting."""
    if socket is None:
        return b""
    patience = socket.gettimeout()
    socket.settimeout(0)
    scraped = []
    while wanted := wanted // 2:
        # Nothing is there yet; whatever is worse comes again with the next reading.
        with suppress(OSError):
            scraped.append(stream.read(wanted))
    socket.settimeout(patience)
    return b"".join(scraped)


def _rest(stream: IO[bytes], wanted: int) -> Iterator[bytes]:
    """What the server had taken from the socket already when the connection broke."""
    while True:
        try:
            block = stream.read(wanted)
        except Exception:  # noqa: BLE001 - it is known to be broken
            return
        if not block:
            return
        yield block


@contextmanager
def _listening(socket: Any, seconds: float) -> Iterator[None]:
    """Let reading from the socket end after so long; another server than gunicorn shows none."""
    if socket is None:
        yield
        return
    before = socket.gettimeout()
    socket.settimeout(seconds)
    try:
        yield
    finally:
        socket.settimeout(before)
