"""What the web processes log, from a real gunicorn."""

from __future__ import annotations

import http.client
import json
import logging.config
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from export_service.stack_log import as_object
from export_service.web_log import log_config
from tests.worker.house import until

ROOT = Path(__file__).parents[2]
SECRET = "a-password"


def log_of(folder: Path, log_format: str, *paths: str) -> list[str]:
    """The lines of a gunicorn that was asked for these, and then to end; its broker is away."""
    log = folder / "log"
    environment = os.environ | {
        "EXPORT_LOG_FORMAT": log_format,
        "EXPORT_HTTP_WORKERS": "1",
        "MEDIA_BASE_PATH": str(folder / "media"),
        "REDIS_URL": f"redis://:{SECRET}@127.0.0.1:1/0",
    }
    with log.open("wb") as stream, socket.create_server(("127.0.0.1", 0)) as listener:
        command = [
            *(sys.executable, "-m", "gunicorn", "--config", "python:export_service.gunicorn"),
            *("--bind", f"fd://{listener.fileno()}"),
        ]
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        port = listener.getsockname()[1]
    try:
        for path in paths:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path, headers={"X-Request-Id": "the-one"})
            connection.getresponse().read()
            connection.close()
        until(lambda: log.read_text().count("the-one") >= len(paths))
    finally:
        server.terminate()
        server.wait(30)
    text = log.read_text()
    assert SECRET not in text
    return text.splitlines()


def test_every_line_of_the_web_is_an_object(tmp_path: Path) -> None:
    paths = ("/api/export/my-job/status", "/healthz", "/api/export/..%0a/status")
    found: list[dict[str, Any]] = [json.loads(line) for line in log_of(tmp_path, "json", *paths)]
    assert all({"time", "level", "logger", "pid", "message"} <= line.keys() for line in found)
    seen = [line for line in found if line["logger"] == "gunicorn.access"]
    assert [line.get("job") for line in seen] == ["my-job", None, None]
    assert {line["request"] for line in seen} == {"the-one"}
    assert "gunicorn.error" in {line["logger"] for line in found}


def test_text_is_for_people(tmp_path: Path) -> None:
    lines = log_of(tmp_path, "text", "/healthz")
    assert [line for line in lines if line.startswith("127.0.0.1 GET /healthz 200 ")]
    assert [line for line in lines if "[INFO] gunicorn.error: Starting gunicorn" in line]


def test_what_our_own_modules_say_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    kept = logging.root.handlers[:], logging.root.level
    try:
        logging.config.dictConfig(log_config("json", (SECRET,)))
        logging.getLogger("worker.jobs.booking").info("with %s", SECRET, extra={"job": "a"})
    finally:
        logging.root.handlers[:], level = kept
        logging.root.setLevel(level)
        for name in ("gunicorn.error", "gunicorn.access"):
            logging.getLogger(name).handlers.clear()
    line = json.loads(capsys.readouterr().err)
    assert (line["job"], line["message"]) == ("a", "with ***")


def test_a_part_without_json_is_made_to_fit() -> None:
    told = json.loads(as_object("broker", "\x1b[31mReady to accept connections\x1b[0m"))
    assert (told["part"], told["message"]) == ("broker", "Ready to accept connections")
    assert json.loads(as_object("web", "[1]"))["message"] == "[1]"
