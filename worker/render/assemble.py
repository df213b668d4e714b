"""Putting pieces, copied pictures and sound together into the file that is handed over.

Runs in a child process only, in one pass: copied pictures go from the camera's file straight into
the programme. No timestamp survives: pictures are numbered by the programme's grid and sound by
its samples, so nothing can drift or overlap at a join.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias

import av
from av.container import OutputContainer

from config_schema.errors import VerificationFailed
from worker.plan.sound import SAMPLE_RATE
from worker.plan.sound_copy import PACKET_SAMPLES, TOLERANCE
from worker.render.chapter_list import hide_text_track
from worker.render.inputs import CopyRefused, Inputs, awaited
from worker.render.sound_copy import SoundNotCopyable, SoundPackets
from worker.render.spec import AssembleAnswer, AssembleSpec, CopiedSound, MadeSound

if TYPE_CHECKING:
    from av.container import Chapter  # known to type checkers only

#: Up to this size the file is simply written twice to have its index in front; above, room for
#: the index is left free when writing starts.
REWRITE_BYTES = 64 << 20
#: The most an index can need per picture and per sound packet: size, offset, chunk, times.
INDEX_BYTES_PER_PICTURE = 40
INDEX_BYTES_PER_SOUND = 32
#: Its title in the list, and the text track's share.
INDEX_BYTES_PER_CHAPTER = 512
#: Pictures are decoded in another order than shown by at most so many (H.264 and HEVC limits).
MOST_REORDERING = 16

Report = Callable[[float], None]
#: When (in a unit that both tracks share, see `_clock`), and the packet.
Timed: TypeAlias = "tuple[int, av.Packet[Any]]"


class _ReorderedMore(Exception):
    """A picture is decoded later than its time to be shown allows."""


def assemble(spec: AssembleSpec, report: Report) -> AssembleAnswer:
    """Write the programme to `spec.path`; `report` is told the frames written.

    The answer is empty, or tells what cannot be copied after all, and why.
    """
    try:
        with Inputs(spec) as inputs:
            try:
                _write(spec, inputs, inputs.reordering, report)
            except _ReorderedMore:
                # A camera whose header does not tell: the most that any may do is then assumed.
                _write(spec, inputs, MOST_REORDERING, report)
    except CopyRefused as refused:
        return AssembleAnswer({refused.source: refused.reason})
    except SoundNotCopyable as refused:
        return AssembleAnswer(sound_refused=str(refused))
    if spec.output.container == "mp4" and spec.chapters:
        hide_text_track(spec.path)
    descriptor = os.open(spec.path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return AssembleAnswer()


def _write(spec: AssembleSpec, inputs: Inputs, delay: int, report: Report) -> None:
    options = _muxer_options(spec, inputs.bytes_expected)
    with av.open(str(spec.path), mode="w", format=spec.output.container, options=options) as out:
        out.metadata["title"] = spec.title
        out.metadata["creation_time"] = spec.created_at
        out.set_chapters(list(_chapters(spec)))
        picture = out.add_stream_from_template(inputs.template)
        picture.time_base = 1 / spec.output.rate
        # One file's own: what all have the muxer finds out.
        picture.codec_context.bit_rate = 0
        if inputs.extradata is not None:
            picture.codec_context.extradata = inputs.extradata
        if spec.output.container == "mp4":
            # Parameter sets in the header only: what browsers and Apple's players insist on.
            picture.codec_context.codec_tag = {"h264": "avc1", "h265": "hvc1"}[
                spec.output.encoder.codec
            ]
        heard = _sound(spec, spec.sound, out) if spec.sound else iter(())
        _mux(out, _pictures(spec, inputs, picture, delay, report), heard)


def _chapters(spec: AssembleSpec) -> Iterator[Chapter]:
    for number, chapter in enumerate(spec.chapters):
        start, end = chapter.frames
        yield {
            "id": number,
            "start": start,
            "end": end,
            "time_base": 1 / spec.output.rate,
            "metadata": {"title": chapter.title},
        }


def _muxer_options(spec: AssembleSpec, size: int) -> dict[str, str]:
    if spec.output.container == "webm":
        # Key frame positions in front of the pictures, as players that seek over HTTP want it.
        return {"cues_to_front": "1", "reserve_index_space": "0"}
    if size <= REWRITE_BYTES:
        return {"movflags": "+faststart"}
    room = spec.frames * INDEX_BYTES_PER_PICTURE + spec.samples // 960 * INDEX_BYTES_PER_SOUND
    room += len(spec.chapters) * INDEX_BYTES_PER_CHAPTER
    return {"moov_size": str(room + (1 << 16))}


def _clock(rate: Fraction) -> tuple[int, int]:
    """A frame and a sample in a unit in which both are whole: fractions are slow to compare."""
    return rate.denominator * SAMPLE_RATE, rate.numerator


def _mux(out: OutputContainer, pictures: Iterator[Timed], heard: Iterator[Timed]) -> None:
    """Interleave by time: the muxer then never has to hold much."""
    sound = next(heard, None)
    for at, packet in pictures:
        while sound is not None and sound[0] < at:
            out.mux_one(sound[1])
            sound = next(heard, None)
        out.mux_one(packet)
    if sound is not None:
        for _, packet in chain([sound], heard):
            out.mux_one(packet)


def _pictures(
    spec: AssembleSpec, inputs: Inputs, stream: av.VideoStream, delay: int, report: Report
) -> Iterator[Timed]:
    """The pictures of all parts on the programme's grid, in decoding order."""
    frame = 1 / spec.output.rate
    picture_unit, _ = _clock(spec.output.rate)
    decoded = 0
    for part in spec.parts:
        seen = bytearray(part.frames)
        for shown, packet in islice(inputs.pictures(part), part.frames):
            if not 0 <= shown < part.frames or seen[shown]:
                raise VerificationFailed(detail=f"{part}: picture {shown}, or twice")
            if decoded == part.start and not packet.is_keyframe:
                raise VerificationFailed(detail=f"{part}: does not begin with a key frame")
            seen[shown] = 1
            packet.stream = stream
            packet.time_base = frame
            packet.pts = part.start + shown
            packet.dts = decoded - delay
            packet.duration = 1
            if packet.dts > packet.pts:
                raise _ReorderedMore
            yield packet.dts * picture_unit, packet
            decoded += 1
            report(decoded)
        if decoded != part.start + part.frames:
            raise VerificationFailed(detail=f"{part}: only {decoded - part.start} pictures")


