"""What a finished export is called on the computer of whoever downloads it."""

from __future__ import annotations

import unicodedata

_NAME_LENGTH = 180
_STEERS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _tame(char: str) -> str:
    # Joiners stay (emoji need them); what breaks lines or turns the writing direction goes.
    if char in _STEERS_TEXT:
        return ""
    return " " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Zs") else char


def download_name(project_name: str, suffix: str) -> str:
    """A file name that says the project's name on every system.

    >>> download_name('Talk "1/2"\\n', "mp4"), download_name(" ..", "webm")
    ('Talk "1-2".mp4', 'export.webm')
    """
    plain = "".join("-" if char in "/\\" else _tame(char) for char in project_name)
    stem = " ".join(plain.split())[:_NAME_LENGTH].strip(" .")
    return f"{stem or 'export'}.{suffix}"
