"""What a real gunicorn serves in the tests: one completed export of a file named by SERVED_FILE."""

from __future__ import annotations

import os
from pathlib import Path

from apiflask import APIFlask

from config_schema.config import parse_config
from export_service import create_app
from tests.export_service.fakes import FakeDoor, body


def app() -> APIFlask:
    """The service with a door whose one job is done."""
    door = FakeDoor()
    door.submit(parse_config(body(id="done", projectName="Ärger\r\nX-Evil: 1 🎬")))
    door.complete("done", Path(os.environ["SERVED_FILE"]))
    return create_app(client=door)
