"""The least that Flask can answer: what a status is held against."""

from __future__ import annotations

from flask import Flask


def app() -> Flask:
    """An app of one route without a look at anything."""
    made = Flask("bare")

    @made.get("/status")
    def status() -> dict[str, object]:
        return {"status": "pending", "progress": 0.0}

    return made
