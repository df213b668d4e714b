"""The plan of an export: a value one can print, save and compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config_schema.timebase import exact
from worker.plan.footage import Footage
from worker.plan.output import OutputFormat, choose_output, rate_name
from worker.plan.pieces import PicturePiece, cut_pieces
from worker.plan.program import Program, Span, build_program, clock
from worker.plan.sound import SoundRun, build_sound

if TYPE_CHECKING:
    from config_schema.config import ExportConfig


@dataclass(frozen=True)
class Plan:
    """Everything that is decided before the first frame is rendered."""

    output: OutputFormat
    footage: dict[int, Footage]
    program: Program
    pieces: tuple[PicturePiece, ...]
    sound: tuple[SoundRun, ...]
    warnings: tuple[str, ...]


def build_plan(
    config: ExportConfig, footage: Mapping[int, Footage], *, piece_seconds: float = 60
) -> Plan:
    """The plan for `config` over what the probe found; `footage[i]` is `config.sources[i]`.

    Sources that no segment uses need no footage.
    """
    output, about_output = choose_output(config, footage)
    program, about_program = build_program(config, footage, output.rate)
    sound = build_sound(program, footage) if output.has_sound else ()
    return Plan(
        output,
        dict(footage),
        program,
        cut_pieces(program, piece_seconds),
        sound,
        about_output + _contradictions(config, footage) + about_program,
    )


def _contradictions(config: ExportConfig, footage: Mapping[int, Footage]) -> tuple[str, ...]:
    """Where the editor's belief about a source is wrong in a way that matters."""
    wanted = config.output.include_audio
    heard = {s.source_index for s in config.segments if wanted and s.audio_from_source}
    warnings = []
    for index, found in footage.items():
        belief = config.sources[index]
        if belief.has_audio and found.sound is None and index in heard:
            warnings.append(f"{found.name} has no sound: its segments are silent.")
        end = found.picture.times.end
        if belief.duration and end < belief.duration - 1:
            believed = clock(exact(belief.duration))
            warnings.append(
                f"{found.name} is {clock(end)} long, the editor took it for {believed}."
            )
    return tuple(warnings)


def describe(plan: Plan) -> str:
    """The plan as text, for golden tests and for people."""
    out = plan.output
    sound = "" if out.has_sound else " no sound"
    form = f"{out.container} {out.encoder.codec} {out.width}x{out.height} {rate_name(out.rate)} fps"
    return "\n".join(
        (
            f"{form} crf {out.crf} {out.pixel_format} {out.colour.matrix}{sound}",
            f"{plan.program.frames} frames, {clock(plan.program.seconds)}",
            *map(_source_line, plan.footage.values()),
            *(_span_line(plan, span) for span in plan.program.spans),
            *map(_run_line, plan.sound),
            *(f"piece {p.index}: [{p.frames.start}, {p.frames.end})" for p in plan.pieces),
            *(f"warning: {warning}" for warning in plan.warnings),
            "",
        )
    )


def _source_line(source: Footage) -> str:
    picture, times = source.picture, source.picture.times
    rate = f"{'' if times.is_constant else '~'}{rate_name(times.rate)} fps"
    form = f"{picture.codec} {picture.width}x{picture.height} {rate}"
    return f"source {source.name}: {form}, {times.count} frames from {clock(times.start_of(0))}"


def _span_line(plan: Plan, span: Span) -> str:
    start, end = span.frames
    place = f"[{start}, {end}) segment {span.segment}"
    if span.source is None:
        return f"{place}: black"
    times = plan.footage[span.source].picture.times
    first = times.index_at(span.source_second(start, plan.output.rate))
    last = times.index_at(span.source_second(end - 1, plan.output.rate))
    return f"{place}: source {span.source} frames {first} to {last}"


def _run_line(run: SoundRun) -> str:
    what = "silence" if run.source is None else f"source {run.source} at {run.second}"
    return f"sound [{run.start}, {run.end}): {what}"
