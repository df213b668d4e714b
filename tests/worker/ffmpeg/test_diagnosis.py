"""From exit codes and last words to an error that says what to do."""

from __future__ import annotations

import pytest

from config_schema.errors import (
    ChildCrashed,
    ChildKilled,
    EncoderFailed,
    ExportError,
    InternalFault,
    NoSpace,
    OutOfMemory,
    SourceChanged,
    SourceUnreadable,
    VerificationFailed,
)
from worker.ffmpeg.diagnosis import REPORTABLE, VERDICT, diagnose, verdict

ENDS: list[tuple[tuple[int, ...], str, type[ExportError]]] = [
    ((1,), "Unknown encoder 'libx264'", EncoderFailed),
    ((0, 228), "av_interleaved_write_frame(): No space left on device", NoSpace),
    ((0, 1), "file:/x: Disk quota exceeded", NoSpace),
    ((0, 244), "Error while opening encoder: Cannot allocate memory", OutOfMemory),
    ((5, 0), "MemoryError", OutOfMemory),
    ((0, 1), "x264 [error]: malloc of size 1234 failed", OutOfMemory),
    ((-9,), "", ChildKilled),
    ((-11, 0), "", ChildCrashed),
    ((0, -6), "Assertion failed", ChildCrashed),
    # The encoder fell over first; its feeder only heard of it.
    ((-13, 1), "Invalid argument", EncoderFailed),
    ((4, 1), "Invalid argument", EncoderFailed),
    ((4, -11), "", ChildCrashed),
    # FFmpeg calls a SIGTERM from outside a good end.
    ((4, 255), "", ChildKilled),
]


@pytest.mark.parametrize(("codes", "words", "kind"), ENDS)
def test_an_end_means_what_the_table_says(
    codes: tuple[int, ...], words: str, kind: type[ExportError]
) -> None:
    error = diagnose("picture 3", codes, words)
    assert type(error) is kind
    assert words in error.detail


def test_only_what_another_try_can_help_is_retryable() -> None:
    retryable = {kind.__name__ for _, _, kind in ENDS if kind.retryable}
    assert retryable == {"NoSpace", "OutOfMemory", "ChildCrashed", "ChildKilled"}


@pytest.mark.parametrize(
    "error",
    [
        SourceUnreadable("Camera 2 is not a video.", detail="moov atom not found"),
        SourceChanged("Camera 2 changes while it is read."),
        VerificationFailed(detail="frame 3, or twice"),
        NoSpace(),
        OutOfMemory(),
        InternalFault(),
    ],
)
def test_what_a_child_reports_is_what_its_worker_raises(error: ExportError) -> None:
    words = f"[mov] some grumble\n{error.detail}\n{verdict(error)}\nInvalid data\n"
    found = diagnose("probe", (3,), words)
    assert type(found) is type(error)
    assert str(found) == str(error)
    assert found.detail == words


def test_a_reported_error_outweighs_how_the_encoder_ended() -> None:
    words = f"{verdict(SourceUnreadable('Camera 2 is gone.'))}\nCannot allocate memory"
    assert isinstance(diagnose("picture 0", (3, 1), words), SourceUnreadable)


@pytest.mark.parametrize(
    "line",
    [VERDICT, VERDICT + '{"code": "no_sp', VERDICT + "[1]", VERDICT + "null", VERDICT + "{}"],
)
def test_a_report_that_was_cut_off_is_no_report(line: str) -> None:
    assert isinstance(diagnose("probe", (3,), line), EncoderFailed)


def test_an_unknown_report_is_a_defect_of_ours() -> None:
    line = VERDICT + '{"code": "of_tomorrow", "message": "Something new."}'
    assert isinstance(diagnose("probe", (3,), line), InternalFault)


def test_every_reportable_error_can_be_made_from_its_words() -> None:
    for code, kind in REPORTABLE.items():
        assert kind("words").code == code
