"""How large an export may be: the numeric limits of the contract, in one value.

An operator may raise or lower them by settings; whoever reads the settings makes a `Limits`
and hands it down. Limits that are no one's choice stand below as constants.
"""

from __future__ import annotations

from dataclasses import dataclass

#: No recording has such a second; beyond it clocks of containers overflow.
LONGEST_SOURCE_SECONDS = 1_000_000_000

#: The smallest picture that every encoder of ours takes (x265 refuses less).
SMALLEST_SIDE_PIXELS = 16

#: Deeper JSON is an attack on parsers; a config needs three levels.
DEEPEST_JSON = 64

#: Lists and objects in one body; more take a gigabyte of memory, a config has its segments.
MOST_JSON_GROUPS = 1_000_000

#: What an operating system takes as one path and as one name in it, in bytes.
LONGEST_PATH_BYTES = 4096
LONGEST_NAME_BYTES = 255

#: The longest address that a web server can be trusted to take.
LONGEST_URL = 2048

#: A person mends the first hundred and asks again.
MOST_FAULTS = 200


@dataclass(frozen=True)
class Limits:
    """The limits of one installation; the defaults are the contract's."""

    body_bytes: int = 16 * 2**20
    sources: int = 64
    segments: int = 20_000
    program_seconds: float = 24 * 3600
    side_pixels: int = 16_384
    fps: float = 240
    #: Whether an operator lets callbacks go to some http address; which, is looked at later.
    http_callbacks: bool = False
