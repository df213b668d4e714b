"""The plan of an export: a value one can print, save and compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from config_schema.timebase import exact
from worker.plan.footage import FieldOrder, Footage
from worker.plan.gops import CutWindow
from worker.plan.output import OutputFormat, choose_output, lead_source, rate_name, smart_output
from worker.plan.pieces import (
    Part,
    PicturePiece,
    batch_bridges,
    batch_size,
    cut_pieces,
    parts_of,
    piece_length,
)
from worker.plan.program import Program, Span, build_program, clock
from worker.plan.smart import (
    Wanted,
    cannot_copy,
    gop_frames,
    is_worth_it,
    split_spans,
    wanted_ranges,
)
from worker.plan.sound import SoundRun, build_sound
from worker.plan.sound_copy import SoundChoice, choose_sound
from worker.plan.sound_pieces import SOUND_SHARE, SoundPiece, cut_sound
from worker.plan.times import FrameTimes

if TYPE_CHECKING:
    from config_schema.config import ExportConfig


#: A batch of bridges holds this share of the frames of a piece: about as much is decoded besides.
BATCH_SHARE = Fraction(1, 4)


@dataclass(frozen=True)
class Plan:
    """Everything that is decided before the first frame is rendered."""

    output: OutputFormat
    footage: dict[int, Footage]
    program: Program
    pieces: tuple[PicturePiece, ...]
    sound: tuple[SoundRun, ...]
    sound_choice: SoundChoice
    sound_pieces: tuple[SoundPiece, ...]
    warnings: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the delivered file is put together from, in order."""
        return parts_of(self.program.spans, self.pieces)

    @property
    def delivered(self) -> Footage:
        """The delivered file as a source, so that its frames can be found by their number."""
        like = next(iter(self.footage.values()))
        rate = self.output.rate
        times = FrameTimes(Fraction(0), 1 / rate, self.program.frames, rate, 1 / rate)
        picture = replace(like.picture, stream=0, fields=FieldOrder.PROGRESSIVE, times=times)
        return replace(like, name="the programme", zero=Fraction(0), picture=picture, sound=None)


@dataclass(frozen=True)
class Draft:
    """A smart plan that still has to learn what lies near the cuts.

    `reasons` tells per source why nothing of it can be copied; `wanted` per span which range
    of its source could be.
    """

    output: OutputFormat
    footage: dict[int, Footage]
    program: Program
    reasons: dict[int, str]
    wanted: tuple[Wanted | None, ...]
    warnings: tuple[str, ...]


def build_plan(
    config: ExportConfig,
    footage: Mapping[int, Footage],
    *,
    piece_seconds: float = 60,
    why_not_copied: tuple[str, ...] = (),
    sound_refused: str = "",
) -> Plan:
    """The plan that converts every frame; `footage[i]` is what a probe found in source i.

    Sources that no segment uses need no footage. `why_not_copied` is said where "copy" was asked,
    `sound_refused` where copying the sound has failed before.
    """
    output, about_output = choose_output(config, footage)
    program, about_program = build_program(config, footage, output.rate)
    sound = build_sound(program, footage) if output.has_sound else ()
    choice = choose_sound(sound, footage, output.container, sound_refused)
    return Plan(
        output,
        dict(footage),
        program,
        cut_pieces(program, piece_length(piece_seconds, output.pixels_per_second)),
        sound,
        choice,
        _sound_pieces(sound, choice, output, piece_seconds),
        why_not_copied + about_output + _contradictions(config, footage) + about_program,
    )


def draft_smart(config: ExportConfig, footage: Mapping[int, Footage]) -> Draft | tuple[str, ...]:
    """What smart rendering needs to know before it can plan, or in words why it cannot be."""
    output, said = smart_output(config, footage)
    if output is None:
        return said
    program, about_program = build_program(config, footage, output.rate)
    lead = footage[lead_source(config, footage)].picture
    reasons = {
        index: reason
        for index, source in footage.items()
        if (reason := cannot_copy(lead, source, output.container)) is not None
    }
    return Draft(
        output,
        dict(footage),
        program,
        reasons,
        wanted_ranges(program, footage, reasons),
        said + _contradictions(config, footage) + about_program,
    )


def finish_smart(
    draft: Draft,
    reasons: Mapping[int, str],
    windows: Sequence[CutWindow | None],
    *,
    piece_seconds: float = 60,
    sound_refused: str = "",
) -> Plan | tuple[str, ...]:
    """The smart plan, or in words why converting everything is better.

    `reasons` are what the index found against copying a source at all; `windows[i]` answers
    `draft.wanted[i]`; `sound_refused` tells why copying the sound has failed before.
    """
    against = {**draft.reasons, **reasons}
    program = draft.program
    spans = split_spans(program, draft.footage, against, draft.wanted, windows)
    if not is_worth_it(spans, gop_frames(windows)):
        why = "cuts follow each other so closely that converting everything takes less time"
        if all(span.source in against for span in spans if span.source is not None):
            why = "; ".join(_reason_lines(draft.footage, against))
        return (f"The programme is converted, not copied: {why}.",)
    sound = build_sound(program, draft.footage) if draft.output.has_sound else ()
    choice = choose_sound(sound, draft.footage, draft.output.container, sound_refused)
    converted = sum(span.count for span in spans if span.copied is None)
    length = piece_length(piece_seconds, draft.output.pixels_per_second)
    batch = batch_size(converted, round(length * BATCH_SHARE * program.rate))
    said = tuple(
        f"{line}: its segments are converted." for line in _reason_lines(draft.footage, against)
    )
    return Plan(
        draft.output,
        draft.footage,
        replace(program, spans=spans),
        batch_bridges(spans, batch),
        sound,
        choice,
        _sound_pieces(sound, choice, draft.output, piece_seconds),
        said + draft.warnings,
    )


def _sound_pieces(
    sound: Sequence[SoundRun], choice: SoundChoice, output: OutputFormat, piece_seconds: float
) -> tuple[SoundPiece, ...]:
    """The pieces of the sound that is encoded; none where it is copied."""
    if choice.copied is not None:
        return ()
    return cut_sound(sound, output.sound_codec, SOUND_SHARE * piece_seconds)


def _reason_lines(footage: Mapping[int, Footage], against: Mapping[int, str]) -> list[str]:
    return [f"{footage[index].name}: {reason}" for index, reason in sorted(against.items())]


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
            *((f"sound copied: {plan.sound_choice.reason}",) if plan.sound_choice.copied else ()),
            *(f"sound piece {p.index}: [{p.start}, {p.end})" for p in plan.sound_pieces),
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
    if span.copied is not None:
        last = span.copied.first + span.copied.frames - 1
        return f"{place}: source {span.source} copied {span.copied.first} to {last}"
    times = plan.footage[span.source].picture.times
    first = times.index_at(span.source_second(start, plan.output.rate))
    last = times.index_at(span.source_second(end - 1, plan.output.rate))
    why = f" ({span.reason})" if span.reason else ""
    return f"{place}: source {span.source} frames {first} to {last}{why}"


def _run_line(run: SoundRun) -> str:
    what = "silence" if run.source is None else f"source {run.source} at {run.second}"
    return f"sound [{run.start}, {run.end}): {what}"
