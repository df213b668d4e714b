"""What a real gunicorn serves in the tests of events: the service on the volume that the settings
name, and beside it the way to stream that keeps a thread busy.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from apiflask import APIFlask
from flask import Response

from export_service import create_app


def app() -> APIFlask:
    """The service, with one route more."""
    service = create_app()
    let_go = Path(os.environ["LET_GO"])

    @service.get("/held")
    def held() -> Response:
        def stream() -> Iterator[bytes]:
            yield b": here\n\n"
            while not let_go.exists():
                time.sleep(0.02)

        return Response(stream(), mimetype="text/event-stream")

    return service
