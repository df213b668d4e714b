"""Hostile configs through the whole app: an answer in good order to each, never a 5xx."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from export_service import create_app
from export_service.settings import WebSettings
from tests.config_schema.mutate import mutations
from tests.export_service.checked_client import check
from tests.export_service.fakes import FakeDoor


def try_bodies(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """What came of each body: the status, and the harm in words or nothing.

    Every answer is held against the API's description, too.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz") as media:
        web = create_app(WebSettings(media_base_path=Path(media)), FakeDoor()).test_client()
        for number, body in enumerate(mutations(seed, count)):
            try:
                answer = web.post("/api/export", data=body)
                check(answer)
                harm = "" if answer.status_code < 500 else answer.get_data(as_text=True)
                outcome = str(answer.status_code)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is harm
                outcome, harm = type(error).__name__, str(error)[:2000]
            yield outcome, f"body {number} of seed {seed}: {harm}" if harm else ""
