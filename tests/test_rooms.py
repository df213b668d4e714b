"""The walls of the house that import-linter cannot see: pure rooms, and who starts processes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("config_schema", "export_service", "worker")
#: Rooms and single modules that are decided in values alone.
PURE = (
    "config_schema",
    "worker/plan",
    "worker/bitstream",
    "worker/ffmpeg/commands.py",
    "worker/ffmpeg/diagnosis.py",
    "worker/ffmpeg/progress.py",
)
THE_WORLD = {
    *("asyncio", "av", "celery", "flask", "glob", "httpx", "io", "kombu", "logging", "os"),
    *("redis", "shutil", "socket", "subprocess", "tempfile", "threading", "time"),
}
STARTS = {
    *("os.fork", "os.forkpty", "os.popen", "os.posix_spawn", "os.posix_spawnp", "os.system"),
    *(f"os.exec{kind}" for kind in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
    *(f"os.spawn{kind}" for kind in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
}
STARTING_MODULES = {
    "billiard",
    "concurrent.futures.process",
    "multiprocessing",
    "pty",
    "subprocess",
}
#: Who may, and why nobody else has to.
STARTERS = {
    "worker/ffmpeg/start.py": "FFmpeg and the children that read media",
    "worker/ffmpeg/nursery.py": "what those children are forked from",
    "export_service/stack.py": "the parts of the embedded stack",
    "export_service/die_with_parent.py": "becomes the part it was asked to start",
    "export_service/coded_media.py": "encodes the synthetic cameras of demo and tests",
}


def modules(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from [path] if path.suffix else sorted(path.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> set[str]:
    """Every module that is imported anywhere in the file, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def starts_processes(tree: ast.AST) -> set[str]:
    found = {
        module
        for module in imports(tree)
        if any(module == name or module.startswith(f"{name}.") for name in STARTING_MODULES)
        or module in STARTS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {f"{node.value.id}.{node.attr}"} & STARTS
    return found


@pytest.mark.parametrize("path", list(modules(*PURE)), ids=name_of)
def test_a_pure_room_imports_nothing_of_the_world(path: Path) -> None:
    tops = {module.split(".")[0] for module in imports(ast.parse(path.read_text()))}
    assert not tops & THE_WORLD


@pytest.mark.parametrize("path", list(modules(*PACKAGES)), ids=name_of)
def test_processes_are_started_in_their_places_only(path: Path) -> None:
    found = starts_processes(ast.parse(path.read_text()))
    assert not found or name_of(path) in STARTERS, f"{name_of(path)} uses {sorted(found)}"


def test_every_place_that_may_start_processes_still_does() -> None:
    for name in STARTERS:
        assert starts_processes(ast.parse((ROOT / name).read_text())), name


def test_every_module_says_why_it_exists() -> None:
    silent = [
        name_of(path)
        for path in modules(*PACKAGES)
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import subprocess", {"subprocess"}),
        ("def f():\n from subprocess import run", {"subprocess", "subprocess.run"}),
        ("import os\nos.execv('a', [])", {"os.execv"}),
        ("from os import posix_spawn", {"os.posix_spawn"}),
        ("import os\nos.kill(1, 2)", set()),
    ],
)
def test_the_search_itself_finds_what_it_looks_for(code: str, found: set[str]) -> None:
    assert starts_processes(ast.parse(code)) == found
