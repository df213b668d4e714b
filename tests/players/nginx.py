"""A real nginx in front of a real gunicorn, set up as docs/operations.md says."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_AROUND = """
daemon off;
error_log {folder}/nginx.log;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    types {{ }}
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-1;
    uwsgi_temp_path {folder}/nginx-2;
    scgi_temp_path {folder}/nginx-3;
    {server}
}}
"""


def documented_server() -> str:
    """The `server` block that operators are told to write."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (block,) = re.findall(r"```nginx\n(.*?)```", text, re.DOTALL)
    return str(block)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def fronted(folder: Path, file: Path, mode: str) -> Iterator[tuple[int, int]]:
    """The ports of nginx and of gunicorn behind it, which serve `file` as a completed export."""
    front, behind = free_port(), free_port()
    server = documented_server()
    for told, ours in (
        ("listen 80;", f"listen 127.0.0.1:{front};"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("/srv/media/exports/", f"{folder}/exports/"),
    ):
        assert told in server
        server = server.replace(told, ours)
    config = folder / "nginx.conf"
    config.write_text(
        ("user root;\n" if os.getuid() == 0 else "") + _AROUND.format(folder=folder, server=server)
    )
    environment = os.environ | {
        "SERVED_FILE": str(file),
        "MEDIA_BASE_PATH": str(folder),
        "EXPORT_SENDFILE": mode,
    }
    web = (sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn")
    commands = (
        [*web, "--bind", f"127.0.0.1:{behind}", "tests.export_service.served:app()"],
        ["nginx", "-e", str(folder / "nginx.log"), "-c", str(config)],
    )
    with (folder / "log").open("ab") as log:
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            for command in commands
        ]
    try:
        for port in (front, behind):
            _await(port)
        yield front, behind
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


def _await(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "nobody listens"
            time.sleep(0.1)
        else:
            return
