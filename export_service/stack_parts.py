"""What the embedded stack consists of: one row per process, as values.

`stack.py` runs the rows; nothing here starts anything.
"""

from __future__ import annotations

import importlib.util
import shlex
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
#: Hidden from people who look for their files, and beside them, so that a volume is one folder.
STATE_FOLDER = ".stack"
ENVIRONMENT = "environment"
#: Flower by itself leaves out `result`, which says how far a task is or why it failed.
FLOWER_COLUMNS = "name,uuid,state,result,received,runtime,worker"


@dataclass(frozen=True)
class Part:
    """One process of the stack and how it is asked to end."""

    name: str
    argv: tuple[str, ...]
    colour: str
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass(frozen=True)
class Stack:
    """Where the stack lives and listens."""

    media: Path
    port: int
    flower_port: int
    workers: int
    redis_url: str
    flower_auth: str

    @property
    def url(self) -> str:
        """Where the web process is asked."""
        return f"http://{HOST}:{self.port}"

    @property
    def state(self) -> Path:
        """The folder of the stack itself: lock, broker data, nothing of a person's."""
        return self.media / STATE_FOLDER


def broker(binary: Path, config: Path) -> Part:
    """The embedded Valkey; its password lies in the file, since a command line is public."""
    return Part("broker", (str(binary), str(config)), "red")


def broker_config(state: Path, port: int, password: str) -> str:
    r"""The text of Valkey's configuration: loopback, a password, and every write kept.

    >>> print(broker_config(Path('/media/a "b"'), 7000, "secret").splitlines()[3])
    dir "/media/a \"b\"/broker"
    """
    folder = str(state / "broker").replace("\\", "\\\\").replace('"', '\\"')
    lines = (
        f"bind {HOST}",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{folder}"',
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
        "loglevel warning",
        "",
    )
    return "\n".join(lines)


def operators_environment(stack: Stack) -> str:
    """What a shell reads before `celery -A worker ...` can speak of this stack's exports."""
    return (
        f"export MEDIA_BASE_PATH={shlex.quote(str(stack.media))}\n"
        f"export REDIS_URL={shlex.quote(stack.redis_url)}\n"
    )


def service_parts(stack: Stack) -> tuple[Part, ...]:
    """Workers, web and Flower, in the order they are started."""
    common = {
        "MEDIA_BASE_PATH": str(stack.media),
        "REDIS_URL": stack.redis_url,
        "PYTHONUNBUFFERED": "1",
        # Less than the stack waits before it kills.
        "EXPORT_SHUTDOWN_SECONDS": "1.5",
    }
    return (
        *(worker(number, common) for number in range(1, stack.workers + 1)),
        web(stack.port, common),
        flower(stack.flower_port, stack.flower_auth, common),
    )


def worker(number: int, environment: Mapping[str, str]) -> Part:
    """A Celery worker with its sweep; EXPORT_CONCURRENCY jobs at a time."""
    name = f"worker-{number}"
    argv = (
        *python("celery"),
        *("-A", "worker", "worker"),
        *("--hostname", f"{name}@%h", "--loglevel", "INFO"),
        *("--without-gossip", "--without-mingle"),
    )
    return Part(name, argv, "cyan", environment)


def web(port: int, environment: Mapping[str, str]) -> Part:
    """The HTTP side behind gunicorn."""
    argv = (
        *python("gunicorn"),
        *("--config", "python:export_service.gunicorn", "--bind", f"{HOST}:{port}"),
        "export_service:create_app()",
    )
    return Part("web", argv, "green", environment)


def flower(port: int, auth: str, environment: Mapping[str, str]) -> Part:
    """Celery's dashboard, on loopback only, for who knows the password: it is in the environment,
    since a command line is public.
    """
    argv = (
        *python("celery"),
        *("-A", "worker", "flower", f"--address={HOST}", f"--port={port}"),
        *("--logging=warning", f"--tasks-columns={FLOWER_COLUMNS}", "--natural-time"),
    )
    return Part("flower", argv, "magenta", {**environment, "FLOWER_BASIC_AUTH": auth})


def python(module: str) -> tuple[str, ...]:
    """The command that runs a module with this very interpreter."""
    return (sys.executable, "-m", module)


def shim() -> tuple[str, ...]:
    """The command that binds what follows (parent's pid, program, arguments) to the parent."""
    spec = importlib.util.find_spec("export_service.die_with_parent")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("export_service/die_with_parent.py")
    return (sys.executable, "-I", "-S", spec.origin)
