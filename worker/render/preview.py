"""Plans an export without making anything of it. Runs in a child process only.

As the planner does, but at once and in one process, and with what a first look tells: a source
whose index lies is not read through here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from config_schema.config import ExportConfig
from config_schema.errors import Fault, SourceFault
from config_schema.preview import OutputPreview, PlanPreview, Preview, TotalsPreview
from config_schema.report import SegmentReport
from worker.ffmpeg.commands import ratio
from worker.ffmpeg.facts import gather
from worker.jobs.stored_config import load_config
from worker.plan.estimate import estimate
from worker.plan.footage import Footage
from worker.plan.plan import Draft, Plan, build_plan, draft_smart, finish_smart
from worker.plan.smart import gop_frames
from worker.render.index import look_near_cuts
from worker.render.reporting import segment_reports, sound_way
from worker.render.spec import IndexSpec
from worker.survey.spec import PreviewAnswer, PreviewSpec, SurveyedSource

EMPTY = Fault("segments", "empty_programme", "The whole programme is shorter than a frame.")
SOUND_NAMES = {"aac": "aac", "libopus": "opus"}
PICTURE_NAMES = {"h265": "hevc"}
#: Where nothing was looked at near the cuts nothing is copied, and this is not asked for.
NO_GOP = Fraction(1)

Report = Callable[[float], None]


@dataclass(frozen=True)
class _Planned:
    plan: Plan
    gop_frames: Fraction
    warnings: tuple[str, ...] = ()


def preview(spec: PreviewSpec, report: Report) -> PreviewAnswer:
    """What the export would be, or everything that is in its way."""
    config = load_config(spec.config.encode())
    footage: dict[int, Footage] = {}
    faults: list[Fault] = []
    for source in spec.sources:
        try:
            footage[source.index] = _probed(source, report)
        except SourceFault as fault:
            faults.append(Fault(f"sources[{source.index}].filePath", fault.code, str(fault)))
    if faults:
        return PreviewAnswer(faults=tuple(faults))
    fds = {source.index: source.fd for source in spec.sources}
    planned = _plan(config, footage, fds, spec.piece_seconds, report)
    if not planned.plan.program.frames:
        return PreviewAnswer(faults=(EMPTY,))
    said = _said(planned, {source.index: source.bytes for source in spec.sources}, spec)
    return PreviewAnswer(preview=said.model_dump_json(by_alias=True))


def _probed(source: SurveyedSource, report: Report) -> Footage:
    return gather(source.fd, source.name, source.fingerprint, scan=False, report=report)


def _plan(
    config: ExportConfig,
    footage: dict[int, Footage],
    fds: dict[int, int],
    piece_seconds: float,
    report: Report,
) -> _Planned:
    why: tuple[str, ...] = ()
    if config.output.codec == "copy":
        draft = draft_smart(config, footage)
        if isinstance(draft, Draft):
            wanted = {want.source for want in draft.wanted if want is not None}
            spec = IndexSpec(
                {index: fds[index] for index in wanted},
                {index: footage[index] for index in wanted},
                draft.wanted,
            )
            answer = look_near_cuts(spec, report)
            smart = finish_smart(draft, answer.reasons, answer.windows, piece_seconds=piece_seconds)
            if isinstance(smart, Plan):
                lies = tuple(
                    f"{footage[index].name} is to be read through before anything of it is copied."
                    for index in answer.off_grid
                )
                return _Planned(smart, gop_frames(answer.windows), lies)
            why = smart
        else:
            why = draft
    plan = build_plan(config, footage, piece_seconds=piece_seconds, why_not_copied=why)
    return _Planned(plan, NO_GOP)


def _said(planned: _Planned, bytes_of: dict[int, int], spec: PreviewSpec) -> Preview:
    plan, out = planned.plan, planned.plan.output
    segments = segment_reports(plan)
    way, reason = sound_way(plan)
    guess = estimate(plan, bytes_of, planned.gop_frames, spec.cores)
    codec = out.encoder.codec
    output = OutputPreview(
        container=out.container,
        picture_codec=PICTURE_NAMES.get(codec, codec),
        sound_codec=SOUND_NAMES[out.sound_codec] if out.has_sound else "",
        sound=way,
        sound_reason=reason,
        width=out.width,
        height=out.height,
        rate=ratio(out.rate),
        frames=plan.program.frames,
        seconds=round(float(plan.program.seconds), 6),
    )
    told = PlanPreview(
        output=output,
        segments=segments,
        totals=_totals(plan, segments),
        estimated_seconds=guess.seconds,
        estimated_bytes=guess.bytes,
    )
    warnings = (*spec.warnings, *plan.warnings, *planned.warnings)
    return Preview(plan=told, warnings=tuple(dict.fromkeys(warnings)))


def _totals(plan: Plan, segments: tuple[SegmentReport, ...]) -> TotalsPreview:
    return TotalsPreview(
        frames=plan.program.frames,
        copied_frames=sum(segment.copied_frames for segment in segments),
        converted_frames=sum(segment.converted_frames for segment in segments),
        black_frames=sum(segment.black_frames for segment in segments),
    )
