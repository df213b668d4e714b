"""Golden texts: what was found good once, and is to stay so until someone looks again.

`WRITE_GOLDEN=1 pytest tests/worker` writes them anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

HOW = "if the new text is right: WRITE_GOLDEN=1 pytest <this test>, and read the difference"


def assert_golden(path: Path, text: str) -> None:
    """Hold `text` against the file, or write the file where that was asked for."""
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, HOW
