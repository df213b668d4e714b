"""The proof as people read it."""

from __future__ import annotations

import io

from rich.console import Console

from config_schema.report import OutputReport, Report, SegmentReport, TotalsReport
from export_service.report_view import MOST_ROWS, print_report


def a_report(segments: int) -> Report:
    return Report(
        job_id="job-1",
        output=OutputReport(
            container="mp4",
            picture_codec="h264",
            sound_codec="aac",
            sound="encoded",
            sound_reason="it is put together from several places",
            width=1280,
            height=720,
            rate="30/1",
            frames=30 * segments,
            samples=48000 * segments,
            seconds=float(segments),
            bytes=1_234_567,
            sha256="ab" * 32,
        ),
        segments=tuple(
            SegmentReport(
                index=n,
                source_index=0,
                source_name="wide shot.mp4",
                program_start=30 * n,
                program_end=30 * n + 30,
                first_frame=100,
                last_frame=129,
                copied_frames=20,
                converted_frames=10,
                reasons=("before the segment's first key frame",),
            )
            for n in range(segments)
        ),
        totals=TotalsReport(
            frames=30 * segments,
            copied_frames=20 * segments,
            converted_frames=10 * segments,
            black_frames=0,
            stand_in_frames=0,
            undecodable_frames=0,
            pieces=2,
            pieces_reused=0,
            render_seconds=1.5,
        ),
        warnings=("Camera 2 ends at 52:10.",),
    )


def printed(report: Report, *, whole: bool = False) -> str:
    text = io.StringIO()
    print_report(report, whole=whole, console=Console(file=text, width=160))
    return text.getvalue()


def test_totals_segments_and_warnings_are_shown() -> None:
    text = printed(a_report(2))
    for words in (
        "40 frames, 66.7%",
        "1,234,567 bytes",
        "ab" * 32,
        "96000 samples, encoded: it is put together from several places",
        "100 to 129",
        "30 to 59",
        "before the segment's first key frame",
        "warning: Camera 2 ends at 52:10.",
    ):
        assert words in text


def test_a_long_programme_is_cut_short_unless_asked_for() -> None:
    report = a_report(MOST_ROWS + 5)
    assert "and 5 more segments" in printed(report)
    whole = printed(report, whole=True)
    assert "more segments" not in whole
    assert f"{30 * (MOST_ROWS + 4)} to" in whole
