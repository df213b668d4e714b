"""Sends a finished programme: ranges, validators and a name that is safe on every system.

Werkzeug does the HTTP; here is what it leaves open. A range goes out by the server's sendfile
from its own place in the file (Werkzeug would read a file from the start to reach it), several
ranges at once are answered with the whole file, as RFC 9110 allows, and a name from a person
becomes one that no header, shell or file system trips over.
"""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

from flask import Response
from werkzeug.exceptions import PreconditionFailed
from werkzeug.http import is_resource_modified, parse_range_header
from werkzeug.utils import send_file
from werkzeug.wsgi import wrap_file

from export_service.settings import WebSettings

NAME_CHARACTERS = 150
NAME_BYTES = 240  # most file systems end at 255
FALLBACK_STEM = "export"
BLOCK_BYTES = 256 * 1024

#: What file systems or shells give a meaning to, and what people read instead.
_STAND_INS = str.maketrans(
    {
        "/": "-",
        "\\": "-",
        ":": "-",
        "|": "-",
        '"': "'",
        "<": "(",
        ">": ")",
        "*": "",
        "?": "",
    }
)
#: Zero-width joiners are part of emoji and of several scripts; other format characters reorder
#: or hide text, which a file name has no use for.
_KEPT_FORMATS = frozenset("\u200c\u200d")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_DEVICE_NAME = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
#: RFC 5987 attr-char.
_ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"


def attachment_name(title: str, suffix: str) -> str:
    """The file name for a programme of this title: safe, of bounded length, ending in `suffix`.

    >>> attachment_name('Folge 3: "Das Ende"', ".mp4")
    "Folge 3- 'Das Ende'.mp4"
    >>> attachment_name("Folge 3.mp4", ".mp4")
    'Folge 3.mp4'
    >>> attachment_name("...", ".mp4")
    'export.mp4'
    >>> attachment_name("con", ".mp4")
    '_con.mp4'
    """
    visible = "".join(_shown(character) for character in title.removesuffix(suffix))
    stem = _trimmed(" ".join(visible.split()))
    if _DEVICE_NAME.match(stem):
        stem = f"_{stem}"
    short = stem[: NAME_CHARACTERS - len(suffix)].encode()[: NAME_BYTES - len(suffix)]
    return (_trimmed(short.decode(errors="ignore")) or FALLBACK_STEM) + suffix


def disposition_options(name: str) -> dict[str, str]:
    """`filename` in ASCII and `filename*` in full, for a Content-Disposition.

    >>> disposition_options("Été 100%.mp4")
    {'filename': 'Ete 100_.mp4', 'filename*': "UTF-8''%C3%89t%C3%A9%20100%25.mp4"}
    """
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  (a name, not a path)
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    # NFKD turns a few characters into the very signs that attachment_name took out, and
    # browsers decode a percent sign in `filename` (RFC 6266, appendix D).
    fallback = re.sub(r'[%"\\/:|<>*?]', "_", _trimmed(ascii_stem)) or FALLBACK_STEM
    return {
        "filename": fallback + suffix,
        "filename*": f"UTF-8''{quote(name, safe=_ATTRIBUTE_CHARACTERS)}",
    }


class FrontServer(NamedTuple):
    """A server in front of this one that sends the files, and how it is told which."""

    header: str
    #: What stands in the header for the folder that holds all exports.
    root: str
    exports: Path

    def sends(self, path: Path, response: Response) -> None:
        """Have it send `path`, whole or the part that its client asks for, in place of a body."""
        response.close()
        response.response = ()
        for name in ("Content-Length", "Content-Range"):
            response.headers.pop(name, None)
        response.status_code = 200  # a part is the front server's to cut
        # The server reads it as a URL; slashes are the only ones that mean anything.
        response.headers[self.header] = f"{self.root}/{quote(str(path.relative_to(self.exports)))}"


def front_server(settings: WebSettings) -> FrontServer | None:
    """The server that sends the files, if there is one."""
    exports = settings.volume.exports
    match settings.sendfile:
        case "x-accel":
            return FrontServer("X-Accel-Redirect", settings.sendfile_prefix, exports)
        case "x-sendfile":
            return FrontServer("X-Sendfile", quote(str(exports.resolve())), exports)
        case _:
            return None


