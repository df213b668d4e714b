"""Writing the proof: what was asked for, what was delivered. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from config_schema.config import ExportConfig
from config_schema.report import OutputReport, Report, SegmentReport, TotalsReport
from worker.ffmpeg.commands import ratio
from worker.plan.plan import Plan
from worker.plan.program import PlannedSegment
from worker.render.spec import OutputFacts, PictureFacts


def damage_warnings(plan: Plan, facts: Sequence[PictureFacts]) -> tuple[str, ...]:
    """What a podcaster should know about frames that could not be decoded."""
    lost: Counter[int] = Counter()
    stand_ins: Counter[int] = Counter()
    for found in facts:
        lost.update(found.lost)
        stand_ins.update(found.stand_ins)
    warnings = [
        f"{plan.footage[source].name} is damaged: {count} frames of the programme are black."
        for source, count in sorted(lost.items())
    ]
    warnings += [
        f"{plan.footage[source].name} is damaged: {count} frames of the programme show "
        f"the frame before."
        for source, count in sorted(stand_ins.items())
    ]
    return tuple(warnings)


def build_report(
    config: ExportConfig,
    plan: Plan,
    found: OutputFacts,
    facts: Sequence[PictureFacts],
    warnings: tuple[str, ...],
    reused: int,
    seconds: float,
) -> Report:
    """The report of a finished render."""
    segments = tuple(_segment(plan, segment) for segment in plan.program.segments)
    return Report(
        job_id=config.id,
        output=OutputReport(
            container=plan.output.container,
            picture_codec=found.picture_codec,
            sound_codec=found.sound_codec,
            width=plan.output.width,
            height=plan.output.height,
            rate=ratio(plan.output.rate),
            frames=found.frames,
            samples=found.samples,
            seconds=found.seconds,
            bytes=found.bytes,
        ),
        segments=segments,
        totals=TotalsReport(
            frames=plan.program.frames,
            copied_frames=0,
            converted_frames=sum(segment.converted_frames for segment in segments),
            black_frames=sum(segment.black_frames for segment in segments),
            stand_in_frames=sum(sum(found.stand_ins.values()) for found in facts),
            undecodable_frames=sum(sum(found.lost.values()) for found in facts),
            pieces=len(plan.pieces) + bool(plan.sound),
            pieces_reused=reused,
            render_seconds=round(seconds, 3),
        ),
        warnings=warnings,
    )


def _segment(plan: Plan, segment: PlannedSegment) -> SegmentReport:
    source = plan.footage[segment.source]
    times = source.picture.times
    start, end = segment.frames
    shown = range(start + segment.black_before, end - segment.black_after)

    def source_frame(number: int) -> int:
        second = segment.anchor + (number - start) / plan.program.rate
        return min(max(times.index_at(second), 0), times.count - 1)

    return SegmentReport(
        index=segment.index,
        source_index=segment.source,
        source_name=source.name,
        program_start=start,
        program_end=end,
        first_frame=source_frame(shown[0]) if shown else None,
        last_frame=source_frame(shown[-1]) if shown else None,
        converted_frames=len(shown),
        black_frames=(end - start) - len(shown),
        reason="every frame is encoded",
    )