def _sound(
    spec: AssembleSpec, sound: Sequence[MadeSound] | CopiedSound, out: OutputContainer
) -> Iterator[Timed]:
    """The sound's packets in a track of their own; the first begin before 0, to be trimmed."""
    placed: Iterator[tuple[int, int, bytes]]
    if isinstance(sound, CopiedSound):
        source = SoundPackets(sound.fd, sound.footage)
        stream = out.add_stream_from_template(source.stream)
        stream.codec_context.extradata = source.config
        placed = _copied(source.packets(sound.second), spec.samples)
    else:
        with av.open(str(awaited(sound[0].path))) as first:
            stream = out.add_stream_from_template(first.streams.audio[0])
            header = first.streams.audio[0].codec_context.extradata
        placed = _encoded(sound, header)
    stream.time_base = Fraction(1, SAMPLE_RATE)
    return _timed(placed, stream, spec)


def _encoded(pieces: Sequence[MadeSound], header: bytes | None) -> Iterator[tuple[int, int, bytes]]:
    """(position, length, packet) of the encoders' files; priming lies before position 0."""
    due: int | None = None
    for piece in pieces:
        with av.open(str(awaited(piece.path))) as heard:
            track = heard.streams.audio[0]
            if track.codec_context.extradata != header:
                raise VerificationFailed(detail=f"{piece}: another way of coding")
            # Our own files count samples, so this is 1 to 1.
            up, down = (Fraction(track.time_base or 1) * SAMPLE_RATE).as_integer_ratio()
            coded = (packet for packet in heard.demux(track) if packet.pts is not None)
            past = None if piece.packets is None else piece.skipped + piece.packets
            for packet in islice(coded, piece.skipped, past):
                assert packet.pts is not None
                position = piece.start + packet.pts * up // down
                if due is not None and position != due:
                    raise VerificationFailed(detail=f"{piece}: a packet at {position}, not {due}")
                length = (packet.duration or 0) * up // down
                yield position, length, bytes(packet)
                due = position + length


def _copied(packets: Iterator[tuple[int, bytes]], samples: int) -> Iterator[tuple[int, int, bytes]]:
    """(position, length, packet) of a source's own sound, which must reach to the end."""
    end = 0
    for position, packet in packets:
        if position >= samples:
            return
        end = position + PACKET_SAMPLES
        yield position, PACKET_SAMPLES, packet
    if end < samples - TOLERANCE * SAMPLE_RATE:
        raise SoundNotCopyable("its sound ends earlier than its index says")


def _timed(
    placed: Iterator[tuple[int, int, bytes]], stream: av.AudioStream, spec: AssembleSpec
) -> Iterator[Timed]:
    samples, sample = spec.samples, Fraction(1, SAMPLE_RATE)
    _, unit = _clock(spec.output.rate)
    for start, length, coded in placed:
        if start >= samples:
            continue
        # Made anew: what a source's demuxer wants trimmed is said by the times alone.
        packet: av.Packet[Any] = av.Packet(coded)
        packet.is_keyframe = True
        packet.stream = stream
        packet.time_base = sample
        packet.pts = packet.dts = start
        packet.duration = min(length, samples - start)
        yield start * unit, packet
