"""Without keys a real gunicorn serves nobody beyond loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEFORE_IT_LISTENS = "Listening at"


def gunicorn(media: Path, bind: str, **settings: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "MEDIA_BASE_PATH": str(media), "REDIS_URL": "redis://127.0.0.1:1"}
    argv = (sys.executable, "-m", "gunicorn", "-c", "python:export_service.gunicorn")
    return subprocess.Popen(
        (*argv, "--bind", bind),
        cwd=ROOT,
        env=environment | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("bind", ["0.0.0.0:0", "[::]:0"])
def test_it_refuses_to_start(tmp_path: Path, bind: str) -> None:
    process = gunicorn(tmp_path, bind)
    _, told = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "everybody who reaches the port could do everything" in told
    assert "Traceback" not in told
    assert BEFORE_IT_LISTENS not in told


KEYS = {"EXPORT_API_KEYS": f"a@b:{'0' * 64}", "EXPORT_SIGNING_KEYS": "s" * 32}


@pytest.mark.parametrize(
    ("bind", "settings", "is_warned"),
    [
        ("127.0.0.1:0", {}, False),
        ("0.0.0.0:0", KEYS, False),
        ("0.0.0.0:0", {"EXPORT_ANSWER_ANYONE": "1"}, True),
    ],
)
def test_it_starts(tmp_path: Path, bind: str, settings: dict[str, str], *, is_warned: bool) -> None:
    process = gunicorn(tmp_path, bind, **settings)
    assert process.stderr is not None
    told = ""
    for line in process.stderr:
        told += line
        if BEFORE_IT_LISTENS in line:
            break
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert BEFORE_IT_LISTENS in told
    assert ("WITHOUT KEYS" in told) is is_warned
