"""The rules of a config that no single field can see, and what deserves a warning.

They read the JSON as it came, beside the model, so that a fault in one field hides no fault
in another; a value of the wrong kind is the model's business and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Any, TypeGuard

from config_schema.callback import callback_address
from config_schema.limits import LONGEST_SOURCE_SECONDS, Limits
from config_schema.words import Complaint, clock, quoted, shown

Json = Mapping[str, Any]


def broken_rules(config: Json, limits: Limits) -> Iterator[Complaint]:
    """Every breach of a limit or of a rule that spans fields."""
    yield from _size_of(config, "sources", limits.sources, "cameras")
    yield from _size_of(config, "segments", limits.segments, "segments")
    yield from _program(config, limits)
    callback = config.get("callbackUrl")
    if isinstance(callback, str) and not limits.http_callbacks and _is_plain(callback):
        yield Complaint(("callbackUrl",), "bad_url", "must be an https address (https://...)")
    output = config.get("output")
    if isinstance(output, dict):
        for field, largest in (
            ("width", limits.side_pixels),
            ("height", limits.side_pixels),
            ("fps", limits.fps),
        ):
            asked = output.get(field)
            if _is_number(asked) and asked > largest:
                said = f"must be at most {shown(largest)}, not {shown(asked)}"
                yield Complaint(("output", field), "too_large", said)


def warnings_of(config: Json) -> Iterator[str]:
    """What a client should know about a config that is accepted all the same."""
    output = config["output"]
    for side in ("width", "height"):
        asked = output.get(side)
        if asked is not None and asked % 2:
            yield (
                f"The output's {side} of {shown(asked)} pixels is odd, which video cannot have: "
                f"it becomes {int(asked) - 1}."
            )
    codec = output.get("codec")
    if output.get("format") == "webm" and codec in ("h264", "h265"):
        yield f"A webm file holds VP9 and Opus; the codec {quoted(codec)} is ignored."


def _size_of(config: Json, field: str, most: int, what: str) -> Iterator[Complaint]:
    items = config.get(field)
    if not isinstance(items, list):
        return
    if not items:
        yield Complaint((field,), "too_few", f"is empty; at least one of the {what} is needed")
    if len(items) > most:
        said = f"has {len(items)} entries; at most {most} are possible"
        yield Complaint((field,), "too_many", said)


def _program(config: Json, limits: Limits) -> Iterator[Complaint]:
    segments, sources = config.get("segments"), config.get("sources")
    if not isinstance(segments, list):
        return
    known = len(sources) if isinstance(sources, list) else None
    lengths: list[float] = []
    for index, segment in enumerate(segments[: limits.segments]):
        if not isinstance(segment, dict):
            continue
        camera = segment.get("sourceIndex")
        if known is not None and _is_number(camera) and not 0 <= camera < known:
            yield Complaint(
                ("segments", index, "sourceIndex"), "no_such_source", _no_such(camera, known)
            )
        start, end = segment.get("startTime"), segment.get("endTime")
        if not (_is_time(start) and _is_time(end)):
            continue
        if end > start:
            lengths.append(end - start)
        else:
            yield Complaint(
                ("segments", index, "endTime"),
                "end_before_start",
                f"({shown(end)} s) must be later than its start time ({shown(start)} s)",
            )
    # To the millisecond: the grid decides about frames, this only about sense.
    total = round(fsum(lengths), 3)
    if total > limits.program_seconds:
        said = f"adds up to {clock(total)}; at most {clock(limits.program_seconds)} is possible"
        yield Complaint(("segments",), "too_long", said)


def _no_such(camera: float, known: int) -> str:
    if known == 0:
        return f"is {shown(camera)}, but the list of sources is empty"
    return f"is {shown(camera)}, but there are only the sources 0 to {known - 1}"


def _is_plain(url: str) -> bool:
    try:
        return callback_address(url).is_plain
    except ValueError:
        return False


def _is_time(value: object) -> TypeGuard[int | float]:
    return _is_number(value) and abs(value) <= LONGEST_SOURCE_SECONDS


def _is_number(value: object) -> TypeGuard[int | float]:
    return type(value) in (int, float)
