"""The plan of an export: a value one can print, save and compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from worker.plan.footage import Footage
from worker.plan.output import OutputFormat, choose_output, rate_name
from worker.plan.pieces import PicturePiece, cut_pieces
from worker.plan.program import Program, build_program, clock
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
    heard = {s.source_index for s in config.segments if s.audio_from_source}
    warnings = []
    for index, found in footage.items():
        belief = config.sources[index]
        if belief.has_audio and found.sound is None and index in heard:
            if config.output.include_audio:
                warnings.append(f"{found.name} has no sound: its segments are silent.")
        end = found.picture.times.end
        if belief.duration and end < belief.duration - 1:
            warnings.append(
                f"{found.name} is {clock(end)} long, the editor took it for "
                f"{clock(_whole(belief.duration))}."
            )
    return tuple(warnings)


def _whole(seconds: float) -> Fraction:
    return Fraction(repr(seconds))


def describe(plan: Plan) -> str:
    """The plan as text, for golden tests and for people."""
    out = plan.output
    lines = [
        f"{out.container} {out.encoder.codec} {out.width}x{out.height} {rate_name(out.rate)} fps "
        f"crf {out.crf} {out.pixel_format} {out.colour.matrix}"
        f"{'' if out.has_sound else ' no sound'}",
        f"{plan.program.frames} frames, {clock(plan.program.seconds)}",
    ]
    for source in plan.footage.values():
        times = source.picture.times
        kind = rate_name(times.rate) if times.is_constant else f"~{rate_name(times.rate)}"
        lines.append(
            f"source {source.name}: {source.picture.codec} {source.picture.width}x"
            f"{source.picture.height} {kind} fps, {times.count} frames from "
            f"{clock(times.start_of(0))}"
        )
    for span in plan.program.spans:
        start, end = span.frames
        if span.source is None:
            lines.append(f"[{start}, {end}) segment {span.segment}: black")
            continue
        times = plan.footage[span.source].picture.times
        first = times.index_at(span.source_second(start, out.rate))
        last = times.index_at(span.source_second(end - 1, out.rate))
        lines.append(
            f"[{start}, {end}) segment {span.segment}: source {span.source} "
            f"frames {first} to {last}"
        )
    for run in plan.sound:
        what = "silence" if run.source is None else f"source {run.source} at {run.second}"
        lines.append(f"sound [{run.start}, {run.end}): {what}")
    for piece in plan.pieces:
        lines.append(f"piece {piece.index}: [{piece.frames.start}, {piece.frames.end})")
    lines += [f"warning: {warning}" for warning in plan.warnings]
    return "\n".join(lines) + "\n"
