"""A file that says something else of how its pictures are coded."""

from __future__ import annotations

from pathlib import Path

import av


def change_settings(path: Path) -> None:
    """Change the last bit of the decoder settings in the header of an mp4 file."""
    with av.open(str(path)) as media:
        settings = media.streams.video[0].codec_context.extradata
    assert settings is not None
    whole = path.read_bytes()
    assert whole.count(settings) == 1
    path.write_bytes(whole.replace(settings, settings[:-1] + bytes((settings[-1] ^ 1,))))
