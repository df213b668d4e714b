"""What is told of a source to people who choose one. Runs in a child process only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from itertools import islice, pairwise
from statistics import median

import av
import numpy as np
from av.container import InputContainer

from config_schema.source_facts import SoundFacts, SourceFacts
from worker.ffmpeg.facts import gather
from worker.ffmpeg.media import MOVIE_TIMELINE, open_media, stand_before, video_track
from worker.ffmpeg.sample_table import NoTable, read_sample_table
from worker.plan.footage import Footage
from worker.survey.spec import FactsSpec

#: Formats whose index names key frames; libav reads it at the first seek.
WITH_INDEX = ("matroska,webm", "avi")
#: Of an index without tables so many entries are looked at: one Python object each.
MOST_ENTRIES = 20_000


def look_into(spec: FactsSpec, report: Callable[[float], None]) -> SourceFacts:
    """The facts of a source; raises SourceUnreadable with a sentence that names it."""
    footage = gather(spec.fd, spec.name, "", scan=False, report=report)
    picture, times = footage.picture, footage.picture.times
    with open_media(spec.fd, spec.name) as container:
        created = container.metadata.get("creation_time", "")
        track = video_track(container, picture.stream)
        interval = _key_frame_interval(spec.fd, footage, container, track)
    width, height = picture.display_size
    sound = footage.sound
    return SourceFacts(
        duration=round(float(times.end), 6),
        fps=round(float(times.rate), 6),
        has_constant_rate=times.is_constant,
        frames=times.count,
        width=width,
        height=height,
        rotation=picture.rotation,
        codec=picture.codec,
        pixel_format=picture.pixel_format,
        key_frame_interval=interval,
        sound=SoundFacts(codec=sound.codec, rate=sound.rate, channels=sound.channels)
        if sound
        else None,
        created_at=moment(created),
    )


def moment(text: str) -> datetime | None:
    """The moment that a container gives, or None where it says none that means something.

    >>> moment("2026-11-22T19:41:41.000000Z").isoformat()
    '2026-11-22T19:41:41+00:00'
    >>> moment("1904-01-01T00:00:00Z"), moment("yesterday")
    (None, None)
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Cameras whose clock was never set say 1904 or 1970.
    return (found if found.tzinfo else found.replace(tzinfo=UTC)) if found.year > 1970 else None


def _key_frame_interval(
    fd: int, footage: Footage, container: InputContainer, track: av.VideoStream
) -> float | None:
    if footage.container == MOVIE_TIMELINE:
        try:
            table = read_sample_table(fd, footage.picture.track)
        except NoTable:
            return None
        shown = np.sort(table.shown[table.is_key & ~table.is_hidden])
        if len(shown) < 2:
            return None
        return round(float(np.median(np.diff(shown))) / table.timescale, 6)
    if footage.container not in WITH_INDEX:
        return None
    end = footage.zero + footage.picture.times.end
    stand_before(container, track, int(end / Fraction(track.time_base or 1)))
    entries = islice(track.index_entries, MOST_ENTRIES)
    keys = sorted({entry.timestamp for entry in entries if entry.is_keyframe})
    if len(keys) < 2:
        return None
    ticks = median(after - before for before, after in pairwise(keys))
    return round(float(ticks * Fraction(track.time_base or 0)), 6)
