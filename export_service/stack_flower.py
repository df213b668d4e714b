"""Who may look at the embedded Flower: it shows every export's name, and can stop workers."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from export_service.stack_place import StackRefused, write_private

SETTING = "FLOWER_BASIC_AUTH"
FILE = "flower.auth"
_NAME = "operator"


class FlowerAuth(NamedTuple):
    """What Flower asks for, as `name:password`, and where a person finds it."""

    credentials: str
    where: str


def flower_auth(state: Path) -> FlowerAuth:
    """What the operator set, or else what was made up at the first start on this folder."""
    given = os.environ.get(SETTING)
    if given:
        return FlowerAuth(_checked(given, SETTING), f"in {SETTING}")
    path = state / FILE
    text = path.read_text().strip() if path.exists() else ""
    if not text:
        text = f"{_NAME}:{secrets.token_urlsafe(24)}"
    auth = FlowerAuth(_checked(text, str(path)), f"in {path}")
    write_private(path, text + "\n")
    return auth


def _checked(text: str, where: str) -> str:
    name, _, password = text.partition(":")
    if not name or not password:
        raise StackRefused(f"{where}: must look like name:password")
    return text
