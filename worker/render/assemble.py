"""Joining rendered pieces and the sound into the file that is handed over. Child processes only.

No timestamp of a piece survives: pictures are numbered by the programme's grid and sound by its
samples, so nothing can drift or overlap at a join.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.container import InputContainer, OutputContainer

from config_schema.errors import VerificationFailed
from worker.plan.sound import SAMPLE_RATE
from worker.render.spec import AssembleSpec

#: Up to this size the file is simply written twice to have its index in front; above, room for
#: the index is left free when writing starts.
REWRITE_BYTES = 256 << 20
#: The most an index can need per picture and per sound packet: size, offset, chunk, times.
INDEX_BYTES_PER_PICTURE = 40
INDEX_BYTES_PER_SOUND = 32
#: Pictures are decoded in another order than shown by at most so many (H.264 and HEVC limits).
MOST_REORDERING = 16

Report = Callable[[float], None]
Timed: TypeAlias = "tuple[Fraction, int, av.Packet[Any]]"


def assemble(spec: AssembleSpec, report: Report) -> None:
    """Write the programme to `spec.path`; `report` is told the frames written."""
    options = _muxer_options(spec)
    first = av.open(str(spec.pieces[0][0]))
    template = first.streams.video[0]
    with av.open(str(spec.path), mode="w", format=spec.output.container, options=options) as out:
        out.metadata["title"] = spec.title
        out.metadata["creation_time"] = spec.created_at
        picture = out.add_stream_from_template(template)
        picture.time_base = 1 / spec.output.rate
        if spec.output.encoder.codec == "h265":
            # Parameter sets in the header only: what Apple's players insist on.
            picture.codec_context.codec_tag = "hvc1"
        tracks: list[Iterator[Timed]] = [_pictures(spec, picture, report)]
        if spec.sound is not None:
            heard = av.open(str(spec.sound))
            sound = out.add_stream_from_template(heard.streams.audio[0])
            sound.time_base = Fraction(1, SAMPLE_RATE)
            tracks.append(_sounds(heard, sound, spec.samples))
        _mux(out, tracks)
    first.close()
    descriptor = os.open(spec.path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _muxer_options(spec: AssembleSpec) -> dict[str, str]:
    if spec.output.container == "webm":
        # Key frame positions in front of the pictures, as players that seek over HTTP want it.
        return {"cues_to_front": "1", "reserve_index_space": "0"}
    size = sum(path.stat().st_size for path, _ in spec.pieces)
    if size <= REWRITE_BYTES:
        return {"movflags": "+faststart"}
    frames = sum(count for _, count in spec.pieces)
    room = frames * INDEX_BYTES_PER_PICTURE + spec.samples // 960 * INDEX_BYTES_PER_SOUND
    return {"moov_size": str(room + (1 << 16))}


def _mux(out: OutputContainer, tracks: list[Iterator[Timed]]) -> None:
    """Interleave by time: the muxer then never has to hold much."""
    for _, _, packet in merge(*tracks, key=lambda timed: timed[:2]):
        out.mux_one(packet)


def _pictures(spec: AssembleSpec, stream: av.VideoStream, report: Report) -> Iterator[Timed]:
    """The packets of all pieces on the programme's grid, in decoding order."""
    rate = spec.output.rate
    delay = max(_reordering(path, count, rate) for path, count in spec.pieces)
    extradata: bytes | None = None
    base = 0
    for path, count in spec.pieces:
        with av.open(str(path)) as piece:
            track = piece.streams.video[0]
            if extradata is None:
                extradata = track.codec_context.extradata
            elif extradata != track.codec_context.extradata:
                raise VerificationFailed(detail=f"{path.name}: other parameter sets")
            for number, (shown, packet) in enumerate(_numbered(piece, rate)):
                packet.stream = stream
                packet.time_base = 1 / rate
                packet.pts = base + shown
                packet.dts = base + number - delay
                packet.duration = 1
                yield packet.dts / rate, 0, packet
                report(base + number + 1)
        base += count


def _reordering(path: Path, count: int, rate: Fraction) -> int:
    """By how many pictures decoding runs ahead of display, having seen that the piece is whole."""
    seen = bytearray(count)
    delay = 0
    total = 0
    with av.open(str(path)) as piece:
        for number, (shown, packet) in enumerate(_numbered(piece, rate)):
            if number == 0 and not packet.is_keyframe:
                raise VerificationFailed(detail=f"{path.name}: does not begin with a key frame")
            if not 0 <= shown < count or seen[shown]:
                raise VerificationFailed(detail=f"{path.name}: frame {shown} of {count}, or twice")
            seen[shown] = 1
            delay = max(delay, number - shown)
            total += 1
    if total != count or delay > MOST_REORDERING:
        raise VerificationFailed(detail=f"{path.name}: {total} frames of {count}, delay {delay}")
    return delay


def _numbered(piece: InputContainer, rate: Fraction) -> Iterator[tuple[int, av.Packet[Any]]]:
    """Packets in decoding order, each with the number of its frame within the piece."""
    track = piece.streams.video[0]
    tick = Fraction(track.time_base or 1)
    first: int | None = None
    for packet in piece.demux(track):
        if packet.pts is None:
            continue
        if first is None:
            # A closed piece begins with its key frame, which is also shown first.
            first = packet.pts
        yield round((packet.pts - first) * tick * rate), packet


def _sounds(heard: InputContainer, stream: av.AudioStream, samples: int) -> Iterator[Timed]:
    """The sound's packets; the first begin before 0 by the encoder's priming."""
    track = heard.streams.audio[0]
    scale = Fraction(track.time_base or 1) * SAMPLE_RATE
    for packet in heard.demux(track):
        if packet.pts is None:
            continue
        start = round(packet.pts * scale)
        if start >= samples:
            continue
        packet.stream = stream
        packet.time_base = Fraction(1, SAMPLE_RATE)
        packet.pts = packet.dts = start
        packet.duration = min(round((packet.duration or 0) * scale), samples - start)
        yield Fraction(start, SAMPLE_RATE), 1, packet
