"""Secrets stay where they belong: each is a text that is then looked for everywhere else."""

from __future__ import annotations

import base64
import re
import secrets
import shlex
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from export_service.api_keys import known_as, new_key
from export_service.stack import RunningStack
from tests.engine.harness import config_of
from tests.media.footage import Source, place, tiny
from tests.stack.processes import descendants
from tests.worker.house import until

CUTS = [(0, 0, 1.5), (1, 1.5, 3.04)]
BROKEN = "broken.mp4"
#: In the address of a client's own, which lies with its config and nowhere else.
QUERY = secrets.token_urlsafe(16)
WITH_THE_CONFIG = ("config.json", "state.json", "outbox")


class Watch:
    """Reads the command lines of a stack's processes again and again, until it is left."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.seen: set[bytes] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ends.wait(0.02):
            for pid in descendants(self._root):
                try:
                    self.seen.add(Path(f"/proc/{pid}/cmdline").read_bytes())
                except (FileNotFoundError, ProcessLookupError):
                    continue


@pytest.fixture(scope="module")
def cameras() -> list[Source]:
    return [tiny(n, Fraction(5), Fraction(30)) for n in (1, 2)]


@pytest.fixture(scope="module")
def canaries() -> dict[str, str]:
    return {
        "EXPORT_API_KEYS": new_key(),
        "EXPORT_SIGNING_KEYS": secrets.token_urlsafe(32),
        "EXPORT_JWT_SECRET": secrets.token_urlsafe(32),
        "EXPORT_WEBHOOK_SECRETS": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
    }


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, cameras: list[Source], canaries: dict[str, str]
) -> Iterator[tuple[RunningStack, Path, Path]]:
    folder = tmp_path_factory.mktemp("canary")
    media, log = folder / "media", folder / "up.log"
    for sources in (media / "sources" / "~acme", media / "sources"):
        place(sources, *cameras)
        (sources / BROKEN).write_bytes(b"no video at all" * 100)
    with pytest.MonkeyPatch.context() as environment:
        for name, secret in canaries.items():
            environment.setenv(name, secret)
        environment.setenv(
            "EXPORT_API_KEYS", str(known_as("editor", "acme", canaries["EXPORT_API_KEYS"]))
        )
        environment.setenv("EXPORT_WEBHOOK_SECRETS", f"acme:{canaries['EXPORT_WEBHOOK_SECRETS']}")
        with RunningStack(media, log) as running:
            yield running, media, log


def environment_of(media: Path) -> dict[str, str]:
    lines = (media / ".stack" / "environment").read_text().splitlines()
    words = [word for line in lines for word in shlex.split(line) if "=" in word]
    return dict(word.split("=", 1) for word in words)


def test_no_secret_is_found_anywhere_else(
    stack: tuple[RunningStack, Path, Path], cameras: list[Source], canaries: dict[str, str]
) -> None:
    running, media, log = stack
    redis_url = environment_of(media)["REDIS_URL"]
    password = httpx.URL(redis_url).password
    assert password
    known = {**canaries, "REDIS_URL": password}
    answers: list[bytes] = []
    with Watch(running.pid) as watch:
        key = {"X-API-Key": known["EXPORT_API_KEYS"]}
        with httpx.Client(base_url=running.url, timeout=30, trust_env=False) as http:

            def ask(method: str, url: str, **more: Any) -> httpx.Response:
                answer = http.request(method, url, **more)
                told = str(answer.headers).encode() + answer.content
                # What a client sent is not news to it.
                answers.append(told)
                return answer

            for job_id, changes in (("good", {}), ("bad", {"broken": True})):
                config = config_of(cameras, CUTS, codec="copy") | {"id": job_id}
                if changes:
                    config["sources"][0]["filePath"] = BROKEN
                config["callbackUrl"] = f"https://hooks.invalid/exports?token={QUERY}"
                posted = ask("POST", "/api/export", json=config, headers=key)
                assert posted.status_code == 202, posted.text

            def is_over(job_id: str) -> bool:
                status = ask("GET", f"/api/export/{job_id}/status", headers=key).json()
                return status["status"] in {"completed", "failed"}

            until(lambda: is_over("good") and is_over("bad"), 90)
            status = ask("GET", "/api/export/good/status", headers=key).json()
            assert status["status"] == "completed"
            assert ask("GET", status["downloadUrl"]).status_code == 200
            assert ask("GET", status["downloadUrl"] + "x").status_code == 403
            assert ask("GET", "/api/export", headers={"X-API-Key": "wrong"}).status_code == 401
            assert ask("GET", "/api/export?limit=x", headers=key).status_code == 400
            assert ask("POST", "/api/export", content=b"{", headers=key).status_code == 400
            for url in ("/readyz", "/openapi.json", "/", "/docs"):
                assert ask("GET", url).status_code == 200
            pages = flower_pages(media, log)
    haystacks: dict[str, bytes] = {
        "answers": b"".join(answers),
        "command lines": b"\n".join(watch.seen),
        "Flower": b"".join(pages),
        "log": log.read_bytes(),
    }
    for file in media.rglob("*"):
        if file.is_file() and ".stack" not in file.parts:
            haystacks[str(file.relative_to(media))] = file.read_bytes()
    assert any("job.log" in name for name in haystacks)
    assert len(watch.seen) > 5
    assert b"good@acme" in haystacks["Flower"]
    for name, secret in known.items():
        for where, text in haystacks.items():
            assert secret.encode() not in text, f"{name} is in {where}"
    for where, text in haystacks.items():
        assert QUERY.encode() not in text or any(name in where for name in WITH_THE_CONFIG), where
    # The control: where they belong the same search finds them.
    assert password in (media / ".stack" / "environment").read_text()
    web = descendants(running.pid, of="gunicorn")[0]
    assert known["EXPORT_SIGNING_KEYS"].encode() in Path(f"/proc/{web}/environ").read_bytes()


def flower_pages(media: Path, log: Path) -> list[bytes]:
    name, _, password = (media / ".stack" / "flower.auth").read_text().strip().partition(":")
    (url,) = re.findall(r"Flower is at (\S+),", log.read_text())
    pages = []
    with httpx.Client(base_url=url, auth=(name, password), timeout=30, trust_env=False) as flower:
        workers = flower.get("/api/workers?refresh=1").raise_for_status()
        tasks = flower.get("/api/tasks").raise_for_status()
        pages += [workers.content, tasks.content]
        urls = ["/", "/workers", "/tasks", "/broker", "/metrics"]
        urls += [f"/task/{task}" for task in tasks.json()]
        urls += [f"/worker/{worker}" for worker in workers.json()]
        pages += [flower.get(page).raise_for_status().content for page in urls]
    return pages
