"""Writing the proof: what was asked for, what was delivered. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from config_schema.config import ExportConfig
from config_schema.report import (
    OutputReport,
    Report,
    SegmentReport,
    SoundWay,
    StageSeconds,
    TotalsReport,
)
from worker.ffmpeg.commands import ratio
from worker.plan.plan import Plan
from worker.plan.program import PlannedSegment, Span
from worker.plan.sound import SAMPLE_RATE, sample_at
from worker.render.spec import OutputFacts, PictureFacts

#: The reason where nothing was to be copied in the first place.
ENCODED = "every frame is encoded"
NO_SOUND = "no sound was asked for"


@dataclass(frozen=True)
class Effort:
    """What the render took, what of an earlier try it could use, and where the time went."""

    pieces_reused: int
    seconds: float
    stages: StageSeconds


def damage_warnings(plan: Plan, facts: Sequence[PictureFacts]) -> tuple[str, ...]:
    """What a podcaster should know about frames that could not be decoded."""
    lost: Counter[int] = Counter()
    stand_ins: Counter[int] = Counter()
    flawed: Counter[int] = Counter()
    for found in facts:
        lost.update(found.lost)
        flawed.update(found.flawed)
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
    warnings += [
        f"{plan.footage[source].name} is damaged: {count} frames of the programme were decoded "
        f"with errors and may look broken."
        for source, count in sorted(flawed.items())
    ]
    return tuple(warnings)


def build_report(
    config: ExportConfig,
    plan: Plan,
    found: OutputFacts,
    facts: Sequence[PictureFacts],
    warnings: tuple[str, ...],
    effort: Effort,
) -> Report:
    """The report of a finished render."""
    segments = segment_reports(plan)
    way, reason = sound_way(plan)
    return Report(
        job_id=config.id,
        output=OutputReport(
            container=plan.output.container,
            picture_codec=found.picture_codec,
            sound_codec=found.sound_codec,
            sound=way,
            sound_reason=reason,
            width=plan.output.width,
            height=plan.output.height,
            rate=ratio(plan.output.rate),
            frames=found.frames,
            samples=found.samples,
            seconds=found.seconds,
            bytes=found.bytes,
            sha256=found.sha256,
        ),
        segments=segments,
        totals=TotalsReport(
            frames=plan.program.frames,
            copied_frames=sum(segment.copied_frames for segment in segments),
            converted_frames=sum(segment.converted_frames for segment in segments),
            black_frames=sum(segment.black_frames for segment in segments),
            stand_in_frames=sum(sum(found.stand_ins.values()) for found in facts),
            undecodable_frames=sum(sum(found.lost.values()) for found in facts),
            pieces=len(plan.pieces) + len(plan.sound_pieces),
            pieces_reused=effort.pieces_reused,
            render_seconds=round(effort.seconds, 3),
            stage_seconds=effort.stages,
        ),
        warnings=warnings,
    )


def segment_reports(plan: Plan) -> tuple[SegmentReport, ...]:
    """What of each segment is copied and what converted, and why."""
    spans: dict[int, list[Span]] = {}
    for span in plan.program.spans:
        spans.setdefault(span.segment, []).append(span)
    return tuple(
        _segment(plan, segment, spans.get(segment.index, ())) for segment in plan.program.segments
    )


def sound_way(plan: Plan) -> tuple[SoundWay, str]:
    """Whether the sound is copied or encoded, and why."""
    if not plan.output.has_sound:
        return "none", NO_SOUND
    copied = plan.sound_choice.copied is not None
    way: SoundWay = "copied" if copied else "encoded" if plan.sound else "none"
    return way, plan.sound_choice.reason


def _segment(plan: Plan, segment: PlannedSegment, spans: Sequence[Span]) -> SegmentReport:
    source = plan.footage[segment.source]
    times = source.picture.times
    rate = plan.program.rate
    shown = [span for span in spans if span.source is not None]

    def source_frame(span: Span, number: int) -> int:
        return min(max(times.index_at(span.source_second(number, rate)), 0), times.count - 1)

    start = segment.frames.start
    return SegmentReport(
        index=segment.index,
        source_index=segment.source,
        source_name=source.name,
        program_start=start,
        program_end=segment.frames.end,
        first_frame=source_frame(shown[0], shown[0].frames.start) if shown else None,
        last_frame=source_frame(shown[-1], shown[-1].frames.end - 1) if shown else None,
        copied_frames=sum(span.count for span in spans if span.copied is not None),
        converted_frames=sum(span.count for span in shown if span.copied is None),
        black_frames=sum(span.count for span in spans if span.source is None),
        reasons=tuple(dict.fromkeys(span.reason or ENCODED for span in shown if not span.copied)),
        av_offset_ms=_offset_ms(start, rate) if plan.output.has_sound else 0.0,
    )


def _offset_ms(frame: int, rate: Fraction) -> float:
    """Sound begins on a whole sample, pictures on the grid: never half a sample apart."""
    apart = Fraction(sample_at(frame, rate), SAMPLE_RATE) - frame / rate
    return round(float(apart * 1000), 4)
