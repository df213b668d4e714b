"""Whether children can be walled in on this system, told to an operator at the start."""

from __future__ import annotations

from typing import NamedTuple

from config_schema.errors import SettingsInvalid
from worker.ffmpeg.sandbox import kernel


class Standing(NamedTuple):
    """What is said of the walls, and whether they are whole."""

    said: str
    is_whole: bool


def standing(*, required: bool) -> Standing:
    """How well children are walled in here; raises SettingsInvalid where that is not enough."""
    lacks = {
        "Landlock (Linux 5.13 or newer, switched on)": not kernel.landlock_version(),
        "filters of system calls": not kernel.has_filter(),
    }
    missing = " and ".join(name for name, is_missing in lacks.items() if is_missing)
    if not missing:
        walls = f"Landlock {kernel.landlock_version()}, a filter of system calls and limits"
        return Standing(f"processes that read camera files are walled in by {walls}", True)
    if required:
        raise SettingsInvalid(
            f"EXPORT_REQUIRE_SANDBOX: this system lacks {missing}, so processes that read camera "
            "files cannot be walled in; give it that, or take the setting away"
        )
    return Standing(
        "PROCESSES THAT READ CAMERA FILES ARE NOT WALLED IN: this system lacks "
        f"{missing}. A file made to exploit FFmpeg could reach whatever this user reaches. "
        "EXPORT_REQUIRE_SANDBOX=1 refuses to start like this",
        False,
    )
