"""A tus client as small as can be, over Flask's own test client: a file, its address, its parts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

#: Headers by their names; one that is None is left out.
Asked = Mapping[str, str | None]

ALL = "/api/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
OCTETS = {"Content-Type": "application/offset+octet-stream"}


def named(name: str, **more: str) -> dict[str, str]:
    """The metadata header of a file of this name."""
    words = {"filename": name} | more
    pairs = (f"{word} {base64.b64encode(value.encode()).decode()}" for word, value in words.items())
    return {"Upload-Metadata": ",".join(pairs)}


def summed(algorithm: str, body: bytes) -> dict[str, str]:
    """The checksum header of a part."""
    digest = hashlib.new(algorithm, body).digest()
    return {"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}


@dataclass
class Sender:
    """Speaks to `web`; `also` goes with every request, for example a key."""

    web: FlaskClient
    also: dict[str, str] = field(default_factory=dict)

    def create(
        self,
        length: int | None,
        name: str = "cam1.mp4",
        body: bytes = b"",
        headers: Asked | None = None,
    ) -> TestResponse:
        """Ask for an upload."""
        asked: dict[str, str | None] = {**TUS, **named(name)}
        asked |= {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
        asked |= OCTETS if body else {}
        return self._ask("POST", ALL, {**asked, **(headers or {})}, body)

    def begin(self, length: int | None, name: str = "cam1.mp4") -> str:
        """The address of a new upload."""
        created = self.create(length, name)
        assert created.status_code == 201, created.text
        return created.headers["Location"]

    def patch(
        self, address: str, offset: int, body: bytes = b"", headers: Asked | None = None
    ) -> TestResponse:
        """Send a part."""
        asked = {**TUS, **OCTETS, "Upload-Offset": str(offset)}
        return self._ask("PATCH", address, {**asked, **(headers or {})}, body)

    def head(self, address: str) -> TestResponse:
        """Ask how far the upload is."""
        return self._ask("HEAD", address, TUS)

    def delete(self, address: str) -> TestResponse:
        """End the upload."""
        return self._ask("DELETE", address, TUS)

    def offset(self, address: str) -> int:
        """How far the upload is."""
        answer = self.head(address)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def _ask(self, method: str, address: str, headers: Asked, body: bytes = b"") -> TestResponse:
        sent = {name: value for name, value in headers.items() if value is not None}
        return self.web.open(address, method=method, headers=sent | self.also, data=body)
