"""Links to a download that a browser may follow by itself, which sends no key along.

A link says whose export it is and until when it counts, and is signed; it opens that one download
and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from itsdangerous import BadSignature, URLSafeSerializer

from config_schema.errors import NotAllowed

#: The query parameter that has it.
PARAMETER = "link"
#: Ends are at full hours, so that the link in a status stays the same while one polls.
_STEP_SECONDS = 3600


class Links:
    """Signs with the first of some keys and takes what any of them has signed."""

    def __init__(
        self, keys: Sequence[str], lasts_seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        # The library signs with the last one.
        self._seal = URLSafeSerializer([*reversed(keys)], salt="download")
        self._lasts_seconds = lasts_seconds
        self._clock = clock

    def signed(self, url: str, export_id: str, tenant: str) -> str:
        """The download's URL with all that it takes."""
        ends = -(-int(self._clock() + self._lasts_seconds) // _STEP_SECONDS) * _STEP_SECONDS
        text = self._seal.dumps([tenant, export_id, ends])
        return f"{url}?{urlencode({PARAMETER: text})}"

    def tenant_of(self, link: str, export_id: str) -> str:
        """The tenant whose download this link opens; NotAllowed if it opens none of this id."""
        try:
            tenant, known_id, ends = self._seal.loads(link)
        except (BadSignature, ValueError, TypeError) as error:
            raise NotAllowed("This link is not one that this service gave out.") from error
        if known_id != export_id:
            raise NotAllowed("This link is one to another export.")
        if self._clock() >= ends:
            raise NotAllowed("This link is too old; look at the export's status for a new one.")
        return str(tenant)
