"""A programme as a browser gets it: from the service's own download route, by ranges."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOWNLOAD = "/api/export/done/download"


@contextlib.contextmanager
def served(file: Path) -> Iterator[str]:
    """The address of a real gunicorn with one completed export, `file`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn"),
                *("--log-level", "error", "--access-logfile", os.devnull),
                *("--bind", f"fd://{listener.fileno()}", "tests.export_service.served:app()"),
            ],
            cwd=ROOT,
            env=os.environ | {"SERVED_FILE": str(file), "MEDIA_BASE_PATH": str(file.parent)},
            pass_fds=[listener.fileno()],
        )
        port = listener.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
