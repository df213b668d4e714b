"""The proof of an export as a table that people read."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from config_schema.report import OutputReport, Report, SegmentReport

#: Programmes have up to thousands of segments; the ones with something to tell are shown first.
MOST_ROWS = 60


def print_report(report: Report, *, whole: bool = False, console: Console | None = None) -> None:
    """Print the totals, the segments (all of them with `whole`), and the warnings."""
    (console or Console()).print(Group(*_parts(report, whole=whole)))


def _parts(report: Report, *, whole: bool) -> list[RenderableType]:
    segments = list(report.segments)
    left_out = 0
    if not whole and len(segments) > MOST_ROWS:
        left_out = len(segments) - MOST_ROWS
        segments = segments[:MOST_ROWS]
    parts: list[RenderableType] = [_totals(report), _segments(segments)]
    if left_out:
        parts.append(Text(f"... and {left_out} more segments (--all shows them)"))
    parts += [Text(f"warning: {warning}") for warning in report.warnings]
    return parts


def _totals(report: Report) -> Table:
    output, totals = report.output, report.totals
    shown = totals.frames or 1
    facts = (
        ("file", f"{output.container}, {output.picture_codec} {output.width} x {output.height}"),
        ("rate", f"{output.rate} frames per second"),
        ("length", f"{output.frames} frames, {output.seconds:.3f} s, {output.bytes:,} bytes"),
        ("sound", _sound(output)),
        ("copied", f"{totals.copied_frames} frames, {totals.copied_frames / shown:.1%}"),
        ("converted", f"{totals.converted_frames} frames, {totals.converted_frames / shown:.1%}"),
        ("black", f"{totals.black_frames} frames"),
        ("sha256", output.sha256),
    )
    table = Table(title=report.job_id, show_header=False, box=None, title_justify="left")
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(name, value)
    return table


def _sound(output: OutputReport) -> str:
    coded = f"{output.sound_codec}, {output.samples} samples, " if output.samples else ""
    return f"{coded}{output.sound}: {output.sound_reason}"


def _segments(segments: list[SegmentReport]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("#", "source", "programme", "source frames"):
        table.add_column(heading)
    for heading in ("copied", "converted", "black"):
        table.add_column(heading, justify="right")
    table.add_column("why converted", overflow="fold")
    for segment in segments:
        frames = "-"
        if segment.first_frame is not None:
            frames = f"{segment.first_frame} to {segment.last_frame}"
        table.add_row(
            str(segment.index + 1),
            segment.source_name,
            f"{segment.program_start} to {segment.program_end - 1}"
            if segment.program_end > segment.program_start
            else "left out",
            frames,
            str(segment.copied_frames),
            str(segment.converted_frames),
            str(segment.black_frames),
            "; ".join(segment.reasons),
        )
    return table
