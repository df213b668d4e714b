"""Chapters of the programme, so that a person can jump to where a camera takes over.

A look elsewhere of a few seconds is no chapter, and a list of hundreds is none that anybody
jumps in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config_schema.paths import MEDIA_ENDINGS
from config_schema.timebase import FrameRange
from worker.plan.footage import Footage
from worker.plan.program import Program

#: What video platforms ask of a chapter.
SHORTEST_SECONDS = 10
MOST_CHAPTERS = 100
#: In the worst script these are 240 bytes; an mp4 has room for 255.
TITLE_CHARACTERS = 60


@dataclass(frozen=True)
class Chapter:
    """Programme frames that belong together, by the source that is mostly seen."""

    frames: FrameRange
    title: str


def build_chapters(program: Program, footage: Mapping[int, Footage]) -> tuple[Chapter, ...]:
    """The chapters, or none where there would be a single one or too many.

    A camera that stays for less than 10 s belongs to the chapter before it; one that the programme
    begins with belongs to the chapter after it.
    """
    shortest = SHORTEST_SECONDS * program.rate
    kept: list[tuple[FrameRange, int]] = []
    for frames, source in _turns(program):
        if kept and (frames.frames < shortest or source == kept[-1][1]):
            kept[-1] = (FrameRange(kept[-1][0].start, frames.end), kept[-1][1])
        elif kept and kept[-1][0].frames < shortest:
            kept[-1] = (FrameRange(kept[-1][0].start, frames.end), source)
        else:
            kept.append((frames, source))
    if not 2 <= len(kept) <= MOST_CHAPTERS:
        return ()
    return tuple(Chapter(frames, title_of(footage[source].name)) for frames, source in kept)


def _turns(program: Program) -> list[tuple[FrameRange, int]]:
    """The frames during which one source is on screen, and that source."""
    turns: list[tuple[FrameRange, int]] = []
    for segment in program.segments:
        frames = segment.frames
        if turns and turns[-1][1] == segment.source:
            turns[-1] = (FrameRange(turns[-1][0].start, frames.end), segment.source)
        elif frames.frames:
            turns.append((frames, segment.source))
    return turns


def title_of(name: str) -> str:
    """A source's name as a chapter's title: one line, no file ending.

    >>> title_of("Guest 2.MP4"), title_of("v1.5"), title_of(".mov")
    ('Guest 2', 'v1.5', '.mov')
    """
    words = " ".join(name.split())
    stem, dot, ending = words.rpartition(".")
    shown = stem if dot and stem and ending.lower() in MEDIA_ENDINGS else words
    return shown[:TITLE_CHARACTERS].strip() or "Camera"