def send_download(
    path: Path, title: str, media_type: str, environ: WSGIEnvironment, front: FrontServer | None
) -> Response:
    """The whole file, the part a client asks for, or the news that it has it already.

    With a `front` server the decision is made here and the sending is left to it. Raises
    `RequestedRangeNotSatisfiable`, `PreconditionFailed`, and `FileNotFoundError` when the file was
    deleted a moment ago.
    """
    facts = path.stat()
    etag = file_tag(facts, front)
    response = send_file(
        path,
        _settled(environ, etag, datetime.fromtimestamp(facts.st_mtime, UTC), facts.st_size),
        mimetype=media_type,
        etag=etag,
        response_class=Response,
    )
    assert isinstance(response, Response)
    options = disposition_options(attachment_name(title, path.suffix))
    response.headers.set("Content-Disposition", "attachment", **options)
    if response.status_code == 412:
        response.close()
        raise PreconditionFailed
    if front is not None and response.status_code in (200, 206):
        front.sends(path, response)
    elif response.status_code == 304 or environ["REQUEST_METHOD"] == "HEAD":
        response.close()  # nobody will read the file
    elif response.status_code == 206:
        start = response.content_range.start or 0
        length = response.content_length or 0
        response.close()
        part = cast("IO[bytes]", _Part(path, start, length))
        response.response = wrap_file(environ, part, BLOCK_BYTES)
    return response


def file_tag(facts: os.stat_result, front: FrontServer | None) -> str:
    """The file's ETag. nginx makes its own when it sends a file, so with it ours is the same one.

    >>> facts = os.stat_result((0, 0, 0, 0, 0, 0, 4096, 0, 1_700_000_000, 0))
    >>> file_tag(facts, FrontServer("X-Accel-Redirect", "/_exports", Path("exports")))
    '6553f100-1000'
    """
    if front is not None and front.header == "X-Accel-Redirect":
        return f"{int(facts.st_mtime):x}-{facts.st_size:x}"
    return f"{facts.st_mtime_ns:x}-{facts.st_size:x}"


class _Part:
    """A readable part of a file, in the shape WSGI servers send without copying."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        self._file: BinaryIO = path.open("rb", buffering=0)
        self._file.seek(start)
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; nothing at the part's end."""
        wanted = self._left if size < 0 else min(size, self._left)
        block = self._file.read(wanted)
        self._left -= len(block)
        return block

    def fileno(self) -> int:
        """The file's descriptor, standing at the part's start."""
        return self._file.fileno()

    def close(self) -> None:
        """Give the descriptor back."""
        self._file.close()


def _shown(character: str) -> str:
    if character.isspace() or character in _KEPT_FORMATS:
        return character
    if unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    return character.translate(_STAND_INS)


def _trimmed(stem: str) -> str:
    """Without dots and spaces around it: one hides the file, the other Windows cuts off."""
    return stem.strip(" .\u200c\u200d")


def _settled(environ: WSGIEnvironment, etag: str, modified: datetime, size: int) -> WSGIEnvironment:
    """The request with its conditions in a form that Werkzeug answers by RFC 9110.

    A range counts for GET alone and after the preconditions. One that cannot be read, or that
    names several parts, is as if it were not there. A suffix longer than the file is the file.
    """
    settled = {key: value for key, value in environ.items() if key != "HTTP_RANGE"}
    if environ.get("HTTP_IF_MATCH", "").strip() == "*":
        del settled["HTTP_IF_MATCH"]  # holds, since the file exists; Werkzeug takes it for a tag
    asked = parse_range_header(environ.get("HTTP_RANGE"))
    if (
        asked is None
        or asked.units != "bytes"
        or len(asked.ranges) != 1
        or environ["REQUEST_METHOD"] != "GET"
        or not is_resource_modified(settled, etag=f'"{etag}"', last_modified=modified)
    ):
        return settled
    start, _ = asked.ranges[0]
    return settled | {"HTTP_RANGE": "bytes=0-" if -start >= size else asked.to_header()}
