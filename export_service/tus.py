"""The words of tus 1.0.0, the protocol of resumable uploads: its headers, read and written.

https://tus.io/protocols/resumable-upload tells what each means. Everything here is a function of
the headers alone.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from email.utils import format_datetime

from config_schema.errors import NotOffsetOctets, UploadInvalid
from worker.uploads.store import ALGORITHMS, Checksum, Upload

VERSION = "1.0.0"
EXTENSIONS = (
    *("creation", "creation-with-upload", "creation-defer-length"),
    *("expiration", "checksum", "termination"),
)
OFFSET_OCTETS = "application/offset+octet-stream"

#: What a page of another origin must be allowed to send and to read: CORS's
#: Access-Control-Allow-Methods, -Allow-Headers and -Expose-Headers for these addresses.
METHODS = ("DELETE", "HEAD", "OPTIONS", "PATCH", "POST")
ASKED_HEADERS = (
    *("Content-Type", "Tus-Resumable", "Upload-Checksum", "Upload-Defer-Length", "Upload-Length"),
    *("Upload-Metadata", "Upload-Offset", "X-HTTP-Method-Override", "X-Requested-With"),
)
TOLD_HEADERS = (
    *("Location", "Tus-Checksum-Algorithm", "Tus-Extension", "Tus-Max-Size", "Tus-Resumable"),
    *("Tus-Version", "Upload-Defer-Length", "Upload-Expires", "Upload-Length"),
    *("Upload-Metadata", "Upload-Offset"),
)

_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
LONGEST_METADATA = 4096


def announcement(most_bytes: int) -> dict[str, str]:
    """The headers that tell a client what is spoken here; `most_bytes` 0 names no limit."""
    told = {
        "Tus-Version": VERSION,
        "Tus-Extension": ",".join(EXTENSIONS),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }
    return told | ({"Tus-Max-Size": str(most_bytes)} if most_bytes else {})


def progress(upload: Upload) -> dict[str, str]:
    """The headers that tell how far an upload is, and until when it waits for more."""
    told = {"Upload-Offset": str(upload.offset)}
    if not upload.is_finished:
        told["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return told


def facts(upload: Upload) -> dict[str, str]:
    """The headers that tell everything about an upload."""
    told = progress(upload)
    if upload.length is None:
        told["Upload-Defer-Length"] = "1"
    else:
        told["Upload-Length"] = str(upload.length)
    return told | ({"Upload-Metadata": upload.metadata} if upload.metadata else {})


def creation_length(headers: Mapping[str, str]) -> int | None:
    """How many bytes the file will have; None when the client will only tell later.

    >>> creation_length({"Upload-Length": "100"}), creation_length({"Upload-Defer-Length": "1"})
    (100, None)
    """
    deferred = headers.get("Upload-Defer-Length")
    if deferred is None:
        length = declared_length(headers)
        if length is None:
            raise _wrong("Upload-Length", "must say how many bytes the file has")
        return length
    if deferred != "1":
        raise _wrong("Upload-Defer-Length", "can only be 1")
    if "Upload-Length" in headers:
        raise _wrong("Upload-Defer-Length", "cannot go with Upload-Length")
    return None


def declared_length(headers: Mapping[str, str]) -> int | None:
    """How many bytes the file has, where the request says so."""
    if "Upload-Length" not in headers:
        return None
    length = _whole(headers, "Upload-Length")
    if not length:
        raise UploadInvalid("The file is empty.", place="Upload-Length")
    return length


def offset(headers: Mapping[str, str]) -> int:
    """Behind which byte the body goes."""
    if "Upload-Offset" not in headers:
        raise _wrong("Upload-Offset", "must say behind which byte the body goes")
    return _whole(headers, "Upload-Offset")


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    """What the body must come to, where the client sent that along.

    >>> checksum({"Upload-Checksum": "crc32 y/Q5Jg=="})
    Checksum(algorithm='crc32', digest=b'\\xcb\\xf49&')
    """
    sent = headers.get("Upload-Checksum")
    if sent is None:
        return None
    algorithm, _, encoded = sent.partition(" ")
    if algorithm not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise _wrong("Upload-Checksum", f"must be of one of these kinds: {known}")
    digest = _decoded(encoded)
    if not digest:
        raise _wrong("Upload-Checksum", "must be a kind, a blank, and the sum in base64")
    return Checksum(algorithm, digest)


def metadata(headers: Mapping[str, str]) -> dict[str, bytes]:
    """What the client says of the file: words without a value have an empty one.

    >>> metadata({"Upload-Metadata": "filename Y2FtMS5tcDQ=,draft"})
    {'filename': b'cam1.mp4', 'draft': b''}
    """
    sent = headers.get("Upload-Metadata", "")
    if not sent.isascii() or len(sent) > LONGEST_METADATA:
        raise _wrong("Upload-Metadata", f"can have {LONGEST_METADATA} plain characters at most")
    pairs: dict[str, bytes] = {}
    for pair in sent.split(",") if sent else ():
        key, _, encoded = pair.strip(" ").partition(" ")
        value = _decoded(encoded)
        if not key or value is None or key in pairs:
            raise _wrong(
                "Upload-Metadata",
                "must be words with values in base64, separated by commas, each word once",
            )
        pairs[key] = value
    return pairs


def file_name(headers: Mapping[str, str]) -> str:
    """What the file is to be called, as the client says."""
    if "Upload-Concat" in headers:
        raise _wrong("Upload-Concat", "is not known here; send the file in one upload")
    name = metadata(headers).get("filename")
    if name is None:
        raise _wrong("Upload-Metadata", "must say by its word filename what the file is called")
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise _wrong("Upload-Metadata", "must have its filename in UTF-8") from error


def require_octets(headers: Mapping[str, str]) -> None:
    """NotOffsetOctets unless the body is said to be bytes of an upload."""
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != OFFSET_OCTETS:
        raise NotOffsetOctets


def _wrong(header: str, said: str) -> UploadInvalid:
    return UploadInvalid(f"The header {header} {said}.", place=header)


def _whole(headers: Mapping[str, str], name: str) -> int:
    value = headers[name]
    if not _WHOLE.fullmatch(value):
        raise _wrong(name, "must be a whole number of bytes")
    return int(value)


def _decoded(encoded: str) -> bytes | None:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
