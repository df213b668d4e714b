"""From how a process ended to an error that says what to do about it."""

from __future__ import annotations

import json
import re
import signal

from config_schema.errors import (
    ChildCrashed,
    ChildKilled,
    EncoderFailed,
    ExportError,
    InternalFault,
    LimitExceeded,
    NoSpace,
    OutOfMemory,
    SourceChanged,
    SourceUnreadable,
    VerificationFailed,
)

#: A child of ours that knows what went wrong writes this and JSON as its last line.
VERDICT = "verdict: "

#: What FFmpeg or a library says, and what it means. The first row that matches wins.
COMPLAINTS: tuple[tuple[re.Pattern[str], type[ExportError]], ...] = (
    (re.compile(r"No space left on device|Disk quota exceeded", re.IGNORECASE), NoSpace),
    (re.compile(r"File too large", re.IGNORECASE), LimitExceeded),
    (re.compile(r"Cannot allocate memory|MemoryError|malloc of size", re.IGNORECASE), OutOfMemory),
)

#: The errors a child may report by name.
_KINDS: tuple[type[ExportError], ...] = (
    SourceUnreadable,
    SourceChanged,
    VerificationFailed,
    InternalFault,
    NoSpace,
    OutOfMemory,
    LimitExceeded,
)
REPORTABLE = {kind.code: kind for kind in _KINDS}

#: What the kernel ends a child with that uses up more than it may, and what is said of it.
LIMITS = {
    signal.SIGXCPU: "A rendering process computed for longer than it may.",
    signal.SIGXFSZ: "A rendering process wrote a larger file than it may.",
}

#: What FFmpeg exits with after SIGTERM or SIGINT, which it takes for a wish to end in good order.
#: We never ask that of work whose end we wait for: it came from outside.
TOLD_TO_STOP = 255


def verdict(error: ExportError) -> str:
    """The line by which a child reports `error` to its worker."""
    return VERDICT + json.dumps({"code": error.code, "message": str(error)})


def diagnose(name: str, codes: tuple[int, ...], words: str) -> ExportError:
    """The error that the exit `codes` (feeder first) and last `words` of a work mean."""
    reported = _reported(words)
    if reported is not None:
        return reported
    for pattern, kind in COMPLAINTS:
        if pattern.search(words):
            return kind(detail=words)
    for number, sentence in LIMITS.items():
        if -number in codes:
            return LimitExceeded(sentence, detail=f"{name} was ended by {number.name}\n{words}")
    killed = [-code for code in codes if code < 0 and -code != signal.SIGPIPE]
    if killed:
        which = signal.Signals(killed[0]).name
        kind = ChildKilled if signal.SIGKILL in killed else ChildCrashed
        return kind(detail=f"{name} was ended by {which}\n{words}")
    if TOLD_TO_STOP in codes:
        return ChildKilled(detail=f"{name} was told to stop: {codes}\n{words}")
    return EncoderFailed(detail=f"{name} exited with {codes}\n{words}")


def _reported(words: str) -> ExportError | None:
    """What a child of ours said it was, if it did."""
    for line in reversed(words.splitlines()):
        if not line.startswith(VERDICT):
            continue
        try:
            said = json.loads(line[len(VERDICT) :])
            return REPORTABLE.get(said["code"], InternalFault)(said["message"], detail=words)
        except (ValueError, LookupError, TypeError):
            continue  # cut off by the limit on what is kept
    return None
