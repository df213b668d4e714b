"""A store in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from worker.jobs.store import JobStore


@pytest.fixture
def store(tmp_path: Path) -> JobStore:
    (tmp_path / "exports").mkdir()
    return JobStore(tmp_path / "exports")
